"""Cyrillic letters: Doc 9303-3 (8th edition, 2021, amended 2024), section 6.B.

One row: number in Unicode, the letter, what stands for it, then what stands for it in one
language (`sr=Z`) or at the beginning of a component in it (`uk^YE`). Doc 9303 names six
languages beside its usual column: Belarusian, Bulgarian, Macedonian, Serbian, Ukrainian.

Two rows are misprinted in Doc 9303-3 and are taken by their numbers, not by their glyphs:
0402 (Ђ) is printed with the glyph of Ћ, and 0474 (Ѵ) with that of the Latin V. A third has the
right glyph of a wrong letter: the Macedonian exception GJ stands at 0492 (Ғ), which Macedonian
does not have; it is kept there and given to 0403 (Ѓ) too. Ћ itself has no row.
"""

SOURCE = "ICAO Doc 9303-3, 8th edition, section 6.B"

LANGUAGES = {
    "be": "Belarusian",
    "bg": "Bulgarian",
    "mk": "Macedonian",
    "sr": "Serbian",
    "uk": "Ukrainian",
}

ROWS = """
0401 Ё E be=IO
0402 Ђ D
0404 Є IE uk^YE
0405 Ѕ DZ
0406 І I
0407 Ї I uk^YI
0408 Ј J
0409 Љ LJ
040A Њ NJ
040C Ќ K mk=KJ
040E Ў U
040F Џ DZ mk=DJ
0410 А A
0411 Б B
0412 В V
0413 Г G be=H sr=H uk=H
0414 Д D
0415 Е E
0416 Ж ZH sr=Z
0417 З Z
0418 И I uk=Y
0419 Й I uk^Y
041A К K
041B Л L
041C М M
041D Н N
041E О O
041F П P
0420 Р R
0421 С S
0422 Т T
0423 У U
0424 Ф F
0425 Х KH mk=H sr=H
0426 Ц TS mk=C sr=C
0427 Ч CH sr=C
0428 Ш SH sr=S
0429 Щ SHCH bg=SHT
042A Ъ IE
042B Ы Y
042D Э E
042E Ю IU uk^YU
042F Я IA uk^YA
046A Ѫ U
0474 Ѵ Y
0490 Ґ G
0492 Ғ G mk=GJ
04BA Һ C
"""

# The soft sign has no row. Doc 9303 writes nothing for it, and so do the states that publish
# their extract of the table (32 Russian letters without it). A letter that cannot be written at
# all would leave no way to write Ольга.
NOT_WRITTEN = """
042C Ь -
"""

MACEDONIAN = """
0403 Ѓ GJ
"""
