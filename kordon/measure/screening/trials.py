"""What a published list is asked for, such that the answer is known and not copied from it.

In every trial the list lacks the very name asked for. Each trial says what the traveller shows:
name alone, or name, full birth date, nationality and sex.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kordon.measure.population import Listed, Traveller
from kordon.measure.population.people import writing_of

Name = tuple[str, str]
"""Text and quality."""

MOST_ASKED = 1_500
"""Of one trial; who, is told by chance, the same every time."""


@dataclass(frozen=True)
class Trial:
    name: str
    listed: Sequence[Listed]
    asked: Sequence[Traveller]
    strangers: Sequence[Traveller]
    bar: float | None = None
    """The recall to be reached at 3 false per 1,000."""


def trials(listed: Sequence[Listed], strangers: Sequence[Traveller]) -> Iterator[Trial]:
    """All that these lists allow, one after another."""
    bare = [_name_alone(each) for each in strangers]
    primary, aliases = _aliases(listed)
    dated = [each for each in aliases if each.born[2]]
    yield Trial("alias_to_primary_with_birth", primary, dated, strangers, 0.8)
    yield Trial("alias_to_primary_name_only", primary, [_name_alone(a) for a in aliases], bare)
    rest, left_out = _left_out(listed)
    dated = [each for each in left_out if each.born[2]]
    yield Trial("left_out_with_birth", rest, dated, strangers)
    yield Trial("left_out_name_only", rest, [_name_alone(each) for each in left_out], bare)
    for writing, bar in (("cyrillic", 0.99), ("arabic", 0.9), ("", None)):
        foreign, asked = _in_one_writing(listed, writing)
        name = f"latin_to_{writing or 'any_other_writing'}_only_name_only"
        yield Trial(name, foreign, [_name_alone(each) for each in asked], bare, bar)


def _aliases(listed: Sequence[Listed]) -> tuple[list[Listed], list[Traveller]]:
    """Everybody under the primary name alone; the good Latin aliases that differ from it."""
    primary, asked = [], []
    for each in listed:
        first = each.names[0]
        primary.append(each._replace(names=(first,)))
        for name in _good_latin(each.names[1:]):
            if _said(name) != _said(first):
                asked.append(_traveller(each, name))
    return primary, _some(asked)


def _left_out(listed: Sequence[Listed]) -> tuple[list[Listed], list[Traveller]]:
    """Everybody with all names but one good Latin one of those who have several."""
    rest, asked = [], []
    chance = random.Random(2)  # noqa: S311  # nosec B311 (the same every time)
    for each in listed:
        latin = _good_latin(each.names)
        out = chance.choice(latin) if len(latin) > 1 else None
        kept = tuple(name for name in each.names if out is None or _said(name) != _said(out))
        if out is not None and kept:
            asked.append(_traveller(each, out))
            rest.append(each._replace(names=kept))
        else:
            rest.append(each)
    return rest, _some(asked)


def _in_one_writing(listed: Sequence[Listed], writing: str) -> tuple[list[Listed], list[Traveller]]:
    """Who has a name in `writing` (any but Latin if empty), with those names alone."""
    found, asked = [], []
    for each in listed:
        foreign = tuple(name for name in each.names if _is_in(writing_of(name[0]), writing))
        latin = _good_latin(each.names)
        found.append(each._replace(names=foreign or each.names))
        if foreign and latin:
            asked.append(_traveller(each, latin[0]))
    return found, _some(asked)


def _is_in(found: str, writing: str) -> bool:
    return found == writing if writing else found != "latin"


def _good_latin(names: Sequence[Name]) -> list[Name]:
    return [name for name in names if name[1] == "good" and writing_of(name[0]) == "latin"]


def _said(name: Name) -> str:
    """The same words in another order are the same name."""
    return " ".join(sorted(name[0].casefold().replace(",", " ").split()))


def _traveller(each: Listed, name: Name) -> Traveller:
    state = each.nationalities[0] if each.nationalities else ""
    return Traveller(each.number, "", name[0], "", False, each.truly_born, state, each.sex)


def _name_alone(traveller: Traveller) -> Traveller:
    return traveller._replace(born=(0, 0, 0), nationality="", sex="")


def _some(asked: list[Traveller]) -> list[Traveller]:
    chance = random.Random(1)  # noqa: S311  # nosec B311 (the same every time)
    return chance.sample(asked, min(MOST_ASKED, len(asked)))
