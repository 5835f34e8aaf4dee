"""Refusals of this room in words."""

from django.utils.translation import gettext

from kordon.journal.refusal import Refusal


def say_refusal(refusal: Refusal) -> str:
    return gettext(str(refusal))
