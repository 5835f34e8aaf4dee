"""Officers at booths: their part of ``kordon bench check`` that runs inside the node.

Loaded only inside a temporary node.
"""

import time
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from kordon.accounts.commands import enrol_person, set_up_booth
from kordon.accounts.facts import PasswordChanged, PostingGiven
from kordon.accounts.models import Post
from kordon.accounts.passwords import hash_password
from kordon.border.commands import check_traveller
from kordon.border.facts import Direction
from kordon.border.models import Crossing
from kordon.border.rules.presenting import Presentation
from kordon.journal.actor import Actor
from kordon.journal.command import COMMANDS, QUERIES
from kordon.journal.reacting import SYSTEM
from kordon.journal.writing import record, writing
from kordon.lib.traveldocs import Format, MRZData, MRZError, write_mrz
from kordon.watchlist.models import Alert

PASSWORD = "measured, never met"  # noqa: S105  # nosec B105


def staff(booths: int) -> dict[str, Any]:
    """Enrol an officer for each booth of one post; returns how they sign in and what is there."""
    by = _everything()
    post = Post.objects.order_by("code").first()
    assert post is not None, "the world was seeded"
    officers = []
    hashed = hash_password(PASSWORD)
    for number in range(1, booths + 1):
        person, booth = uuid4(), f"M{number}"
        login = f"measured-{number}"
        enrol_person(by=by, person=person, login=login, name=login.title(), agency=by.agency)
        set_up_booth(by=by, post=post.code, booth=booth)
        posting = PostingGiven(
            posting=uuid4(),
            person=person,
            role="first_line_officer",
            post=post.code,
            since=timezone.localdate(),
        )
        with writing():
            record(PasswordChanged(person=person, password=hashed), by=by)
            record(posting, by=by)
        officers.append({"login": login, "booth": booth})
    counted = {"alerts": Alert.objects.count(), "crossings": Crossing.objects.count()}
    return {"officers": officers, "password": PASSWORD, "post": post.code, **counted}


def seen_before(number: int) -> list[str]:
    """Zones of travellers who crossed already: their documents and earlier crossings are found."""
    texts: list[str] = []
    for row in Crossing.objects.order_by("-crossed_at").iterator(chunk_size=500):
        if len(texts) == number:
            break
        try:
            texts.append("\n".join(write_mrz(Format.TD3, _passport(row))))
        except (MRZError, ValueError):
            continue  # a card, or a partial date: those do not go into a passport's zone
    return texts


def _passport(row: Crossing) -> MRZData:
    return MRZData(
        document_code="PP",
        issuer=row.issuer,
        surname=row.surname,
        given_names=row.given_names,
        number=row.number,
        nationality=row.nationality,
        birth=date.fromisoformat(row.birth),
        sex=row.sex,
        expiry=date.fromisoformat(row.expiry),
    )


def check_one_by_one(zones: list[str], post: str) -> list[tuple[float, float, list[str]]]:
    """The complete check with its fact on disk, one traveller after another.

    Milliseconds each, on the clock and of the processor; and the alerts that were found.
    """
    by = _everything(post)
    took = []
    for zone in zones:
        presentation = Presentation(direction=Direction.ENTRY, mrz=zone)
        begun, worked = time.perf_counter(), time.process_time()
        made = check_traveller(by=by, check=uuid4(), presentation=presentation)
        clock, processor = time.perf_counter() - begun, time.process_time() - worked
        found = [str(match.alert) for match in made.fact.matches]
        took.append((1000 * clock, 1000 * processor, found))
    return took


def _everything(post: str = "") -> Actor:
    identity: UUID = SYSTEM
    rights = frozenset((*COMMANDS, *QUERIES))
    return Actor(id=identity, name="measure", agency="BORDER", post=post, rights=rights)
