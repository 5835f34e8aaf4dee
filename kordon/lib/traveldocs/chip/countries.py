"""Two-letter countries of certificates for the three-letter issuers of machine readable zones.

Certificates name their state in two letters of ISO 3166-1 (Doc 9303-12, 7.1), zones in the three
of Doc 9303-3, 5. Some passports are signed by another authority than their code suggests: those of
territories by the state they belong to, those of Hong Kong and Macao, which print CHN, by their
own authorities.
"""

_ISO = """
ABWAW AFGAF AGOAO AIAAI ALAAX ALBAL ANDAD AREAE ARGAR ARMAM ASMAS ATAAQ ATFTF ATGAG AUSAU AUTAT
AZEAZ BDIBI BELBE BENBJ BESBQ BFABF BGDBD BGRBG BHRBH BHSBS BIHBA BLMBL BLRBY BLZBZ BMUBM BOLBO
BRABR BRBBB BRNBN BTNBT BVTBV BWABW CAFCF CANCA CCKCC CHECH CHLCL CHNCN CIVCI CMRCM CODCD COGCG
COKCK COLCO COMKM CPVCV CRICR CUBCU CUWCW CXRCX CYMKY CYPCY CZECZ DEUDE DJIDJ DMADM DNKDK DOMDO
DZADZ ECUEC EGYEG ERIER ESHEH ESPES ESTEE ETHET FINFI FJIFJ FLKFK FRAFR FROFO FSMFM GABGA GBRGB
GEOGE GGYGG GHAGH GIBGI GINGN GLPGP GMBGM GNBGW GNQGQ GRCGR GRDGD GRLGL GTMGT GUFGF GUMGU GUYGY
HKGHK HMDHM HNDHN HRVHR HTIHT HUNHU IDNID IMNIM INDIN IOTIO IRLIE IRNIR IRQIQ ISLIS ISRIL ITAIT
JAMJM JEYJE JORJO JPNJP KAZKZ KENKE KGZKG KHMKH KIRKI KNAKN KORKR KWTKW LAOLA LBNLB LBRLR LBYLY
LCALC LIELI LKALK LSOLS LTULT LUXLU LVALV MACMO MAFMF MARMA MCOMC MDAMD MDGMG MDVMV MEXMX MHLMH
MKDMK MLIML MLTMT MMRMM MNEME MNGMN MNPMP MOZMZ MRTMR MSRMS MTQMQ MUSMU MWIMW MYSMY MYTYT NAMNA
NCLNC NERNE NFKNF NGANG NICNI NIUNU NLDNL NORNO NPLNP NRUNR NZLNZ OMNOM PAKPK PANPA PCNPN PERPE
PHLPH PLWPW PNGPG POLPL PRIPR PRKKP PRTPT PRYPY PSEPS PYFPF QATQA REURE ROURO RUSRU RWARW SAUSA
SDNSD SENSN SGPSG SGSGS SHNSH SJMSJ SLBSB SLESL SLVSV SMRSM SOMSO SPMPM SRBRS SSDSS STPST SURSR
SVKSK SVNSI SWESE SWZSZ SXMSX SYCSC SYRSY TCATC TCDTD TGOTG THATH TJKTJ TKLTK TKMTM TLSTL TONTO
TTOTT TUNTN TURTR TUVTV TWNTW TZATZ UGAUG UKRUA UMIUM URYUY USAUS UZBUZ VATVA VCTVC VENVE VGBVG
VIRVI VNMVN VUTVU WLFWF WSMWS YEMYE ZAFZA ZMBZM ZWEZW
"""

_BESIDE_ISO = {
    "D": {"DE"},
    "EUE": {"EU"},
    "UNO": {"UN"},
    "UNA": {"UN"},
    "UNK": {"UN", "KS"},
    "RKS": {"KS", "XK"},
    "UTO": {"UT"},
    **dict.fromkeys(("GBD", "GBN", "GBO", "GBP", "GBS"), {"GB"}),
    "ANT": {"NL", "AN"},
    "BUR": {"MM", "BU"},
    "ROM": {"RO"},
    "TMP": {"TL", "TP"},
    "ZAR": {"CD", "ZR"},
}
_ALSO_SIGNED_BY = {
    **dict.fromkeys(("AIA", "BMU", "CYM", "FLK", "GIB", "MSR", "PCN", "SHN", "TCA", "VGB"), {"GB"}),
    **dict.fromkeys(("GGY", "IMN", "JEY"), {"GB"}),
    **dict.fromkeys(("ABW", "BES", "CUW", "SXM"), {"NL"}),
    **dict.fromkeys(("FRO", "GRL"), {"DK"}),
    **dict.fromkeys(("HKG", "MAC"), {"CN"}),
    "CHN": {"HK", "MO"},
}


def _countries() -> dict[str, frozenset[str]]:
    of_iso = {each[:3]: {each[3:]} for each in _ISO.split()}
    table = of_iso | _BESIDE_ISO
    return {code: frozenset(own | _ALSO_SIGNED_BY.get(code, set())) for code, own in table.items()}


_COUNTRIES = _countries()


def countries_of(issuer: str) -> frozenset[str]:
    """The countries whose authority may sign for this issuer (`KAZ` → `KZ`); empty: not known."""
    return _COUNTRIES.get(issuer.rstrip("<").upper(), frozenset())
