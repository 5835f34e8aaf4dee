"""Invented people for measuring screening: who they are, how lists and passports write them.

    people = Population(seed=1)
    listing = people.listing(17)          # person 17 as a watchlist writes her
    traveller = people.traveller(17)      # the same person as her passport writes her
    innocent = people.innocent(17)        # somebody who is on no list

A number and a seed always give the same person, in every process and order. The seed decides the
people, the invented roots of their names and how common each name is; what does not depend on
it are the standards of romanisation, the heads of the name lists and the shares of cultures.
Nothing here knows how the engine folds: these tables were written from the standards, not from it.
"""

from .people import CULTURES, Human, Listed, Population, Traveller
from .screened import HELD_OUT, field_mix, innocents, listing_of, person_of, stress_mix
from .stress import KINDS, seen_at_control, stressed

__all__ = [
    "CULTURES",
    "HELD_OUT",
    "KINDS",
    "Human",
    "Listed",
    "Population",
    "Traveller",
    "field_mix",
    "innocents",
    "listing_of",
    "person_of",
    "seen_at_control",
    "stress_mix",
    "stressed",
]
