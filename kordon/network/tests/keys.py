"""What is done when headquarters is given another key, for several tests."""

import dataclasses
from uuid import uuid4

from kordon.accounts.facts import AgencyRegistered
from kordon.journal.nodes import keys_of
from kordon.journal.verifying import export_heads, verify
from kordon.journal.writing import record, writing
from kordon.measure.nodes import EVERYTHING
from kordon.network import commands, queries, steps, succeeding
from kordon.network.desk import Headquarters

ANNA = dataclasses.replace(EVERYTHING, id=uuid4(), name="Anna")
BORIS = dataclasses.replace(EVERYTHING, id=uuid4(), name="Boris")


def approve(by):
    seen = queries.get_next_key(by=by).fingerprint
    return commands.approve_next_key(by=by, fingerprint=seen)


def decide():
    """Both persons have decided; the key is not in use yet."""
    commands.offer_next_key(by=ANNA)
    approve(ANNA)
    return approve(BORIS)


def rotate(hq):
    with hq.here():
        decide()
        succeeding.finish()


def register(hq, *names):
    with hq.here(), writing():
        for name in names:
            record(AgencyRegistered(agency=name, name=name), by=EVERYTHING)


def catch_up(post, hq, size=500):
    """All that headquarters has for the post, in the steps of its engine."""
    while True:
        with post.here():
            after = steps.cursor("all")
        with hq.here():
            packed = Headquarters().give(post.name, "all", after)
        if not packed:
            return
        with post.here():
            steps.take(packed)


def believed(post):
    with post.here():
        return keys_of("HQ")


def faults(node):
    with node.here():
        return verify(export_heads()).faults
