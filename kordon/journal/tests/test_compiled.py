"""A question compiled once answers as the queryset it was made of, whatever is asked."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db.models import CharField, DateTimeField, UUIDField

from kordon.journal.compiled import compiled
from kordon.journal.models import Body, Entry
from kordon.journal.tests.conftest import OFFICER  # noqa: F401
