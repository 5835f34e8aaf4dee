"""The travellers of the scenario cards, with dates that stay true for years.

Document numbers are far beyond those the generator draws, and surnames are not among its
words, so that nobody drawn by chance is their namesake. (NAMESAKE has one on purpose.)
"""

from dataclasses import dataclass, replace
from datetime import date

from kordon.lib.traveldocs import Format, MRZData, write_mrz
from kordon.node.demo.people import Name, Paper, Person, make_name

VALID = date(2034, 6, 30)


@dataclass(frozen=True, kw_only=True)
class Card:
    """The papers of one scenario. ``wrong`` is a position of line 2 whose digit is falsified."""

    key: str
    person: Person
    format: Format = Format.TD3
    code: str = "PP"
    nationality: str = ""
    optional: str = ""
    wrong: int | None = None
    direction: str = "entry"

    @property
    def mrz(self) -> str:
        """The lines a reader types, between them a line end."""
        person = self.person
        lines = write_mrz(
            self.format,
            MRZData(
                document_code=self.code,
                issuer=person.paper.issuer,
                surname=person.name.mrz_surname,
                given_names=person.name.mrz_given_names,
                number=person.paper.number,
                nationality=self.nationality or person.nationality,
                birth=person.born,
                sex=person.sex,
                expiry=person.paper.expiry,
                optional=self.optional,
            ),
        )
        return "\n".join(_falsified(lines, self.wrong))


def _falsified(lines: tuple[str, ...], position: int | None) -> tuple[str, ...]:
    if position is None:
        return lines
    line = lines[1]
    digit = (int(line[position]) + 3) % 10
    return (lines[0], f"{line[:position]}{digit}{line[position + 1 :]}", *lines[2:])


def _latin(surname: str, given_names: str) -> Name:
    return make_name("utopian", surname, given_names, "", "")


def _person(  # noqa: PLR0913  (a traveller is this many things)
    name: Name, born: date, sex: str, nationality: str, number: str, *, expiry: date = VALID
) -> Person:
    paper = Paper(number=number, issuer=nationality, expiry=expiry)
    return Person(name=name, born=born, sex=sex, nationality=nationality, paper=paper)


FINE = Card(
    key="fine",
    person=_person(
        make_name("kazakh", "Кенжебекова", "Самал", "Ерлан", "F"), date(1991, 4, 17), "F", "KAZ",
        "N00900001",
    ),
)  # fmt: skip
EXPIRED = Card(
    key="expired",
    person=_person(
        make_name("uzbek", "Niyozmatov", "Gʻayrat", "", "M"), date(1983, 9, 2), "M", "UZB",
        "FA0090002", expiry=date(2024, 3, 11),
    ),
)  # fmt: skip
STOLEN = Card(
    key="stolen",
    person=_person(
        make_name("turkish", "Karaca", "Levent", "", "M"),
        date(1978, 1, 29),
        "M",
        "TUR",
        "U00900003",
    ),
)
NAMESAKE = Card(
    key="namesake",
    person=_person(
        make_name("kazakh", "Жүнісова", "Айгерім", "", "F"),
        date(1996, 9, 21),
        "F",
        "KAZ",
        "N00900004",
    ),
)
NAMESAKE_LISTED = replace(
    NAMESAKE.person,
    born=date(1971, 2, 3),
    nationality="UZB",
    paper=Paper(number="FA0090904", issuer="UZB", expiry=VALID),
)
"""The one who is looked for, whose name NAMESAKE shares."""
ROMANISED = Card(
    key="romanised",
    person=replace(
        _person(
            make_name("kyrgyz", "Жапаркулов", "Өмүрбек", "Үсөн", "M"), date(1980, 11, 5), "M",
            "KGZ", "PE0090005",
        ),
        name=Name(
            surname="Жапаркулов", given_names="Өмүрбек", patronymic="Үсөн уулу",
            mrz_surname="JAPARKULOV", mrz_given_names="OEMUERBEK", tongue="kyrgyz",
        ),
    ),
)  # fmt: skip
DISCREET = Card(
    key="discreet",
    person=_person(
        make_name("russian", "Лопатин", "Геннадий", "Степан", "M"), date(1969, 7, 14), "M", "RUS",
        "000900006",
    ),
)  # fmt: skip
BANNED = Card(
    key="banned",
    person=_person(
        make_name("tajik", "Наврӯзов", "Далер", "Карим", "M"), date(1988, 3, 30), "M", "TJK",
        "400900007",
    ),
)  # fmt: skip
INSIDE = Card(
    key="inside",
    person=_person(
        Name(
            surname="沈", given_names="建国", patronymic="",
            mrz_surname="SHEN", mrz_given_names="JIANGUO", tongue="chinese",
        ),
        date(1975, 12, 8), "M", "CHN", "EA0090008",
    ),
)  # fmt: skip
WRONG_DIGIT = Card(
    key="wrong_digit",
    person=_person(_latin("Grünmark", "Bastian"), date(1972, 10, 26), "M", "UTO", "L00900009"),
    wrong=19,
)
LONG_NUMBER = Card(
    key="long_number",
    person=_person(_latin("Silverhelm", "Odile"), date(1964, 5, 23), "F", "UTO", "D00900010734"),
    format=Format.TD1,
    code="I",
)
CARD = Card(
    key="card",
    person=_person(
        make_name("kyrgyz", "Кадыралиева", "Бермет", "Асан", "F"), date(1999, 8, 16), "F", "KGZ",
        "ID0090011",
    ),
    format=Format.TD1,
    code="ID",
)  # fmt: skip
CHIP = Card(
    key="chip",
    person=replace(
        _person(_latin("Quillfeather", "Isolde"), date(1988, 2, 9), "F", "UTO", "C00900021"),
        paper=Paper(number="C00900021", issuer="UTO", expiry=VALID),
    ),
)
CHIP_CHANGED = Card(
    key="chip-changed",
    person=replace(
        _person(_latin("Corbelwick", "Percival"), date(1979, 10, 30), "M", "UTO", "C00900022"),
        paper=Paper(number="C00900022", issuer="UTO", expiry=VALID),
    ),
)
VISA = Card(
    key="visa",
    person=replace(
        _person(_latin("Sundaram", "Kavita"), date(1986, 6, 4), "F", "IND", "V00900012"),
        paper=Paper(number="V00900012", issuer="UTO", expiry=VALID),
    ),
    format=Format.MRVA,
    code="V",
)
SEAL = Card(
    key="seal",
    person=_person(
        make_name("kazakh", "Сүлейменқызы", "Дана", "", "F"), date(1990, 3, 8), "F", "KAZ",
        "N00900031",
    ),
)  # fmt: skip
SEAL_MOVED = Card(
    key="seal-moved",
    person=_person(
        make_name("turkish", "Çelikkanat", "Orhan", "", "M"), date(1987, 5, 21), "M", "TUR",
        "U00900032",
    ),
)  # fmt: skip
MINOR = Card(
    key="minor",
    person=_person(
        make_name("kazakh", "Бекмағамбетов", "Әлихан", "", "M"), date(2018, 2, 11), "M", "KAZ",
        "N00900013", expiry=date(2033, 2, 1),
    ),
)  # fmt: skip
REFUGEE = Card(
    key="refugee",
    person=replace(
        _person(
            Name(
                surname="بهادری", given_names="فرزانه", patronymic="",
                mrz_surname="BAHADORI", mrz_given_names="FARZANA", tongue="persian",
            ),
            date(1993, 1, 19), "F", "XXB", "R00900014",
        ),
        paper=Paper(number="R00900014", issuer="UTO", expiry=VALID),
    ),
)  # fmt: skip
TWIN = Card(
    key="twin",
    person=_person(
        make_name("russian", "Снегирёва", "Тамара", "Олег", "F"), date(1984, 4, 9), "F", "RUS",
        "000900015",
    ),
)  # fmt: skip
TWIN_BEFORE = replace(
    TWIN.person, paper=Paper(number="000900115", issuer="RUS", expiry=date(2030, 1, 31))
)
"""The traveller of TWIN as she came before, with the other passport."""


def visa_in(card: Card, number: str) -> Card:
    """The visa of Utopia in somebody's passport."""
    paper = Paper(number=number, issuer="UTO", expiry=date(2034, 1, 31))
    return Card(
        key=card.key, person=replace(card.person, paper=paper), format=Format.MRVB, code="V"
    )


# Who stands in the second line when the demonstration begins.
WAITING = (
    Card(
        key="waiting_banned",
        person=_person(
            make_name("uzbek", "Tolipov", "Farhod", "", "M"), date(1981, 8, 27), "M", "UZB",
            "FA0090021",
        ),
    ),
    Card(
        key="waiting_expired",
        person=_person(
            make_name("russian", "Луговая", "Лидия", "Борис", "F"), date(1958, 12, 3), "F", "RUS",
            "000900022", expiry=date(2025, 10, 2),
        ),
    ),
    Card(
        key="waiting_minor",
        person=_person(
            make_name("kyrgyz", "Кенешова", "Бегимай", "Тилек", "F"), date(2015, 6, 20), "F", "KGZ",
            "PE0090023",
        ),
    ),
)  # fmt: skip

CARDS = (
    FINE, EXPIRED, STOLEN, NAMESAKE, ROMANISED, DISCREET, BANNED, INSIDE, WRONG_DIGIT,
    LONG_NUMBER, CARD, VISA, MINOR, REFUGEE, TWIN,
)  # fmt: skip
