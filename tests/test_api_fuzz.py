"""The machine door holds against a machine that sends anything, allowed by its description or not.

Every operation is called by a machine that holds every right. No answer may be an error of the
server, and every answer must be one that the description (OpenAPI 3.1) names.
"""

from datetime import timedelta
from uuid import uuid4

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from kordon.accounts.actors import hash_token
from kordon.accounts.facts import (
    AgencyRegistered,
    MachineEnrolled,
    Mode,
    PostRegistered,
    PostStatus,
    RoleDefined,
)
from kordon.journal.command import COMMANDS, QUERIES
from kordon.journal.writing import record, writing
from kordon.node.api import api

TOKEN = "kordon_fuzz_" + "x" * 40
BEARER = {"Authorization": f"Bearer {TOKEN}"}
# What the description allows may still be refused: an alert without a legal basis.
REFUSED_BY_RULES = positive_data_acceptance
EXAMPLES = 8  # of each operation; the seed is fixed, so a failure comes back


SCHEMA = schemathesis.openapi.from_dict(api.get_openapi_schema(path_prefix="/api/v1/"))
SCHEMA.app = get_wsgi_application()
OPERATIONS = [found.ok() for found in SCHEMA.get_all_operations()]


@pytest.fixture
def one_connection():
    """The test's own transaction outlives each request, as in Django's own test client."""
    for ended in (request_started, request_finished):
        ended.disconnect(close_old_connections)
    yield
    for ended in (request_started, request_finished):
        ended.connect(close_old_connections)


@pytest.fixture
def machine(ada, one_connection):
    """A machine at the post NORTH that holds every right."""
    with writing():
        record(AgencyRegistered(agency="BORDER", name="Border Service", own=True), by=ada)
        record(
            PostRegistered(
                post="NORTH",
                name="North Gate",
                agency="BORDER",
                mode=Mode.ROAD,
                status=PostStatus.INTERNATIONAL,
                neighbour="KGZ",
                time_zone="Asia/Almaty",
            ),
            by=ada,
        )
        rights = tuple(sorted((*COMMANDS, *QUERIES)))
        record(RoleDefined(role="machine_all", title="All", description="", rights=rights), by=ada)
        record(
            MachineEnrolled(
                machine=uuid4(),
                name="Fuzz",
                agency="BORDER",
                post="NORTH",
                role="machine_all",
                token_hash=hash_token(TOKEN),
                until=timezone.localdate() + timedelta(days=2),
            ),
            by=ada,
        )


def test_the_description_is_of_the_version_we_promise():
    assert api.get_openapi_schema()["openapi"].startswith("3.1")


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.label)
def test_every_answer_is_one_that_was_promised(machine, operation):
    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def ask(case):
        case.call_and_validate(headers=BEARER, excluded_checks=[REFUSED_BY_RULES])

    ask()
