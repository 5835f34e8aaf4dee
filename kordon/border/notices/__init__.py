"""The refusal of entry in writing: what the traveller takes away, as PDF.

Two languages side by side: the one of the office (Russian) and the one the traveller reads.
Texts lie in ``texts.toml`` and not in the catalogue of the screens: they are parts of a legal
form, changed by lawyers and not by translators of buttons.
"""

import json
import tomllib
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import typst

HERE = Path(__file__).resolve().parent
FONTS = HERE.parents[1] / "ui" / "fonts"
OFFICE_LANGUAGE = "ru"
ENGLISH = "en"


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """What the form says, in plain words already written for people.

    ``grounds`` are letters with the officer's statement; dates are as the form prints them.
    """

    at: datetime
    reference: str
    authority: str
    post: str
    refused_at: str
    officer: str
    second_officer: str
    surname: str
    given_names: str
    birth: str
    sex: str
    nationality: str
    document: str
    grounds: tuple[tuple[str, str], ...]
    appeal: str = ""


def languages() -> dict[str, str]:
    """Languages the notice can be given in: code to own name, drafts marked."""
    return {
        code: text["name"] + (f" · {text['draft_word']}" if text.get("draft") else "")
        for code, text in texts().items()
    }


def write_refusal(refusal: Refusal, language: str) -> bytes:
    """The notice as PDF/A, bilingual. A language without a text is given in English."""
    if language not in texts() or language == OFFICE_LANGUAGE:
        language = ENGLISH
    said = {
        "notice": asdict(refusal) | {"at": None},
        "languages": [texts()[OFFICE_LANGUAGE], texts()[language]],
    }
    made: Any = typst.compile(
        str(HERE / "refusal.typ"),
        root=str(HERE),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"said": json.dumps(said)},
        format="pdf",
        pdf_standards=["a-2b"],
        timestamp=refusal.at.astimezone(UTC).replace(microsecond=0),  # takes nothing finer
    )
    return bytes(made)


def write_protocol(said: dict[str, Any], *, at: datetime, language: str) -> bytes:
    """The protocol of a chip's verification as PDF/A, in words already of the language."""
    return _written("protocol.typ", said, at, language)


def write_cross_check(said: dict[str, Any], *, at: datetime, language: str) -> bytes:
    """The comparison of a document's sources as PDF/A, in words already of the language."""
    return _written("crosscheck.typ", said, at, language)


def _written(form: str, said: dict[str, Any], at: datetime, language: str) -> bytes:
    made: Any = typst.compile(
        str(HERE / form),
        root=str(HERE),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"said": json.dumps(said | {"language": language})},
        format="pdf",
        pdf_standards=["a-2b"],
        timestamp=at.astimezone(UTC).replace(microsecond=0),  # takes nothing finer
    )
    return bytes(made)


@cache
def texts() -> dict[str, dict[str, Any]]:
    """The words of the form by language."""
    return tomllib.loads((HERE / "texts.toml").read_text(encoding="utf-8"))
