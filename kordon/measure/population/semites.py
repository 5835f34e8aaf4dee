"""Arabic, Persian and Dari names: kept in a scholar's transcription, written from it.

Capitals are long vowels (A I U) or emphatic consonants (S D T Z), 7 is ح, 3 is ع, x is خ,
G is غ, ' is hamza, th sh dh ch zh are one sound. Short vowels are not written in the script.
"""

import re
from functools import lru_cache

from .urns import Chance, Sounds, Urn, Written, by_weight, ranked, roots

_SOUND = re.compile("th|sh|dh|ch|zh|.")
_SCRIPT = dict(zip("btj7xdrzsSDTZ3Gfqklmnhwypg'AIU", "بتجحخدرزسصضطظعغفقكلمنهويپگءايو", strict=True))
_SCRIPT |= {"th": "ث", "sh": "ش", "dh": "ذ", "ch": "چ", "zh": "ژ", "v": "و",
    "a": "", "i": "", "u": "", "e": "", "o": ""}  # fmt: skip
_PERSIAN = str.maketrans("كية", "کیه")

_MEN = """mu7ammad a7mad ma7mUd 7Amid 3ali 7asan 7usayn 3abdallah 3abdarra7man
3abdal3azIz 3abdalqAdir 3abdalkarIm 3abdalmalik 3abdallaTIf 3umar 3uthmAn xAlid walId sa3Id sa3d
sAlim salmAn sulaymAn dAwUd mUsa 3Isa yUsuf ibrAhIm ismA3Il is7Aq ya3qUb ya7ya zakariya jamAl
kamAl jamIl nASir manSUr TAriq faySal fahd turki bandar sulTAn mAjid rAshid hAshim qAsim ja3far
7aydar 3abbAs muSTafa yAsir 3Amir 3ammAr anas bilAl hishAm 3imAd karIm lu'ay mAzin munIr nabIl
nizAr 3umrAn quSay rAmi riyAD samIr shAkir sharIf suhayl usAma wA'il zayd ziyAd GassAn 7Atim
mu3In sayf nUraddIn sayfaddIn SalA7addIn 3izzaddIn badr thAmir dhiyAb zuhayr mu'ayyad Tal7a
3adnAn muhannad rAfi3 Sabri luTfi"""
_WOMEN = """fATima 3A'isha xadIja zaynab maryam amIna layla nUr huda salma samIra
nAdiya rAniya 7anAn ImAn sAra nUra hind ruqayya sumayya asmA' jamIla laTIfa widAd suhAd wafA'
hanA' ibtisAm"""
_NISBAS = """maSri 3irAqi shAmi baGdAdi takrIti dulaymi jabUri 3ubaydi shammari
3utaybi qa7TAni GAmdi 7arbi zahrAni muTayri dawsari 3anazi subay3i mAliki hAshimi tamImi sa3di
kurdi 7alabi 7imSi dimashqi yamani 7aDrami lIbi tUnisi maGribi sUdAni najjAr 7addAd xayyAT
SabbAG xaTIb qADi bakri anSAri qurashi zubaydi rAwi mawSili baSri kUfi asadi xafAji janAbi dUri
nAbulsi karaki rifA3i"""
_PERSIAN_MEN = """reDA mahdi 7osayn amIr bahnAm bahrAm dAriyush farhAd hUshang Iraj
javAd kAmrAn kayvAn ma7mUd majId mas3Ud mo7sen morteDA nAder parvIz qAsem rostam sa3Id shahrAm
siyAvash va7Id yadallah DIyA GolAm gol najIb wali shIr xAn 7aq shafIq nUr jAn agha zalmay
tUryAlay homAyUn"""
_PERSIAN_ROOTS = """rafsanjAn tabrIz shirAz esfahAn tehrAn karmAn qom mashhad ardabIl
hamadAn karIm ra7Im 7osayn mo7ammad a7mad akbar aSGar ja3far hAshem solaymAn qAsem mUsA nAser
fallA7 zand rostam bahman jamshId farhAd xosrov nUr shIr golshan bAqer SAdeq kAzem yazd sistAn
kAbol herAt balx panjshIr"""
_PERSIAN_ENDINGS = "I zAdeh pUr nezhAd iyAn xAni far manesh zay yAr vand dUst"
_SOUNDS = Sounds(
    "b t j 7 x d r z s S D T 3 G f q k l m n h w sh th",
    "a a i u A I U ay", "b d r l m n s f q k 3 7 sh z",
    "b d r l m n s f q k 3 7 sh z mm rr ll dd bb rd lb ns", 2,
)  # fmt: skip
_STATES = by_weight({"SYR": 15, "IRQ": 18, "EGY": 16, "SAU": 8, "YEM": 9, "JOR": 6,
    "LBN": 6, "LBY": 5, "TUN": 5, "DZA": 4, "MAR": 4, "SDN": 4})  # fmt: skip
_STYLES = by_weight({"english": 42, "french": 22, "egyptian": 14, "scholar": 12, "loose": 10})
_ARTICLES = by_weight({"al-": 40, "al ": 18, "el-": 6, "el ": 16, "al": 14, "": 6})


class Semites:
    """`Arabs`, and with `persian` the people of Iran and Afghanistan."""

    middle_last = False

    def __init__(self, chance: Chance, *, persian: bool) -> None:
        self._persian = persian
        men = ranked(_MEN.split(), chance)
        tail = roots(_SOUNDS, 26_000, chance)
        if persian:
            men = [*ranked(_PERSIAN_MEN.split(), chance), *men]
            made = [a + b for a in _PERSIAN_ROOTS.split() for b in _PERSIAN_ENDINGS.split()]
            made += [a + chance.choice(_PERSIAN_ENDINGS.split()) for a in tail[:14_000]]
            surnames = _spread(made, 500, chance)
        else:
            surnames = [*ranked(_NISBAS.split(), chance), *(root + "i" for root in tail[:20_000])]
        self._men = Urn(men + tail[20_000:21_500], steep=1.25, flat=2)
        self._women = Urn(ranked(_WOMEN.split(), chance) + tail[21_500:22_000], steep=1.1, flat=4)
        self._surnames = Urn(surnames, steep=1.1, flat=6)

    def invent(self, chance: Chance, sex: str) -> tuple[str, ...]:
        """Family, given, father, grandfather; what is not borne is empty."""
        given = (self._men if sex == "M" else self._women).draw(chance)
        if self._persian:
            second = self._men.draw(chance) if chance.random() < 0.3 else ""
            return self._surnames.draw(chance), given, second, ""
        family = self._surnames.draw(chance) if chance.random() < 0.8 else self._men.draw(chance)
        grandfather = self._men.draw(chance) if chance.random() < 0.7 else ""
        return family, given, self._men.draw(chance), grandfather

    def native(self, parts: tuple[str, ...], sex: str, chance: Chance) -> Written:
        family, given, *others = (in_script(part, self._persian) for part in parts)
        if not self._persian and parts[0].endswith("i") and len(parts[0]) > 4:
            family = "ال" + family
        return Written(family, given, " ".join(filter(None, others)))

    def latin(self, parts: tuple[str, ...], sex: str, chance: Chance, *, passport: bool) -> Written:
        style = _STYLES(chance)
        family, given, *others = (heard(part, style, self._persian, chance) for part in parts)
        nisba = not self._persian and parts[0].endswith("i") and len(parts[0]) > 4
        if nisba:
            article = _ARTICLES(chance)
            family = (article.replace("a", "e") if style == "french" else article) + family
        others = [other for other in others if other]
        if not passport and others and not self._persian and chance.random() < 0.22:
            others[0] = chance.choice(("bin ", "ibn ", "ben ")) + others[0]
        return Written(family, given, " ".join(others))

    def shown_middle(self, chance: Chance) -> bool:
        return chance.random() < 0.8

    def nationality(self, chance: Chance) -> str:
        if self._persian:
            return "IRN" if chance.random() < 0.4 else "AFG"
        return _STATES(chance)


@lru_cache(maxsize=200_000)
def in_script(sounds: str, persian: bool) -> str:
    """The Arabic writing of a transcribed name."""
    if not sounds:
        return ""
    if sounds.endswith("allah"):
        return in_script(sounds.removesuffix("allah"), persian) + "الله"
    each = _SOUND.findall(sounds.replace("ay", "y").replace("aw", "w"))
    out = []
    for at, sound in enumerate(each):
        if at == 0 and sound in "aiueoAIU":
            out.append("ا" + {"I": "ي", "U": "و"}.get(sound, ""))
        elif at and sound == each[at - 1] and sound.isalpha():
            continue  # a doubled consonant is written once
        elif at == len(each) - 1 and sound in "aieo":
            out.append(
                {"a": "ة" if sounds[-2:] != "ya" else "ا", "i": "ي", "e": "ه", "o": "و"}[sound]
            )
        else:
            out.append(_SCRIPT.get(sound, sound))
    word = "".join(out)
    if sounds.startswith(("3abdal", "3abdarr")):
        word = "عبدال" + word[3:].removeprefix("ل")
    if sounds.endswith("addIn"):
        word = word.removesuffix("دين") + "الدين"
    return word.translate(_PERSIAN) if persian else word


_PLAIN = dict(
    zip("btj7xdrzsSDTZ3Gfqklmnhwypgv'AIU", "btjh#drzssdtz~$fqklmnhwypgv.aiu", strict=True)
)
_MANY = {"#": "kh", "$": "gh", "~": "", ".": ""}


def heard(sounds: str, style: str, persian: bool, chance: Chance) -> str:
    """One of the ways a name is put into Latin."""
    if not sounds:
        return ""
    word = _latin(sounds.replace("D", "z") if persian else sounds, style)
    for old, new, share in _HABITS[style]:
        if old in word and chance.random() < share:
            word = word.replace(old, new)
    if persian:
        for old, new, share in _PERSIAN_HABITS:
            if old in word and chance.random() < share:
                word = word.replace(old, new)
    if word.startswith(("abdal", "abdar")) and not word.startswith("abdalla"):
        word = chance.choice(_SERVANTS) + word[5:]
    if word.endswith("addin"):
        word = word[:-5] + chance.choice(_FAITHS)
    return word


_SERVANTS = ("abd al-", "abdel ", "abdul ", "abdul", "abd el ", "abdel", "abdul-", "abdal")
_FAITHS = (" al-din", "eddine", "eddin", "uddin", " el-din", "addin", " al din", "aldeen")


@lru_cache(maxsize=200_000)
def _latin(sounds: str, style: str) -> str:
    word = "".join([_PLAIN.get(sound, sound) for sound in _SOUND.findall(sounds)])
    for sign, letters in _MANY.items():
        word = word.replace(sign, letters)
    if style == "french":
        word = word.replace("sh", "ch").replace("w", "ou").replace("j", "dj")
        word = re.sub("(?<!o)u", "ou", word)
    elif style == "egyptian":
        word = word.replace("j", "g").replace("ay", "e").replace("th", "s")
    return word


_COMMON = (("muh", "moh", 0.5), ("ammad", "amed", 0.4), ("ahmad", "ahmed", 0.5),
    ("husayn", "hussein", 0.5), ("yy", "y", 0.6), ("uthm", "othm", 0.3), ("rr", "r", 0.1),
    ("mm", "m", 0.1), ("iya", "ia", 0.3), ("dh", "z", 0.15), ("hasan", "hassan", 0.5))  # fmt: skip
_HABITS = {
    "english": (*_COMMON, ("q", "k", 0.2), ("ay", "ai", 0.3), ("ay", "ei", 0.2), ("u", "o",
        0.2), ("i", "ee", 0.07)),
    "french": (("mouh", "moh", 0.7), ("ammad", "amed", 0.7), ("ahmad", "ahmed", 0.8), ("q", "k",
        0.6), ("ay", "ei", 0.5), ("iya", "ia", 0.6), ("yy", "y", 0.8)),
    "egyptian": (*_COMMON, ("q", "k", 0.4), ("u", "o", 0.5), ("dh", "z", 0.6)),
    "scholar": (("yy", "y", 0.3),),
    "loose": (*_COMMON, ("u", "o", 0.4), ("q", "k", 0.5), ("kh", "h", 0.2), ("gh", "g", 0.4),
        ("ay", "ai", 0.4), ("aw", "au", 0.4), ("th", "t", 0.4)),
}  # fmt: skip
_PERSIAN_HABITS = (("zadeh", "zada", 0.3), ("zadeh", " zadeh", 0.3), ("pur",
    "pour", 0.6), ("zh", "j", 0.5), ("u", "oo", 0.2), ("i", "ee", 0.06), ("w", "v",
    0.2), ("mo", "mu", 0.3), ("ia", "iya", 0.2), ("hosayn", "hossein", 0.6))  # fmt: skip


def _spread(names: list[str], heads: int, chance: Chance) -> list[str]:
    first, rest = names[:heads], list(dict.fromkeys(names[heads:]))
    return [*ranked(first, chance), *rest]
