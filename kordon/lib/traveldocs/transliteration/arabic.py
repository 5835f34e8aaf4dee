"""Arabic script: Doc 9303-3 (8th edition, 2021, amended 2024), section 6.C and appendix B.5.4.

One row: number in Unicode, the letter (`-` for marks, which cannot stand alone), what stands for
it; `-` is Doc 9303's "not encoded"; `|` parts the usual form from the one at the end of a
component. Shadda doubles the letter before it.
"""

SOURCE = "ICAO Doc 9303-3, 8th edition, section 6.C"
SHADDA = "\u0651"

ROWS = """
0621 ء XE
0622 آ XAA
0623 أ XAE
0624 ؤ U
0625 إ I
0626 ئ XI
0627 ا A
0628 ب B
0629 ة XTA|XAH
062A ت T
062B ث XTH
062C ج J
062D ح XH
062E خ XKH
062F د D
0630 ذ XDH
0631 ر R
0632 ز Z
0633 س S
0634 ش XSH
0635 ص XSS
0636 ض XDZ
0637 ط XTT
0638 ظ XZZ
0639 ع E
063A غ G
0640 ـ -
0641 ف F
0642 ق Q
0643 ك K
0644 ل L
0645 م M
0646 ن N
0647 ه H
0648 و W
0649 ى XAY
064A ي Y
064B - -
064C - -
064D - -
064E - -
064F - -
0650 - -
0652 - -
0670 - -
0671 ٱ XXA
0679 ٹ XXT
067C ټ XRT
067E پ P
0681 ځ XKE
0685 څ XXH
0686 چ XC
0688 ڈ XXD
0689 ډ XDR
0691 ڑ XXR
0693 ړ XRR
0696 ږ XRX
0698 ژ XJ
069A ښ XXS
069C ڜ -
06A2 ڢ -
06A4 ڤ V
06A5 ڥ XF
06A7 ڧ -
06A8 ڨ -
06A9 ک XKK
06AB ګ XXK
06AD ڭ XNG
06AF گ XGG
06BA ں XNN
06BC ڼ XXN
06BE ھ XDO
06C0 ۀ XYH
06C1 ہ XXG
06C2 ۂ XGE
06C3 ۃ XTG
06CC ی XYA
06CD ۍ XXY
06D0 ې Y
06D2 ے XYB
06D3 ۓ XBE
"""
