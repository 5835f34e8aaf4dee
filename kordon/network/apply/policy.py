"""The rules of age as they stand."""

from kordon.journal.models import Entry
from kordon.journal.writing import applies
from kordon.network.facts import PolicySet
from kordon.network.models import Policy


@applies(PolicySet)
def policy_set(it: PolicySet, entry: Entry) -> None:
    Policy.objects.update_or_create(
        id=1,
        defaults={
            "link_warn": it.link.warn_after_hours,
            "link_second_line": it.link.second_line_after_hours,
            "lists_warn": it.lists.warn_after_hours,
            "lists_second_line": it.lists.second_line_after_hours,
            "set_at": entry.at,
            "set_by_name": entry.by_name,
        },
    )
