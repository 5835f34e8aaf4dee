"""From row numbers to what an officer reads: the reasons of a match and where each comes from."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .asking import Asked
from .evidence import (
    BIRTH_CLASSES,
    birth_class,
    nationality_code,
    nationality_number,
    sex_number,
)
from .folding import script_of, stem_length
from .marks import marks_of, place_mark
from .matching import explain, marks_in_common
from .reasons import Reason
from .scale import (
    DOCUMENT_SAME,
    DOCUMENT_SIMILAR,
    NATIONALITY_DIFFERS,
    NATIONALITY_SAME,
    PLACE_SAME,
    SEX_DIFFERS,
    SEX_SAME,
    WEAK_ALIAS,
    Scale,
    scale_of,
)
from .shape import KIND, PARTS, UNDATED, WEAK, Context, Holdings, Lists, Rows, Scratch, Texts
from .tokens import Token, joined, read_name, readings
from .values import BirthEvidence, Candidate, Person
from .weights import Weights


class Match(NamedTuple):
    """A scored row: whose it is, by which reading of the name, under which weights of parts."""

    row: int
    person: int
    reading: int
    score: float
    table: NDArray[np.float64]


def candidate_of(
    match: Match, asked: Asked, person: Person, holdings: Holdings, scratch: Scratch,
    weights: Weights,
) -> Candidate:  # fmt: skip
    """The candidate behind a match, its reasons summing to its score."""
    lists, texts, scale = holdings.lists, holdings.texts, scale_of(weights)
    written = _text(texts.name, texts.name_at, int(texts.reading_name[match.reading]))
    names = tuple(_name_reasons(match, asked, lists, written, scratch, scale))
    birth, evidence = _birth_reason(match, asked, lists.rows, scale)
    others = (
        birth,
        *_nationality_reason(match, person, lists.context, scale),
        *_sex_reason(match, person, lists.context, scale),
        *_mark_reasons(match, asked, person, lists.context, scale),
    )
    reasons = names + others
    return Candidate(
        key=_text(texts.key, texts.key_at, match.person),
        score=sum(reason.weight for reason in reasons),
        reasons=reasons,
        matched_name=written,
        name_score=sum(reason.weight for reason in names),
        birth=evidence,
        weights=weights.version,
    )


def agreement_code(given: Token, listed: Token, similar: float, cut: bool) -> str:
    """Which kind of agreement two parts of a name show."""
    if given.short != listed.short and given.fold == listed.fold:
        return "name_short_form"
    if script_of(given.written) != script_of(listed.written):
        return "name_other_script"
    if given.written.casefold() == listed.written.casefold():
        return "name_exact"
    if given.fold == listed.fold:
        return "name_same_sound"
    if cut and listed.fold.startswith(given.fold):
        return "name_cut"
    if min(len(given.fold), len(listed.fold)) == 1:
        return "name_initial"
    if _root(given.fold) == _root(listed.fold) and similar < 0.9:
        return "name_same_root"
    return "name_similar"


def _root(fold: str) -> str:
    return fold[: stem_length(fold)]


def _name_reasons(
    match: Match, asked: Asked, lists: Lists, written: str, scratch: Scratch, scale: Scale
) -> Iterator[Reason]:
    names, reading = lists.names, match.reading
    kind = int(names.kind[reading])
    listed = readings(read_name(written))[kind & KIND]
    off = float(explain(asked.words, reading, lists, scratch, match.table, scale))
    pair, weight = scratch.aligned.pair.tolist(), scratch.aligned.weight.tolist()
    similar, both = scratch.aligned.similar, scratch.aligned.joined
    last = len(asked.tokens) - 1
    for i, given in enumerate(asked.tokens):
        j, w = pair[i], weight[i]
        if j < 0:
            yield Reason("name_part_missing", given.written, "", w)
        elif w < 0:
            yield Reason("name_part_differs", given.written, listed[j].written, w)
        elif both[i]:
            as_one = joined(listed[j], listed[j + 1])
            yield Reason(
                agreement_code(given, as_one, 0.9, False), given.written, as_one.written, w
            )
        else:
            cut = asked.words.cut and i == last
            code = agreement_code(given, listed[j], float(similar[i, j]), cut)
            yield Reason(code, given.written, listed[j].written, w)
    for j, token in enumerate(listed):
        if weight[PARTS + j] < 0:
            yield Reason("name_part_missing", "", token.written, weight[PARTS + j])
    if off < 0:
        yield Reason("name_parts_go_together", "", written, off)
    if kind & WEAK:
        yield Reason("name_weak_alias", "", written, float(scale.name[WEAK_ALIAS]))


def _birth_reason(
    match: Match, asked: Asked, rows: Rows, scale: Scale
) -> tuple[Reason, BirthEvidence]:
    given, listed = asked.known.born, int(rows.birth[match.row])
    listed = 0 if listed == UNDATED else listed
    found = birth_class(given, listed)
    code, evidence = BIRTH_CLASSES[found]
    return Reason(code, _date(given), _date(listed), float(scale.birth[found])), evidence


def _nationality_reason(
    match: Match, person: Person, context: Context, scale: Scale
) -> Iterator[Reason]:
    """The same ruling as `evidence.nationality_weight`, in words."""
    at, end = context.nationality_at[match.person : match.person + 2]
    listed = [nationality_code(int(number)) for number in context.nationality[at:end]]
    given = [code.strip().upper() for code in person.nationalities if nationality_number(code)]
    if not given or not listed:
        return
    shared = [code for code in listed if code in given]
    code, place = ("same", NATIONALITY_SAME) if shared else ("differs", NATIONALITY_DIFFERS)
    weight = float(scale.context[place])
    yield Reason(f"nationality_{code}", ", ".join(given), ", ".join(shared or listed), weight)


def _sex_reason(match: Match, person: Person, context: Context, scale: Scale) -> Iterator[Reason]:
    """The same ruling as `evidence.sex_weight`, in words."""
    given, listed = sex_number(person.sex), int(context.sex[match.person])
    if given and listed:
        same = given == listed
        code, place = ("sex_same", SEX_SAME) if same else ("sex_differs", SEX_DIFFERS)
        yield Reason(code, "?MF"[given], "?MF"[listed], float(scale.context[place]))


def _mark_reasons(
    match: Match, asked: Asked, person: Person, context: Context, scale: Scale
) -> Iterator[Reason]:
    """The same ruling as `evidence.mark_weight`, in words."""
    if not len(asked.known.mark):
        return
    at, end = context.mark_at[match.person : match.person + 2]
    listed = (context.mark[at:end], context.mark_state[at:end])
    given = (asked.known.mark, asked.known.mark_state)
    shared = marks_in_common(given, listed)
    place, same, similar = (int(given[0][at]) if at >= 0 else -1 for at in shared)
    if place >= 0:
        text = next((it for it in person.places if place_mark(it) == place), "")
        yield Reason("place_same", text, text, float(scale.context[PLACE_SAME]))
    if same >= 0:
        number = _number_of(same, person)
        yield Reason("document_same", number, number, float(scale.context[DOCUMENT_SAME]))
    elif similar >= 0:
        weight = float(scale.context[DOCUMENT_SIMILAR])
        yield Reason("document_similar", _number_of(similar, person), "", weight)


def _number_of(mark: int, person: Person) -> str:
    for document in person.documents:
        if mark in [found for found, _ in marks_of((), (document,))]:
            return document[1]
    return ""


def _date(number: int) -> str:
    """ISO 8601 of what is known of a date."""
    year, month, day = number // 10000, number // 100 % 100, number % 100
    if not month and day:  # 1 January
        return f"{year:04}-01-01"
    if not month:
        return f"{year:04}" if year else ""
    return f"{year:04}-{month:02}-{day:02}" if day else f"{year:04}-{month:02}"


def person_of(key: str, texts: Texts) -> int | None:
    """Whose key this is; None if it is nobody's."""
    wanted = key.encode("utf-8", "surrogatepass")
    low, high = 0, len(texts.by_key)
    while low < high:
        middle = (low + high) // 2
        person = int(texts.by_key[middle])
        found = texts.key[texts.key_at[person] : texts.key_at[person + 1]].tobytes()
        if found == wanted:
            return person
        low, high = (middle + 1, high) if found < wanted else (low, middle)
    return None


def _text(letters: NDArray[np.uint8], at: NDArray[np.uint32], number: int) -> str:
    return bytes(letters[at[number] : at[number + 1]]).decode("utf-8", "surrogatepass")
