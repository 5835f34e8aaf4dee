"""Invented people: the same for the same seed, others for another, as varied as they should be."""

import ast
import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from kordon.measure import population
from kordon.measure.population import HELD_OUT, KINDS, Population, seen_at_control, stressed
from kordon.measure.population.cyrillic import romanised
from kordon.measure.population.orient import palladius, wade_giles
from kordon.measure.population.people import in_zone, writing_of
from kordon.measure.population.screened import field_mix, listing_of, stress_mix
from kordon.measure.population.semites import in_script
from kordon.measure.population.slavs import for_sex, patronymic
from kordon.measure.population.turan import in_cyrillic, in_latin


@pytest.fixture(scope="module")
def people():
    return Population(1)


ELSEWHERE = """
import json
from kordon.measure.population import Population, field_mix, innocents, stress_mix
people = Population(1)
for mix in (field_mix(people, 1000, 30), stress_mix(people, 1000, 30), innocents(people, 30)):
    print(json.dumps(list(mix)))
print(json.dumps(list(people.listings(0, 30))))
"""


def test_a_seed_gives_the_same_people_in_every_process_and_order(people):
    said = subprocess.run(
        [sys.executable, "-c", ELSEWHERE],
        env=os.environ | {"PYTHONHASHSEED": "7"},
        capture_output=True,
        check=True,
        text=True,
    ).stdout
    here = [
        list(people.listings(0, 30)),
        [people.innocent(number) for number in range(30)],
        list(stress_mix(people, 1000, 30)),
        list(field_mix(people, 1000, 30)),
    ]
    assert [json.loads(line) for line in said.splitlines()][::-1] == json.loads(json.dumps(here))


def test_whom_one_asks_for_before_does_not_matter(people):
    alone = people.listing(9), people.traveller(9), people.innocent(9)
    list(people.listings(0, 5))
    stressed(people, 3, "two_typos")
    assert (people.listing(9), people.traveller(9), people.innocent(9)) == alone


def test_the_held_out_seed_has_other_people_and_other_rare_names(people):
    held_out = Population(HELD_OUT)
    ours, theirs = (
        {word for each in some.listings(0, 1500) for text, _ in each.names for word in text.split()}
        for some in (people, held_out)
    )
    assert people.human(0) != held_out.human(0)
    assert len(ours & theirs) < len(ours) / 3


def test_births_of_listings_are_as_incomplete_as_said(people):
    listed = list(people.listings(0, 4000))
    known = Counter(
        "none" if not each.births else "full" if each.born_in_full else "part" for each in listed
    )
    assert 0.06 < known["none"] / len(listed) < 0.10
    assert 0.15 < known["part"] / len(listed) < 0.21
    full = [each for each in listed if each.born_in_full]
    assert 0.93 < sum(each.rightly_born for each in full) / len(full) < 0.98


def test_listings_come_in_many_writings_with_graded_names(people):
    listed = list(people.listings(0, 3000))
    assert {"latin", "cyrillic", "arabic", "chinese", "georgian"} <= {
        each.script for each in listed
    }
    assert {quality for each in listed for _, quality in each.names} == {
        *("good", "weak", "original_script")
    }
    assert all(listing_of(each).names for each in listed)


def test_a_traveller_is_written_in_the_letters_of_the_zone(people):
    for number in range(3000):
        traveller = people.traveller(number)
        letters = set(traveller.name) - {" "}
        assert letters <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ"), traveller
        assert len(traveller.surname) + len(traveller.given) + 2 <= 39 + 2
        assert traveller.born == people.human(number).born


def test_a_long_name_is_cut_and_said_to_be():
    surname, given, cut = in_zone("Berdimuhammedowa", "Gurbangözel Aýnabat Ogulnabat")
    assert (surname, given, cut) == ("BERDIMUHAMMEDOWA", "GURBANGOEZEL AYNABA O", True)
    assert in_zone("Petrov", "Ivan") == ("PETROV", "IVAN", False)


@pytest.mark.parametrize("kind", KINDS)
def test_each_distortion_changes_only_what_it_says(people, kind):
    names = {"typo", "two_typos", "misread", "exchanged", "part_dropped", "joined", "cut"}
    dates = {"day_and_month", "year_only", "date_wrong", "typo_and_date"}
    changed = 0
    for number in range(60):
        plain = people.traveller(number, in_full=kind == "long")
        other = stressed(people, number, kind)
        assert other.number == number
        assert other.kind == kind
        changed += other._replace(kind="plain") != plain
        if kind not in dates:
            assert other.born == plain.born
        if "nationality" not in kind:
            assert other.nationality == plain.nationality
        if kind not in names and "typo" not in kind:
            assert other.name == plain.name
    assert (changed == 0) == (kind in ("plain", "long"))


def test_nothing_is_wrong_at_passport_control_but_the_order(people):
    for number in range(200):
        seen, card = seen_at_control(people, number), people.traveller(number, width=30)
        passport = people.traveller(number)
        words = sorted(seen.name.split())
        assert words in (sorted(passport.name.split()), sorted(card.name.split()))
        assert (seen.born, seen.nationality) == (passport.born, passport.nationality)


def test_romanisation_follows_the_standards():
    assert romanised("щербаков", "icao") == "shcherbakov"
    assert romanised("щербаков", "german") == "schtscherbakow"
    assert romanised("щербаков", "french") == "chtcherbakov"
    assert romanised("юрий", "mvd1997") == "yury"
    assert romanised("юрий", "icao") == "iurii"
    assert romanised("цой", "gost2006") == "tcoi"
    assert romanised("пушкин", "french") == "pouchkine"
    assert romanised("қонысбаев", "icao") == "konysbaev"
    assert romanised("ўткир", "uzbek") == "o‘tkir"


def test_one_sound_is_written_by_the_rules_of_each_nation():
    assert in_cyrillic("jamshid", "tajik") == "ҷамшид"
    assert in_cyrillic("jamshid", "russian") == "джамшид"
    assert in_cyrillic("qåsim", "uzbek") == "қосим"
    assert in_cyrillic("qåsim", "russian") == "касим"
    assert in_latin("charı", "turkmen") == "çary"
    assert in_latin("elchin", "azeri") == "əlçin"
    assert in_script("mu7ammad", False) == "محمد"
    assert in_script("3abdal3azIz", False) == "عبدالعزيز"
    assert in_script("nUraddIn", False) == "نورالدين"
    assert in_script("3abdallah", True) == "عبدالله"
    assert palladius("zhong"), palladius("xing") == ("чжун", "син")
    assert wade_giles("zhang") == "chang"
    assert wade_giles("xian") == "hsien"


def test_the_sex_shows_in_surnames_and_patronymics():
    assert for_sex("иванов", "F") == "иванова"
    assert for_sex("броневский", "F") == "броневская"
    assert for_sex("ковальський", "F") == "ковальська"
    assert patronymic("юрий", "M") == "юрьевич"
    assert patronymic("илья", "F") == "ильична"
    assert patronymic("иван", "F") == "ивановна"


def test_writings_are_told_by_their_letters():
    assert writing_of("Müller") == "latin"
    assert writing_of("Анна") == "cyrillic"
    assert writing_of("梁 敏") == "chinese"


def test_people_are_made_without_the_engines_tables():
    """Who writes the question must not read the answer: only its values are imported."""
    for file in Path(population.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.ImportFrom) and node.module:
                assert not node.module.startswith("kordon.lib.screening."), file
                if node.module == "kordon.lib.screening":
                    assert {name.name for name in node.names} <= {"Listing", "Person"}, file
