"""Invented travellers with valid passports, as many as a measurement needs."""

import itertools
import random
from collections.abc import Iterator
from datetime import date, timedelta

from kordon.lib.traveldocs import Format, MRZData, write_mrz

SURNAMES = ("AKHMETOV", "BEKOVA", "CHARYEVA", "DOSMUHAMBETOV", "ERGASHEVA", "FAYZULLOEV")
GIVEN = ("AIGUL", "BAKYT", "CHOLPON", "DILNOZA", "ERLAN", "FARRUKH", "GULNARA", "HUSSEIN")
STATES = ("KAZ", "KGZ", "TJK", "TKM", "UZB", "UTO", "D", "TUR", "CHN", "IND")
FORMATS = (Format.TD3, Format.TD1, Format.TD3, Format.TD2, Format.MRVA, Format.MRVB)
CODES = {Format.TD3: "PP", Format.MRVA: "V", Format.MRVB: "V"}


def zones(today: date, *, formats: tuple[Format, ...] = FORMATS, seed: int = 9303) -> Iterator[str]:
    """Machine readable zones without end, the same for the same seed; their lines stand apart."""
    for form, document in documents(today, formats=formats, seed=seed):
        yield "\n".join(write_mrz(form, document))


def documents(
    today: date, *, formats: tuple[Format, ...] = FORMATS, seed: int = 9303
) -> Iterator[tuple[Format, MRZData]]:
    """What the zones say, before it is written."""
    chance = random.Random(seed)  # noqa: S311  # nosec B311 (the same travellers every time)
    for form in itertools.cycle(formats):
        yield (
            form,
            MRZData(
                document_code=CODES.get(form, "I"),
                issuer=chance.choice(STATES),
                surname=chance.choice(SURNAMES),
                given_names=" ".join(chance.sample(GIVEN, chance.randint(1, 2))),
                number=f"{chance.choice('ABCNP')}{chance.randint(0, 99_999_999):08}",
                nationality=chance.choice(STATES),
                birth=date(
                    chance.randint(1940, 2015), chance.randint(1, 12), chance.randint(1, 28)
                ),
                sex=chance.choice("MF"),
                expiry=today + timedelta(days=chance.randint(200, 3000)),
            ),
        )
