"""The path from the signer to what is trusted, and validity along it."""

from datetime import date, timedelta

import pytest

from kordon.lib.traveldocs.chip import (
    Code,
    Outcome,
    Result,
    Step,
    Trust,
    read_certificate,
    read_revocation_list,
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

# CHAIN


def test_without_authority_of_the_state_it_is_not_verifiable():
    said = verify(believed=trust(a.Authority(country="XX", number=2)))
    assert findings(said, Step.CHAIN) == [(Result.UNKNOWN, Code.CHAIN_NO_CSCA_FOR_COUNTRY)]
    assert said.outcome is Outcome.NOT_VERIFIABLE
    assert said.anchor is None


def test_with_other_authorities_of_the_state_it_is_not_verifiable():
    said = verify(believed=trust(OTHER))
    assert findings(said, Step.CHAIN) == [(Result.UNKNOWN, Code.CHAIN_NO_MATCH)]
    assert said.outcome is Outcome.NOT_VERIFIABLE


def test_a_signer_that_claims_a_trusted_issuer_fails():
    said = verify(CSCA.signer(pair=OTHER.pair))
    assert findings(said, Step.CHAIN) == [(Result.FAILED, Code.CHAIN_SIG_INVALID)]
    assert said.outcome is Outcome.FAILED


@pytest.mark.parametrize(
    "written", ["utopia  csca", "UTOPIA CSCA"], ids=["blanks", "letters of another case"]
)
def test_a_name_written_otherwise_finds_its_issuer_without_key_identifier(written):
    signer = CSCA.signer(issuer=a.name(written), extensions=(a.usage(0),))
    said = verify(signer, sid=der.seq(a.name(written), der.integer(77)))
    assert (said.outcome, said.codes) == (Outcome.VERIFIED, ())


def test_an_issuer_whose_key_cannot_be_used_is_not_verifiable():
    csca = a.Authority(a.EXPLICIT)
    public = csca.kind.public(csca.pair, n=a.named(csca.kind.key).n + 2)
    anchor = read_certificate(csca.certificate(public=public))
    said = verify(csca.signer(a.P256), Trust([anchor]))
    assert findings(said, Step.CHAIN) == [(Result.UNKNOWN, Code.EC_UNKNOWN_CURVE)]
    assert said.outcome is Outcome.NOT_VERIFIABLE


def test_two_keys_of_one_name_find_the_right_one():
    said = verify(believed=trust(OTHER, CSCA, lists=[GOOD_LIST]))
    assert said.codes == ()
    assert said.anchor.subject_key == CSCA.key_id


def test_a_link_certificate_leads_to_the_old_authority():
    link = read_certificate(CSCA.certificate(by=OTHER, serial=9))
    lists = [GOOD_LIST, OTHER.revocation_list()]
    assert verify(believed=trust(OTHER, lists=lists, links=[link])).codes == ()
    forged = read_certificate(CSCA.certificate(by=OTHER, pair=a.Authority(number=3).pair))
    said = verify(believed=trust(OTHER, lists=lists, links=[forged]))
    assert findings(said, Step.CHAIN) == [(Result.UNKNOWN, Code.CHAIN_NO_MATCH)]


def test_a_certificate_that_is_no_authority_is_no_link():
    plain = read_certificate(CSCA.certificate(by=OTHER, extensions=()))
    said = verify(believed=trust(OTHER, links=[plain]))
    assert findings(said, Step.CHAIN) == [(Result.UNKNOWN, Code.CHAIN_NO_MATCH)]


def test_a_path_has_an_end():
    numbers = [a.Authority(number=number) for number in range(1, 7)]
    links = [
        read_certificate(low.certificate(by=high))
        for low, high in zip(numbers, numbers[1:], strict=False)
    ]
    assert verify(believed=trust(numbers[2], links=links)).outcome is Outcome.VERIFIED
    assert verify(believed=trust(numbers[3], links=links)).outcome is Outcome.NOT_VERIFIABLE


def test_a_certificate_that_may_not_issue_is_no_anchor():
    no_authority = read_certificate(CSCA.certificate(extensions=(a.usage(0),)))
    said = verify(believed=Trust([no_authority]))
    assert findings(said, Step.CHAIN) == [(Result.UNKNOWN, Code.CHAIN_NO_CSCA_FOR_COUNTRY)]


def test_a_signer_certificate_signed_with_sha1_is_accepted_with_a_remark():
    csca = a.Authority(a.Kind("rsa", "sha1"))
    said = verify(csca.signer(a.P256), trust(csca, lists=[csca.revocation_list()]))
    only_problem(said, Step.CHAIN, Result.REMARK, Code.SOD_ALG_WEAK)
    assert said.outcome is Outcome.VERIFIED


# VALIDITY


def test_a_signer_that_expired_since_is_a_remark():
    said = verify(CSCA.signer(end=a.SIGNED + timedelta(days=90)))
    only_problem(said, Step.VALIDITY, Result.REMARK, Code.CHAIN_EXPIRED_NOW)
    assert said.outcome is Outcome.VERIFIED


def test_a_signer_that_had_expired_at_signing_fails():
    said = verify(CSCA.signer(end=a.SIGNED - timedelta(days=2)))
    only_problem(said, Step.VALIDITY, Result.FAILED, Code.CHAIN_EXPIRED_AT_SIGNING)


def test_a_signer_that_was_not_yet_valid_at_signing_fails():
    said = verify(CSCA.signer(begin=a.SIGNED + timedelta(days=2)))
    only_problem(said, Step.VALIDITY, Result.FAILED, Code.CHAIN_NOT_YET_VALID)


def test_a_signer_that_is_not_yet_valid_today_fails():
    said = verify(signed_at=None, on=date(2019, 12, 1))
    assert findings(said, Step.VALIDITY) == [(Result.FAILED, Code.CHAIN_NOT_YET_VALID)]


def test_an_authority_that_had_expired_when_it_issued_fails():
    old = read_certificate(CSCA.certificate(begin=a.BEGIN - 9 * a.YEARS, end=a.BEGIN - a.YEARS))
    lists = [read_revocation_list(GOOD_LIST)]
    said = verify(believed=Trust([old], revocation_lists=lists))
    only_problem(said, Step.VALIDITY, Result.FAILED, Code.CHAIN_EXPIRED_AT_SIGNING)
    renewed = read_certificate(CSCA.certificate(serial=2))
    assert verify(believed=Trust([old, renewed], revocation_lists=lists)).codes == ()


@pytest.mark.parametrize("source", ["given", "DG12"])
def test_without_signed_time_validity_is_judged_on_the_day_of_issue(source):
    signer = CSCA.signer(end=a.SIGNED + timedelta(days=90))
    day = (a.SIGNED + timedelta(days=200)).date()
    dg12 = der.tlv(0x6C, der.tlv(0x5C, b"\x5f\x26"), der.tlv(0x5F26, f"{day:%Y%m%d}".encode()))
    groups = GROUPS | ({12: dg12} if source == "DG12" else {})
    said = verify(
        sod=signer.sod(groups, signed_at=None),
        groups=groups,
        issued=day if source == "given" else None,
    )
    only_problem(said, Step.VALIDITY, Result.FAILED, Code.CHAIN_EXPIRED_AT_SIGNING)
    assert said.signed_at.date() == day


def test_without_any_day_validity_is_judged_at_the_beginning_of_the_signer():
    said = verify(signed_at=None)
    assert said.codes == ()
    assert said.signed_at == a.BEGIN


def test_a_key_used_after_its_signing_period_is_a_remark():
    period = a.signing_period(a.BEGIN, a.SIGNED - timedelta(days=5))
    said = verify(CSCA.signer(more=(period,)))
    only_problem(said, Step.VALIDITY, Result.REMARK, Code.CHAIN_EXPIRED_AT_SIGNING)
    assert said.outcome is Outcome.VERIFIED
