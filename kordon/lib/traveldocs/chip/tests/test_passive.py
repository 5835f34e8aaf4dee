"""Every step of passive authentication: passes on a good document, fails by itself on a bad one."""

import json
from datetime import date, datetime, timedelta

import pytest

from kordon.lib.traveldocs import read_mrz
from kordon.lib.traveldocs.chip import (
    ChipFiles,
    Code,
    Outcome,
    Result,
    Step,
    Trust,
    read_certificate,
    read_revocation_list,
    read_sod,
    to_json,
    verify_chip,
    verify_sod,
)
from kordon.lib.traveldocs.chip.tests import authority as a
from kordon.lib.traveldocs.chip.tests import der

ON = date(2024, 6, 1)
GROUPS = {1: a.dg1(), 2: a.dg2(a.face())}
CSCA = a.Authority()
OTHER = a.Authority(number=2)


def trust(*authorities, lists=(), **more):
    anchors = [read_certificate(each.certificate()) for each in authorities or (CSCA,)]
    return Trust(anchors, revocation_lists=map(read_revocation_list, lists), **more)


GOOD_LIST = CSCA.revocation_list(5, 6)


def verify(signer=None, believed=None, *, groups=GROUPS, com=None, on=ON, sod=None, **more):
    asked = {each: more.pop(each) for each in ("mrz", "issued", "rules") if each in more}
    signer = signer or CSCA.signer()
    files = ChipFiles(sod=sod or signer.sod(GROUPS, **more), com=com, groups=groups)
    return verify_chip(files, believed or trust(lists=[GOOD_LIST]), on=on, **asked)


def findings(said, step):
    return [(each.result, each.code) for each in said.findings if each.step is step]


def only_problem(said, step, result, code):
    """This step says this, and no other step anything but that it passed or was not done."""
    assert (result, code) in findings(said, step), said.findings
    others = {each.result for each in said.findings if each.step is not step}
    assert others <= {Result.PASSED, Result.NOT_DONE}, said.findings


def test_a_good_document_is_verified_in_every_step():
    printed = read_mrz(a.MRZ.decode(), on=ON)
    said = verify(com=a.com(0x61, 0x75), mrz=printed)
    assert said.outcome is Outcome.VERIFIED
    assert said.codes == ()
    assert [each.step for each in said.findings if each.step is not Step.HASHES] == [
        step for step in Step if step is not Step.HASHES
    ]
    assert {each.result for each in said.findings} == {Result.PASSED}
    assert said.digests_hold == {1: True, 2: True}
    assert said.signed_at == a.SIGNED
    assert str(said.signer.subject) == "C=UT, CN=Utopia DS"
    assert str(said.anchor.subject) == "C=UT, CN=Utopia CSCA"
    assert said.dg1.surname == "ERIKSSON"


@pytest.mark.parametrize("of_authority", a.KINDS)
@pytest.mark.parametrize("of_signer", a.KINDS)
def test_every_pair_of_algorithms_is_verified(of_authority, of_signer):
    csca = a.Authority(a.KINDS[of_authority])
    said = verify(csca.signer(a.KINDS[of_signer]), trust(csca, lists=[csca.revocation_list()]))
    assert (said.outcome, said.codes) == (Outcome.VERIFIED, ())


@pytest.mark.parametrize("kind", a.KINDS.values(), ids=a.KINDS)
def test_a_changed_group_fails_under_every_algorithm(kind):
    said = verify(CSCA.signer(kind), groups=GROUPS | {2: a.dg2(a.face(a.JPEG + b"!"))})
    only_problem(said, Step.HASHES, Result.FAILED, Code.DG_HASH_MISMATCH)
    assert said.digests_hold == {1: True, 2: False}


# READ and OBJECT


def test_without_security_object_nothing_is_verifiable():
    said = verify_chip(ChipFiles(groups=GROUPS), trust(), on=ON)
    assert (said.outcome, said.codes) == (Outcome.NOT_VERIFIABLE, (Code.SOD_MISSING,))
    assert {each.step for each in said.findings} == set(Step)


@pytest.mark.parametrize(
    "step, code, change",
    [
        (Step.READ, Code.READ_TRUNCATED, lambda sod: sod[:-5]),
        (Step.READ, Code.READ_TOO_LARGE, lambda sod: sod + bytes(300_000)),
        (Step.OBJECT, Code.SOD_NOT_CMS, lambda sod: der.tlv(0x77, der.seq(der.integer(1)))),
        (Step.OBJECT, Code.SOD_NOT_CMS, lambda sod: a.dg1()),
    ],
)
def test_a_file_that_is_no_security_object_fails(step, code, change):
    said = verify(sod=change(CSCA.signer().sod(GROUPS)))
    only_problem(said, step, Result.FAILED, code)
    assert said.outcome is Outcome.FAILED


def test_another_content_type_fails():
    said = verify(content_type="2.23.136.1.1.2")
    only_problem(said, Step.OBJECT, Result.FAILED, Code.SOD_WRONG_ECT)


def test_signed_octets_that_are_no_security_object_fail():
    sod = der.tlv(0x77, CSCA.signer().signed_data(der.seq(der.integer(0))))
    only_problem(verify(sod=sod), Step.OBJECT, Result.FAILED, Code.SOD_WRONG_ECT)


def test_the_bare_signed_data_is_read_too():
    sod = CSCA.signer().sod(GROUPS)
    assert verify(sod=sod[sod.index(b"\x30") :]).outcome is Outcome.VERIFIED


def test_the_newer_version_tells_that_of_the_data_structure():
    sod = CSCA.signer().sod(GROUPS, lds=("0108", "040000"))
    read = read_sod(sod)
    assert (read.version, read.lds_version, read.unicode_version) == (1, "0108", "040000")
    assert verify(sod=sod).codes == ()


def test_groups_hashed_with_sha1_are_accepted_with_a_remark():
    said = verify(hash="sha1")
    only_problem(said, Step.OBJECT, Result.REMARK, Code.SOD_ALG_WEAK)
    assert said.outcome is Outcome.VERIFIED


# SIGNER


def test_without_certificate_it_is_not_verifiable_unless_one_is_given():
    said = verify(enclosed=())
    assert (Result.UNKNOWN, Code.SOD_NO_DS_CERT) in findings(said, Step.SIGNER)
    assert said.outcome is Outcome.NOT_VERIFIABLE
    signers = [read_certificate(CSCA.signer().certificate())]
    given = trust(lists=[GOOD_LIST], signers=signers)
    assert verify(believed=given, enclosed=()).outcome is Outcome.VERIFIED


WRONG_SID = der.seq(CSCA.name, der.integer(4711))


def test_one_certificate_that_the_signer_does_not_name_is_taken_with_a_remark():
    said = verify(sid=WRONG_SID)
    only_problem(said, Step.SIGNER, Result.REMARK, Code.SOD_SID_MISMATCH)
    assert said.outcome is Outcome.VERIFIED


def test_several_certificates_that_the_signer_does_not_name_fail():
    enclosed = (CSCA.signer().certificate(), CSCA.signer(serial=78).certificate())
    said = verify(sid=WRONG_SID, enclosed=enclosed)
    assert findings(said, Step.SIGNER) == [(Result.FAILED, Code.SOD_SID_MISMATCH)]
    assert verify(enclosed=enclosed).outcome is Outcome.VERIFIED


def test_the_signer_may_be_named_by_key_identifier():
    key_id = a.extension("2.5.29.14", der.octets(b"its key"))
    signer = CSCA.signer(more=(key_id,))
    assert verify(signer, sid=der.tlv(0x80, b"its key")).codes == ()


def test_two_signers_fail():
    said = verify(signers=2)
    assert findings(said, Step.SIGNER) == [(Result.FAILED, Code.SOD_SID_MISMATCH)]


# ATTRIBUTES


def test_attributes_of_another_content_fail():
    signer = CSCA.signer()
    said = verify(signer, attributes=signer.attributes(b"another content"))
    only_problem(said, Step.ATTRIBUTES, Result.FAILED, Code.SOD_MESSAGE_DIGEST_MISMATCH)


def test_attributes_of_another_content_type_fail():
    signer = CSCA.signer()
    content = content_of(signer)
    changed = signer.attributes(content, "2.23.136.1.1.2")
    said = verify(signer, attributes=changed)
    only_problem(said, Step.ATTRIBUTES, Result.FAILED, Code.SOD_ATTR_MISSING)


def content_of(signer):
    held = []

    class Noting(type(signer)):
        def signed_data(self, content, **changes):
            held.append(content)
            return super().signed_data(content, **changes)

    Noting(signer.authority, signer.kind, signer.changes).sod(GROUPS)
    return held[0]


@pytest.mark.parametrize("missing", [0, 1])
def test_a_missing_attribute_fails(missing):
    signer = CSCA.signer()
    attributes = signer.attributes(content_of(signer))
    del attributes[missing]
    said = verify(signer, attributes=attributes)
    only_problem(said, Step.ATTRIBUTES, Result.FAILED, Code.SOD_ATTR_MISSING)


def test_an_attribute_that_is_there_twice_fails():
    signer = CSCA.signer()
    attributes = signer.attributes(content_of(signer))
    said = verify(signer, attributes=[*attributes, attributes[1]])
    only_problem(said, Step.ATTRIBUTES, Result.FAILED, Code.SOD_ATTR_MISSING)


def test_no_attributes_at_all_fail():
    said = verify(attributes=[])
    only_problem(said, Step.ATTRIBUTES, Result.FAILED, Code.SOD_ATTR_MISSING)


# SIGNATURE


@pytest.mark.parametrize("kind", a.KINDS.values(), ids=a.KINDS)
def test_another_signature_fails(kind):
    signer = CSCA.signer(kind)
    said = verify(signer, signature=kind.sign(signer.pair, b"something else"))
    only_problem(said, Step.SIGNATURE, Result.FAILED, Code.SOD_SIG_INVALID)
    assert said.outcome is Outcome.FAILED


def test_a_signature_of_another_scheme_than_the_key_fails():
    said = verify(algorithm=a.RSA.algorithm())
    only_problem(said, Step.SIGNATURE, Result.FAILED, Code.SOD_ALG_MISMATCH)


def test_an_unknown_algorithm_is_not_verifiable():
    said = verify(algorithm=der.seq(der.oid("1.2.643.2.2.3")))
    only_problem(said, Step.SIGNATURE, Result.UNKNOWN, Code.SOD_ALG_UNSUPPORTED)
    assert said.outcome is Outcome.NOT_VERIFIABLE


def test_algorithms_of_the_time_of_sha1_are_accepted_with_a_remark():
    said = verify(CSCA.signer(a.Kind("rsa", "sha1", bits=1024)))
    assert findings(said, Step.SIGNATURE)[1:] == 2 * [(Result.REMARK, Code.SOD_ALG_WEAK)]
    assert said.outcome is Outcome.VERIFIED


def test_digest_and_signature_of_two_hashes_are_a_remark():
    said = verify(digest="sha512")
    only_problem(said, Step.SIGNATURE, Result.REMARK, Code.SOD_ALG_MISMATCH)
    assert said.outcome is Outcome.VERIFIED


def test_a_curve_that_is_almost_a_named_one_is_not_verifiable():
    curve = a.named(a.EXPLICIT.key)
    public = a.EXPLICIT.public(a.EXPLICIT.pair(100), n=curve.n + 2)
    said = verify(CSCA.signer(a.EXPLICIT, public=public))
    only_problem(said, Step.SIGNATURE, Result.UNKNOWN, Code.EC_UNKNOWN_CURVE)


def test_attributes_enclosed_in_another_order_than_signed_are_verified(monkeypatch):
    signer = CSCA.signer()
    attributes = signer.attributes(content_of(signer))
    assert attributes != sorted(attributes)
    sod = signer.sod(GROUPS, attributes=attributes)
    ordered, unordered = b"".join(sorted(attributes)), b"".join(attributes)
    assert ordered in sod
    assert verify(sod=sod.replace(ordered, unordered)).codes == ()


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


# COUNTRY


def test_a_signer_of_another_state_fails():
    csca = a.Authority(country="XX")
    said = verify(csca.signer(), trust(csca, lists=[csca.revocation_list()]))
    only_problem(said, Step.COUNTRY, Result.FAILED, Code.CHAIN_COUNTRY_MISMATCH)
    assert said.outcome is Outcome.FAILED


def test_signer_and_authority_of_two_states_fail():
    said = verify(CSCA.signer(country="XX"))
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
