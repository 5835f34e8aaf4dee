"""Names: reading, and squeezing them in."""

import pytest

from kordon.lib.traveldocs import MRZError
from kordon.lib.traveldocs.names import read_name, write_name

THAI = "Nilavadhanananda"
LONG = "Bennelong Wooloomooloo Warrandyte Warnambool"


@pytest.mark.parametrize(
    ("field", "name"),
    [
        ("ERIKSSON<<ANNA<MARIA<<<", ("ERIKSSON", "ANNA MARIA", False)),
        ("ARKFREITH<<<<<<", ("ARKFREITH", "", False)),
        ("<<ANNA<MARIA<<<", ("", "ANNA MARIA", False)),
        ("VAN<DER<MUELLEN<<MARTIN<<", ("VAN DER MUELLEN", "MARTIN", False)),
        ("ERIKSSON<<ANNA<MARIA<K", ("ERIKSSON", "ANNA MARIA K", True)),
        ("MEGAN<ELLA<RUTH<BIN", ("MEGAN ELLA RUTH BIN", "", True)),
    ],
)
def test_a_name_field_is_read(field, name):
    assert read_name(field) == name


@pytest.mark.parametrize(
    ("surname", "given", "width", "field"),
    [
        ("Eriksson", "Anna Maria", 39, "ERIKSSON<<ANNA<MARIA"),
        ("O'Connor", "Enya Siobhan", 39, "OCONNOR<<ENYA<SIOBHAN"),
        ("Smith-Jones", "Susie Margaret", 39, "SMITH<JONES<<SUSIE<MARGARET"),
        ("van der Muellen", "Martin", 39, "VAN<DER<MUELLEN<<MARTIN"),
        ("Arkfreith", "", 39, "ARKFREITH"),
        ("", "Anna Maria", 30, "<<ANNA<MARIA"),
        # the truncations that Doc 9303-4, -6 and -7 print
        (THAI, "Chayapa Dejthamrong Krasuang", 39, "NILAVADHANANANDA<<CHAYAPA<DEJTHAMRONG<K"),
        (THAI, "Arnpol Petch Charonguang", 39, "NILAVADHANANANDA<<ARNPOL<PETCH<CHARONGU"),
        (LONG, "Dingo Potoroo", 39, "BENNELONG<WOOLOOMOOLOO<WARRANDYTE<W<<DI"),
        (THAI, "Chayapa Dejthamrong Krasuang", 31, "NILAVADHANANANDA<<CHAYAPA<DEJ<K"),
        # one endless word
        ("A" * 50, "Bek", 30, "A" * 27 + "<<B"),
        ("A" * 50, "", 30, "A" * 30),
    ],
)
def test_a_name_is_written(surname, given, width, field):
    assert write_name(surname, given, width) == field.ljust(width, "<")


@pytest.mark.parametrize(("name", "letter"), [("Müller", "'Ü'"), ("Қасым", "'Қ'"), ("R2D2", "'2'")])
def test_a_letter_without_a_form_is_named(name, letter):
    with pytest.raises(MRZError) as caught:
        write_name(name, "Anna", 39)
    assert caught.value.code == "NAME_CHARACTER"
    assert letter in caught.value.text


def test_nobody_without_a_name():
    with pytest.raises(MRZError, match="NAME_MISSING"):
        write_name("'", " ", 39)
