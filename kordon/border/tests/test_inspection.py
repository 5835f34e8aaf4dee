"""The second line: inspecting, judging, concluding with four eyes."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from conftest import officer
from kordon.border import commands
from kordon.border.facts import (
    Decision,
    Ground,
    GroundStated,
    Judgement,
    Outcome,
    Receiver,
    ReferralReason,
    Signature,
)
from kordon.border.queries import get_evidence, get_inspection, list_booth_states, list_waiting
from kordon.border.rules import refusals as no
from kordon.border.rules.inspecting import Proposal
from kordon.border.tests.conftest import long_ago, zone
from kordon.journal.models import Entry

PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)
ADMIT = Proposal(outcome=Outcome.ADMIT)
CAL = officer("Cal", 4, booth="")


def refuse(ground=Ground.NO_VISA, **more):
    stated = GroundStated(ground=ground, **({"statement": "No visa was shown."} | more))
    return Proposal(outcome=Outcome.REFUSE, grounds=(stated,))


@pytest.fixture
def propose(ben):
    def make(row, conclusion=ADMIT, by=ben):
        proposal = uuid4()
        commands.propose_conclusion(
            by=by, crossing=row.id, proposal=proposal, conclusion=conclusion
        )
        return proposal

    return make


@pytest.fixture
def conclude(propose):
    """Ben proposes, Cal agrees."""

    def make(row, conclusion=ADMIT):
        return commands.conclude_inspection(
            by=CAL, crossing=row.id, proposal=propose(row, conclusion)
        )

    return make


def test_referred_travellers_wait_with_a_clock(ben, refer):
    row = refer()
    (waiting,) = list_waiting(by=ben)
    assert (waiting.crossing, waiting.inspection) == (row, None)
    assert waiting.clock.state == "running"
    assert list_waiting(by=officer("Far", 5, post="SOUTH")) == []


def test_the_clock_alarms_and_escalates_as_the_post_says(ben, refer):
    row = refer()
    long_ago(row, minutes=61)
    assert list_waiting(by=ben)[0].clock.state == "alarm"
    long_ago(row, minutes=121)
    assert list_waiting(by=ben)[0].clock.state == "escalated"
    commands.set_inspection_clock(by=ben, post="NORTH", alarm_minutes=180, escalation_minutes=240)
    assert list_waiting(by=ben)[0].clock.state == "running"


def test_a_clock_that_cannot_be_is_refused(ben, north):
    with pytest.raises(no.ClockImpossible):
        commands.set_inspection_clock(by=ben, post="NORTH", alarm_minutes=90, escalation_minutes=60)


def test_an_inspection_is_begun_once(ben, refer):
    row = refer()
    begun = commands.begin_inspection(by=ben, crossing=row.id)
    assert begun.inspector == ben.id
    commands.begin_inspection(by=ben, crossing=row.id)
    assert Entry.objects.filter(kind="border.inspection_begun.v1").count() == 1
    with pytest.raises(no.AlreadyBegun):
        commands.begin_inspection(by=CAL, crossing=row.id)


def test_an_admitted_traveller_is_not_inspected(ben, cross):
    with pytest.raises(no.NotReferred):
        commands.begin_inspection(by=ben, crossing=cross().id)


def test_nor_one_at_another_post(refer):
    with pytest.raises(no.CrossingNotFound):
        commands.begin_inspection(by=officer("Far", 5, post="SOUTH"), crossing=refer().id)


def test_another_officer_takes_over_with_a_reason(inspected):
    row = inspected()
    with pytest.raises(no.ReasonRequired):
        commands.take_over_inspection(by=CAL, crossing=row.id, reason=" ")
    taken = commands.take_over_inspection(by=CAL, crossing=row.id, reason="End of shift.")
    assert taken.inspector == CAL.id


def test_an_interview_is_noted_once(ben, inspected):
    row, note = inspected(), uuid4()
    for text in ("Visits her aunt.", "Sent again."):
        commands.note_interview(by=ben, crossing=row.id, note=note, text=text, language="ky")
    (kept,) = get_inspection(by=ben, crossing=row.id).notes
    assert kept.text == "Visits her aunt."


def test_an_empty_note_is_none(ben, inspected):
    with pytest.raises(no.StatementRequired):
        commands.note_interview(by=ben, crossing=inspected().id, note=uuid4(), text=" ")


def test_a_novel_is_no_note(ben, inspected):
    with pytest.raises(no.TextTooLong):
        commands.note_interview(by=ben, crossing=inspected().id, note=uuid4(), text="x" * 10_001)


def test_notes_need_an_inspection(ben, refer):
    with pytest.raises(no.NotInInspection):
        commands.note_interview(by=ben, crossing=refer().id, note=uuid4(), text="Early.")


def add_photo(by, row, content=PNG):
    return commands.add_evidence(
        by=by, crossing=row.id, evidence=uuid4(), content=content, caption="Page 2"
    )


def test_a_photo_is_kept_as_it_is(ben, inspected):
    row = inspected()
    kept = add_photo(ben, row)
    assert get_evidence(by=ben, evidence=kept.id) == ("image/png", PNG)
    with pytest.raises(no.CrossingNotFound):
        get_evidence(by=officer("Far", 5, post="SOUTH"), evidence=kept.id)


def test_what_is_no_photo_is_not_kept(ben, inspected):
    with pytest.raises(no.PhotoUnknown):
        add_photo(ben, inspected(), b"<svg onload=alert(1)>")


def test_nor_is_a_huge_one(ben, inspected):
    with pytest.raises(no.PhotoTooLarge):
        add_photo(ben, inspected(), PNG + bytes(8 * 1024 * 1024))


def judge(by, row, judgement, reason="Scar on the left hand."):
    (seen,) = get_inspection(by=by, crossing=row.id).matches
    return commands.judge_match(
        by=by, crossing=row.id, match=seen.row.id, judgement=judgement, reason=reason
    )


def test_a_match_is_judged_and_judged_anew(ben, alert, inspected):
    alert()
    row = inspected()
    assert judge(ben, row, Judgement.CANNOT_TELL).judgement == "cannot_tell"
    judged = judge(ben, row, Judgement.CONFIRMED)
    assert (judged.judgement, judged.judged_by) == ("confirmed", ben.id)


def test_a_judgement_needs_its_reason(ben, alert, inspected):
    alert()
    with pytest.raises(no.ReasonRequired):
        judge(ben, inspected(), Judgement.CONFIRMED, reason="")


def test_a_match_of_another_traveller_is_not_judged(ben, alert, inspected):
    alert()
    row = inspected()
    other = inspected(mrz=zone(number="N2", surname="OTHER"))
    (seen,) = get_inspection(by=ben, crossing=row.id).matches
    with pytest.raises(no.MatchNotFound):
        commands.judge_match(
            by=ben,
            crossing=other.id,
            match=seen.row.id,
            judgement=Judgement.NOT_SAME,
            reason="No.",
        )


def test_one_proposes_another_concludes(ben, inspected, conclude):
    row = inspected()
    assert conclude(row).status == "admitted"
    view = get_inspection(by=ben, crossing=row.id)
    assert [step.deed for step in view.steps] == ["begun", "proposed", "concluded"]
    assert (view.inspection.proposed_by, view.inspection.concluded_by) == (ben.id, CAL.id)
    assert list_waiting(by=ben) == []


def test_it_needs_another_officer(ben, inspected, propose):
    row = inspected()
    proposal = propose(row)
    with pytest.raises(no.SameOfficer):
        commands.conclude_inspection(by=ben, crossing=row.id, proposal=proposal)


def test_who_referred_does_not_propose(ada, refer, propose):
    row = refer()
    commands.begin_inspection(by=ada, crossing=row.id)
    with pytest.raises(no.SameOfficer):
        propose(row, by=ada)


def test_only_the_inspecting_officer_proposes(inspected, propose):
    with pytest.raises(no.NotYourInspection):
        propose(inspected(), by=CAL)


def test_one_proposal_at_a_time(inspected, propose):
    row = inspected()
    propose(row)
    with pytest.raises(no.ConclusionProposedAlready):
        propose(row)


def test_what_the_second_officer_saw_must_still_stand(ben, inspected, propose):
    row = inspected()
    seen = propose(row)
    commands.return_conclusion(by=CAL, crossing=row.id, proposal=seen, reason="Ask her again.")
    propose(row, refuse())
    with pytest.raises(no.ProposalChanged):
        commands.conclude_inspection(by=CAL, crossing=row.id, proposal=seen)


def test_nothing_proposed_nothing_concluded(inspected):
    with pytest.raises(no.ProposalChanged):
        commands.conclude_inspection(by=CAL, crossing=inspected().id, proposal=uuid4())


def test_nobody_returns_what_they_proposed(ben, inspected, propose):
    row = inspected()
    proposal = propose(row)
    with pytest.raises(no.SameOfficer):
        commands.return_conclusion(by=ben, crossing=row.id, proposal=proposal, reason="Hm.")


def test_matches_are_judged_before_the_end(alert, inspected, propose):
    alert()
    with pytest.raises(no.MatchesNotJudged):
        propose(inspected())


def test_admitting_a_confirmed_match_needs_words(ben, alert, inspected, propose):
    alert()
    row = inspected()
    judge(ben, row, Judgement.CONFIRMED)
    with pytest.raises(no.StatementRequired):
        propose(row)
    propose(row, replace(ADMIT, statement="The ban was lifted by letter 7."))


def test_a_refusal_needs_a_ground(inspected, propose):
    with pytest.raises(no.StatementRequired):
        propose(inspected(), Proposal(outcome=Outcome.REFUSE))


@pytest.mark.parametrize("ground", list(Ground))
def test_no_ground_stands_without_its_proof(inspected, propose, ground):
    with pytest.raises(no.GroundUnproven, match=ground.value):
        propose(inspected(), refuse(ground, statement=""))


def test_a_false_document_is_proven_by_a_photo(ben, inspected, conclude):
    row = inspected()
    photo = add_photo(ben, row).id
    assert conclude(row, refuse(Ground.FALSE_DOCUMENT, evidence=(photo,))).status == "refused"


def test_a_photo_of_another_traveller_proves_nothing(ben, inspected, propose):
    photo = add_photo(ben, inspected()).id
    other = inspected(mrz=zone(number="N2", surname="OTHER"))
    with pytest.raises(no.GroundUnproven):
        propose(other, refuse(Ground.FALSE_DOCUMENT, evidence=(photo,)))


def test_an_unproven_purpose_is_proven_by_an_interview(ben, inspected, conclude):
    row, note = inspected(), uuid4()
    commands.note_interview(by=ben, crossing=row.id, note=note, text="Could not say.")
    assert conclude(row, refuse(Ground.PURPOSE_UNPROVEN, evidence=(note,))).status == "refused"


def test_an_alert_refuses_only_when_confirmed(ben, alert, inspected, propose, conclude):
    alert()
    row = inspected()
    match = get_inspection(by=ben, crossing=row.id).matches[0].row.id
    judge(ben, row, Judgement.CANNOT_TELL)
    with pytest.raises(no.GroundUnproven, match="H"):
        propose(row, refuse(Ground.ALERT, match=match))
    judge(ben, row, Judgement.CONFIRMED)
    assert conclude(row, refuse(Ground.ALERT, match=match)).status == "refused"


def test_a_hand_over_names_the_receiver_and_why(inspected, propose, conclude):
    row = inspected()
    with pytest.raises(no.ReceiverRequired):
        propose(row, Proposal(outcome=Outcome.HAND_OVER, statement="Ill."))
    with pytest.raises(no.StatementRequired):
        propose(row, Proposal(outcome=Outcome.HAND_OVER, receiver=Receiver.HEALTH))
    done = conclude(
        row, Proposal(outcome=Outcome.HAND_OVER, receiver=Receiver.HEALTH, statement="Fever.")
    )
    assert done.status == "handed_over"


def test_nobody_is_refused_who_fears_to_be_sent_back(ada, inspected, propose):
    row = inspected()
    commands.flag_protection(by=ada, crossing=row.id, words="They will arrest me.")
    with pytest.raises(no.ProtectionFlagged):
        propose(row, refuse())


def test_not_even_when_the_flag_comes_after_the_proposal(ada, inspected, propose):
    row = inspected()
    proposal = propose(row, refuse())
    commands.flag_protection(by=ada, crossing=row.id, words="They will arrest me.")
    with pytest.raises(no.ProtectionFlagged):
        commands.conclude_inspection(by=CAL, crossing=row.id, proposal=proposal)


def test_not_even_when_the_first_line_heard_it(ben, refer, propose):
    row = refer(reasons=(ReferralReason.FEARS_RETURN,))
    commands.begin_inspection(by=ben, crossing=row.id)
    with pytest.raises(no.ProtectionFlagged):
        propose(row, refuse())


def test_the_authority_clears_the_flag(ada, inspected, conclude):
    row = inspected()
    commands.flag_protection(by=ada, crossing=row.id, words="They will arrest me.")
    authority = officer("Pia", 11, post="", agency="PROTECTION")
    commands.clear_protection(
        by=authority, crossing=row.id, decision="P-12", statement="Heard; no risk found."
    )
    assert conclude(row, refuse()).status == "refused"
    with pytest.raises(no.ProtectionNotFlagged):
        commands.clear_protection(by=authority, crossing=row.id, decision="P", statement="x")


def test_only_a_refusal_is_given_in_writing(ben, inspected, conclude):
    def issue(row, notice):
        return commands.issue_notice(
            by=ben,
            crossing=row.id,
            notice=notice,
            language="ru",
            signature=Signature.REFUSED_TO_SIGN,
        )

    row, notice = inspected(), uuid4()
    with pytest.raises(no.NotRefused):
        issue(row, notice)
    conclude(row, refuse())
    assert issue(row, notice).signature == "refused_to_sign"
    issue(row, notice)
    assert len(get_inspection(by=ben, crossing=row.id).notices) == 1


def test_nothing_is_added_after_the_end(ben, inspected, conclude):
    row = inspected()
    conclude(row)
    with pytest.raises(no.NotInInspection):
        commands.note_interview(by=ben, crossing=row.id, note=uuid4(), text="Late.")


def test_the_clock_stands_still_after_the_end(ben, inspected, conclude):
    row = inspected()
    conclude(row)
    clock = get_inspection(by=ben, crossing=row.id).clock
    assert clock.waited < timezone.now() - row.at + timedelta(seconds=1)
    long_ago(row, minutes=30)
    assert get_inspection(by=ben, crossing=row.id).clock.state == "running"


def test_booths_are_shown_with_their_figures(ada, cross, refer):
    cross()
    refer(mrz=zone(number="N2", surname="OTHER"))
    first, second = list_booth_states(by=ada)
    assert (first.booth, first.lane, first.crossings, first.referred) == ("1", "A", 2, 1)
    assert (second.crossings, second.officer) == (0, None)


def test_the_first_line_alone_never_refuses():
    assert {one.value for one in Decision} == {"admit", "refer"}
