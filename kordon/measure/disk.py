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
import time
from pathlib import Path
from typing import Self

SHUTDOWN = 0x8004587D  # _IOR('X', 125, __u32)
WITHOUT_FLUSH = 2
NEEDED = ("mkfs.ext4", "mount", "umount")
PATIENCE_S = 60.0


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


PLACES = "/usr/local/sbin:/usr/sbin:/sbin:/usr/local/bin:/usr/bin:/bin"


def _call(*words: str) -> None:
    done = subprocess.run(  # nosec B603
        words, capture_output=True, text=True, env={**os.environ, "PATH": PLACES}
    )
    if done.returncode:
        raise NoDisk(f"{words[0]}: {done.stderr.strip()[-300:]}")
