"""A node that would not keep its promises does not start, and says why."""

import socket
import threading

import pytest
from django.db import connection

from kordon.node import environment
from kordon.node.listening import CannotStart, check_port
from kordon.node.starting import check_durability
from kordon.node.working import AnotherWorks, only_worker, work


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the tests' PostgreSQL is not durable")
def test_a_durable_database_may_start(db):
    assert check_durability().startswith("SQLite, WAL")


@pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL's own setting")
def test_a_postgresql_that_may_lose_commits_may_not_start(db):
    """The cluster the tests start runs without fsync, and is known by it."""
    with pytest.raises(CannotStart, match="fsync=off"):
        check_durability()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's own setting")
@pytest.mark.django_db(transaction=True)
def test_a_database_that_may_lose_commits_may_not_start():
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=NORMAL")
        try:
            with pytest.raises(CannotStart, match="synchronous=2, but answers wal and 1"):
                check_durability()
        finally:
            cursor.execute("PRAGMA synchronous=FULL")


@pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL's own setting")
@pytest.mark.django_db(transaction=True)
def test_a_server_that_may_lose_commits_may_not_start():
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit=off")
        try:
            with pytest.raises(CannotStart, match="must not run with"):
                check_durability()
        finally:
            cursor.execute("RESET synchronous_commit")


def test_a_port_in_use_is_said_to_be_in_use():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(CannotStart, match=r"Port \d+ on 127.0.0.1 cannot be had"):
            check_port("127.0.0.1", taken.getsockname()[1])


def test_there_is_one_worker():
    with only_worker(), pytest.raises(AnotherWorks), only_worker():
        pass
    with only_worker():
        pass


@pytest.mark.django_db(transaction=True)
def test_the_worker_stops_when_told():
    stop = threading.Event()
    thread = threading.Thread(target=work, args=(stop,))
    thread.start()
    stop.set()
    thread.join(timeout=30)
    assert not thread.is_alive()


def test_a_wrong_setting_stops_the_start(monkeypatch):
    monkeypatch.setenv("KORDON_SOMETHING", "perhaps")
    with pytest.raises(environment.BadSetting, match="must be yes or no, not 'perhaps'"):
        environment.flag("KORDON_SOMETHING", False)
    with pytest.raises(environment.BadSetting, match="whole number"):
        environment.number("KORDON_SOMETHING", 1)
    with pytest.raises(environment.BadSetting, match="postgresql://"):
        environment.database("mysql://x", None)


def test_a_database_may_lie_behind_a_socket(tmp_path):
    found = environment.database("postgresql://u%40x:p@/k?host=/run/pg", tmp_path)
    assert (found["USER"], found["HOST"], found["NAME"]) == ("u@x", "/run/pg", "k")
