"""Names made comparable; numbers and plates are in `kordon.lib.screening.spelling`."""

import unicodedata

from kordon.lib.screening.spelling import confusable_number, plain_number

__all__ = ["confusable_number", "plain_number", "same_name_key"]


def same_name_key(text: str) -> str:
    """Equal for names of the same words in any order and case."""
    words = unicodedata.normalize("NFKC", text).casefold().replace("-", " ").split()
    return " ".join(sorted(words))
