"""Keys under which folded words are filed: words that sound alike share at least one. Compiled.

A word is filed under its consonant skeleton and under that less any one bone; under the skeletons
of its stem and of what follows an Arabic article; and, when it has few bones, under itself and
itself less any one letter.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from . import tables
from .compiled import compiled, entrance
from .shape import Bytes, Numbers, Whole
from .similarity import article_length

FEW_BONES = 4
_LONGEST = 64  # letters of a word that are looked at
_MOST_KEYS = 2 * _LONGEST
_SKELETON_SEED, _WORD_SEED = 1, 2


def _bone_table() -> Bytes:
    bones = np.zeros(128, np.uint8)
    for letter, bone in tables.SKELETON.items():
        bones[ord(letter)] = ord(bone)
    return bones


_BONE = _bone_table()
_VOWEL = np.array([chr(code) in tables.VOWELS for code in range(128)])


@compiled
def _skeleton(word: Bytes, bones: Bytes) -> Any:
    """Write the consonant classes of a word, runs once, a first vowel as `a`; how many."""
    n = 0
    if len(word) and _VOWEL[word[0]]:
        bones[0] = 97
        n = 1
    for letter in word[: _LONGEST - 1]:
        bone = _BONE[letter]
        if bone and (n == 0 or bones[n - 1] != bone):
            bones[n] = bone
            n += 1
    return n


@compiled
def _hash(text: Bytes, without: Whole, seed: Whole) -> Any:
    """FNV-1a of a text less one letter, folded to 32 bits."""
    mixed = (np.uint64(14695981039346656037) ^ np.uint64(seed)) * np.uint64(1099511628211)
    for i in range(len(text)):
        if i != without:
            mixed = (mixed ^ np.uint64(text[i])) * np.uint64(1099511628211)
    return np.uint32((mixed ^ (mixed >> np.uint64(32))) & np.uint64(0xFFFFFFFF))


@compiled
def _put(keys: Numbers, n: Whole, key: Whole) -> Any:
    for i in range(n):
        if keys[i] == key:
            return n
    keys[n] = key
    return n + 1


@compiled
def _put_less_one(keys: Numbers, n: Whole, text: Bytes, seed: Whole) -> Any:
    for i in range(len(text)):
        n = _put(keys, n, _hash(text, i, seed))
    return n


@compiled
def _keys_of(word: Bytes, stem: Whole, keys: Numbers, bones: Bytes) -> Any:
    """Write the keys of one word, each once; how many."""
    word = word[:_LONGEST]
    size = _skeleton(word, bones)
    n = _put(keys, 0, _hash(bones[:size], -1, _SKELETON_SEED))
    if size >= FEW_BONES:
        n = _put_less_one(keys, n, bones[:size], _SKELETON_SEED)
    if size <= FEW_BONES:
        n = _put(keys, n, _hash(word, -1, _WORD_SEED))
        if len(word) >= 3:
            n = _put_less_one(keys, n, word, _WORD_SEED)
    size = _skeleton(word[:stem], bones)
    if size >= 3:
        n = _put(keys, n, _hash(bones[:size], -1, _SKELETON_SEED))
    article = article_length(word)
    if article:
        size = _skeleton(word[article:], bones)
        n = _put(keys, n, _hash(bones[:size], -1, _SKELETON_SEED))
    return n


@entrance
def file_words(fold: Bytes, fold_at: Numbers, stem: Bytes) -> Any:
    """Keys of many words, end to end, and where those of each word begin."""
    words = len(fold_at) - 1
    key_at = np.zeros(words + 1, np.uint32)
    keys, bones = np.empty(_MOST_KEYS + 4, np.uint32), np.empty(_LONGEST, np.uint8)
    for i in range(words):
        word = fold[fold_at[i] : fold_at[i + 1]]
        key_at[i + 1] = key_at[i] + _keys_of(word, np.int64(stem[i]), keys, bones)
    key = np.empty(np.int64(key_at[words]), np.uint32)
    for i in range(words):
        word = fold[fold_at[i] : fold_at[i + 1]]
        _keys_of(word, np.int64(stem[i]), key[key_at[i] :], bones)
    return key, key_at


def keys_of(fold: str) -> NDArray[np.uint32]:
    """Keys of one folded word, for explanation and tests."""
    word = np.frombuffer(fold.encode("ascii"), np.uint8)
    at = np.array([0, len(word)], np.uint32)
    keys: NDArray[np.uint32] = file_words(word, at, np.array([len(word)], np.uint8))[0]
    return keys
