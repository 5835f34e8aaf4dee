"""Names: reading, and squeezing them in."""

from datetime import date

import pytest

from kordon.lib.traveldocs import Format, MRZData, MRZError, read_mrz, write_mrz
from kordon.lib.traveldocs.names import check_name_field, read_name, write_name

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


DINGO = (LONG, "Dingo Potoroo")
KRASUANG = (THAI, "Chayapa Dejthamrong Krasuang")
ARNPOL = (THAI, "Arnpol Petch Charonguang")
PRINTED = [  # every cut name of Doc 9303-4, 9303-5, 9303-6 and 9303-7
    (KRASUANG, "NILAVADHANANANDA<<CHAYAPA<DEJTHAMRONG<K"),
    (ARNPOL, "NILAVADHANANANDA<<ARNPOL<PETCH<CHARONGU"),
    (DINGO, "BENNELONG<WOOLOOMOOLOO<WARRANDYTE<W<<DI"),
    (DINGO, "BENNELONG<WOOLOOM<WARRAND<WARNAM<<DINGO"),
    (DINGO, "BENNEL<WOOLOO<WARRAN<WARNAM<<DINGO<POTO"),
    (KRASUANG, "NILAVADHANANANDA<<CHAYAPA<DE<K"),
    (ARNPOL, "NILAVADHANANANDA<<ARNPOL<PE<CH"),
    (DINGO, "BENNELONG<WOOLOOMOOLOO<W<W<<DI"),
    (DINGO, "BENNELONG<WOOLOOM<WA<WARN<<D<P"),
    (DINGO, "BENNE<WOOLO<WARRA<WARNA<<DIN<P"),
    (("Vilarchao Fernandez", "Jose Ramon"), "VILARCHAO<FERNANDEZ<<JOSE<RAMO"),
    (KRASUANG, "NILAVADHANANANDA<<CHAYAPA<DEJ<K"),
    (ARNPOL, "NILAVADHANANANDA<<ARN<PET<CHARO"),
    (DINGO, "BENNELONG<WOOLOOMOOLOO<W<W<<D<P"),
    (DINGO, "BENNELONG<WOOLOOM<WAR<WARN<<D<P"),
    (DINGO, "BENNEL<WOOLO<WARRA<WARNA<<DIN<P"),
    (ARNPOL, "NILAVADHANANANDA<<ARNP<PE<CHARO"),
    (DINGO, "BENNELONG<WOOLOOMOOLOO<WAR<W<<D"),
    (DINGO, "BENNELONG<WOOLOOM<WAR<WA<<DINGO"),
    (DINGO, "BENN<WOOL<WARR<WARN<<DINGO<POTO"),
]


@pytest.mark.parametrize(("name", "field"), PRINTED)
def test_every_way_of_cutting_that_doc_9303_prints_is_taken(name, field):
    assert check_name_field(field, *name, len(field)) == field
    assert read_name(field).truncated


FORMATS = {30: Format.TD1, 31: Format.TD2, 39: Format.TD3}
VISAS = {31: Format.MRVB, 39: Format.MRVA}


@pytest.mark.parametrize("formats", [FORMATS, VISAS], ids=["documents", "visas"])
@pytest.mark.parametrize(("name", "field"), PRINTED)
def test_every_cut_name_stands_in_its_zone(name, field, formats):
    format = formats.get(len(field))
    if format is None:
        return
    surname, given_names = name
    lines = write_mrz(
        format,
        MRZData(
            document_code={"TD3": "PP", "MRVA": "V", "MRVB": "V"}.get(format, "I"),
            issuer="UTO",
            nationality="UTO",
            surname=surname,
            given_names=given_names,
            number="D23145890",
            birth=date(1974, 8, 12),
            expiry=date(2032, 4, 15),
            name_field=field,
        ),
    )
    assert field == (lines[2] if format is Format.TD1 else lines[0][5:])
    reading = read_mrz(lines, on=date(2026, 11, 22))
    assert (reading.valid, reading.name_truncated) == (True, True)
    assert surname.upper().startswith(reading.surname.split()[0])


def test_our_own_way_is_the_one_with_initials():
    ours = [(name, field) for name, field in PRINTED if write_name(*name, len(field)) == field]
    assert {(name, len(field)) for name, field in ours} >= {
        (name, width) for name in (KRASUANG, DINGO) for width in (30, 31, 39)
    }


@pytest.mark.parametrize(
    ("surname", "given", "width", "field"),
    [
        ("Papandropoulous", "Jonathon Warren Trevor", 39, ""),  # just fits
        ("Papandropoulous", "Jonathoon Alec", 31, ""),
        ("Papandropoulous", "Stephen Trevor", 31, ""),
        ("Papandropoulous", "Jonathon Alec", 30, ""),
        ("Al-Basri", "Huda Muhammad Jawad", 30, "AL<BASRI<<HUDA<MUHAMMAD<JAWAD<"),
        ("Heng", "Deborah Ming Lo", 31, "HENG<<DEBORAH<MING<LO<<<<<<<<<<"),
        ("Satriya Sudarpa", "", 30, "SATRIYA<SUDARPA<<<<<<<<<<<<<<<"),
        ("D'Artagnan", "Marie-Elise", 31, "DARTAGNAN<<MARIE<ELISE<<<<<<<<<"),
    ],
)
def test_a_name_that_fits_is_written_whole(surname, given, width, field):
    written = write_name(surname, given, width)
    assert len(written) == width
    if field:
        assert written == field
    assert check_name_field(written, surname, given, width) == written


@pytest.mark.parametrize(
    "field",
    [
        "NILAVADHANANANDA<<CHAYAPA<DEJ<<",  # no letter last
        "NILAVADHANANANDA<<CHAYAPA<DEJ",  # too short
        "NILAVADHANANANDA<<CHAYAPA<KRASU",  # a component left out in the middle
        "NILAVADHANANANDO<<CHAYAPA<DEJ<K",  # another letter
        "<<CHAYAPA<DEJTHAMRONG<KRASUANGA",
        "NILAVADHANANANDA<CHAYAPA<DEJT<K",  # no given name
        "NILAVADHANANANDA<<CHAYAPA<<DE<K",
        "CHAYAPA<<NILAVADHANANANDA<DEJ<K",
    ],
)
def test_a_name_field_that_is_no_beginning_is_refused(field):
    with pytest.raises(MRZError, match="NAME_FIELD"):
        check_name_field(field, *KRASUANG, 31)


def test_a_cut_name_keeps_a_given_name():
    with pytest.raises(MRZError, match="NAME_FIELD"):
        check_name_field("BENNELONG<WOOLOOMOOLOO<WARRANDY", *DINGO, 31)


def test_a_name_that_fits_may_not_be_cut():
    with pytest.raises(MRZError, match="NAME_FIELD"):
        check_name_field("ERIKSSON<<ANNA<M", "Eriksson", "Anna Maria", 16 + 23)
