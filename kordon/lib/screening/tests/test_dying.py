"""A writer that dies at any step leaves the old index or the new one."""

from functools import partial

from kordon.lib.screening import Index, Listing, Person
from tests.dying import dies_before

BORN = (1974, 8, 12)
ANNA = Person(("ERIKSSON ANNA",), BORN)


def an_index(key):
    return Index.build([Listing(key, ("Anna Eriksson",), (BORN,))])


def serving(folder):
    (candidate,) = Index.open(folder).search(ANNA)
    return candidate.key


def test_a_writer_that_dies_before_any_step_leaves_the_old_index_or_the_new(tmp_path):
    an_index("generation 0").save(tmp_path)
    mapped, steps, served = Index.open(tmp_path), 1, []
    while dies_before(steps, tmp_path, partial(an_index(f"generation {steps}").save, tmp_path)):
        served.append(serving(tmp_path))
        steps += 1
    assert steps > 6, "made, written, renamed, described, switched, swept"
    assert serving(tmp_path) == f"generation {steps}", "the one that lived"
    assert served[0] == "generation 0"
    assert set(served) > {"generation 0"}, "some died after the switch"
    assert served == sorted(served, key=lambda name: int(name.split()[1])), "never back"
    assert mapped.search(ANNA)[0].key == "generation 0", "who has it open keeps it"
    assert not list(tmp_path.glob("*.part"))
    assert len(list(tmp_path.glob("*.index"))) == 1
