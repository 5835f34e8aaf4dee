"""The arrays that kernels read: the listed side (`Lists`) and the traveller's (`Query`).

No Python object per entry: every "list of lists" is one flat array and one of offsets.

    vocabulary  one entry per distinct folded part, sorted by fold (so a cut-off word is a range)
    keys        hashes of skeletons and of skeletons less one letter -> vocabulary entries, sorted
    rows        one per (person, birth date), sorted by date: a span of dates is a span of rows
    postings    vocabulary entry -> rows that carry it, ascending
    persons     person -> readings of names -> vocabulary entries; nationalities; sex
    texts       names as written and the callers' keys, UTF-8
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
Shorts = NDArray[np.uint16]
Numbers = NDArray[np.uint32]
Dates = NDArray[np.int32]
Whole = Any  # a whole number inside a kernel: numpy's or Python's, there is no telling


class Lists(NamedTuple):
    """Listed persons, immutable."""

    fold: Bytes  # letters of all vocabulary entries, end to end
    fold_at: Numbers
    abjad: Bytes  # 1: written without vowels
    patronymic: Bytes  # 1: a father's name
    stem: Bytes  # letters before the ending
    key: Numbers  # sorted
    key_entry: Numbers
    posting: Numbers
    posting_at: Numbers
    row_birth: Dates  # yyyymmdd, zeros where unknown; sorted, rows without year last
    row_person: Numbers
    first_undated: Numbers  # one number: the first row without a year
    reading_at: Numbers  # person -> readings
    part_at: Numbers  # reading -> parts
    part: Numbers  # vocabulary entries
    reading_text: Numbers  # reading -> text it was read from
    reading_kind: Bytes  # which of `tokens.readings`, plus WEAK
    nationality: Shorts
    nationality_at: Numbers
    sex: Bytes


class Texts(NamedTuple):
    """What is only read to show a candidate."""

    name: Bytes  # as written, UTF-8, end to end
    name_at: Numbers
    person_key: Bytes
    person_key_at: Numbers


UNDATED = 99_999_999  # stands for "no year" in Lists.row_birth
WEAK = 128  # bit of Lists.reading_kind: read from an alias of low quality
KIND = 127  # its other bits: which of `tokens.readings`
PARTS = 8  # of a name, at most
BANDS = 10  # of similarity, see `weights`
MOST_COMPARED = 16_384  # vocabulary entries compared with one part
MOST_FOUND = 2048  # of these, similar to it
MOST_RESULTS = 64
LONGEST_WORD = 30  # letters compared


class Query(NamedTuple):
    """One reading of the traveller's name and what else is known."""

    fold: Bytes
    fold_at: Numbers
    abjad: Bytes
    patronymic: Bytes
    stem: Bytes
    key: Numbers
    key_at: Numbers
    share: NDArray[np.float64]  # of all travellers who carry this part
    cut: bool  # the last part is the beginning of a word
    born: int  # yyyymmdd
    nationality: Shorts
    sex: int


class Scratch(NamedTuple):
    """Working memory of one thread for one index."""

    weight: NDArray[np.float32]  # per row, zero between searches
    last_part: NDArray[np.uint8]  # per row
    touched: NDArray[np.uint32]
    kept: NDArray[np.float32]
    seen: NDArray[np.uint32]  # per vocabulary entry: serial of the look-up that saw it
    serial: NDArray[np.uint32]
    wanted: NDArray[np.int64]  # entries to compare with one part
    found: NDArray[np.int64]  # those similar enough
    similar: NDArray[np.float64]
    slot: NDArray[np.uint32]  # per vocabulary entry: its column in `fit`
    fit: NDArray[np.float32]  # part x slot: similarity
    table: NDArray[np.float64]  # part x band
    room: NDArray[np.float32]  # for comparing two words
    result_row: NDArray[np.int64]
    result_reading: NDArray[np.int64]
    result_score: NDArray[np.float64]


def scratch_for(entries: int, rows: int) -> Scratch:
    """Fresh working memory for an index of so many vocabulary entries and rows."""
    return Scratch(
        np.zeros(rows, np.float32),
        np.zeros(rows, np.uint8),
        np.empty(rows, np.uint32),
        np.empty(rows, np.float32),
        np.zeros(entries, np.uint32),
        np.zeros(1, np.uint32),
        np.empty(MOST_COMPARED, np.int64),
        np.empty(MOST_FOUND, np.int64),
        np.empty(MOST_FOUND, np.float64),
        np.zeros(entries, np.uint32),
        np.zeros((PARTS, MOST_COMPARED), np.float32),
        np.zeros((PARTS, BANDS), np.float64),
        np.empty((3, LONGEST_WORD + 1), np.float32),
        np.empty(MOST_RESULTS, np.int64),
        np.empty(MOST_RESULTS, np.int64),
        np.empty(MOST_RESULTS, np.float64),
    )
