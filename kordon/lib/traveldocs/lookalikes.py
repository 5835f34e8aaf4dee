"""Characters of OCR-B that readers take for one another, and which of them no digit tells apart.

A check digit sees a character only by its value modulo ten (Doc 9303-3, 4.9). Two characters that
look alike and are equal there can be exchanged without any digit noticing: `UNSEEN`, computed.
"""

from functools import lru_cache
from itertools import combinations

from kordon.lib.traveldocs.alphabet import ALPHABET, DIGITS, FILLER, LETTERS, value_of
from kordon.lib.traveldocs.formats import CODE, ISSUER, LAYOUTS, Format

_GROUPS = ("0ODQU", "1IL", "2Z", "4A", "5S", "6G", "7T", "8B", "<CEK", "EF", "MN", "VY")

_PAIRS = frozenset(frozenset(pair) for group in _GROUPS for pair in combinations(sorted(group), 2))

LOOKALIKES: dict[str, str] = {
    each: "".join(other for other in ALPHABET if frozenset((each, other)) in _PAIRS)
    for each in ALPHABET
}
"""Character → the others it is taken for."""

UNSEEN = frozenset(
    pair for pair in _PAIRS if len({value_of(character) % 10 for character in pair}) == 1
)
"""Pairs that look alike and that no check digit can tell apart."""


def unseen_twins(character: str) -> str:
    """Those of its lookalikes that no check digit can tell from it."""
    return "".join(
        other for other in LOOKALIKES.get(character, "") if frozenset((character, other)) in UNSEEN
    )


_ANY = frozenset(ALPHABET)
_NAME = LETTERS | {FILLER}
_DATE = DIGITS | {FILLER}


@lru_cache(maxsize=len(LAYOUTS))
def allowed_characters(format: Format) -> tuple[frozenset[str], ...]:
    """What may stand at each position of the joined lines, whatever the digits say."""
    layout = LAYOUTS[format]
    allowed = [_ANY] * layout.size
    for span in (CODE, ISSUER, layout.nationality, layout.name, layout.given):
        if span is not None:
            allowed[span] = [_NAME] * (span.stop - span.start)
    allowed[0] = LETTERS
    for span in (layout.birth, layout.expiry):
        if span is not None:
            allowed[span] = [_DATE] * 6
    allowed[layout.sex] = frozenset("MF<X")
    allowed[layout.number_check] = _DATE if layout.long_number > 9 else DIGITS
    allowed[layout.birth_check] = DIGITS
    if layout.expiry is not None:
        allowed[layout.expiry_check] = DIGITS
    if layout.personal_check is not None:
        allowed[layout.personal_check] = _DATE
    if layout.composite_check is not None:
        allowed[layout.composite_check] = DIGITS
    return tuple(allowed)
