"""Security objects, chips, master lists and revocation lists as states and test suites made them.

They are no part of this repository. KORDON_VECTORS names the folder that holds them; by default
`../shared/data` beside it.
"""

import hashlib
import os
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path

import pytest

from kordon.lib.traveldocs.chip import (
    ChipError,
    ChipFiles,
    Code,
    ImageFormat,
    Outcome,
    RSAKey,
    Trust,
    read_certificate,
    read_com,
    read_dg2,
    read_dg14,
    read_dg15,
    read_master_list,
    read_revocation_list,
    verify_chip,
    verify_sod,
)
from kordon.measure.documents.reviewed import ON, REFUSED_LISTS, SECURITY_OBJECTS

HOME = Path(__file__).resolve().parents[2]
VECTORS = Path(os.environ.get("KORDON_VECTORS", HOME / ".." / "shared" / "data"))
VECTORS = VECTORS / "travel-documents"

if not (VECTORS / "emrtd").exists():
    text = f"no vectors at {VECTORS}; KORDON_VECTORS names their folder"
    pytest.skip(text, allow_module_level=True)

LISTS = sorted((VECTORS / "masterlists").glob("*.ml"))
SIZES = {
    "DE_ML_2024-08-07-07-38-24.ml": 541,
    "DE_ML_2025-03-05-08-05-28.ml": 557,
    "DE_ML_2025-11-27-07-39-21.ml": 577,
}

FILES = [path for path in sorted((VECTORS / "emrtd" / "sod").iterdir()) if path.suffix != ".json"]


@pytest.fixture(scope="module")
def lists():
    return [read_master_list(path.read_bytes()) for path in LISTS if path.name in SIZES]


@pytest.fixture(scope="module")
def trust(lists):
    return Trust(each for found in lists for each in found.certificates)


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.name)
def test_a_master_list(path):
    if path.name in REFUSED_LISTS:
        with pytest.raises(ChipError) as raised:
            read_master_list(path.read_bytes())
        assert raised.value.code is REFUSED_LISTS[path.name][0]
        return
    found = read_master_list(path.read_bytes())
    assert len(found.certificates) >= SIZES.get(path.name, 1)
    assert found.unreadable == ()
    assert found.issuer_of_signer(found.certificates) is not None
    assert found.signer.country
    unusable = [each for each in found.certificates if isinstance(each.key, ChipError)]
    assert unusable == []


def test_the_certificates_of_the_lists_verify(lists):
    """All but link certificates whose issuer's key stands in none of these lists."""
    every = {each.raw: each for found in lists for each in found.certificates}.values()
    by_name, by_key = defaultdict(list), defaultdict(list)
    for each in every:
        by_name[each.subject].append(each)
        by_key[each.subject_key].append(each)
    missing = [
        each
        for each in every
        if not _verified(each, by_name[each.issuer] + by_key[each.authority_key])
    ]
    assert len(every) >= 615
    assert len(missing) <= 8
    known = {issuer.subject_key for issuer in every}
    assert [str(each.subject) for each in missing if each.authority_key in known] == []


def _verified(certificate, issuers):
    for issuer in issuers:
        try:
            certificate.verify_issued_by(issuer)
        except ChipError:
            continue
        return True
    return False


def test_most_curves_are_explicit_and_none_is_unknown(lists):
    keys = {each.raw: each.key for found in lists for each in found.certificates}.values()
    curves = Counter(key.explicit for key in keys if not isinstance(key, RSAKey))
    assert curves[True] > 10 * curves[False]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_security_object_gets_its_outcome(path, trust):
    data = path.read_bytes()
    said = verify_sod(data, trust, on=ON)
    bare = data[4:] if data[0] == 0x77 else data
    right = SECURITY_OBJECTS.get(hashlib.sha256(bare).hexdigest()[:16])
    if right is not None:
        assert (said.outcome, set(said.codes)) == (right.outcome, right.codes)


@pytest.fixture(scope="module")
def chip_of_2008():
    folder = VECTORS / "emrtd" / "bsi2008"
    groups = {int(path.stem[9:]): path.read_bytes() for path in folder.glob("Datagroup*.bin")}
    sod, com = ((folder / f"EF_{name}.bin").read_bytes() for name in ("SOD", "COM"))
    return ChipFiles(sod=sod, com=com, groups=groups)


@pytest.fixture(scope="module")
def chip_of_2006():
    folder = VECTORS / "emrtd" / "loes2006"
    files = {int(path.stem[4:], 16): path.read_bytes() for path in folder.glob("ef01*.bin")}
    return ChipFiles(sod=files.pop(0x1D), com=files.pop(0x1E), groups=files)


def test_a_whole_chip_is_unchanged(chip_of_2006, trust):
    said = verify_chip(chip_of_2006, trust, on=date(2010, 1, 1))
    assert (said.outcome, said.codes) == (
        Outcome.NOT_VERIFIABLE,
        (Code.CHAIN_NO_MATCH,),
    )
    assert said.digests_hold == {1: True, 2: True, 15: True}
    assert said.dg1.valid
    (portrait,) = read_dg2(chip_of_2006.groups[2])
    assert (portrait.format, portrait.width, portrait.height) == (ImageFormat.JP2, 449, 598)
    assert isinstance(read_dg15(chip_of_2006.groups[15]), RSAKey)


def test_a_chip_with_old_curve_and_groups_that_are_not_signed(chip_of_2008, trust):
    said = verify_chip(chip_of_2008, trust, on=date(2008, 6, 1))
    assert said.outcome is Outcome.FAILED
    unsigned = [each.group for each in said.findings if each.code is Code.DG_NOT_IN_SOD]
    assert unsigned == [4, 15]
    signed = {
        number: each for number, each in chip_of_2008.groups.items() if number not in unsigned
    }
    files = ChipFiles(sod=chip_of_2008.sod, com=chip_of_2008.com, groups=signed)
    said = verify_chip(files, trust, on=date(2008, 6, 1))
    assert said.outcome is Outcome.NOT_VERIFIABLE
    assert all(said.digests_hold.values())
    assert read_com(chip_of_2008.com).groups == (1, 2, 3, 14)
    (key,) = read_dg14(chip_of_2008.groups[14]).chip_keys
    assert (str(key.key), key.key.explicit) == ("brainpoolP224r1", True)


def test_revocation_lists_of_australia():
    csca = read_certificate((VECTORS / "crl" / "au_cscaCertData.cer").read_bytes())
    for path in (VECTORS / "crl").glob("*.crl"):
        found = read_revocation_list(path.read_bytes())
        found.verify_issued_by(csca)
        assert found.issuer == csca.subject
        assert found.authority_key == csca.subject_key
