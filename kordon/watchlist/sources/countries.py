"""Country names, as the lists write them, to ISO 3166-1 alpha-3 codes.

Each line: alpha-2, alpha-3, then names: English and Russian ones, and those the United
Nations and OFAC use. Three-letter codes of travel documents that
differ from ISO (Doc 9303-3 section 5) are in ``DOCUMENT_CODES``.
"""

import re
import unicodedata
from functools import cache

DOCUMENT_CODES = {
    "D": "DEU",
    "GBD": "GBR",
    "GBN": "GBR",
    "GBO": "GBR",
    "GBP": "GBR",
    "GBS": "GBR",
    "RKS": "XKX",
    "KSV": "XKX",
    "ROM": "ROU",
    "ZAR": "COD",
    "BUR": "MMR",
    "TMP": "TLS",
}
STATELESS = frozenset({"XXA", "XXB", "XXC", "XXX"})

_TABLE = """
AD AND Andorra|Андорра
AE ARE United Arab Emirates|ОАЭ|Объединенные Арабские Эмираты
AF AFG Afghanistan|Афганистан|Islamic Republic of Afghanistan
AG ATG Antigua & Barbuda|Antigua and Barbuda|Антигуа и Барбуда
AI AIA Anguilla|Ангилья
AL ALB Albania|Албания
AM ARM Armenia|Армения
AO AGO Angola|Ангола
AQ ATA Antarctica|Антарктида
AR ARG Argentina|Аргентина
AS ASM American Samoa|Американское Самоа
AT AUT Austria|Австрия
AU AUS Australia|Австралия
AW ABW Aruba|Аруба
AX ALA Åland Islands|Аландские о-ва
AZ AZE Azerbaijan|Азербайджан
BA BIH Bosnia & Herzegovina|Bosnia and Herzegovina|Босния и Герцеговина
BB BRB Barbados|Барбадос
BD BGD Bangladesh|Бангладеш
BE BEL Belgium|Бельгия
BF BFA Burkina Faso|Буркина-Фасо
BG BGR Bulgaria|Болгария
BH BHR Bahrain|Бахрейн
BI BDI Burundi|Бурунди
BJ BEN Benin|Бенин
BL BLM St. Barthélemy|Saint Barthélemy|Сен-Бартелеми
BM BMU Bermuda|Бермудские о-ва
BN BRN Brunei|Бруней|Brunei Darussalam
BO BOL Bolivia|Боливия|Bolivia (Plurinational State of)
BQ BES Caribbean Netherlands|Бонэйр, Синт-Эстатиус и Саба
BR BRA Brazil|Бразилия
BS BHS Bahamas|Багамы|Bahamas, The|The Bahamas
BT BTN Bhutan|Бутан
BV BVT Bouvet Island|о-в Буве
BW BWA Botswana|Ботсвана
BY BLR Belarus|Беларусь|Белоруссия|Republic of Belarus
BZ BLZ Belize|Белиз
CA CAN Canada|Канада
CC CCK Cocos (Keeling) Islands|Кокосовые о-ва
CD COD Congo - Kinshasa|Конго - Киншаса|Democratic Republic of the Congo
CD COD Congo, Democratic Republic of the|Congo (Democratic Republic)|DR Congo
CD COD Демократическая Республика Конго
CF CAF Central African Republic|Центрально-Африканская Республика|Центральноафриканская Республика
CF CAF ЦАР
CG COG Congo - Brazzaville|Конго - Браззавиль|Congo|Congo, Republic of the|Republic of the Congo
CG COG Конго
CH CHE Switzerland|Швейцария
CI CIV Côte d’Ivoire|Кот-д’Ивуар|Cote d Ivoire|Côte d'Ivoire|Cote d'Ivoire|Ivory Coast
CK COK Cook Islands|о-ва Кука
CL CHL Chile|Чили
CM CMR Cameroon|Камерун
CN CHN China|Китай|People's Republic of China|КНР
CO COL Colombia|Колумбия
CR CRI Costa Rica|Коста-Рика
CU CUB Cuba|Куба
CV CPV Cape Verde|Кабо-Верде|Cabo Verde
CW CUW Curaçao|Кюрасао|Curacao
CX CXR Christmas Island|о-в Рождества
CY CYP Cyprus|Кипр
CZ CZE Czechia|Чехия|Czech Republic
DE DEU Germany|Германия
DJ DJI Djibouti|Джибути
DK DNK Denmark|Дания
DM DMA Dominica|Доминика
DO DOM Dominican Republic|Доминиканская Республика
DZ DZA Algeria|Алжир
EC ECU Ecuador|Эквадор
EE EST Estonia|Эстония
EG EGY Egypt|Египет
EH ESH Western Sahara|Западная Сахара
ER ERI Eritrea|Эритрея
ES ESP Spain|Испания
ET ETH Ethiopia|Эфиопия
FI FIN Finland|Финляндия
FJ FJI Fiji|Фиджи
FK FLK Falkland Islands|Фолклендские о-ва
FM FSM Micronesia|Федеративные Штаты Микронезии|Micronesia (Federated States of)
FM FSM Micronesia, Federated States of
FO FRO Faroe Islands|Фарерские о-ва
FR FRA France|Франция
GA GAB Gabon|Габон
GB GBR United Kingdom|Великобритания|United Kingdom of Great Britain and Northern Ireland
GB GBR Great Britain|England|UK|Соединенное Королевство
GD GRD Grenada|Гренада
GE GEO Georgia|Грузия
GF GUF French Guiana|Французская Гвиана
GG GGY Guernsey|Гернси
GH GHA Ghana|Гана
GI GIB Gibraltar|Гибралтар
GL GRL Greenland|Гренландия
GM GMB Gambia|Гамбия|The Gambia|Gambia, The
GN GIN Guinea|Гвинея
GP GLP Guadeloupe|Гваделупа
GQ GNQ Equatorial Guinea|Экваториальная Гвинея
GR GRC Greece|Греция
GS SGS South Georgia & South Sandwich Islands|South Georgia and South Sandwich Islands
GS SGS Южная Георгия и Южные Сандвичевы о-ва
GT GTM Guatemala|Гватемала
GU GUM Guam|Гуам
GW GNB Guinea-Bissau|Гвинея-Бисау
GY GUY Guyana|Гайана
HK HKG Hong Kong|Hong Kong SAR China|China, Hong Kong Special Administrative Region|Гонконг
HM HMD Heard & McDonald Islands|Heard and McDonald Islands|о-ва Херд и Макдональд
HN HND Honduras|Гондурас
HR HRV Croatia|Хорватия
HT HTI Haiti|Гаити
HU HUN Hungary|Венгрия
ID IDN Indonesia|Индонезия
IE IRL Ireland|Ирландия
IL ISR Israel|Израиль
IM IMN Isle of Man|о-в Мэн|Man, Isle of
IN IND India|Индия
IO IOT British Indian Ocean Territory|Британская территория в Индийском океане
IQ IRQ Iraq|Ирак
IR IRN Iran|Иран|Iran (Islamic Republic of)|Islamic Republic of Iran
IS ISL Iceland|Исландия
IT ITA Italy|Италия
JE JEY Jersey|Джерси
JM JAM Jamaica|Ямайка
JO JOR Jordan|Иордания
JP JPN Japan|Япония
KE KEN Kenya|Кения
KG KGZ Kyrgyzstan|Киргизия|Kyrgyz Republic|Кыргызстан|Кыргызская Республика|Qirgʻiziston
KH KHM Cambodia|Камбоджа
KI KIR Kiribati|Кирибати
KM COM Comoros|Коморы
KN KNA St. Kitts & Nevis|St. Kitts and Nevis|Saint Kitts and Nevis|Сент-Китс и Невис
KP PRK North Korea|КНДР|Korea, North|Democratic People's Republic of Korea|DPRK|Северная Корея
KR KOR South Korea|Республика Корея|Korea, South|Republic of Korea|Южная Корея
KW KWT Kuwait|Кувейт
KY CYM Cayman Islands|о-ва Кайман
KZ KAZ Kazakhstan|Казахстан|Republic of Kazakhstan|Қазақстан|Республика Казахстан
LA LAO Laos|Лаос|Lao People's Democratic Republic
LB LBN Lebanon|Ливан
LC LCA St. Lucia|Saint Lucia|Сент-Люсия
LI LIE Liechtenstein|Лихтенштейн
LK LKA Sri Lanka|Шри-Ланка
LR LBR Liberia|Либерия
LS LSO Lesotho|Лесото
LT LTU Lithuania|Литва
LU LUX Luxembourg|Люксембург
LV LVA Latvia|Латвия
LY LBY Libya|Ливия
MA MAR Morocco|Марокко
MC MCO Monaco|Монако
MD MDA Moldova|Молдова|Republic of Moldova|Молдавия
ME MNE Montenegro|Черногория
MF MAF St. Martin|Saint Martin|Сен-Мартен
MG MDG Madagascar|Мадагаскар
MH MHL Marshall Islands|Маршалловы о-ва
MK MKD North Macedonia|Северная Македония|North Macedonia, The Republic of
MK MKD Macedonia, The Former Yugoslav Republic of|The former Yugoslav Republic of Macedonia
MK MKD Macedonia
ML MLI Mali|Мали
MM MMR Myanmar (Burma)|Мьянма (Бирма)|Burma|Myanmar
MN MNG Mongolia|Монголия
MO MAC Macao SAR China|Макао (САР)|Macau|Macao
MP MNP Northern Mariana Islands|Северные Марианские о-ва
MQ MTQ Martinique|Мартиника
MR MRT Mauritania|Мавритания
MS MSR Montserrat|Монтсеррат
MT MLT Malta|Мальта
MU MUS Mauritius|Маврикий
MV MDV Maldives|Мальдивы
MW MWI Malawi|Малави
MX MEX Mexico|Мексика
MY MYS Malaysia|Малайзия
MZ MOZ Mozambique|Мозамбик
NA NAM Namibia|Намибия
NC NCL New Caledonia|Новая Каледония
NE NER Niger|Нигер
NF NFK Norfolk Island|о-в Норфолк
NG NGA Nigeria|Нигерия
NI NIC Nicaragua|Никарагуа
NL NLD Netherlands|Нидерланды|The Netherlands
NO NOR Norway|Норвегия
NP NPL Nepal|Непал
NR NRU Nauru|Науру
NU NIU Niue|Ниуэ
NZ NZL New Zealand|Новая Зеландия
OM OMN Oman|Оман
PA PAN Panama|Панама
PE PER Peru|Перу
PF PYF French Polynesia|Французская Полинезия
PG PNG Papua New Guinea|Папуа — Новая Гвинея
PH PHL Philippines|Филиппины
PK PAK Pakistan|Пакистан
PL POL Poland|Польша
PM SPM St. Pierre & Miquelon|St. Pierre and Miquelon|Saint Pierre and Miquelon|Сен-Пьер и Микелон
PN PCN Pitcairn Islands|о-ва Питкэрн
PR PRI Puerto Rico|Пуэрто-Рико
PS PSE Palestinian Territories|Палестинские территории|Palestinian|State of Palestine|Palestine
PS PSE West Bank|Region: Gaza|Region: West Bank|Gaza|Палестина
PT PRT Portugal|Португалия
PW PLW Palau|Палау
PY PRY Paraguay|Парагвай
QA QAT Qatar|Катар
RE REU Réunion|Реюньон
RO ROU Romania|Румыния
RS SRB Serbia|Сербия
RU RUS Russia|Россия|Russian Federation|Российская Федерация|РФ
RW RWA Rwanda|Руанда
SA SAU Saudi Arabia|Саудовская Аравия
SB SLB Solomon Islands|Соломоновы о-ва
SC SYC Seychelles|Сейшельские о-ва
SD SDN Sudan|Судан
SE SWE Sweden|Швеция
SG SGP Singapore|Сингапур
SH SHN St. Helena|Saint Helena|о-в Св. Елены
SI SVN Slovenia|Словения
SJ SJM Svalbard & Jan Mayen|Svalbard and Jan Mayen|Шпицберген и Ян-Майен
SK SVK Slovakia|Словакия
SL SLE Sierra Leone|Сьерра-Леоне
SM SMR San Marino|Сан-Марино
SN SEN Senegal|Сенегал
SO SOM Somalia|Сомали
SR SUR Suriname|Суринам
SS SSD South Sudan|Южный Судан
ST STP São Tomé & Príncipe|São Tomé and Príncipe|Сан-Томе и Принсипи|Sao Tome and Principe
SV SLV El Salvador|Сальвадор
SX SXM Sint Maarten|Синт-Мартен
SY SYR Syria|Сирия|Syrian Arab Republic
SZ SWZ Eswatini|Эсватини|Swaziland
TC TCA Turks & Caicos Islands|Turks and Caicos Islands|Тёркс и Кайкос
TD TCD Chad|Чад
TF ATF French Southern Territories|Французские Южные территории
TG TGO Togo|Того
TH THA Thailand|Таиланд
TJ TJK Tajikistan|Таджикистан|Республика Таджикистан|Тоҷикистон
TK TKL Tokelau|Токелау
TL TLS Timor-Leste|Восточный Тимор|East Timor
TM TKM Turkmenistan|Туркменистан|Туркмения|Türkmenistan
TN TUN Tunisia|Тунис
TO TON Tonga|Тонга
TR TUR Türkiye|Турция|Turkey|Turkiye
TT TTO Trinidad & Tobago|Trinidad and Tobago|Тринидад и Тобаго
TV TUV Tuvalu|Тувалу
TW TWN Taiwan|Тайвань|Taiwan, Province of China
TZ TZA Tanzania|Танзания|United Republic of Tanzania
UA UKR Ukraine|Украина
UG UGA Uganda|Уганда
UM UMI U.S. Outlying Islands|Внешние малые о-ва (США)
US USA United States|Соединенные Штаты|United States of America|USA|U.S.A.|США
US USA Соединенные Штаты Америки
UY URY Uruguay|Уругвай
UZ UZB Uzbekistan|Узбекистан|Республика Узбекистан|Oʻzbekiston
VA VAT Vatican City|Ватикан|Holy See
VC VCT St. Vincent & Grenadines|St. Vincent and Grenadines|Saint Vincent and Grenadines
VC VCT Сент-Винсент и Гренадины
VE VEN Venezuela|Венесуэла|Venezuela (Bolivarian Republic of)
VG VGB British Virgin Islands|Виргинские о-ва (Великобритания)|Virgin Islands, British
VI VIR U.S. Virgin Islands|Виргинские о-ва (США)|Virgin Islands, U.S.
VN VNM Vietnam|Вьетнам|Viet Nam
VU VUT Vanuatu|Вануату
WF WLF Wallis & Futuna|Wallis and Futuna|Уоллис и Футуна
WS WSM Samoa|Самоа
XK XKX Kosovo|Косово
YE YEM Yemen|Йемен
YT MYT Mayotte|Майотта
ZA ZAF South Africa|Южно-Африканская Республика|ЮАР
ZM ZMB Zambia|Замбия
ZW ZWE Zimbabwe|Зимбабве
"""


def to_alpha3(text: str) -> str:
    """The alpha-3 code for a name, an alpha-2, an alpha-3 or a document code; "" if unknown."""
    key = _key(text)
    if len(key) <= 3:
        code = key.upper()
        code = DOCUMENT_CODES.get(code, code)
        if code in STATELESS:
            return code
        found = _codes().get(code)
        if found:
            return found
    return _names().get(key) or _names().get(_key(_SURPLUS.sub("", text)), "")


_SURPLUS = re.compile(r"^(possibly|probably|former|formerly)\s+|\s*\(.*\)$", re.IGNORECASE)


def _key(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.replace("’", "'")).casefold()
    kept = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(kept.split())


@cache
def _lines() -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    found = []
    for line in _TABLE.strip().splitlines():
        alpha2, alpha3, names = line.split(" ", 2)
        found.append((alpha2, alpha3, tuple(names.split("|"))))
    return tuple(found)


@cache
def _codes() -> dict[str, str]:
    codes = {alpha2: alpha3 for alpha2, alpha3, _ in _lines()}
    return codes | {alpha3: alpha3 for _, alpha3, _ in _lines()}


@cache
def _names() -> dict[str, str]:
    return {_key(name): alpha3 for _, alpha3, names in _lines() for name in names}
