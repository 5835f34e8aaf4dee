"""What one entry costs on disk, on the line and to prove, with the facts of the demonstration.

The world of the demonstration is made on SQLite and on PostgreSQL; then each database, its
journal on the line in batches of several sizes, a backup and an examination are measured.
These figures are what docs/operations/sizing.md multiplies.
"""

import tempfile
import time
from typing import Any

from kordon.measure.home import Home, temporary_home
from kordon.measure.postgres import NoPostgres, temporary_postgres
from kordon.measure.report import Report

CROSSINGS = 10_000
BATCHES = (1, 20, 500)
HERE = "kordon.measure.benches.sizing"
SEED = "kordon.node.demo.seed:seed_bench"


def measure(report: Report) -> None:
    crossings = report.usually(CROSSINGS)
    report.progress("SQLite …")
    with temporary_home() as home:
        _measure_one(report, "sqlite", home, crossings)
        for name, value in home.call(f"{HERE}:weigh_on_the_line").items():
            report.figure(name, value)
    try:
        with temporary_postgres(durable=True) as address:
            report.progress("PostgreSQL …")
            with temporary_home(KORDON_DATABASE=address) as home:
                _measure_one(report, "postgresql", home, crossings)
    except NoPostgres as reason:
        report.note(f"PostgreSQL was not measured: {reason}")


def _measure_one(report: Report, name: str, home: Home, crossings: int) -> None:
    empty = home.call(f"{HERE}:weigh")["bytes"]
    home.call(SEED, alerts=max(100, crossings // 10), crossings=crossings)
    found = home.call(f"{HERE}:weigh")
    report.look_at(f"entries on {name}", found["entries"])
    report.look_at(f"crossings on {name}", crossings)
    grown = found["bytes"] - empty
    report.figure(f"{name}_bytes_per_entry", grown / found["entries"])
    report.figure(f"{name}_journal_bytes_per_entry", found["journal"] / found["entries"])
    report.figure(f"{name}_verify_s_per_million", 1e6 * found["verify_s"] / found["entries"])
    report.figure(f"{name}_entries_per_crossing", found["border"] / crossings)
    with tempfile.TemporaryDirectory(prefix="kordon-sizing-") as folder:
        done = home.call("kordon.node.backing_up:back_up", file=f"{folder}/node.tar")
    report.figure(f"{name}_backup_bytes_per_entry", done["bytes"] / found["entries"])
    report.figure(f"{name}_backup_s_per_million", 1e6 * done["seconds"] / found["entries"])


def weigh() -> dict[str, Any]:
    """Runs in the node: bytes of the database, of its journal, and how long proving takes."""
    from kordon.journal.models import Entry  # noqa: PLC0415
    from kordon.journal.verifying import verify  # noqa: PLC0415

    begun = time.perf_counter()
    verdict = verify()
    took = time.perf_counter() - begun
    whole, journal = _bytes()
    return {
        "entries": verdict.entries,
        "verify_s": took,
        "bytes": whole,
        "journal": journal,
        "border": Entry.objects.filter(kind__startswith="border.").count(),
    }


def _bytes() -> tuple[int, int]:
    """Of the whole database, and of the tables entry and body with their indexes."""
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.execute(
                "SELECT sum(pgsize), sum(CASE WHEN name LIKE 'journal_entry%' OR name LIKE"
                " 'entry_%' OR name LIKE 'journal_body%' OR name LIKE"
                " 'sqlite_autoindex_journal_%' THEN pgsize ELSE 0 END) FROM dbstat"
            )
        else:
            cursor.execute(
                "SELECT pg_database_size(current_database()),"
                " pg_total_relation_size('journal_entry') + pg_total_relation_size('journal_body')"
            )
        whole, journal = cursor.fetchone()
    return int(whole), int(journal or 0)


def weigh_on_the_line() -> dict[str, float]:
    """Runs in the node: compressed bytes per entry, and of a report that says how a node is."""
    from kordon.journal.sending import read_batch  # noqa: PLC0415
    from kordon.journal.wire import encode  # noqa: PLC0415
    from kordon.network.reporting import tell  # noqa: PLC0415

    figures = {"report_bytes": float(len(tell()))}
    for size in BATCHES:
        sent = entries = batches = 0
        while batches < 2000 // size and (
            batch := read_batch(channel="up", after=entries, limit=size)
        ):
            entries += len(batch.lines)
            sent += len(encode(batch))
            batches += 1
        figures[f"line_bytes_per_entry_in_batches_of_{size}"] = sent / max(entries, 1)
    return figures
