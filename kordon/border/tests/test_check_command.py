"""``kordon check`` on the command line."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from kordon.border.models import Check
from kordon.border.rules.refusals import Unreadable
from kordon.border.tests.conftest import zone

COMMAND = "check_traveller"


def test_it_prints_what_the_first_line_sees(north, alert, capsys):
    alert()
    call_command(COMMAND, *zone().split("\n"))
    said = capsys.readouterr().out
    assert "ERIKSSON ANNA MARIA" in said
    assert "Possible match: Entry ban." in said
    assert "is written the same on the list" in said
    assert "Interpol SLTD: not connected" in said


def test_for_a_machine_it_prints_one_object(north):
    out = StringIO()
    call_command(COMMAND, *zone().split("\n"), json=True, stdout=out)
    assert json.loads(out.getvalue())["on"] == str(date.today())
    assert Check.objects.get().by_name.startswith("console:")


def test_what_is_no_zone_is_refused(north):
    with pytest.raises(Unreadable, match="no machine-readable zone"):
        call_command(COMMAND, "nothing")
