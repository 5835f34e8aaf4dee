"""Loaded before settings are read (``-p tests.home``): gives every test run a node of its own.

``KORDON_TEST_DATABASE=postgresql`` runs the suite on a PostgreSQL that is started here from the
system's binaries and is gone afterwards; otherwise on SQLite in a file, as a post has it.
"""

import atexit
import contextlib
import os
import shutil
import tempfile
from pathlib import Path

from kordon.measure.postgres import NoPostgres, temporary_postgres

# What the user's own node is told must not reach the tests; these are meant for them.
OURS = {"KORDON_TEST_DATABASE", "KORDON_POSTGRES_BINARIES", "KORDON_CHROMIUM", "KORDON_VECTORS"}
for name in {name for name in os.environ if name.startswith("KORDON_")} - OURS:
    del os.environ[name]

HOME = tempfile.mkdtemp(prefix="kordon-test-")
os.environ["KORDON_HOME"] = HOME
os.environ["KORDON_LOG_LEVEL"] = "ERROR"
# Compiled matching code outlives a run; compiling it anew would take longer than the tests.
os.environ["NUMBA_CACHE_DIR"] = str(Path(__file__).resolve().parents[1] / ".venv" / "numba")
# The browser's driver runs an event loop in the main thread; Django would mistake ours for it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "yes"
atexit.register(shutil.rmtree, HOME, ignore_errors=True)

DATABASE = os.environ.get("KORDON_TEST_DATABASE", "sqlite")
_running = contextlib.ExitStack()
if DATABASE == "postgresql":
    try:
        os.environ["KORDON_DATABASE"] = _running.enter_context(temporary_postgres(durable=False))
    except NoPostgres as reason:
        raise SystemExit(f"KORDON_TEST_DATABASE=postgresql: {reason}") from reason
    atexit.register(_running.close)
elif DATABASE != "sqlite":
    raise SystemExit(f"KORDON_TEST_DATABASE must be sqlite or postgresql, not {DATABASE!r}.")
