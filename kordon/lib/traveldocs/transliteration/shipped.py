"""The tables that come with the library, made when first asked for."""

import unicodedata
from functools import lru_cache

from kordon.lib.traveldocs.errors import MRZError
from kordon.lib.traveldocs.transliteration import arabic, cyrillic, latin, national
from kordon.lib.traveldocs.transliteration.table import Letter, Table

LATIN, CYRILLIC, ARABIC = "icao-latin", "icao-cyrillic", "icao-arabic"
UZBEK, TURKMEN = "uz-1995", "tk-1999"

TABLE_NAMES = (
    LATIN,
    CYRILLIC,
    *(f"{CYRILLIC}-{code}" for code in cyrillic.LANGUAGES),
    ARABIC,
    UZBEK,
    TURKMEN,
)
"""ICAO's, one for each language that Doc 9303 makes exceptions for, then those of states."""


@lru_cache(maxsize=len(TABLE_NAMES))
def find_table(name: str) -> Table:
    """A table by its name; raises MRZError(TABLE) when there is none."""
    if name == LATIN:
        return _latin()
    if name == ARABIC:
        return _arabic()
    if name == UZBEK:
        return _national(
            UZBEK, "Uzbek, Cyrillic to Latin", "UZB", national.UZBEK, national.UZBEK_LAW
        )
    if name == TURKMEN:
        return _national(
            TURKMEN, "Turkmen, Cyrillic to Latin", "TKM", national.TURKMEN, national.TURKMEN_LAW
        )
    if name in TABLE_NAMES:
        return _cyrillic(name.removeprefix(CYRILLIC).lstrip("-"))
    raise MRZError("TABLE", f"there is no table {name!r}; known are {', '.join(TABLE_NAMES)}")


def _latin() -> Table:
    letters = {}
    for line in latin.ROWS.split("\n")[1:-1]:
        _, letter, texts = line.split(" ")
        letters[letter] = Letter(tuple(texts.split("|")))
    title = "Latin letters with marks"
    return Table(
        name=LATIN, title=title, legal_source=latin.SOURCE, letters=letters, takes_latin=True
    )


def _cyrillic(language: str) -> Table:
    rows = cyrillic.ROWS + cyrillic.NOT_WRITTEN
    letters = {}
    for line in (rows + (cyrillic.MACEDONIAN if language == "mk" else "")).splitlines():
        if line:
            _, letter, usual, *exceptions = line.split(" ")
            letters[letter] = _with_exceptions(usual.strip("-"), exceptions, language)
    named = cyrillic.LANGUAGES.get(language, "")
    return Table(
        name=f"{CYRILLIC}-{language}" if language else CYRILLIC,
        title=f"Cyrillic letters, {named}" if named else "Cyrillic letters",
        legal_source=cyrillic.SOURCE,
        letters=letters,
        language=language,
    )


def _with_exceptions(usual: str, exceptions: list[str], language: str) -> Letter:
    first = None
    for exception in exceptions:
        code, kind, text = exception[:2], exception[2], exception[3:]
        if code == language and kind == "=":
            usual = text
        elif code == language:
            first = text
    return Letter((usual,), first=first)


def _arabic() -> Table:
    letters = {arabic.SHADDA: Letter(("",))}
    for line in arabic.ROWS.split("\n")[1:-1]:
        number, _, text = line.split(" ")
        usual, _, last = text.strip("-").partition("|")
        letters[chr(int(number, 16))] = Letter((usual,), last=last or None)
    return Table(
        name=ARABIC,
        title="Arabic script",
        legal_source=arabic.SOURCE,
        letters=letters,
        doubling=arabic.SHADDA,
    )


def _national(name: str, title: str, state: str, rows: str, law: str) -> Table:
    letters = {}
    for line in rows.split("\n")[1:-1]:
        letter, usual, *contexts = line.split(" ")
        first = next((text[1:] for text in contexts if text[0] == "^"), None)
        pairs = [text.split(">") for text in contexts if ">" in text]
        after = tuple((before, text) for before, text in pairs)
        spelled = unicodedata.normalize("NFC", usual.strip("-"))
        letters[letter] = Letter((spelled,), first=first, after=after)
    return Table(
        name=name,
        title=title,
        legal_source=law,
        letters=letters,
        state=state,
        language=name[:2],
        through=find_table(LATIN),
    )
