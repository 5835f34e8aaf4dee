"""Which sources answer about a traveller, and which do not: nothing is left unsaid."""

from collections.abc import Iterator
from dataclasses import dataclass

from kordon.border.facts import ListAsked, Source, SourceAsked, SourceState
from kordon.border.rules.ageing import Knowledge
from kordon.border.rules.chip import Believed


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What decides who could be asked.

    ``believed`` is given where a chip was read, ``believed_of_seal`` where a seal was shown.
    """

    zone_read: bool
    plate: bool
    mode: str
    lists: tuple[ListAsked, ...]
    knowledge: Knowledge | None = None
    believed: Believed | None = None
    believed_of_seal: Believed | None = None


def list_sources(asked: Asked) -> tuple[SourceAsked, ...]:
    """Every source in its fixed order, asked or not, with the reason if not."""
    return tuple(_sources(asked))


def _sources(asked: Asked) -> Iterator[SourceAsked]:
    answered, absent = SourceState.ANSWERED, SourceState.NOT_CONNECTED
    yield SourceAsked(
        source=Source.DOCUMENT, state=answered, why="zone" if asked.zone_read else "typed"
    )
    yield _chip(asked.believed)
    if asked.believed_of_seal is None:
        yield _inapplicable(Source.SEAL, "no_seal")
    else:
        yield _store(Source.SEAL, asked.believed_of_seal)
    oldest = min((one.as_of for one in asked.lists), default=None)
    yield SourceAsked(source=Source.DOCUMENT_ALERTS, state=answered, as_of=oldest)
    yield SourceAsked(source=Source.SLTD, state=absent, why="not_connected")
    yield SourceAsked(source=Source.PERSON_ALERTS, state=answered, as_of=oldest, lists=asked.lists)
    if asked.plate:
        yield SourceAsked(source=Source.VEHICLE_ALERTS, state=answered, as_of=oldest)
    else:
        yield _inapplicable(Source.VEHICLE_ALERTS, "no_plate")
    yield SourceAsked(source=Source.EARLIER_CROSSINGS, state=answered)
    yield SourceAsked(source=Source.STAY_RULES, state=absent, why="not_in_this_version")
    if asked.mode in {"road", "rail", "river", ""}:
        yield _inapplicable(Source.ADVANCE_DATA, "none_for_mode")
    else:
        yield SourceAsked(source=Source.ADVANCE_DATA, state=absent, why="not_connected")
    yield SourceAsked(source=Source.BIOMETRICS, state=absent, why="no_reader")
    if asked.knowledge is not None:
        yield _headquarters(asked.knowledge)


def _chip(believed: Believed | None) -> SourceAsked:
    """Whom the chip was verified by, and how old that is; without a chip nobody was asked."""
    if believed is None:
        return SourceAsked(source=Source.CHIP, state=SourceState.NOT_CONNECTED, why="no_reader")
    return _store(Source.CHIP, believed)


def _store(source: Source, believed: Believed) -> SourceAsked:
    if believed.as_of is None:
        return SourceAsked(source=source, state=SourceState.NOT_CONNECTED, why="no_trust")
    store = ListAsked(name=f"trust {believed.number} {believed.digest}", as_of=believed.as_of)
    return SourceAsked(
        source=source, state=SourceState.ANSWERED, as_of=believed.as_of, lists=(store,)
    )


def _headquarters(known: Knowledge) -> SourceAsked:
    """A post says how old all it knows is, as if that were one more list."""
    at = known.current_at
    if at is None:
        return SourceAsked(
            source=Source.HEADQUARTERS, state=SourceState.NOT_CONNECTED, why="never_heard"
        )
    everything = ListAsked(name="headquarters", as_of=at.date(), since=at)
    return SourceAsked(
        source=Source.HEADQUARTERS,
        state=SourceState.ANSWERED,
        as_of=at.date(),
        lists=(everything,),
    )


def _inapplicable(source: Source, why: str) -> SourceAsked:
    return SourceAsked(source=source, state=SourceState.NOT_APPLICABLE, why=why)
