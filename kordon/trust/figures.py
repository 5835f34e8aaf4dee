"""Figures of the trust store for monitoring: its version, and how old its lists are."""

from collections.abc import Iterator

from django.utils import timezone

from kordon.network.doors import Figure, figures
from kordon.trust.models import Source, Version


@figures
def of_the_store() -> Iterator[Figure]:
    """A post whose version stays behind headquarters' has not heard of a change."""
    newest = Version.objects.order_by("-number").first()
    yield Figure(
        name="kordon_trust_version",
        help="Number of the version of the trust store in force; 0: nothing was ever approved.",
        value=newest.number if newest else 0,
    )
    now = timezone.now()
    rows = Source.objects.filter(direct=False, signed_at__isnull=False).order_by("name")
    for source in rows:
        assert source.signed_at is not None
        yield Figure(
            name="kordon_trust_list_age_seconds",
            help="Age of a master list in force, from the moment it was signed.",
            value=(now - source.signed_at).total_seconds(),
            labels={"list": source.name},
        )
