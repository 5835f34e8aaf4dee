"""Utopia's authorities, lists signed by an invented publisher, and pages opened as somebody."""

from datetime import timedelta
from functools import cache
from uuid import uuid4

import pytest
from django.contrib.messages.storage.cookie import CookieStorage
from django.urls import resolve

from kordon.lib.traveldocs.chip.tests import authority as a
from kordon.trust import commands

LISTS = a.extended_usage("2.23.136.1.1.3")
PUBLISHER = a.Authority(country="XP", number=50, common="Publisher CSCA")
SIGNER = PUBLISHER.signer(more=(LISTS,))
UTOPIA = a.Authority()
SECOND = a.Authority(country="XX", number=2, common="Second CSCA")
LATER = a.SIGNED + timedelta(days=30)


def listed(*certificates, signer=SIGNER, at=a.SIGNED):
    """A master list; beside its content stand its signer and the signer's authority."""
    enclosed = (signer.certificate(), signer.authority.certificate())
    return a.master_list(signer, certificates, signed_at=at, enclosed=enclosed)


@cache
def own(authority):
    """Its own certificate, the same octets every time."""
    return authority.certificate()


def self_signed(*authorities):
    return [own(one) for one in authorities]


@pytest.fixture
def offer(ada):
    """Offer a list as Ada; it waits."""

    def make(content=None, *, source="XP", **wishes):
        content = content or listed(*self_signed(UTOPIA, SECOND))
        given = {"title": "List of the publisher", "file": ("list.ml", content)}
        return commands.offer_master_list(
            by=ada, change=uuid4(), source=source, **(given | wishes)
        ).id

    return make


@pytest.fixture
def in_force(offer, ben):
    """Offer a list and have it approved."""

    def make(content=None, **wishes):
        change = offer(content, **wishes)
        return commands.approve_change(by=ben, change=change).id

    return make


@pytest.fixture
def visit(rf, settings):
    """Open a page, or send its form, as somebody."""
    settings.KORDON_STRIP = []

    def open_page(actor, address, send=None):
        request = rf.get(address) if send is None else rf.post(address, send)
        request.actor, request.session = actor, {}
        request._messages = CookieStorage(request)
        found = resolve(request.path)
        return found.func(request, *found.args, **found.kwargs)

    return open_page
