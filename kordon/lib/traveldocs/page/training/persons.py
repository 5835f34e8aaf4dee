"""Documents of invented persons, of every format."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from kordon.lib.traveldocs import Format, MRZData, write_mrz

FORMATS = (Format.TD3, Format.TD1, Format.TD2, Format.MRVA, Format.MRVB)
ON = date(2026, 6, 1)
"""The day on which the invented documents are read."""
_BEGIN = "A BA BE DA DO E GA I JU KA KHO LE MA NI O PE QU RA SA SHA TA U VI WO YE ZA ZHU FI XA CHO"
_MIDDLE = "BE DI GU HA JI KU LO MA NE PO QI RA SI TU VA WE XI YU ZO FA CE"
_END = "BEK DIN GUL HAN JON KIN LIA MIR NOV OVA PUR RUZ SEN TIN VA WAY XIN YEV ZAR FF CK"
_ISSUERS = "KAZ KGZ TJK TKM UZB TUR CHN IND D ITA POL UTO JPN BRA EGY FIN VNM QAT GBR"
_ANY = "ABCDEFGHIJKLMNPQRSTUVWXYZ0123456789"
_LONGEST = {Format.TD1: 12, Format.TD2: 7, Format.TD3: 14, Format.MRVA: 12, Format.MRVB: 6}


def zone(format: Format, chance: np.random.Generator) -> tuple[str, ...]:
    """The lines of one invented document; its number is as long as the format allows, at times."""
    expiry = ON + timedelta(days=int(chance.integers(30, 3600)))
    longer = format is Format.TD1 and chance.random() < 0.15
    optional = "" if longer or chance.random() < 0.4 else _some(_LONGEST[format], chance)
    return write_mrz(
        format,
        MRZData(
            document_code=_code(format, chance),
            issuer=str(chance.choice(_ISSUERS.split())),
            nationality=str(chance.choice(_ISSUERS.split())),
            surname=_name(chance) + (" " + _name(chance) if chance.random() < 0.2 else ""),
            given_names=" ".join(_name(chance) for _ in range(chance.integers(1, 4))),
            number=_some(13 if longer else 9, chance),
            birth=date(int(chance.integers(1935, 2024)), *_day(chance)),
            sex=str(chance.choice(("M", "F", ""), p=(0.48, 0.48, 0.04))),
            expiry=expiry,
            optional=optional,
        ),
    )


def _code(format: Format, chance: np.random.Generator) -> str:
    if format is Format.TD3:
        return str(chance.choice(("PP", "PD", "PO")))
    if format in (Format.MRVA, Format.MRVB):
        return "V"
    return str(chance.choice(("I", "ID", "AC") if format is Format.TD1 else ("I", "ID")))


def _day(chance: np.random.Generator) -> tuple[int, int]:
    return int(chance.integers(1, 13)), int(chance.integers(1, 29))


def _some(most: int, chance: np.random.Generator) -> str:
    length = most if chance.random() < 0.6 else int(chance.integers(max(1, most - 4), most + 1))
    if chance.random() < 0.4:
        return "".join(chance.choice(list("0123456789"), length))
    return "".join(chance.choice(list(_ANY), length))


def _name(chance: np.random.Generator) -> str:
    middle = chance.choice(_MIDDLE.split(), chance.integers(0, 3))
    return str(chance.choice(_BEGIN.split())) + "".join(middle) + str(chance.choice(_END.split()))
