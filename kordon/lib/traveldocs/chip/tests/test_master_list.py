"""Master lists: signed or refused; one broken certificate does not lose the others."""

import pytest

from kordon.lib.traveldocs.chip import Code, read_certificate, read_master_list
from kordon.lib.traveldocs.chip.tests import authority as a
from kordon.lib.traveldocs.chip.tests import der
from kordon.lib.traveldocs.chip.tests.test_tlv import refused

CSCA = a.Authority()
SIGNER = CSCA.signer(more=(a.extended_usage("2.23.136.1.1.3"),))
LISTED = [CSCA.certificate(), a.Authority(a.EXPLICIT, "XX", 2).certificate()]


def test_a_list_tells_its_signer_and_its_certificates():
    own = SIGNER.certificate()
    found = read_master_list(
        a.master_list(SIGNER, LISTED, enclosed=(own, CSCA.certificate(serial=3)))
    )
    assert found.signer.fingerprint == read_certificate(own).fingerprint
    assert len(found.enclosed) == 2
    assert {each.raw for each in found.certificates} == set(LISTED)
    assert {each.country for each in found.certificates} == {"UT", "XX"}
    assert (found.version, found.unreadable, found.signed_at) == (0, (), a.SIGNED)


def test_the_issuer_of_the_signer_is_found_for_pinning():
    found = read_master_list(a.master_list(SIGNER, LISTED))
    issuer = found.issuer_of_signer(found.certificates)
    assert issuer.raw == LISTED[0]
    others = [read_certificate(a.Authority(number=2).certificate())]
    assert found.issuer_of_signer(others) is None


def test_one_broken_certificate_does_not_lose_the_others():
    broken = der.seq(der.integer(1))
    found = read_master_list(a.master_list(SIGNER, [*LISTED, broken]))
    assert {each.raw for each in found.certificates} == set(LISTED)
    (unreadable,) = found.unreadable
    assert unreadable.place == 0  # sorted first
    assert unreadable.why.code is Code.READ_BAD_TLV


@pytest.mark.parametrize(
    "code, changes",
    [
        (Code.LIST_SIG_INVALID, {"signature": a.P256.sign(SIGNER.pair, b"another")}),
        (Code.LIST_WRONG_ECT, {"content_type": "2.23.136.1.1.1"}),
        (Code.LIST_NO_SIGNER_CERT, {"enclosed": ()}),
        (Code.LIST_NOT_CMS, {"signers": 2}),
        (
            Code.LIST_MESSAGE_DIGEST_MISMATCH,
            {"attributes": SIGNER.attributes(b"another", "2.23.136.1.1.2")},
        ),
    ],
)
def test_a_list_whose_signature_does_not_hold_is_refused(code, changes):
    refused(code, read_master_list, a.master_list(SIGNER, LISTED, **changes))


def test_a_signer_of_documents_signs_no_lists():
    refused(Code.LIST_SIGNER_EKU, read_master_list, a.master_list(CSCA.signer(), LISTED))


def test_a_changed_list_is_refused():
    good = a.master_list(SIGNER, LISTED)
    changed = good.replace(LISTED[0][-8:], bytes(8), 1)
    assert changed != good
    refused(Code.LIST_MESSAGE_DIGEST_MISMATCH, read_master_list, changed)


def test_what_is_no_list():
    refused(Code.LIST_NOT_CMS, read_master_list, CSCA.certificate())
    refused(Code.READ_TRUNCATED, read_master_list, a.master_list(SIGNER, LISTED)[:-1])
