"""Document numbers and number plates made comparable, whoever typed them on which keyboard."""

import unicodedata

# Cyrillic letters that stand on plates and in series because they look Latin.
_LOOK_ALIKES = str.maketrans("АВЕЁЗКМНОРСТУХІЈЅҮ", "ABEE3KMHOPCTYXIJSY")
# What readers and people confuse (Doc 9303-3 App. on OCR-B; O and 0 above all).
CONFUSED, TAKEN_FOR = "OQDILZSGB", "000112568"
_CONFUSABLE = str.maketrans(CONFUSED, TAKEN_FOR)


def plain_number(text: str) -> str:
    """Upper-case Latin letters and digits only: "ав 123-456" and "AB123456" are one number."""
    upper = unicodedata.normalize("NFKC", text).upper().translate(_LOOK_ALIKES)
    return "".join(c for c in upper if c.isalnum())[:40]


def confusable_number(text: str) -> str:
    """Equal for numbers that are easily mistaken for each other (O and 0, I and 1, B and 8)."""
    return plain_number(text).translate(_CONFUSABLE)
