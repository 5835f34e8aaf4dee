"""A chip at the first line: verified by whom this node believes, told in an officer's words."""

from uuid import uuid4

import pytest

from kordon.border import commands, queries, scratch
from kordon.border.facts import Decision, ReferralReason
from kordon.border.models import Check, ChipVerification
from kordon.border.portraits import portrait_of, redraw
from kordon.border.rules.chip import ChipPresented
from kordon.border.rules.refusals import CheckNotFound, MustRefer
from kordon.border.tests.chips import CSCA, believe, chip, files, image, tampered
from kordon.border.tests.conftest import zone
from kordon.journal.models import PersonalRead
from kordon.journal.rebuilding import digests, rebuild
from kordon.lib.traveldocs.chip import ChipFiles
from kordon.lib.traveldocs.chip.tests import authority as a
from kordon.lib.traveldocs.chip.tests.test_genuine import (
    CHALLENGE,
    OTHER_CHALLENGE,
    answer_rsa,
)
from kordon.trust.commands import approve_change, offer_revocation_list
from kordon.trust.models import Version


def found(made):
    return {one.code: one for one in made.fact.findings if one.source == "chip"}


def source(made):
    return next(one for one in made.fact.sources if one.source == "chip")


def test_a_verified_chip_is_fine_and_says_by_which_trust(check):
    believe()
    made = check(chip=chip())
    assert list(found(made)) == ["chip_verified"]
    version = Version.objects.get()
    asked = source(made)
    assert (asked.state, asked.as_of) == ("answered", version.as_of)
    assert asked.lists[0].name == f"trust 1 {version.digest}"
    said = ChipVerification.objects.get(check_uuid=made.pk).said
    assert (said["outcome"], said["trust_version"]) == ("VERIFIED", 1)
    assert said["trust_digest"] == version.digest
    assert [one["number"] for one in said["steps"]] == sorted(
        one["number"] for one in said["steps"]
    )
    assert len(said["path"]) == 2


def test_nothing_of_what_stood_in_the_chip_is_in_the_journal(check):
    believe()
    made = check(chip=chip())
    said = ChipVerification.objects.get(check_uuid=made.pk).said
    assert sorted(said["digests"]) == ["DG1", "DG2"]
    assert all(len(digest) == 64 for digest in said["digests"].values())
    assert "ERIKSSON" not in str(said)


def test_without_a_chip_everything_is_as_before(check):
    believe()
    made = check()
    assert found(made) == {}
    assert (source(made).state, source(made).why) == ("not_connected", "no_reader")
    assert not ChipVerification.objects.exists()


def test_an_authority_nobody_trusts_is_not_verifiable_and_stops_nobody(cross):
    believe(a.Authority(number=2, country="XX"))
    row = cross(chip=chip())
    assert row.status == "admitted"
    (made,) = Check.objects.all()
    assert found(made)["chip_no_authority"].level == "note"


def test_with_an_empty_store_the_source_did_not_answer(check):
    made = check(chip=chip())
    assert list(found(made)) == ["chip_no_store"]
    assert (source(made).state, source(made).why) == ("not_connected", "no_trust")


def test_a_changed_chip_goes_to_second_line_and_is_never_refused_here(check, ada):
    believe()
    made = check(chip=tampered())
    said = found(made)["chip_changed"]
    assert (said.level, said.advice, said.params["files"]) == ("stop", "second_line", "DG2")
    with pytest.raises(MustRefer):
        commands.record_crossing(
            by=ada, crossing=uuid4(), check=made.pk, decision=Decision.ADMIT, reasons=()
        )
    view = queries.first_line_view(made)
    assert view["reasons_to_refer"] == [ReferralReason.DOCUMENT_DOUBT]


def test_a_chip_that_says_otherwise_than_the_page(check):
    believe()
    made = check(chip=chip(mrz=zone(number="X7654321")))
    assert found(made)["chip_zone_differs"].level == "stop"


def test_a_revoked_signer(check, ada, ben):
    believe()
    file = ("x.crl", CSCA.revocation_list(CSCA.signer().serial))
    change = offer_revocation_list(by=ada, change=uuid4(), file=file)
    approve_change(by=ben, change=change.id)
    assert found(check(chip=chip()))["chip_revoked"].level == "stop"


def test_a_chip_that_another_state_signed(check):
    other = a.Authority(country="XX", number=2)
    believe(other)
    assert found(check(chip=chip(authority=other)))["chip_other_state"].level == "stop"


def test_a_signature_that_does_not_hold(check):
    believe()
    broken = files().sod[:-4] + bytes(4)
    said = found(check(chip=ChipPresented(files=ChipFiles(sod=broken))))["chip_failed"]
    assert (said.level, said.params["codes"]) == ("stop", "SOD_SIG_INVALID")


@pytest.mark.parametrize("asked, level, code", [
    (CHALLENGE, "fine", "chip_genuine"), (OTHER_CHALLENGE, "stop", "chip_copied"),
])  # fmt: skip
def test_a_chip_that_answers_and_one_that_was_copied(check, asked, level, code):
    believe()
    key = a.RSA.pair(5)
    it = files(more={15: a.tlv(0x6F, a.RSA.public(key))})
    made = check(chip=ChipPresented(files=it, active=(CHALLENGE, answer_rsa(key, asked))))
    assert found(made)[code].level == level
    said = ChipVerification.objects.get(check_uuid=made.pk).said
    assert said["answers"][0]["protocol"] == "active"


def test_an_answer_without_a_key_tells_nothing(check):
    believe()
    made = check(chip=ChipPresented(files=files(), active=(bytes(8), b"no answer")))
    assert list(found(made)) == ["chip_verified"]
    said = ChipVerification.objects.get(check_uuid=made.pk).said
    assert said["answers"][0]["code"] == "AA_NO_KEY"


def test_a_chip_alone_is_checked_by_its_own_zone(check):
    believe()
    made = check(mrz="", chip=chip())
    assert made.fact.identity.number == "L898902C3"
    assert found(made)["chip_gives_zone"].advice == "compare_page"
    steps = ChipVerification.objects.get(check_uuid=made.pk).said["steps"]
    assert [one["result"] for one in steps if one["step"] == "ZONE"] == ["NOT_DONE"]


def test_whatever_the_octets_the_check_is_made(check):
    for sod in (None, b"", b"\x77\x00", bytes(100)):
        made = check(chip=ChipPresented(files=ChipFiles(sod=sod, groups={1: b"x", 2: b"y"})))
        assert found(made)


def test_rebuilt_from_the_journal_it_is_the_same(check):
    believe()
    check(chip=chip())
    before = digests()
    rebuild()
    assert digests() == before


@pytest.mark.parametrize("kind", ["JPEG", "JPEG2000"])
def test_the_portrait_of_the_chip_is_drawn_as_jpeg(kind):
    drawn = portrait_of(files(picture=image(kind)))
    assert drawn[:3] == b"\xff\xd8\xff"


@pytest.mark.parametrize(
    "content", [b"", b"x", image()[:200], image(size=(4000, 2000)), bytes(3 * 1024 * 1024)]
)
def test_what_is_no_portrait_or_too_large_is_none(content):
    assert redraw(content) is None or len(content) == 200


def test_reading_a_portrait_is_logged_and_only_at_ones_post(check, ada):
    made = check(chip=chip())
    reading = uuid4()
    scratch.put_reading(reading=reading, by=ada, booth="1", mrz="", chip=chip())
    scratch.tie_reading(reading=reading, check=made.pk)
    content = queries.get_chip_portrait(by=ada, check=made.pk, which="chip")
    assert content[:3] == b"\xff\xd8\xff"
    (line,) = PersonalRead.objects.filter(query="border.get_chip_portrait")
    assert line.about == [f"portrait:{made.pk}"]
    for wrong in ({"which": "page"}, {"check": uuid4()}):
        with pytest.raises(CheckNotFound):
            queries.get_chip_portrait(by=ada, **({"check": made.pk, "which": "chip"} | wrong))


def test_files_go_after_fifteen_minutes_and_portraits_after_a_day(ada, north):
    reading = uuid4()
    row = scratch.put_reading(reading=reading, by=ada, booth="1", mrz="", chip=chip())
    assert scratch.find_reading(reading=reading, by=ada) is not None
    scratch.clear_readings(row.at + scratch.RAW_FOR * 1.01)
    assert scratch.find_reading(reading=reading, by=ada) is None
    assert scratch.ChipReading.objects.get().portrait
    scratch.clear_readings(row.at + scratch.PORTRAITS_FOR * 1.01)
    assert not scratch.ChipReading.objects.exists()


def test_what_was_laid_down_comes_back_as_it_was(ada, north):
    it = ChipPresented(files=files(), active=(bytes(8), b"answer"))
    reading = uuid4()
    scratch.put_reading(reading=reading, by=ada, booth="1", mrz=zone(), chip=it)
    assert scratch.find_reading(reading=reading, by=ada)[1] == it
