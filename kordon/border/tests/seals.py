"""Visas of Utopia with a seal, and a trust store that believes their signer."""

from datetime import date, timedelta
from uuid import uuid4

from conftest import officer
from kordon.border.rules.seal import SealPresented
from kordon.border.tests.chips import believe
from kordon.border.tests.conftest import BORN
from kordon.lib.traveldocs import Format, MRZData, write_mrz
from kordon.lib.traveldocs.seal import VISA
from kordon.lib.traveldocs.seal.tests import specimens as s
from kordon.trust import commands

PERSON = {
    "issuer": "UTO",
    "surname": "ERIKSSON",
    "given_names": "ANNA MARIA",
    "nationality": "UTO",
    "birth": BORN,
    "sex": "F",
    "expiry": date.today() + timedelta(days=60),
}


def visa_zone(kind=Format.MRVB, **changes):
    """The machine-readable zone of a visa in the passport of ``conftest.zone``."""
    told = PERSON | {"document_code": "V", "number": "V1234567"} | changes
    return "\n".join(write_mrz(kind, MRZData(**told)))


def emergency_zone(**changes):
    """The machine-readable zone of an emergency travel document on one sheet."""
    told = PERSON | {"document_code": "PU", "number": "E1234567"} | changes
    return "\n".join(write_mrz(Format.TD2, MRZData(**told)))


def octets(kind=VISA, by=None, **values):
    """A seal; of a visa by default, with the zone of the visa and the number of the passport."""
    told = {
        "mrz_b": visa_zone(),
        "entries": 2,
        "stay": s.STAY,
        "passport_number": "L898902C3",
    }
    if kind is not VISA:
        told = {}
    return s.seal(kind, by=by, values=told | values)


def seal(*, zone="", **changes):
    return SealPresented(octets=octets(**changes), zone=zone)


def changed():
    """A seal in which somebody wrote another stay: the last octet before the signature."""
    good = bytearray(octets())
    good[-70] ^= 1
    return SealPresented(octets=bytes(good))


def believe_signer(certificate=None, **wishes):
    """Two officers put the signer into the store."""
    change = commands.offer_seal_signers(
        by=officer("Ada", 1),
        change=uuid4(),
        file=("signer.cer", (certificate or s.certificate()).raw),
        ground="Published, fingerprint compared.",
        **wishes,
    )
    return commands.approve_change(by=officer("Ben", 2), change=change.id)


def believe_all():
    """Utopia's authority and the signer of its visas."""
    believe()
    believe_signer()
