"""What accounts does again and again."""

from django.contrib.sessions.backends.db import SessionStore

from kordon.accounts.commands import tell_lapsed
from kordon.journal.actor import Actor
from kordon.journal.channels import is_headquarters
from kordon.journal.command import COMMANDS, QUERIES
from kordon.journal.duties import duty
from kordon.journal.reacting import SYSTEM


@duty(every_s=3600)
def clear_sessions() -> None:
    """Forget browser sessions that have run out."""
    SessionStore.clear_expired()


@duty(every_s=3600)
def tell_of_lapsed_postings() -> None:
    """Let posts forget those whose last day there has passed."""
    if is_headquarters():
        tell_lapsed(by=Actor(id=SYSTEM, name="system", rights=frozenset((*COMMANDS, *QUERIES))))
