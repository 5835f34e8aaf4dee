"""Whatever a bar code holds, the check is made: bounded, recorded, and told in words."""

import json
import random
from datetime import date
from uuid import uuid4

from kordon.border.rules.chip import Believed
from kordon.border.rules.seal import SealPresented, about_seal, look_at_seal, protocol_of_seal
from kordon.border.tests import seals as given
from kordon.border.words import say_content, say_seal
from kordon.journal.fact import to_body
from kordon.lib.traveldocs.seal import EMERGENCY, PERMIT, STAMP
from kordon.lib.traveldocs.seal.tests import specimens as s
from kordon.lib.traveldocs.seal.tests.test_vds_nc import MESSAGE, made

ON = date(2026, 11, 26)
ROUNDS = 400
LARGEST_FACT = 64 * 1024


def look(octets):
    """The whole way of a seal through the booth: verified, told, recorded, shown."""
    believed = Believed(trust=s.trust().authorities, seals=TRUST, number=1, digest="d", as_of=ON)
    seen = look_at_seal(SealPresented(octets=octets), believed, reading=None, on=ON)
    codes = [one.code for one in about_seal(seen)]
    body = to_body(protocol_of_seal(uuid4(), seen))
    assert codes
    assert len(body) < LARGEST_FACT
    assert b"\\u0000" not in body
    content = say_content(seen.said.seal)
    assert all(len(value) <= 200 and value.isprintable() for _, value in content)
    return seen.said.outcome, codes, content, say_seal(json.loads(body))


TRUST = s.trust()


def spoiled(octets, chance):
    """A few octets changed, cut off or put in."""
    found = bytearray(octets)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(found))
        match chance.randrange(3):
            case 0:
                found[at] = chance.randrange(256)
            case 1:
                del found[at]
            case 2:
                found.insert(at, chance.randrange(256))
    return bytes(found)


def test_no_seal_that_was_spoiled_is_told_as_genuine_or_stops_the_check():
    chance = random.Random(20261126)
    whole = [
        given.octets(),
        s.seal(EMERGENCY, values={"mrz": given.emergency_zone()}),
        s.seal(PERMIT, values=s.PERMIT_VALUES),
        s.seal(STAMP, values=s.STAMP_VALUES),
        made(),
    ]
    for octets in whole:
        assert look(octets)[1][0] == "seal_valid"
    for number in range(ROUNDS):
        octets = whole[number % len(whole)]
        changed = spoiled(octets, chance)
        if changed != octets:
            assert look(changed)[1][0] != "seal_valid", changed.hex()


def test_names_that_no_database_keeps_are_shown_with_blanks():
    person = MESSAGE["pid"] | {"n": "A\u0000B\u202e" + "C" * 900}
    outcome, _, content, said = look(made(message=MESSAGE | {"pid": person}))
    assert outcome == "VALID"
    assert dict(content)["Name"].startswith("A B C")
    assert "\u0000" not in str(said)


def test_of_a_proof_of_health_only_the_holder_is_shown():
    _, codes, content, said = look(made(type="icao.vacc"))
    assert codes[0] == "seal_valid"
    assert [label for label, _ in content] == ["Name", "Born", "Sex", "Document"]
    assert said["kind"] == "Proof of vaccination"
    assert "XM68M6" not in str(content) + str(said)
