"""The refusal in writing: complete in every language, printed, recorded as given."""

import re
import shutil
import subprocess
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.urls import reverse

from kordon.border import notices
from kordon.border.facts import Ground
from kordon.border.tests.people import browser  # noqa: F401  (a fixture)
from kordon.border.tests.test_second_line_pages import begun, cal, dan, decide, propose  # noqa: F401
from kordon.journal import files

REFUSAL = notices.Refusal(
    at=datetime(2026, 8, 12, 9, 30, tzinfo=UTC),
    reference="2026-08-12/NORTH/7",
    authority="Border Service",
    post="North Gate",
    refused_at="12.08.2026 14:30",
    officer="Cal",
    second_officer="Dan",
    surname="ERIKSSON",
    given_names="ANNA MARIA",
    birth="12 Aug 1974",
    sex="F",
    nationality="Utopia",
    document="P UTO L898902C3",
    grounds=tuple((ground.value, "Seen by both officers. #[x]") for ground in Ground),
    appeal="Court of the North, within ten days.",
)
LANGUAGES = sorted(notices.texts())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_of_every_language_are_complete(language):
    office, told = notices.texts()[notices.OFFICE_LANGUAGE], notices.texts()[language]
    assert set(office) - set(told) == set()
    assert sorted(told["grounds"]) == sorted(ground.value for ground in Ground)
    assert len(told["rights"]) == len(office["rights"])
    assert all(told[name] for name in office)


def test_what_no_lawyer_has_read_says_that_it_is_a_draft():
    named = notices.languages()
    drafts = {code for code, text in notices.texts().items() if text.get("draft")}
    assert all("·" in named[code] for code in drafts)
    assert {"en", "ru"}.isdisjoint(drafts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_written_in_every_language(language):
    assert notices.write_refusal(REFUSAL, language).startswith(b"%PDF-")


def test_it_is_the_same_to_the_byte_when_written_again():
    assert notices.write_refusal(REFUSAL, "en") == notices.write_refusal(REFUSAL, "en")


def test_a_language_without_words_is_given_in_english():
    assert notices.write_refusal(REFUSAL, "xx") == notices.write_refusal(REFUSAL, "en")


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="no pdftotext on this machine")
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_everything_in_both_languages(language):
    pdf = notices.write_refusal(REFUSAL, language)
    read = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True)
    said = " ".join(read.stdout.decode().split())
    texts = notices.texts()
    for told in (texts["ru"], texts["en" if language == "ru" else language]):
        assert told["title"] in said
        assert told["refused_to_sign"] in said
    for value in ("ERIKSSON", "ANNA MARIA", "P UTO L898902C3", "Court of the North", "#[x]"):
        assert value in said


@pytest.fixture
def refused(begun, cal, dan):  # noqa: F811
    row = begun()
    propose(cal, row, outcome="refuse", ground_C="on", said_C="No visa was shown.")
    decide(dan, row)
    return row


def test_a_refusal_is_printed(refused, cal):  # noqa: F811
    answer = cal.get(reverse("border:notice", args=[refused.pk]), {"language": "en"})
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")


def test_what_was_not_refused_is_not_printed(begun, cal):  # noqa: F811
    answer = cal.get(reverse("border:notice", args=[begun().pk]))
    assert answer.status_code == 409


def test_giving_it_is_recorded_with_what_was_printed(refused, cal):  # noqa: F811
    told = {"notice": uuid4(), "language": "en", "signature": "refused_to_sign"}
    where = reverse("border:give_notice", args=[refused.pk])
    assert cal.post(where, told).status_code == 302
    cal.post(where, told)
    (kept,) = refused.notices.all()
    printed = cal.get(reverse("border:notice", args=[refused.pk]), {"language": "en"}).content
    assert files.read_kept(kept.file) == printed
    page = cal.get(reverse("border:inspection", args=[refused.pk])).content.decode()
    assert re.search(r"<li>[^<]* · en · ", page)
