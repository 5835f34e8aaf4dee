"""Who answers: lists given as files, or the lists of this node. Made anew in each process."""

import os
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kordon.lib.screening import Index, Person
from kordon.node.screen.lists import Documents, listings, records_of
from kordon.node.screen.people import Asked
from kordon.node.screen.telling import asked_told, candidate_told, document_told

DOCUMENTS = "documents"


class Answering(ABC):
    """Answers rows, in their order, with JSON values."""

    @abstractmethod
    def answers(self, asked: Sequence[Asked]) -> list[dict[str, Any]]: ...


class FromFiles(Answering):
    """Searches an index in a folder, which all processes map into the same memory."""

    def __init__(self, folder: Path, threshold: float, limit: int) -> None:
        self._index = Index.open(folder / "index")
        self._documents = Documents.read((folder / DOCUMENTS).read_text())
        self._threshold, self._limit = threshold, limit

    def answers(self, asked: Sequence[Asked]) -> list[dict[str, Any]]:
        return [self._answer(it) for it in asked]

    def _answer(self, it: Asked) -> dict[str, Any]:
        said = asked_told(it)
        person = Person(it.names, it.born, it.nationalities, it.sex)
        found = self._index.search(person, threshold=self._threshold, limit=self._limit)
        said["candidates"] = [candidate_told(one) for one in found] if it.names else []
        documents = [d for pair in it.documents for d in self._documents.like(*pair)]
        if documents:
            said["documents"] = [document_told(*one) for one in documents[: self._limit]]
        return said


class FromNode(Answering):
    """Searches the alerts in force at this node, with the rights of whoever asks.

    Every call leaves its line in the access log before anything is answered.
    """

    def __init__(self, login: str, limit: int) -> None:
        start_node()
        from kordon.accounts.queries import get_operator  # noqa: PLC0415  (after start_node)

        self._by, self._limit = get_operator(login), limit

    def answers(self, asked: Sequence[Asked]) -> list[dict[str, Any]]:
        from kordon.watchlist import queries  # noqa: PLC0415
        from kordon.watchlist.enquiries import Enquiry  # noqa: PLC0415
        from kordon.watchlist.screening_api import match_told  # noqa: PLC0415

        persons = [it for it in asked if it.error is None]
        enquiries = tuple(
            Enquiry(
                names=it.names,
                born=it.born,
                nationalities=it.nationalities,
                sex=it.sex,
                documents=it.documents,
            )
            for it in persons
        )
        found = queries.screen_persons(by=self._by, enquiries=enquiries).found if persons else ()
        by_number = dict(zip((it.number for it in persons), found, strict=True))
        answers = []
        for it in asked:
            matches = by_number.get(it.number, ())[: self._limit]
            told = [match_told(known) for known in matches]
            answers.append({**asked_told(it), "matches": [_plain(match) for match in told]})
        return answers


def _plain(match: dict[str, Any]) -> dict[str, Any]:
    alert = match["alert"]
    return match | {"alert": str(alert) if alert else None}


def start_node() -> None:
    """Make the framework ready in this process; raises ``NotInitialised`` without a node."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kordon.node.settings")
    import django  # noqa: PLC0415  (a list given as a file needs no framework)

    django.setup()
    from kordon.journal import identity  # noqa: PLC0415

    identity.mine()


@dataclass(frozen=True)
class Wishes:
    """What every process is told: in which ``folder`` the index lies, or (empty) the node."""

    folder: str
    login: str
    threshold: float
    limit: int
    form: str

    def answering(self) -> Answering:
        if self.folder:
            return FromFiles(Path(self.folder), self.threshold, self.limit)
        return FromNode(self.login, self.limit)


def prepare(folder: Path, files: Sequence[Path], format: str | None) -> int:
    """Index lists into a folder; how many persons and documents there are."""
    documents = Documents()
    index = Index.build(listings(records_of(files, format), documents))
    index.save(folder / "index")
    (folder / DOCUMENTS).write_text(documents.written())
    return len(index) + len(documents.by_number)
