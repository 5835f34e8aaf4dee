"""Who may be given what, and who may sit where. Plain values in, plain values out."""

import hashlib
import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from kordon.accounts.facts import PersonPosted
from kordon.journal.fact import to_body
from kordon.journal.refusal import NotFound, Refusal

LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{1,39}")
CODE = re.compile(r"[A-Z0-9][A-Z0-9._-]{0,31}")
ROLE = re.compile(r"[a-z][a-z0-9_]{1,47}")


def _(text: str) -> str:
    """Mark for translation; pages translate when they show it."""
    return text


class Said(Refusal):
    """A refusal in a sentence, and what it is about: only the sentence is translated."""

    def __init__(self, text: str, about: str = "") -> None:
        super().__init__(f"{text} {about}".strip())
        self.text, self.about = text, about


class BadLogin(Said):
    code = "bad_login"


class LoginTaken(Said):
    code = "login_taken"


class BadCode(Said):
    code = "bad_code"


class BadValue(Said):
    """Something that was typed cannot be."""

    code = "bad_value"


class NameMissing(Said):
    code = "name_missing"


class StillInUse(Said):
    code = "still_in_use"


class OwnRights(Said):
    """Nobody changes what they themselves may do."""

    code = "own_rights"
    status = 403


class RightNotHeld(Said):
    """Nobody gives a right they neither hold nor hold in trust."""

    code = "right_not_held"
    status = 403


class UnknownRight(Said):
    code = "unknown_right"


class AlreadyBegun(Said):
    """There are people already: nobody becomes the first administrator."""

    code = "already_begun"


class WrongCredentials(Said):
    """Login and password do not fit, or this person may not sign in. Which, is not said."""

    code = "wrong_credentials"
    status = 401


class TryLater(Refusal):
    """Too many wrong passwords; ``seconds`` until the next one is looked at."""

    code = "try_later"
    status = 429

    def __init__(self, seconds: int) -> None:
        super().__init__(_("Too many wrong passwords. Wait before you try again."))
        self.seconds = seconds


class WeakPassword(Refusal):
    """``reasons`` are sentences for the person who chose it."""

    code = "weak_password"
    status = 422

    def __init__(self, reasons: Collection[str]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = tuple(reasons)


class NoPost(Said):
    """The actor works at no post now, so there is no booth to take or to free."""

    code = "no_post"


class BoothOccupied(Said):
    """Another officer works at this booth."""

    code = "booth_occupied"


class BoothEmpty(Said):
    code = "booth_empty"


@dataclass(frozen=True, kw_only=True)
class RoleRights:
    """What a role lets its holder do, and which roles it lets them give."""

    rights: frozenset[str]
    gives: frozenset[str] = frozenset()


def reach(role: RoleRights, roles: Mapping[str, RoleRights]) -> frozenset[str]:
    """Every right that can come from holding ``role``: its own, and those it may give on."""
    found, seen, ahead = set(role.rights), set[str](), list(role.gives)
    while ahead:
        if (name := ahead.pop()) in seen or name not in roles:
            continue
        seen.add(name)
        found |= roles[name].rights
        ahead += roles[name].gives
    return frozenset(found)


def check_may_give(
    wanted: RoleRights, *, held: frozenset[str], roles: Mapping[str, RoleRights]
) -> None:
    """``held`` is all the giver holds, in trust or for themselves. Raises ``RightNotHeld``."""
    if lacking := reach(wanted, roles) - held:
        raise RightNotHeld(
            _("You cannot give rights that you do not hold yourself:"),
            ", ".join(sorted(lacking)[:5]),
        )


def check_not_oneself(*, by: UUID, person: UUID) -> None:
    """Raises ``OwnRights``."""
    if by == person:
        raise OwnRights(_("Nobody changes their own roles or access; ask a colleague."))


def clean_login(text: str) -> str:
    """The login as kept: lower case, plain letters, digits and ``. _ -``. Raises ``BadLogin``."""
    login = unicodedata.normalize("NFKC", text).strip().lower()
    if not LOGIN.fullmatch(login):
        raise BadLogin(
            _("A login has 2 to 40 characters: Latin letters, digits, dot, hyphen, underscore.")
        )
    return login


def clean_code(text: str) -> str:
    """A code as kept: capital Latin letters, digits and ``. _ -``. Raises ``BadCode``."""
    code = text.strip().upper()
    if not CODE.fullmatch(code):
        raise BadCode(
            _("A code has 1 to 32 characters: Latin letters, digits, dot, hyphen, underscore.")
        )
    return code


def clean_role(text: str) -> str:
    """The name of a role as kept. Raises ``BadCode``."""
    role = text.strip().lower()
    if not ROLE.fullmatch(role):
        raise BadCode(_("The name of a role has small Latin letters, digits and underscores."))
    return role


def clean_name(text: str, *, longest: int = 120) -> str:
    """A name on one line, not empty. Raises ``NameMissing`` or ``BadValue``."""
    name = " ".join(unicodedata.normalize("NFC", text).split())
    if not name:
        raise NameMissing(_("A name is needed."))
    if len(name) > longest or not name.isprintable():
        raise BadValue(_("This name is too long or has characters that cannot be printed."))
    return name


def check_days(since: date, until: date | None) -> None:
    """Raises ``BadValue``."""
    if until is not None and until < since:
        raise BadValue(_("The last day is before the first."))


def check_place(latitude: float | None, longitude: float | None) -> None:
    """Degrees of WGS 84, both or none. Raises ``BadValue``."""
    if (latitude is None) != (longitude is None):
        raise BadValue(_("A place needs both latitude and longitude."))
    if latitude is None or longitude is None:
        return
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise BadValue(_("Latitude is between -90 and 90, longitude between -180 and 180."))


def check_booth_free(*, taken_by: UUID | None, alive: bool, by: UUID, name: str) -> None:
    """One officer at one booth. Raises ``BoothOccupied``."""
    if taken_by is not None and taken_by != by and alive:
        raise BoothOccupied(_("Another officer works at this booth:"), name)


class NoSuchThing(Said, NotFound):
    """What was named is not there."""


def digest_of(told: PersonPosted) -> str:
    """What a post is told of somebody, as one word: the same as long as nothing changed."""
    return hashlib.sha256(to_body(replace(told, version=0))).hexdigest()
