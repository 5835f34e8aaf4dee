"""Sessions of browsers: as the framework keeps them in the database, found by a question that is
compiled once, since every request asks it."""

from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import CharField, DateTimeField, QuerySet
from django.utils import timezone

from kordon.journal.compiled import compiled


class SessionStore(db.SessionStore):
    def _get_session_from_db(self) -> Session | None:
        for row in _kept(key=self.session_key or "", now=timezone.now()):
            return row
        self._session_key = None
        return None


@compiled(key=CharField(), now=DateTimeField())
def _kept(key: Any, now: Any) -> QuerySet[Session]:
    return Session.objects.filter(session_key=key, expire_date__gt=now)
