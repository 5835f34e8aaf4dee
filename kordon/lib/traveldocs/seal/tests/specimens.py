"""Seals of Utopia and what signs them, good in everything but what a test makes wrong."""

from datetime import UTC, date, datetime
from functools import cache

from cryptography.hazmat.primitives.asymmetric import ec

from kordon.lib.traveldocs import read_mrz
from kordon.lib.traveldocs.chip import Trust, read_certificate, read_revocation_list
from kordon.lib.traveldocs.chip.tests import authority as a
from kordon.lib.traveldocs.seal import (
    EMERGENCY,
    PERMIT,
    STAMP,
    VISA,
    Duration,
    FileKey,
    Order,
    SealTrust,
    Signer,
    write_vds,
)

ON = date(2024, 6, 1)
ISSUED, SIGNED = date(2024, 5, 2), date(2024, 5, 3)
CSCA = a.Authority()
SEALS, SEALS_NC, CHIPS_LISTS = "2.23.136.1.1.14.1", "2.23.136.1.1.14.2", "2.23.136.1.1.3"
GOOD_LIST = CSCA.revocation_list(5, 6)

VISA_A = (
    "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "L8988901C4XXX4009078F96121096ZE184226B<<<<<<",
)
VISA_B = (
    "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<",
    "L8988901C4XXX4009078F9612109<<<<<<<<",
)
"""The specimens of Doc 9303-7."""
PASSPORT = (
    "P<XXXERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "L898902C36XXX4009078F3204153ZE184226B<<<<<18",
)
CARD = (
    "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<",
    "D231458907UTO7408122F1204159<<<<<<<6",
)
STAY = Duration(days=90)
VISA_VALUES = {
    "mrz_b": "\n".join(VISA_B),
    "entries": 2,
    "stay": STAY,
    "passport_number": "L898902C3",
}
STAMP_VALUES = {
    "direction": 1,
    "moment": datetime(2024, 5, 3, 13, 37, tzinfo=UTC),
    "border_point": "NORTH 1",
    "document_number": "L898902C3",
    "document_issuer": "UTO",
    "nationality": "UTO",
    "birth": date(1974, 8, 12),
    "stay_until": date(2024, 8, 1),
}
PERMIT_VALUES = {
    "permit_number": "W0012345",
    "permit_type": "WORK",
    "valid_from": date(2024, 5, 3),
    "valid_until": date(2025, 5, 2),
    "surname": "ERIKSSON",
    "given_names": "ANNA MARIA",
    "birth": date(1974, 8, 12),
    "nationality": "UTO",
    "document_number": "L898902C3",
    "remarks": "Только для работы в порту",
}


def zone(lines, on=ON):
    return read_mrz(lines, on=on)


def certificate(kind=a.P256, **changes):
    return _certificate(kind, **changes)


@cache
def _certificate(kind, *, issuer=CSCA, uses=(SEALS,), more=(), **changes):
    more = (*((a.extended_usage(*uses),) if uses else ()), *more)
    parts = {"subject": a.name("TS"), "serial": 0x5B, "more": more} | changes
    return read_certificate(issuer.signer(kind, **parts).certificate())


def signer(kind=a.P256, **changes):
    return Signer(FileKey(kind.pair(100)), certificate(kind, **changes))


def trust(*signers, lists=(GOOD_LIST,), anchors=(CSCA,), **more):
    read = [read_certificate(each.certificate()) for each in anchors]
    authorities = Trust(read, revocation_lists=map(read_revocation_list, lists))
    given = [each.certificate for each in signers or (signer(),)]
    return SealTrust(authorities, signers=given, **more)


def order(kind=VISA, values=None, **changes):
    parts = {"issuer": "UTO", "issued": ISSUED, "signed": SIGNED} | changes
    return Order(kind, values=VALUES[kind.name] if values is None else values, **parts)


VALUES = {
    "VISA": VISA_VALUES,
    "STAMP": STAMP_VALUES,
    "PERMIT": PERMIT_VALUES,
    "EMERGENCY_TRAVEL_DOCUMENT": {"mrz": "\n".join(CARD)},
}
MADE = {kind.name: kind for kind in (VISA, STAMP, PERMIT, EMERGENCY)}


def seal(kind=VISA, by=None, **changes):
    return write_vds(order(kind, **changes), by or signer())


def key(curve="SECP256R1"):
    return ec.generate_private_key(getattr(ec, curve)())


def statuses(said, step):
    return [(each.result, each.status) for each in said.findings if each.step is step]
