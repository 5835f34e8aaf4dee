"""Visible digital seals as other programs made them, with two certificates of test signers.

They are no part of this repository. KORDON_VECTORS names the folder that holds them; by default
`../shared/data` beside it.
"""

import os
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from kordon.lib.traveldocs.chip import Trust, read_certificate, read_revocation_list
from kordon.lib.traveldocs.seal import Outcome, SealTrust, Status, read_vds, verify_seal
from kordon.lib.traveldocs.seal.images import Symbol, read_image, write_image
from kordon.lib.traveldocs.seal.vds import write_signed_part
from kordon.measure.documents.reviewed import ON, SEALS, SEALS_NC

HOME = Path(__file__).resolve().parents[2]
VECTORS = Path(os.environ.get("KORDON_VECTORS", HOME / ".." / "shared" / "data"))
VECTORS = VECTORS / "travel-documents"

if not (VECTORS / "vds").exists():
    text = f"no vectors at {VECTORS}; KORDON_VECTORS names their folder"
    pytest.skip(text, allow_module_level=True)

TO_COME = (Outcome.INVALID, Status.EXPIRED_CERTIFICATE)

CERTIFICATES = [read_certificate(each.read_bytes()) for each in (VECTORS / "vds").glob("*.crt")]
ALSO_FOR = {each.fingerprint: ("D", "UTO") for each in CERTIFICATES}
FOLDER = {path.stem: path for path in (VECTORS / "vds").glob("*.hex")}
FOLDER_NC = {path.stem: path for path in (VECTORS / "vds-nc").glob("*.json")}


def octets_of(name):
    return bytes.fromhex(FOLDER[name].read_text())


def ended(octets, trust, on=ON):
    said = verify_seal(octets, trust, on=on)
    return said.outcome, said.status


def test_every_vector_is_judged_here():
    assert (set(FOLDER), set(FOLDER_NC)) == (set(SEALS), set(SEALS_NC))
    assert len(CERTIFICATES) == 2


@pytest.mark.parametrize("name", SEALS)
def test_every_seal_has_its_status(name):
    octets = octets_of(name)
    right = SEALS[name]
    assert ended(octets, SealTrust(believed=CERTIFICATES, also_for=ALSO_FOR)) == right.believed
    assert ended(octets, SealTrust(believed=CERTIFICATES)) == right.alone


def test_every_kind_but_three_is_known_and_read_without_a_flaw():
    seals = {name: read_vds(octets_of(name)) for name in SEALS}
    assert [seal.flaws for seal in seals.values() if seal.flaws] == []
    assert {name for name, seal in seals.items() if seal.kind is None} == {
        "vds_08_administrativeDocumentV9WithDates",
        "vds_10_administrativeDocumentV9Basic",
        "vds_12_permanentResidencePermit",
    }
    versions = Counter(seal.header.version for seal in seals.values())
    assert versions == {3: 2, 4: 11}


def test_the_visa_and_a_day_before_it_was_signed():
    visa = read_vds(octets_of("vds_14_visa_224bitSig"))
    assert visa.values["passport_number"] == "47110815P"
    assert visa.values["stay"].days == 160
    assert visa.zone.startswith("VCD<<DENT<<ARTHUR<PHILIP<<<")
    trust = SealTrust(believed=CERTIFICATES, also_for=ALSO_FOR)
    assert ended(octets_of("vds_14_visa_224bitSig"), trust, date(2023, 8, 18)) == TO_COME


@pytest.mark.parametrize("name", SEALS_NC)
@pytest.mark.parametrize("file", ["none", "WithSerialNumberData", "WithoutSerialNumberData"])
def test_every_seal_in_json_has_its_status(name, file):
    anchor = read_certificate((VECTORS / "crl" / "au_cscaCertData.cer").read_bytes())
    lists = [] if file == "none" else [VECTORS / "crl" / f"au_crl{file}.crl"]
    read = [read_revocation_list(each.read_bytes()) for each in lists]
    trust = SealTrust(Trust([anchor], revocation_lists=read))
    assert ended(FOLDER_NC[name].read_bytes(), trust) == SEALS_NC[name][0]


@pytest.mark.parametrize("name", SEALS)
def test_every_seal_can_be_printed_and_read(name):
    octets = octets_of(name)
    for symbol in Symbol:
        assert read_image(write_image(octets, symbol, scale=4)).octets == octets


@pytest.mark.parametrize("name", SEALS)
def test_every_seal_is_written_again_octet_by_octet(name):
    """Whose kind is known and whole; what others wrote otherwise than the standard is named."""
    seal = read_vds(octets_of(name))
    if seal.kind is None or name in NOT_WRITTEN_AGAIN:
        return
    assert write_signed_part(seal.header, seal.kind, seal.values) == seal.signed


NOT_WRITTEN_AGAIN = {
    "vds_04_rawBytes",  # two features that its kind did not have yet
    "vds_06_x",  # it lacks a feature that must be there
    "vds_24_ankunftsnwPapier",  # D without the fillers of Doc 9303-13, 2.2
}
