"""European, Turkish, Georgian and Armenian names."""

from collections.abc import Mapping
from functools import lru_cache

from .lands import ARMENIAN, EUROPE, GEORGIAN, TURKISH, Land
from .urns import Chance, Urn, Written, by_weight, ranked, roots

_GEORGIAN_LETTERS = {"zh": "ჟ", "sh": "შ", "ch": "ჩ", "ts": "ც", "dz": "ძ", "kh": "ხ", "gh": "ღ"}
_GEORGIAN_LETTERS |= dict(zip("abgdevztiklmnoprsufqjhc", "აბგდევზთიკლმნოპრსუფყჯჰც", strict=True))
_ARMENIAN_LETTERS = {"zh": "ժ", "sh": "շ", "ch": "չ", "ts": "ց", "dz": "ձ", "kh": "խ", "gh": "ղ"}
_ARMENIAN_LETTERS |= dict(zip("abgdezilhkmynoprsvtuwfj", "աբգդեզիլհկմյնոպրսվտււֆջ", strict=True))
_TWO = ("zh", "sh", "ch", "ts", "dz", "kh", "gh")
_FLAT = str.maketrans("şŞçÇğĞıİöÖüÜ", "sScCgGiIoOuU")


class Western:
    """One land; Georgian and Armenian with their own letters."""

    middle_last = False

    def __init__(
        self, chance: Chance, land: Land, letters: Mapping[str, str] | None = None
    ) -> None:
        self._land, self._letters = land, letters
        tail = roots(land.sounds, 14_000, chance)
        endings = land.endings.split()
        made = [_plain_joint(root, chance.choice(endings)) for root in tail[1000:]]
        heads = land.families.replace("_", " ").split()
        if letters is not None or land.code == "TUR":
            heads = [a + b for a in heads for b in endings[:5]]
        self._men = Urn(ranked(land.men.split(), chance) + tail[:500], steep=1.2, flat=4)
        self._women = Urn(ranked(land.women.split(), chance) + tail[500:1000], steep=1.2, flat=4)
        families = list(dict.fromkeys([*ranked(heads, chance), *made]))
        self._families = Urn(families, steep=1.08, flat=8)

    def invent(self, chance: Chance, sex: str) -> tuple[str, ...]:
        """Family name (perhaps two), given name, second given name."""
        urn = self._men if sex == "M" else self._women
        family = self._families.draw(chance)
        if chance.random() < self._land.second_family:
            family += " " + self._families.draw(chance)
        return family, urn.draw(chance), urn.draw(chance) if chance.random() < 0.25 else ""

    def native(self, parts: tuple[str, ...], sex: str, chance: Chance) -> Written | None:
        if self._letters is None:
            return None
        return Written(*(_in_letters(part, self._land.code) for part in parts))

    def latin(self, parts: tuple[str, ...], sex: str, chance: Chance, *, passport: bool) -> Written:
        family, given, second = parts
        if " " in family and not passport and chance.random() < 0.4:
            family = family.split()[0]
        words = Written(family, given, second)
        if self._land.code == "TUR" and not passport and chance.random() < 0.5:
            return Written(*(word.translate(_FLAT) for word in words))
        if not passport and chance.random() < 0.3:
            return Written(*(word.translate(_BARE) for word in words))
        return words

    def shown_middle(self, chance: Chance) -> bool:
        return True

    def nationality(self, chance: Chance) -> str:
        return self._land.code


_BARE = str.maketrans("äöüéèçñáíóúñłśźżąęć", "aoueecnaiounlszzaec")


@lru_cache(maxsize=100_000)
def _in_letters(word: str, code: str) -> str:
    letters = _GEORGIAN_LETTERS if code == "GEO" else _ARMENIAN_LETTERS
    for pair in _TWO:
        word = word.replace(pair, letters[pair])
    return "".join([letters.get(letter, letter) for letter in word])


def _plain_joint(root: str, ending: str) -> str:
    vowels = "aeiouyäöüéıąę"
    return (root[:-1] if root[-1] in vowels and ending[0] in vowels else root) + ending


class Europe:
    """All of `EUROPE`: which, is part of the name."""

    middle_last = False

    def __init__(self, chance: Chance) -> None:
        self._lands = {name: Western(chance, land) for name, land in EUROPE.items()}
        self._pick = by_weight({"german": 25, "french": 18, "english": 22,
            "spanish": 10, "italian": 11, "polish": 14})  # fmt: skip

    def invent(self, chance: Chance, sex: str) -> tuple[str, ...]:
        land = self._pick(chance)
        return (*self._lands[land].invent(chance, sex), land)

    def native(self, parts: tuple[str, ...], sex: str, chance: Chance) -> Written | None:
        return None

    def latin(self, parts: tuple[str, ...], sex: str, chance: Chance, *, passport: bool) -> Written:
        return self._lands[parts[3]].latin(parts[:3], sex, chance, passport=passport)

    def shown_middle(self, chance: Chance) -> bool:
        return True

    def nationality(self, chance: Chance) -> str:
        return _EUROPEANS(chance)


_EUROPEANS = by_weight({"DEU": 25, "FRA": 18, "GBR": 22, "ESP": 10, "ITA": 11, "POL": 14})


def turkish(chance: Chance) -> Western:
    return Western(chance, TURKISH)


def georgian(chance: Chance) -> Western:
    return Western(chance, GEORGIAN, _GEORGIAN_LETTERS)


def armenian(chance: Chance) -> Western:
    return Western(chance, ARMENIAN, _ARMENIAN_LETTERS)
