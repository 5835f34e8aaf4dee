"""Machine readable zones of travel documents (ICAO Doc 9303): read, written, transliterated.

    >>> from datetime import date
    >>> from kordon.lib.traveldocs import read_mrz
    >>> reading = read_mrz(
    ...     "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\\n"
    ...     "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
    ...     on=date(2012, 1, 1),
    ... )
    >>> reading.valid, reading.surname, reading.given_names, str(reading.birth)
    (True, 'ERIKSSON', 'ANNA MARIA', '1974-08-12')
    >>> reading.fields["number"].verdict
    <Verdict.OK: 'OK'>

Pure standard library; no clock: the reading date is an argument. Chips are read and verified by
`kordon.lib.traveldocs.chip`, visible digital seals by `kordon.lib.traveldocs.seal`; both need
`cryptography`.
"""

from kordon.lib.traveldocs.alphabet import check_digit
from kordon.lib.traveldocs.as_json import repair_to_json, to_json
from kordon.lib.traveldocs.dates import PartialDate
from kordon.lib.traveldocs.errors import MRZError, UnmappedLetter
from kordon.lib.traveldocs.formats import Format
from kordon.lib.traveldocs.mrz import Reading, read_mrz
from kordon.lib.traveldocs.repairing import (
    Change,
    Outcome,
    Place,
    Proof,
    Repair,
    find_unseen,
    repair_mrz,
)
from kordon.lib.traveldocs.states import STATES, State, StateKind, find_state
from kordon.lib.traveldocs.transliteration import (
    TABLE_NAMES,
    Letter,
    Table,
    find_table,
    read_table,
    transliterate,
)
from kordon.lib.traveldocs.verdicts import Field, Verdict, Warning_, WarningCode
from kordon.lib.traveldocs.writing import MRZData, write_mrz

__all__ = [
    "STATES",
    "TABLE_NAMES",
    "Change",
    "Field",
    "Format",
    "Letter",
    "MRZData",
    "MRZError",
    "Outcome",
    "PartialDate",
    "Place",
    "Proof",
    "Reading",
    "Repair",
    "State",
    "StateKind",
    "Table",
    "UnmappedLetter",
    "Verdict",
    "WarningCode",
    "Warning_",
    "check_digit",
    "find_state",
    "find_table",
    "find_unseen",
    "read_mrz",
    "read_table",
    "repair_mrz",
    "repair_to_json",
    "to_json",
    "transliterate",
    "write_mrz",
]
