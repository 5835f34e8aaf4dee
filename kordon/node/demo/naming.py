"""How a surname and a patronymic are formed, tongue by tongue.

Rules, not lists of people: a stem and a father's name are chosen by chance and inflected.
"""

from collections.abc import Callable
from random import Random

Form = Callable[[str, str, Random], str]
VOWELS = "аеёиоуыэюяәөүұі"


def kazakh_surname(stem: str, sex: str, chance: Random) -> str:
    form = chance.random()
    if form < 0.3:
        return stem + ("ұлы" if sex == "M" else "қызы")
    if form < 0.5:
        return stem
    return _cyrillic_surname(stem, sex)


def kyrgyz_surname(stem: str, sex: str, chance: Random) -> str:
    if chance.random() < 0.2:
        return f"{stem} {'уулу' if sex == 'M' else 'кызы'}"
    return _cyrillic_surname(stem, sex)


def tajik_surname(stem: str, sex: str, chance: Random) -> str:
    form = chance.random()
    if form < 0.3:
        return stem.replace("ӣ", "и") + "зода"
    if form < 0.5 and stem[-1] not in "оаӣъ":
        return stem + "ӣ"
    return _cyrillic_surname(stem.replace("ӣ", "и"), sex)


def russian_surname(stem: str, sex: str, chance: Random) -> str:
    return stem if sex == "M" or stem.endswith("ых") else stem + "а"


def turkmen_surname(stem: str, sex: str, chance: Random) -> str:
    ending = "a" if sex == "F" else ""
    if stem.endswith(("ow", "ew")):
        return stem + ending
    if stem.endswith("ý"):
        return f"{stem}ew{ending}"
    return stem + ("ýew" if stem[-1] in "aäeiouöüy" else "ow") + ending


def uzbek_surname(stem: str, sex: str, chance: Random) -> str:
    ending = "a" if sex == "F" else ""
    if stem.endswith("ov"):
        return stem + ending
    return stem + ("ev" if stem.endswith("y") else "ov") + ending


def as_it_stands(stem: str, sex: str, chance: Random) -> str:
    return stem


def russian_patronymic(father: str, sex: str) -> str:
    special = {"Павел": "Павл", "Пётр": "Петр", "Михаил": "Михайл"}
    if father in special:
        return special[father] + ("ович" if sex == "M" else "овна")
    if father.endswith(("гий", "трий")):
        return father[:-1] + ("евич" if sex == "M" else "евна")
    if father.endswith("ий"):
        return father[:-2] + ("ьевич" if sex == "M" else "ьевна")
    if father.endswith(("й", "ь")):
        return father[:-1] + ("евич" if sex == "M" else "евна")
    return father + ("ович" if sex == "M" else "овна")


def patronymic(tongue: str, father: str, sex: str) -> str:
    """The father's name as this tongue puts it into papers; empty where it puts none."""
    if tongue == "russian":
        return russian_patronymic(father, sex)
    endings = {
        "kazakh": ("ұлы", "қызы"),
        "kyrgyz": (" уулу", " кызы"),
        "uzbek": (" oʻgʻli", " qizi"),
        "tajik": ("зода", "зода"),
    }
    return father + endings[tongue][sex == "F"] if tongue in endings else ""


SURNAMES: dict[str, Form] = {
    "kazakh": kazakh_surname,
    "kyrgyz": kyrgyz_surname,
    "tajik": tajik_surname,
    "russian": russian_surname,
    "turkmen": turkmen_surname,
    "uzbek": uzbek_surname,
}


def _cyrillic_surname(stem: str, sex: str) -> str:
    ending = "а" if sex == "F" else ""
    if stem.endswith("й"):
        return f"{stem[:-1]}ев{ending}"
    if stem.endswith("ы"):
        return f"{stem[:-1]}иев{ending}"
    if stem[-1] in VOWELS and not stem.endswith("еу"):
        return f"{stem}ев{ending}"
    return f"{stem}ов{ending}"
