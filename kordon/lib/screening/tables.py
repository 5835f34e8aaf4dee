"""Letters and name parts as plain tables: what `folding` and `tokens` know about writing.

The fold alphabet is a-z without c, j, q, w, x, y as sounds of their own, plus three capitals:

    S  sh, shch, French ch          C  ch, ts, c before soft vowels in Slavic writing
    J  zh, dzh, j, dj, Turkish c is *not* known here (it is told apart only by cost)

Both sides of every comparison go through the same tables, so a table need not be right
about a language; it has to send the ways one name is written to nearby places.
"""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _pairs(text: str) -> dict[str, str]:
    pairs = (pair.partition("=") for pair in text.split())
    return {short: full for short, _, full in pairs}


# Cyrillic: Russian, Ukrainian, Belarusian, then the letters of the Central Asian alphabets.
CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "J", "з": "z",
    "и": "i", "й": "y", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r",
    "с": "s", "т": "t", "у": "u", "ф": "f", "х": "h", "ц": "C", "ч": "C", "ш": "S", "щ": "S",
    "ъ": "", "ы": "i", "ь": "", "э": "e", "ю": "yu", "я": "ya",
    "ґ": "g", "є": "e", "і": "i", "ї": "i",  # Ukrainian
    # Kazakh, Kyrgyz; Uzbek, Tajik; Tatar, Bashkir and others
    "ә": "a", "ғ": "g", "қ": "k", "ң": "n", "ө": "o", "ұ": "u", "ү": "u", "һ": "h",
    "ў": "u", "ҳ": "h", "ӣ": "i", "ӯ": "u", "ҷ": "J",
    "җ": "J", "ҙ": "z", "ҫ": "s", "ҡ": "k", "ӊ": "n", "ӈ": "n", "ӏ": "",
    "ћ": "C", "ђ": "J", "џ": "J", "љ": "l", "њ": "n", "ј": "y",  # Serbian, Macedonian
}  # fmt: skip

# Two Cyrillic letters for one sound, before the single letters are looked at.
# The last two stand for pinyin zh and j (Palladius).
CYRILLIC_PAIRS = (("дж", "ҷ"), ("дз", "з"), ("чж", "ж"), ("цз", "ҷ"))

# Arabic, Persian/Dari, Urdu, Pashto, Uyghur. Short vowels are not written, so these folds are
# marked "abjad" and compared with cheap vowels. w and y are settled in `folding`.
ARABIC = {
    "ا": "a", "أ": "a", "إ": "a", "آ": "a", "ٱ": "a", "ى": "a", "ء": "", "ئ": "", "ؤ": "",
    "ب": "b", "ت": "t", "ة": "a", "ث": "s", "ج": "J", "ح": "h", "خ": "h", "د": "d", "ذ": "z",
    "ر": "r", "ز": "z", "س": "s", "ش": "S", "ص": "s", "ض": "d", "ط": "t", "ظ": "z", "ع": "a",
    "غ": "g", "ف": "f", "ق": "k", "ك": "k", "ل": "l", "م": "m", "ن": "n", "ه": "h", "و": "w",
    "ي": "y",
    "پ": "p", "چ": "C", "ژ": "J", "ک": "k", "گ": "g", "ی": "y", "ۀ": "a",  # Persian
    "ے": "e", "ں": "n", "ڈ": "d", "ٹ": "t", "ڑ": "r", "ہ": "h", "ھ": "h",  # Urdu
    "ځ": "z", "څ": "C", "ډ": "d", "ړ": "r", "ږ": "J", "ښ": "S", "ګ": "g", "ڼ": "n",  # Pashto
    "ټ": "t", "ې": "e", "ۍ": "y",
    "ە": "a", "ۇ": "u", "ۆ": "o", "ۈ": "u", "ۋ": "v", "ڭ": "n",  # Uyghur, Kazakh in China
}  # fmt: skip

# Letters heard otherwise than above, as the letters they are heard like: by Arabs (Uthman,
# Dhulfiqar), and by Persians, Turks and who writes Urdu (Fazl, Ziya).
ARABIC_HEARD = ({"ث": "ت", "ذ": "د"}, {"ض": "ز"})

# Hebrew: no vowels either; vav and yod as in Arabic.
HEBREW = {
    "א": "a", "ב": "b", "ג": "g", "ד": "d", "ה": "h", "ו": "w", "ז": "z", "ח": "h", "ט": "t",
    "י": "y", "כ": "k", "ך": "k", "ל": "l", "מ": "m", "ם": "m", "נ": "n", "ן": "n", "ס": "s",
    "ע": "a", "פ": "p", "ף": "f", "צ": "C", "ץ": "C", "ק": "k", "ר": "r", "ש": "S", "ת": "t",
}  # fmt: skip

# Latin letters that Unicode does not take apart, or that sound unlike their base letter.
LATIN_LETTERS = {
    "ş": "S", "š": "S", "ș": "S", "ç": "C", "č": "C", "ć": "C", "ž": "J", "ż": "J",
    "ź": "z", "ğ": "g", "ý": "y", "ł": "l", "ß": "s", "đ": "d", "þ": "t", "ð": "d",
    "æ": "a", "ø": "o", "œ": "o", "ı": "i", "ə": "a", "ŋ": "n", "ħ": "h",
}  # fmt: skip

# Capitals that look alike, in small letters: one alphabet typed amid another, by a slip or to hide.
SAME_SHAPE = dict(zip("abcehikmoptxy", "авсенікмортху", strict=True))

# Apostrophes of every keyboard and romanisation: hamza, ayn, okina, soft sign, Uzbek oʻ gʻ.
APOSTROPHES = "'`’‘ʻʼʿʾ′´ˈ"

# Several Latin letters for one sound; the longest that fits wins. German, French, English,
# Polish and the passport romanisations side by side: schtsch, chtch, shch are all щ.
MULTIGRAPHS = {
    "tsh": "tS",  # Botshoh, Nishtsher: two words grown together, not ts
    "ishaq": "ishak", "eshaq": "eshak", "ishak": "ishak", "eshak": "eshak",  # s and h: Is-haq
    "schtsch": "S", "chtch": "S", "shch": "S", "tsch": "C", "dsch": "J", "szcz": "S",
    "sch": "S", "tch": "C", "dzh": "J", "dsh": "J", "dj": "J", "dz": "z", "zh": "J",
    "sh": "S", "hs": "S", "ch": "C", "cz": "C", "sz": "S", "ts": "C", "tz": "C", "tc": "C",
    "kh": "h", "gh": "g", "ph": "f", "ck": "k", "th": "t", "dh": "d", "bh": "b",
    "ex": "eks", "ix": "iks", "maxi": "maksi", "oxan": "oksan",  # Latin x, before Uzbek x = kh
    "x": "h", "q": "k", "w": "v", "j": "J",
    "eev": "ev", "eef": "ev", "eye": "e",  # Alekseev, Alexeyev, Alexeïeff
    "ou": "u", "oo": "u", "ee": "i", "ie": "i", "ei": "i", "ey": "i",
    "ai": "ay", "ae": "a", "oe": "o", "ue": "u",  # ä ö ü of a machine readable zone
}  # fmt: skip

# What the Cyrillic romanisations of one tradition write otherwise; looked at before the rest.
GERMAN = {"ch": "h", "j": "y", "z": "C", "schtsch": "S", "tsch": "C", "dsch": "J", "sch": "S"}
FRENCH = {"ch": "S", "chtch": "S", "tch": "C"}
SLAVIC = {"ch": "h", "j": "y", "c": "C"}  # ISO 9, Serbian, Croatian, Czech
CHINESE = {"x": "S", "q": "C", "c": "C"}  # pinyin

# Digits an optical reader takes for letters.
DIGITS = {"0": "o", "1": "i", "2": "z", "5": "s", "6": "g", "8": "b"}

# After the letters: soft vowels (ya, ia) lose their glide, for no two systems agree on it.
GLIDES = (
    ("yu", "u"), ("ya", "a"), ("yo", "o"), ("ye", "e"),
    ("iu", "u"), ("ia", "a"), ("io", "o"), ("y", "i"),
)  # fmt: skip

VOWELS = frozenset("aeiou")

# Consonant skeleton: what survives hearing, dialect and romanisation. Keys of the index.
SKELETON = {
    "b": "b", "p": "p", "v": "v", "f": "f", "d": "d", "t": "t", "k": "k", "g": "g", "h": "h",
    "s": "s", "S": "s", "C": "s", "z": "z", "J": "z", "l": "l", "m": "m", "n": "n", "r": "r",
}  # fmt: skip

# Endings that make a surname or a patronymic of a father's or forefather's name, as folded.
FORMANTS = (
    "oviC", "eviC", "ovna", "evna", "iCna", "ovis", "evis",
    "ugli", "ogli", "oglu", "uli", "ulu", "kizi", "giz",
    "zoda", "zada", "zade", "zadi", "pur", "neJad", "nizad",
    "ova", "eva", "ov", "ev", "skaia", "skaa", "skii", "ski", "ska", "ina", "ian", "in",
)  # fmt: skip

# Endings that tell a patronymic (a father's name, not a family's) by themselves.
PATRONYMIC_ENDINGS = (
    "oviC", "eviC", "uviC", "ovna", "evna", "avna", "ivna", "iCna", "ovis", "ugli", "ogli", "kizi",
)  # fmt: skip

# "son of", "daughter of" written apart behind the father's name: Orozbek uulu, Karim qizi.
KIN_AFTER = _words("uli ulu ugli ogli oglu oguli ugl uglu olu uglan kizi kiz giz kisi")

# Words that say nothing about who it is: articles, "son of" before a name, forms of address.
PARTICLES = _words("""
    al el ul il bin ibn ben bint binti de da di do du van von der den la le dos del
    della bn bnt mr mrs ms dr haJi haJ mula mulah mavlavi maulavi maulvi Saih Saik seik Sih sayid
    saiid
""")

# The same in Arabic writing, where the fold of another word may look like one (Ziya, da).
ARABIC_PARTICLES = _words("""
    آل ال بن ابن إبن بنت حاج حاجي حاجی شيخ شیخ ملا مولوي مولوی
""")

# "servant of": joined to what follows, whichever way the article is written.
SERVANT_OF = _words("abd abdul abdel abdal abdol abdil abdu abdur abdar abdus abdas")
ARTICLES = _words("al el ul il ol ar ur er as us es ad ud ed id az uz ez an un en at ut")

GOD = _words("ala alah alh la lh al")  # what Abd Allah leaves behind Abd

# "of God" written apart: joined to what stands before (Rahmat Ullah). Doubled as written, for Ala
# and Ola are names of their own.
GOD_BEHIND = _words("""
    ullah allah ollah oullah ulloh alloh olloh الله اللہ уллах аллах уллоҳ аллоҳ оллоҳ улло
""")
OF_GOD = "ula"
# Of these, what may begin a name as well: Khan Allah Ditta.
GOD_BEGINS = _words("allah الله اللہ аллах аллоҳ alloh")

# "of the faith": joined to what stands before (Nur al-Din, Nur-ud-din, Nuriddin).
DIN = _words("din dini adin udin edin idin aldin eldin edini")

# Family names that most Chinese bear, in pinyin: they tell which part is the given name.
CHINESE_SURNAMES = _words("""
    wang li zhang liu chen yang zhao huang zhou wu xu sun hu zhu gao lin he guo ma luo liang song
    zheng xie han tang feng yu dong xiao cheng cao yuan deng fu shen zeng peng lu lv su jiang cai
    jia ding wei xue ye yan pan du dai xia zhong tian ren fan fang shi yao tan sheng zou xiong jin
    lei hao shao bai mao qin gu hou kong duan long tao mo qiao yi ge gong wen kang yin qiu qian shu
    chu ni pei meng zhuang xi cui ning qu ji xing lan cen zhan ou geng guan ruan bian zhai yue miao
    mu kuang weng xiang chai zang min ke zuo tong an chang le bi jing qi xin hua lai
""")

# Short forms of given names -> the name they stand for. Russian ones are used in all the region.
SHORT_FORMS = _pairs("""
    sasha=aleksandr shura=aleksandr sanya=aleksandr alyosha=aleksei lyosha=aleksei lesha=aleksei
    kolya=nikolai vanya=ivan petya=petr misha=mikhail dima=dmitri mitya=dmitri seryozha=sergei
    serezha=sergei andryusha=andrei vova=vladimir volodya=vladimir tolya=anatoli tolik=anatoli
    zhenya=evgeni yura=yuri kostya=konstantin vasya=vasili pasha=pavel senya=semen grisha=grigori
    gena=gennadi vitya=viktor vitalik=vitali slava=vyacheslav stas=stanislav edik=eduard
    fedya=fedor roma=roman rustik=rustam katya=ekaterina natasha=natalia
    tanya=tatiana lena=elena sveta=svetlana olya=olga nastya=anastasia masha=maria ira=irina
    ksyusha=ksenia dasha=daria galya=galina lyuda=lyudmila nadya=nadezhda valya=valentina
    lyuba=lyubov sonya=sofia vika=viktoria rita=margarita
    md=muhammad mohd=muhammad muhd=muhammad mhd=muhammad mamad=muhammad mehmet=muhammad
    memet=muhammad
    tony=anthony ted=theodore bill=william bob=robert jim=james mike=michael tom=thomas joe=joseph
    dave=david steve=stephen alex=alexander nick=nicholas sam=samuel dan=daniel
    chris=christopher kate=katherine beth=elizabeth liz=elizabeth dick=richard fred=frederick
    pepe=jose paco=francisco pancho=francisco nacho=ignacio chuy=jesus chucho=jesus beto=alberto
    memo=guillermo lalo=eduardo quique=enrique
""")

# Name parts so common, somewhere a border meets them, that sharing one says little: share of all
# travellers who carry it, roughly. Parts not named here count by their length.
COMMON_SHARES = {
    "muhamad": 0.020, "mohamad": 0.020, "muhamed": 0.020, "mohamed": 0.020, "magomed": 0.004,
    "ahmad": 0.008, "ahmed": 0.008, "ali": 0.010, "hasan": 0.005, "husain": 0.004, "husin": 0.004,
    "hosin": 0.004, "husein": 0.004, "abdula": 0.005, "ibrahim": 0.004, "ismail": 0.003,
    "iusuf": 0.003, "umar": 0.003, "omar": 0.003, "mahmud": 0.004, "mustafa": 0.003,
    "aleksandr": 0.012, "aleksandra": 0.004, "sergi": 0.010, "andri": 0.007, "dmitri": 0.007,
    "aleksi": 0.007, "vladimir": 0.008, "mihail": 0.005, "nikolai": 0.005, "ivan": 0.006,
    "iuri": 0.004, "igor": 0.004, "olga": 0.006, "elena": 0.008, "tatana": 0.006, "irina": 0.006,
    "natala": 0.006, "svetlana": 0.005, "ana": 0.008, "mara": 0.010, "ekaterina": 0.005,
    "ivanov": 0.004, "ivanova": 0.004, "smirnov": 0.003, "petrov": 0.002, "kim": 0.004,
    "aleksandroviC": 0.006, "vladimiroviC": 0.005, "nikolaeviC": 0.005,
    "rahimov": 0.002, "karimov": 0.002, "ahmedov": 0.002, "ahmadov": 0.002, "iusupov": 0.002,
    "aliev": 0.003, "alieva": 0.003, "rustam": 0.003, "ruslan": 0.004, "timur": 0.003,
    "marat": 0.002, "nurlan": 0.003, "ivanoviC": 0.004, "han": 0.006, "singh": 0.008, "sing": 0.008,
    "kumar": 0.007, "li": 0.010, "vang": 0.010, "Sang": 0.005, "Jang": 0.009, "Cen": 0.007,
    "Joze": 0.004, "Juan": 0.004, "maria": 0.010, "Jon": 0.005, "david": 0.005, "daniel": 0.004,
}  # fmt: skip
SHORT_SHARES = {1: 5e-3, 2: 2e-3, 3: 8e-4, 4: 2e-4}  # by length of the fold: syllables recur
DEFAULT_SHARE = 5e-5
