"""Room to load many rows quickly into a temporary node, and everything as before afterwards.

Loaded only inside a temporary node. A power cut in between would lose its database.
"""

from typing import Any

from django.db import connection, models

CARELESS = (
    *("fsync=off", "full_page_writes=off", "synchronous_commit=off"),
    *("max_wal_size=16GB", "checkpoint_timeout=30min"),
)
"""Settings of PostgreSQL while it is filled; not while it is measured."""
INDEXES = {
    # Keys are constraints, references lean on them. Dropped and made in this order and back.
    "postgresql": """
        SELECT drop_it, make_it FROM (
            SELECT 1 AS place, format('DROP INDEX %I', indexname) AS drop_it,
                replace(indexdef, ' ON ONLY ', ' ON ') AS make_it
            FROM pg_indexes WHERE tablename IN ({tables}) AND indexname NOT LIKE '%_pkey'
            UNION ALL
            SELECT CASE contype WHEN 'f' THEN 0 ELSE 2 END,
                format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname),
                format('ALTER TABLE %s ADD CONSTRAINT %I %s',
                    conrelid::regclass, conname, pg_get_constraintdef(oid))
            FROM pg_constraint
            WHERE contype IN ('p', 'f') AND conrelid::regclass::text IN ({tables})
        ) AS known ORDER BY place
    """,
    "sqlite": """
        SELECT 'DROP INDEX ' || name, sql FROM sqlite_master
        WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ({tables})
    """,
}


def begin(*tables: type[models.Model]) -> list[str]:
    """Drop what slows loading down; returns the statements that make it again."""
    names = ", ".join(f"'{table._meta.db_table}'" for table in tables)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            _set(cursor, *CARELESS)
        cursor.execute(INDEXES[connection.vendor].format(tables=names))
        known = cursor.fetchall()
        for drop, _ in known:
            cursor.execute(drop)
    return [make for _, make in reversed(known)]


def finish(indexes: list[str]) -> None:
    """The indexes over full tables, and the database as careful as before."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET maintenance_work_mem = '1GB'")
        for statement in indexes:
            cursor.execute(statement)
        if connection.vendor == "postgresql":
            _set(cursor, *(setting.split("=")[0] for setting in CARELESS))
            cursor.execute("CHECKPOINT")
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def _set(cursor: Any, *settings: str) -> None:
    """``name=value``, or the name alone to take it back."""
    for name, _, value in (setting.partition("=") for setting in settings):
        wish = f"SET {name} = '{value}'" if value else f"RESET {name}"
        cursor.execute(f"ALTER SYSTEM {wish}")
    cursor.execute("SELECT pg_reload_conf()")
