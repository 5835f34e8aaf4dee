"""Keeps one nats-server alive as long as whoever started it lives, and no longer.

``python keeper.py PROGRAM CONFIGURATION``: a process between the two. Its standard input is a
pipe that ends when the starter dies, however it dies; it then stops the server. Should it be
killed itself, the kernel kills the server. It says the server's process id in its first line.
"""

import ctypes
import select
import signal
import subprocess
import sys

PATIENCE_S = 10.0
PR_SET_PDEATHSIG = 1


def main(arguments: list[str]) -> int:
    program, configuration = arguments
    server = subprocess.Popen(
        [program, "-c", configuration],
        stdin=subprocess.DEVNULL,
        stdout=sys.stderr,
        # One thread, which lives as long as the process: the signal comes when it should.
        preexec_fn=die_with_starter if sys.platform == "linux" else None,  # noqa: PLW1509
    )
    print(server.pid, flush=True)
    while server.poll() is None:
        readable, _, _ = select.select([sys.stdin], [], [], 0.2)
        if readable:  # nothing is ever sent: this is the end of the pipe
            return _stop(server)
    return server.returncode


def die_with_starter() -> None:
    """Before a program begins: let the kernel kill it when who starts it has died."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def _stop(server: "subprocess.Popen[bytes]") -> int:
    server.terminate()
    try:
        return server.wait(PATIENCE_S)
    except subprocess.TimeoutExpired:
        server.kill()
        return server.wait()


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the starter decides, not the terminal
    sys.exit(main(sys.argv[1:]))
