"""One document told by several sources: printed zone, chip, seal, typed text, earlier crossings.

    from kordon.lib.traveldocs.crosscheck import Record, Source, cross_check, record_of

    said = cross_check([record_of(Source.ZONE, reading), Record(source=Source.TYPED, ...)])
    said.findings, said.agreements

Pure standard library; never raises. It verifies nothing: whether the chip or the seal is genuine
is told elsewhere.
"""

from kordon.lib.traveldocs.crosscheck.checking import cross_check
from kordon.lib.traveldocs.crosscheck.outcome import (
    Agreement,
    Code,
    CrossCheck,
    Finding,
    Same,
    Told,
    Weight,
    to_json,
)
from kordon.lib.traveldocs.crosscheck.records import Record, Source, record_of

__all__ = [
    "Agreement",
    "Code",
    "CrossCheck",
    "Finding",
    "Record",
    "Same",
    "Source",
    "Told",
    "Weight",
    "cross_check",
    "record_of",
    "to_json",
]
