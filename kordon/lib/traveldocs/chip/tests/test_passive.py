"""Every step of passive authentication: good documents, and those that fail before the chain."""

import pytest

from kordon.lib.traveldocs import read_mrz
from kordon.lib.traveldocs.chip import (
    ChipFiles,
    Code,
    Outcome,
    Result,
    Step,
    read_certificate,
    read_sod,
    verify_chip,
)
from kordon.lib.traveldocs.chip.tests import authority as a
from kordon.lib.traveldocs.chip.tests import der
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
