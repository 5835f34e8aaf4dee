"""Which field each place of a zone belongs to, and whether a check digit covers it."""

from __future__ import annotations

from kordon.lib.traveldocs.alphabet import FILLER
from kordon.lib.traveldocs.formats import CODE, ISSUER, Format, Layout


def field_places(layout: Layout, flat: str) -> list[tuple[str, bool]]:
    """For each place of the joined lines, the name of its field and whether a digit covers it.

    Fields are named as in `Reading.fields`; names of persons are one field here, `surname`.
    A digit itself belongs to what it covers.
    """
    places = [("", False)] * layout.size

    def put(span: slice | None, field: str, covered: bool) -> None:
        if span is not None:
            places[span] = [(field, covered)] * (span.stop - span.start)

    whole = layout.composite_check is not None
    all_covered = layout.format is Format.FRA  # its last digit covers everything before it
    put(CODE, "document_code", all_covered)
    put(ISSUER, "issuer", all_covered)
    put(layout.name, "surname", all_covered)
    put(layout.given, "given_names", all_covered)
    put(layout.office, "office", all_covered)
    put(layout.nationality, "nationality", False)
    put(layout.optional, "personal" if layout.format is Format.TD3 else "optional", whole)
    put(layout.optional_2, "optional_2", whole)
    put(layout.number, "number", True)
    put(layout.birth, "birth", True)
    put(layout.expiry, "expiry", True)
    places[layout.sex] = ("sex", all_covered)
    for at, field in (
        (layout.number_check, "number"),
        (layout.birth_check, "birth"),
        (layout.expiry_check, "expiry"),
        (layout.personal_check, "personal"),
        (layout.composite_check, "composite"),
    ):
        if at:
            places[at] = (field, True)
    if layout.optional is not None and flat[layout.number_check] == FILLER and whole:
        extension = flat[layout.optional].partition(FILLER)[0]
        start = layout.optional.start
        places[start : start + len(extension)] = [("number", True)] * len(extension)
    return places
