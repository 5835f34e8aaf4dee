"""Data groups, EF.COM and the printed zone against what was signed; the protocol told."""

import json
from datetime import date, datetime

from kordon.lib.traveldocs import read_mrz
from kordon.lib.traveldocs.chip import (
    ChipFiles,
    Code,
    Outcome,
    Result,
    Step,
    to_json,
    verify_chip,
    verify_sod,
)
from kordon.lib.traveldocs.chip.tests import authority as a
from kordon.lib.traveldocs.chip.tests.documents import (
    CSCA,
    GOOD_LIST,
    GROUPS,
    ON,
    findings,
    only_problem,
    trust,
    verify,
)

# HASHES and COMMON


def test_a_changed_first_group_fails():
    groups = GROUPS | {1: a.dg1(a.MRZ.replace(b"ANNA", b"EMMA"))}
    said = verify(groups=groups)
    assert findings(said, Step.HASHES)[0] == (Result.FAILED, Code.DG_HASH_MISMATCH)
    assert said.dg1 is None
    assert said.outcome is Outcome.FAILED


def test_an_unread_first_group_is_not_verifiable():
    said = verify(groups={2: GROUPS[2]})
    only_problem(said, Step.HASHES, Result.UNKNOWN, Code.DG_MISSING)
    assert said.outcome is Outcome.NOT_VERIFIABLE


def test_another_unread_group_is_a_remark():
    said = verify(groups={1: GROUPS[1]})
    only_problem(said, Step.HASHES, Result.REMARK, Code.DG_MISSING)
    assert said.outcome is Outcome.VERIFIED


def test_a_group_that_is_not_signed_fails():
    said = verify(groups=GROUPS | {15: b"\x6f\x00"})
    only_problem(said, Step.HASHES, Result.FAILED, Code.DG_NOT_IN_SOD)


def test_a_security_object_without_first_group_fails():
    said = verify(sod=CSCA.signer().sod({2: GROUPS[2]}), groups={2: GROUPS[2]})
    only_problem(said, Step.HASHES, Result.FAILED, Code.DG_NOT_IN_SOD)


def test_a_signed_group_that_is_malformed_is_a_remark():
    groups = GROUPS | {2: b"\x75\x02\x01\x00"}
    said = verify(sod=CSCA.signer().sod(groups), groups=groups)
    only_problem(said, Step.HASHES, Result.REMARK, Code.DG_PARSE)


def test_a_signed_first_group_that_is_malformed_is_not_verifiable():
    groups = GROUPS | {1: b"\x61\x00"}
    said = verify(sod=CSCA.signer().sod(groups), groups=groups)
    only_problem(said, Step.HASHES, Result.UNKNOWN, Code.DG_PARSE)


def test_the_common_file_may_not_list_what_is_not_signed():
    said = verify(com=a.com(0x61, 0x75, 0x6F))
    only_problem(said, Step.COMMON, Result.FAILED, Code.DG_NOT_IN_SOD)


def test_a_common_file_that_hides_a_group_is_a_remark():
    said = verify(com=a.com(0x61))
    only_problem(said, Step.COMMON, Result.REMARK, Code.DG_NOT_IN_COM)


def test_a_malformed_common_file_is_a_remark():
    only_problem(verify(com=a.dg1()), Step.COMMON, Result.REMARK, Code.DG_PARSE)


# ZONE


def test_a_printed_zone_that_differs_fails_and_names_the_fields():
    printed = read_mrz(a.MRZ.decode().replace("L898902C36", "L898902C44"), on=ON)
    said = verify(mrz=printed)
    only_problem(said, Step.ZONE, Result.FAILED, Code.XCHK_MRZ_DG1)
    (zone,) = (each for each in said.findings if each.step is Step.ZONE)
    assert "number" in zone.text
    assert "surname" not in zone.text


def test_an_expired_document_is_a_remark():
    on = date(2033, 1, 1)
    lists = [CSCA.revocation_list(due=datetime(2034, 1, 1))]
    printed = read_mrz(a.MRZ.decode(), on=on)
    said = verify(CSCA.signer(end=a.BEGIN + 14 * a.YEARS), trust(lists=lists), mrz=printed, on=on)
    only_problem(said, Step.ZONE, Result.REMARK, Code.XCHK_EXPIRED_DOC)


# The security object by itself


def test_a_security_object_by_itself_says_nothing_about_groups():
    said = verify_sod(CSCA.signer().sod(GROUPS), trust(lists=[GOOD_LIST]), on=ON)
    assert (said.outcome, said.codes, said.digests_hold) == (Outcome.VERIFIED, (), {})
    assert findings(said, Step.HASHES) == [(Result.NOT_DONE, Code.OK)]


def test_the_protocol_as_plain_values():
    said = verify(mrz=read_mrz(a.MRZ.decode(), on=ON), groups={1: GROUPS[1]})
    told = json.loads(json.dumps(to_json(said)))
    assert told["outcome"] == "VERIFIED"
    assert told["signed_at"] == "2020-02-01T12:00:00+00:00"
    assert told["digests_hold"] == {"1": True}
    assert [each["number"] for each in told["findings"]] == sorted(
        each.step.number for each in said.findings
    )
    assert {each["code"] for each in told["findings"]} == {"OK", "DG_MISSING"}
    signer, anchor = told["path"]
    assert signer["issuer"] == anchor["subject"] == "C=UT, CN=Utopia CSCA"
    assert (signer["serial"], signer["fingerprint"]) == ("77", said.signer.fingerprint)
    assert to_json(verify_chip(ChipFiles(), trust(), on=ON))["path"] == []
