"""What saves time must not change what is found."""

import random

import numpy as np
import pytest

from kordon.lib.screening import Index, Listing, Person
from kordon.lib.screening.bounding import draw, letters_of, may_reach
from kordon.lib.screening.folding import stem_length
from kordon.lib.screening.rarity import LEAST_ALIGNED, LEAST_SIMILAR
from kordon.lib.screening.remembering import is_fading, is_remembered, recall, remember, slot_of
from kordon.lib.screening.shape import LONGEST_WORD, Remembered
from kordon.lib.screening.similarity import compare_words, room, weight_of, word_similarity

LETTERS = "aaaeeiioubdghJklmnprsStCvz"
ENDINGS = ("", "", "ov", "oviC", "zoda", "ova", "ski")


def a_word(chance):
    start = chance.choice(("", "", "", "al", "abdul"))
    return start + "".join(chance.choices(LETTERS, k=chance.randint(1, 9))) + chance.choice(ENDINGS)


def changed(word, chance):
    letters = list(word)
    for _ in range(chance.randint(0, 4)):
        at = chance.randrange(len(letters))
        if chance.random() < 0.5:
            letters[at] = chance.choice(LETTERS)
        elif chance.random() < 0.5:
            letters.insert(at, chance.choice(LETTERS))
        elif len(letters) > 1:
            del letters[at]
    return "".join(letters)


def a_pair(chance):
    """Two words: the same misheard, of one forefather's name, or strangers."""
    word = a_word(chance)
    kind = chance.random()
    if kind < 0.4:
        return word, changed(word, chance)
    if kind < 0.7:
        stem = a_word(chance)
        heard = stem.translate(str.maketrans("aeiou", "".join(chance.choices("aeiou", k=5))))
        return stem + chance.choice(ENDINGS[2:]), heard + chance.choice(ENDINGS[2:])
    return word, a_word(chance)


def as_bytes(word):
    return np.frombuffer(word.encode(), np.uint8)


@pytest.mark.parametrize("least", [LEAST_ALIGNED, LEAST_SIMILAR, 0.9])
def test_words_that_are_alike_are_never_ruled_out(least):
    chance, memory, outline = random.Random(5), room(), np.ones((2, 128), np.float32)
    ruled_out = 0
    for _ in range(15_000):
        word, other = a_pair(chance)
        a, b, abjad, cut = (
            as_bytes(word),
            as_bytes(other),
            chance.random() < 0.2,
            chance.random() < 0.2,
        )
        stems = stem_length(word), stem_length(other)
        draw(a, outline)
        weight = weight_of(a) + weight_of(b)
        may = may_reach(
            a, stems[0], cut, b, stems[1], int(abjad), letters_of(b), weight, least, outline
        )  # fmt: skip
        ruled_out += not may
        if not may:
            assert compare_words(a, b, abjad, *stems, cut, memory) < least, (word, other)
    assert ruled_out > 1_500, "it would save nothing"


@pytest.mark.parametrize("least", [LEAST_ALIGNED, LEAST_SIMILAR])
def test_words_alike_enough_are_as_alike_as_when_compared_to_the_end(least):
    chance, memory = random.Random(9), room()
    cut_short = 0
    for _ in range(15_000):
        word, other = a_pair(chance)
        if chance.random() < 0.3:  # a swap may make up for what a row seemed to lose
            at = chance.randrange(len(word))
            other = word[:at] + word[at : at + 2][::-1] + word[at + 2 :]
        a, b, abjad = as_bytes(word), as_bytes(other), chance.random() < 0.2
        stems = stem_length(word), stem_length(other)
        weight = weight_of(a) + weight_of(b)
        whole = compare_words(a, b, abjad, *stems, False, memory)
        found = word_similarity(a, b, abjad, *stems, False, weight, least, memory)
        assert found == whole or max(found, whole) < least, (word, other)
        cut_short += found != whole
    assert cut_short > 1_500, "it would save nothing"


def names(count, seed):
    chance = random.Random(seed)
    parts = [a_word(chance).title() for _ in range(400)]
    return [" ".join(chance.choices(parts, k=chance.randint(1, 4))) for _ in range(count)]


def born(chance):
    return (chance.randint(1960, 1963), chance.randint(1, 12), chance.randint(1, 28))


def disturbed(name, chance):
    """Two parts written as one word, or a letter left out."""
    if chance.random() < 0.5:
        return name.replace(" ", "", 1)
    gone = chance.randrange(len(name))
    return name[:gone] + name[gone + 1 :]


def test_a_floor_cuts_off_what_is_below_it_and_nothing_else():
    """With no floor to reach every person looked at is aligned; the best must be the same."""
    chance = random.Random(3)
    listed = [(name, born(chance)) for name in names(3000, 1)]
    index = Index.build(
        Listing(str(n), (name,), (day,), ("KGZ",), "M") for n, (name, day) in enumerate(listed)
    )
    asked = [(name, born(chance)) for name in names(300, 2)]
    asked += [(disturbed(name, chance), day) for name, day in listed[::10]]
    some = 0
    for name, day in asked:
        person = Person((name,), day, ("KGZ",), "M")
        everything = index.search(person, limit=64, threshold=-60)
        found = index.search(person, limit=64, threshold=8)
        best = [it for it in everything if it.score >= 8]
        if len(everything) < 64 or everything[-1].score < 8:
            assert {it.key: it.score for it in best}.items() <= {
                it.key: it.score for it in found
            }.items()
            some += len(best)
    assert some > 300


def test_who_is_asked_for_again_is_answered_as_before():
    listings = [Listing(str(n), (name,), ((1960, 2, 3),)) for n, name in enumerate(names(3000, 1))]
    index = Index.build(listings)
    people = [Person((name,), (1960, 2, 3)) for name in names(200, 2)]
    first = [index.search(person, threshold=5) for person in people]
    assert [index.search(person, threshold=5) for person in people] == first
    assert any(first)


def test_a_full_memory_forgets_everything_and_a_slot_holds_one_part():
    memory = Remembered(
        np.zeros((4, LONGEST_WORD), np.uint8), np.zeros(4, np.uint8), np.zeros(4, np.uint8),
        np.zeros(4, np.int64), np.zeros(4, np.uint32), np.empty(10, np.uint32),
        np.empty(10, np.uint8), np.zeros(1, np.int64),
    )  # fmt: skip
    found, band = np.empty(10, np.int64), np.empty(10, np.uint8)
    chance = random.Random(1)
    kept = {}
    for n in range(300):
        part = as_bytes(a_word(chance))
        slot = slot_of(part, 0, 4)
        count = chance.randint(0, 6)
        remember(part, 0, slot, memory, np.full(count, n), np.full(count, 7, np.uint8))
        kept[bytes(part)] = [n] * count
        for each, entries in kept.items():
            there = slot_of(as_bytes(each.decode()), 0, 4)
            if is_remembered(as_bytes(each.decode()), 0, there, memory):
                assert list(found[: recall(there, memory, found, band)]) == entries
        assert is_remembered(part, 0, slot, memory)
        assert not is_remembered(part, 1, slot, memory), "cut off or not is another question"


def test_what_is_asked_for_again_and_again_is_never_forgotten():
    memory = Remembered(
        np.zeros((64, LONGEST_WORD), np.uint8), np.zeros(64, np.uint8), np.zeros(64, np.uint8),
        np.zeros(64, np.int64), np.zeros(64, np.uint32), np.empty(20, np.uint32),
        np.empty(20, np.uint8), np.zeros(1, np.int64),
    )  # fmt: skip
    found, band = np.empty(20, np.int64), np.empty(20, np.uint8)
    common, common_at = as_bytes("ivan"), 0
    once, once_at = as_bytes("sokrat"), 1
    remember(once, 0, once_at, memory, np.array([1, 2]), np.array([3, 4], np.uint8))
    remember(common, 0, common_at, memory, np.array([7, 8, 9]), np.array([5, 6, 7], np.uint8))
    for n in range(200):
        remember(
            as_bytes(f"other{n}"), 0, 2 + n % 62, memory, np.full(2, n), np.full(2, 1, np.uint8)
        )
        assert is_remembered(common, 0, common_at, memory), n
        count = recall(common_at, memory, found, band)
        assert list(found[:count]) == [7, 8, 9]
        assert list(band[:count]) == [5, 6, 7]
        if is_fading(common_at, memory):
            remember(common, 0, common_at, memory, found[:count], band[:count])
    assert not is_remembered(once, 0, once_at, memory), "nothing was ever overwritten"
