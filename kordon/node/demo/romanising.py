"""How an issuer writes a name in the letters of the machine readable zone.

Two manners for Cyrillic: the one of today's passports and the one older papers and lists
carry ("older"). The same traveller under both spellings is what screening is for.
"""

import unicodedata

CYRILLIC = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        "A B V G D E E ZH Z I I K L M N O P R S T U F KH TS CH SH SHCH IE Y - E IU IA".split(),
        strict=True,
    )
)
CYRILLIC["ь"] = ""
TODAY: dict[str, dict[str, str]] = {
    "russian": {},
    "kazakh": {
        **dict(zip("әғқңөұүһі", "A G K N O U U H I".split(), strict=True)),
        **{"й": "Y", "ю": "YU", "я": "YA", "ъ": ""},
    },
    "kyrgyz": {
        **dict(zip("ңөү", "N O U".split(), strict=True)),
        **{"ж": "ZH", "й": "I", "ъ": ""},
    },
    "tajik": {
        **dict(zip("ғӣқӯҳҷ", "GH I Q U H J".split(), strict=True)),
        **{"й": "Y", "ё": "YO", "ю": "YU", "я": "YA", "ъ": ""},
    },
}
OLDER: dict[str, dict[str, str]] = {
    "russian": {"й": "Y", "ю": "YU", "я": "YA", "ё": "YO", "ъ": ""},
    "kazakh": {"ғ": "GH", "қ": "Q", "ң": "NG", "й": "I", "ю": "IU", "я": "IA", "х": "H"},
    "kyrgyz": {"ж": "J", "ң": "NG", "ө": "OE", "ү": "UE", "й": "Y", "х": "H"},
    "tajik": {"ғ": "G", "қ": "K", "ӯ": "O", "ҳ": "KH", "ҷ": "DZH", "ё": "IO", "й": "I"},
}
LATIN: dict[str, dict[str, str]] = {
    "turkmen": {"ä": "A", "ç": "CH", "ž": "ZH", "ň": "N", "ö": "O", "ş": "SH", "ü": "U", "ý": "Y"},
    "turkish": {"ç": "C", "ğ": "G", "ı": "I", "i̇": "I", "ö": "O", "ş": "S", "ü": "U"},
    "german": {"ä": "AE", "ö": "OE", "ü": "UE", "ß": "SS"},
    "utopian": {"å": "AA", "ä": "AE", "ö": "OE", "ø": "OE", "ü": "UE"},
}


def romanise(text: str, tongue: str, *, older: bool = False) -> str:
    """``text`` in capital A–Z, blanks and hyphens, as documents of this tongue write it."""
    table = {**CYRILLIC, **TODAY.get(tongue, {}), **LATIN.get(tongue, {})}
    if older:
        table |= OLDER.get(tongue, {})
    letters = (table.get(letter, letter) for letter in text.lower().replace("i̇", "i"))
    plain = unicodedata.normalize("NFKD", "".join(letters)).upper()
    return "".join(letter for letter in plain if "A" <= letter <= "Z" or letter in " -")
