"""Names in other scripts become A-Z by the tables, letter by letter, or are refused."""

import pickle
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kordon.lib.traveldocs import (
    TABLE_NAMES,
    MRZError,
    UnmappedLetter,
    find_table,
    transliterate,
)
from kordon.lib.traveldocs.transliteration import arabic, cyrillic, latin, national

ALLOWED = set("ABCDEFGHIJKLMNOPQRSTUVWXYZ<")


def rows(text):
    return [line.split(" ") for line in text.splitlines() if line]


LATIN, CYRILLIC, ARABIC = rows(latin.ROWS), rows(cyrillic.ROWS), rows(arabic.ROWS)


def spelled(letters, texts):
    return dict(zip(letters, texts.split(" "), strict=True))


def spellings_agree(letter, wanted, table):
    """Capital and small, composed and with combining marks."""
    for form in {letter, letter.lower()}:
        for spelled in (form, unicodedata.normalize("NFD", form)):
            assert transliterate(spelled, table) == wanted


# Section 6.A ------------------------------------------------------------------------------------

# The rows that are not just the letter without its mark.
NOT_THE_BARE_LETTER = {
    "Ä": "AE|A", "Å": "AA|A", "Æ": "AE", "Ð": "D", "Ñ": "N|NXX", "Ö": "OE|O", "Ø": "OE",
    "Ü": "UE|UXX|U", "Þ": "TH", "Đ": "D", "Ħ": "H", "ı": "I", "Ĳ": "IJ", "Ŀ": "L", "Ł": "L",
    "Ŋ": "N", "Œ": "OE", "Ŧ": "T", "ẞ": "SS",
}  # fmt: skip


def test_the_latin_table_is_whole():
    assert len(LATIN) == 95
    assert set(NOT_THE_BARE_LETTER) <= {letter for _, letter, _ in LATIN}


@pytest.mark.parametrize(("number", "letter", "texts"), LATIN)
def test_every_row_of_the_latin_table(number, letter, texts):
    assert f"{ord(letter):04X}" == number
    bare = unicodedata.normalize("NFD", letter)[0]
    assert texts == NOT_THE_BARE_LETTER.get(letter, bare)
    table = find_table("icao-latin")
    for choice in texts.split("|"):
        spellings_agree(letter, choice, table.choosing({letter: choice}))
    spellings_agree(letter, texts.split("|")[0], table)


def test_only_what_doc_9303_offers_can_be_chosen():
    table = find_table("icao-latin")
    for choices in ({"Ä": "E"}, {"Ж": "ZH"}, {"Ü": "Y"}, {"Æ": "A"}):
        with pytest.raises(MRZError, match="TABLE"):
            table.choosing(choices)
    assert transliterate("Ängelmüller", table.choosing({"Ä": "A", "Ü": "UXX"})) == "ANGELMUXXLLER"


# Section 6.B ------------------------------------------------------------------------------------

RUSSIAN = spelled(
    "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЭЮЯ",
    "A B V G D E E ZH Z I I K L M N O P R S T U F KH TS CH SH SHCH IE Y E IU IA",
)
OTHERS = {
    "Ђ": "D", "Є": "IE", "Ѕ": "DZ", "І": "I", "Ї": "I", "Ј": "J", "Љ": "LJ", "Њ": "NJ",
    "Ќ": "K", "Ў": "U", "Џ": "DZ", "Ѫ": "U", "Ѵ": "Y", "Ґ": "G", "Ғ": "G", "Һ": "C",
}  # fmt: skip
EXCEPTIONS = {
    "be": {"Ё": "IO", "Г": "H"},
    "bg": {"Щ": "SHT"},
    "mk": {"Ќ": "KJ", "Џ": "DJ", "Х": "H", "Ц": "C", "Ғ": "GJ", "Ѓ": "GJ"},
    "sr": {"Г": "H", "Ж": "Z", "Х": "H", "Ц": "C", "Ч": "C", "Ш": "S"},
    "uk": {"Г": "H", "И": "Y", "Є": "YE", "Ї": "YI", "Й": "Y", "Ю": "YU", "Я": "YA"},
}
AT_THE_BEGINNING = set("ЄЇЙЮЯ")


def test_the_cyrillic_table_is_whole():
    assert len(CYRILLIC) == 48
    assert {row[1] for row in CYRILLIC} == set(RUSSIAN) | set(OTHERS)


@pytest.mark.parametrize("row", CYRILLIC, ids=lambda row: row[1])
def test_every_row_of_the_cyrillic_table(row):
    number, letter, usual, *_ = row
    assert f"{ord(letter):04X}" == number
    assert usual == (RUSSIAN | OTHERS)[letter]
    spellings_agree(letter, usual, find_table("icao-cyrillic"))
    for language, exceptions in EXCEPTIONS.items():
        table = find_table(f"icao-cyrillic-{language}")
        spellings_agree(letter, exceptions.get(letter, usual), table)
        inside = usual if letter in AT_THE_BEGINNING else exceptions.get(letter, usual)
        assert transliterate(f"Б{letter}", table) == f"B{inside}"


def test_a_ukrainian_component_begins_differently_wherever_it_stands():
    table = find_table("icao-cyrillic-uk")
    assert transliterate("Їжак-Яремчук Юлія", table) == "YIZHAK<YAREMCHUK<YULIIA"


def test_the_soft_sign_is_not_written():
    for name in TABLE_NAMES:
        if "cyrillic" in name:
            assert transliterate("Ольга", find_table(name))[:2] == "OL"


def test_the_letter_that_doc_9303_forgot_is_refused():
    for name in ("icao-cyrillic", "icao-cyrillic-sr"):
        with pytest.raises(UnmappedLetter, match="CYRILLIC CAPITAL LETTER TSHE"):
            transliterate("Ћ", find_table(name))
    with pytest.raises(UnmappedLetter):
        transliterate("Ѓ", find_table("icao-cyrillic"))


# Section 6.C ------------------------------------------------------------------------------------

# By the names of the letters, as Doc 9303 calls them; the rows are by number.
BY_NAME = """HAMZA XE, ALEF WITH MADDA ABOVE XAA, ALEF WITH HAMZA ABOVE XAE, WAW WITH HAMZA ABOVE U,
ALEF WITH HAMZA BELOW I, YEH WITH HAMZA ABOVE XI, ALEF A, BEH B, TEH MARBUTA XAH, TEH T, THEH XTH,
JEEM J, HAH XH, KHAH XKH, DAL D, THAL XDH, REH R, ZAIN Z, SEEN S, SHEEN XSH, SAD XSS, DAD XDZ,
TAH XTT, ZAH XZZ, AIN E, GHAIN G, FEH F, QAF Q, KAF K, LAM L, MEEM M, NOON N, HEH H, WAW W,
ALEF MAKSURA XAY, YEH Y, ALEF WASLA XXA, TTEH XXT, TEH WITH RING XRT, PEH P,
HAH WITH HAMZA ABOVE XKE, HAH WITH THREE DOTS ABOVE XXH, TCHEH XC, DDAL XXD, DAL WITH RING XDR,
RREH XXR, REH WITH RING XRR, REH WITH DOT BELOW AND DOT ABOVE XRX, JEH XJ,
SEEN WITH DOT BELOW AND DOT ABOVE XXS, VEH V, FEH WITH THREE DOTS BELOW XF, KEHEH XKK,
KAF WITH RING XXK, NG XNG, GAF XGG, NOON GHUNNA XNN, NOON WITH RING XXN, HEH DOACHASHMEE XDO,
HEH WITH YEH ABOVE XYH, HEH GOAL XXG, HEH GOAL WITH HAMZA ABOVE XGE, TEH MARBUTA GOAL XTG,
FARSI YEH XYA, YEH WITH TAIL XXY, E Y, YEH BARREE XYB, YEH BARREE WITH HAMZA ABOVE XBE"""
WRITTEN = dict(each.strip().rsplit(" ", 1) for each in BY_NAME.replace("\n", " ").split(","))
SILENT = {0x640, *range(0x64B, 0x651), 0x652, 0x670, 0x69C, 0x6A2, 0x6A7, 0x6A8}


def test_the_arabic_table_is_whole():
    numbers = [int(number, 16) for number, *_ in ARABIC]
    assert len(numbers) == len(set(numbers)) == len(WRITTEN) + len(SILENT)


@pytest.mark.parametrize(("number", "letter", "text"), ARABIC)
def test_every_row_of_the_arabic_table(number, letter, text):
    character = chr(int(number, 16))
    assert letter in (character, "-")
    table = find_table("icao-arabic")
    if int(number, 16) in SILENT:
        assert transliterate(f"ب{character}م", table) == "BM"
        return
    name = unicodedata.name(character).removeprefix("ARABIC LETTER ")
    wanted = WRITTEN[name]
    spellings_agree(character, wanted, table)
    inside = "XTA" if name == "TEH MARBUTA" else wanted
    assert transliterate(f"ب{character}م", table) == f"B{inside}M"


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("عبّاس", "EBBAS"),  # the examples of the notes to section 6.C
        ("فضّة", "FXDZXDZXAH"),
        ("جميلة نعيمة", "JMYLXAH<NEYMXAH"),  # from appendix B
        ("عَبَّاس", "EBBAS"),  # a vowel may stand on either side of the shadda
        ("عبَّاس", "EBBAS"),
        ("فضّةِ", "FXDZXDZXAH"),  # a vowel behind the last letter is not written
        ("ا\u0653مال", "XAAMAL"),  # alef with a combining madda
        ("علی\u200cرضا", "ELXYARXDZA"),  # the joiner of Persian is no letter
        ("محمـــد", "MXHMD"),
    ],
)
def test_an_arabic_name_is_written(name, wanted):
    assert transliterate(name, find_table("icao-arabic")) == wanted


def test_shadda_needs_a_letter():
    for text in ("\u0651", "ب \u0651ب"):
        with pytest.raises(UnmappedLetter, match="SHADDA"):
            transliterate(text, find_table("icao-arabic"))


# States -----------------------------------------------------------------------------------------

UZBEK = spelled(
    "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЪЬЭЮЯЎҚҒҲ",
    "A B V G D YE YO J Z I Y K L M N O P R S T U F X S CH SH - - E YU YA O Q G H",
)
TURKMEN = spelled(
    "АБВГДЕЁЖҖЗИЙКЛМНҢОӨПРСТУҮФХЦЧШЩЪЫЬЭӘЮЯ",
    "A B W G D YE YO Z J Z I Y K L M N N O OE P R S T U UE F H S C S SC - Y - E AE YU YA",
)


@pytest.mark.parametrize(
    ("name", "table_rows", "wanted"),
    [("uz-1995", national.UZBEK, UZBEK), ("tk-1999", national.TURKMEN, TURKMEN)],
)
def test_a_national_table_holds_the_whole_alphabet_and_nothing_else(name, table_rows, wanted):
    table = find_table(name)
    assert [row[0] for row in rows(table_rows)] == list(wanted) == list(table.letters)
    for letter, text in wanted.items():
        spellings_agree(letter, text.strip("-"), table)


@pytest.mark.parametrize("name", TABLE_NAMES)
def test_every_table_names_its_source_and_only_states_have_a_state(name):
    table = find_table(name)
    assert table.legal_source.startswith("ICAO") is (table.state == "")
    assert table.name == name
    assert table.title


@pytest.mark.parametrize(
    ("table", "name", "wanted"),
    [
        ("uz-1995", "Ғайратжон Ўктамов", "GAYRATJON<OKTAMOV"),
        ("uz-1995", "Маъруф", "MARUF"),
        ("uz-1995", "Юсупалиева", "YUSUPALIYEVA"),
        ("uz-1995", "Ергаш Цой Ҳусниддин", "YERGASH<SOY<HUSNIDDIN"),
        ("uz-1995", "лицей", "LITSEY"),
        ("tk-1999", "Җемал Аннагулыева", "JEMAL<ANNAGULYYEWA"),
        ("tk-1999", "Ёлдашов Сейит", "YOLDASOW<SEYIT"),
        ("icao-latin", "Gʻayratjon Oʻktamov", "GAYRATJON<OKTAMOV"),
        ("icao-latin", "Gülşat Çaryýewa", "GUELSAT<CARYYEWA"),
    ],
)
def test_a_central_asian_name_is_written(table, name, wanted):
    assert transliterate(name, find_table(table)) == wanted


def test_a_state_chooses_its_alternative_through_its_own_table():
    table = find_table("tk-1999").choosing({"Ö": "O", "Ä": "A"})
    assert transliterate("Өрәев", table) == "ORAYEW"


# Refusals ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("table", "text", "letter", "place"),
    [
        ("icao-cyrillic", "Бекова Қарлыға", "Қ", 8),
        ("icao-cyrillic", "Аннa", "a", 4),  # the last one is Latin
        ("icao-cyrillic", "Ба\u0301р", "а\u0301", 2),
        ("icao-latin", "Анна", "А", 1),
        ("icao-latin", "Anna2", "2", 5),
        ("icao-latin", "I\u0307ə", "ə", 3),
        ("icao-latin", "e\u0301e\u0316", "e\u0316", 3),
        ("icao-arabic", "بA", "A", 2),
        ("uz-1995", "Быков", "ы", 2),
        ("tk-1999", "Қ", "Қ", 1),
    ],
)
def test_a_letter_without_a_row_is_named_with_its_place(table, text, letter, place):
    with pytest.raises(UnmappedLetter) as caught:
        transliterate(text, find_table(table))
    error = pickle.loads(pickle.dumps(caught.value))
    assert (error.code, error.letter, error.place) == ("LETTER_UNMAPPED", letter, place)
    assert error.table == table
    assert unicodedata.name(letter[0]) in error.text
    assert str(place) in error.text


def test_more_than_any_name_is_refused():
    with pytest.raises(MRZError, match="TOO_LONG"):
        transliterate("а" * 501, find_table("icao-cyrillic"))


def test_an_unknown_table_is_refused_with_the_known_ones():
    with pytest.raises(MRZError, match="icao-latin"):
        find_table("icao-klingon")


@settings(max_examples=500, deadline=None)
@given(st.text(), st.sampled_from(TABLE_NAMES))
def test_whatever_comes_out_is_of_the_alphabet(text, name):
    try:
        out = transliterate(text, find_table(name))
    except MRZError:
        return
    assert set(out) <= ALLOWED
    assert "<<" not in out
    assert out == out.strip("<")


@settings(max_examples=500, deadline=None)
@given(st.data(), st.sampled_from(TABLE_NAMES))
def test_both_spellings_of_a_letter_give_the_same(data, name):
    table = find_table(name)
    letters = sorted(key for key in table.letters if not unicodedata.combining(key[0]))
    pieces = st.sampled_from([*letters, *map(str.lower, letters), " ", "-", "'"])
    text = "".join(data.draw(st.lists(pieces, max_size=50)))
    written = transliterate(text, table)
    for form in ("NFC", "NFD"):
        assert transliterate(unicodedata.normalize(form, text), table) == written
