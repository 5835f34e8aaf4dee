"""Russian and Ukrainian names: Cyrillic first, a patronymic, endings that show the sex."""

from .cyrillic import in_russian, romanised
from .urns import Chance, Sounds, Urn, Written, by_weight, ranked, roots

_MEN = """александр сергей дмитрий алексей андрей иван михаил максим николай
евгений владимир артём никита денис илья егор антон роман павел виктор юрий кирилл олег
константин василий игорь вадим станислав вячеслав тимофей пётр даниил матвей семён глеб валерий
григорий борис анатолий фёдор геннадий леонид виталий руслан тимур марк лев ярослав всеволод
степан георгий святослав эдуард платон захар савелий мирон прохор архип ефим яков лука родион
эмиль тихон афанасий демид"""
_WOMEN = """анна мария елена ольга наталья екатерина татьяна ирина светлана юлия
анастасия дарья людмила галина полина виктория ксения александра надежда валентина марина любовь
вера алина софия оксана яна инна лариса тамара нина зинаида раиса жанна диана кристина евгения
василиса варвара маргарита алёна эльвира римма лидия антонина клавдия ульяна милана снежана"""
_SURNAME_ROOTS = """смирн кузнец попов васильк петр сокол михайл новик фёдор мороз волк
алексе лебед семён егор павл козл степан никол орл андре макар никит захар зайц солов борис
яковл григор романк воробь серге фролк александр дмитр корол гусик киселёв ильин максим поляк
сорок виноград ковал белик медвед антон тарас жук баран филип комар давыд беляк герасим богдан
осип сидор матве тит марк миронк крыл куликк карпк власк мельник денис гавриль тихон казак
афанас даниль савель тимофе фомин чернышк абрамк мартын ефим федот щерб назар кали исак шумил
быч шульг цветк ярцк"""
_UKRAINIAN = """андрій олександр сергій володимир микола іван василь михайло петро
юрій богдан тарас остап ярослав дмитро віталій ігор роман степан григорій євген павло левко
данило"""
_UKRAINIAN_WOMEN = """олена тетяна наталія ірина оксана марія галина людмила юлія катерина світлана
ганна любов надія леся соломія дарина христина зоряна"""
_SOUNDS = Sounds(
    "б в г д ж з к л м н п р с т ф х ч ш бр гр др кр пр тр ст сл сн хл шк ск кол вол гол щ ц зв дв",
    "а а о о е и у ы я ю ё",
    "б в г д ж з к л м н п р с т ч ш нк лк рк йк ст рт лд ш х",
    "б в г д ж з к л м н п р с т х ч ш рк лм нд ст рн ск тр",
)
_ENDINGS = by_weight(
    {"ов": 38, "ев": 14, "ин": 18, "енко": 9, "ский": 10, "ук": 4, "ец": 2, "ых": 1, "ко": 2,
        "ич": 2}
)  # fmt: skip
_UKRAINIAN_ENDINGS = by_weight(
    {"енко": 40, "ук": 16, "чук": 8, "ський": 14, "ко": 8, "ів": 4, "ець": 4, "ак": 6}
)

PASSPORT = by_weight(
    {"icao": 55, "gost2006": 9, "mvd1997": 9, "mvd2000": 8, "french": 8, "bgn": 3, "hand": 5,
        "german": 3}
)  # fmt: skip
LIST = by_weight(
    {"icao": 24, "mvd1997": 14, "mvd2000": 10, "bgn": 18, "french": 11, "gost2006": 5, "german": 4,
     "iso9": 4, "turkish": 2, "hand": 8}
)  # fmt: skip


class Slavs:
    """`Russian` and `Ukrainian`."""

    middle_last = True

    def __init__(self, chance: Chance, *, ukrainian: bool) -> None:
        self._ukrainian = ukrainian
        men, women = (_UKRAINIAN, _UKRAINIAN_WOMEN) if ukrainian else (_MEN, _WOMEN)
        self._men = Urn(ranked(men.split(), chance), steep=1.1, flat=3)
        self._women = Urn(ranked(women.split(), chance), steep=1.1, flat=3)
        ending = _UKRAINIAN_ENDINGS if ukrainian else _ENDINGS
        number = 18_000 if ukrainian else 60_000
        stems = ranked(_SURNAME_ROOTS.split(), chance) + roots(_SOUNDS, number, chance)
        surnames = [_joined(stem, ending(chance)) for stem in stems]
        if ukrainian:
            surnames = [name.translate(_TO_UKRAINIAN) for name in surnames]
        self._surnames = Urn(list(dict.fromkeys(surnames)), steep=1.1, flat=15)

    def invent(self, chance: Chance, sex: str) -> tuple[str, ...]:
        """Surname in its male form, given name, father's given name."""
        given = (self._men if sex == "M" else self._women).draw(chance)
        return self._surnames.draw(chance), given, self._men.draw(chance)

    def native(self, parts: tuple[str, ...], sex: str, chance: Chance) -> Written:
        surname, given, father = parts
        written = Written(
            for_sex(surname, sex), given, patronymic(father, sex, ukrainian=self._ukrainian)
        )
        if self._ukrainian and chance.random() < 0.4:
            return Written(*(part.translate(_CLERK) for part in written))
        return written

    def latin(self, parts: tuple[str, ...], sex: str, chance: Chance, *, passport: bool) -> Written:
        system = (PASSPORT if passport else LIST)(chance)
        surname, given, father = parts
        middle = patronymic(father, sex, ukrainian=self._ukrainian)
        words = [for_sex(surname, sex), given, middle]
        if self._ukrainian:
            if chance.random() < 0.6:
                system = "ukrainian"
            else:
                words = [in_russian(word.translate(_CLERK)) for word in words]
        return Written(*(romanised(word, system) for word in words))

    def shown_middle(self, chance: Chance) -> bool:
        """Whether a passport shows the patronymic in Latin: mostly not."""
        return chance.random() < 0.08

    def nationality(self, chance: Chance) -> str:
        if self._ukrainian:
            return "UKR" if chance.random() < 0.9 else "RUS"
        return _CITIZENS(chance)


_CITIZENS = by_weight({"RUS": 84, "KAZ": 7, "BLR": 5, "KGZ": 2, "UZB": 2})
_TO_UKRAINIAN = str.maketrans("ыёэ", "иее")
_CLERK = str.maketrans("іїєґи", "ииеги")


def for_sex(surname: str, sex: str) -> str:
    """The form of a surname a woman bears."""
    if sex == "M":
        return surname
    if surname.endswith(("ов", "ев", "ёв", "ин", "ын")):
        return surname + "а"
    if surname.endswith("ський"):
        return surname[:-2] + "а"
    if surname.endswith("ский"):
        return surname[:-2] + "ая"
    return surname


def patronymic(father: str, sex: str, *, ukrainian: bool = False) -> str:
    """Of a father's given name; national Cyrillic in, national Cyrillic out."""
    ending = "вич" if sex == "M" else "вна"
    last = father[-1]
    if last in "ая":
        return father[:-1] + ("ич" if sex == "M" else "ична")
    if last == "ь" or last == "й":
        stem = father[:-1]
        if stem.endswith("и") and not ukrainian:
            stem = stem[:-1] + "ь"
        return stem + ("йо" if ukrainian and last == "й" else "е") + ending
    if last in "оеуи":
        return (father if last == "о" else father + "е") + ending
    return father + "о" + ending


def _joined(stem: str, ending: str) -> str:
    if ending[0] in "аеиоуы" and stem[-1] in "аеёиоуыэюя":
        stem = stem[:-1]
    if ending == "ов" and stem[-1] in "жчшщцйь":
        ending = "ев"
    if ending == "ых" and stem[-1] in "гкхжчшщ":
        ending = "их"
    return stem + ending
