"""A full disk is remembered until something is written again."""

import errno

import pytest
from django.db import OperationalError

from kordon.journal import fulldisk
from kordon.journal.writing import writing


def full():
    error = OperationalError("could not extend file: No space left on device")
    error.__cause__ = type("Full", (Exception,), {"sqlstate": "53100"})()
    return error


@pytest.mark.django_db(transaction=True)
def test_a_full_disk_is_remembered_until_something_is_written():
    assert fulldisk.full_since() is None
    with pytest.raises(OperationalError), writing():
        raise full()
    since = fulldisk.full_since()
    assert since is not None
    with pytest.raises(OperationalError), writing():
        raise full()
    assert fulldisk.full_since() == since, "since when, not when last"
    with writing():
        pass
    assert fulldisk.full_since() is None
    assert fulldisk.was_full(), "until somebody has recorded it"
    fulldisk.note_recorded()
    assert not fulldisk.was_full()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "error", [OperationalError("database is locked"), ValueError("no"), OSError(errno.ENOSPC, "x")]
)
def test_nothing_else_is_remembered(error):
    """A kept file has no room: that is no word about the database's disk."""
    with pytest.raises(type(error)), writing():
        raise error
    assert fulldisk.full_since() is None
