"""Passwords: made, hashed (Argon2id), examined, and never kept otherwise."""

import secrets
import threading
from collections.abc import Collection

from django.contrib.auth import hashers, password_validation
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from kordon.accounts.rules import WeakPassword

# Each Argon2 run needs 100 MiB: a crowd at the change of shifts must not need 2 GB.
_turns = threading.BoundedSemaphore(4)

LONGEST = 256
ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Without I, O, 0 and 1, which are mistaken for one another."""

_VALIDATION = "django.contrib.auth.password_validation"
_VALIDATORS = password_validation.get_password_validators(
    [
        {"NAME": f"{_VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
        {"NAME": f"{_VALIDATION}.CommonPasswordValidator"},
        {"NAME": f"{_VALIDATION}.NumericPasswordValidator"},
    ]
)


def hash_password(password: str) -> str:
    """The Argon2id hash, as kept in facts."""
    with _turns:
        return hashers.make_password(password, hasher="argon2")


def fits(password: str, hashed: str) -> bool:
    """Whether the password is the hashed one. Takes as long for an empty ``hashed``."""
    if len(password) > LONGEST:
        return False
    with _turns:
        if not hashed:
            hashers.make_password(password, hasher="argon2")
            return False
        return hashers.check_password(password, hashed)


def check_strength(password: str, *, words: Collection[str] = ()) -> None:
    """``words``: the person's login and names. Raises ``WeakPassword`` with every reason."""
    try:
        password_validation.validate_password(password, password_validators=_VALIDATORS)
        reasons: list[str] = []
    except ValidationError as error:
        reasons = list(error.messages)
    reasons += _own_reasons(password, words)
    if reasons:
        raise WeakPassword(reasons)


def new_code() -> str:
    """A one-time code of 60 random bits: ``K7QM-2RXA-9TVC``."""
    return "-".join("".join(secrets.choice(ALPHABET) for _digit in range(4)) for _group in range(3))


def clean_code(typed: str) -> str:
    """A one-time code however it was typed: small letters, spaces, no hyphens."""
    plain = "".join(typed.upper().replace("-", "").split())
    return "-".join(plain[at : at + 4] for at in range(0, len(plain), 4))


def new_token() -> str:
    """The secret of a machine: 256 random bits."""
    return f"kordon_{secrets.token_urlsafe(32)}"


def _own_reasons(password: str, words: Collection[str]) -> list[str]:
    reasons = []
    if len(password) > LONGEST:
        reasons.append(_("The password is too long."))
    parts = {part.lower() for word in words for part in word.split() if len(part) >= 4}
    if any(part in password.lower() for part in parts):
        reasons.append(_("The password contains your name or login."))
    return reasons
