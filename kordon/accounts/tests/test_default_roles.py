"""The roles a node begins with."""

from kordon.accounts import words
from kordon.accounts.default_roles import (
    ADMINISTRATOR,
    CONSOLE,
    EVERYBODY,
    OFFICERS_ONLY,
    VISITOR,
    default_roles,
    fixed_rights,
    named_rights,
)
from kordon.journal.command import COMMANDS, QUERIES

OURS = {right for right in (*COMMANDS, *QUERIES) if right.startswith(("accounts.", "journal."))}


def rights_of(code):
    return next(role.rights for role in default_roles() if role.code == code)


def test_every_right_of_accounts_is_held_by_somebody():
    assert OURS - named_rights() == set()


def test_no_right_is_named_that_does_not_exist():
    named = {right for right in named_rights() if right.startswith(("accounts.", "journal."))}
    assert named - OURS == set()


def test_every_title_can_be_translated():
    titles = {str(title) for title in words.ROLE_TITLES}
    assert {role.title for role in default_roles()} == titles


def test_who_administers_sees_no_traveller_and_no_alert():
    seen = [r for r in rights_of(ADMINISTRATOR) if r.startswith(("border.", "watchlist."))]
    assert seen == []


def test_who_audits_changes_nothing():
    assert not rights_of("auditor") & set(COMMANDS)


def test_what_is_for_the_console_nobody_else_holds():
    held = frozenset().union(*(role.rights for role in default_roles()))
    assert not fixed_rights(CONSOLE) & (held | fixed_rights(EVERYBODY) | fixed_rights(VISITOR))


def test_what_is_for_officers_the_console_lacks():
    assert not fixed_rights(OFFICERS_ONLY) & fixed_rights(CONSOLE)
