"""Signed requests to headquarters over one kept connection, in threads (``http.client``).

A line carries one request at a time, in the order they were asked. What is cut off in the
middle is never used again: the next request opens another connection.
"""

import asyncio
import http.client
import io
import json
import ssl
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kordon.network.https import signing
from kordon.network.link import ANSWER_S, LARGEST_MESSAGE, LinkDown

LONGEST_S = 120.0
"""For one request on a line so slow that it moves, but hardly."""
TROUBLE = (OSError, http.client.HTTPException, UnicodeError)
"""Of sockets, of the protocol, of names that cannot be."""
LATEST = 2.0**40
"""No clock shows more seconds; what does is not a time."""
SUCCESSION_PATH = "/network/succession"
OK = 200
LOOPBACK = {"127.0.0.1", "::1", "localhost"}


class BadAddress(ValueError):
    """Not an address of a headquarters; the text is a sentence for whoever typed it."""


@dataclass(frozen=True, kw_only=True)
class Address:
    """Where headquarters answers. ``ca``: a file with the authority that signed its certificate."""

    host: str
    port: int
    tls: bool
    ca: Path | None = None


def read_address(text: str, ca: Path | None = None) -> Address:
    """``https://hq.example[:port]``; plain HTTP only inside this machine. Raises ``BadAddress``."""
    try:
        parts = urlsplit(text.strip())
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise BadAddress(f"{text!r} is no address of a headquarters.") from error
    if parts.scheme not in {"http", "https"} or not host or parts.path.strip("/"):
        raise BadAddress(f"An address of a headquarters is like https://hq.example, not {text!r}.")
    tls = parts.scheme == "https"
    if not tls and host not in LOOPBACK:
        raise BadAddress("Headquarters is reached through https:// only.")
    return Address(host=host, port=port or (443 if tls else 80), tls=tls, ca=ca)


@dataclass(frozen=True, kw_only=True)
class Speaker:
    """Who asks, and whom they believe: asked anew for each request, because keys change.

    ``believed`` is None for a machine that meets headquarters for the first time: it takes any
    key, and people compare what came of it. ``learn`` is told which key of headquarters follows
    which, and says whether another is believed now.
    """

    node: str
    key: Callable[[], Ed25519PrivateKey]
    believed: Callable[[], Sequence[str]] | None
    learn: Callable[[bytes], bool] | None = None


@dataclass(frozen=True, kw_only=True)
class Answer:
    """``status`` of HTTP; ``by``: the key (hex) that signed the body, if whose it is is open."""

    status: int
    body: bytes
    by: str = ""

    @property
    def code(self) -> str:
        """Why the door stayed closed."""
        return self._said("code")[:40] or f"http_{self.status}"

    @property
    def text(self) -> str:
        """The same in a sentence."""
        return self._said("text")[:300] or self.code

    def _said(self, name: str) -> str:
        try:
            said = str(json.loads(self.body)[name])
            return "".join(letter for letter in said if letter.isprintable())
        except (ValueError, TypeError, KeyError):
            return ""


class Line:
    """One connection. ``ask`` raises ``LinkDown`` and nothing else."""

    def __init__(self, address: Address, speaker: Speaker, pool: ThreadPoolExecutor) -> None:
        self.address, self.speaker, self.pool = address, speaker, pool
        self._connection: http.client.HTTPConnection | None = None
        self._turn = asyncio.Lock()
        self._ahead = 0.0  # by how much the clock of headquarters is ahead of ours, in seconds

    async def ask(self, path: str, body: bytes = b"") -> Answer:
        async with self._turn:
            answer = await self._ask_once(path, body)
            if answer.status == 401 and answer.code == "bad_time" and self._learn_time(answer):
                answer = await self._ask_once(path, body)
            return answer

    async def _ask_once(self, path: str, body: bytes) -> Answer:
        loop = asyncio.get_running_loop()
        connection, self._connection = self._connection, None
        asking = loop.run_in_executor(self.pool, self._exchange, connection, path, body)
        try:
            async with asyncio.timeout(LONGEST_S):
                self._connection, answer = await asking
            return answer
        except TimeoutError as error:
            raise LinkDown("no whole answer in time") from error

    def _exchange(
        self, connection: http.client.HTTPConnection | None, path: str, body: bytes
    ) -> tuple[http.client.HTTPConnection, Answer]:
        """In a thread. A kept connection may have been closed at the other end meanwhile."""
        if connection is not None:
            try:
                return connection, self._request(connection, path, body)
            except TROUBLE:
                connection.close()
        fresh = self._open()
        try:
            return fresh, self._request(fresh, path, body)
        except TROUBLE as error:
            fresh.close()
            raise LinkDown(str(error) or type(error).__name__) from error
        except LinkDown:
            fresh.close()
            raise

    def _open(self) -> http.client.HTTPConnection:
        at = self.address
        if not at.tls:
            return http.client.HTTPConnection(at.host, at.port, timeout=ANSWER_S)
        try:
            context = ssl.create_default_context(cafile=str(at.ca) if at.ca else None)
        except (OSError, ssl.SSLError) as error:
            raise LinkDown(f"{at.ca}: {error}") from error
        return http.client.HTTPSConnection(at.host, at.port, timeout=ANSWER_S, context=context)

    def _request(self, connection: http.client.HTTPConnection, path: str, body: bytes) -> Answer:
        asked = signing.Request(
            node=self.speaker.node,
            at=int(time.time() + self._ahead),
            nonce=signing.new_nonce(),
            path=path,
            body=body,
        )
        status, told, said = _carry(connection, asked, self.speaker.key())
        message = signing.answer_message(nonce=asked.nonce, status=status, body=said)
        signature, by = told.get(signing.SIGNATURE, ""), told.get(signing.KEY, "")
        if self.speaker.believed is None:
            believed, heard = [by], by
        else:
            believed, heard = list(self.speaker.believed()), ""
            if by and by not in believed and self._learn_key(connection):
                believed = list(self.speaker.believed())
        if not signing.is_signed(message, signature, believed):
            raise LinkDown(f"an answer ({status}) that headquarters has not signed")
        return Answer(status=status, body=said, by=heard)

    def _learn_key(self, connection: http.client.HTTPConnection) -> bool:
        """Headquarters says that it signs with a key we have not heard of: how does it follow?

        What is told proves itself; that nobody has signed the telling does not matter.
        """
        if self.speaker.learn is None:
            return False
        asked = signing.Request(
            node=self.speaker.node,
            at=int(time.time()),
            nonce=signing.new_nonce(),
            path=SUCCESSION_PATH,
            body=b"",
        )
        status, _told, said = _carry(connection, asked, self.speaker.key())
        return status == OK and self.speaker.learn(said)

    def _learn_time(self, answer: Answer) -> bool:
        """Headquarters, whose signature was checked, says what its clock shows."""
        try:
            at = float(json.loads(answer.body)["at"])
        except (ValueError, TypeError, KeyError, OverflowError):
            return False
        if not 0 < at < LATEST:
            return False
        self._ahead = at - time.time()
        return True

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _carry(
    connection: http.client.HTTPConnection, asked: signing.Request, key: Ed25519PrivateKey
) -> tuple[int, Message, bytes]:
    """Status, headers and body of what was answered, believed or not. Raises ``LinkDown``."""
    headers = signing.headers(asked, key) | {"Content-Length": str(len(asked.body))}
    # From a stream it is sent in pieces, each with its own time: a slow line gets through.
    connection.request("POST", asked.path, io.BytesIO(asked.body), headers)
    response = connection.getresponse()
    said = response.read(LARGEST_MESSAGE + 1)
    if len(said) > LARGEST_MESSAGE:
        raise LinkDown("an answer larger than any of headquarters")
    return response.status, response.headers, said
