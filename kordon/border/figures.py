"""Figures of the border for monitoring: how much was done at each post in the last hour."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Count
from django.utils import timezone

from kordon.accounts.queries import get_operator, list_posts
from kordon.border.models import Check, Crossing
from kordon.network.doors import Figure, figures

HOUR = timedelta(hours=1)


@figures
def of_the_last_hour() -> Iterator[Figure]:
    """Checks and crossings per post; the index by post and time keeps it cheap."""
    since = timezone.now() - HOUR
    posts = [post.code for post in list_posts(by=get_operator())]
    checks = Check.objects.filter(post__in=posts, at__gte=since)
    crossings = Crossing.objects.filter(post__in=posts, crossed_at__gte=since)
    kept = crossings.exclude(status=Crossing.Status.UNDONE)
    counted = {
        "kordon_checks_last_hour": ("Travellers checked in the last hour.", checks),
        "kordon_crossings_last_hour": ("Crossings recorded in the last hour.", kept),
    }
    for name, (what, rows) in counted.items():
        for post, number in rows.values_list("post").annotate(number=Count("pk")).order_by("post"):
            yield Figure(name=name, help=what, value=number, labels={"post": post})
