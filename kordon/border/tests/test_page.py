"""A picture of the page at the booth: what is sure is checked, what is not the officer sees."""

import io
import json
from base64 import b64encode
from datetime import date, timedelta
from functools import cache
from types import SimpleNamespace
from uuid import uuid4

import numpy as np
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from conftest import officer
from kordon.border import api, pictures, scratch
from kordon.border.facts import Level
from kordon.border.models import Check
from kordon.border.rules.page import PageSeen, about_page, presented_by
from kordon.border.rules.refusals import IdentityIncomplete, NotPage, Unreadable
from kordon.border.tests.chips import files
from kordon.border.tests.conftest import codes, zone
from kordon.border.tests.test_chip_pages import hand_in, text, uploads
from kordon.border.views import chip as chip_page
from kordon.border.views import first_line, page
from kordon.journal.refusal import NotPermitted
from kordon.lib.traveldocs import read_mrz
from kordon.lib.traveldocs.page import read_page
from kordon.lib.traveldocs.page.training.pages import draw_page
from kordon.node import reader as simulator

ON = date.today()


@pytest.fixture(autouse=True)
def patience(monkeypatch):
    """On a machine that tests share with others a page may take longer than at a booth."""
    monkeypatch.setattr(pictures, "PATIENCE_S", 120.0)


@cache
def drawn():
    """A page whose document is in force, with the lines that stand on it."""
    for seed in range(1, 60):
        made = draw_page(np.random.default_rng(seed), "scan")
        reading = read_mrz(made.lines, on=ON)
        in_force = reading.expiry and str(reading.expiry) > (ON + timedelta(days=60)).isoformat()
        if str(reading.format) == "TD3" and in_force:
            return made.file, "\n".join(made.lines)
    raise AssertionError("no page of a passport in force was drawn")


@cache
def covered():
    """The same with something laid over the document number."""
    file, _ = drawn()
    seen = pictures.read_picture(file, on=ON)
    image = Image.open(io.BytesIO(file)).convert("RGB")
    corners = read_page(file, on=ON).corners
    (x0, y0), (x1, _) = corners[3], corners[2]
    place = [x0 + (x1 - x0) * 2.2 / 44, y0 - 40, x0 + (x1 - x0) * 4.2 / 44, y0 + 12]
    ImageDraw.Draw(image).rectangle(place, fill=(150, 110, 90))
    assert seen.outcome == "READ"
    written = io.BytesIO()
    image.save(written, "PNG")
    return written.getvalue()


def upload(content, name="page.png"):
    return {"image": SimpleUploadedFile(name, content), "direction": "entry"}


def test_a_page_that_is_read_is_checked_at_once(ask, north):
    file, lines = drawn()
    answer = text(ask(page.hand_in, upload(file)))
    (made,) = Check.objects.all()
    assert made.fact.mrz == lines
    assert "The zone was read from a picture of the page." in answer
    assert f"/checks/{made.pk}/portrait/page/" in answer
    assert "page_portrait" not in codes(made)


def test_a_doubt_is_shown_and_nothing_is_checked_before_the_officer_confirms(ask, north):
    _, lines = drawn()
    answer = text(ask(page.hand_in, upload(covered())))
    assert not Check.objects.exists()
    assert "could not be read without doubt" in answer
    assert "<mark>" in answer
    assert "Line 2, character" in answer
    assert "data:image/jpeg;base64," in answer
    row = scratch.ChipReading.objects.get()
    told = {"check": uuid4(), "direction": "entry", "mrz": lines, "chip": row.pk}
    drawn_again = text(ask(first_line.check, told | {"confirming": "yes"}))
    (made,) = Check.objects.all()
    assert "zone_confirmed" in codes(made)
    assert "confirmed by the officer" in drawn_again
    assert "/portrait/page/" in drawn_again


def test_lines_that_are_no_zone_are_shown_again_as_corrected(ask, north):
    ask(page.hand_in, upload(covered()))
    row = scratch.ChipReading.objects.get()
    told = {"check": uuid4(), "direction": "entry", "mrz": "NONSENSE", "chip": row.pk}
    answer = text(ask(first_line.check, told | {"confirming": "yes"}), 422)
    assert "NONSENSE" in answer
    assert "data:image/jpeg" in answer
    assert not Check.objects.exists()


def white():
    written = io.BytesIO()
    Image.new("RGB", (900, 600), "white").save(written, "PNG")
    return written.getvalue()


@pytest.mark.parametrize(
    "content, words",
    [
        (white(), "No machine-readable zone was found."),
        (b"GIF89a", "JPEG or PNG"),
        (b"\xff\xd8\xff" + bytes(100), "no picture that can be read"),
        (b"\x89PNG\r\n\x1a\n" + bytes(8 * 1024 * 1024), "too large"),
    ],
)
def test_what_cannot_be_read_is_told_with_what_to_do_next(ask, north, content, words):
    assert words in text(ask(page.hand_in, upload(content)), 422)
    assert not Check.objects.exists()
    assert not scratch.ChipReading.objects.exists()


def test_a_picture_that_takes_too_long_is_given_up(monkeypatch):
    monkeypatch.setattr(pictures, "PATIENCE_S", 0.01)
    with pytest.raises(NotPage, match="too_long"):
        pictures.read_picture(drawn()[0], on=ON)


def test_a_format_that_readers_do_not_send_is_not_decoded():
    written = io.BytesIO()
    Image.open(io.BytesIO(drawn()[0])).save(written, "TIFF")
    with pytest.raises(NotPage, match="no_image"):
        pictures.read_picture(written.getvalue(), on=ON)


def test_a_tiny_file_with_many_pixels_is_refused():
    written = io.BytesIO()
    Image.new("L", (12_000, 12_000)).save(written, "PNG")
    with pytest.raises(NotPage, match="too_large"):
        pictures.read_picture(written.getvalue(), on=ON)


def test_it_needs_the_first_line(ask, north):
    with pytest.raises(NotPermitted):
        ask(page.hand_in, by=officer("Dag", 9, lacking="border.first_line"))


def test_the_picture_is_not_kept_and_the_rest_no_longer_than_the_chip_s(ask, north):
    ask(page.hand_in, upload(covered()))
    row = scratch.ChipReading.objects.get()
    kept = [bytes(value) for value in vars(row).values() if isinstance(value, bytes | memoryview)]
    assert covered() not in kept
    assert row.page_portrait
    assert row.zone_picture
    assert row.page
    scratch.clear_readings(row.at + timedelta(minutes=16))
    row.refresh_from_db()
    assert (row.zone_picture, row.page) == (None, None)
    assert row.page_portrait
    scratch.clear_readings(row.at + timedelta(days=1, minutes=1))
    assert not scratch.ChipReading.objects.exists()


def b64(content):
    return b64encode(content).decode()


def test_the_reader_hands_in_a_picture_and_its_zone_is_checked(ask, reader):
    file, lines = drawn()
    assert hand_in(reader, mrz="", files={}, page=b64(file)).status_code == 200
    (row,) = scratch.ChipReading.objects.all()
    assert row.mrz == lines
    answer = text(ask(chip_page.take_up, {"direction": "entry"}, reading=row.pk))
    (made,) = Check.objects.all()
    assert {"zone_from_picture"} <= set(codes(made))
    assert "chip_not_read" not in codes(made)
    assert "/portrait/page/" in answer


def test_what_the_reader_s_picture_leaves_in_doubt_is_put_to_the_officer(ask, reader):
    assert hand_in(reader, mrz="", files={}, page=b64(covered())).status_code == 200
    (row,) = scratch.ChipReading.objects.all()
    assert row.mrz == ""
    answer = text(ask(chip_page.take_up, {"direction": "entry"}, reading=row.pk))
    assert "could not be read without doubt" in answer
    assert not Check.objects.exists()
    assert ask(chip_page.arrived).status_code == 204


def test_confirmed_beside_a_chip_it_is_the_printed_zone(ask, reader):
    it = files()
    named = {"SOD": b64(it.sod), "DG1": b64(it.groups[1])}
    assert hand_in(reader, mrz="", files=named, page=b64(covered())).status_code == 200
    (row,) = scratch.ChipReading.objects.all()
    told = {"check": uuid4(), "direction": "entry", "mrz": drawn()[1], "chip": row.pk}
    ask(first_line.check, told | {"confirming": "yes"})
    (made,) = Check.objects.all()
    assert "chip_gives_zone" not in codes(made)
    assert "cross_number" in codes(made)


def test_of_a_picture_beside_a_zone_only_the_portrait_is_used(ask, reader):
    assert hand_in(reader, mrz=zone(), files={}, page=b64(drawn()[0])).status_code == 200
    (row,) = scratch.ChipReading.objects.all()
    text(ask(chip_page.take_up, {"direction": "entry"}, reading=row.pk))
    (made,) = Check.objects.all()
    assert made.fact.identity.number == "L898902C3"
    assert {"page_portrait"} <= set(codes(made))


def test_a_picture_without_a_zone_and_nothing_else_is_no_document(ask, reader):
    assert hand_in(reader, mrz="", files={}, page=b64(white())).status_code == 200
    (row,) = scratch.ChipReading.objects.all()
    answer = text(ask(chip_page.take_up, {"direction": "entry"}, reading=row.pk), 422)
    assert "No machine-readable zone was found." in answer


def test_a_reading_that_is_no_number_breaks_nothing(ask, north):
    told = {"check": str(uuid4()), "chip": "-" * 36, "direction": "entry", "mrz": zone()}
    answer = ask(first_line.check, told | {"confirming": "yes"})
    assert answer.status_code == 422


def test_a_picture_that_is_none_is_refused_with_a_code(reader):
    answer = hand_in(reader, page=b64(b"GIF89a"))
    assert (answer.status_code, answer.json()["code"]) == (422, "not_a_page")
    assert not scratch.ChipReading.objects.exists()


def seen(outcome, doubts=(), changes=()):
    return PageSeen(
        outcome=outcome, lines=tuple(zone().split("\n")), doubts=doubts, changes=changes
    )


def test_only_what_is_sure_is_a_zone_by_itself():
    assert seen("READ").mrz == zone()
    assert (seen("REPAIRED").mrz, seen("NOT_READ").mrz) == ("", "")


def test_a_repair_is_named_although_it_was_confirmed():
    said = seen("REPAIRED", changes=((2, 3, "O", "0", "number"),)).said()
    it = presented_by(said, zone())
    assert it is not None
    (told,) = about_page(it)
    assert (told.code, told.level, told.params) == (
        "zone_confirmed", Level.NOTE, {"fields": "number"},
    )  # fmt: skip


def test_another_zone_than_the_picture_s_is_not_said_to_come_from_it():
    other = presented_by(seen("READ").said(), zone(number="X7654321"))
    assert other is not None
    assert other.gave == "page_portrait"


@pytest.mark.django_db(transaction=True)
def test_the_simulator_plays_a_picture(live_server, reader, ask, tmp_path, capsys):
    file, lines = drawn()
    (tmp_path / "page.jpg").write_bytes(file)
    words = [str(tmp_path), "--booth", "1", "--to", live_server.url, "--token", reader, "--json"]
    simulator.main(["simulate", *words])
    assert json.loads(capsys.readouterr().out)["page"] is True
    assert scratch.ChipReading.objects.get().mrz == lines


def test_a_gate_is_given_no_zone_in_doubt(ada, reader):
    reading = uuid4()
    sent = hand_in(reader, reading, booth="", mrz="", files={}, page=b64(covered()))
    assert sent.status_code == 200
    told = {"check": str(uuid4()), "direction": "entry", "reading": str(reading)}
    with pytest.raises((Unreadable, IdentityIncomplete)):
        api.check_traveller(SimpleNamespace(actor=ada), api.CheckIn(**told))
    assert not Check.objects.exists()


def test_files_of_a_chip_and_a_picture_are_handed_in_together(ask, north):
    told = {"chip": uploads(), "direction": "entry"}
    told["page"] = SimpleUploadedFile("page.jpg", drawn()[0])
    answer = text(ask(chip_page.hand_in, told))
    assert answer.count("/portrait/") == 2
    (made,) = Check.objects.all()
    assert "chip_gives_zone" not in codes(made)
    assert "cross_number" in codes(made)


def test_files_of_a_chip_wait_for_a_picture_in_doubt(ask, north):
    told = {"chip": uploads(), "direction": "entry"}
    told["page"] = SimpleUploadedFile("page.png", covered())
    assert "could not be read without doubt" in text(ask(chip_page.hand_in, told))
    assert not Check.objects.exists()
