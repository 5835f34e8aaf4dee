"""The real server: it answers, bounds what is sent, keeps watch, and dies whole."""

import http.client
import json
import os
import signal
import socket
import time

import pytest

from kordon.measure.home import temporary_home


@pytest.fixture(scope="module")
def server():
    with temporary_home(KORDON_UPLOAD_MB="1") as home, home.serve() as server:
        yield server


def ask(server, method, path, body=None, **headers):
    connection = server.connect()
    connection.request(method, path, body, headers)
    answer = connection.getresponse()
    return answer.status, answer.read(), answer


def test_it_is_well(server):
    status, body, answer = ask(server, "GET", "/health")
    assert (status, json.loads(body)["ok"]) == (200, True)
    assert "'self'" in answer.headers["Content-Security-Policy"]
    assert "unsafe" not in answer.headers["Content-Security-Policy"]


def test_files_are_served_from_the_packages(server):
    assert ask(server, "GET", "/static/ui/kordon.css")[0] == 200


def test_too_much_is_turned_away_before_it_is_read(server):
    connection = server.connect()
    connection.putrequest("POST", "/accounts/sign-in/")
    connection.putheader("Content-Length", str(2 * 1024 * 1024))
    connection.endheaders()
    assert connection.getresponse().status == 413


def test_what_does_not_say_its_length_is_turned_away(server):
    connection = server.connect()
    # The server may close as soon as it has answered, so nothing is sent after the headers.
    connection.putrequest("POST", "/accounts/sign-in/")
    connection.putheader("Transfer-Encoding", "chunked")
    connection.endheaders()
    assert connection.getresponse().status in {400, 411}


def test_slow_senders_hold_nobody_up(server):
    """More of them than there are threads; their bodies are awaited outside the pool."""
    slow = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(12)]
    for each in slow:
        each.sendall(b"POST /accounts/sign-in/ HTTP/1.1\r\nHost: localhost\r\n")
        each.sendall(b"Content-Length: 100\r\n\r\nlogin=")
    assert ask(server, "GET", "/health")[0] == 200
    for each in slow:
        each.close()


def test_foreign_hosts_are_not_answered(server):
    assert ask(server, "GET", "/accounts/sign-in/", Host="evil.example")[0] == 400


def test_nobody_answers_unwatched():
    with temporary_home() as home, home.serve() as server:
        os.kill(server.process.pid, signal.SIGKILL)
        until = time.monotonic() + 30
        while time.monotonic() < until:
            try:
                ask(server, "GET", "/health")
            except (OSError, http.client.HTTPException):
                return
        pytest.fail("the answering process outlived the one that watched it")
