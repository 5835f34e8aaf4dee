#!/usr/bin/env python3
"""Make the environment Kordon runs in, with nothing but Python's standard library.

    python3 boot.py               what `kordon` needs
    python3 boot.py --dev         and what its tests and checks need
    python3 boot.py --lock        resolve requirements*.in anew

Wheels only, each checked against the hash in requirements*.txt. uv installs
them when the package index has it, pip otherwise; either uses whatever index
this machine's pip is configured for. A stamp makes every later call instant.
"""

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
PIP = [str(PYTHON), "-m", "pip", "--disable-pip-version-check"]
OLDEST = (3, 11)
UV_VERSION = "uv==0.13.9"
LOCKS = {False: "requirements.txt", True: "requirements-dev.txt"}


def main(arguments: list[str]) -> None:
    if sys.version_info[:2] < OLDEST:
        sys.exit(f"Kordon needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
    if "--lock" in arguments:
        lock()
    else:
        install(dev="--dev" in arguments)


def install(*, dev: bool) -> None:
    """Install one lock into .venv, unless that or a larger one is there already."""
    stamp = VENV / ".stamp"
    done = stamp.read_text().split() if stamp.exists() and PYTHON.exists() else []
    wanted = fingerprint(dev)
    if wanted in done:
        return
    if not done or fingerprint(False) not in done:
        make_venv(clear=bool(done))
        done = []
    print(f"Installing {LOCKS[dev]} into .venv (once; a minute or so) …", flush=True)
    if not install_with_uv(LOCKS[dev]):
        install_with_pip(LOCKS[dev])
    stamp.write_text(" ".join([*done, fingerprint(False), wanted]))


def fingerprint(dev: bool) -> str:
    """What the lock, the packaging and this Python say, in one word."""
    files = (ROOT / LOCKS[dev], ROOT / "pyproject.toml")
    text = b"".join(path.read_bytes() for path in files) + sys.version.encode() + str(ROOT).encode()
    return hashlib.sha256(text).hexdigest()


def make_venv(*, clear: bool) -> None:
    try:
        venv.EnvBuilder(with_pip=True, clear=clear).create(VENV)
    except subprocess.CalledProcessError:
        sys.exit(
            "python3 cannot make virtual environments here. On Debian or Ubuntu:\n"
            "    apt install python3-venv"
        )


def install_with_uv(lockfile: str) -> bool:
    if os.environ.get("KORDON_NO_UV") or not ensure_uv():
        return False
    command = [str(BIN / "uv"), "pip", "install", "-q", "--python", str(PYTHON)]
    # Compiled once here, not at every start where Python may not write beside its sources.
    wheels = [*command, "--compile-bytecode", "--require-hashes", "--only-binary", ":all:"]
    wheels += ["-r", lockfile]
    itself = [*command, "--no-deps", "--no-build-isolation", "--offline", "-e", "."]
    return all(
        subprocess.run(step, cwd=ROOT, env=uv_environment()).returncode == 0
        for step in (wheels, itself)
    )


def install_with_pip(lockfile: str) -> None:
    print("uv is not to be had; pip does it, a little slower.", flush=True)
    wheels = [*PIP, "install", "-q", "--require-hashes", "--only-binary=:all:", "-r", lockfile]
    itself = [*PIP, "install", "-q", "--no-deps", "--no-build-isolation", "--no-index", "-e", "."]
    for step in (wheels, itself):
        subprocess.check_call(step, cwd=ROOT)


def ensure_uv() -> bool:
    return subprocess.run([*PIP, "install", "-q", UV_VERSION]).returncode == 0


def uv_environment() -> dict[str, str]:
    """uv does not read pip's configuration: hand over its index and certificates."""
    env = {**os.environ, "UV_PYTHON_DOWNLOADS": "never", "UV_NO_CONFIG": "1"}
    env.setdefault("UV_LINK_MODE", "copy")
    asked = subprocess.run(
        [*PIP, "config", "get", "global.index-url"], capture_output=True, text=True
    )
    if index := os.environ.get("PIP_INDEX_URL") or asked.stdout.strip():
        env.setdefault("UV_DEFAULT_INDEX", index)
    if certificates := os.environ.get("PIP_CERT"):
        env.setdefault("SSL_CERT_FILE", certificates)
    return env


def lock() -> None:
    """Write both locks for every platform and Python from 3.11 on, naming no host."""
    install(dev=False)
    if not ensure_uv():
        sys.exit("Resolving needs uv, and the package index does not have it.")
    common = [str(BIN / "uv"), "pip", "compile", "-q", "--universal", "--python-version", "3.11"]
    common += ["--generate-hashes", "--no-header", "--only-binary", ":all:", "--upgrade"]
    for dev, source in ((False, "requirements.in"), (True, "requirements-dev.in")):
        constraint = ["-c", LOCKS[False]] if dev else []
        subprocess.check_call(
            [*common, *constraint, source, "-o", LOCKS[dev]], cwd=ROOT, env=uv_environment()
        )


if __name__ == "__main__":
    main(sys.argv[1:])
