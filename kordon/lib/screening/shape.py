"""The arrays that kernels read: the listed side (`Lists`) and the traveller's (`Query`).

No Python object per entry: every "list of lists" is one flat array and one of offsets (`…_at`).
They stand in small groups, for a kernel is slow to compile and to call with more than it needs.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
Shorts = NDArray[np.uint16]
Numbers = NDArray[np.uint32]
Dates = NDArray[np.int32]
Whole = Any  # a whole number inside a kernel: numpy's or Python's, there is no telling

UNDATED = 99_999_999  # stands for "no year" in Rows.birth
WEAK = 128  # bit of Names.kind: read from an alias of low quality
KIND = 127  # its other bits: which of `tokens.readings`
PARTS = 8  # of a name, at most
BANDS = 10  # of similarity, see `weights`
LONGEST_WORD = 30  # letters compared
MOST_COMPARED = 16_384  # vocabulary entries compared with one part
MOST_FOUND = 2048  # of these, similar to it
PRESELECTED = 64  # rows that gathered most, and are scored
SAME_DATE = 400  # rows of one birth date that are scored, and of the swapped one
MOST_CHOSEN = PRESELECTED + 2 * SAME_DATE
MOST_RESULTS = 64
SLOTS = 1 << 14  # parts remembered, at most
MOST_REMEMBERED = 1 << 20  # entries found for them, together


class Vocabulary(NamedTuple):
    """One entry per distinct folded part, sorted by fold: a cut-off word is a range of entries."""

    fold: Bytes  # letters of all entries, end to end
    fold_at: Numbers
    abjad: Bytes  # 1: written without vowels
    patronymic: Bytes  # 1: a father's name
    stem: Bytes  # letters before the ending
    key: Numbers  # see `keys`; sorted
    key_entry: Numbers


class Rows(NamedTuple):
    """One per person and birth date, sorted by date: a span of dates is a span of rows."""

    birth: Dates  # yyyymmdd, zeros where unknown; UNDATED, at the end, without a year
    person: Numbers
    first_undated: Numbers  # one number
    posting: Numbers  # rows that carry a vocabulary entry, ascending
    posting_at: Numbers


class Names(NamedTuple):
    """Person -> readings of the names -> vocabulary entries."""

    reading_at: Numbers
    kind: Bytes  # of a reading
    part_at: Numbers
    part: Numbers
    written: Numbers  # by part: what it is written with, 0 if that is not Latin
    letter: Bytes  # of all writings, a-z, end to end
    letter_at: Numbers


class Context(NamedTuple):
    """What else is known of a person."""

    nationality: Shorts
    nationality_at: Numbers
    sex: Bytes
    mark: Numbers  # of places and documents, see `marks`
    mark_state: Shorts
    mark_at: Numbers


class Lists(NamedTuple):
    """Listed persons, immutable."""

    vocabulary: Vocabulary
    rows: Rows
    names: Names
    context: Context


class Texts(NamedTuple):
    """What no kernel reads: names as written and the callers' keys, UTF-8; days in force."""

    name: Bytes
    name_at: Numbers
    reading_name: Numbers  # reading -> name
    key: Bytes
    key_at: Numbers
    by_key: Numbers  # persons in the order of their keys
    first_day: Dates  # per person: the days on which the listing counts, see `Listing.days`
    last_day: Dates


class Holdings(NamedTuple):
    """What an index consists of."""

    lists: Lists
    texts: Texts
    size: int  # listings


class Words(NamedTuple):
    """One reading of the traveller's name."""

    fold: Bytes
    fold_at: Numbers
    abjad: Bytes
    patronymic: Bytes
    stem: Bytes
    key: Numbers
    key_at: Numbers
    share: NDArray[np.float64]  # of all travellers who carry this part
    cut: bool  # the last part is the beginning of a word
    letter: Bytes  # what the parts are written with, see `Names.letter`
    letter_at: Numbers


class Known(NamedTuple):
    """What else is known of the traveller."""

    born: int  # yyyymmdd
    nationality: Shorts
    sex: int
    mark: Numbers
    mark_state: Shorts


class Remembered(NamedTuple):
    """What was found for parts asked for before, by slot; see `remembering`."""

    letter: Bytes  # slot x place: the part
    size: Bytes  # letters of it, 0: nothing remembered
    manner: Bytes  # without vowels, cut off, length of the stem
    start: NDArray[np.int64]  # where its entries stand: places are counted on, round after round
    many: Numbers
    entry: Numbers
    band: Bytes  # of their similarity
    used: NDArray[np.int64]  # one number: places ever written to


class Compared(NamedTuple):
    """Working memory for vocabulary entries: some, each once, against the parts given."""

    seen: Numbers  # per entry: serial of the look-up that saw it
    serial: Numbers
    slot: Numbers  # per entry: its column in `fit`
    wanted: NDArray[np.int64]  # entries by column
    fit: NDArray[np.float32]  # column x part: similarity
    letter: Bytes  # column x place: the fold, at most LONGEST_WORD and one more
    size: Bytes  # by column, as the following: letters there
    abjad: Bytes
    stem: Bytes
    there: Numbers  # bits of its letters, see `bounding`
    weight: NDArray[np.float64]  # of its letters
    outline: NDArray[np.float32]  # of the part being compared, see `bounding`
    room: NDArray[np.float32]  # for comparing two words
    found: NDArray[np.int64]  # entries similar to one part
    band: Bytes  # of their similarity, see `rarity`
    remembered: Remembered


class Gathered(NamedTuple):
    """Working memory for rows."""

    tally: Shorts  # per row, zero between searches; see `gathering`
    touched: Numbers
    kept: NDArray[np.float32]


class Chosen(NamedTuple):
    """Working memory for the rows worth an exact score."""

    row: NDArray[np.int64]
    person: NDArray[np.int64]


class Aligned(NamedTuple):
    """Working memory for pairing off the parts of two names, and the outcome; see `aligning`."""

    pair: NDArray[np.int64]  # by given part
    weight: NDArray[np.float64]  # by given part, then by listed part
    similar: NDArray[np.float32]  # given x listed, as the next two
    agreement: NDArray[np.float64]
    likeness: NDArray[np.float64]
    used: NDArray[np.bool_]  # by listed part, as the next
    kind: Bytes
    joined: NDArray[np.bool_]  # by given part: it is the listed part and the next as one word
    word: Bytes  # such a word


class Results(NamedTuple):
    """What a search leaves: rows, the readings they are known by, scores; weights by band."""

    row: NDArray[np.int64]
    reading: NDArray[np.int64]
    score: NDArray[np.float64]
    table: NDArray[np.float64]  # part x band


class Scratch(NamedTuple):
    """Working memory of one thread for one index."""

    compared: Compared
    gathered: Gathered
    chosen: Chosen
    aligned: Aligned
    results: Results


def _nothing_remembered() -> Remembered:
    return Remembered(
        np.zeros((SLOTS, LONGEST_WORD), np.uint8),
        np.zeros(SLOTS, np.uint8),
        np.zeros(SLOTS, np.uint8),
        np.zeros(SLOTS, np.int64),
        np.zeros(SLOTS, np.uint32),
        np.empty(MOST_REMEMBERED, np.uint32),
        np.empty(MOST_REMEMBERED, np.uint8),
        np.zeros(1, np.int64),
    )


def scratch_for(lists: Lists) -> Scratch:
    """Fresh working memory for searching these lists."""
    entries, rows = len(lists.vocabulary.abjad), len(lists.rows.birth)
    return Scratch(
        Compared(
            np.zeros(entries, np.uint32),
            np.zeros(1, np.uint32),
            np.zeros(entries, np.uint32),
            np.empty(MOST_COMPARED, np.int64),
            np.zeros((MOST_COMPARED, PARTS), np.float32),
            np.zeros((MOST_COMPARED, LONGEST_WORD + 2), np.uint8),
            np.zeros(MOST_COMPARED, np.uint8),
            np.zeros(MOST_COMPARED, np.uint8),
            np.zeros(MOST_COMPARED, np.uint8),
            np.zeros(MOST_COMPARED, np.uint32),
            np.zeros(MOST_COMPARED, np.float64),
            np.ones((2, 128), np.float32),
            np.empty((4, LONGEST_WORD + 1), np.float32),
            np.empty(MOST_FOUND, np.int64),
            np.empty(MOST_FOUND, np.uint8),
            _nothing_remembered(),
        ),
        Gathered(
            np.zeros(rows, np.uint16),
            np.empty(rows, np.uint32),
            np.empty(rows, np.float32),
        ),
        Chosen(np.empty(MOST_CHOSEN, np.int64), np.empty(MOST_CHOSEN, np.int64)),
        Aligned(
            np.empty(PARTS, np.int64),
            np.empty(2 * PARTS),
            np.empty((PARTS, PARTS), np.float32),
            np.empty((PARTS, PARTS)),
            np.empty((PARTS, PARTS)),
            np.empty(PARTS, np.bool_),
            np.empty(PARTS, np.uint8),
            np.zeros(PARTS, np.bool_),
            np.empty(LONGEST_WORD + 2, np.uint8),
        ),
        Results(
            np.empty(MOST_RESULTS, np.int64),
            np.empty(MOST_RESULTS, np.int64),
            np.empty(MOST_RESULTS, np.float64),
            np.zeros((PARTS, BANDS), np.float64),
        ),
    )
