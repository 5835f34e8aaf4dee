"""Keys by which the same document, person or vehicle is found again."""

import re
from functools import lru_cache

from anyascii import anyascii

from kordon.border.facts import Identity

_NOT_ALPHANUMERIC = re.compile(r"[^A-Z0-9]+")
_NOT_LETTER = re.compile(r"[^A-Z]+")


@lru_cache(maxsize=10_000)
def normal_number(text: str) -> str:
    """A document number as compared: capital letters and digits alone."""
    return _NOT_ALPHANUMERIC.sub("", anyascii(text).upper())


def document_key(issuer: str, number: str) -> str:
    """``KGZ/AC1234567``: numbers are unique per issuer only. Empty without a number."""
    plain = normal_number(number)
    return f"{issuer.upper()}/{plain}"[:48] if plain else ""


@lru_cache(maxsize=10_000)
def fold_name(text: str) -> str:
    """A name in the letters A to Z alone, whatever script it came in."""
    return _NOT_LETTER.sub("", anyascii(text).upper())


def person_key(who: Identity) -> str:
    """Surname, initial of the given names, birth and nationality: the same person, we presume.

    Empty where name or birth year is missing: too little to presume anything.
    """
    surname = fold_name(who.surname or who.given_names)
    if not surname or not who.birth or who.birth.startswith("?"):
        return ""
    initial = fold_name(who.given_names)[:1] if who.surname else ""
    return f"{surname[:120]}|{initial}|{who.birth}|{who.nationality.upper()}"


def plate_key(text: str) -> str:
    """A number plate as compared. Cyrillic letters of plates are those that look Latin."""
    return _NOT_ALPHANUMERIC.sub("", anyascii(text.upper().translate(_LOOKALIKES)).upper())[:20]


_LOOKALIKES = str.maketrans("АВЕКМНОРСТУХІ", "ABEKMHOPCTYXI")
