"""``kordon watchlist import`` at the console."""

import json

import pytest
from django.core.management import CommandError, call_command

from kordon.watchlist.models import Alert, Edition
from kordon.watchlist.tests.conftest import un_list, un_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "un.xml"
    path.write_bytes(un_list(un_person()))
    return str(path)


def run(capsys, *words):
    call_command("watchlist", "import", *words)
    return capsys.readouterr().out


def test_on_a_standalone_node_it_is_in_force_and_the_record_says_that_nobody_looked(file, capsys):
    text = run(capsys, "--format", "un", file)
    assert "1 entries, 0 bad rows, 1 organisation left out" in text
    assert "no second officer looked" in " ".join(text.split())
    edition = Edition.objects.get()
    assert (edition.status, edition.approved_alone) == ("in_force", True)
    assert edition.imported_by_name.startswith("console:")


def test_it_can_be_left_to_a_second_officer(file, capsys):
    run(capsys, "--format", "un", "--for-approval", file)
    assert Edition.objects.get().status == "pending"
    assert not Alert.objects.exists()


def test_at_a_headquarters_it_waits(file, capsys, settings):
    settings.KORDON_KIND = "hq"
    run(capsys, "--format", "un", file)
    assert Edition.objects.get().status == "pending"


def test_a_dry_run_changes_nothing(file, capsys):
    assert "--dry-run" in run(capsys, "--format", "un", "--dry-run", file)
    assert not Edition.objects.exists()


def test_a_machine_reads_one_object(file, capsys):
    told = json.loads(run(capsys, "--format", "un", "--json", "--list", "UN", file))
    assert (told["list"], told["records"], told["status"]) == ("UN", 1, "in_force")


def test_bad_rows_are_told_with_their_line(tmp_path, capsys):
    path = tmp_path / "ours.csv"
    path.write_text("name,birth date\nERIKSSON Anna,12.08.1974\nHOLM Greta,sometime\n")
    told = json.loads(run(capsys, "--format", "table", "--json", str(path)))
    (bad,) = told["bad_rows"]
    assert (bad["line"], bad["code"]) == (3, "bad_date")


def test_columns_can_be_named(tmp_path, capsys):
    path = tmp_path / "ours.csv"
    path.write_text("кто,когда\nЭРИКССОН Анна,12.08.1974\n")
    run(
        capsys, "--format", "table", "--column", "name=кто", "--column", "birth_date=когда",
        str(path),
    )  # fmt: skip
    assert Alert.objects.get().births == [[1974, 8, 12]]


def test_the_files_of_ofac_are_taken_as_a_folder(tmp_path, capsys):
    nothing = ",".join(["-0- "] * 8)
    (tmp_path / "sdn.csv").write_text(
        f'36,"ERIKSSON, Anna Maria","individual","UTO",{nothing[:-5]},"DOB 12 Aug 1974."\n'
    )
    (tmp_path / "alt.csv").write_text('36,12,"aka","HOLM, Greta",-0- \n')
    told = json.loads(run(capsys, "--format", "ofac", "--json", str(tmp_path)))
    assert (told["records"], told["joined"]) == (1, {"alias": 1})


def test_an_unreadable_file_ends_in_one_sentence(tmp_path, capsys):
    path = tmp_path / "un.xml"
    path.write_text("<html/>")
    with pytest.raises(CommandError, match="not the consolidated list"):
        run(capsys, "--format", "un", str(path))
