"""What accounts does again and again."""

from django.contrib.sessions.backends.db import SessionStore

from kordon.journal.duties import duty


@duty(every_s=3600)
def clear_sessions() -> None:
    """Forget browser sessions that have run out."""
    SessionStore.clear_expired()
