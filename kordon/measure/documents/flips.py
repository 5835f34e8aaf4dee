"""One bit of a valid document flipped, and it verified: nothing false may be VERIFIED.

A VERIFIED after a flip is false if what it vouches for is not what was signed: the octets of the
data groups, the hashes, the signed attributes, what the signer's certificate says, the authority,
the moment; or if one of the two signatures by which it is known is another. Some octets of EF.SOD
nobody signs (the frame of CMS, its version numbers, the name by which the signer is found, the list
of digests in use): a flip there may be VERIFIED, and is counted by where it lay. In a data group no
flip may be.
"""

import multiprocessing
import random
import signal
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field

from kordon.lib.traveldocs.chip import (
    ChipError,
    ChipFiles,
    Outcome,
    Verification,
    read_sod,
    verify_chip,
)
from kordon.measure.documents.cases import Made
from kordon.measure.screening.asking import cores

PORTION = 2_000
SOD_SHARE = 0.8
"""Of the flips; the others are in data groups."""
SLOW_SHARE = 0.02
"""Of the flips, in documents on curves that are computed in Python, ten times as slowly."""


@dataclass
class Flipped:
    """What became of the flips."""

    outcomes: Counter[str] = field(default_factory=Counter)
    harmless: Counter[str] = field(default_factory=Counter)
    """VERIFIED, of what was signed; by where the flip lay."""
    false: list[str] = field(default_factory=list)
    """VERIFIED, of something else, or an error that came out: document, file, octet, bit."""

    def add(self, other: "Flipped") -> None:
        self.outcomes += other.outcomes
        self.harmless += other.harmless
        self.false += other.false

    @property
    def total(self) -> int:
        return sum(self.outcomes.values())


@dataclass(frozen=True)
class _Original:
    """A document with what its verification vouches for, and where its parts lie in EF.SOD."""

    document: Made
    vouched: tuple[object, ...]
    parts: tuple[tuple[str, int, int], ...]


_originals: list[_Original] = []
_slow: list[_Original] = []


def flip_all(
    documents: Sequence[Made],
    flips: int,
    seed: int,
    progress: Callable[[int], None],
    portion: int = PORTION,
) -> Flipped:
    """So many flips, drawn by the seed, on all cores; fewer where somebody presses Ctrl+C."""
    portions = [(seed, at, min(portion, flips - at)) for at in range(0, flips, portion)]
    found = Flipped()
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(
        min(cores(), max(1, len(portions))), context, initializer=_open, initargs=(documents,)
    ) as pool:
        waiting = [pool.submit(_flip_some, *each) for each in portions]
        try:
            for done in as_completed(waiting):
                found.add(done.result())
                progress(found.total)
        except KeyboardInterrupt:  # hours may lie behind it: what was found is told
            pool.shutdown(cancel_futures=True)
    return found


def _open(documents: Sequence[Made]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that asked decides
    for document in documents:
        original = original_of(document)
        (_slow if document.way.is_slow else _originals).append(original)


def original_of(document: Made) -> _Original:
    """Raises ValueError where the document is not verified as it is."""
    said = document.verified()
    if said.outcome is not Outcome.VERIFIED:
        raise ValueError(f"{document.name}: {said.outcome} {said.codes}")
    files = ChipFiles(sod=document.sod, groups=document.groups)
    return _Original(document, vouched(files, said), _parts(document.sod))


def _flip_some(seed: int, first: int, number: int) -> Flipped:
    chance = random.Random(f"flips {seed} {first}")  # noqa: S311  # nosec B311
    found = Flipped()
    for _ in range(number):
        slow = _slow and (not _originals or chance.random() < SLOW_SHARE)
        original = chance.choice(_slow if slow else _originals)
        in_sod = chance.random() < SOD_SHARE
        group = 0 if in_sod else chance.choice(sorted(original.document.groups))
        octets = original.document.groups[group] if group else original.document.sod
        judge_flip(found, original, group, chance.randrange(8 * len(octets)))
    return found


def judge_flip(found: Flipped, original: _Original, group: int, bit: int) -> None:
    """Flip a bit of a data group, or of EF.SOD where `group` is 0, and judge what is said."""
    document = original.document
    files = _changed(document, group, bit)
    file = f"DG{group}" if group else "EF.SOD"
    place = f"{document.name}, {file}, octet {bit // 8}, bit {bit % 8}"
    try:
        said = verify_chip(files, document.trust, on=document.on)
    except Exception as error:  # whatever comes out is a fault of the library, and is told
        found.outcomes["raised"] += 1
        found.false.append(f"{place}: {error!r}")
        return
    found.outcomes[str(said.outcome)] += 1
    if said.outcome is not Outcome.VERIFIED:
        return
    if vouched(files, said) != original.vouched:
        found.false.append(place)
    else:
        found.harmless[_part_at(original, bit // 8)] += 1


def _changed(document: Made, group: int, bit: int) -> ChipFiles:
    octets = bytearray(document.groups[group] if group else document.sod)
    octets[bit // 8] ^= 1 << bit % 8
    if group:
        groups = {**document.groups, group: bytes(octets)}
        return ChipFiles(sod=document.sod, groups=groups)
    return ChipFiles(sod=bytes(octets), groups=document.groups)


def vouched(files: ChipFiles, said: Verification) -> tuple[object, ...]:
    """All that a VERIFIED says is so, and the signatures by which it is known."""
    sod = read_sod(files.sod or b"")
    signature, attributes = sod.signed.signers[0].signature, sod.signed.signers[0].attributes
    signer, anchor = said.signer, said.anchor
    return (
        sod.signed.content,
        dict(sod.hashes),
        sorted(each.raw for each in attributes or ()),
        signature,
        signer and (signer.signed, signer.key, signer.signature),
        anchor and anchor.raw,
        said.signed_at,
        dict(said.digests_hold),
        said.dg1 and said.dg1.lines,
        dict(files.groups),
    )


def _parts(octets: bytes) -> tuple[tuple[str, int, int], ...]:
    """The parts of EF.SOD by name and place, the inner ones first."""
    try:
        signed = read_sod(octets).signed
    except ChipError:
        return ()
    certificate, signer = signed.certificates[0], signed.signers[0]
    values = [
        ("the signed content", signed.content),
        ("the signed attributes", signer.attributes.raw if signer.attributes else b""),
        ("the signature", signer.signature),
        ("the signed part of the certificate", certificate.signed),
        ("the certificate, beside what is signed", certificate.raw),
    ]
    found = [(name, octets.find(value), octets.find(value) + len(value)) for name, value in values]
    start, stop = signer.digest.start, signer.algorithm.stop
    return (*found, ("digest and algorithm of the signer", start, stop))


def _part_at(original: _Original, octet: int) -> str:
    for name, start, stop in original.parts:
        if start <= octet < stop:
            return name
    return "the frame of CMS and the signer's name"
