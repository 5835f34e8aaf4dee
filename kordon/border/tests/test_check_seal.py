"""A seal at the first line: verified by whom this node believes, told in words of officers."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from kordon.border import commands, queries, scratch
from kordon.border.facts import Decision, Identity, ReferralReason
from kordon.border.models import Check, SealVerification
from kordon.border.rules.refusals import CheckNotFound, MustRefer, TextTooLong
from kordon.border.rules.seal import FAILURES, UNTRUSTED, SealPresented, looks_like_seal
from kordon.border.tests import seals as given
from kordon.border.tests.chips import CSCA, believe, chip
from kordon.border.tests.conftest import zone
from kordon.border.words.findings import TEXTS
from kordon.border.words.seal import STEPS
from kordon.journal.models import PersonalRead
from kordon.journal.rebuilding import digests, rebuild
from kordon.lib.traveldocs.seal import EMERGENCY, STAMP, Status, Step
from kordon.lib.traveldocs.seal.tests import specimens as s
from kordon.trust.commands import approve_change, offer_revocation_list
from kordon.trust.models import Version


def found(made):
    return {one.code: one for one in made.fact.findings if one.source == "seal"}


def said(made):
    return SealVerification.objects.get(check_uuid=made.pk).said


def source(made):
    return next(one for one in made.fact.sources if one.source == "seal")


def test_a_seal_that_fits_visa_and_passport_is_fine_and_says_by_which_trust(check):
    given.believe_all()
    made = check(seal=given.seal(zone=given.visa_zone()))
    assert list(found(made)) == ["seal_valid"]
    version = Version.objects.order_by("-number").first()
    assert source(made).lists[0].name == f"trust 2 {version.digest}"
    it = said(made)
    assert (it["outcome"], it["status"], it["trust_version"]) == ("VALID", "VALID", 2)
    assert it["trust_digest"] == version.digest
    named = [it[name] for name in ("build", "seal_kind", "issuer", "signer", "reference")]
    assert named == ["VDS", "VISA", "UTO", "UTTS", "5B"]
    assert [one["number"] for one in it["steps"]] == sorted(one["number"] for one in it["steps"])
    assert {(one["against"], one["same"]) for one in it["compared"]} == {
        ("DOCUMENT", "SAME"),
        ("PASSPORT", "SAME"),
    }
    assert len(it["path"]) == 2


def test_nothing_of_a_seal_that_fits_is_in_the_journal(check):
    given.believe_all()
    it = said(check(seal=given.seal(zone=given.visa_zone())))
    assert "ERIKSSON" not in str(it)
    assert "V1234567" not in str(it)
    assert len(it["digest"]) == 64


def test_without_a_seal_everything_is_as_before(check):
    given.believe_all()
    made = check()
    assert found(made) == {}
    assert (source(made).state, source(made).why) == ("not_applicable", "no_seal")
    assert not SealVerification.objects.exists()


def test_where_only_the_passport_was_read_the_officer_compares_the_visa(check):
    given.believe_all()
    made = check(seal=given.seal())
    assert list(found(made)) == ["seal_paper_unread", "seal_valid"]
    assert found(made)["seal_paper_unread"].level == "note"


def test_a_seal_that_nobody_compared_asks_for_a_look(check):
    given.believe_all()
    typed = Identity(issuer="UTO", number="L898902C3", surname="ERIKSSON")
    made = check(mrz="", typed=typed, seal=given.seal())
    it = found(made)["seal_not_compared"]
    assert (it.level, it.advice) == ("look", "compare_seal")


def test_a_misread_zone_of_the_passport_is_no_flaw_of_the_seal(check):
    given.believe_all()
    first, second = zone().split("\n")
    misread = f"{first}\n{second[:43]}{9 - int(second[43])}"
    made = check(mrz=misread, seal=given.seal(zone=given.visa_zone()))
    assert list(found(made)) == ["seal_valid"]
    assert "zone_wrong" in {one.code for one in made.fact.findings}


@pytest.mark.parametrize("believed, code", [
    ((), "seal_no_store"),
    ((believe,), "seal_no_signer"),
    ((given.believe_signer,), "seal_no_authority"),
])  # fmt: skip
def test_without_trust_it_is_not_verifiable_and_stops_nobody(cross, believed, code):
    for each in believed:
        each()
    row = cross(seal=given.seal())
    assert row.status == "admitted"
    (made,) = Check.objects.all()
    assert [(one.code, one.level) for one in found(made).values()] == [(code, "note")]
    assert said(made)["outcome"] == "NOT_VERIFIABLE"


def test_with_an_empty_store_the_source_did_not_answer(check):
    made = check(seal=given.seal())
    assert (source(made).state, source(made).why) == ("not_connected", "no_trust")


def test_a_changed_seal_goes_to_second_line_and_is_never_refused_here(check, ada):
    given.believe_all()
    made = check(seal=given.changed())
    it = found(made)["seal_changed"]
    assert (it.level, it.advice) == ("stop", "second_line")
    with pytest.raises(MustRefer):
        commands.record_crossing(
            by=ada, crossing=uuid4(), check=made.pk, decision=Decision.ADMIT, reasons=()
        )
    view = queries.first_line_view(made)
    assert view["reasons_to_refer"] == [ReferralReason.DOCUMENT_DOUBT]


def test_a_seal_of_another_passport(check):
    given.believe_all()
    made = check(seal=given.seal(passport_number="X7654321"))
    it = found(made)["seal_other_passport"]
    assert (it.level, it.params["fields"]) == ("stop", "number")
    different = [one for one in said(made)["compared"] if one["same"] == "DIFFERENT"]
    assert [(one["field"], one["in_seal"], one["in_zone"]) for one in different] == [
        ("number", "X7654321", "L898902C3")
    ]


def test_a_seal_without_trust_that_belongs_to_another_passport_stops_all_the_same(check):
    made = check(seal=given.seal(passport_number="X7654321"))
    assert list(found(made)) == ["seal_other_passport"]


def test_a_seal_that_was_copied_from_another_visa(check):
    given.believe_all()
    made = check(seal=given.seal(zone=given.visa_zone(number="V7654321")))
    assert found(made)["seal_paper_differs"].params["fields"] == "number"


def test_a_visa_whose_zone_does_not_hold(check):
    given.believe_all()
    wrong = given.visa_zone().replace("V1234567", "V1234568")
    it = found(check(seal=given.seal(zone=wrong)))
    assert (it["seal_paper_wrong"].level, it["seal_paper_wrong"].advice) == ("stop", "read_again")


def test_a_revoked_signer(check, ada, ben):
    given.believe_all()
    file = ("x.crl", CSCA.revocation_list(0x5B))
    change = offer_revocation_list(by=ada, change=uuid4(), file=file)
    approve_change(by=ben, change=change.id)
    assert found(check(seal=given.seal()))["seal_revoked"].level == "stop"


@pytest.mark.parametrize("changes, code", [
    ({"signed": date(2099, 1, 1)}, "seal_not_then"),
    ({"issuer": "KGZ"}, "seal_other_state"),
])  # fmt: skip
def test_a_signer_who_had_no_right(check, changes, code):
    given.believe_all()
    octets = s.seal(values={**s.VISA_VALUES}, **changes)
    assert found(check(seal=SealPresented(octets=octets)))[code].level == "stop"


def test_the_zone_of_an_emergency_document_is_compared_as_its_own(check):
    given.believe_all()
    paper = given.emergency_zone()
    made = check(mrz=paper, seal=given.seal(kind=EMERGENCY, mrz=paper))
    assert list(found(made)) == ["seal_valid"]
    other = given.emergency_zone(number="E7654321")
    made = check(mrz=paper, seal=given.seal(kind=EMERGENCY, mrz=other))
    assert "seal_paper_differs" in found(made)


def test_a_visa_that_was_scanned_itself_is_compared_as_the_paper(check):
    given.believe_all()
    made = check(mrz=given.visa_zone(), seal=given.seal())
    assert "seal_valid" in found(made)
    made = check(mrz=given.visa_zone(number="V7654321"), seal=given.seal())
    assert "seal_paper_differs" in found(made)


def test_a_stamp_is_compared_with_the_passport(check):
    given.believe_all()
    stamp = SealPresented(octets=s.seal(STAMP, values=s.STAMP_VALUES))
    assert list(found(check(seal=stamp))) == ["seal_valid"]
    stamp = SealPresented(octets=s.seal(STAMP, values=s.STAMP_VALUES | {"nationality": "XXX"}))
    assert found(check(seal=stamp))["seal_other_passport"].params["fields"] == "nationality"


def test_chip_and_seal_are_verified_beside_each_other(check):
    given.believe_all()
    made = check(chip=chip(), seal=given.seal(zone=given.visa_zone()))
    codes = [one.code for one in made.fact.findings if one.source in {"chip", "seal"}]
    assert codes == ["chip_verified", "seal_valid"]


@pytest.mark.parametrize("octets", [
    b"", b"x", b"\xdc", b"\xdc\x09", b"{", b"{}", b"[" * 9999, bytes(5000), b"\xdc\x03" + bytes(90)
])  # fmt: skip
def test_whatever_the_octets_the_check_is_made(check, octets):
    made = check(seal=SealPresented(octets=octets))
    assert found(made)
    assert said(made)["status"] in {"WRONG_FORMAT", "UNKNOWN_CERTIFICATE"}


def test_a_version_to_come_is_not_verifiable(check):
    given.believe_all()
    made = check(seal=SealPresented(octets=b"\xdc\x09" + bytes(60)))
    assert [one.level for one in found(made).values()] == ["note"]


def test_a_zone_that_is_too_long_is_refused(check):
    with pytest.raises(TextTooLong):
        check(seal=SealPresented(octets=b"\xdc", zone="V" * 1001))


def test_what_looks_like_a_seal():
    assert looks_like_seal(given.octets())
    assert looks_like_seal(b' {"data": 1}')
    assert not looks_like_seal(b"https://example.org")
    assert not looks_like_seal(b"")
    assert not looks_like_seal(b"{" + bytes(32 * 1024))


def test_every_code_has_its_words():
    codes = {*FAILURES.values(), *UNTRUSTED.values()}
    assert codes <= set(TEXTS)
    assert {str(step) for step in Step} == set(STEPS)
    fine = {Status.VALID, Status.READ_ERROR, Status.UNKNOWN_CERTIFICATE}
    assert set(Status) - set(FAILURES) - fine == {
        Status.UNTRUSTED_CERTIFICATE,
        Status.INVALID_PASSPORT_MRZ,
    }


def test_rebuilt_from_the_journal_it_is_the_same(check):
    given.believe_all()
    check(seal=given.seal())
    before = digests()
    rebuild()
    assert digests() == before


def test_the_protocol_is_read_at_ones_own_post_and_logged(check, ada):
    given.believe_all()
    made = check(seal=given.seal())
    it = queries.get_seal_protocol(by=ada, check=made.pk)
    assert (it["outcome"], it["document"]["number"]) == ("VALID", "L898902C3")
    (line,) = PersonalRead.objects.filter(query="border.get_seal_protocol")
    assert line.about == [f"check:{made.pk}"]
    for by, which in ((ada, uuid4()), (elsewhere(ada), made.pk)):
        with pytest.raises(CheckNotFound):
            queries.get_seal_protocol(by=by, check=which)


def elsewhere(actor):
    return replace(actor, post="SOUTH")


def test_a_seal_goes_after_a_day(ada, north):
    reading = uuid4()
    it = given.seal(zone=given.visa_zone())
    row = scratch.put_reading(reading=reading, by=ada, booth="1", mrz="", chip=None, seal=it)
    assert scratch.seal_of(scratch.find_reading(reading=reading, by=ada)[0]) == it
    assert scratch.find_reading(reading=reading, by=ada)[1] is None
    scratch.clear_readings(row.at + scratch.RAW_FOR * 1.01)
    assert scratch.ChipReading.objects.get().seal
    scratch.clear_readings(row.at + scratch.PORTRAITS_FOR * 1.01)
    assert not scratch.ChipReading.objects.exists()
