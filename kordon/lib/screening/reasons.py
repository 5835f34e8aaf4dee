"""Why a candidate is one: each reason names what was given, what is listed and its weight.

Codes are stable; screens translate by code. Positive weights speak for the same person.
"""

from dataclasses import dataclass

_SENTENCES = {
    "name_exact": "“{given}” is written the same on the list.",
    "name_same_sound": "“{given}” and the listed “{listed}” are the same name written differently.",
    "name_similar": "“{given}” is similar to the listed “{listed}”.",
    "name_other_script": "“{given}” reads as “{listed}”, listed in another script.",
    "name_same_root": "“{given}” and the listed “{listed}” come from the same name.",
    "name_short_form": "“{given}” and the listed “{listed}”: one is a short form of the other.",
    "name_initial": "“{given}” and the listed “{listed}” share the initial.",
    "name_cut": "“{given}”, cut off in the document, begins the listed “{listed}”.",
    "name_part_missing": "“{either}” stands on one side only.",
    "name_part_differs": "“{given}” is not the listed “{listed}”.",
    "name_parts_go_together": (
        "Parts of “{listed}” often go together: all of them prove less than each by itself."
    ),
    "name_weak_alias": "“{listed}” is an alias of low quality.",
    "birth_same": "Born on the listed date, {listed}.",
    "birth_day_month_swapped": "Born {given}, listed {listed}: day and month exchanged.",
    "birth_one_digit": "Born {given}, listed {listed}: one digit differs.",
    "birth_close": "Born {given}, listed {listed}: close, not the same.",
    "birth_year_month": "Born in the listed month, {listed}; the day is not known.",
    "birth_first_january": "Born on 1 January, as listed: often but the year is known.",
    "birth_year_only": "Born in the listed year: {given}, listed {listed}.",
    "birth_year_near": "Born {given}, listed {listed}: one year apart.",
    "birth_differs": "Born {given}, listed {listed}: another date.",
    "birth_unknown": "A birth date is missing on one side.",
    "nationality_same": "Has a listed nationality, {listed}.",
    "nationality_differs": "Nationality {given}, listed {listed}.",
    "place_same": "Of a listed place, {given}.",
    "document_same": "Holds a document that is listed, {given}.",
    "document_similar": "Holds document {given}, easily mistaken for a listed one.",
    "sex_same": "Sex as listed.",
    "sex_differs": "Sex {given}, listed {listed}.",
}

CODES = tuple(_SENTENCES)
"""Every code a reason can carry."""


@dataclass(frozen=True)
class Reason:
    """One finding. `weight` is in nats (for a pair of names: a share of the score)."""

    code: str
    given: str
    listed: str
    weight: float

    def text(self) -> str:
        """The finding as an English sentence."""
        either = self.given or self.listed
        return _SENTENCES[self.code].format(given=self.given, listed=self.listed, either=either)
