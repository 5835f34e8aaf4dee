"""The pages of the second line: what they show, what they ask, and that a no loses nothing."""

import re
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from kordon.border.facts import Finding, Level, ReferralReason, Source
from kordon.border.models import Crossing, Inspection, PossibleMatch
from kordon.border.tests.conftest import zone
from kordon.border.tests.people import browser  # noqa: F401  (a fixture)
from kordon.border.views import inspection_page
from kordon.watchlist.particulars import Category

HTMX = {"HX-Request": "true"}
PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)
QUEUE = "/second-line/"


@pytest.fixture
def cal(browser):  # noqa: F811
    return browser("Cal", "second_line_officer")


@pytest.fixture
def dan(browser):  # noqa: F811
    """The second officer."""
    return browser("Dan", "second_line_officer")


def page(row):
    return reverse("border:inspection", args=[row.pk])


def send(client, row, name, told=None, **which):
    return client.post(reverse(f"border:{name}", kwargs={"crossing": row.pk, **which}), told or {})


def text(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


@pytest.fixture
def begun(refer, cal):
    """A traveller whose inspection Cal leads."""

    def make(**more):
        row = refer(**more)
        assert send(cal, row, "begin").status_code == 302
        return row

    return make


def propose(client, row, **told):
    return send(client, row, "propose", {"proposal": uuid4(), "statement": ""} | told)


def decide(client, row, **told):
    seen = {"proposal": Inspection.objects.get(pk=row.pk).proposal}
    return send(client, row, "conclude", seen | told)


def test_an_empty_queue_teaches(cal):
    assert "No one is waiting in second line" in text(cal.get(QUEUE))


def test_the_queue_shows_who_waits_and_why(cal, refer):
    refer()
    seen = text(cal.get(QUEUE))
    assert "ERIKSSON ANNA MARIA" in seen
    assert "Doubt about the document" in seen


def test_the_queue_is_asked_for_by_itself(cal, refer):
    refer()
    part = cal.get(QUEUE, headers=HTMX).content.decode()
    assert "ERIKSSON" in part
    assert "<html" not in part


def test_a_first_line_officer_does_not_see_it(browser, refer):  # noqa: F811
    row = refer()
    first = browser("Fay", "first_line_officer")
    assert first.get(QUEUE).status_code == 403
    assert first.get(page(row)).status_code == 403


def test_a_traveller_who_is_not_there_is_not_found(cal):
    assert cal.get(reverse("border:inspection", args=[uuid4()])).status_code == 404
    assert cal.post(reverse("border:begin", args=[uuid4()])).status_code == 404


def test_beginning_opens_the_work(cal, refer):
    row = refer()
    before = text(cal.get(page(row)))
    assert "Begin the inspection" in before
    assert "Asked and said" not in before
    send(cal, row, "begin")
    after = text(cal.get(page(row)))
    assert "You lead this inspection." in after
    assert "Asked and said" in after
    assert "Begin the inspection" not in after


def test_who_comes_second_is_told_who_began(begun, dan):
    row = begun()
    answer = send(dan, row, "begin")
    assert answer.status_code == 409
    assert "Another officer has begun this inspection." in text(answer)
    assert "Cal leads this inspection" in text(answer)


def test_another_officer_takes_over(begun, dan):
    row = begun()
    send(dan, row, "take_over", {"reason": "End of shift."})
    assert Inspection.objects.get(pk=row.pk).inspector_name == "Dan"


def test_a_note_is_kept_and_shown(begun, cal):
    row = begun()
    answer = send(
        cal, row, "note", {"note": uuid4(), "text": "Visits <her> aunt.", "language": "Kyrgyz"}
    )
    assert answer["Location"] == f"{page(row)}#interviews"
    seen = cal.get(page(row)).content.decode()
    assert "Visits &lt;her&gt; aunt." in seen
    assert "Kyrgyz" in seen


def test_a_note_sent_twice_is_one(begun, cal):
    row, told = begun(), {"note": uuid4(), "text": "Once."}
    send(cal, row, "note", told)
    assert send(cal, row, "note", told).status_code == 302
    assert row.notes.count() == 1


def test_an_empty_note_keeps_the_rest_of_what_was_typed(begun, cal):
    answer = send(cal, begun(), "note", {"note": uuid4(), "text": "", "interpreter": "Mr Teller"})
    assert answer.status_code == 422
    assert "Mr Teller" in answer.content.decode()
    assert "autofocus" in answer.content.decode()


def test_a_note_that_comes_too_late_is_shown_again(begun, cal, dan):
    row = begun()
    propose(cal, row, outcome="admit")
    answer = send(dan, row, "note", {"note": uuid4(), "text": "What I had half written."})
    assert answer.status_code == 409
    assert "What I had half written." in text(answer)
    assert "A conclusion waits for the second officer." in text(answer)


def photo(content=PNG, name="page.png"):
    return SimpleUploadedFile(name, content)


def test_a_photo_is_kept_and_shown(begun, cal):
    row = begun()
    send(cal, row, "add_photo", {"evidence": uuid4(), "photo": photo(), "caption": "Page 2"})
    (kept,) = row.evidence.all()
    answer = cal.get(reverse("border:photo", args=[row.pk, kept.pk]))
    assert (answer["Content-Type"], answer.content) == ("image/png", PNG)
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert 'alt="Page 2"' in cal.get(page(row)).content.decode()


@pytest.mark.parametrize(
    "content, why",
    [
        (PNG + bytes(8 * 1024 * 1024), "8 MB at most"),
        (b"<svg onload=alert(1)>", "Only JPEG, PNG and WebP photos are kept."),
        (b"", "empty"),
    ],
    ids=["too large", "no photo", "empty"],
)
def test_what_is_no_photo_is_refused_and_its_caption_kept(begun, cal, content, why):
    row = begun()
    told = {"evidence": uuid4(), "photo": photo(content), "caption": "Stamp on page 3"}
    answer = send(cal, row, "add_photo", told)
    assert answer.status_code == 422
    assert why in text(answer)
    assert "Stamp on page 3" in answer.content.decode()
    assert row.evidence.count() == 0


def test_a_finding_names_the_post_as_people_do():
    params = {"post": "NORTH", "at": "2026-08-12T10:00:00+00:00"}
    found = Finding(
        code="referral_open", level=Level.STOP, source=Source.EARLIER_CROSSINGS, params=params
    )
    view = SimpleNamespace(check=SimpleNamespace(fact=SimpleNamespace(findings=[found])))
    (said,) = inspection_page.findings_of(view, {"NORTH": "North road post"})
    assert said.text.startswith("Referred at North road post,")


def judge(client, row, judgement="confirmed", reason="Scar on the left hand."):
    match = PossibleMatch.objects.get(check_uuid=row.check_uuid)
    return send(client, row, "judge", {"judgement": judgement, "reason": reason}, match=match.pk)


def test_a_match_is_shown_beside_the_document_and_judged(begun, cal, alert):
    alert()
    row = begun()
    seen = text(cal.get(page(row)))
    assert "In the document" in seen
    assert "Refuse entry once confirmed" in seen
    judge(cal, row)
    assert "Confirmed: the same · Cal Scar on the left hand." in text(cal.get(page(row)))


def test_a_judgement_without_reason_keeps_the_choice(begun, cal, alert):
    alert()
    answer = judge(cal, begun(), "cannot_tell", reason="")
    assert answer.status_code == 422
    assert re.search(r'value="cannot_tell"[^>]*checked', answer.content.decode())


def test_a_discreet_match_is_not_on_the_page(begun, cal, alert):
    alert(Category.DISCREET_CHECK)
    row = begun()
    assert "In the document" not in text(cal.get(page(row)))


def test_the_commander_judges_but_writes_no_note(begun, browser, alert):  # noqa: F811
    alert()
    row = begun()
    seen = text(browser("Kim", "shift_commander").get(page(row)))
    assert "What you compared" in seen
    assert "Asked and said" not in seen


def test_the_flag_blocks_refusal_and_says_why(begun, cal):
    row = begun()
    send(cal, row, "protect", {"words": "They will arrest me."})
    assert "Protection flag: cannot be refused" in text(cal.get(page(row)))
    answer = propose(cal, row, outcome="refuse", ground_C="on", said_C="No visa was shown.")
    assert answer.status_code == 409
    assert "Nobody may refuse entry before the protection authority has decided." in text(answer)


def test_a_refusal_without_proof_names_the_ground_and_keeps_all(begun, cal):
    answer = propose(
        cal, begun(), outcome="refuse", ground_H="on", said_H="Banned.", statement="See file 7."
    )
    seen = answer.content.decode()
    assert answer.status_code == 422
    assert "Ground H" in text(answer)
    assert "Banned." in seen
    assert "See file 7." in seen
    assert re.search(r'name="ground_H"[^>]*checked', seen)


def test_grounds_of_another_choice_are_left_out(begun, cal):
    row = begun()
    propose(cal, row, outcome="admit", ground_C="on", said_C="No visa.")
    assert Inspection.objects.get(pk=row.pk).grounds == []


def test_one_proposes_a_ground_with_its_proof_and_another_concludes(begun, cal, dan, alert):
    alert()
    row = begun()
    judge(cal, row)
    match = PossibleMatch.objects.get(check_uuid=row.check_uuid).pk
    assert propose(cal, row, outcome="refuse", ground_H="on", proof_H=match).status_code == 302
    seen = text(dan.get(page(row)))
    assert "Proposed: Refuse" in seen
    assert "I agree: conclude" in seen
    assert decide(dan, row).status_code == 302
    row.refresh_from_db()
    assert row.status == Crossing.Status.REFUSED


def test_an_interview_proves_and_so_does_a_photo(begun, cal):
    row, note, evidence = begun(), uuid4(), uuid4()
    send(cal, row, "note", {"note": note, "text": "Could not say whom she visits."})
    send(cal, row, "add_photo", {"evidence": evidence, "photo": photo(), "caption": "Page 2"})
    told = {"ground_E": "on", "proof_E": note, "ground_B": "on", "proof_B": evidence}
    assert propose(cal, row, outcome="refuse", **told).status_code == 302
    assert len(Inspection.objects.get(pk=row.pk).grounds) == 2


def test_who_proposed_cannot_agree(begun, cal):
    row = begun()
    propose(cal, row, outcome="admit")
    assert "I agree: conclude" not in text(cal.get(page(row)))
    answer = decide(cal, row)
    assert answer.status_code == 409
    assert "Another officer must do this: four eyes." in text(answer)
    row.refresh_from_db()
    assert row.status == Crossing.Status.IN_INSPECTION


def test_what_no_longer_stands_is_not_agreed_to(begun, cal, dan):
    row = begun()
    propose(cal, row, outcome="admit")
    for told in ({"proposal": uuid4()}, {"proposal": "x"}):
        answer = decide(dan, row, **told)
        assert answer.status_code in {409, 422}
        assert "The proposal you saw no longer stands." in text(answer)


def test_a_returned_proposal_opens_the_work_again(begun, cal, dan):
    row = begun()
    propose(cal, row, outcome="admit")
    proposal = Inspection.objects.get(pk=row.pk).proposal
    refused = send(dan, row, "give_back", {"proposal": proposal, "reason": ""})
    assert refused.status_code == 422
    send(dan, row, "give_back", {"proposal": proposal, "reason": "Ask her again."})
    seen = text(cal.get(page(row)))
    assert "Ask her again." in seen
    assert "How it should end" in seen


def test_a_hand_over_asks_to_whom(begun, cal):
    row = begun()
    answer = propose(cal, row, outcome="hand_over", statement="Fever.")
    assert "Say to whom the traveller is handed over." in text(answer)
    assert propose(
        cal, row, outcome="hand_over", statement="Fever.", receiver="health"
    ).status_code == 302  # fmt: skip


def test_earlier_crossings_come_beside_the_page_or_in_it(cross, begun, cal):
    cross(mrz=zone())
    row = begun(reasons=(ReferralReason.RANDOM,))
    where = reverse("border:earlier", args=[row.pk])
    part, whole = cal.get(where, headers=HTMX), cal.get(where)
    assert "Admitted" in text(part)
    assert "<html" not in part.content.decode()
    assert "Admitted" in text(whole)
    assert "How it should end" in text(whole)


def test_every_id_of_the_page_is_there_once(begun, cal, dan, alert):
    alert()
    row = begun()
    pages = [cal.get(page(row)), judge(cal, row, reason="")]
    judge(cal, row)
    propose(cal, row, outcome="refuse", ground_C="on", said_C="No visa.")
    pages.append(dan.get(page(row)))
    decide(dan, row)
    pages.append(dan.get(page(row)))
    for answer in pages:
        ids = re.findall(r'\bid="([^"]+)"', answer.content.decode())
        assert sorted(ids) == sorted(set(ids))
