"""Codes of states."""

from collections import Counter

import pytest

from kordon.lib.traveldocs import STATES, StateKind, find_state


def test_every_iso_code_is_there_once():
    kinds = Counter(state.kind for state in STATES)
    assert kinds[StateKind.ISO] == 249
    assert len({state.code for state in STATES}) == len(STATES)
    assert all(state.name and state.code.isalpha() and state.code.isupper() for state in STATES)


@pytest.mark.parametrize("code", ["KAZ", "KGZ", "TJK", "TKM", "UZB", "AFG", "RUS", "CHN", "IRN"])
def test_the_neighbourhood_is_known(code):
    assert find_state(code).kind is StateKind.ISO


@pytest.mark.parametrize(
    ("codes", "kind"),
    [
        ("D GBD GBN GBO GBP GBS RKS UNK XXA XXB XXC XXX", StateKind.EXCEPTION),
        ("EUE UNO UNA IAO XBA XIM XCC XCE XCO XEC XPO XES XMP XOM XDC", StateKind.ORGANISATION),
        ("ANT NTZ SUN YUG SCG TMP ZAR DDR BUR CSK ROM", StateKind.HISTORICAL),
        ("UTO", StateKind.SPECIMEN),
    ],
)
def test_the_codes_of_doc_9303_are_known(codes, kind):
    assert {find_state(code).kind for code in codes.split()} == {kind}


def test_only_historical_codes_were_withdrawn():
    for state in STATES:
        assert (state.withdrawn is not None) is (state.kind is StateKind.HISTORICAL)
    assert find_state("SUN").withdrawn == 1992


def test_fillers_do_not_matter_and_the_unknown_is_none():
    assert find_state("D<<") is find_state("D")
    assert find_state("ZZZ") is None
    assert find_state("") is None
    assert find_state("kaz") is None
