"""Other programs that find or judge listed persons, each behind one shape.

None of them is part of Kordon: who wants to see them beside it installs them. Programs that
compare only names get the birth date, nationality and sex as evidence of one fixed table, the
same for all of them, so that none loses for want of it.
"""

import importlib.util
import itertools
import re
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

import psycopg
from anyascii import anyascii

from kordon.lib.screening import fold_name
from kordon.measure.population import Listed, Traveller
from kordon.measure.population.people import Born
from kordon.measure.postgres import NoPostgres

LIKENESS = 15.0
"""What a likeness of 1 weighs against the evidence, in nats; fixed before the first run."""
MOST = 100
"""Candidates each program may name."""
PACKAGES = {"rapidfuzz": "rapidfuzz", "tantivy": "tantivy", "logic_v2": "nomenklatura"}

Found = dict[int, float]
"""Number of a listed person: score."""
ByNumber = Mapping[int, Listed]
"""The list, held once for all programs."""


class Peer(Protocol):
    """Holds a list, asked one traveller at a time."""

    name: str

    def fill(self, listed: "ByNumber") -> None: ...
    def find(self, traveller: Traveller) -> Found: ...
    def size(self) -> int:
        """Bytes on disk, or 0 where it holds all in memory."""
        ...

    def close(self) -> None: ...


def missing(name: str) -> str:
    """What to say if a program is not installed; empty if it is."""
    package = PACKAGES.get(name)
    if package is None or importlib.util.find_spec(package):
        return ""
    return f"{name} is not installed and was not measured: pip install {package}"


@lru_cache(maxsize=100_000)
def plain(name: str) -> str:
    """Small Latin letters and blanks, as other programs are usually fed."""
    return re.sub(r"[^a-z ]+", " ", anyascii(name).lower()).strip()


@lru_cache(maxsize=100_000)
def folded(name: str) -> str:
    """The sounds Kordon folds a name to, as words of small letters."""
    return " ".join(_without_capitals(word) for word in fold_name(name))


def _without_capitals(word: str) -> str:
    return "".join(letter if letter.islower() else f"{letter.lower()}x" for letter in word)


def context(traveller: Traveller, listed: Listed) -> float:
    """Evidence of everything but the name, in nats."""
    weight = max((_birth(traveller.born, born) for born in listed.births), default=0.0)
    if listed.nationalities:
        weight += 1.4 if traveller.nationality in listed.nationalities else -1.1
    if listed.sex and traveller.sex:
        weight += 0.45 if listed.sex == traveller.sex else -3.0
    return weight


def _birth(given: Born, listed: Born) -> float:
    if not given[0] or not listed[0]:
        return 0.0
    apart = abs(given[0] - listed[0])
    if not given[2] or not listed[2]:
        return 3.5 if apart == 0 else 0.0 if apart == 1 else -5.0
    if given == listed:
        return 9.0
    if apart == 0 and given[1:] == (listed[2], listed[1]):
        return 7.0
    alike = sum(a == b for a, b in zip(given, listed, strict=True))
    return 4.5 if alike == 2 and apart <= 2 else 0.0 if apart <= 1 else -6.0


class Brute:
    """rapidfuzz: the traveller's sorted words against every name on the list."""

    name = "rapidfuzz"

    def __init__(self) -> None:
        self._names: list[str] = []
        self._whose: list[int] = []
        self._listed: ByNumber = {}

    def fill(self, listed: ByNumber) -> None:
        self._listed = listed
        for each in listed.values():
            for name in dict.fromkeys(plain(text) for text, _ in each.names):
                self._names.append(" ".join(sorted(name.split())))
                self._whose.append(each.number)

    def find(self, traveller: Traveller) -> Found:
        from rapidfuzz import fuzz, process  # noqa: PLC0415 (may not be installed)

        asked = " ".join(sorted(plain(traveller.name).split()))
        near = process.extract(asked, self._names, scorer=fuzz.ratio, score_cutoff=60, limit=MOST)
        return _weighed(
            traveller, ((self._whose[at], score / 100) for _, score, at in near), self._listed
        )

    def size(self) -> int:
        return 0

    def close(self) -> None:
        pass


class Tantivy:
    """tantivy: words that differ by at most one letter, ranked by the likeness of the names."""

    def __init__(self, *, fold: bool) -> None:
        self.name = "tantivy_folded" if fold else "tantivy"
        self._said: Callable[[str], str] = folded if fold else plain
        self._folder = Path(tempfile.mkdtemp(prefix="kordon-tantivy-"))
        self._listed: ByNumber = {}
        self._searcher: Any = None
        self._schema: Any = None

    def fill(self, listed: ByNumber) -> None:
        import tantivy  # noqa: PLC0415 (may not be installed)

        self._listed = listed
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("name", stored=True, tokenizer_name="whitespace")
        builder.add_integer_field("number", stored=True, indexed=False)
        self._schema = builder.build()
        index = tantivy.Index(self._schema, path=str(self._folder))
        writer = index.writer(200_000_000, 1)
        for each in listed.values():
            for name in dict.fromkeys(self._said(text) for text, _ in each.names):
                writer.add_document(tantivy.Document(name=name, number=each.number))
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        self._searcher = index.searcher()

    def find(self, traveller: Traveller) -> Found:
        import tantivy  # noqa: PLC0415 (may not be installed)
        from rapidfuzz import fuzz  # noqa: PLC0415

        asked = self._said(traveller.name)
        query = tantivy.Query.boolean_query(
            [
                (
                    tantivy.Occur.Should,
                    tantivy.Query.fuzzy_term_query(
                        self._schema, "name", word, distance=1, transposition_cost_one=True
                    ),
                )
                for word in asked.split()[:8]
            ]
        )
        hits = (self._searcher.doc(place) for _, place in self._searcher.search(query, MOST).hits)
        near = (
            (doc["number"][0], fuzz.token_sort_ratio(asked, doc["name"][0]) / 100) for doc in hits
        )
        return _weighed(traveller, near, self._listed)

    def size(self) -> int:
        return sum(file.stat().st_size for file in self._folder.iterdir())

    def close(self) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)


class Trigrams:
    """PostgreSQL with pg_trgm: a GIN index on the names, births within two years."""

    name = "pg_trgm"
    FIND = """SELECT person, similarity(name, %(name)s) AS alike FROM listed
        WHERE name %% %(name)s AND (year = 0 OR abs(year - %(year)s) <= 2)
        ORDER BY alike DESC LIMIT 100"""

    def __init__(self, url: str) -> None:
        self._listed: ByNumber = {}
        self._connection = psycopg.connect(url, autocommit=True)
        try:
            self._connection.execute("CREATE EXTENSION pg_trgm")
        except psycopg.Error as problem:
            raise NoPostgres(f"pg_trgm cannot be loaded: {problem}") from None

    def fill(self, listed: ByNumber) -> None:
        self._listed = listed
        run = self._connection.execute
        run("CREATE UNLOGGED TABLE listed (person int, name text, year int)")
        with self._connection.cursor() as cursor, cursor.copy("COPY listed FROM STDIN") as copy:
            for each in listed.values():
                year = each.births[0][0] if each.births else 0
                for name in dict.fromkeys(plain(text) for text, _ in each.names):
                    copy.write_row((each.number, name, year))
        run("CREATE INDEX ON listed USING gin (name gin_trgm_ops)")
        run("ANALYZE listed")
        run("SET pg_trgm.similarity_threshold = 0.35")
        run("SET enable_seqscan = off")
        run("SET statement_timeout = '30s'")

    def find(self, traveller: Traveller) -> Found:
        asked = {"name": plain(traveller.name), "year": traveller.born[0]}
        try:
            rows = self._connection.execute(self.FIND, asked, prepare=True).fetchall()
        except psycopg.errors.QueryCanceled:  # longer than it may take: nothing was found
            return {}
        return _weighed(traveller, ((row[0], float(row[1])) for row in rows), self._listed)

    def size(self) -> int:
        row = self._connection.execute("SELECT pg_total_relation_size('listed')").fetchone()
        return int(row[0]) if row else 0

    def close(self) -> None:
        self._connection.close()


class LogicV2:
    """nomenklatura's matcher of pairs, given the candidates of Kordon's own search to judge."""

    name = "logic_v2"
    OWN_THRESHOLD = 0.7
    JUDGED = 15

    def __init__(self, candidates: Callable[[Traveller, int], list[int]]) -> None:
        from nomenklatura.matching import get_algorithm  # noqa: PLC0415 (may not be installed)

        algorithm: Any = get_algorithm("logic-v2")
        self._algorithm, self._config = algorithm, algorithm.default_config()
        self._candidates = candidates
        self._listed: ByNumber = {}
        self._serial = itertools.count()

    def fill(self, listed: ByNumber) -> None:
        self._listed = listed

    def find(self, traveller: Traveller) -> Found:
        return self.judge(traveller, self._candidates(traveller, self.JUDGED))

    def judge(self, traveller: Traveller, numbers: Iterable[int]) -> Found:
        asked = self._entity(
            f"traveller-{next(self._serial)}",  # it remembers names by id: never the same twice
            [traveller.name], [traveller.born], [traveller.nationality], traveller.sex,
        )  # fmt: skip
        found = {}
        for number in numbers:
            each = self._listed[number]
            held = self._entity(
                f"listed-{number}", [text for text, _ in each.names],
                each.births, each.nationalities, each.sex,
            )  # fmt: skip
            found[number] = float(self._algorithm.compare(asked, held, self._config).score)
        return found

    def score_of_names(self, one: str, other: str, schema: str) -> float:
        """Of two names of the same kind of bearer, 0 to 1."""
        from followthemoney import EntityProxy  # noqa: PLC0415 (may not be installed)

        both = [
            EntityProxy.from_dict(
                {
                    "id": f"pair-{next(self._serial)}",
                    "schema": schema,
                    "properties": {"name": [name]},
                }
            )
            for name in (one, other)
        ]
        return float(self._algorithm.compare(*both, self._config).score)

    def _entity(
        self,
        id: str,
        names: Iterable[str],
        births: Iterable[Born],
        nationalities: Iterable[str],
        sex: str,
    ) -> Any:
        from followthemoney import EntityProxy  # noqa: PLC0415 (may not be installed)

        gender = {"M": ["male"], "F": ["female"]}.get(sex, [])
        properties = {
            "name": list(names),
            "birthDate": [_iso(born) for born in births if born[0]],
            "nationality": [_alpha2(state) for state in nationalities if state],
            "gender": gender,
        }
        return EntityProxy.from_dict({"id": id, "schema": "Person", "properties": properties})

    def size(self) -> int:
        return 0

    def close(self) -> None:
        pass


def _iso(born: Born) -> str:
    year, month, day = born
    return f"{year:04}" + (f"-{month:02}" if month else "") + (f"-{day:02}" if day else "")


@lru_cache(maxsize=500)
def _alpha2(state: str) -> str:
    from rigour.territories import lookup_territory  # noqa: PLC0415 (comes with nomenklatura)

    found = lookup_territory(state)
    return found.code if found else state.lower()


def _weighed(traveller: Traveller, near: Iterable[tuple[int, float]], listed: ByNumber) -> Found:
    """The best likeness of each person, weighed, with the evidence added."""
    likeness: Found = {}
    for number, alike in near:
        likeness[number] = max(alike, likeness.get(number, 0.0))
    return {
        number: LIKENESS * alike + context(traveller, listed[number])
        for number, alike in likeness.items()
    }


def searchers() -> Iterator[Peer]:
    """Those that need nothing but a package, if it is there."""
    if not missing("rapidfuzz"):
        yield Brute()
        if not missing("tantivy"):
            yield Tantivy(fold=False)
            yield Tantivy(fold=True)
