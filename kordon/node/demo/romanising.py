"""How an issuer writes a name in the letters of the machine readable zone.

Two manners for Cyrillic: the one of today's passports and the one older papers and lists
carry ("older"). The same traveller under both spellings is what screening is for.
"""

import unicodedata

Table = dict[str, str]
CYRILLIC: Table = {
    "а": "A", "б": "B", "в": "V", "г": "G", "д": "D", "е": "E", "ё": "E", "ж": "ZH", "з": "Z",
    "и": "I", "й": "I", "к": "K", "л": "L", "м": "M", "н": "N", "о": "O", "п": "P", "р": "R",
    "с": "S", "т": "T", "у": "U", "ф": "F", "х": "KH", "ц": "TS", "ч": "CH", "ш": "SH",
    "щ": "SHCH", "ъ": "IE", "ы": "Y", "ь": "", "э": "E", "ю": "IU", "я": "IA",
}  # fmt: skip
TODAY: dict[str, Table] = {
    "russian": {},
    "kazakh": {
        "ә": "A", "ғ": "G", "қ": "K", "ң": "N", "ө": "O", "ұ": "U", "ү": "U", "һ": "H", "і": "I",
        "й": "Y", "ю": "YU", "я": "YA", "ъ": "",
    },
    "kyrgyz": {"ң": "N", "ө": "O", "ү": "U", "ж": "ZH", "й": "I", "ъ": ""},
    "tajik": {
        "ғ": "GH", "ӣ": "I", "қ": "Q", "ӯ": "U", "ҳ": "H", "ҷ": "J",
        "й": "Y", "ё": "YO", "ю": "YU", "я": "YA", "ъ": "",
    },
}  # fmt: skip
OLDER: dict[str, Table] = {
    "russian": {"й": "Y", "ю": "YU", "я": "YA", "ё": "YO", "ъ": ""},
    "kazakh": {"ғ": "GH", "қ": "Q", "ң": "NG", "й": "I", "ю": "IU", "я": "IA", "х": "H"},
    "kyrgyz": {"ж": "J", "ң": "NG", "ө": "OE", "ү": "UE", "й": "Y", "х": "H"},
    "tajik": {"ғ": "G", "қ": "K", "ӯ": "O", "ҳ": "KH", "ҷ": "DZH", "ё": "IO", "й": "I"},
}
LATIN: dict[str, Table] = {
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
