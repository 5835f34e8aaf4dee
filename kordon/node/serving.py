"""Starting the server: a small process that watches over the one that answers.

If the answering process dies it is started anew; if the watching one is killed, the other
follows it, so that nobody answers unwatched or holds the port. Started for another process
(``tied``), the server ends when its input does: that happens at any death of the other.
"""

import argparse
import os
import signal
import sys
import threading

KILL_TIMEOUT_S = 10


def command_line(*, host: str, port: int, workers: int, tied: bool = False) -> list[str]:
    """The command that becomes the server. Django is not loaded in the watching process."""
    call = [sys.executable, "-m", "kordon.node.serving", "--host", host, "--port", str(port)]
    return [*call, "--workers", str(workers), *(["--tied"] if tied else [])]


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
    parser.add_argument("--tied", action="store_true")
    wishes = parser.parse_args()
    if wishes.tied:
        threading.Thread(target=_end_with_input, daemon=True).start()
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


def _end_with_input() -> None:
    while os.read(sys.stdin.fileno(), 1024):
        pass
    # To the thread that waits for it: elsewhere it would be noticed only when that one wakes.
    signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGTERM)


if __name__ == "__main__":
    main()
