"""A small demonstration, made once for the tests of a file and taken back after them."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings as node
from django.db import transaction

from kordon.node.demo import marker
from kordon.node.demo.seed import Seeded, Size, seed

SMALL = Size(alerts=400, documents=60, vehicles=20, crossings=600)


@dataclass(frozen=True)
class World:
    seeded: Seeded
    home: Path


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    home = Path(node.KORDON_HOME)
    with django_db_blocker.unblock(), transaction.atomic():
        yield World(seed(size=SMALL), home)
        transaction.set_rollback(True)
    (home / marker.FILE).unlink()


@pytest.fixture
def demo_pages(world, settings):
    """The settings of a node that holds a demonstration."""
    settings.INSTALLED_APPS = ["kordon.node.demo", *settings.INSTALLED_APPS]
    processors = settings.TEMPLATES[0]["OPTIONS"]["context_processors"]
    processors = [*processors, "kordon.node.demo.context.banner"]
    options = settings.TEMPLATES[0]["OPTIONS"] | {"context_processors": processors}
    settings.TEMPLATES = [settings.TEMPLATES[0] | {"OPTIONS": options}]
    settings.ROOT_URLCONF = "kordon.node.demo.tests.urls"
    settings.MIDDLEWARE = list(settings.MIDDLEWARE)
    return world
