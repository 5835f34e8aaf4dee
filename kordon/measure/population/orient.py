"""Chinese names (characters, Pinyin, Wade-Giles, Cyrillic after Palladius) and South Asian ones."""

import re
from functools import lru_cache

from .urns import Chance, Sounds, Urn, Written, by_weight, ranked, roots

_SURNAMES = """王wang 李li 张zhang 刘liu 陈chen 杨yang 黄huang 赵zhao 吴wu 周zhou
徐xu 孙sun 马ma 朱zhu 胡hu 郭guo 何he 林lin 高gao 罗luo 郑zheng 梁liang 谢xie 宋song 唐tang 许xu
韩han 邓deng 冯feng 曹cao 彭peng 曾zeng 肖xiao 田tian 董dong 潘pan 袁yuan 蔡cai 蒋jiang 余yu
于yu 杜du 叶ye 程cheng 魏wei 苏su 吕lü 丁ding 任ren 卢lu 姚yao 沈shen 钟zhong 姜jiang 崔cui
谭tan 陆lu 范fan 汪wang 廖liao 石shi 金jin 韦wei 贾jia 夏xia 付fu 方fang 邹zou 熊xiong 白bai
孟meng 秦qin 邱qiu 侯hou 江jiang 尹yin 薛xue 闫yan 雷lei 龙long 史shi 陶tao 贺he 毛mao 郝hao
顾gu 龚gong 邵shao 万wan 覃qin 武wu 钱qian 戴dai 严yan 莫mo 孔kong 向xiang 常chang 汤tang 康kang
易yi 乔qiao 赖lai 文wen 欧阳ouyang 司马sima"""
_GIVEN = """伟wei 芳fang 娜na 敏min 静jing 丽li 强qiang 磊lei 军jun 洋yang 勇yong
艳yan 杰jie 娟juan 涛tao 明ming 超chao 秀xiu 霞xia 平ping 刚gang 桂gui 英ying 华hua 建jian 国guo
文wen 辉hui 玲ling 志zhi 红hong 永yong 玉yu 兰lan 海hai 燕yan 小xiao 云yun 龙long 梅mei 雪xue
峰feng 春chun 林lin 东dong 子zi 德de 成cheng 家jia 福fu 振zhen 天tian 宇yu 浩hao 然ran 思si
远yuan 晨chen 曦xi 佳jia 怡yi 欣xin 雨yu 泽ze 宏hong 博bo 立li 新xin 安an 宁ning 庆qing 生sheng
世shi 元yuan 正zheng 良liang 忠zhong 义yi 礼li 智zhi 信xin 光guang 荣rong 昌chang 盛sheng 武wu
斌bin 鹏peng 飞fei 翔xiang 鑫xin 森sen 淼miao 岩yan 凯kai 旋xuan 瑞rui 祥xiang 吉ji 喜xi 乐le
欢huan 颖ying 慧hui 淑shu 珍zhen 琴qin 琳lin 瑶yao 瑾jin 璐lu 莉li 菲fei 萍ping 蓉rong 蕾lei
薇wei 青qing 素su 彩cai 凤feng 月yue 秋qiu 冬dong 冰bing 洁jie 清qing 江jiang 河he 山shan
川chuan 石shi 松song 柏bo 竹zhu 克ke 敬jing 学xue 书shu 少shao 振zhen 传chuan 家jia 启qi 开kai
达da 通tong 顺shun 利li 贵gui 富fu 康kang 健jian 壮zhuang 尔er 力li 拉la 木mu 提ti"""
_PAIR = re.compile(r"([一-鿿]+)([a-zü]+)")
_WADE = {"zh": "ch", "ch": "ch'", "j": "ch", "q": "ch'", "x": "hs", "z": "ts", "c": "ts'", "d": "t",
    "t": "t'", "b": "p", "p": "p'", "g": "k", "k": "k'", "r": "j"}  # fmt: skip
_PALLADIUS = {"zh": "чж", "ch": "ч", "sh": "ш", "j": "цз", "q": "ц", "x": "с", "z": "цз", "c": "ц",
    "b": "б", "p": "п", "m": "м", "f": "ф", "d": "д", "t": "т", "n": "н", "l": "л", "g": "г",
    "k": "к", "h": "х", "r": "ж", "s": "с", "y": "", "w": "", "": ""}  # fmt: skip
_FINALS = {"a": "а", "ai": "ай", "an": "ань", "ang": "ан", "ao": "ао", "e": "э", "ei": "эй",
    "en": "энь", "eng": "эн", "er": "эр", "i": "и", "ia": "я", "ian": "янь", "iang": "ян",
    "iao": "яо", "ie": "е", "in": "инь", "ing": "ин", "iong": "юн", "iu": "ю", "o": "о",
    "ong": "ун", "ou": "оу", "u": "у", "ua": "уа", "uai": "уай", "uan": "уань", "uang": "уан",
    "ui": "уй", "un": "унь", "uo": "о", "ü": "юй", "üe": "юэ", "yi": "и", "ya": "я", "yan": "янь",
    "yang": "ян", "yao": "яо", "ye": "е", "yin": "инь", "ying": "ин", "yong": "юн", "you": "ю",
    "yu": "юй", "yuan": "юань", "yue": "юэ", "yun": "юнь", "wu": "у", "wa": "ва", "wan": "вань",
    "wang": "ван", "wei": "вэй", "wen": "вэнь", "weng": "вэн", "wo": "во"}  # fmt: skip


class Chinese:
    """Surname first; one or two characters given."""

    middle_last = True

    def __init__(self, chance: Chance) -> None:
        self._sound = dict(_PAIR.findall(_SURNAMES) + _PAIR.findall(_GIVEN))
        surnames = [sign for sign, _ in _PAIR.findall(_SURNAMES)]
        given = [sign for sign, _ in _PAIR.findall(_GIVEN)]
        self._surnames = Urn(ranked(surnames, chance), steep=1.0, flat=3)
        self._given = Urn(ranked(given, chance), steep=0.75, flat=8)

    def invent(self, chance: Chance, sex: str) -> tuple[str, ...]:
        given = self._given.draw(chance)
        if chance.random() < 0.8:
            given += self._given.draw(chance)
        return self._surnames.draw(chance), given

    def native(self, parts: tuple[str, ...], sex: str, chance: Chance) -> Written:
        if chance.random() < 0.2:
            surname, *given = (palladius(each) for each in self._spoken(parts))
            return Written(surname, "".join(given))
        return Written(*parts)

    def latin(self, parts: tuple[str, ...], sex: str, chance: Chance, *, passport: bool) -> Written:
        surname, *given = self._spoken(parts)
        kind = chance.random()
        if not passport and kind < 0.12:
            return Written(wade_giles(surname), "-".join(map(wade_giles, given)))
        joint = "" if kind < 0.8 else " " if kind < 0.93 else "-"
        return Written(surname.replace("ü", "yu"), joint.join(given).replace("ü", "yu"))

    def _spoken(self, parts: tuple[str, ...]) -> list[str]:
        surname, given = parts
        return [self._sound[surname], *(self._sound[sign] for sign in given)]

    def shown_middle(self, chance: Chance) -> bool:
        return False

    def nationality(self, chance: Chance) -> str:
        return "CHN" if chance.random() < 0.95 else "KAZ"


def _parted(syllable: str) -> tuple[str, str]:
    found = re.match("zh|ch|sh|[bpmfdtnlgkhjqxzcsr]|", syllable)
    first = found.group() if found else ""
    return first, syllable[len(first) :]


@lru_cache(maxsize=2000)
def wade_giles(syllable: str) -> str:
    first, rest = _parted(syllable)
    if first in ("j", "q", "x") and rest.startswith("u"):
        rest = "ü" + rest[1:]
    rest = {"ian": "ien", "ong": "ung", "ie": "ieh", "üe": "üeh", "uo": "o", "e": "eh"}.get(
        rest, rest
    )
    if first in ("zh", "ch", "sh", "r") and rest == "i":
        rest = "ih"
    return _WADE.get(first, first) + rest


@lru_cache(maxsize=2000)
def palladius(syllable: str) -> str:
    if syllable == "ouyang":
        return "оуян"
    if syllable == "sima":
        return "сыма"
    if syllable in _FINALS and syllable[0] in "yw":
        return _FINALS[syllable]
    first, rest = _parted(syllable)
    if first in ("j", "q", "x") and rest.startswith("u"):
        rest = "ü" + rest[1:]
    if rest == "i" and first in ("zh", "ch", "sh", "r"):
        return _PALLADIUS[first] + "и"
    if rest == "i" and first in ("z", "c", "s"):
        return _PALLADIUS[first] + "ы"
    return _PALLADIUS[first] + _FINALS.get(rest, "юань" if rest == "üan" else "юнь")


_MEN = """mohammad ahmed ali hassan hussain imran irfan bilal usman khalid tariq
javed naveed shahid rashid zahid abdul rahim karim faisal kamran rajesh suresh ramesh mahesh
amit sumit rohit vijay ajay sanjay manoj anil sunil ravi deepak ashok vinod mukesh rakesh dinesh
arjun vikram krishna gopal harish girish satish naresh mohan sohan balwinder gurpreet harjit
jaswinder rafiq shafiq nazrul"""
_WOMEN = """fatima ayesha khadija zainab mariam saima nadia rubina shabana farzana
nasreen parveen sunita anita geeta sita rekha meena seema neha pooja priya kavita lakshmi
saraswati radha kiran manpreet simran jasmeet shirin taslima"""
_FAMILIES = """khan ahmed ali hussain shah malik iqbal akhtar qureshi siddiqui ansari
sheikh chaudhry bhatti butt mirza baig sharma verma gupta singh kumar patel reddy nair iyer rao
das roy ghosh banerjee mukherjee chatterjee mehta joshi desai kulkarni yadav chauhan rathore
thakur mishra pandey tiwari rahman hossain islam uddin chowdhury sarkar miah begum kaur gill
sandhu dhillon sidhu"""
_SOUNDS = Sounds(
    "b bh ch d dh g gh h j k kh l m n p ph r s sh t th v y pr kr sr br",
    "a a a i u aa ee oo e o", "n r l m t d k sh v j l n",
    "b d dh g j k kh l m n nd nk p r s sh t th v ndr rg lk rm y ng", 3,
)  # fmt: skip
_TRADES = "wal kar ani lal raj nath war pal kar ani wala das dev appa swamy ullah pur dar kia jee"
_INDIAN = {"kh": "ख", "gh": "घ", "ch": "च", "jh": "झ", "th": "थ", "dh": "ध", "ph": "फ", "bh": "भ",
    "sh": "श", "k": "क", "g": "ग", "j": "ज", "t": "त", "d": "द", "n": "न", "p": "प", "b": "ब",
    "m": "म", "y": "य", "r": "र", "l": "ल", "v": "व", "w": "व", "s": "स", "h": "ह", "q": "क",
    "z": "ज", "f": "फ", "c": "क", "x": "क्स"}  # fmt: skip
_SIGNS = {"aa": "ा", "ee": "ी", "oo": "ू", "ai": "ै", "au": "ौ", "a": "", "i": "ि",
    "u": "ु", "e": "े", "o": "ो"}  # fmt: skip
_ALONE = {"aa": "आ", "ee": "ई", "oo": "ऊ", "ai": "ऐ", "au": "औ", "a": "अ",
    "i": "इ", "u": "उ", "e": "ए", "o": "ओ"}  # fmt: skip
_LETTER = re.compile("kh|gh|ch|jh|th|dh|ph|bh|sh|aa|ee|oo|ai|au|.")
_HABITS = (("ee", "i", 0.25), ("oo", "u", 0.25), ("v", "w", 0.15), ("w", "v", 0.15), ("aa", "a",
    0.5),
    ("th", "t", 0.1), ("dh", "d", 0.1), ("bh", "b", 0.05), ("sh", "s", 0.06), ("kh", "k", 0.05),
    ("mohammad", "muhammad", 0.4), ("ph", "f", 0.3), ("ahmed", "ahmad", 0.3), ("q", "k", 0.1),
    ("hussain", "hossain", 0.3), ("chaudhry", "choudhury", 0.4), ("y", "i", 0.1),
        ("j", "z", 0.05))  # fmt: skip


class SouthAsian:
    """Pakistan, India, Bangladesh: English spelling by ear; Devanagari now and then."""

    middle_last = False

    def __init__(self, chance: Chance) -> None:
        tail = roots(_SOUNDS, 22_000, chance)
        trades = _TRADES.split()
        families = [
            root + (chance.choice(trades) if at % 2 else "") for at, root in enumerate(tail)
        ]
        self._men = Urn(ranked(_MEN.split(), chance) + tail[:2500], steep=1.15, flat=4)
        self._women = Urn(ranked(_WOMEN.split(), chance) + tail[2500:3500], steep=1.15, flat=4)
        self._families = Urn(ranked(_FAMILIES.split(), chance) + families[3500:], steep=1.1, flat=3)

    def invent(self, chance: Chance, sex: str) -> tuple[str, ...]:
        urn = self._men if sex == "M" else self._women
        second = urn.draw(chance) if chance.random() < 0.3 else ""
        return self._families.draw(chance), urn.draw(chance), second

    def native(self, parts: tuple[str, ...], sex: str, chance: Chance) -> Written:
        return Written(*(devanagari(part) for part in parts))

    def latin(self, parts: tuple[str, ...], sex: str, chance: Chance, *, passport: bool) -> Written:
        return Written(*(_by_ear(part, chance, 0.4 if passport else 1.0) for part in parts))

    def shown_middle(self, chance: Chance) -> bool:
        return True

    def nationality(self, chance: Chance) -> str:
        return _STATES(chance)


_STATES = by_weight({"PAK": 40, "IND": 42, "BGD": 18})


def _by_ear(word: str, chance: Chance, wild: float) -> str:
    for old, new, share in _HABITS:
        if old in word and chance.random() < share * wild:
            word = word.replace(old, new, 1)
    return word


@lru_cache(maxsize=100_000)
def devanagari(word: str) -> str:
    out, open_consonant = [], False
    for letter in _LETTER.findall(word):
        if letter in _SIGNS:
            out.append((_SIGNS if open_consonant else _ALONE)[letter])
            open_consonant = False
        else:
            out.append(("्" if open_consonant else "") + _INDIAN.get(letter, ""))
            open_consonant = letter in _INDIAN
    return "".join(out)
