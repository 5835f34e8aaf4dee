"""Keys under which a folded word is filed: near words share at least one.

A word is filed under its consonant skeleton, under the skeleton less any one letter, under the
skeleton of its stem and, when it has few consonants, under itself less any one letter.
"""

from collections.abc import Iterator
from zlib import crc32

from .folding import skeleton, stem_length

_FEW_BONES = 4


def keys_of(fold: str) -> list[int]:
    """32-bit keys of a word, each once; two words that share a key are compared in full."""
    return list({crc32(text.encode()): None for text in _texts(fold)})


def _texts(fold: str) -> Iterator[str]:
    bones = skeleton(fold)
    yield bones
    if len(bones) >= _FEW_BONES:
        yield from _less_one(bones)
    if len(bones) <= _FEW_BONES:
        yield "=" + fold
        if len(fold) >= 3:
            yield from ("=" + short for short in _less_one(fold))
    stem = skeleton(fold[: stem_length(fold)])
    if len(stem) >= 3 and stem != bones:
        yield stem


def _less_one(text: str) -> Iterator[str]:
    return (text[:i] + text[i + 1 :] for i in range(len(text)))
