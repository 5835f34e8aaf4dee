"""Certificates for the broker are renewed before they end: a post's, and headquarters' own.

A post asks over HTTPS, as it shows a new key: the request is signed, headquarters' answer too.
What is given is put down only if it fits our key; the next connection uses it.
"""

import json
from datetime import UTC, datetime
from pathlib import Path

import structlog
from django.conf import settings

from kordon.journal import identity, succession
from kordon.journal.nodes import keys_of
from kordon.network.answers import read_object
from kordon.network.broker import enrolling, making, pki, wiring
from kordon.network.broker.writing_conf import HUB_FILE
from kordon.network.https.line import Answer, Speaker
from kordon.network.joining import ADDRESS_FILE, Refused, with_line

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)

log = structlog.get_logger("kordon.network")


def wanted(at: datetime | None = None) -> bool:
    """At a post: whether less than a third of its certificate's time is left."""
    file = wiring.folder() / f"{making.NODE}.crt"
    return (
        file.exists()
        and (_home() / ADDRESS_FILE).exists()
        and pki.should_renew(file.read_text(), at or datetime.now(UTC))
    )


def renew() -> bool:
    """Ask headquarters and put down what it gives; whether it lasts longer than what we have.

    Raises ``Refused``, ``LinkDown``.
    """
    folder, node = wiring.folder(), identity.mine().node
    request = making.ask(folder, node).request
    answer = _ask(json.dumps({"request": request}).encode())
    if answer.status != 200:
        raise Refused(answer.text)
    try:
        given = read_object(answer.body)
        certificate, authority = str(given.get("certificate")), str(given.get("authority"))
        pki.check_given(certificate, authority, pki.make_key(folder / f"{making.NODE}.key"), node)
    except ValueError as error:
        raise Refused(f"headquarters gives no certificate of ours: {error}") from error
    before = pki.good_until((folder / f"{making.NODE}.crt").read_text())
    if pki.good_until(certificate) <= before:
        return False
    enrolling.accept(_home(), given)
    log.info("certificate_renewed", node=node)
    return True


def renew_own(at: datetime | None = None) -> list[str]:
    """At headquarters: renew what is near its end; which certificates that were."""
    folder = wiring.folder()
    if not (folder / HUB_FILE).exists():
        return []
    renewed = making.renew_hub(folder, at or datetime.now(UTC))
    if renewed:
        log.info("certificate_renewed", node=identity.mine().node)
    return renewed


def ends_at() -> datetime | None:
    """When the first of our certificates ends: a post's, or those of headquarters' server and desk;
    None where there are none."""
    names = ("hub", making.DESK) if settings.KORDON_KIND == "hq" else (making.NODE,)
    return min(_ends(*names), default=None)


def authority_ends_at() -> datetime | None:
    """At headquarters: when the authority itself ends."""
    return min(_ends("ca"), default=None)


def _ends(*names: str) -> list[datetime]:
    files = [wiring.folder() / f"{name}.crt" for name in names]
    return [_end_of(file) for file in files if file.exists()]


def _end_of(file: Path) -> datetime:
    """One that cannot be read has ended: people look at it."""
    try:
        return pki.good_until(file.read_text())
    except (OSError, ValueError):
        return LONG_AGO


def _ask(body: bytes) -> Answer:
    hq = identity.pinned()
    assert hq is not None, "only an enrolled post asks"
    speaker = Speaker(
        node=identity.mine().node,
        key=lambda: identity.mine().key,
        believed=lambda: keys_of(hq.node),
        learn=succession.learn,
    )
    address = (_home() / ADDRESS_FILE).read_text().strip()
    answer: Answer = with_line(
        _home(), address, speaker, lambda line: line.ask("/network/renew", body)
    )
    return answer


def _home() -> Path:
    return Path(settings.KORDON_HOME)
