"""Fifteen ways in which what is asked differs from what is listed, in equal parts."""

from collections.abc import Callable

from .people import NAME_FIELD, Population, Traveller, in_zone
from .urns import Chance

CARD = 30
"""Positions of the name on a card."""

_LETTERS = "ABCDEFGHIJKLMNOPRSTUVYZ"
_MISREAD = {"O": "0QD", "I": "1L", "L": "1I", "S": "5", "B": "8", "Z": "2", "G": "6", "M": "N",
    "N": "M", "U": "V", "V": "U", "E": "F", "C": "G", "H": "N", "R": "K", "Q": "O",
        "D": "O"}  # fmt: skip
_ELSEWHERE = ("RUS", "TUR", "UKR", "SYR", "DEU", "KAZ")


def stressed(people: Population, number: int, kind: str) -> Traveller:
    """Listed person `number` as a traveller, with one kind of `KINDS` done to her."""
    traveller = people.traveller(number, in_full=kind == "long")
    return KINDS[kind](traveller, people.chance_of(number))._replace(kind=kind)


def seen_at_control(people: Population, number: int) -> Traveller:
    """Listed person `number` as a passport control sees her: nothing is wrong, all is official.

    One in four shows a card, whose zone has thirty positions for the name; one in four is asked
    with given names first.
    """
    chance = people.chance_of(number)
    width = CARD if chance.random() < 0.25 else NAME_FIELD
    traveller = people.traveller(number, width=width)
    return _exchanged(traveller, chance) if chance.random() < 0.25 else traveller


def _typed_wrong(word: str, chance: Chance) -> str:
    """One letter exchanged with its neighbour, replaced, left out or added."""
    if len(word) < 2:
        return word + chance.choice(_LETTERS)
    at = chance.choice([at for at, letter in enumerate(word) if letter != " "] or [0])
    how = chance.random()
    if how < 0.3 and at + 1 < len(word) and word[at + 1] not in (" ", word[at]):
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if how < 0.55:
        return word[:at] + chance.choice(_LETTERS.replace(word[at], "")) + word[at + 1 :]
    if how < 0.8:
        return word[:at] + word[at + 1 :]
    return word[:at] + chance.choice(_LETTERS) + word[at:]


def _read_wrong(word: str, chance: Chance) -> str:
    places = [at for at, letter in enumerate(word) if letter in _MISREAD]
    if not places:
        return _typed_wrong(word, chance)
    at = chance.choice(places)
    return word[:at] + chance.choice(_MISREAD[word[at]]) + word[at + 1 :]


def _plain(traveller: Traveller, chance: Chance) -> Traveller:
    return traveller


def _one_typo(traveller: Traveller, chance: Chance) -> Traveller:
    if not traveller.given or chance.random() < 0.5:
        return traveller._replace(surname=_typed_wrong(traveller.surname, chance))
    return traveller._replace(given=_typed_wrong(traveller.given, chance))


def _two_typos(traveller: Traveller, chance: Chance) -> Traveller:
    return traveller._replace(
        surname=_typed_wrong(traveller.surname, chance),
        given=_typed_wrong(traveller.given, chance) if traveller.given else "",
    )


def _misread(traveller: Traveller, chance: Chance) -> Traveller:
    given = traveller.given
    if given and chance.random() < 0.5:
        given = _read_wrong(given, chance)
    return traveller._replace(surname=_read_wrong(traveller.surname, chance), given=given)


def _exchanged(traveller: Traveller, chance: Chance) -> Traveller:
    """Given names where the surname belongs. What was cut off no longer stands last."""
    if not traveller.given:
        return traveller
    return traveller._replace(surname=traveller.given, given=traveller.surname, truncated=False)


def _part_dropped(traveller: Traveller, chance: Chance) -> Traveller:
    """A later given name is left out; who has one only keeps it."""
    parts = traveller.given.split()
    if len(parts) < 2:
        return traveller
    gone = chance.randrange(1, len(parts))
    cut = traveller.truncated and gone != len(parts) - 1
    return traveller._replace(given=" ".join(parts[:gone] + parts[gone + 1 :]), truncated=cut)


def _joined(traveller: Traveller, chance: Chance) -> Traveller:
    return traveller._replace(given=traveller.given.replace(" ", ""))


def _day_and_month(traveller: Traveller, chance: Chance) -> Traveller:
    """Exchanged; where that cannot be, another day."""
    year, month, day = traveller.born
    if day <= 12 and day != month:
        return traveller._replace(born=(year, day, month))
    return traveller._replace(born=(year, month, (day + chance.choice((1, 10)) - 1) % 28 + 1))


def _year_only(traveller: Traveller, chance: Chance) -> Traveller:
    return traveller._replace(born=(traveller.born[0], 0, 0))


def _one_number(traveller: Traveller, chance: Chance) -> Traveller:
    """Another year, month or day."""
    year, month, day = traveller.born
    how = chance.random()
    if how < 0.5:
        return traveller._replace(born=(year + chance.choice((-10, -3, -1, 1, 3, 10)), month, day))
    if how < 0.75:
        return traveller._replace(born=(year, month % 12 + 1, day))
    return traveller._replace(born=(year, month, (day + chance.randint(0, 26)) % 28 + 1))


def _elsewhere(traveller: Traveller, chance: Chance) -> Traveller:
    others = [state for state in _ELSEWHERE if state != traveller.nationality]
    return traveller._replace(nationality=chance.choice(others))


def _typo_and_date(traveller: Traveller, chance: Chance) -> Traveller:
    return _day_and_month(_one_typo(traveller, chance), chance)


def _typo_and_nationality(traveller: Traveller, chance: Chance) -> Traveller:
    return _elsewhere(_one_typo(traveller, chance), chance)


def _cut(traveller: Traveller, chance: Chance) -> Traveller:
    """A narrow zone: a third of the given names is gone."""
    room = len(traveller.surname) + 2 + max(3, len(traveller.given) * 2 // 3)
    if not traveller.given or room < 8:
        return traveller
    surname, given, cut = in_zone(traveller.surname, traveller.given, room)
    return traveller._replace(surname=surname, given=given, truncated=cut)


KINDS: dict[str, Callable[[Traveller, Chance], Traveller]] = {
    "plain": _plain,
    "typo": _one_typo,
    "two_typos": _two_typos,
    "misread": _misread,
    "exchanged": _exchanged,
    "part_dropped": _part_dropped,
    "joined": _joined,
    "day_and_month": _day_and_month,
    "year_only": _year_only,
    "date_wrong": _one_number,
    "nationality": _elsewhere,
    "typo_and_date": _typo_and_date,
    "typo_and_nationality": _typo_and_nationality,
    "cut": _cut,
    "long": _plain,
}
