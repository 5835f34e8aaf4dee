"""Records compared field by field.

Every source is compared with the most trustworthy one that tells the field. What two of a state's
own makings say differently is grave; where a person typed or another day is meant, somebody looks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kordon.lib.traveldocs.crosscheck.naming import compare_names, fewer, same_parts, whole
from kordon.lib.traveldocs.crosscheck.outcome import (
    Agreement,
    Code,
    CrossCheck,
    Finding,
    Same,
    Told,
    Weight,
)
from kordon.lib.traveldocs.crosscheck.records import Record, Source
from kordon.lib.traveldocs.dates import PartialDate
from kordon.lib.traveldocs.lookalikes import LOOKALIKES

_Said = Finding | Agreement

_ORDER = {source: place for place, source in enumerate(Source)}
_WEIGHTS = {weight: place for place, weight in enumerate(Weight)}
_LOOK = frozenset(
    {
        Code.NUMBER_LOOKALIKE,
        Code.DOCUMENT_CODE,
        Code.NAMES_EXCHANGED,
        Code.NAMES_DIVIDED,
        Code.GIVEN_NAMES_FEWER,
        Code.BIRTH_EXCHANGED,
        Code.SEX,
    }
)
_NOTE = frozenset({Code.OTHER_DOCUMENT, Code.NAME_NOT_COMPARED})
_FULLER = frozenset({Code.GIVEN_NAMES_FEWER, Code.NAMES_DIVIDED})
"""Usual where a chip tells the name in full: with the father's name, in the order of the state."""
_LOOSE = frozenset({Source.DETAILS, Source.TYPED, Source.EARLIER})
_CALLED = {
    Source.CHIP: "the chip",
    Source.ZONE: "the printed zone",
    Source.SEAL: "the seal",
    Source.DETAILS: "the chip's details (DG11)",
    Source.TYPED: "what was typed",
    Source.EARLIER: "an earlier crossing",
}
_ADVICE = {
    Weight.GRAVE: "Compare both with the page; the document may be altered or parts exchanged.",
    Weight.LOOK: "Look at the page.",
    Weight.NOTE: "",
}
_OF_DOCUMENT = ("number", "document_code", "issuer", "expiry")


def cross_check(records: Sequence[Record]) -> CrossCheck:
    """All disagreements and agreements of several records of one document. Never raises."""
    ordered = sorted(records, key=lambda each: _ORDER[each.source])
    said: list[_Said] = []
    for place, other in enumerate(ordered):
        before = ordered[:place]
        another = _another_document(before, other)
        if another is not None:
            said.append(another)
        for field in ("number", "document_code", "issuer", "nationality", "sex"):
            if another is None or field not in _OF_DOCUMENT:
                said += _plain(field, before, other)
        said += _names(before, other)
        said += _births(before, other)
        if another is None:
            said += _expiry(before, other)
    findings = [each for each in said if isinstance(each, Finding)]
    findings.sort(key=lambda each: _WEIGHTS[each.weight])
    return CrossCheck(tuple(findings), tuple(each for each in said if isinstance(each, Agreement)))


def _plain(field: str, before: Sequence[Record], other: Record) -> Iterator[_Said]:
    """A field of one word: equal or not."""
    one = next((each for each in before if getattr(each, field)), None)
    values = (_word(getattr(one, field, "")), _word(getattr(other, field)))
    if one is None or not values[1]:
        return
    if values[0] == values[1]:
        yield _agree(field, Same.SAME, (one, other), values)
        return
    code = Code(field.upper())
    if field == "number" and _lookalikes(*values):
        code = Code.NUMBER_LOOKALIKE
    yield _differ(code, field, (one, other), values)


def _names(before: Sequence[Record], other: Record) -> Iterator[_Said]:
    one = next((each for each in before if each.surname or each.given_names), None)
    if one is None or not (other.surname or other.given_names):
        return
    names = tuple(f"{each.surname} {each.given_names}".strip() for each in (one, other))
    ways = tuple(whole(each.surname, each.given_names) for each in (one, other))
    if not all(ways):
        yield _differ(Code.NAME_NOT_COMPARED, "name", (one, other), names)
        return
    found = [_part(field, one, other) for field in ("surname", "given_names")]
    wrong = [each for each in found if isinstance(each, Finding)]
    exchanged = compare_names(one.surname, other.given_names, one.cut, other.cut) and compare_names(
        one.given_names, other.surname, one.cut, other.cut
    )
    if wrong and exchanged and other.surname and other.given_names:
        yield _differ(Code.NAMES_EXCHANGED, "name", (one, other), names)
    elif wrong and same_parts(*ways):
        yield _differ(Code.NAMES_DIVIDED, "name", (one, other), names)
    else:
        yield from (each for each in found if each is not None)


def _part(field: str, one: Record, other: Record) -> _Said | None:
    values = (getattr(one, field), getattr(other, field))
    if not any(values):
        return None
    same = compare_names(*values, one.cut, other.cut) if all(values) else None
    if same is not None:
        return _agree(field, same, (one, other), values)
    if field == "given_names" and (not all(values) or fewer(*values)):
        return _differ(Code.GIVEN_NAMES_FEWER, field, (one, other), values)
    return _differ(Code(field.upper()), field, (one, other), values)


def _births(before: Sequence[Record], other: Record) -> Iterator[_Said]:
    one = next((each for each in before if each.births), None)
    if one is None or not other.births:
        return
    pair, values = (one, other), (str(one.births[0]), str(other.births[0]))
    dates = [(a, b) for a in one.births for b in other.births]
    equal = next(((a, b) for a, b in dates if a == b), None)
    if equal is not None:
        sure = len(one.births) == len(other.births) == 1 and one.births[0].is_full
        same = Same.SAME if sure else Same.PARTIAL
        yield _agree("birth", same, pair, (str(equal[0]), str(equal[1])))
    elif any(_compatible(a, b) for a, b in dates):
        yield _agree("birth", Same.PARTIAL, pair, values)
    elif any(a == PartialDate(b.year, b.day, b.month) for a, b in dates):
        yield _differ(Code.BIRTH_EXCHANGED, "birth", pair, values)
    else:
        yield _differ(Code.BIRTH, "birth", pair, values)


def _expiry(before: Sequence[Record], other: Record) -> Iterator[_Said]:
    one = next((each for each in before if each.expiry is not None), None)
    if one is None or one.expiry is None or other.expiry is None:
        return
    values = (str(one.expiry), str(other.expiry))
    if values[0] == values[1]:
        yield _agree("expiry", Same.SAME, (one, other), values)
    elif _compatible(one.expiry, other.expiry):
        yield _agree("expiry", Same.PARTIAL, (one, other), values)
    else:
        yield _differ(Code.EXPIRY, "expiry", (one, other), values)


def _another_document(before: Sequence[Record], other: Record) -> Finding | None:
    """An earlier crossing with another number is of another document, and not wrong for that."""
    one = next((each for each in before if each.number), None)
    if other.source is not Source.EARLIER or one is None or not other.number:
        return None
    values = (_word(one.number), _word(other.number))
    issuers = {_word(each.issuer) for each in (one, other) if each.issuer}
    if values[0] == values[1] and len(issuers) < 2:
        return None
    return _differ(Code.OTHER_DOCUMENT, "number", (one, other), values)


def _word(value: str) -> str:
    return "".join(value.upper().replace("<", " ").replace("-", " ").split())


def _lookalikes(one: str, other: str) -> bool:
    return len(one) == len(other) and all(
        a == b or b in LOOKALIKES.get(a, "") for a, b in zip(one, other, strict=True)
    )


def _compatible(one: PartialDate, other: PartialDate) -> bool:
    """Whether a part is unknown to one of them, and all that both know are the same."""
    pairs = ((one.year, other.year), (one.month, other.month), (one.day, other.day))
    known = [pair for pair in pairs if None not in pair]
    return len(known) < 3 and all(a == b for a, b in known)


def _agree(field: str, same: Same, pair: tuple[Record, Record], values: Sequence[str]) -> Agreement:
    return Agreement(field, same, Told(pair[0].source, values[0]), Told(pair[1].source, values[1]))


def _differ(code: Code, field: str, pair: tuple[Record, Record], values: Sequence[str]) -> Finding:
    one, other = (Told(each.source, value) for each, value in zip(pair, values, strict=True))
    weight = _weight(code, pair)
    return Finding(code, weight, field, one, other, _words(code, weight, one, other))


def _weight(code: Code, pair: tuple[Record, Record]) -> Weight:
    sources = {each.source for each in pair}
    if code in _NOTE or (code is Code.NATIONALITY and Source.EARLIER in sources):
        return Weight.NOTE
    if code in _FULLER and Source.DETAILS in sources:
        return Weight.NOTE
    if code in _LOOK or sources & _LOOSE:
        return Weight.LOOK
    return Weight.GRAVE


_SENTENCES = {
    Code.NUMBER: "The document number differs",
    Code.NUMBER_LOOKALIKE: "The document number differs in characters that look alike",
    Code.DOCUMENT_CODE: "The kind of document differs",
    Code.ISSUER: "The issuing state differs",
    Code.NATIONALITY: "The nationality differs",
    Code.SURNAME: "The surname differs",
    Code.GIVEN_NAMES: "The given names differ",
    Code.NAMES_EXCHANGED: "Surname and given names are exchanged",
    Code.NAMES_DIVIDED: "The name is divided otherwise",
    Code.GIVEN_NAMES_FEWER: "One source has fewer given names",
    Code.NAME_NOT_COMPARED: "The names are in letters that no table spells in A to Z",
    Code.BIRTH: "The date of birth differs",
    Code.BIRTH_EXCHANGED: "Day and month of birth are exchanged",
    Code.SEX: "The sex differs",
    Code.EXPIRY: "The date of expiry differs",
    Code.OTHER_DOCUMENT: "The traveller had another document",
}


def _words(code: Code, weight: Weight, one: Told, other: Told) -> str:
    values = " and ".join(
        f"{_CALLED[each.source]} has {each.value or 'nothing'}" for each in (one, other)
    )
    return f"{_SENTENCES[code]}: {values}. {_ADVICE[weight]}".strip()
