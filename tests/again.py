"""``python -m tests.again``: the suite once more, on a PostgreSQL started for it.

Browser tests, vectors, and what asks nothing of this run's database (``asks_database``) run once,
on SQLite: what they look at does not depend on it.
"""

import os
import subprocess
import sys

from kordon.measure.postgres import NoPostgres, binaries

CALL = [sys.executable, "-m", "pytest", "-n", "auto", "--maxprocesses", "4"]  # as in Makefile
ONCE = ["-m", "not browser", "--ignore", "tests/conformance"]
OUTSIDE = ["--ignore", "kordon/lib"]  # knows no database


def main() -> int:
    try:
        print(f"\nAgain on PostgreSQL ({binaries()}):", flush=True)
    except NoPostgres as reason:
        print(f"\nSKIPPED: the suite did NOT run on PostgreSQL: {reason}")
        return 0
    environment = {**os.environ, "KORDON_TEST_DATABASE": "postgresql"}
    return subprocess.run([*CALL, *ONCE, *OUTSIDE, *sys.argv[1:]], env=environment).returncode


if __name__ == "__main__":
    sys.exit(main())
