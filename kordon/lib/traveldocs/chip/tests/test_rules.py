"""Deviations excuse what they name and nothing else; defects speak of documents that hold."""

from datetime import date, timedelta

import pytest

from kordon.lib.traveldocs.chip import (
    ChipError,
    Code,
    Defect,
    Deviation,
    Outcome,
    Result,
    Step,
    read_certificate,
)
from kordon.lib.traveldocs.chip.tests import authority as a
from kordon.lib.traveldocs.chip.tests.documents import (
    CSCA,
    GROUPS,
    OTHER,
    findings,
    only_problem,
    trust,
    verify,
)

NOTE = "Utopia published a wrong portrait digest."
PORTRAIT = GROUPS | {2: a.dg2(a.face(a.JPEG + b"!"))}


def deviation(code=Code.DG_HASH_MISMATCH, **scope):
    return Deviation(country="UT", code=code, note=NOTE, **scope)


def test_a_named_failure_is_accepted_with_its_note():
    said = verify(groups=PORTRAIT, rules=[deviation(group=2)])
    only_problem(said, Step.HASHES, Result.ACCEPTED, Code.DG_HASH_MISMATCH)
    assert said.outcome is Outcome.VERIFIED
    (excused,) = (each for each in said.findings if each.result is Result.ACCEPTED)
    assert (excused.note, excused.group) == (NOTE, 2)
    assert said.digests_hold[2] is False


SIGNER = read_certificate(CSCA.signer().certificate()).fingerprint


@pytest.mark.parametrize(
    "scope, excused",
    [
        ({}, True),
        ({"group": 3}, False),
        ({"signers": frozenset({SIGNER})}, True),
        ({"signers": frozenset({"00"})}, False),
        ({"issued_from": a.SIGNED.date()}, True),
        ({"issued_from": a.SIGNED.date() + timedelta(days=1)}, False),
        ({"issued_until": a.SIGNED.date()}, True),
        ({"issued_until": date(2020, 1, 1)}, False),
        ({"code": Code.DG_NOT_IN_SOD}, False),
    ],
)
def test_a_rule_covers_its_documents_only(scope, excused):
    kind = a.Kind("rsa")
    signer = CSCA.signer() if "signers" in scope else CSCA.signer(kind)
    if scope.get("signers") == frozenset({SIGNER}):
        # ECDSA signs differently each time: take the certificate that was fingerprinted
        certificate = signer.certificate()
        scope = {"signers": frozenset({read_certificate(certificate).fingerprint})}
        said = verify(signer, groups=PORTRAIT, enclosed=(certificate,), rules=[deviation(**scope)])
    else:
        said = verify(signer, groups=PORTRAIT, rules=[deviation(**scope)])
    assert (said.outcome is Outcome.VERIFIED) is excused


def test_a_rule_of_another_state_does_not_count():
    rule = Deviation(country="XX", code=Code.DG_HASH_MISMATCH, note=NOTE)
    assert verify(groups=PORTRAIT, rules=[rule]).outcome is Outcome.FAILED


def test_who_is_not_trusted_gets_no_excuse():
    said = verify(groups=PORTRAIT, rules=[deviation()], believed=trust(OTHER))
    assert (Result.FAILED, Code.DG_HASH_MISMATCH) in findings(said, Step.HASHES)


def test_the_first_group_is_never_excused():
    groups = GROUPS | {1: a.dg1(a.MRZ.replace(b"ANNA", b"EMMA"))}
    assert verify(groups=groups, rules=[deviation()]).outcome is Outcome.FAILED
    with pytest.raises(ChipError) as raised:
        deviation(group=1)
    assert raised.value.code is Code.RULE_NOT_ALLOWED


@pytest.mark.parametrize(
    "code", [Code.SOD_SIG_INVALID, Code.CHAIN_SIG_INVALID, Code.REV_REVOKED, Code.CHAIN_NO_MATCH]
)
def test_some_failures_cannot_be_excused(code):
    with pytest.raises(ChipError) as raised:
        deviation(code)
    assert raised.value.code is Code.RULE_NOT_ALLOWED


@pytest.mark.parametrize("refuses", [True, False])
def test_a_defect_is_told_and_may_refuse(refuses):
    said = verify(rules=[Defect(country="UT", note="Blanks were stolen.", refuses=refuses)])
    result = Result.FAILED if refuses else Result.REMARK
    only_problem(said, Step.DEFECTS, result, Code.DEFECT_KNOWN)
    assert (said.outcome is Outcome.FAILED) is refuses
