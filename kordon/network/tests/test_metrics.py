"""``/metrics`` for Prometheus: with a token, and no word about anybody."""

from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families

from kordon.accounts import commands
from kordon.border.tests.conftest import check, cross, north  # noqa: F401  (fixtures)
from kordon.journal.writing import writing
from kordon.network import measuring, scratch, standing
from kordon.network.tests.test_corner import at_post  # noqa: F401  (a fixture)
from kordon.network.tests.test_nodes_page import browser, don, enrolled  # noqa: F401  (fixtures)

URL = "/metrics"
PAPER = Path(__file__).parents[3] / "docs" / "operations" / "monitoring.md"


@pytest.fixture
def machine(ada, north):  # noqa: F811
    """``machine(role)``: what a machine of that role is answered."""

    def ask(role="machine_monitor"):
        with writing():
            commands.load_default_roles(by=ada)
        made = commands.enrol_machine(
            by=ada,
            machine=uuid4(),
            name="Prometheus",
            agency="BORDER",
            role=role,
            until=timezone.localdate() + timedelta(days=30),
        )
        return Client().get(URL, headers={"Authorization": f"Bearer {made.token}"})

    return ask


def figures(answer):
    """``{(name, (values of the labels in the order of their names)): value}``."""
    assert answer.status_code == 200
    families = text_string_to_metric_families(answer.content.decode())
    return {
        (sample.name, tuple(value for _, value in sorted(sample.labels.items()))): sample.value
        for family in families
        for sample in family.samples
    }


def test_a_machine_with_the_right_reads_the_node(machine):
    found = figures(machine())
    assert found["kordon_chain_entries", ("all", "test")] > 0
    assert found["kordon_disk_free_bytes", ()] > 0
    assert not any(name.startswith("kordon_link") for name, _ in found)


def test_nobody_else_does(machine, client):
    assert client.get(URL).status_code == 302
    assert client.get(URL, headers={"Authorization": "Bearer none"}).status_code == 401
    assert machine("machine_kiosk").status_code == 403


def test_checks_and_crossings_of_the_hour_are_counted(machine, check, cross):  # noqa: F811
    check()
    cross()
    found = figures(machine())
    assert found["kordon_checks_last_hour", ("NORTH",)] == 2
    assert found["kordon_crossings_last_hour", ("NORTH",)] == 1


def test_no_traveller_and_no_officer_is_named(machine, cross):  # noqa: F811
    cross()
    text = machine().content.decode()
    for word in ("ERIKSSON", "L898902C3", "Ada"):
        assert word not in text


def test_a_post_tells_of_its_link(machine, at_post):  # noqa: F811
    now = timezone.now()
    token = machine().wsgi_request.headers["Authorization"]
    at_post(current_at=now - timedelta(hours=1), contact_at=now - timedelta(seconds=9))
    found = figures(Client().get(URL, headers={"Authorization": token}))
    assert found["kordon_link_up", ()] == 1
    assert found["kordon_exchange_stopped", ()] == 0
    assert 3600 <= found["kordon_link_current_age_seconds", ()] < 3700
    assert 9 <= found["kordon_link_contact_age_seconds", ()] < 109
    assert found["kordon_unsent_entries", ()] == standing.get_standing().unsent


def test_headquarters_tells_of_every_node(machine, enrolled):  # noqa: F811
    enrolled("AKSUU", up=7)
    enrolled("BSILENT", seconds_ago=900)
    found = figures(machine())
    assert found["kordon_node_lag_entries", ("AKSUU",)] == 7
    assert found["kordon_node_trouble", ("AKSUU",)] == 0
    assert found["kordon_node_trouble", ("BSILENT",)] == 2
    assert 900 <= found["kordon_node_contact_age_seconds", ("BSILENT",)] < 1000


def test_a_source_that_breaks_hides_no_other(machine, monkeypatch):
    def breaks():
        raise ValueError("broken")

    monkeypatch.setattr(measuring, "SOURCES", [breaks, *measuring.SOURCES])
    assert ("kordon_disk_free_bytes", ()) in figures(machine())


def test_every_figure_is_explained(machine, enrolled, at_post, cross):  # noqa: F811
    cross()
    token = machine().wsgi_request.headers["Authorization"]
    enrolled("AKSUU", lists=[])
    scratch.note_told("AKSUU", {"disk_free": 1}, at=timezone.now(), clock_offset_ms=90_000)
    seen = figures(Client().get(URL, headers={"Authorization": token}))
    at_post()
    seen |= figures(Client().get(URL, headers={"Authorization": token}))
    told = PAPER.read_text()
    assert sorted({name for name, _ in seen if f"`{name}`" not in told}) == []
