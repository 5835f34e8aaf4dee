"""Pages under the event loop: whole answers cross to it once, streams piece by piece."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.http import HttpResponse, StreamingHttpResponse

from kordon.node.pages import Pages


def ask(respond, body=b""):
    """The messages sent, with what had been made of the answer when each was."""
    scope = {"type": "http", "http_version": "1.1", "method": "POST", "path": "/x"}
    scope |= {"query_string": b"a=1", "headers": [(b"content-length", b"%d" % len(body))]}
    sent, made = [], []

    def application(environ, start):
        response = respond(environ, made)
        start(f"{response.status_code} {response.reason_phrase}", list(response.items()))
        return response

    def send(message):
        """As granian's: on the loop's own thread only, and what it returns is no coroutine."""
        sent.append((message, len(made)))
        done = asyncio.get_running_loop().create_future()
        done.set_result(None)
        return done

    def run(threads):
        asyncio.run(Pages(application, threads).answer(scope, body, send))

    # In a thread of its own: a test in a browser may have left a loop running in this one.
    with ThreadPoolExecutor(2) as threads:
        threads.submit(run, threads).result()
    return sent


def test_a_page_is_sent_whole():
    def respond(environ, made):
        said = environ["wsgi.input"].read() + environ["QUERY_STRING"].encode()
        return HttpResponse([said, b"!"], status=201, headers={"X-Post": "7"})

    (start, _), (body, _) = ask(respond, b"sent ")
    assert (start["type"], start["status"]) == ("http.response.start", 201)
    assert (b"x-post", b"7") in start["headers"]
    assert body == {"type": "http.response.body", "body": b"sent a=1!"}


def test_a_stream_is_never_held_whole():
    closed = []

    def respond(environ, made):
        def pieces():
            for piece in (b"one", b"two"):
                made.append(piece)
                yield piece

        response = StreamingHttpResponse(pieces())
        response._resource_closers.append(lambda: closed.append(True))
        return response

    sent = ask(respond)
    assert [message.get("body") for message, _ in sent] == [None, b"one", b"two", b""]
    assert [message.get("more_body", False) for message, _ in sent] == [False, True, True, False]
    assert [made for _, made in sent[:3]] == [0, 1, 2]
    assert closed == [True]


def test_what_breaks_reaches_the_server():
    def respond(environ, made):
        raise LookupError("broken")

    with pytest.raises(LookupError, match="broken"):
        ask(respond)
