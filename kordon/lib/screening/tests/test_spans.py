import pytest
from hypothesis import given
from hypothesis import strategies as st

from kordon.lib.screening.spans import MOST_LETTERS, Span, letter_spans


def short(a: str, b: str) -> list[tuple[str, str, str]]:
    return [(span.given, span.listed, span.agreement) for span in letter_spans(a, b)]


@pytest.mark.parametrize(
    ("a", "b", "spans"),
    [
        ("ANNA", "Anna", [("ANNA", "Anna", "same")]),
        ("Щука", "Shchuka", [("Щ", "Shch", "sound"), ("у", "u", "sound"), ("к", "k", "sound"),
                             ("а", "a", "sound")]),
        ("Karimov", "Rahimov", [("K", "R", "differs"), ("a", "a", "same"), ("r", "h", "differs"),
                                ("imov", "imov", "same")]),
        ("Юля", "Iulia", [("Ю", "Iu", "sound"), ("л", "l", "sound"), ("я", "ia", "sound")]),
        ("Abdullah", "ABDULLA", [("Abdulla", "ABDULLA", "same"), ("h", "", "sound")]),
        ("محمد", "Mohammed", [("م", "M", "sound"), ("", "o", "sound"), ("ح", "h", "sound"),
                              ("", "a", "sound"), ("م", "mm", "sound"), ("", "e", "sound"),
                              ("د", "d", "sound")]),
        ("Oʻtkir", "Otkir", [("O", "O", "same"), ("ʻ", "", "sound"), ("tkir", "tkir", "same")]),
        ("Maxim", "Maksim", [("Maxi", "Maksi", "sound"), ("m", "m", "same")]),
        ("Köln", "KOELN", [("K", "K", "same"), ("ö", "OE", "sound"), ("ln", "LN", "same")]),
        ("", "Li", [("", "Li", "differs")]),
        ("", "", []),
    ],
)  # fmt: skip
def test_letters_stand_against_the_letters_that_sound_like_them(a, b, spans):
    assert short(a, b) == spans


def test_a_chinese_character_stands_against_its_syllable():
    assert short("小明", "Xiaoming") == [("小", "Xiao", "sound"), ("明", "ming", "sound")]


@given(st.text(max_size=2 * MOST_LETTERS), st.text(max_size=2 * MOST_LETTERS))
def test_the_spans_of_a_side_joined_are_that_side(a, b):
    spans = letter_spans(a, b)
    assert "".join(span.given for span in spans) == a
    assert "".join(span.listed for span in spans) == b
    assert all(span.given or span.listed for span in spans)


@given(st.text(alphabet="abchsktzi'йщюامحꙮé", max_size=20))
def test_a_text_agrees_with_itself(text):
    assert all(span.agreement == "same" for span in letter_spans(text, text))


def test_more_letters_than_are_aligned_are_one_span_more():
    long = "a" * MOST_LETTERS
    assert letter_spans(long + "b", long + "c")[-1] == Span("b", "c", "differs")


@pytest.mark.parametrize(
    ("given", "listed"), [("FAZL", "فضل"), ("FADL", "فضل"), ("UTHMAN", "عثمان")]
)
def test_an_arabic_letter_agrees_with_whoever_hears_it_so(given, listed):
    spans = letter_spans(given, listed)
    assert {span.agreement for span in spans} == {"sound"}
    assert "".join(span.listed for span in spans) == listed
