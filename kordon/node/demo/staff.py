"""Who works in the demonstration: agencies, two posts, headquarters, and people to sign in as."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

OWN_AGENCY = "BORDER"
AGENCIES = {
    "BORDER": "Border Service",
    "MIA": "Ministry of Internal Affairs",
    "MFA": "Ministry of Foreign Affairs",
    "SECURITY": "State Committee for National Security",
    "CUSTOMS": "Customs Service",
    "PROSECUTOR": "Office of the Prosecutor General",
}


@dataclass(frozen=True, kw_only=True)
class Place:
    """A post with its lanes (name, class, direction) and the booths at each."""

    post: str
    name: str
    mode: str
    neighbour: str
    region: str
    latitude: float
    longitude: float
    opening_hours: str
    lanes: tuple[tuple[str, str, str, tuple[str, ...]], ...]


ROAD_POST = Place(
    post="AKSUU",
    name="Ak-Suu road post",
    mode="road",
    neighbour="KGZ",
    region="South",
    latitude=43.02,
    longitude=75.31,
    opening_hours="Every day, all hours",
    lanes=(
        ("1", "pedestrians", "entry", ("1", "2")),
        ("2", "cars", "entry", ("3",)),
        ("3", "pedestrians", "exit", ("4",)),
        ("4", "cars", "exit", ("5",)),
        ("5", "trucks", "both", ("6",)),
    ),
)
AIRPORT = Place(
    post="SARYTAL",
    name="Sary-Tal airport",
    mode="air",
    neighbour="",
    region="Centre",
    latitude=45.37,
    longitude=73.12,
    opening_hours="Every day, all hours",
    lanes=(
        ("A", "all", "entry", ("A1", "A2", "A3")),
        ("D", "all", "exit", ("D1", "D2")),
        ("P", "priority", "both", ("P1",)),
    ),
)
PLACES = (ROAD_POST, AIRPORT)


@dataclass(frozen=True, kw_only=True)
class Colleague:
    """Somebody with a demonstration account; ``post`` is empty at headquarters."""

    login: str
    name: str
    agency: str
    role: str
    post: str = ""
    duty: Promise | str = ""


COLLEAGUES = (
    Colleague(login="demo-first-line", name="L. Birkenthal", agency="BORDER",
              role="first_line_officer", post="AKSUU", duty=_("First line, Ak-Suu road post")),
    Colleague(login="demo-second-line", name="H. Oakhaven", agency="BORDER",
              role="second_line_officer", post="AKSUU", duty=_("Second line, Ak-Suu road post")),
    Colleague(login="demo-second-officer", name="T. Vesterhal", agency="BORDER",
              role="second_line_officer", post="AKSUU", duty=_("Second officer, Ak-Suu road post")),
    Colleague(login="demo-commander", name="R. Kestrelby", agency="BORDER",
              role="shift_commander", post="AKSUU", duty=_("Shift commander, Ak-Suu road post")),
    Colleague(login="demo-airport", name="S. Quillane", agency="BORDER",
              role="first_line_officer", post="SARYTAL", duty=_("First line, Sary-Tal airport")),
    Colleague(login="demo-airport-second", name="D. Norrviken", agency="BORDER",
              role="second_line_officer", post="SARYTAL", duty=_("Second line, Sary-Tal airport")),
    Colleague(login="demo-documents", name="E. Wolkenrath", agency="BORDER",
              role="document_expert", duty=_("Document expert, headquarters")),
    Colleague(login="demo-watchlist", name="N. Marrowby", agency="MIA",
              role="watchlist_owner", duty=_("Raises alerts, Ministry of Internal Affairs")),
    Colleague(login="demo-approver", name="A. Thistledon", agency="MIA",
              role="watchlist_approver", duty=_("Approves alerts, Ministry of Internal Affairs")),
    Colleague(login="demo-lists", name="V. Brackenholt", agency="MIA",
              role="list_keeper", duty=_("Keeps imported lists, Ministry of Internal Affairs")),
    Colleague(login="demo-trust", name="G. Umberlee", agency="BORDER",
              role="trust_keeper", duty=_("Keeps the trust store, headquarters")),
    Colleague(login="demo-trust-approver", name="I. Kestrelby", agency="BORDER",
              role="trust_approver", duty=_("Approves the trust store, headquarters")),
    Colleague(login="demo-auditor", name="C. Silverbeck", agency="PROSECUTOR",
              role="auditor", duty=_("Auditor, Office of the Prosecutor General")),
    Colleague(login="demo-administrator", name="M. Zederfeld", agency="BORDER",
              role="system_administrator", duty=_("System administrator, headquarters")),
)  # fmt: skip
OFFICERS_PER_POST = {"AKSUU": 14, "SARYTAL": 10}
"""Invented colleagues without accounts, in whose names the history was written."""
