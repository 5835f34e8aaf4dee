"""Alphabets that a state's own law gives for a language once written in Cyrillic letters.

Not ICAO's. One row: the Cyrillic letter, the Latin spelling in the state's alphabet, then what it
is at the beginning of a component (`^Ye`) or after certain letters (`аеё>ye`). What comes out is
the state's Latin spelling; section 6.A of Doc 9303-3 then makes it A-Z, apostrophes being left
out. The law is about writing the language; it does not say that passports follow it.

Kazakh, Kyrgyz and Tajik have no table here. Their states publish none for names of persons that
could be cited: Kazakhstan's Latin alphabet of 2017 was replaced before it was used, the Kyrgyz
regulation is about geographical names and passports do not follow it, for Tajik nothing was
found. Whoever has the text makes a table of it (`read_table`).
"""

UZBEK_LAW = (
    "Law of the Republic of Uzbekistan on the introduction of the Uzbek alphabet based on the "
    "Latin script, 2 September 1993, as amended 6 May 1995; spelling rules approved by the "
    "Cabinet of Ministers, resolution 339, 24 August 1995"
)
UZBEK = """
А A
Б B
В V
Г G
Д D
Е E ^YE АЕЁИОУЭЮЯЎЙЪЬ>YE
Ё YO
Ж J
З Z
И I Ь>YI
Й Y
К K
Л L
М M
Н N
О O Ь>YO
П P
Р R
С S
Т T
У U
Ф F
Х X
Ц S АЕЁИОУЭЮЯЎ>TS
Ч CH
Ш SH
Ъ ʼ
Ь -
Э E
Ю YU
Я YA
Ў Oʻ
Қ Q
Ғ Gʻ
Ҳ H
"""

TURKMEN_LAW = (
    "Decree of the President of Turkmenistan on the new Turkmen alphabet, approved by the Mejlis "
    "on 12 April 1993; resolution KhM-20 of the Halk Maslahaty, 29 December 1999"
)
TURKMEN = """
А A
Б B
В W
Г G
Д D
Е E ^ÝE АЕЁИОӨУҮЫЭӘЮЯЙ>ÝE
Ё ÝO
Ж Ž
Җ J
З Z
И I
Й Ý
К K
Л L
М M
Н N
Ң Ň
О O
Ө Ö
П P
Р R
С S
Т T
У U
Ү Ü
Ф F
Х H
Ц S
Ч Ç
Ш Ş
Щ ŞÇ
Ъ -
Ы Y
Ь -
Э E
Ә Ä
Ю ÝU
Я ÝA
"""
