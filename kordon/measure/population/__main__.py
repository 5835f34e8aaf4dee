"""Show invented people as JSON lines: ``python -m kordon.measure.population --seed 1``."""

import argparse
import json
from collections.abc import Iterable
from itertools import islice
from typing import NamedTuple

from . import Population
from .screened import field_mix, innocents, stress_mix


def main() -> None:
    made = argparse.ArgumentParser(prog="python -m kordon.measure.population", description=__doc__)
    made.add_argument("what", choices=("listings", "stress", "field", "innocents"),
        nargs="?", default="listings")  # fmt: skip
    made.add_argument("--seed", type=int, default=1)
    made.add_argument("--persons", type=int, default=1000, help="how many are listed")
    made.add_argument("--show", type=int, default=20)
    wishes = made.parse_args()
    people = Population(wishes.seed)
    mixes: dict[str, Iterable[NamedTuple]] = {
        "listings": people.listings(0, wishes.persons),
        "stress": stress_mix(people, wishes.persons, wishes.show),
        "field": field_mix(people, wishes.persons, wishes.show),
        "innocents": innocents(people, wishes.show),
    }
    for each in islice(mixes[wishes.what], wishes.show):
        print(json.dumps(each._asdict(), ensure_ascii=False))


if __name__ == "__main__":
    main()
