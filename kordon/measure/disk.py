"""A disk of its own for proofs of what a power cut or a full disk does: a file, looped, ext4.

``cut`` is EXT4_IOC_SHUTDOWN without a flush of the log: whatever had not reached the device is
gone, as when the supply fails; mounting again replays the log. What it cannot show: a device
that lies about having written, torn sectors, an order changed below the device.
"""

import contextlib
import fcntl
import os
import shutil
import struct
import subprocess
import tempfile
import threading
import time
from pathlib import Path
from typing import Self

SHUTDOWN = 0x8004587D  # _IOR('X', 125, __u32)
WITHOUT_FLUSH = 2
NEEDED = ("mkfs.ext4", "mount", "umount")
PATIENCE_S = 60.0
EAT_EVERY_S = 0.2


class NoDisk(RuntimeError):
    """Such a disk cannot be made here; the text says why."""


class Disk:
    """Mounted at ``path`` inside ``with``; afterwards unmounted and gone, whatever happened."""

    def __init__(self, megabytes: int) -> None:
        if missing := [name for name in NEEDED if shutil.which(name, path=PLACES) is None]:
            raise NoDisk(f"{missing[0]} is not on this machine")
        if os.geteuid() != 0:
            raise NoDisk("only root may mount a disk")
        self.folder = Path(tempfile.mkdtemp(prefix="kordon-disk-"))
        self.image, self.path = self.folder / "image", self.folder / "disk"
        self.path.mkdir()
        with self.image.open("wb") as image:
            image.truncate(megabytes * 1024**2)

    def __enter__(self) -> Self:
        try:
            _call("mkfs.ext4", "-q", "-F", "-m", "0", str(self.image))
            self._mount()
        except BaseException:
            shutil.rmtree(self.folder)
            raise
        return self

    def __exit__(self, *_: object) -> None:
        if os.path.ismount(self.path) and not self._unmounted_in(PATIENCE_S):
            # Somebody still holds it: it goes away with them, and never into our rmtree.
            _call("umount", "--lazy", str(self.path))
        if not os.path.ismount(self.path):
            shutil.rmtree(self.folder)

    def cut(self) -> None:
        """The supply fails, now."""
        folder = os.open(self.path, os.O_RDONLY)
        try:
            fcntl.ioctl(folder, SHUTDOWN, struct.pack("I", WITHOUT_FLUSH))
        finally:
            os.close(folder)

    def come_back(self) -> None:
        """The supply is there again. Whoever used the disk must be dead by now."""
        if not self._unmounted_in(PATIENCE_S):
            raise RuntimeError(f"{self.path} is still in use")
        self._mount()

    def sync(self) -> None:
        _call("sync", "--file-system", str(self.path))

    def free(self) -> int:
        """Bytes that can still be written."""
        figures = os.statvfs(self.path)
        return figures.f_bavail * figures.f_frsize

    def _mount(self) -> None:
        _call("mount", "-t", "ext4", "-o", "loop", str(self.image), str(self.path))

    def _unmounted_in(self, seconds: float) -> bool:
        until = time.monotonic() + seconds
        while os.path.ismount(self.path):
            with contextlib.suppress(NoDisk):
                _call("umount", str(self.path))
                continue
            if time.monotonic() > until:
                return False
            time.sleep(0.05)
        return True


class Filler:
    """Something that eats every byte of a disk, and what others give back, as a log that runs
    wild does. ``go_away`` removes it."""

    def __init__(self, disk: Disk) -> None:
        self._file = disk.path / "filler"
        self._enough = threading.Event()
        self._thread: threading.Thread | None = None

    def fill(self) -> None:
        """Returns when the disk is full; goes on until ``go_away``."""
        fill(self._file)
        self._enough.clear()
        self._thread = threading.Thread(target=self._go_on, daemon=True)
        self._thread.start()

    def go_away(self) -> None:
        self._enough.set()
        if self._thread is not None:
            self._thread.join()
        self._file.unlink(missing_ok=True)

    def _go_on(self) -> None:
        while not self._enough.wait(EAT_EVERY_S):
            fill(self._file)


def fill(filler: Path) -> None:
    """Let this file grow until not one byte more can be written."""
    with filler.open("ab", buffering=0) as file:
        for size in (1024**2, 4096, 1):
            with contextlib.suppress(OSError):
                while file.write(bytes(size)):
                    pass
        with contextlib.suppress(OSError):
            os.fsync(file.fileno())


PLACES = "/usr/local/sbin:/usr/sbin:/sbin:/usr/local/bin:/usr/bin:/bin"


def _call(*words: str) -> None:
    done = subprocess.run(  # nosec B603
        words, capture_output=True, text=True, env={**os.environ, "PATH": PLACES}
    )
    if done.returncode:
        raise NoDisk(f"{words[0]}: {done.stderr.strip()[-300:]}")
