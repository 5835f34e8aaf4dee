"""The log says how requests ended, and nothing about travellers."""

import logging

from django.test import RequestFactory
from django.urls import resolve

from kordon.node.log import PatternOnly, configure


def test_a_request_is_known_by_its_pattern(client, db, caplog):
    caplog.set_level("INFO", logger="kordon.request")
    client.get("/second-line/00000000-0000-0000-0000-000000000007/?number=L898902C3")
    (record,) = [record for record in caplog.records if record.name == "kordon.request"]
    assert record.msg["path"] == "/second-line/<uuid:crossing>/"
    assert "000000000007" not in str(record.msg)
    assert "L898902C3" not in str(record.msg)


def test_the_frameworks_own_lines_lose_the_path():
    request = RequestFactory().get("/second-line/00000000-0000-0000-0000-000000000007/")
    request.resolver_match = resolve(request.path)
    record = logging.LogRecord("django.request", 30, "", 0, "%s: %s", ("No", request.path), None)
    record.request = request
    assert PatternOnly().filter(record)
    assert record.getMessage() == "No: /second-line/<uuid:crossing>/"
    assert not hasattr(record, "request")


def test_what_asyncio_thinks_of_the_brokers_client_is_not_told(settings):
    """Nobody who runs a node can do anything about it."""
    configure({"level": "INFO", "json": False})
    try:
        asked = logging.getLogger("asyncio")
        assert not asked.isEnabledFor(logging.WARNING)
        assert asked.isEnabledFor(logging.ERROR)
    finally:
        configure(settings.LOGGING)
