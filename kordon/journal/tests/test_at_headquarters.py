"""What has its home at headquarters is done there alone, and heard of there alone."""

import dataclasses

import pytest

from kordon.journal.channels import OnlyAtHeadquarters
from kordon.journal.command import check_right, command, elsewhere
from kordon.journal.facts import PersonalDataRead
from kordon.journal.models import Entry, Place
from kordon.journal.reacting import react, reacts
from kordon.journal.refusal import NotPermitted
from kordon.journal.writing import record, writing

pytestmark = pytest.mark.usefixtures("declared")


@pytest.fixture
def decide(ada):
    @command(at_hq=True)
    def decide_all(*, by):
        """Decide for everybody."""
        record(PersonalDataRead(query="x.y", about=(), found=1), by=by)

    def run(lacking=False):
        rights = frozenset() if lacking else ada.rights | {"journal.decide_all"}
        decide_all(by=dataclasses.replace(ada, rights=rights))

    return run


def test_a_post_refuses_it_whoever_asks(decide, settings):
    settings.KORDON_KIND = "post"
    for lacking in (False, True):
        with pytest.raises(OnlyAtHeadquarters) as refused:
            decide(lacking)
        assert refused.value.code == "only_at_headquarters"
    assert not Entry.objects.exists()


@pytest.mark.parametrize("kind", ["hq", "standalone"])
def test_elsewhere_it_needs_its_right_as_ever(decide, settings, kind):
    settings.KORDON_KIND = kind
    decide()
    assert Entry.objects.count() == 1
    with pytest.raises(NotPermitted):
        decide(lacking=True)


def test_nobody_holds_such_a_right_at_a_post(decide, ada, settings):
    assert not elsewhere()
    settings.KORDON_KIND = "post"
    assert "journal.decide_all" in elsewhere()
    with pytest.raises(OnlyAtHeadquarters):
        check_right(ada, "journal.decide_all")


def test_what_tells_posts_hears_at_headquarters_only_and_then_everything(ada, settings):
    heard, everywhere = [], []
    with writing():
        record(PersonalDataRead(query="x.y", about=(), found=1), by=ada)

    @reacts(PersonalDataRead, at_hq=True)
    def on_told(it, entry):
        heard.append(it.found)

    @reacts(PersonalDataRead)
    def on_any(it, entry):
        everywhere.append(it.found)

    for kind in ("standalone", "post"):
        settings.KORDON_KIND = kind
        react()
        assert (heard, everywhere) == ([], [1])
    assert not Place.objects.filter(reaction="journal.on_told").exists()
    settings.KORDON_KIND = "hq"
    react()
    assert heard == [1]
