"""Every status of a verification, each by one thing made wrong."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from kordon.lib.traveldocs.chip import Result, Trust, read_certificate
from kordon.lib.traveldocs.chip.tests import authority as a
from kordon.lib.traveldocs.seal import (
    STAMP,
    VISA,
    Outcome,
    SealError,
    SealTrust,
    Status,
    Step,
    verdict_to_json,
    verify_seal,
)
from kordon.lib.traveldocs.seal.images import Symbol, read_image, write_image
from kordon.lib.traveldocs.seal.tests import specimens as s

GOOD = s.seal()
TRUST = s.trust()


def verify(octets=GOOD, trust=TRUST, on=s.ON, **more):
    return verify_seal(octets, trust, on=on, **more)


def ends(said, outcome, status):
    assert (said.outcome, said.status) == (outcome, status), said.findings


def invalid(status, *given, **more):
    ends(verify(*given, **more), Outcome.INVALID, status)


def not_verifiable(status, *given, **more):
    ends(verify(*given, **more), Outcome.NOT_VERIFIABLE, status)


@pytest.mark.parametrize("name", a.KINDS)
def test_seals_are_signed_with_keys_on_curves_only(name):
    kind = a.KINDS[name]
    if kind.key == "rsa":
        believed = s.certificate(kind)
        not_verifiable(Status.UNTRUSTED_CERTIFICATE, trust=SealTrust(believed=[believed]))
        return
    by = s.signer(kind)
    said = verify(s.seal(by=by), s.trust(by))
    ends(said, Outcome.VALID, Status.VALID)
    assert said.signer == by.certificate
    assert len(said.path) == 2
    assert {each.result for each in said.findings} == {Result.PASSED, Result.NOT_DONE}
    assert [each.step for each in said.findings] == list(Step)


def test_everything_is_told_in_plain_values():
    told = verdict_to_json(verify())
    assert (told["outcome"], told["status"], told["signed_on"]) == ("VALID", "VALID", "2024-05-03")
    assert told["seal"]["values"]["passport_number"] == "L898902C3"
    assert [each["number"] for each in told["findings"]] == list(range(1, 11))


def test_no_bar_code():
    not_verifiable(Status.READ_ERROR, None)


def test_wrong_format():
    invalid(Status.WRONG_FORMAT, b"")
    invalid(Status.WRONG_FORMAT, GOOD[:-1])
    unsigned = GOOD[:-66]
    said = verify(unsigned)
    ends(said, Outcome.INVALID, Status.WRONG_FORMAT)
    assert said.seal.values["entries"] == 2


def test_a_version_to_come_is_not_called_a_forgery():
    not_verifiable(Status.WRONG_FORMAT, GOOD[:1] + b"\x04" + GOOD[2:])


def test_a_signed_feature_that_is_malformed():
    bad = GOOD.replace(b"\x03\x01\x02", b"\x03\x02\x02\x02")
    assert bad != GOOD
    said = verify(bad)
    assert s.statuses(said, Step.READ) == [
        (Result.PASSED, Status.VALID),
        (Result.FAILED, Status.WRONG_FORMAT),
    ]


def test_unknown_certificate():
    not_verifiable(Status.UNKNOWN_CERTIFICATE, trust=SealTrust())
    not_verifiable(Status.UNKNOWN_CERTIFICATE, trust=s.trust(s.signer(serial=0x5C)))
    not_verifiable(Status.UNKNOWN_CERTIFICATE, trust=s.trust(s.signer(subject=a.name("TX"))))
    odd = s.seal(by=s.Signer(s.signer().key, s.certificate(), reference="XYZ"))
    not_verifiable(Status.UNKNOWN_CERTIFICATE, odd)


def test_untrusted_certificate():
    not_verifiable(Status.UNTRUSTED_CERTIFICATE, trust=s.trust(anchors=()))
    stranger = a.Authority(number=2, common="Another CSCA")
    not_verifiable(Status.UNTRUSTED_CERTIFICATE, trust=s.trust(anchors=[stranger]))
    # names the authority's key, and another key signed it
    forged = s.certificate(pair=a.P256.pair(66))
    invalid(Status.UNTRUSTED_CERTIFICATE, trust=SealTrust(TRUST.authorities, signers=[forged]))


def test_a_certificate_can_be_believed_by_itself():
    said = verify(trust=SealTrust(believed=[s.certificate()]))
    ends(said, Outcome.VALID, Status.VALID)
    assert len(said.path) == 1


def test_a_seal_made_for_trials_is_refused_but_in_trials():
    by = s.signer(serial=0)
    octets = s.seal(by=by)
    invalid(Status.UNTRUSTED_CERTIFICATE, octets, s.trust(by))
    assert verify(octets, s.trust(by, tests_too=True)).outcome is Outcome.VALID


def test_of_two_certificates_of_one_number_the_one_whose_key_fits():
    other = s.signer(a.P384)
    assert verify(trust=s.trust(other, s.signer())).outcome is Outcome.VALID
    invalid(Status.INVALID_SIGNATURE, trust=s.trust(other))


def test_named_otherwise_than_by_its_subject():
    certificate = s.certificate(subject=a.name("Seal signer of Utopia"), serial=7)
    by = s.Signer(s.signer().key, certificate, name="UTXY", reference="ABC")
    octets = s.seal(by=by)
    not_verifiable(Status.UNKNOWN_CERTIFICATE, octets, s.trust(by))
    named = {("UTXY", "ABC"): certificate}
    assert verify(octets, s.trust(by, named=named)).outcome is Outcome.VALID
    with pytest.raises(SealError, match="no number"):
        SealTrust(named={("UTXY", "x1"): certificate})


@pytest.mark.parametrize(
    "changes",
    [
        {"uses": (s.CHIPS_LISTS,)},
        {"uses": ("1.3.6.1.5.5.7.3.1",)},
        {"more": (a.document_types("P"),)},
        {"more": (a.usage(5),)},
        {"more": (a.extension("2.5.29.19", a.seq(a.tlv(0x01, b"\xff"))),)},
    ],
)
def test_invalid_documenttype(changes):
    invalid(Status.INVALID_DOCUMENTTYPE, trust=s.trust(s.signer(**changes)))


@pytest.mark.parametrize("types", [("V",), ("P", "V"), ("VC", "V")])
def test_document_types_that_cover_the_zone(types):
    by = s.signer(more=(a.document_types(*types),))
    assert verify(trust=s.trust(by)).outcome is Outcome.VALID


def test_without_a_usage_there_is_a_remark():
    said = verify(trust=s.trust(s.signer(uses=())))
    ends(said, Outcome.VALID, Status.VALID)
    assert s.statuses(said, Step.USAGE) == [(Result.REMARK, Status.VALID)]


def test_validity_is_that_on_the_day_of_signing():
    day = a.BEGIN.date()
    early = s.seal(signed=day - timedelta(1))
    invalid(Status.EXPIRED_CERTIFICATE, early)
    assert verify(s.seal(signed=day)).outcome is Outcome.VALID
    by = s.signer(end=a.SIGNED)
    late = s.seal(by=by, signed=a.SIGNED.date() + timedelta(1))
    invalid(Status.EXPIRED_CERTIFICATE, late, s.trust(by))
    good = verify(s.seal(by=by, signed=a.SIGNED.date()), s.trust(by))
    ends(good, Outcome.VALID, Status.VALID)
    assert (Result.REMARK, Status.EXPIRED_CERTIFICATE) in s.statuses(good, Step.VALIDITY)


def test_signed_on_a_day_to_come():
    invalid(Status.EXPIRED_CERTIFICATE, on=s.SIGNED - timedelta(1))
    assert verify(on=s.SIGNED).outcome is Outcome.VALID


def test_revoked():
    revoked = s.trust(lists=[s.CSCA.revocation_list(0x5B)])
    invalid(Status.REVOKED_CERTIFICATE, trust=revoked)
    without = verify(trust=s.trust(lists=[]))
    ends(without, Outcome.VALID, Status.VALID)
    assert s.statuses(without, Step.REVOCATION) == [(Result.REMARK, Status.VALID)]


def test_country():
    elsewhere = s.seal(issuer="KAZ")
    invalid(Status.UNTRUSTED_CERTIFICATE, elsewhere)
    also = {s.certificate().fingerprint: ["KAZ"]}
    assert verify(elsewhere, s.trust(also_for=also)).outcome is Outcome.VALID
    invalid(Status.UNTRUSTED_CERTIFICATE, s.seal(issuer="UZB"), s.trust(also_for=also))
    not_verifiable(Status.UNTRUSTED_CERTIFICATE, s.seal(issuer="QQQ"))


def test_an_authority_of_another_state():
    foreign = a.Authority(country="KZ")
    by = s.signer(issuer=foreign, country="UT")
    said = verify(s.seal(by=by), s.trust(by, anchors=[foreign]))
    ends(said, Outcome.INVALID, Status.UNTRUSTED_CERTIFICATE)


def test_invalid_signature():
    invalid(Status.INVALID_SIGNATURE, GOOD[:-1] + bytes([GOOD[-1] ^ 1]))
    zeros = GOOD[:-64] + bytes(64)
    invalid(Status.INVALID_SIGNATURE, zeros)
    short = GOOD[:-65] + b"\x3e" + GOOD[-64:-2]
    invalid(Status.INVALID_SIGNATURE, short)
    padded = GOOD[:-65] + b"\x41" + GOOD[-64:-32] + b"\x00" + GOOD[-32:]
    invalid(Status.INVALID_SIGNATURE, padded)


def test_the_visa_and_its_zone():
    zone = s.zone(s.VISA_B)
    assert verify(document=zone).outcome is Outcome.VALID
    other = (s.VISA_B[0].replace("ANNA", "ANNE"), s.VISA_B[1])
    invalid(Status.SEAL_VISA_MISMATCH, document=s.zone(other))
    broken = (s.VISA_B[0], s.VISA_B[1].replace("9612109", "9612108"))
    invalid(Status.INVALID_VISA_MRZ, document=s.zone(broken))
    invalid(Status.INVALID_VISA_MRZ, document=s.zone(s.PASSPORT))
    invalid(Status.INVALID_VISA_MRZ, document=s.zone("nothing"))


def test_the_visa_and_the_passport():
    assert verify(passport=s.zone(s.PASSPORT)).outcome is Outcome.VALID
    other = s.seal(values={**s.VISA_VALUES, "passport_number": "X98723021"})
    invalid(Status.SEAL_PASSPORT_MISMATCH, other, passport=s.zone(s.PASSPORT))
    broken = (s.PASSPORT[0], "L898902C37" + s.PASSPORT[1][10:])
    invalid(Status.INVALID_PASSPORT_MRZ, passport=s.zone(broken))


def test_another_document_and_its_zone():
    octets = s.seal(s.EMERGENCY)
    assert verify(octets, document=s.zone(s.CARD)).outcome is Outcome.VALID
    other = (s.CARD[0].replace("ANNA", "ANNE"), s.CARD[1])
    invalid(Status.SEAL_DOCUMENT_MISMATCH, octets, document=s.zone(other))
    invalid(Status.INVALID_DOCUMENT_MRZ, octets, document=s.zone("nothing"))


def test_a_stamp_holds_no_zone_of_its_own():
    said = verify(s.seal(STAMP), document=s.zone(s.CARD))
    ends(said, Outcome.VALID, Status.VALID)
    assert s.statuses(said, Step.DOCUMENT) == [(Result.NOT_DONE, Status.VALID)]


def test_what_speaks_against_it_goes_before_what_is_lacking():
    other = (s.VISA_B[0].replace("ANNA", "ANNE"), s.VISA_B[1])
    said = verify(trust=SealTrust(), document=s.zone(other))
    ends(said, Outcome.INVALID, Status.SEAL_VISA_MISMATCH)


def test_a_link_certificate_leads_to_the_anchor():
    old = a.Authority(number=3)
    link = read_certificate(s.CSCA.certificate(by=old))
    anchor = read_certificate(old.certificate())
    trust = SealTrust(Trust([anchor], links=[link]), signers=[s.certificate()])
    said = verify(trust=trust)
    assert said.outcome is Outcome.VALID
    assert len(said.path) == 3


def test_version_3_too():
    assert verify(s.seal(VISA, version=3)).outcome is Outcome.VALID


def test_the_day_is_the_callers():
    assert verify(on=date(2090, 1, 1)).outcome is Outcome.VALID


@pytest.mark.parametrize("version", [3, 4])
@pytest.mark.parametrize(("name", "lines"), [("mrz_a", s.VISA_A), ("mrz_b", s.VISA_B)])
def test_the_visas_of_doc_9303_7_are_sealed_printed_read_and_verified(name, lines, version):
    values = {name: "\n".join(lines), "entries": 2, "stay": s.STAY, "passport_number": "L898902C3"}
    printed = write_image(s.seal(values=values, version=version), Symbol.DATAMATRIX, scale=4)
    octets = read_image(printed).octets
    signer = replace(s.signer(), reference="0005B") if version == 3 else s.signer()
    trust = s.trust(signer)
    visa, passport = s.zone(lines), s.zone(s.PASSPORT)
    said = verify(octets, trust, document=visa, passport=passport)
    ends(said, Outcome.VALID, Status.VALID)
    assert said.seal.values["stay"].days == 90
    assert said.seal.values["entries"] == 2
    for row, at in ((0, 5), (1, 0), (1, 22)):
        line = lines[row][:at] + ("B" if lines[row][at] != "B" else "C") + lines[row][at + 1 :]
        changed = s.zone((line, lines[1]) if row == 0 else (lines[0], line))
        said = verify(octets, trust, document=changed, passport=passport)
        assert said.outcome is Outcome.INVALID
        assert said.status in (Status.SEAL_VISA_MISMATCH, Status.INVALID_VISA_MRZ)
    stranger = s.zone((s.PASSPORT[0], s.PASSPORT[1].replace("L898902C36", "L898902C44")))
    said = verify(octets, trust, document=visa, passport=stranger)
    assert said.outcome is Outcome.INVALID
