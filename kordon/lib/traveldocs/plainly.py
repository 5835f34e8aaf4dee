"""The short way for the everyday document.

`plainly_valid` says yes only where the full examination would find no refusing field; on anything
unusual it says nothing and the full examination decides. So it can be fast without being clever.
"""

from datetime import date

from kordon.lib.traveldocs.alphabet import NAME_CHARACTERS, sum_of
from kordon.lib.traveldocs.formats import ISSUER, Layout
from kordon.lib.traveldocs.states import PRINTED


def plainly_valid(layout: Layout, flat: str, raw: bytes, on: date) -> bool:
    """Whether an everyday document is beyond doubt valid; False says nothing yet."""
    expiry = layout.expiry
    if expiry is None or raw[layout.name].translate(None, NAME_CHARACTERS):
        return False
    check = raw[layout.number_check]
    born, ends = raw[layout.birth], raw[expiry]
    return (
        raw[layout.sex] in b"MF<"
        and 48 + sum_of(raw[layout.number]) == check
        and 48 + sum_of(born) == raw[layout.birth_check]
        and 48 + sum_of(ends) == raw[layout.expiry_check]
        and _is_day(born)
        and _is_day(ends)
        and flat[ISSUER] in PRINTED
        and layout.nationality is not None
        and flat[layout.nationality] in PRINTED
        and raw[0] in b"ACIPV"
        and raw[1] in NAME_CHARACTERS
        and raw[layout.name.start] in NAME_CHARACTERS[:26]
        and raw[layout.number.start] != 60
        and _plain_tail(layout, raw)
    )


_DAYS_OF_ALL_YEARS = frozenset(
    b"%02d%02d" % (month, day)
    for month in range(1, 13)
    for day in range(1, 29 if month == 2 else 31 if month in (4, 6, 9, 11) else 32)
)


def _is_day(six: bytes) -> bool:
    """Whether it is a full date that exists in every year."""
    return six[2:] in _DAYS_OF_ALL_YEARS and six[:2].isdigit()


def _plain_tail(layout: Layout, raw: bytes) -> bool:
    """Whether the check digits over optional data and over everything hold."""
    if layout.composite_check is None:
        return True
    if layout.personal_check is not None and layout.optional is not None:
        printed = raw[layout.personal_check]
        optional = raw[layout.optional]
        if 48 + sum_of(optional) != printed and (printed != 60 or optional.strip(b"<")):
            return False
    covered = b"".join([raw[span] for span in layout.composite])
    return 48 + sum_of(covered) == raw[layout.composite_check]
