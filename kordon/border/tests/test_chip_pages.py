"""Chips on the pages: files handed in, what a reader read, the protocol in the second line."""

import json
from base64 import b64encode
from dataclasses import replace
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from conftest import officer
from kordon.border import api, commands, scratch
from kordon.border.facts import Decision, ReferralReason
from kordon.border.models import Check, ChipVerification
from kordon.border.rules.refusals import BadReading
from kordon.border.tests.chips import believe, files, image, tampered
from kordon.border.tests.conftest import zone
from kordon.border.views import chip as page
from kordon.border.views import chip_protocol, first_line
from kordon.border.views.second_line import inspection
from kordon.journal.refusal import NotPermitted
from kordon.node import reader as simulator


def uploads(it=None):
    it = it or files()
    named = {"EF_SOD.bin": it.sod, "EF_COM.bin": it.com}
    named |= {f"Datagroup{number}.bin": content for number, content in it.groups.items()}
    return [SimpleUploadedFile(name, content) for name, content in named.items()]


def text(answer, status=200):
    assert answer.status_code == status, answer.content.decode()
    return " ".join(answer.content.decode().split())


def test_files_are_handed_in_and_the_two_faces_lie_side_by_side(ask):
    believe()
    told = {"chip": uploads(), "direction": "entry", "mrz": zone()}
    told["portrait"] = SimpleUploadedFile("page.jpg", image())
    drawn = text(ask(page.hand_in, told))
    assert "unchanged" in drawn
    assert drawn.count("/portrait/") == 2
    (check,) = Check.objects.all()
    answer = ask(page.portrait, check=check.pk, which="chip")
    assert answer["Content-Type"] == "image/jpeg"


def test_a_document_without_a_chip_shows_no_portrait(ask):
    drawn = text(ask(first_line.check, {"check": uuid4(), "direction": "entry", "mrz": zone()}))
    assert "portrait" not in drawn


def test_files_that_are_none_are_named(ask):
    wrong = [SimpleUploadedFile("holiday.jpg", b"x")]
    drawn = text(ask(page.hand_in, {"chip": wrong, "direction": "entry"}), 422)
    assert "holiday.jpg is no file of a chip" in drawn
    assert "Choose the files" in text(ask(page.hand_in, {"direction": "entry"}), 422)


def test_a_chip_without_any_zone_is_not_readable(ask):
    told = {"chip": [SimpleUploadedFile("EF_SOD.bin", files().sod)], "direction": "entry"}
    assert "Too little to ask about" in text(ask(page.hand_in, told), 422)


def test_corrected_from_the_page_the_chip_is_verified_again(ask):
    believe()
    ask(page.hand_in, {"chip": uploads(), "direction": "entry", "mrz": zone()})
    (first,) = Check.objects.all()
    form = text(ask(first_line.correct, check=first.pk))
    reading = scratch.ChipReading.objects.get()
    assert f'name="chip" value="{reading.pk}"' in form
    told = {"check": uuid4(), "direction": "entry", "mrz": zone(), "chip": reading.pk}
    drawn = text(ask(first_line.check, told | {"surname": "ERIKSSEN", "typing": "yes"}))
    assert "/portrait/chip/" in drawn
    assert ChipVerification.objects.count() == 2


def test_corrected_from_the_page_the_zone_of_the_chip_is_still_no_printed_one(ask):
    believe()
    ask(page.hand_in, {"chip": uploads(), "direction": "entry"})
    reading = scratch.ChipReading.objects.get().pk
    told = {"check": uuid4(), "direction": "entry", "mrz": zone(), "chip": reading}
    assert "Nobody read the printed zone" in text(ask(first_line.check, told))


@pytest.fixture
def referred(ada, check):
    """A traveller with a changed chip, in the second line."""
    believe()
    made = check(chip=tampered())
    crossing = uuid4()
    commands.record_crossing(
        by=ada,
        crossing=crossing,
        check=made.pk,
        decision=Decision.REFER,
        reasons=(ReferralReason.DOCUMENT_DOUBT,),
    )
    return crossing


def test_the_second_line_sees_every_step(ask, ben, referred):
    drawn = text(ask(inspection, by=ben, crossing=referred))
    assert "Chip: Failed" in drawn
    assert "DG_HASH_MISMATCH" in drawn
    assert "Trust store, version 1" in drawn


def test_the_protocol_is_given_as_json_and_as_pdf(ask, ben, referred):
    said = json.loads(ask(chip_protocol.as_json, by=ben, crossing=referred).content)
    assert (said["outcome"], said["trust_version"]) == ("FAILED", 1)
    assert said["document"]["number"] == "L898902C3"
    answer = ask(chip_protocol.as_pdf, by=ben, crossing=referred)
    assert answer.content[:5] == b"%PDF-"


def test_the_protocol_needs_its_right(ask, referred):
    with pytest.raises(NotPermitted):
        ask(chip_protocol.as_json, by=officer("Dag", 9, lacking="border.get_chip_protocol"),
            crossing=referred)  # fmt: skip


def hand_in(token, reading=None, **changes):
    it = files()
    named = {"SOD": it.sod, "DG1": it.groups[1], "DG2": it.groups[2]}
    told = {
        "booth": "1",
        "mrz": zone(),
        "files": {name: b64encode(content).decode() for name, content in named.items()},
    } | changes
    return Client().put(
        f"/api/v1/readings/{reading or uuid4()}",
        json.dumps(told),
        content_type="application/json",
        headers={"Authorization": f"Bearer {token}"},
    )


def test_what_the_reader_read_is_taken_up_by_its_booth(ask, reader):
    believe()
    assert ask(page.arrived).status_code == 204
    assert hand_in(reader).status_code == 200
    assert "The reader has read a document" in text(ask(page.arrived))
    (row,) = scratch.ChipReading.objects.all()
    drawn = text(ask(page.take_up, {"direction": "exit"}, reading=row.pk))
    assert "unchanged" in drawn
    assert "/portrait/chip/" in drawn
    assert ask(page.arrived).status_code == 204


def test_another_booth_does_not_see_it(ask, reader, at_desk):
    hand_in(reader)
    assert ask(page.arrived, by=replace(at_desk, booth="2")).status_code == 204


def test_the_same_reading_sent_twice_is_one(reader):
    reading = uuid4()
    assert [hand_in(reader, reading).status_code for _ in range(2)] == [200, 200]
    assert scratch.ChipReading.objects.count() == 1


@pytest.mark.parametrize(
    "changes, code",
    [
        ({"booth": "9"}, "no_such_booth"),
        ({"files": {"SOD": "%%%"}}, "bad_reading"),
        ({"files": {"DG17": ""}}, "invalid"),
        ({"mrz": "x" * 1001}, "invalid"),
        ({"mrz": "\u0000"}, "bad_character"),
    ],
)
def test_what_is_no_reading_is_refused_with_a_code(reader, changes, code):
    answer = hand_in(reader, **changes)
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert not scratch.ChipReading.objects.exists()


def test_a_gate_checks_what_it_handed_in(ada, reader, north):
    believe()
    reading = uuid4()
    assert hand_in(reader, reading, booth="").status_code == 200
    presented = {"check": str(uuid4()), "direction": "entry", "reading": str(reading)}
    request = SimpleNamespace(actor=ada)
    said = api.check_traveller(request, api.CheckIn(**presented))
    assert "chip_verified" in {one["code"] for one in said["findings"]}
    with pytest.raises(BadReading):
        api.check_traveller(request, api.CheckIn(**presented | {"reading": str(uuid4())}))


def test_without_a_token_nothing_is_handed_in(north):
    assert hand_in("nobody").status_code == 401


def test_a_challenge_is_of_one_reading_and_the_post_s_own(reader):
    def ask_for(reading):
        headers = {"Authorization": f"Bearer {reader}"}
        return Client().get(f"/api/v1/readings/{reading}/challenge", headers=headers).json()

    one, other = uuid4(), uuid4()
    assert ask_for(one) == ask_for(one) != ask_for(other)
    hand_in(reader, one, active_response=b64encode(b"answer").decode())
    found = scratch.ChipReading.objects.get()
    assert b64encode(scratch.challenge_of(one)).decode() in bytes(found.packed).decode()


@pytest.mark.django_db(transaction=True)
def test_the_simulator_plays_a_recorded_document(live_server, reader, ask, tmp_path, capsys):
    believe()
    for upload in uploads():
        (tmp_path / upload.name).write_bytes(upload.read())
    (tmp_path / "mrz.txt").write_text(zone())
    (tmp_path / "portrait.jpg").write_bytes(image())
    words = [str(tmp_path), "--booth", "1", "--to", live_server.url, "--token", reader]
    simulator.main(["simulate", *words])
    assert "handed in at 1" in capsys.readouterr().out
    (row,) = scratch.ChipReading.objects.all()
    assert row.page_portrait
    assert "unchanged" in text(ask(page.take_up, {"direction": "entry"}, reading=row.pk))
    with pytest.raises(SystemExit):
        simulator.main(["simulate", *words[:2], "9", *words[3:]])
    assert "no_such_booth" in capsys.readouterr().err


def test_a_seal_without_the_passport_of_its_holder_is_refused_at_once(reader):
    """The officer would be shown a traveller of whom nothing is known."""
    seal = b64encode(b"\xdc\x03" + bytes(9)).decode()
    answer = hand_in(reader, mrz=" ", files={}, seal=seal)
    assert (answer.status_code, answer.json()["code"]) == (422, "bad_reading")
    assert "nobody can be checked" in answer.json()["detail"]
    assert hand_in(reader, mrz="", files={}).status_code == 422
    assert hand_in(reader, mrz="", files={}, seal=seal, booth="").status_code == 200
    assert hand_in(reader, mrz=zone(), files={}, seal=seal).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_the_simulator_plays_a_zone_by_itself(live_server, reader, ask, tmp_path, capsys):
    (tmp_path / "mrz.txt").write_text(zone())
    words = [str(tmp_path), "--booth", "1", "--to", live_server.url, "--token", reader]
    simulator.main(["simulate", *words])
    (row,) = scratch.ChipReading.objects.all()
    assert "No alert on this person" in text(
        ask(page.take_up, {"direction": "entry"}, reading=row.pk)
    )
