"""Seals against zones: names cut off and spelled otherwise are no differences, but told."""

from dataclasses import replace

import pytest

from kordon.lib.traveldocs.seal import (
    PERMIT,
    STAMP,
    Against,
    Coding,
    Feature,
    Kind,
    Same,
    compare_seal,
    read_vds,
    table_of,
)
from kordon.lib.traveldocs.seal.tests import specimens as s


def passport(surname="ERIKSSON", given="ANNA<MARIA", width=39, **changes):
    name = f"{surname}<<{given}".ljust(width, "<")
    lines = (f"P<XXX{name}", s.PASSPORT[1])
    for old, new in changes.values():
        lines = (lines[0], lines[1].replace(old, new))
    return s.zone(lines)


def compared(seal, **zones):
    return {(each.against, each.field): each.same for each in compare_seal(seal, **zones)}


def name_in(visa_name, passport_zone):
    line = f"V<UTO{visa_name}".ljust(36, "<")
    octets = s.seal(values={**s.VISA_VALUES, "mrz_b": f"{line}\n{s.VISA_B[1]}"})
    found = compared(read_vds(octets), passport=passport_zone)
    return found[Against.PASSPORT, "surname"], found[Against.PASSPORT, "given_names"]


def test_every_field_of_the_visa_is_compared():
    found = compared(read_vds(s.seal()), document=s.zone(s.VISA_B))
    assert len(found) == 9
    assert set(found.values()) == {Same.SAME}


@pytest.mark.parametrize(
    ("at", "field"),
    [(1, "document_code"), (2, "issuer"), (5, "surname"), (15, "given_names"), (36, "number")]
    + [(46, "nationality"), (49, "birth"), (56, "sex"), (57, "expiry")],
)
def test_one_changed_character_is_found_where_it_stands(at, field):
    flat = "".join(s.VISA_B)
    changed = flat[:at] + ("0" if flat[at] != "0" else "1") + flat[at + 1 :]
    zone = s.zone((changed[:36], changed[36:]))
    found = compared(read_vds(s.seal()), document=zone)
    assert [each for (_, each), same in found.items() if same is Same.DIFFERENT] == [field]


def test_another_format_is_one_difference():
    found = compared(read_vds(s.seal()), document=s.zone(s.VISA_A))
    assert found == {(Against.DOCUMENT, "format"): Same.DIFFERENT}


def test_optional_data_and_check_digits_belong_to_the_zone():
    seal = read_vds(s.seal(s.EMERGENCY))
    line = s.CARD[1]
    for at in (9, 30, 35):
        other = s.zone((s.CARD[0], line[:at] + ("1" if line[at] != "1" else "2") + line[at + 1 :]))
        found = compared(seal, document=other)
        assert [each for (_, each), same in found.items() if same is Same.DIFFERENT] == ["rest"]
    # what the seal of a visa does not hold of line 2 is not compared
    longer = s.zone((s.VISA_B[0], s.VISA_B[1][:28] + "ZE184226"))
    assert set(compared(read_vds(s.seal()), document=longer).values()) == {Same.SAME}


def test_the_passport_of_the_holder():
    found = compared(read_vds(s.seal()), passport=s.zone(s.PASSPORT))
    assert {field for _, field in found} == {
        "surname",
        "given_names",
        "number",
        "nationality",
        "birth",
        "sex",
    }
    assert set(found.values()) == {Same.SAME}


LONG = ("VANDERMUELLERHOFEN", "MAXIMILIANA<THEODOR")


@pytest.mark.parametrize(
    ("visa", "zone", "same"),
    [
        ("MUELLER<<ANNA", passport("MULLER", "ANNA"), (Same.SPELLED_OTHERWISE, Same.SAME)),
        ("MUXXLLER<<ANNA", passport("MUELLER", "ANNA"), (Same.SPELLED_OTHERWISE, Same.SAME)),
        ("MULLER<<ANNA", passport("MILLER", "ANNA"), (Same.DIFFERENT, Same.SAME)),
        ("ERIKSSON<<ANNA", passport("ERIKSSON", "ANNA<MARIA"), (Same.SAME, Same.DIFFERENT)),
        ("VANDERMUELLERHOFEN<<MAXIMILIANA", passport(*LONG), (Same.SAME, Same.CUT)),
        ("VANDERMUELLERHOFEN<<MAXIMILIA<T", passport(*LONG), (Same.SAME, Same.CUT)),
        ("VANDERMUELLERHOFEN<<MAXIMILIAN", passport(*LONG), (Same.SAME, Same.DIFFERENT)),
        ("VANDERMUELLERHOFEN<<MAXIMILIB<T", passport(*LONG), (Same.SAME, Same.DIFFERENT)),
    ],
)
def test_names(visa, zone, same):
    assert name_in(visa, zone) == same


def test_what_a_stamp_says():
    values = {**s.STAMP_VALUES, "nationality": "XXX", "document_issuer": "XXX"}
    values["birth"] = values["birth"].replace(1940, 9, 7)
    seal = read_vds(s.seal(STAMP, values=values))
    found = compared(seal, passport=s.zone(s.PASSPORT))
    assert {field: each for (_, field), each in found.items()} == dict.fromkeys(
        ("number", "issuer", "nationality", "birth"), Same.SAME
    )
    seal = read_vds(s.seal(STAMP, values=s.STAMP_VALUES))
    found = compared(seal, passport=s.zone(s.PASSPORT))
    assert {field: each for (_, field), each in found.items()} == {
        "number": Same.SAME,
        "issuer": Same.DIFFERENT,
        "nationality": Same.DIFFERENT,
        "birth": Same.DIFFERENT,
    }


def test_a_permit_has_names_without_a_zone():
    found = compared(read_vds(s.seal(PERMIT)), passport=s.zone(s.PASSPORT))
    assert found[Against.PASSPORT, "surname"] is Same.SAME
    assert found[Against.PASSPORT, "given_names"] is Same.SAME
    values = {**s.PERMIT_VALUES, "surname": "ANDERSSON"}
    found = compared(read_vds(s.seal(PERMIT, values=values)), passport=s.zone(s.PASSPORT))
    assert found[Against.PASSPORT, "surname"] is Same.DIFFERENT


def test_names_in_other_letters_are_not_compared():
    features = (Feature(1, "surname", Coding.UTF8), Feature(2, "nationality", Coding.TEXT))
    kind = Kind("CARD", 1, 2, "Card", features)
    octets = s.seal(kind, values={"surname": "Эрикссон", "nationality": "XXX"})
    seal = read_vds(octets, kinds=table_of([kind]))
    found = compared(seal, passport=s.zone(s.PASSPORT))
    assert found == {(Against.PASSPORT, "nationality"): Same.SAME}


def test_a_french_card_has_fewer_fields():
    card = ("IDFRABERTHIER<<<<<<<<<<<<<<<<<<<<<<<", "8806923102858CORINNE<<<<<<<6512068F6")
    seal = read_vds(s.seal(s.EMERGENCY, values={"mrz": "\n".join(card)}))
    found = compared(seal, document=s.zone(card))
    assert set(found.values()) == {Same.SAME}
    assert len(found) == 7


def test_a_zone_that_says_nothing():
    found = compared(read_vds(s.seal()), passport=s.zone("nothing"))
    assert found[Against.PASSPORT, "number"] is Same.UNREADABLE
    assert compare_seal(read_vds(s.seal())) == ()


def test_a_seal_without_known_features_compares_nothing():
    seal = replace(read_vds(s.seal()), values={})
    assert compare_seal(seal, document=s.zone(s.VISA_B), passport=s.zone(s.PASSPORT)) == ()
