"""The benches of screening, as small as they can be: what counts as found, and that all is told."""

import json
import math

import pytest

from kordon.measure.benches import lists, names, screening
from kordon.measure.population import HELD_OUT, Population
from kordon.measure.report import Report
from kordon.measure.screening.accuracy import measurable, share_above, threshold_for
from kordon.measure.screening.peers import context, folded, missing, plain
from kordon.measure.screening.published import Unreadable, read_files
from kordon.measure.screening.trials import trials


@pytest.fixture(scope="module")
def people():
    return Population(5)


def test_a_threshold_lets_no_more_innocents_through_than_its_rate():
    innocent = [float(score) for score in range(1000)]
    for rate, allowed in ((0.2, 0), (1, 1), (3, 3), (30, 30)):
        threshold = threshold_for(innocent, rate)
        assert sum(score > threshold for score in innocent) == allowed


def test_equal_scores_of_innocents_are_not_above_their_own_threshold():
    innocent = [10.0] * 50 + [0.0] * 950
    assert threshold_for(innocent, 30) == 10.0
    assert share_above([10.0, 10.0], 10.0) == 0


def test_what_too_few_innocents_cannot_show_is_not_shown():
    assert measurable(25_000, 0.2)
    assert not measurable(24_000, 0.2)
    assert math.isnan(share_above([], 0))


def test_small_bench_of_screening_tells_every_figure():
    report = Report(name="bench screening", count=400, innocents=600, travellers=90, seed=5)
    screening.measure(report)
    assert report.examined["listed persons"] == 400
    assert report.examined["listed travellers, stress"] == 90
    assert report.figures["stress_recall_at_10"] > 0.8
    assert report.figures["field_recall_at_30"] > 0.9
    told = {name.split("_at_")[0] for name in report.figures}
    assert {"kind_misread", "culture_kazakh", "bytes_per_person", "wall_p99_ms"} <= told
    assert not any("at_0_2" in name for name in report.figures)
    assert any("0.2 per 1,000 is not told" in note for note in report.notes)
    assert any("seed for development" in note for note in report.notes)
    assert "bytes_per_person" not in report.bars


def test_the_seed_of_reported_figures_is_the_held_out_one():
    report = Report(name="bench screening")
    screening._say_which(report, HELD_OUT, screening.PERSONS)
    assert report.notes == [
        f"people of seed {HELD_OUT}, held out: no weight, table or threshold saw them"
    ]


PAIRS = """schema,name1,name2,is_match
Person,Olga Petrova,Ольга Петрова,true
Person,Olga Petrova,Marat Akhmetov,false
Person,Olga Petrova,Olga Petrova,false
Company,Alma Trade,Dostyk Service,true
"""


def test_names_are_judged_at_one_threshold_and_persons_told_apart(tmp_path):
    file = tmp_path / "pairs.csv"
    file.write_text(PAIRS)
    report = Report(name="bench names", files=(file,))
    names.measure(report)
    assert report.examined == {"pairs": 4, "pairs of persons": 3}
    assert report.figures["kordon_person_accuracy"] == pytest.approx(0.667)
    assert report.figures["kordon_person_f1"] == pytest.approx(0.667)
    assert report.figures["kordon_all_accuracy"] == 0.5
    assert report.missed == ["kordon_person_f1"]


def test_a_file_that_is_no_pairs_is_refused_in_words(tmp_path):
    file = tmp_path / "other.csv"
    file.write_text("a,b\n1,2\n")
    with pytest.raises(SystemExit, match="is_match"):
        names.measure(Report(name="bench names", files=(file,)))
    with pytest.raises(SystemExit, match="cannot be read"):
        names.measure(Report(name="bench names", files=(tmp_path / "nowhere.csv",)))


def test_no_trial_lists_the_name_it_asks_for(people):
    listed = list(people.listings(0, 800))
    strangers = [people.innocent(number) for number in range(20)]
    seen = 0
    for trial in trials(listed, strangers):
        held = {each.number: each for each in trial.listed}
        assert len(held) == len(listed)
        for traveller in trial.asked:
            assert traveller.name not in {text for text, _ in held[traveller.number].names}
            assert ("name_only" in trial.name) == (traveller.born == (0, 0, 0))
            seen += 1
    assert seen > 800


def test_lists_and_innocents_are_read_and_tried(tmp_path):
    entity = {
        "schema": "Person",
        "properties": {
            "name": ["Bakyt Dosmukhambetov"],
            "alias": ["Bakit Dosmuhambetov", "Бакыт Досмухамбетов"],
            "birthDate": ["1974-08-12"],
        },
    }
    source = tmp_path / "list.json"
    lines = [json.dumps(entity | {"id": f"p{at}"}) for at in range(3)]
    source.write_text("\n".join(lines) + "\n")
    strangers = tmp_path / "innocents.csv"
    rows = "\n".join(
        f"Anna Petrova {at},female,1980-01-0{at % 9 + 1},Kazakhstan" for at in range(6)
    )
    strangers.write_text(f"full_name,gender,date_of_birth,nationality\n{rows}\n")
    listed, travellers = read_files([source, strangers])
    assert [each.number for each in listed] == [0, 1, 2]
    assert listed[0].truly_born == (1974, 8, 12)
    assert travellers[0].nationality == "KAZ"
    assert {traveller.number for traveller in travellers} == {-1, -2, -3, -4, -5, -6}
    report = Report(name="bench lists", files=(source, strangers))
    lists.measure(report)
    assert report.examined["latin_to_cyrillic_only_name_only"] == 3
    assert report.figures["alias_to_primary_with_birth_found_at_any_score"] == 1


def test_a_file_that_is_no_list_is_refused_in_words(tmp_path):
    file = tmp_path / "list.txt"
    file.write_text("nothing")
    with pytest.raises(Unreadable, match="neither"):
        read_files([file])


def test_without_a_list_an_invented_one_is_tried():
    report = Report(name="bench lists", count=300, innocents=400, seed=5)
    lists.measure(report)
    assert report.examined["listed persons"] == 300
    assert report.examined["latin_to_cyrillic_only_name_only"] > 20
    assert "latin_to_cyrillic_only_name_only_at_3" not in report.bars  # too few to be judged by
    assert any("the list is invented too" in note for note in report.notes)


def test_other_programs_get_the_evidence_of_one_table(people):
    traveller = people.traveller(0)._replace(born=(1974, 8, 12), nationality="KAZ", sex="M")
    listed = people.listing(0)._replace(births=((1974, 8, 12),), nationalities=("KAZ",), sex="M")
    same = context(traveller, listed)
    swapped = context(traveller, listed._replace(births=((1974, 12, 8),)))
    other = context(
        traveller, listed._replace(births=((1951, 3, 3),), nationalities=("TUR",), sex="F")
    )
    assert same > swapped > 0 > other
    assert context(traveller, listed._replace(births=(), nationalities=(), sex="")) == 0
    assert plain("Бакыт-Müller") == "bakyt muller"
    assert folded("Щербаков") == folded("Schtscherbakow")
    assert folded("Щербаков").islower()
    assert missing("pg_trgm") == ""
