"""Seals on the pages: a picture or octets handed in, what a reader read, the second line."""

import json
from base64 import b64encode
from dataclasses import replace
from io import BytesIO
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from conftest import officer
from kordon.border import api, barcodes, commands, decoding, scratch
from kordon.border.facts import Decision, ReferralReason
from kordon.border.models import Check, SealVerification
from kordon.border.rules.refusals import NotSeal
from kordon.border.tests import seals as given
from kordon.border.tests.conftest import zone
from kordon.border.tests.test_chip_pages import hand_in, text, uploads
from kordon.border.views import chip as chip_page
from kordon.border.views import first_line, seal_protocol
from kordon.border.views import seal as page
from kordon.border.views.second_line import inspection
from kordon.journal.refusal import NotPermitted
from kordon.lib.traveldocs.seal.images import Symbol, write_image
from kordon.node import reader as simulator


def picture(octets=None, symbol=Symbol.DATAMATRIX):
    return SimpleUploadedFile("visa.png", write_image(octets or given.octets(), symbol))


def asked(**more):
    return {"direction": "entry", "mrz": zone(), "seal_zone": given.visa_zone()} | more


@pytest.mark.parametrize("symbol", list(Symbol))
def test_from_a_picture_to_the_card(ask, symbol):
    given.believe_all()
    drawn = text(ask(page.hand_in, asked(image=picture(symbol=symbol))))
    for words in (
        "The seal is genuine",
        "Valid",
        "V V1234567",
        "90 days",
        "Paper: 9 of 9 fields the same",
    ):
        assert words in drawn


def test_from_octets_as_readers_type_them(ask):
    given.believe_all()
    octets = given.octets()
    russian = octets.hex().upper().translate(str.maketrans("ABCDEF", "ФИСВУА"))
    for typed in (octets.hex(), octets.hex(" ").upper(), b64encode(octets).decode(), russian):
        assert "The seal is genuine" in text(ask(page.hand_in, asked(octets=typed)))


@pytest.fixture
def opened(rf, at_desk, settings):
    """Open the form of seals, as a whole page unless htmx asks."""
    settings.KORDON_STRIP = []

    def get(address, **headers):
        request = rf.get(address, **headers)
        request.actor, request.session = at_desk, {}
        return page.hand_in(request)

    return get


def test_to_a_document_checked_before_with_all_that_was_said_of_it(ask, opened):
    given.believe_all()
    told = {"check": uuid4(), "direction": "exit", "mrz": zone(), "plate": "01 KG 777"}
    ask(first_line.check, told | {"surname": "ERIKSSEN", "typing": "yes"})
    (first,) = Check.objects.all()
    form = text(opened(f"/?of={first.pk}"))
    assert "For ERIKSSEN, L898902C3" in form
    assert f'name="of" value="{first.pk}"' in form
    told = {"of": first.pk, "direction": "entry", "image": picture()}
    drawn = text(ask(page.hand_in, told))
    assert "The seal is genuine" in drawn
    again = Check.objects.exclude(pk=first.pk).get().fact
    assert (again.direction, again.plate) == ("exit", first.fact.plate)
    assert again.identity == first.fact.identity
    assert again.corrections == first.fact.corrections


def test_chip_and_seal_come_together_and_stay_together(ask):
    given.believe_all()
    ask(chip_page.hand_in, {"chip": uploads(), "direction": "entry", "mrz": zone()})
    (first,) = Check.objects.all()
    drawn = text(ask(page.hand_in, {"of": first.pk, "direction": "entry", "image": picture()}))
    for words in ("The chip is genuine", "The seal is genuine", "/portrait/chip/"):
        assert words in drawn
    second = Check.objects.exclude(pk=first.pk).get()
    form = text(ask(first_line.correct, check=second.pk))
    reading = scratch.ChipReading.objects.get().pk
    assert f'name="chip" value="{reading}"' in form
    told = {"check": uuid4(), "direction": "entry", "mrz": zone(), "chip": reading}
    drawn = text(ask(first_line.check, told | {"surname": "ERIKSSEN", "typing": "yes"}))
    assert "The seal is genuine" in drawn
    assert SealVerification.objects.count() == 2


@pytest.mark.parametrize("wrong, words", [
    ({}, "Choose a picture of the seal"),
    ({"octets": "https://example.org"}, "This bar code is no seal"),
    ({"octets": "DC", "image": "picture"}, "Choose a picture of the seal"),
    ({"image": SimpleUploadedFile("x.png", b"no picture")}, "no picture that can be read"),
    ({"octets": "dc" * 9, "mrz": ""}, "Too little to ask about"),
    ({"octets": "dc" * 9, "mrz": "x" * 1001}, "at most 1000"),
])  # fmt: skip
def test_what_cannot_be_is_said_and_nothing_is_checked(ask, wrong, words):
    if wrong.get("image") == "picture":
        wrong = wrong | {"image": picture()}
    assert words in text(ask(page.hand_in, asked(**wrong)), 422)
    assert not Check.objects.exists()


def test_the_picture_tells_why_there_is_no_seal():
    empty = BytesIO()
    Image.new("L", (90, 90), 255).save(empty, "PNG")
    two = Image.new("L", (1400, 700), 255)
    for at in (0, 700):
        two.paste(Image.open(BytesIO(write_image(given.octets(), scale=4))), (at, 0))
    pair = BytesIO()
    two.save(pair, "PNG")
    for content, why in (
        (empty.getvalue(), "no_code"),
        (pair.getvalue(), "several"),
        (write_image(b"https://example.org", Symbol.QR), "other"),
        (b"", "no_image"),
        (bytes(barcodes.LARGEST_IMAGE + 1), "too_large"),
    ):
        with pytest.raises(NotSeal, match=why):
            barcodes.find_seal(content)


def test_a_picture_that_takes_too_long_is_given_up(monkeypatch):
    monkeypatch.setattr(barcodes, "FINDER", "import time; time.sleep(60)")
    monkeypatch.setattr(barcodes, "PATIENCE_S", 0.2)
    with pytest.raises(NotSeal, match="too_long"):
        barcodes.find_seal(b"picture")


def test_a_decoder_that_wants_too_much_memory_is_stopped():
    greedy = f"""
try:
    bytearray({2 * decoding.MEMORY})
except MemoryError:
    print("stopped")
"""
    told = decoding.decode(greedy, b"", patience=30, gate=barcodes.AT_ONCE)
    assert told == b"stopped\n"


def test_who_may_not_sit_at_the_first_line_hands_nothing_in(ask, ada):
    with pytest.raises(NotPermitted):
        ask(page.hand_in, asked(image=picture()), by=officer("Dag", 9, lacking="border.first_line"))


def test_without_javascript_it_is_a_whole_page(opened):
    drawn = text(opened("/"))
    assert "<html" in drawn
    assert 'enctype="multipart/form-data"' in drawn


def test_what_the_reader_read_is_taken_up_with_its_seal(ask, reader):
    given.believe_all()
    told = {"files": {}, "seal": b64encode(given.octets()).decode()}
    assert hand_in(reader, seal_zone=given.visa_zone(), **told).status_code == 200
    (row,) = scratch.ChipReading.objects.all()
    drawn = text(ask(chip_page.take_up, {"direction": "entry"}, reading=row.pk))
    assert "The seal is genuine" in drawn
    assert "The chip" not in drawn


@pytest.mark.parametrize(
    "changes, code",
    [
        ({"seal": "%%%"}, "bad_reading"),
        ({"seal": b64encode(b"https://example.org").decode()}, "not_a_seal"),
        ({"seal": "3A" * 40_000}, "invalid"),
        ({"seal": "3AMx", "seal_zone": "x" * 1001}, "invalid"),
        ({"seal": "3AMx", "seal_zone": "\u0000"}, "bad_character"),
    ],
)
def test_what_is_no_seal_is_refused_with_a_code(reader, changes, code):
    answer = hand_in(reader, **changes)
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert not scratch.ChipReading.objects.exists()


def test_a_gate_checks_the_seal_it_handed_in(ada, reader, north):
    given.believe_all()
    reading = uuid4()
    hand_in(reader, reading, booth="", seal=b64encode(given.octets()).decode())
    presented = {"check": str(uuid4()), "direction": "entry", "reading": str(reading)}
    said = api.check_traveller(SimpleNamespace(actor=ada), api.CheckIn(**presented))
    assert {"seal_valid", "seal_paper_unread"} <= {one["code"] for one in said["findings"]}


@pytest.mark.parametrize("packed", ["picture", "octets", "digits"])
@pytest.mark.django_db(transaction=True)
def test_the_simulator_plays_a_recorded_seal(live_server, reader, ask, tmp_path, packed, capsys):
    given.believe_all()
    octets = given.octets()
    name, content = {
        "picture": ("seal.png", write_image(octets)),
        "octets": ("seal.bin", octets),
        "digits": ("seal.hex", octets.hex(" ").encode()),
    }[packed]
    (tmp_path / name).write_bytes(content)
    (tmp_path / "mrz.txt").write_text(zone())
    (tmp_path / "seal.txt").write_text(given.visa_zone())
    words = [str(tmp_path), "--booth", "1", "--to", live_server.url, "--token", reader]
    simulator.main(["simulate", *words])
    assert "handed in at 1" in capsys.readouterr().out
    (row,) = scratch.ChipReading.objects.all()
    assert scratch.seal_of(row).octets == octets
    assert "The seal is genuine" in text(
        ask(chip_page.take_up, {"direction": "entry"}, reading=row.pk)
    )


@pytest.fixture
def referred(ada, ask):
    """A traveller whose visa bears the seal of another passport, in the second line."""
    given.believe_all()
    ask(page.hand_in, asked(image=picture(given.octets(passport_number="X7654321"))))
    crossing = uuid4()
    commands.record_crossing(
        by=ada,
        crossing=crossing,
        check=Check.objects.get().pk,
        decision=Decision.REFER,
        reasons=(ReferralReason.DOCUMENT_DOUBT,),
    )
    return crossing


def test_the_second_line_sees_every_step_and_what_differs(ask, ben, referred):
    drawn = text(ask(inspection, by=ben, crossing=referred))
    for words in ("Seal: Failed", "SEAL_PASSPORT_MISMATCH", "Trust store, version 2", "X7654321"):
        assert words in drawn
    assert "90 days" in drawn
    scratch.ChipReading.objects.all().delete()
    later = text(ask(inspection, by=ben, crossing=referred))
    assert "90 days" not in later
    assert "X7654321" in later


def test_the_protocol_is_given_as_json_and_as_pdf(ask, ben, referred):
    said = json.loads(ask(seal_protocol.as_json, by=ben, crossing=referred).content)
    assert (said["outcome"], said["status"]) == ("INVALID", "SEAL_PASSPORT_MISMATCH")
    assert (said["trust_version"], said["document"]["number"]) == (2, "L898902C3")
    answer = ask(seal_protocol.as_pdf, by=ben, crossing=referred)
    assert answer.content[:5] == b"%PDF-"


def test_the_protocol_needs_its_right(ask, referred):
    lacking = officer("Dag", 9, lacking="border.get_seal_protocol")
    for view in (seal_protocol.as_json, seal_protocol.as_pdf):
        with pytest.raises(NotPermitted):
            ask(view, by=lacking, crossing=referred)
    assert "seal.json" not in text(
        ask(inspection, by=replace(lacking, post="NORTH"), crossing=referred)
    )
