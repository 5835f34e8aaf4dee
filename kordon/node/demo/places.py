"""More posts, and more people, for a demonstration that has headquarters and posts."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings

from kordon.node.demo import staff
from kordon.node.demo.staff import Colleague, Place

POSTS_FILE = "posts.json"
"""In the folder of headquarters: the posts of this demonstration and where they answer."""


def _place(post: str, name: str, latitude: float, longitude: float) -> Place:
    return Place(
        post=post,
        name=name,
        mode="road",
        neighbour="KGZ",
        region="South",
        latitude=latitude,
        longitude=longitude,
        opening_hours="Every day, all hours",
        lanes=(
            ("1", "all", "entry", ("1", "2")),
            ("2", "all", "exit", ("3",)),
        ),
    )


PLACES = (
    *staff.PLACES,
    _place("KOKTAL", "Kok-Tal road post", 43.31, 76.90),
    _place("TASBULAK", "Tas-Bulak road post", 42.84, 73.58),
    _place("QARATAU", "Qara-Tau road post", 42.55, 70.32),
    _place("SHYGYS", "Shygys road post", 44.92, 79.91),
)
MOST = len(PLACES)
NETWORK = (
    Colleague(login="demo-network", name="P. Halvarsen", agency="BORDER",
              role="network_administrator", duty="Network administrator, headquarters"),
    Colleague(login="demo-network-second", name="O. Lindqvale", agency="BORDER",
              role="network_administrator", duty="Network administrator, headquarters"),
)  # fmt: skip
"""Who approves machines."""
DUTY = Colleague(login="demo-duty", name="G. Stillwater", agency="BORDER",
                 role="duty_officer", duty="Duty officer, headquarters")  # fmt: skip
NAMES = ("F. Ashgrove", "I. Brackwater", "J. Cindermoor", "K. Duskfield", "V. Elmhollow",
         "W. Fernbridge", "X. Greyhaven", "Y. Hollybrook")  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Station:
    """One post of the demonstration, as headquarters' page of cables shows it."""

    node: str
    name: str
    address: str


def colleagues_of(places: tuple[Place, ...]) -> tuple[Colleague, ...]:
    """Everybody in a demonstration with these posts."""
    codes = {"", *(place.post for place in places)}
    known = tuple(each for each in staff.COLLEAGUES if each.post in codes)
    names = iter(NAMES)
    more = tuple(
        Colleague(
            login=f"demo-{place.post.lower()}-{line}",
            name=next(names),
            agency=staff.OWN_AGENCY,
            role=f"{line}_line_officer",
            post=place.post,
            duty=f"{line.title()} line, {place.name}",
        )
        for place in places
        if place not in staff.PLACES
        for line in ("first", "second")
    )
    return (*known, *more, *NETWORK, DUTY)


def colleagues_here() -> tuple[Colleague, ...]:
    """Who can sign in at this node."""
    if settings.KORDON_KIND == "standalone":
        return staff.COLLEAGUES
    if settings.KORDON_KIND == "post":
        node = Path(settings.KORDON_HOME).name  # a demonstration's folders bear the nodes' names
        return tuple(each for each in colleagues_of(PLACES) if each.post in {"", node})
    codes = {station.node for station in stations()}
    return colleagues_of(tuple(place for place in PLACES if place.post in codes))


def stations() -> tuple[Station, ...]:
    """The posts of this headquarters; none where there are none."""
    try:
        told = json.loads((Path(settings.KORDON_HOME) / POSTS_FILE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return ()
    return tuple(Station(**each) for each in told)


def write_stations(home: Path, known: tuple[Station, ...]) -> None:
    (home / POSTS_FILE).write_text(json.dumps([asdict(each) for each in known]), encoding="utf-8")
