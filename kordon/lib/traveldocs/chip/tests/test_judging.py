"""Revocation, usage and state of the signer."""

from datetime import timedelta

import pytest

from kordon.lib.traveldocs.chip import (
    Code,
    Outcome,
    Result,
    Step,
    read_certificate,
)
from kordon.lib.traveldocs.chip.tests import authority as a
from kordon.lib.traveldocs.chip.tests import der
from kordon.lib.traveldocs.chip.tests.documents import (
    CSCA,
    GOOD_LIST,
    GROUPS,
    OTHER,
    findings,
    only_problem,
    trust,
    verify,
)

# REVOCATION


def test_a_revoked_signer_fails():
    said = verify(believed=trust(lists=[CSCA.revocation_list(76, 77)]))
    only_problem(said, Step.REVOCATION, Result.FAILED, Code.REV_REVOKED)
    assert said.outcome is Outcome.FAILED


def test_no_list_is_a_remark():
    said = verify(believed=trust())
    only_problem(said, Step.REVOCATION, Result.REMARK, Code.REV_CRL_MISSING)
    assert said.outcome is Outcome.VERIFIED


def test_a_stale_list_is_a_remark_and_still_revokes():
    due = a.SIGNED + timedelta(days=30)
    said = verify(believed=trust(lists=[CSCA.revocation_list(due=due)]))
    only_problem(said, Step.REVOCATION, Result.REMARK, Code.REV_CRL_STALE)
    said = verify(believed=trust(lists=[CSCA.revocation_list(77, due=due)]))
    only_problem(said, Step.REVOCATION, Result.FAILED, Code.REV_REVOKED)


def test_a_list_that_the_authority_did_not_sign_is_not_used():
    said = verify(believed=trust(lists=[OTHER.revocation_list(77)]))
    only_problem(said, Step.REVOCATION, Result.REMARK, Code.REV_CRL_SIG)


def test_a_list_signed_by_a_later_key_of_the_authority_is_used():
    said = verify(believed=trust(CSCA, OTHER, lists=[OTHER.revocation_list(77)]))
    only_problem(said, Step.REVOCATION, Result.FAILED, Code.REV_REVOKED)


def test_a_revoked_link_certificate_fails():
    link = read_certificate(CSCA.certificate(by=OTHER, serial=9))
    lists = [GOOD_LIST, OTHER.revocation_list(9)]
    said = verify(believed=trust(OTHER, lists=lists, links=[link]))
    only_problem(said, Step.REVOCATION, Result.FAILED, Code.REV_REVOKED)


# USAGE


@pytest.mark.parametrize(
    "change",
    [
        {"more": (a.extended_usage("2.23.136.1.1.3"),)},
        {"more": (a.extended_usage("2.23.136.1.1.11.1"),)},
        {"extensions": (a.extension("2.5.29.35", der.seq(der.tlv(0x80, CSCA.key_id))), a.usage(5))},
        {"more": (a.extension("2.5.29.19", der.seq(der.tlv(0x01, b"\xff"))),)},
    ],
    ids=["master list signer", "seal signer", "not for signatures", "an authority"],
)
def test_a_certificate_for_another_use_fails(change):
    only_problem(verify(CSCA.signer(**change)), Step.USAGE, Result.FAILED, Code.CHAIN_EKU)


@pytest.mark.parametrize("types, good", [(("P",), True), (("ID", "PP"), True), (("ID",), False)])
def test_a_signer_signs_documents_of_its_types_only(types, good):
    said = verify(CSCA.signer(more=(a.document_types(*types),)))
    if good:
        assert said.codes == ()
    else:
        only_problem(said, Step.USAGE, Result.FAILED, Code.CHAIN_DOCTYPE)


# COUNTRY


def test_a_signer_of_another_state_fails():
    csca = a.Authority(country="XX")
    said = verify(csca.signer(), trust(csca, lists=[csca.revocation_list()]))
    only_problem(said, Step.COUNTRY, Result.FAILED, Code.CHAIN_COUNTRY_MISMATCH)
    assert said.outcome is Outcome.FAILED


def test_signer_and_authority_of_two_states_fail():
    said = verify(CSCA.signer(country="XX"))
    only_problem(said, Step.COUNTRY, Result.FAILED, Code.CHAIN_COUNTRY_MISMATCH)


def test_an_authority_of_another_state_than_signer_and_issuer_fails():
    csca = a.Authority(country="XX")
    said = verify(csca.signer(country="UT"), trust(csca, lists=[csca.revocation_list()]))
    only_problem(said, Step.COUNTRY, Result.FAILED, Code.CHAIN_COUNTRY_MISMATCH)


def test_an_issuer_without_known_country_is_not_verifiable():
    groups = GROUPS | {1: a.dg1(a.MRZ.replace(b"P<UTO", b"P<XPO"))}
    said = verify(sod=CSCA.signer().sod(groups), groups=groups)
    only_problem(said, Step.COUNTRY, Result.UNKNOWN, Code.CHAIN_COUNTRY_UNKNOWN)


@pytest.mark.parametrize("issuer, country", [("D<<", "DE"), ("KGZ", "kg"), ("GIB", "GB")])
def test_issuers_are_compared_by_country(issuer, country):
    csca = a.Authority(country=country)
    groups = GROUPS | {1: a.dg1(a.MRZ.replace(b"P<UTO", b"P<" + issuer.encode()))}
    said = verify(sod=csca.signer().sod(groups), groups=groups, believed=trust(csca))
    assert findings(said, Step.COUNTRY) == [(Result.PASSED, Code.OK)]
