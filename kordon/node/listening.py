"""Whether a server may listen where it is told to. No framework here: asking costs nothing."""

import http.client
import socket
import subprocess
import time

START_S = 90


class CannotStart(Exception):
    """The node would not keep what it promises; the text says what to do about it."""


def check_port(host: str, port: int) -> None:
    """Raises ``CannotStart`` if somebody else listens there, or nobody may."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            why = error.strerror or str(error)
            raise CannotStart(
                f"Port {port} on {host} cannot be had ({why.lower()}). Choose another with --port."
            ) from error


def answers(server: "subprocess.Popen[bytes]", host: str, port: int) -> bool:
    """Whether this server answers, in ``START_S`` at the latest, or has ended."""
    until = time.monotonic() + START_S
    while server.poll() is None and time.monotonic() < until:
        try:
            connection = http.client.HTTPConnection(host, port, timeout=5)
            connection.request("GET", "/health")
            if connection.getresponse().status == 200:
                return True
        except OSError:
            time.sleep(0.1)
    return False
