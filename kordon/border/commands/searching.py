"""New alerts against who had crossed already: asked for once, done in parts by the worker."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db.models import Q
from django.utils import timezone

from kordon.border import scratch
from kordon.border.commands.matching import found_of, traveller_of
from kordon.border.facts import (
    EarlierCrossingsFound,
    EarlierCrossingsSearched,
    EarlierMet,
    EarlierPolicySet,
    Identity,
    MatchFound,
)
from kordon.border.holding import holder_of
from kordon.border.models import Crossing, EarlierPolicy, PossibleMatch
from kordon.border.rules import refusals as no
from kordon.border.rules.excluding import may_be_excluded
from kordon.border.rules.hits import MOST_DAYS, USUAL_DAYS
from kordon.border.rules.writing import check_text
from kordon.border.scratch import EarlierSearch
from kordon.journal.actor import Actor
from kordon.journal.command import command, note_read
from kordon.journal.writing import record, writing
from kordon.watchlist.queries import (
    By,
    Match,
    Sieve,
    Strength,
    find_document_alerts,
    find_vehicle_alerts,
    screen_traveller,
    tell_excluded,
    tell_sieve,
)

CATCH_UP = timedelta(days=7)
AT_ONCE = 500
BUDGET_S = 0.5
"""How long the worker compares before others have their turn."""
MOST_FOUND = 100
"""Crossings in one fact, which may not be larger than half a megabyte."""
_COLUMNS = (
    "id", "crossed_at", "check_uuid", "post", "plate", "document_type", "issuer", "number",
    "surname", "given_names", "nationality", "birth", "sex", "expiry",
)  # fmt: skip


@dataclass(frozen=True)
class _Held:
    """What the search under way compares with, kept between its parts."""

    search: UUID
    sieve: Sieve


_held: _Held | None = None


@command(at_hq=True)
def set_earlier_policy(*, by: Actor, days: int, ground: str) -> None:
    """How many days back new and changed alerts are compared, by which law; 0 for never."""
    if not 0 <= days <= MOST_DAYS:
        raise no.DaysImpossible("From 0, for never, to 365 days.")
    ground = check_text(ground, needed=no.StatementRequired)
    record(EarlierPolicySet(days=days, ground=ground), by=by)


@command
def ask_earlier(*, by: Actor, position: int, at: datetime, about: str) -> None:
    """Ask that the alerts which an entry put in force be compared with who had crossed before.

    Nothing is asked where the policy says never, nor about entries heard of long afterwards, as
    when this is first done on a node with a past.
    """
    days = policy_days()
    if days and timezone.now() - at < CATCH_UP:
        scratch.ask_search(
            search=uuid4(),
            position=position,
            about=about,
            days=days,
            span=(at - timedelta(days=days), at),
        )


def policy_days() -> int:
    """As set, or as usual."""
    row = EarlierPolicy.objects.filter(pk=1).first()
    return row.days if row else USUAL_DAYS


@command(writes_late=True, at_hq=True)
def search_earlier(*, by: Actor, clock: Callable[[], float] = time.monotonic) -> bool:
    """Do one part of the search that has waited longest; False if there is none.

    Each part is recorded with how far it came, so that a restart goes on from there.
    """
    search = _take()
    if search is None:
        return False
    sieve, begun = _sieve_for(search), clock()
    while sieve.alerts and clock() - begun < BUDGET_S:
        rows = _next_rows(search)
        if not rows:
            break
        met = tuple(met for row in rows for met in _meets(by, row, sieve))
        _write_part(by, search, rows, met)
        search.refresh_from_db()
    else:
        if sieve.alerts:
            return True
    _write_end(by, search, len(sieve.alerts))
    return True


def forget() -> None:
    """Drop what is held of the search under way, as a process does that begins."""
    global _held
    _held = None


def _take() -> EarlierSearch | None:
    if not scratch.searches():
        return None  # nothing is written where nothing waits
    with writing():
        return scratch.take_search()


def _sieve_for(search: EarlierSearch) -> Sieve:
    global _held
    if _held is None or _held.search != search.pk:
        _held = _Held(search.pk, tell_sieve(tuple(search.positions)))
    return _held.sieve


def _next_rows(search: EarlierSearch) -> list[dict[str, Any]]:
    """The crossings after the one compared last: post by post, as the index has them."""
    post, at, last = search.done_post, search.done_at, search.done_id
    while True:
        after = Q(crossed_at=at, id__gt=last) | Q(crossed_at__gt=at)
        rows = Crossing.objects.filter(
            after, post=post, crossed_at__gte=at, crossed_at__lte=search.until
        )
        rows = rows.exclude(status=Crossing.Status.UNDONE).order_by("crossed_at", "id")
        if found := list(rows.values(*_COLUMNS)[:AT_ONCE]):
            return found
        posts = Crossing.objects.filter(post__gt=post).order_by("post")
        following = posts.values_list("post", flat=True).first()
        if following is None:
            return []
        post, at, last = following, search.since, UUID(int=0)


def _meets(by: Actor, row: dict[str, Any], sieve: Sieve) -> Iterator[EarlierMet]:
    """Which of the alerts the traveller of a crossing meets surely, by the screening of the booth.

    A name that would only have been looked at in the second line is left aside: the traveller has
    gone, nobody is left to look at, and too many innocents are met so.
    """
    who = Identity(**{name: row[name] for name in Identity.__dataclass_fields__})
    if not sieve.may_meet(traveller_of(who), (who.number,), row["plate"]):
        return
    best: dict[UUID, MatchFound] = {}
    about = row["check_uuid"] or row["id"]
    for match in _ask(by, who, row["plate"]):
        if match.by is By.NAME and match.strength is not Strength.STOP:
            continue
        if match.alert in sieve.alerts and match.alert not in best:
            best[match.alert] = found_of(about, "read", match)
    held = holder_of(who)
    excluded = tell_excluded((held,)) if best else frozenset()
    for found in best.values():
        if may_be_excluded(found) and (found.alert, held.digest) in excluded:
            continue
        note_read(f"crossing:{row['id']}")
        yield EarlierMet(
            crossing=row["id"],
            check=row["check_uuid"],
            post=row["post"],
            crossed_at=row["crossed_at"],
            match=found,
        )


def _ask(by: Actor, who: Identity, plate: str) -> Iterator[Match]:
    """Numbers before names, as a check ranks them."""
    if who.number:
        yield from find_document_alerts(by=by, number=who.number, issuer=who.issuer)
    if plate:
        yield from find_vehicle_alerts(by=by, plate=plate)
    yield from screen_traveller(by=by, traveller=traveller_of(who))


def _write_part(
    by: Actor, search: EarlierSearch, rows: list[dict[str, Any]], met: tuple[EarlierMet, ...]
) -> None:
    """What was found, but for what the check of that crossing had met itself."""
    known = PossibleMatch.objects.filter(pk__in=[one.match.match for one in met])
    already = set(known.values_list("id", flat=True))
    new = tuple(one for one in met if one.match.match not in already)
    with writing():
        for start in range(0, len(new), MOST_FOUND):
            part = new[start : start + MOST_FOUND]
            record(EarlierCrossingsFound(search=search.pk, found=part), by=by)
        last = rows[-1]
        scratch.advance_search(
            search.pk,
            upto=(last["post"], last["crossed_at"], last["id"]),
            compared=len(rows),
            found=len(new),
        )


def _write_end(by: Actor, search: EarlierSearch, alerts: int) -> None:
    forget()
    with writing():
        record(
            EarlierCrossingsSearched(
                search=search.pk,
                about=search.about,
                alerts=alerts,
                days=search.days,
                since=search.since,
                until=search.until,
                compared=search.compared,
                found=search.found,
            ),
            by=by,
        )
        scratch.end_search(search.pk)
