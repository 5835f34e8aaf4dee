"""Codes of issuers and nationalities: ISO 3166-1 alpha-3 and what Doc 9303-3, 5 adds to it.

A code that was withdrawn stays readable: a traveller born long ago or carrying an old document
may show it. The year of its withdrawal is given.
"""

from dataclasses import dataclass
from enum import StrEnum


class StateKind(StrEnum):
    """Where a code comes from."""

    ISO = "iso"
    """ISO 3166-1 alpha-3."""
    EXCEPTION = "exception"
    """Doc 9303-3, 5: kinds of British nationals, persons without a nationality, and the like."""
    HISTORICAL = "historical"
    """Once valid (ISO 3166-3 and Doc 9303), withdrawn since."""
    ORGANISATION = "organisation"
    """An international organisation that issues travel documents."""
    SPECIMEN = "specimen"
    """Utopia: specimens and tests only."""


@dataclass(frozen=True, slots=True)
class State:
    """One code, its English short name, its kind, and the year it was withdrawn if it was."""

    code: str
    name: str
    kind: StateKind
    withdrawn: int | None = None


_ISO = """
ABW Aruba|AFG Afghanistan|AGO Angola|AIA Anguilla|ALA Åland Islands|ALB Albania|AND Andorra
ARE United Arab Emirates|ARG Argentina|ARM Armenia|ASM American Samoa|ATA Antarctica
ATF French Southern Territories|ATG Antigua and Barbuda|AUS Australia|AUT Austria|AZE Azerbaijan
BDI Burundi|BEL Belgium|BEN Benin|BES Bonaire, Sint Eustatius and Saba|BFA Burkina Faso
BGD Bangladesh|BGR Bulgaria|BHR Bahrain|BHS Bahamas|BIH Bosnia and Herzegovina
BLM Saint Barthélemy|BLR Belarus|BLZ Belize|BMU Bermuda|BOL Bolivia|BRA Brazil|BRB Barbados
BRN Brunei Darussalam|BTN Bhutan|BVT Bouvet Island|BWA Botswana|CAF Central African Republic
CAN Canada|CCK Cocos (Keeling) Islands|CHE Switzerland|CHL Chile|CHN China|CIV Côte d'Ivoire
CMR Cameroon|COD Democratic Republic of the Congo|COG Congo|COK Cook Islands|COL Colombia
COM Comoros|CPV Cabo Verde|CRI Costa Rica|CUB Cuba|CUW Curaçao|CXR Christmas Island
CYM Cayman Islands|CYP Cyprus|CZE Czechia|DEU Germany|DJI Djibouti|DMA Dominica|DNK Denmark
DOM Dominican Republic|DZA Algeria|ECU Ecuador|EGY Egypt|ERI Eritrea|ESH Western Sahara|ESP Spain
EST Estonia|ETH Ethiopia|FIN Finland|FJI Fiji|FLK Falkland Islands (Malvinas)|FRA France
FRO Faroe Islands|FSM Micronesia|GAB Gabon|GBR United Kingdom|GEO Georgia|GGY Guernsey|GHA Ghana
GIB Gibraltar|GIN Guinea|GLP Guadeloupe|GMB Gambia|GNB Guinea-Bissau|GNQ Equatorial Guinea
GRC Greece|GRD Grenada|GRL Greenland|GTM Guatemala|GUF French Guiana|GUM Guam|GUY Guyana
HKG Hong Kong|HMD Heard Island and McDonald Islands|HND Honduras|HRV Croatia|HTI Haiti|HUN Hungary
IDN Indonesia|IMN Isle of Man|IND India|IOT British Indian Ocean Territory|IRL Ireland|IRN Iran
IRQ Iraq|ISL Iceland|ISR Israel|ITA Italy|JAM Jamaica|JEY Jersey|JOR Jordan|JPN Japan
KAZ Kazakhstan|KEN Kenya|KGZ Kyrgyzstan|KHM Cambodia|KIR Kiribati|KNA Saint Kitts and Nevis
KOR Republic of Korea|KWT Kuwait|LAO Lao People's Democratic Republic|LBN Lebanon|LBR Liberia
LBY Libya|LCA Saint Lucia|LIE Liechtenstein|LKA Sri Lanka|LSO Lesotho|LTU Lithuania|LUX Luxembourg
LVA Latvia|MAC Macao|MAF Saint Martin (French part)|MAR Morocco|MCO Monaco
MDA Republic of Moldova|MDG Madagascar|MDV Maldives|MEX Mexico|MHL Marshall Islands
MKD North Macedonia|MLI Mali|MLT Malta|MMR Myanmar|MNE Montenegro|MNG Mongolia
MNP Northern Mariana Islands|MOZ Mozambique|MRT Mauritania|MSR Montserrat|MTQ Martinique
MUS Mauritius|MWI Malawi|MYS Malaysia|MYT Mayotte|NAM Namibia|NCL New Caledonia|NER Niger
NFK Norfolk Island|NGA Nigeria|NIC Nicaragua|NIU Niue|NLD Netherlands|NOR Norway|NPL Nepal
NRU Nauru|NZL New Zealand|OMN Oman|PAK Pakistan|PAN Panama|PCN Pitcairn|PER Peru|PHL Philippines
PLW Palau|PNG Papua New Guinea|POL Poland|PRI Puerto Rico
PRK Democratic People's Republic of Korea|PRT Portugal|PRY Paraguay|PSE State of Palestine
PYF French Polynesia|QAT Qatar|REU Réunion|ROU Romania|RUS Russian Federation|RWA Rwanda
SAU Saudi Arabia|SDN Sudan|SEN Senegal|SGP Singapore
SGS South Georgia and the South Sandwich Islands
SHN Saint Helena, Ascension and Tristan da Cunha|SJM Svalbard and Jan Mayen|SLB Solomon Islands
SLE Sierra Leone|SLV El Salvador|SMR San Marino|SOM Somalia|SPM Saint Pierre and Miquelon
SRB Serbia|SSD South Sudan|STP Sao Tome and Principe|SUR Suriname|SVK Slovakia|SVN Slovenia
SWE Sweden|SWZ Eswatini|SXM Sint Maarten (Dutch part)|SYC Seychelles|SYR Syrian Arab Republic
TCA Turks and Caicos Islands|TCD Chad|TGO Togo|THA Thailand|TJK Tajikistan|TKL Tokelau
TKM Turkmenistan|TLS Timor-Leste|TON Tonga|TTO Trinidad and Tobago|TUN Tunisia|TUR Türkiye
TUV Tuvalu|TWN Taiwan|TZA United Republic of Tanzania|UGA Uganda|UKR Ukraine
UMI United States Minor Outlying Islands|URY Uruguay|USA United States of America|UZB Uzbekistan
VAT Holy See|VCT Saint Vincent and the Grenadines|VEN Venezuela|VGB Virgin Islands (British)
VIR Virgin Islands (U.S.)|VNM Viet Nam|VUT Vanuatu|WLF Wallis and Futuna|WSM Samoa|YEM Yemen
ZAF South Africa|ZMB Zambia|ZWE Zimbabwe
"""

_EXCEPTIONS = """
D Germany|GBD British Overseas Territories citizen|GBN British National (Overseas)
GBO British Overseas citizen|GBP British protected person|GBS British subject|RKS Kosovo
UNK Resident of Kosovo (United Nations Interim Administration Mission)
XXA Stateless person (1954 Convention)|XXB Refugee (1951 Convention)
XXC Refugee (other)|XXX Person of unspecified nationality
"""

_ORGANISATIONS = """
EUE European Union|UNO United Nations|UNA United Nations specialised agency
IAO International Civil Aviation Organization|XBA African Development Bank
XIM African Export-Import Bank|XCC Caribbean Community|XCE Council of Europe
XCO Common Market for Eastern and Southern Africa|XEC Economic Community of West African States
XPO Interpol|XES Organisation of Eastern Caribbean States
XMP Parliamentary Assembly of the Mediterranean|XOM Sovereign Military Order of Malta
XDC Southern African Development Community
"""

_HISTORICAL = """
AFI 1977 French Afars and Issas|ANT 2010 Netherlands Antilles|ATB 1979 British Antarctic Territory
ATN 1983 Dronning Maud Land|BUR 1989 Burma|BYS 1992 Byelorussian SSR
CSK 1993 Czechoslovakia|CTE 1984 Canton and Enderbury Islands|DDR 1990 German Democratic Republic
DHY 1977 Dahomey|FXX 1997 France, Metropolitan|GEL 1979 Gilbert and Ellice Islands
HVO 1984 Upper Volta|JTN 1986 Johnston Island|MID 1986 Midway Islands|NHB 1980 New Hebrides
NTZ 1993 Neutral Zone|PCI 1986 Trust Territory of the Pacific Islands|PCZ 1980 Panama Canal Zone
PUS 1986 United States Miscellaneous Pacific Islands|RHO 1980 Southern Rhodesia
ROM 2002 Romania|SCG 2006 Serbia and Montenegro|SKM 1975 Sikkim
SUN 1992 Union of Soviet Socialist Republics|TMP 2002 East Timor
VDR 1977 Democratic Republic of Viet-Nam|WAK 1986 Wake Island|YMD 1990 Democratic Yemen
YUG 2003 Yugoslavia|ZAR 1997 Zaire
"""


def _entries(table: str) -> list[str]:
    return [entry for line in table.strip().splitlines() for entry in line.split("|")]


def _named(table: str, kind: StateKind) -> list[State]:
    rows = (entry.split(" ", 1) for entry in _entries(table))
    return [State(code, name, kind) for code, name in rows]


def _withdrawn(table: str) -> list[State]:
    rows = (entry.split(" ", 2) for entry in _entries(table))
    return [State(code, name, StateKind.HISTORICAL, int(year)) for code, year, name in rows]


STATES: tuple[State, ...] = (
    *_named(_ISO, StateKind.ISO),
    *_named(_EXCEPTIONS, StateKind.EXCEPTION),
    *_named(_ORGANISATIONS, StateKind.ORGANISATION),
    *_withdrawn(_HISTORICAL),
    State("UTO", "Utopia", StateKind.SPECIMEN),
)
"""Every code this library knows."""

PRINTED: dict[str, State] = {state.code.ljust(3, "<"): state for state in STATES}
"""By the three characters printed in a machine readable zone (Germany: `D<<`)."""

CURRENT = frozenset(
    printed
    for printed, state in PRINTED.items()
    if state.kind not in (StateKind.HISTORICAL, StateKind.SPECIMEN)
)
"""The printed codes about which there is nothing to remark."""


def find_state(code: str) -> State | None:
    """The state, organisation or status with this code (`KAZ`, `D` or `D<<`), or None."""
    return PRINTED.get(code.rstrip("<").ljust(3, "<"))
