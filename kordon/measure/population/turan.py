"""Names of Central Asia and the Caucasus: one word, many writings.

A name is kept as it sounds (`å` is the long a that Uzbek and Tajik write o and others a, `ı` the
dark i, digraphs `sh ch zh gh kh ng`) and written by the rules of a nation: in its Cyrillic, as a
Russian clerk wrote it, in its Latin.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from .cyrillic import VOWELS, in_russian, romanised
from .slavs import LIST, PASSPORT
from .urns import Chance, Sounds, Urn, Written, by_weight, ranked, roots

_SOUND = re.compile("gh|kh|sh|ch|zh|ng|ya|yu|yo|.")
_BASE = dict(zip("abvwdeziıklmnopqrstufhgyäöüåj", "абввдезиыклмнопкрстуфхгйаоуаж", strict=True))
_BASE |= {"sh": "ш", "ch": "ч", "zh": "ж", "kh": "х", "gh": "г", "ng": "нг"}
_BASE |= {"ya": "я", "yu": "ю", "yo": "ё", "'": "ъ"}


def _letters(pairs: str) -> dict[str, str]:
    return dict(pair.split("=") for pair in pairs.split())


def _alphabet(pairs: str) -> dict[str, str]:
    return _BASE | _letters(pairs)


CYRILLIC: Mapping[str, Mapping[str, str]] = {
    "kazakh": _alphabet("ä=ә ö=ө ü=ү u=ұ i=і q=қ gh=ғ ng=ң h=х"),
    "kyrgyz": _alphabet("ö=ө ü=ү ng=ң"),
    "uzbek": _alphabet("ö=ў ü=у ı=и å=о q=қ gh=ғ h=ҳ"),
    "tajik": _alphabet("ö=ӯ ü=ӯ ı=и å=о q=қ gh=ғ h=ҳ j=ҷ"),
    "russian": _alphabet("j=дж ö=у ü=у ı=ы"),
    "russian_steppe": _alphabet("ö=о ü=у ı=ы"),
}
_LATIN = {
    "turkmen": _letters(
        "q=g gh=g kh=h å=a ı=y y=ý w=w v=w sh=ş ch=ç zh=ž ng=ň ya=ýa yu=ýu yo=ýo '="
    ),
    "azeri": _letters("q=q gh=ğ kh=x å=a e=ə y=y w=v sh=ş ch=ç zh=j j=c ng=n g=g k=k '="),
}


@lru_cache(maxsize=400_000)
def in_cyrillic(sound: str, nation: str) -> str:
    letters = CYRILLIC[nation]
    word = "".join([letters.get(each, each) for each in _SOUND.findall(sound)])
    return "э" + word[1:] if word[0] == "е" and nation != "kazakh" else word


@lru_cache(maxsize=400_000)
def in_latin(sound: str, nation: str) -> str:
    letters = _LATIN[nation]
    return "".join([letters.get(each, each) for each in _SOUND.findall(sound)])


_SHARED = """muhammad ahmad ali hasan husayn ibråhim ismåil yusuf yaqub umar usmån
abdullåh abduråhmån abduråhim abdulaziz abduqådir abdurashid abdusalåm abdumålik abdughani
abdujabbår abdukarim abdulatif abdumajid sayfullåh nasrullåh habibullåh fayzullåh asadullåh
rahmatullåh inåyatullåh hamid hamza karim rahim rasul said sulaymån shamil ramazån islåm idris
ilyås måmin måruf mahmud mansur mustafå"""
_NATION_MEN = {
    "kazakh": """nursultan nurlan yerlan yerbol serik berik däuren qayrat marat azamat
asqar bolat talghat arman aydos almaz baqıt bauırzhan bekzat dastan galım qanat quanısh maqsat
medet olzhas rinat samat sanzhar tölegen zhandos zhänibek zhomart yermek dulat erasıl miras
alikhan abay kenes""",
    "kyrgyz": """ulan uluqbek tilek taalaybek sooronbay almazbek kubanıchbek chıngız
azat ermek emil maqsat nurbek bakıt kanat joomart aybek bektur talant mirlan adilet ruslan
jıldızbek melis""",
    "uzbek": """sherzåd jamshid rustam suhråb bahråm behzåd dilshåd åtabek ulughbek
anvar akmal akram alisher bakhtiyår båbur davrån eldår elyår ghayrat ghulåm ikråm ilhåm jahångir
javlån jasur kamål khurshid laziz muråd muzaffar nådir nuriddin ådil ålim åybek ravshan sanjar
sardår shavkat shuhrat tåhir temur ulughbek zafar zåhid zåkir råvshan uktam farrukh båtir""",
    "tajik": """firuz farhåd rustam suhråb bahråm behrüz dilshåd jamshid khurshed
kamål parviz qåsim rahmån siyåvush såbir sadriddin shahråm faridun daler umed zafar manuchehr
farrukh bakhtiyår nazar safar rajab emåm davlat sharif gulmuråd""",
    "turkmen": """begench serdar gurbanguly batyr mırat charı dövlet kerim merdan rejep
yazmırat shöhrat ovez atamırat nepes allaberdi yolbars aman gochmırat dädebay khudayberdi
annamırat""",
    "caucasian": """zaur ramzan aslan zelim shamil mahamad arbi turpal khamzat apti ruslan
adam ayub beslan muslim sultan zaurbek murad rasul arsen kazbek timur anzor alikhan isa musa
dzhabrail""",
    "azeri": """elchin vügar ilham rauf heydar ilkin orkhan anar eldar rashad tural
vahid namiq ramil emin fuad nijat samir elnur zaur ceyhun parviz aqil mübariz tahir""",
}
_NATION_WOMEN = {
    "kazakh": """aynur aygül ayzhan aliya altınay asel baqıtgül botagöz dana dinara
gauhar gülmira gulnar indira kamila qarlıghash laura maral meruert nazgül raushan shålpan saule
toghzhan zhanar zhuldız""",
    "kyrgyz": "chålpån jıldız mirgül nurzat aysulu begayım aychürök gülzat nazira burul elnura",
    "uzbek": """zulfiya gulnåra dilnåza dilfuza feruza farida gulbahår gulchehra
kamåla khurshida låla madina malika mavluda måhira munira nargiza nigåra nilufar nådira åydin
rayhån sevara shahnåza umida""",
    "tajik": "parvina tahmina zarina zebå nigina måhin shahnåza farångis sitåra munisa manizha",
    "turkmen": "ogulnabat maysa jeren enejan gözel ayna bahar aygül shemshat ogulgerek güljahan",
    "caucasian": "fatima zaynab khadizha madina zarema aset luiza petimat patimat marina amina",
    "azeri": "leyla sabina aysel günay nigar sevinj arzu gülnar lamiya aynur ulviyya konul fidan",
}
_WOMEN_SHARED = (
    "fåtima zaynab khadicha åysha maryam zamira sabåhat saida måhira safiya salima råbiya"
)
_FIRST = {
    "steppe": """nur bek aq altın baqıt er zhan kün tölew aman oral qayır temir tash
toqta rahmat dos zhol tur esen orın say ay alt sar qara shın berdi mırza niyaz zhuma ükibay
kenzhe sultan maqsut ölzhas""",
    "oasis": """abdu nur bek sultån döst shåh mirzå said khudåy er jån bakht tösh tåsh
tökhta islåm rahmat dil mehr sher jahån båt ummat nazar juma hayit safar shaban fayz haq iså
quvån såbir yår khål esh båy ghåyib navröz åman umr murtaz""",
}
_LAST = {
    "steppe": """bek bay gali zhan khan bol tay bolat ghazı keldi bergen sultan murat
alı dos nur mırza hmet temir qul shah zhigit tas an ar""",
    "oasis": """bek båy jån khån mirzå ali döst qul muråd nazar bergan sultån iddin
ullåh shåh yår mat vali temir ålim rahim karim muhammad ahmad sher dår khöja niyåz båqi""",
}
_WOMANLY = {
    "steppe": "gül ay zhan nur ia a sulu khanım slu shash",
    "oasis": "gul åy bibi nisså khån jån båna shåh måh båh åyim",
}
_SOUNDS = {
    "steppe": Sounds(
        "b d zh k q m n s t sh ch y r l zh a e o ö ı ay er ul gh",
        "a e ı i o u ü a a e", "n r l t s q k m sh y z n r",
        "b l r n s t d m q gh y lb rm nt rs lt q y ng z", 3),
    "oasis": Sounds(
        "b d f g gh h j k kh l m n p q r s sh t v y z ch a i u",
        "a i u å a e ö", "n r l d m b z sh v q t f",
        "b d f r l m n s sh t v z q rd rm lm sht hm fr gh kh lt jd yr", 3),
    "mountain": Sounds(
        "m kh d g sh z t b a i e kh gh ts ch l dzh v r".replace("dzh", "j"),
        "a e i u a o", "n r l v m z kh g t",
            "b d g l m n r s z kh ts lkh rz bd gh ch".replace("ts", "s"), 3),
}  # fmt: skip


class Nation(NamedTuple):
    """How a nation makes and writes names."""

    cyrillic: str
    family: str
    code: str
    surnames: Mapping[str, float]
    """ov, plain, zoda, uly: how the surname is made of the forefather's name."""
    fathers: Mapping[str, float]
    """ovich, uly, none"""
    kin: tuple[str, str]
    """son of, daughter of, in the nation's Cyrillic"""
    latin: Mapping[str, float]
    """Systems of romanisation of the nation's own; `russian` goes through Russian."""


NATIONS = {
    "kazakh": Nation("kazakh", "steppe", "KAZ", {"ov": 66, "plain": 20, "uly": 14},
        {"ovich": 55, "uly": 30, "none": 15}, ("ұлы", "қызы"),
        {"kazakh": 45, "russian": 50, "kazakh_new": 5}),
    "kyrgyz": Nation("kyrgyz", "steppe", "KGZ", {"ov": 66, "plain": 10, "uly": 24},
        {"ovich": 60, "uly": 25, "none": 15}, (" уулу", " кызы"), {"kyrgyz": 40, "russian": 60}),
    "uzbek": Nation("uzbek", "oasis", "UZB", {"ov": 88, "plain": 8, "uly": 2, "zoda": 2},
        {"ovich": 52, "uly": 38, "none": 10}, (" ўғли", " қизи"),
        {"uzbek": 55, "uzbek_soviet": 10, "russian": 35}),
    "tajik": Nation("tajik", "oasis", "TJK", {"ov": 55, "plain": 23, "zoda": 22},
        {"ovich": 65, "none": 25, "uly": 10}, ("зода", "зода"), {"tajik": 45, "russian": 55}),
    "turkmen": Nation("russian", "steppe", "TKM", {"ov": 92, "plain": 8},
        {"ovich": 50, "none": 50}, (" оглы", " кызы"), {"turkmen": 60, "russian": 40}),
    "caucasian": Nation("russian_steppe", "mountain", "RUS", {"ov": 95, "plain": 5},
        {"ovich": 92, "none": 8}, (" оглы", " кызы"), {"russian": 100}),
    "azeri": Nation("russian", "oasis", "AZE", {"ov": 70, "zoda": 10, "plain": 8, "li": 12},
        {"uly": 60, "none": 30, "ovich": 10}, (" оглы", " кызы"), {"azeri": 60, "russian": 40}),
}  # fmt: skip


class Turan:
    """One nation of `NATIONS`."""

    middle_last = True

    def __init__(self, chance: Chance, nation: str) -> None:
        self.nation = NATIONS[nation]
        self._own = nation
        family = self.nation.family
        part = "steppe" if family == "steppe" else "oasis"
        men = ranked((_NATION_MEN[nation] + " " + _SHARED).split(), chance)
        women = ranked((_NATION_WOMEN[nation] + " " + _WOMEN_SHARED).split(), chance)
        made = [a + b for a in _FIRST[part].split() for b in _LAST[part].split()]
        chance.shuffle(made)
        tail = roots(_SOUNDS[family], 9000, chance)
        daughters = [a + b for a in _FIRST[part].split() for b in _WOMANLY[part].split()]
        chance.shuffle(daughters)
        self._men = Urn(men + made + tail[:1500], steep=1.2, flat=4)
        self._women = Urn(women + daughters + tail[1500:2000], steep=1.2, flat=4)
        self._forefathers = Urn([*men, *_mixed(made, tail, chance)], steep=1.12, flat=8)
        self._surname_form = by_weight(dict(self.nation.surnames))
        self._father_form = by_weight(dict(self.nation.fathers))
        self._system = by_weight(dict(self.nation.latin))

    def invent(self, chance: Chance, sex: str) -> tuple[str, ...]:
        """Forefather and form of the surname, given name, father and form of the patronymic."""
        given = (self._men if sex == "M" else self._women).draw(chance)
        return (
            *(self._forefathers.draw(chance), self._surname_form(chance), given),
            *(self._men.draw(chance), self._father_form(chance)),
        )

    def native(self, parts: tuple[str, ...], sex: str, chance: Chance) -> Written:
        if self._own == "azeri" and chance.random() < 0.4:
            return self._in_own_latin(parts, sex)
        clerk = self._clerk if chance.random() < 0.6 else self.nation.cyrillic
        return self._in_cyrillic(parts, sex, clerk)

    def latin(self, parts: tuple[str, ...], sex: str, chance: Chance, *, passport: bool) -> Written:
        system = self._system(chance)
        if system in _LATIN:
            return self._in_own_latin(parts, sex)
        if system == "russian":
            system = (PASSPORT if passport else LIST)(chance)
            words = self._in_cyrillic(parts, sex, self._clerk)
        else:
            words = self._in_cyrillic(parts, sex, self.nation.cyrillic)
        surname, given, middle = (
            " ".join([romanised(word, system) for word in each.split()]) for each in words
        )
        return Written(surname, given, middle)

    def shown_middle(self, chance: Chance) -> bool:
        return chance.random() < 0.15

    def nationality(self, chance: Chance) -> str:
        return self.nation.code if chance.random() < 0.92 else "RUS"

    @property
    def _clerk(self) -> str:
        return "russian_steppe" if self.nation.family != "oasis" else "russian"

    def _in_cyrillic(self, parts: tuple[str, ...], sex: str, nation: str) -> Written:
        forefather, form, given, father, father_form = parts
        kin = self.nation.kin[0 if sex == "M" else 1]
        if nation.startswith("russian"):
            kin = in_russian(kin)
        return Written(
            _surname(in_cyrillic(forefather, nation), form, sex, kin),
            in_cyrillic(given, nation),
            _middle(in_cyrillic(father, nation), father_form, sex, kin),
        )

    def _in_own_latin(self, parts: tuple[str, ...], sex: str) -> Written:
        forefather, form, given, father, father_form = parts
        root, own = in_latin(forefather, self._own), self._own
        ending = {"ov": "ow" if own == "turkmen" else "ov", "zoda": "zadə", "li": "li"}.get(
            form, ""
        )
        if form == "ov" and root[-1] in "aeiouyəıöüýä":
            ending = "ýew" if own == "turkmen" else "yev"
        if form == "ov" and sex == "F":
            ending += "a"
        middle = ""
        if father_form == "uly" and own == "azeri":
            middle = in_latin(father, own) + (" oğlu" if sex == "M" else " qızı")
        return Written(root + ending, in_latin(given, own), middle)


def _mixed(made: list[str], tail: list[str], chance: Chance) -> list[str]:
    """Compounds first, among them ever more of the tail: forefathers' names die out."""
    pool = [*made, *tail]
    place = {name: at * chance.uniform(0.3, 3.0) for at, name in enumerate(pool)}
    return sorted(place, key=place.__getitem__)


def _surname(root: str, form: str, sex: str, kin: str) -> str:
    if form == "ov":
        bare = root[:-1] if root[-1] in "аийоуіұү" else root
        soft = root[-1] in VOWELS or root[-1] in "йжчшщц"
        return bare + ("ев" if soft else "ов") + ("а" if sex == "F" else "")
    if form == "uly":
        return root + kin
    return root + {"zoda": "зода", "li": "ли"}.get(form, "")


def _middle(root: str, form: str, sex: str, kin: str) -> str:
    if form == "none":
        return ""
    if form == "uly":
        return root + kin
    bare = root[:-1] if root[-1] in "аийоуіұү" else root
    return (
        bare
        + ("е" if root[-1] in VOWELS or root[-1] == "й" else "о")
        + ("вич" if sex == "M" else "вна")
    )
