"""Names of other scripts in the letters of a machine readable zone (Doc 9303-3, section 6).

    >>> from kordon.lib.traveldocs import find_table, transliterate
    >>> transliterate("Щербакова", find_table("icao-cyrillic"))
    'SHCHERBAKOVA'
    >>> transliterate("Müller-Weiß", find_table("icao-latin"))
    'MUELLER<WEISS'

ICAO's tables are data with their numbers; those of states are apart and name their law.
"""

from kordon.lib.traveldocs.transliteration.shipped import TABLE_NAMES, find_table
from kordon.lib.traveldocs.transliteration.table import Letter, Table, transliterate
from kordon.lib.traveldocs.transliteration.written import read_table

__all__ = ["TABLE_NAMES", "Letter", "Table", "find_table", "read_table", "transliterate"]
