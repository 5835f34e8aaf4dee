"""The cross-check: what disagrees is told with its weight, what agrees is not told at all."""

from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest

from kordon.border.facts import Direction, EarlierCrossing, Identity, Level
from kordon.border.rules.chip import ChipPresented
from kordon.border.rules.crosscheck import (
    EarlierTold,
    Sources,
    about_cross_check,
    alike,
    compared_protocol,
    cross_check_document,
    told_by_seal,
)
from kordon.border.rules.presenting import Presentation, read_presentation
from kordon.border.rules.reading import about_document
from kordon.border.tests.conftest import BORN, zone
from kordon.border.tests.seals import octets
from kordon.lib.traveldocs import PartialDate
from kordon.lib.traveldocs.chip import ChipFiles
from kordon.lib.traveldocs.chip.tests import authority as a
from kordon.lib.traveldocs.crosscheck import Record
from kordon.lib.traveldocs.crosscheck import Source as Teller

ON = date.today()
WHO = Identity(
    document_type="P", issuer="UTO", number="L898902C3", surname="ERIKSSON",
    given_names="ANNA MARIA", nationality="UTO", birth="1974-08-12", sex="F",
)  # fmt: skip


def presented(mrz=None, typed=None):
    it = Presentation(
        direction=Direction.ENTRY, mrz=zone() if mrz is None else mrz, typed=typed or Identity()
    )
    return read_presentation(it, on=ON)


def chip(mrz=None, details=None, gives_zone=False):
    groups = {1: a.dg1((mrz or zone()).replace("\n", "").encode())}
    if details is not None:
        groups[11] = details
    return ChipPresented(files=ChipFiles(groups=groups), gives_zone=gives_zone)


def dg11(name="", birth=""):
    tags, content = b"", b""
    for tag, text in ((b"\x5f\x0e", name), (b"\x5f\x2b", birth)):
        if text:
            tags += tag
            content += tag + bytes([len(text.encode())]) + text.encode()
    inside = b"\x5c" + bytes([len(tags)]) + tags + content
    return b"\x6b" + bytes([len(inside)]) + inside


def earlier(same_document=True, same_person=False, **changes):
    crossing = EarlierCrossing(
        crossing=uuid4(), crossed_at=datetime(2026, 3, 1, 9, tzinfo=UTC), direction=Direction.ENTRY,
        post="NORTH", status="admitted", same_document=same_document, same_person=same_person,
        document="UTO/L898902C3",
    )  # fmt: skip
    return EarlierTold(crossing=crossing, identity=Identity(**{**vars_of(WHO), **changes}))


def vars_of(it):
    return {name: getattr(it, name) for name in it.__dataclass_fields__}


def compared(**more):
    return cross_check_document(Sources(**{"presented": presented(), **more}), on=ON)


def found(**more):
    it = more.get("presented") or presented()
    return {each.code: each for each in about_cross_check(compared(**more), it.proven)}


def test_where_all_agrees_nothing_is_told():
    assert found(chip=chip(), earlier=(earlier(same_person=True),)) == {}
    assert compared(chip=chip()).tellers == ("CHIP", "ZONE")


def test_the_zone_alone_is_compared_with_nothing_and_not_kept():
    assert not compared().says_something
    assert not compared(earlier=(earlier(same_person=True),)).says_something
    assert compared(chip=chip()).says_something


@pytest.mark.parametrize(
    "changes, code",
    [
        ({"number": "X7654321"}, "cross_number"),
        ({"surname": "LINDQVIST"}, "cross_surname"),
        ({"birth": PartialDate(1984, 8, 12)}, "cross_birth"),
        ({"issuer": "D", "nationality": "D"}, "cross_issuer"),
    ],
)
def test_a_chip_that_says_otherwise_than_the_zone_goes_to_second_line(changes, code):
    said = found(chip=chip(zone(**changes)))[code]
    assert (said.level, said.advice) == (Level.STOP, "second_line")
    assert (said.params["one"], said.params["other"]) == ("CHIP", "ZONE")


def test_even_a_name_that_only_sounds_alike_is_grave_between_chip_and_zone():
    said = found(chip=chip(zone(surname="ERICSSON")))
    assert said["cross_surname"].level is Level.STOP


def test_characters_that_look_alike_are_read_again():
    said = found(chip=chip(zone(number="L898902G3")), presented=presented(zone(number="L8989026G")))
    assert said["cross_number"].level is Level.STOP
    pair = found(chip=chip(zone(number="L89890OC3")), presented=presented(zone(number="L898900C3")))
    assert (pair["cross_number_lookalike"].level, pair["cross_number_lookalike"].advice) == (
        Level.LOOK,
        "read_again",
    )


def test_a_zone_that_the_chip_gave_is_not_compared_with_itself():
    assert compared(chip=chip(gives_zone=True)).tellers == ("CHIP",)


@pytest.mark.parametrize(
    "written", ["Эриксон", "ERICSSON", "Eriksson", "Эрикссон"],
)  # fmt: skip
def test_another_spelling_typed_from_the_page_sends_nobody_to_second_line(written):
    said = found(presented=presented(typed=Identity(surname=written)))
    assert all(each.level is Level.NOTE for each in said.values())


@pytest.mark.parametrize(
    "one, other",
    [("AITMATOV", "AYTMATOV"), ("ABDULLAEV", "ABDULLAYEV"), ("QODIROV", "KADYROV"),
     ("MUELLER", "MULLER"), ("IULIIA", "YULIYA")],
)  # fmt: skip
def test_a_name_transliterated_by_two_hands_is_alike(one, other):
    assert alike(one, other)


def test_names_of_two_persons_are_not_alike():
    assert not alike("KARIMOV", "RAHIMOV")


def test_fewer_given_names_typed_or_recorded_before_are_no_more_than_a_note():
    typed = found(presented=presented(typed=Identity(given_names="ANNA")))
    assert typed["cross_given_names_fewer"].level is Level.NOTE
    before = found(earlier=(earlier(given_names="ANNA"),))
    assert before["cross_given_names_fewer"].level is Level.NOTE


def test_another_name_on_the_page_is_looked_at():
    said = found(presented=presented(typed=Identity(surname="LINDQVIST")))["cross_surname"]
    assert (said.level, said.advice) == (Level.LOOK, "compare_page")


def test_what_a_check_digit_proves_is_told_once_by_the_page_against_the_zone():
    it = presented(typed=Identity(birth="1984-08-12"))
    assert found(presented=it) == {}
    assert compared(presented=it).typed_differs("birth")


def test_the_details_of_the_chip_in_the_state_s_own_letters_agree():
    printed = zone(surname="SHCHERBAKOVA", given_names="IULIIA", issuer="KGZ", nationality="KGZ")
    it = compared(
        presented=presented(printed), chip=chip(printed, dg11("Щербакова<<Юлия", "19740812"))
    )
    assert not any(it.differences)
    assert "DETAILS" in it.tellers


def test_a_father_s_name_in_the_details_is_no_more_than_a_note():
    printed = zone(surname="SHCHERBAKOVA", given_names="IULIIA")
    said = found(presented=presented(printed), chip=chip(printed, dg11("Щербакова<<Юлия<Петровна")))
    assert [each.level for each in said.values()] == [Level.NOTE]


def test_a_name_in_the_details_that_nobody_divided_is_not_compared():
    it = compared(chip=chip(details=dg11("SOMEBODY ELSE")))
    assert not any(it.differences)


def seal(**changes):
    told = {"number": "L898902C3", "surname": "ERIKSSON", "given_names": "ANNA MARIA"} | changes
    return Record(source=Teller.SEAL, **told)


def test_a_seal_for_another_document_is_grave_and_a_name_in_it_is_looked_at():
    assert found(seal=seal(number="X7654321"))["cross_number"].level is Level.STOP
    assert found(seal=seal(surname="ERICSSON"))["cross_name_alike"].level is Level.NOTE
    assert found(seal=seal(surname="LINDQVIST"))["cross_surname"].level is Level.LOOK
    assert found(seal=seal()) == {}


def test_an_earlier_crossing_of_the_document_under_another_spelling_is_of_the_same_holder():
    told = earlier(surname="ERICSSON")
    it = compared(earlier=(told,))
    assert it.same_holder == {told.crossing.crossing}
    assert found(earlier=(told,))["cross_name_alike"].level is Level.NOTE


@pytest.mark.parametrize(
    "changes, code",
    [({"surname": "LINDQVIST"}, "cross_surname"), ({"birth": "1984-01-02"}, "cross_birth")],
)
def test_an_earlier_crossing_of_somebody_else_is_not(changes, code):
    told = earlier(**changes)
    assert compared(earlier=(told,)).same_holder == frozenset()
    said = found(earlier=(told,))[code]
    assert (said.level, said.advice, said.params["post"]) == (Level.LOOK, "ask", "NORTH")


def test_a_code_of_one_letter_recorded_before_tells_the_kind_alone():
    """Passports are PP since 2026; what was recorded before, or by others, is P."""
    now = {"presented": presented(zone(document_code="PP"))}
    assert "cross_document_code" not in found(**now, earlier=(earlier(document_type="P"),))
    assert "cross_document_code" in found(**now, earlier=(earlier(document_type="PD"),))
    assert "cross_document_code" in found(**now, earlier=(earlier(document_type="V"),))


def test_with_another_document_only_notes_are_made_of_the_person():
    told = earlier(same_document=False, same_person=True, number="OLD1", sex="M", surname="OTHER")
    assert {each.level for each in found(earlier=(told,)).values()} == {Level.NOTE}


def test_the_protocol_has_everything_that_was_compared():
    told = earlier(same_person=True)
    it = compared_protocol(UUID(int=7), compared(chip=chip(zone(sex="M")), earlier=(told,)))
    assert it.tellers == ("CHIP", "ZONE", "EARLIER")
    assert {(one.code, one.weight) for one in it.differences} == {("SEX", "LOOK")}
    assert {one.other.crossing for one in it.agreements} == {None, told.crossing.crossing}


def test_what_a_chip_says_is_bounded_and_printable():
    it = compared(chip=chip(details=dg11("A\x07B<<" + "C" * 60)))
    for one in compared_protocol(UUID(int=7), it).differences:
        assert one.other.value.isprintable()
        assert len(one.other.value) <= 120


def test_a_seal_tells_of_the_holder_and_the_passport_not_of_the_visa():
    told = told_by_seal(octets(), on=ON)
    assert (told.number, told.surname, told.births) == ("L898902C3", "ERIKSSON", (BORN,))
    assert (told.issuer, told.document_code, told.expiry) == ("", "", None)
    assert found(seal=told) == {}
    assert told_by_seal(b"\xdc", on=ON) is None


def test_what_the_seal_s_own_verification_says_is_not_told_twice():
    it = compared(seal=told_by_seal(octets(passport_number="X7654321"), on=ON))
    assert [one.code for one in about_cross_check(it)] == ["cross_number"]
    assert list(about_cross_check(it, seal_compared=True)) == []


def test_earlier_crossings_are_compared_with_the_zone_by_which_they_were_found():
    it = compared(chip=chip(zone(surname="LINDQVIST")), earlier=(earlier(same_person=True),))
    assert all(not said.findings for _, said in it.earlier)
    alone = compared(chip=chip(gives_zone=True), earlier=(earlier(surname="LINDQVIST"),))
    assert [each.code for _, said in alone.earlier for each in said.findings] == ["SURNAME"]


def test_typed_as_the_chip_says_is_still_another_thing_than_the_zone_says():
    it = presented(typed=Identity(birth="1984-08-12"))
    against = compared(presented=it, chip=chip(zone(birth=PartialDate(1984, 8, 12))))
    assert not against.typed_agrees("birth")
    assert "page_differs_from_zone" in {each.code for each in about_document(it, against, on=ON)}


def test_a_field_of_the_zone_that_is_refused_agrees_with_nothing():
    wrong = zone().replace("L898902C3", "L898902C4")
    it = presented(wrong, typed=Identity(number="L898902C3"))
    assert not compared(presented=it, chip=chip()).typed_agrees("number")
