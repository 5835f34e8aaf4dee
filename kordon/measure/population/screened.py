"""Invented people as the values that screening takes, and the mixes it is asked with."""

import random
from collections.abc import Iterator

from kordon.lib.screening import Listing, Person

from .people import Listed, Population, Traveller
from .stress import KINDS, seen_at_control, stressed

HELD_OUT = 7_919_013
"""The seed of reported figures. Nothing is tuned on its people: take any other for that."""


def listing_of(listed: Listed) -> Listing:
    """The key is the person's number."""
    weak = tuple(text for text, quality in listed.names if quality == "weak")
    return Listing(
        key=str(listed.number),
        names=tuple(text for text, quality in listed.names if quality != "weak"),
        births=listed.births,
        nationalities=listed.nationalities,
        sex=listed.sex,
        weak_names=weak,
    )


def person_of(traveller: Traveller) -> Person:
    return Person(
        (traveller.name,),
        traveller.born,
        (traveller.nationality,),
        traveller.sex,
        traveller.truncated,
    )


def chosen(people: Population, listed: int, number: int) -> list[int]:
    """Numbers of listed persons who travel: in no order, so that no engine's ties favour one."""
    chance = random.Random(people.seed)  # noqa: S311  # nosec B311 (the same every time)
    return chance.sample(range(listed), min(number, listed))


def stress_mix(people: Population, listed: int, number: int) -> Iterator[Traveller]:
    """Of persons 0 to `listed`, with each kind of distortion in equal parts."""
    kinds = list(KINDS)
    for turn, person in enumerate(chosen(people, listed, number)):
        yield stressed(people, person, kinds[turn % len(kinds)])


def field_mix(people: Population, listed: int, number: int) -> Iterator[Traveller]:
    """Of persons 0 to `listed`, as a passport control sees them."""
    for person in chosen(people, listed, number):
        yield seen_at_control(people, person)


def innocents(people: Population, number: int) -> Iterator[Traveller]:
    return map(people.innocent, range(number))
