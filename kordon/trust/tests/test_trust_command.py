"""``kordon trust`` at the console."""

import json

import pytest
from django.core.management import call_command

from kordon.trust import rules
from kordon.trust.models import Change, Version
from kordon.trust.tests.conftest import LATER, SECOND, UTOPIA, listed, own, self_signed

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path):
    def make(content, name="list.ml"):
        (tmp_path / name).write_bytes(content)
        return str(tmp_path / name)

    return make


def run(capsys, *words):
    call_command("trust", *words)
    return capsys.readouterr().out


def test_on_a_standalone_node_it_is_in_force_and_the_record_says_that_nobody_looked(file, capsys):
    said = run(capsys, "import", "--source", "XP", file(listed(*self_signed(UTOPIA, SECOND))))
    assert "In force as version 1" in said
    assert "no second officer looked" in " ".join(said.split())
    assert "UT  0 stay, 1 come, 0 go, 1 new keys" in said
    assert Change.objects.get().alone


def test_at_a_headquarters_it_waits_and_is_approved_by_its_id(file, capsys, settings):
    settings.KORDON_KIND = "hq"
    told = json.loads(run(capsys, "import", "--source", "XP", "--json", file(listed(own(UTOPIA)))))
    assert (told["status"], told["new_signer"]) == ("pending", True)
    assert told["change"] in run(capsys, "changes")
    (waiting,) = json.loads(run(capsys, "changes", "--json"))["changes"]
    assert (waiting["change"], waiting["status"]) == (told["change"], "pending")
    assert json.loads(run(capsys, "approve", "--json", told["change"]))["version"] == 1


def test_a_dry_run_changes_nothing(file, capsys):
    said = run(capsys, "import", "--source", "XP", "--dry-run", file(listed(own(UTOPIA))))
    assert "--dry-run" in said
    assert not Change.objects.exists()


def test_certificates_and_revocation_lists_are_added(file, capsys):
    words = ("--as-source", "bilateral", "--ground", "Handed over.")
    run(capsys, "add", *words, file(own(UTOPIA), "csca.cer"))
    run(capsys, "add", "--revocations", file(UTOPIA.revocation_list(5), "x.crl"))
    assert Version.objects.count() == 2


def test_an_older_list_is_refused(file, capsys):
    run(capsys, "import", "--source", "XP", file(listed(own(UTOPIA), at=LATER)))
    with pytest.raises(rules.OlderList):
        run(capsys, "import", "--source", "XP", file(listed(own(UTOPIA))))
