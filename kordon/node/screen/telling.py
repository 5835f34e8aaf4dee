"""Answers as text: JSON lines with everything, or rows for a spreadsheet."""

import csv
import json
from collections.abc import Iterable, Iterator
from io import StringIO
from typing import Any

from kordon.lib.screening import Candidate, Reason
from kordon.node.screen.lists import Numbered
from kordon.node.screen.people import Asked

JSON, CSV = "json", "csv"
COLUMNS = (
    "number", "line", "ref", "names", "born", "found", "by", "key", "matched_name", "score",
    "strength", "category", "reasons", "unclear", "error",
)  # fmt: skip
FOUND = ("candidates", "documents", "matches")
# A spreadsheet takes a cell that begins so for a formula, and names come from strangers.
_FORMULAS = ("=", "+", "-", "@", "\t", "\r")


def asked_told(it: Asked) -> dict[str, Any]:
    """What was asked, and what of it could not be understood."""
    said: dict[str, Any] = {"number": it.number, "line": it.line, "ref": it.ref}
    said |= {"names": it.names, "born": it.born}
    if it.unclear:
        said["unclear"] = [{"field": field, "text": text} for field, text in it.unclear]
    if it.error:
        said["error"] = {"code": it.error[0], "text": it.error[1]}
    return said


def candidate_told(it: Candidate) -> dict[str, Any]:
    return {
        "key": it.key,
        "score": round(it.score, 3),
        "matched_name": it.matched_name,
        "birth": str(it.birth),
        "reasons": [reason_told(reason) for reason in it.reasons],
    }


def reason_told(it: Reason) -> dict[str, Any]:
    said = {"code": it.code, "given": it.given, "listed": it.listed}
    return {**said, "weight": round(it.weight, 4), "text": it.text()}


def document_told(listed: Numbered, same: bool) -> dict[str, Any]:
    return {"key": listed.key, "number": listed.plain, "issuer": listed.issuer, "exact": same}


def written(answers: Iterable[dict[str, Any]], form: str) -> str:
    """Answers in one of the two forms."""
    if form == JSON:
        return "".join(json.dumps(answer, ensure_ascii=False) + "\n" for answer in answers)
    return _rows(row for answer in answers for row in _flat(answer))


def header(form: str) -> str:
    return _rows([COLUMNS]) if form == CSV else ""


def _rows(rows: Iterable[Iterable[Any]]) -> str:
    text = StringIO()
    csv.writer(text, lineterminator="\n").writerows([_cell(value) for value in row] for row in rows)
    return text.getvalue()


def _cell(value: Any) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(_FORMULAS) else text


def _flat(answer: dict[str, Any]) -> Iterator[list[Any]]:
    """A row for each that was found; one for who was not."""
    found = [
        *answer.get("candidates", ()),
        *answer.get("documents", ()),
        *answer.get("matches", ()),
    ]
    error, born = answer.get("error"), answer["born"]
    whole = [answer["number"], answer["line"], answer["ref"], "; ".join(answer["names"])]
    whole.append("-".join(f"{part:02}" for part in born if part))
    last = ["; ".join(f"{it['field']}: {it['text']}" for it in answer.get("unclear", ()))]
    last.append(f"{error['code']}: {error['text']}" if error else "")
    for number, one in enumerate(found or [None], start=1):
        yield [*whole, *(_found(number, one) if one else [""] * 8), *last]


def _found(number: int, it: dict[str, Any]) -> list[Any]:
    named = it.get("matched_name") or it.get("listed_name") or it.get("number")
    reasons = " ".join(reason["text"] for reason in it.get("reasons", ()))
    return [
        number,
        it.get("by") or ("document" if "exact" in it else "name"),
        it.get("key") or it.get("alert"),
        named,
        it.get("score"),
        it.get("strength"),
        it.get("category"),
        reasons,
    ]
