"""Reading settings from the environment: a wrong value stops the start and says why."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

TRUE, FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off", ""}

# What libpq may be told beside the address; anything else in it stops the start.
LIBPQ = {
    *("sslmode", "sslrootcert", "sslcert", "sslkey", "channel_binding", "connect_timeout"),
    *("target_session_attrs", "keepalives_idle", "tcp_user_timeout", "application_name"),
}

SQLITE_START = (
    "PRAGMA journal_mode=WAL;"
    # NORMAL loses acknowledged commits in a power cut (measured); FULL lost none.
    "PRAGMA synchronous=FULL;"
    "PRAGMA mmap_size=134217728;PRAGMA cache_size=-20000;PRAGMA temp_store=MEMORY;"
)


class BadSetting(SystemExit):
    """A setting that cannot be; the start ends with this sentence."""


def text(name: str, default: str) -> str:
    return os.environ.get(name, default)


def kept(file: Path, usual: str) -> str:
    """What the node itself has written down in a file of its folder, else what is usual."""
    try:
        return file.read_text().strip()
    except OSError:
        return usual


def choice(name: str, usual: str, *allowed: str) -> str:
    value = os.environ.get(name, usual)
    if value not in allowed:
        raise BadSetting(
            f"{name} must be {', '.join(allowed[:-1])} or {allowed[-1]}, not {value!r}."
        )
    return value


def flag(name: str, default: bool) -> bool:
    value = os.environ.get(name, str(default)).strip().lower()
    if value not in TRUE | FALSE:
        raise BadSetting(f"{name} must be yes or no, not {value!r}.")
    return value in TRUE


def number(name: str, default: int) -> int:
    value = os.environ.get(name, str(default))
    if not value.isdigit():
        raise BadSetting(f"{name} must be a whole number, not {value!r}.")
    return int(value)


def secret(name: str, file: Path) -> str:
    """From the environment, else from the file that ``kordon init`` made.

    Before there is a node there is nothing to protect, and ``kordon init`` itself must run.
    """
    if value := os.environ.get(name):
        return value
    try:
        return file.read_text().strip()
    except FileNotFoundError:
        return "no node in this folder yet"


def database(url: str, sqlite_file: Path) -> dict[str, Any]:
    """``postgresql://user:password@host:port/name``, or SQLite in the node's folder.

    A socket's folder stands where libpq wants it: ``postgresql://user@/name?host=/run/postgresql``.
    Two servers, of which the one that takes writes is used:
    ``postgresql://user@/name?host=db1,db2&target_session_attrs=read-write``.
    """
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(sqlite_file),
            # Threads are few and fixed: each keeps its connection instead of opening one a page.
            "CONN_MAX_AGE": None,
            # Tests write to a real file too, so that they meet the locks a node meets.
            "TEST": {"NAME": str(sqlite_file.with_name("test.sqlite3"))},
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": SQLITE_START,
            },
        }
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"}:
        raise BadSetting("KORDON_DATABASE must start with postgresql:// or be empty for SQLite.")
    told = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    if strange := sorted(told.keys() - LIBPQ - {"host", "port"}):
        raise BadSetting(f"KORDON_DATABASE: {strange[0]!r} is not known here.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or "") or told.pop("host", ""),
        "PORT": str(parts.port or told.pop("port", "")),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            **{name: value for name, value in told.items() if name in LIBPQ},
            # A statement is planned once for each connection: with tables of many partitions the
            # plan costs more than the answer.
            "server_side_binding": True,
            "prepare_threshold": 3,
        },
    }
