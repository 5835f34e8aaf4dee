"""Seals as other programs made them, as an officer at the booth is told of them."""

import json
from uuid import uuid4

import pytest

from kordon.border.facts import Level
from kordon.border.rules.chip import Believed
from kordon.border.rules.seal import SealPresented, about_seal, look_at_seal, protocol_of_seal
from kordon.border.words import say_content, say_finding, say_seal
from kordon.journal.fact import to_body
from kordon.lib.traveldocs.chip import Trust, read_certificate
from kordon.lib.traveldocs.seal import SealTrust
from kordon.trust.reading import read_seal_signers
from tests.conformance.test_seal_vectors import (
    CERTIFICATES,
    FOLDER_NC,
    ON,
    SEALS,
    SEALS_NC,
    VECTORS,
    octets_of,
)

LEVELS = {"VALID": Level.FINE, "NOT_VERIFIABLE": Level.NOTE, "INVALID": Level.STOP}


def told(octets, trust):
    """Outcome, code, the worst level told; every word and the fact are made on the way."""
    believed = Believed(trust=trust.authorities, seals=trust, number=1, digest="d", as_of=ON)
    seen = look_at_seal(SealPresented(octets=octets), believed, reading=None, on=ON)
    findings = list(about_seal(seen))
    for one in findings:
        said = say_finding(
            {"code": one.code, "level": one.level, "advice": one.advice, "source": "seal"}
            | {"params": one.params}
        )
        assert said.text not in ("", one.code)
    plain = json.loads(to_body(protocol_of_seal(uuid4(), seen)))
    assert say_seal(plain)["steps"]
    say_content(seen.said.seal)
    return (seen.said.outcome, seen.said.status), findings[0].level


@pytest.mark.parametrize("name", SEALS)
def test_every_seal_is_told_by_its_outcome(name):
    trust = SealTrust(believed=CERTIFICATES)
    ended, level = told(octets_of(name), trust)
    assert ended == SEALS[name].alone
    assert level is LEVELS[ended[0]]


@pytest.mark.parametrize("name", SEALS_NC)
def test_every_seal_in_json_is_told_by_its_outcome(name):
    anchor = read_certificate((VECTORS / "crl" / "au_cscaCertData.cer").read_bytes())
    ended, level = told(FOLDER_NC[name].read_bytes(), SealTrust(Trust([anchor])))
    assert ended == SEALS_NC[name][0]
    assert level is LEVELS[ended[0]]


def test_the_certificates_of_real_signers_are_taken_by_the_store():
    for path in (VECTORS / "vds").glob("*.crt"):
        (record,) = read_seal_signers(path.read_bytes(), alone=True)
        assert record.standing == "SIGNER_ALONE"
