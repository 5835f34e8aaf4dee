"""Screening against real lists and invented innocents, where these are at hand.

KORDON_VECTORS names the folder that holds `watchlists/` (UN XML, OFAC CSV) and
`names/innocents_global.csv`; by default ../shared/data beside the repository.
Bounds are somewhat below the figures in docs/screening.md, so that a loss is noticed.
"""

import csv
import os
import random
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from xml.etree import ElementTree  # trusted local files

import pytest

from kordon.lib.screening import Born, Index, Listing, Person

ROOT = Path(__file__).parents[2]
VECTORS = Path(os.environ.get("KORDON_VECTORS", ROOT.parent / "shared" / "data"))
UN = VECTORS / "watchlists" / "UN_consolidated_2025.xml"
OFAC = VECTORS / "watchlists" / "ofac"
INNOCENTS = VECTORS / "names" / "innocents_global.csv"

pytestmark = pytest.mark.skipif(
    not (UN.exists() and OFAC.exists() and INNOCENTS.exists()),
    reason=f"NO LISTS TO MEASURE SCREENING ON: set KORDON_VECTORS (looked in {VECTORS})",
)

MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
COUNTRIES = {
    "Afghanistan": "AFG", "Algeria": "DZA", "Bangladesh": "BGD", "Canada": "CAN", "China": "CHN",
    "Colombia": "COL", "Democratic Republic of the Congo": "COD", "Egypt": "EGY", "France": "FRA",
    "Germany": "DEU", "India": "IND", "Indonesia": "IDN", "Iran": "IRN", "Iraq": "IRQ",
    "Italy": "ITA", "Japan": "JPN", "Jordan": "JOR", "Kuwait": "KWT", "Lebanon": "LBN",
    "Libya": "LBY", "Malaysia": "MYS", "Mexico": "MEX", "Morocco": "MAR", "Pakistan": "PAK",
    "Philippines": "PHL", "Qatar": "QAT", "Russia": "RUS", "Russian Federation": "RUS",
    "Saudi Arabia": "SAU", "Somalia": "SOM", "Sudan": "SDN", "Syria": "SYR", "Tunisia": "TUN",
    "Turkey": "TUR", "Ukraine": "UKR", "United Kingdom": "GBR", "Yemen": "YEM",
    "Democratic People's Republic of Korea": "PRK", "Korea, North": "PRK",
}  # fmt: skip


def un_listings() -> Iterator[Listing]:
    for entry in ElementTree.parse(UN).getroot().iter("INDIVIDUAL"):
        parts = [entry.findtext(f"{n}_NAME") for n in ("FIRST", "SECOND", "THIRD", "FOURTH")]
        names = [" ".join(part for part in parts if part)]
        original = entry.findtext("NAME_ORIGINAL_SCRIPT")
        weak = []
        for alias in entry.iter("INDIVIDUAL_ALIAS"):
            name = alias.findtext("ALIAS_NAME")
            if name:
                (weak if alias.findtext("QUALITY") == "Low" else names).append(name)
        yield Listing(
            "UN" + (entry.findtext("DATAID") or "").strip(),
            (*names, original) if original else tuple(names),
            tuple(b for d in entry.iter("INDIVIDUAL_DATE_OF_BIRTH") for b in un_births(d)),
            countries(v.text or "" for v in entry.iterfind("NATIONALITY/VALUE")),
            {"Male": "M", "Female": "F"}.get(entry.findtext("GENDER") or "", ""),
            tuple(weak),
        )


def un_births(entry: ElementTree.Element) -> Iterator[Born]:
    if date := entry.findtext("DATE"):
        year, month, day = (int(part) for part in date[:10].split("-"))
        yield (year, month, day)
    elif year := entry.findtext("YEAR"):
        yield (int(year), 0, 0)
    elif first := entry.findtext("FROM_YEAR"):
        for year in range(int(first), int(entry.findtext("TO_YEAR") or first) + 1):
            yield (year, 0, 0)


def ofac_listings() -> Iterator[Listing]:
    aliases: dict[str, list[str]] = {}
    for row in csv.reader((OFAC / "alt.csv").open(encoding="latin-1")):
        if len(row) > 3:
            aliases.setdefault(row[0], []).append(row[3])
    for row in csv.reader((OFAC / "sdn.csv").open(encoding="latin-1")):
        if len(row) > 11 and row[2].strip() == "individual":
            remark = row[11]
            yield Listing(
                "OFAC" + row[0],
                (row[1], *aliases.get(row[0], ())),
                tuple(ofac_births(remark)),
                countries(re.findall(r"(?:nationality|citizen) ([^;.]+)", remark)),
                "M" if "Gender Male" in remark else "F" if "Gender Female" in remark else "",
                tuple(re.findall(r"a\.k\.a\. '([^']+)'", remark)),
            )


def ofac_births(remark: str) -> Iterator[Born]:
    for day, month, year, to in re.findall(
        r"DOB (?:circa )?(?:(\d\d) )?(?:([A-Z][a-z]{2}) )?(\d{4})(?: to (\d{4}))?", remark
    ):
        if to:
            yield from ((y, 0, 0) for y in range(int(year), int(to) + 1))
        else:
            yield (int(year), MONTHS.index(month) + 1 if month else 0, int(day or 0))


def countries(names) -> tuple[str, ...]:
    return tuple(COUNTRIES[name] for name in names if name in COUNTRIES)


def innocents(count: int, skip: int = 0) -> Iterator[Person]:
    with INNOCENTS.open(encoding="utf-8") as file:
        for row in islice(csv.DictReader(file), skip, skip + count):
            year, month, day = (int(part) for part in row["date_of_birth"].split("-"))
            yield Person(
                (row["full_name"],),
                (year, month, day),
                countries([row["nationality"]]),
                {"male": "M", "female": "F"}.get(row["gender"], ""),
            )


def as_traveller(name: str, listing: Listing) -> Person | None:
    """The listed person with a passport in this name; None if the list has no full birth date."""
    full = [born for born in listing.births if born[1] and born[2] and born[1:] != (1, 1)]
    if not full:
        return None
    return Person((name,), full[0], listing.nationalities[:1], listing.sex)


@pytest.fixture(scope="module")
def listings() -> list[Listing]:
    return [*un_listings(), *ofac_listings()]


@pytest.fixture(scope="module")
def index(listings) -> Index:
    return Index.build(listings)


def share_found(index: Index, pairs: list[tuple[str, Person]]) -> float:
    """Of travellers with the key of their listing, the share whose listing is a candidate."""
    found = sum(key in {c.key for c in index.search(person)} for key, person in pairs)
    return found / len(pairs)


def alarms_per_thousand(index: Index, people: list[Person]) -> float:
    return 1000 * sum(bool(index.search(person, limit=1)) for person in people) / len(people)


def travellers(listings: list[Listing], name_of, count: int) -> list[tuple[str, Person]]:
    """Listed persons with a full birth date, travelling under the name that `name_of` picks."""
    pairs = []
    for listing in listings:
        name = name_of(listing)
        person = as_traveller(name, listing) if name else None
        if person:
            pairs.append((listing.key, person))
    return random.Random(1).sample(pairs, min(count, len(pairs)))


def test_the_lists_are_read_whole(listings, index):
    assert len(listings) > 4000
    assert len(index) == len(listings)
    assert sum(bool(listing.births) for listing in listings) > 0.9 * len(listings)


def test_innocent_travellers_raise_few_candidates(index):
    assert alarms_per_thousand(index, list(innocents(6000))) <= 2.0


def test_a_listed_person_is_found_under_any_listed_name(listings, index):
    pairs = travellers(listings, lambda listing: listing.names[-1], 800)
    assert share_found(index, pairs) >= 0.99


def test_a_listed_person_is_found_under_a_name_written_otherwise(listings, index):
    pairs = travellers(listings, lambda listing: respelt(listing.names[0]), 800)
    assert share_found(index, pairs) >= 0.97


def test_an_alias_leads_to_the_primary_name_where_the_two_are_one_name(listings):
    """Many aliases are other names altogether: that is the ceiling, not a lack."""
    primary_only = [
        replace(listing, names=listing.names[:1], weak_names=()) for listing in listings
    ]
    pairs = travellers(listings, latin_alias, 800)
    assert share_found(Index.build(primary_only), pairs) >= 0.78


def test_the_original_script_is_found_from_latin(listings):
    natives = [
        replace(listing, names=listing.names[-1:], weak_names=())
        for listing in listings
        if len(listing.names) > 1 and not any("A" <= c.upper() <= "Z" for c in listing.names[-1])
    ]
    latin = {listing.key: listing.names[0] for listing in listings}
    pairs = travellers(natives, lambda listing: latin[listing.key], 800)
    assert len(pairs) >= 80
    assert share_found(Index.build(natives), pairs) >= 0.93


def test_every_score_of_the_lists_is_the_sum_of_its_reasons(listings, index):
    for _, person in travellers(listings, lambda listing: listing.names[0], 200):
        for candidate in index.search(person, threshold=0.0):
            assert sum(reason.weight for reason in candidate.reasons) == candidate.score


def latin_alias(listing: Listing) -> str | None:
    """An alias that is Latin, the same for one listing in every run."""
    latin = [name for name in listing.names[1:] if name.isascii()]
    return random.Random(listing.key).choice(latin) if latin else None


# How another office might write the same sounds.
RESPELT = (
    ("sh", "ch"), ("kh", "h"), ("q", "k"), ("u", "ou"), ("y", "i"), ("ee", "i"), ("j", "dj"),
    ("w", "v"), ("ph", "f"), ("mohammad", "muhammed"),
)  # fmt: skip


def respelt(name: str) -> str | None:
    if not name.isascii():
        return None
    name = name.lower()
    for there, here in RESPELT:
        name = name.replace(there, here)
    return name.upper()
