"""Large things are kept under the hash of what they hold."""

import hashlib
from pathlib import Path

import pytest
from django.conf import settings

from kordon.journal.files import FileMissing, keep, read_kept


def path_of(name):
    return Path(settings.KORDON_HOME) / "files" / name[:2] / name


def test_what_was_kept_is_read_again():
    name = keep(b"a photograph")
    assert name == hashlib.sha256(b"a photograph").hexdigest()
    assert read_kept(name) == b"a photograph"


def test_keeping_twice_is_keeping_once():
    name = keep(b"twice")
    made = path_of(name).stat().st_mtime_ns
    assert keep(b"twice") == name
    assert path_of(name).stat().st_mtime_ns == made
    assert [path.name for path in path_of(name).parent.iterdir()].count(name) == 1


def test_an_altered_file_is_not_read():
    name = keep(b"as it was")
    path_of(name).write_bytes(b"as it was not")
    with pytest.raises(FileMissing, match="not what its name says"):
        read_kept(name)


@pytest.mark.parametrize("name", ["0" * 64, "", "../../etc/passwd", "A" * 64, "0" * 63 + "\n"])
def test_a_name_that_is_none_is_refused(name):
    with pytest.raises(FileMissing):
        read_kept(name)
