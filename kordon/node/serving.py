"""Starting the server: a small process that watches over the one that answers.

If the answering process dies it is started anew; if the watching one is killed, the other
follows it, so that nobody answers unwatched or holds the port.
"""

import argparse
import os
import sys

KILL_TIMEOUT_S = 10


def command_line(*, host: str, port: int, workers: int) -> list[str]:
    """The command that becomes the server. Django is not loaded in the watching process."""
    call = [sys.executable, "-m", "kordon.node.serving", "--host", host, "--port", str(port)]
    return [*call, "--workers", str(workers)]


def environment(*, with_worker: bool) -> dict[str, str]:
    return {**os.environ, "KORDON_WORKER": "beside" if with_worker else "apart"}


def main() -> None:
    from granian import Granian  # noqa: PLC0415  (only here is it needed)
    from granian.constants import Interfaces  # noqa: PLC0415
    from granian.log import LogLevels  # noqa: PLC0415

    parser = argparse.ArgumentParser()
    parser.add_argument("--host", required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--workers", type=int, required=True)
    wishes = parser.parse_args()
    Granian(
        "kordon.node.asgi:application",
        address=wishes.host,
        port=wishes.port,
        interface=Interfaces.ASGI,
        workers=wishes.workers,
        workers_kill_timeout=KILL_TIMEOUT_S,
        respawn_failed_workers=True,
        websockets=False,
        log_level=LogLevels.warning,
        log_access=False,
    ).serve()


if __name__ == "__main__":
    main()
