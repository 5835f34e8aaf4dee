"""A line to headquarters when the other end is slow, silent, false, or somebody else."""

import asyncio
import contextlib
import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kordon.network.answers import read_answer
from kordon.network.https import signing
from kordon.network.https.line import BadAddress, Line, Speaker, read_address
from kordon.network.https.link import HttpsLink
from kordon.network.link import LARGEST_MESSAGE, LinkDown

HQ, POST, STRANGER = (Ed25519PrivateKey.generate() for _ in range(3))


def public(key):
    return key.public_key().public_bytes_raw().hex()


class Front:
    """An HTTP server that answers by a script: each request takes the next answer."""

    def __init__(self, *script):
        self.script, self.requests = list(script), []
        front = self

        class Door(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                told = {name: self.headers.get(name, "") for name in self.headers}
                asked, signature = signing.read(told, path=self.path, body=body)
                assert signing.is_signed(asked.message(), signature, [public(POST)])
                front.requests.append(asked)
                front.script.pop(0)(self, asked)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
        self.server.daemon_threads = True

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()

    @property
    def address(self):
        return f"http://127.0.0.1:{self.server.server_port}"


def say(body=b"", *, status=200, key=HQ, nonce=""):
    """An answer, signed by headquarters unless another key is given."""

    def answer(door, asked):
        message = signing.answer_message(nonce=nonce or asked.nonce, status=status, body=body)
        door.send_response(status)
        door.send_header("Content-Length", str(len(body)))
        door.send_header(signing.SIGNATURE, key.sign(message).hex())
        door.send_header(signing.KEY, public(key))
        door.end_headers()
        door.wfile.write(body)

    return answer


def refuse(code, *, status=401, at=0.0):
    return say(json.dumps({"code": code, "at": at}).encode(), status=status)


def cut(door, _asked):
    door.close_connection = True
    door.connection.close()


def speaker(believed=(HQ,), learn=None):
    keys = None if believed is None else [public(key) for key in believed]
    return Speaker(node="AKSUU", key=lambda: POST, believed=keys and (lambda: keys), learn=learn)


def ask(front, *paths, believed=(HQ,), address="", by=None):
    """What is answered to each, or the trouble there was."""

    async def do():
        with ThreadPoolExecutor(1) as pool:
            line = Line(read_address(address or front.address), by or speaker(believed), pool)
            found = []
            for path in paths:
                try:
                    found.append(await line.ask(path, b"told"))
                except LinkDown as error:
                    found.append(error)
            line.close()
            return found

    return asyncio.run(do())


@contextlib.asynccontextmanager
async def linked(front):
    link = HttpsLink(read_address(front.address), speaker(), look_s=0.01)
    yield link
    await link.close()


def test_an_answer_is_believed_that_headquarters_signed():
    with Front(say(b"well"), say(b"again")) as front:
        first, second = ask(front, "/network/a", "/network/b?c=1")
    assert (first.status, first.body, second.body) == (200, b"well", b"again")
    assert [asked.path for asked in front.requests] == ["/network/a", "/network/b?c=1"]
    assert front.requests[0].nonce != front.requests[1].nonce


@pytest.mark.parametrize("false", [say(key=STRANGER), say(nonce="0" * 32), cut])
def test_what_headquarters_did_not_say_is_no_answer(false):
    with Front(false, say(b"well")) as front:
        trouble, then = ask(front, "/network/a", "/network/b")
    assert isinstance(trouble, LinkDown)
    assert then.body == b"well"


class Learning:
    """A post that is told which key follows which."""

    def __init__(self, follows):
        self.keys, self.told, self.follows = [public(HQ)], [], follows

    def speaker(self):
        return Speaker(node="AKSUU", key=lambda: POST, believed=lambda: self.keys, learn=self.learn)

    def learn(self, said):
        self.told.append(said)
        if self.follows:
            self.keys = [public(STRANGER)]
        return self.follows


def test_an_answer_in_a_key_that_followed_is_believed_once_that_is_known():
    post = Learning(follows=True)
    script = (say(b"new", key=STRANGER), say(b"chain", key=STRANGER), say(b"on", key=STRANGER))
    with Front(*script) as front:
        first, second = ask(front, "/network/a", "/network/b", by=post.speaker())
    assert (first.body, second.body, post.told) == (b"new", b"on", [b"chain"])
    paths = [asked.path for asked in front.requests]
    assert paths == ["/network/a", "/network/succession", "/network/b"]


@pytest.mark.parametrize("status", [200, 404])
def test_an_answer_in_a_key_that_follows_nothing_is_no_answer(status):
    post = Learning(follows=status != 200)
    script = (say(key=STRANGER), say(b"chain", key=STRANGER, status=status), say(b"well"))
    with Front(*script) as front:
        trouble, then = ask(front, "/network/a", "/network/b", by=post.speaker())
    assert isinstance(trouble, LinkDown)
    assert then.body == b"well"


def test_an_answer_that_somebody_else_signed_is_none_whatever_key_it_names():
    """The key is believed, the signature another's: nothing is asked."""
    post = Learning(follows=True)

    def false(door, asked):
        say(b"false", key=STRANGER, nonce=asked.nonce[::-1])(door, asked)

    with Front(false, say(b"chain", key=STRANGER)) as front:
        (trouble,) = ask(front, "/network/a", by=post.speaker())
    assert isinstance(trouble, LinkDown)


def test_a_kept_connection_that_was_closed_meanwhile_is_opened_anew():
    def close_after(door, asked):
        say(b"one")(door, asked)
        door.close_connection = True

    with Front(close_after, say(b"two")) as front:
        first, second = ask(front, "/network/a", "/network/b")
    assert (first.body, second.body) == (b"one", b"two")


def test_an_answer_without_end_is_not_read():
    with Front(say(bytes(LARGEST_MESSAGE + 1))) as front:
        (trouble,) = ask(front, "/network/a")
    assert "larger" in str(trouble)


def test_who_meets_headquarters_for_the_first_time_learns_its_key():
    with Front(say(b"{}", key=STRANGER)) as front:
        (answer,) = ask(front, "/network/a", believed=None)
    assert answer.by == public(STRANGER)


def test_a_wrong_clock_is_corrected_by_what_headquarters_signs():
    ahead = time.time() + 86_400
    with Front(refuse("bad_time", at=ahead), say(b"well")) as front:
        (answer,) = ask(front, "/network/a")
    assert answer.body == b"well"
    assert abs(front.requests[1].at - ahead) < 60


@pytest.mark.parametrize("at", ["Infinity", "NaN", "-1", "1e300", '"x"', "[]"])
def test_a_clock_that_cannot_be_is_not_believed(at):
    body = b'{"code": "bad_time", "at": %s}' % at.encode()
    with Front(say(body, status=401), say(b"well")) as front:
        first, second = ask(front, "/network/a", "/network/b")
    assert (first.code, second.body) == ("bad_time", b"well")
    assert abs(front.requests[1].at - time.time()) < 60


def test_a_name_that_cannot_be_is_a_link_that_is_down():
    (trouble,) = ask(None, "/network/a", address=f"https://{'a' * 64}.example")
    assert isinstance(trouble, LinkDown)


def test_nobody_there_is_a_link_that_is_down():
    with Front() as front:
        pass
    (trouble,) = ask(front, "/network/a")
    assert isinstance(trouble, LinkDown)


def test_who_is_not_let_in_hears_why():
    async def do(link):
        pushed = read_answer(await link.push(b"batch"))
        reported = json.loads(await link.report(b"{}"))
        with pytest.raises(LinkDown):
            await link.pull("all", 0)
        return pushed.code, reported

    async def run(front):
        async with linked(front) as link:
            return await do(link)

    with Front(*(refuse("revoked", status=403) for _ in range(3))) as front:
        assert asyncio.run(run(front)) == ("revoked", {"refused": "revoked"})


def test_batches_go_up_in_the_order_they_were_pushed():
    async def run(front):
        async with linked(front) as link:
            pushes = [asyncio.ensure_future(link.push(b"%d" % number)) for number in range(8)]
            return await asyncio.gather(*pushes)

    with Front(*(say(b"%d" % number) for number in range(8))) as front:
        answers = asyncio.run(run(front))
    assert [asked.body for asked in front.requests] == answers == [b"%d" % n for n in range(8)]


def test_a_push_that_is_given_up_does_not_spoil_the_next():
    held = threading.Event()

    def hold(door, asked):
        held.wait(30)
        say(b"late")(door, asked)

    async def run(front):
        async with linked(front) as link:
            first = asyncio.ensure_future(link.push(b"first"))
            while not front.requests:
                await asyncio.sleep(0.01)
            first.cancel()
            second = await link.push(b"second")
            held.set()
            return second

    with Front(hold, say(b"second")) as front:
        assert asyncio.run(run(front)) == b"second"


def test_news_is_asked_for_until_there_is_some():
    async def run(front):
        async with linked(front) as link:
            await link.pull("all", 7)
            return await link.news(30), await link.news(0)

    with Front(say(), say(b"false"), say(b"false"), say(b"true")) as front:
        assert asyncio.run(run(front)) == (True, False)
    assert json.loads(front.requests[-1].body) == {"all": 7}


@pytest.mark.parametrize(
    "text",
    ["", "hq.example", "ftp://hq.example", "http://hq.example", "https://", "https://a:b", "//x"],
)
def test_what_is_no_address_is_refused_in_a_sentence(text):
    with pytest.raises(BadAddress, match=r"\.$"):
        read_address(text)


def test_addresses_are_read():
    assert read_address("https://hq.example").port == 443
    assert read_address(" https://hq.example:8443/ ").port == 8443
    assert not read_address("http://127.0.0.1:8700").tls
