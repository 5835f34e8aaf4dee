"""What runs inside the node of ``test_nodes``: two posts enrolled, one well, one silent."""

from datetime import timedelta

GIB = 1024**3
LISTS = [
    {"title": "UN consolidated list", "as_of": "2026-11-01"},
    {"title": "OFAC SDN", "as_of": "2026-11-20"},
]


def enrol_posts() -> None:
    """Every post of the demonstration is a node; the airport has been silent for a while."""
    from django.utils import timezone  # noqa: PLC0415  (only the child has a node)

    from kordon.journal.facts import NodeEnrolled, NodeKind  # noqa: PLC0415
    from kordon.journal.writing import record, writing  # noqa: PLC0415
    from kordon.measure.nodes import EVERYTHING  # noqa: PLC0415
    from kordon.network import duties, scratch  # noqa: PLC0415

    told = {"version": "0.1.0", "up": 0, "disk_free": 60 * GIB, "disk_total": 100 * GIB}
    for node, minutes in (("AKSUU", -60), ("SARYTAL", 55)):
        key = node.encode().hex().ljust(64, "0")
        what = NodeEnrolled(node=node, node_kind=NodeKind.POST, incarnation=1, public_key=key)
        with writing():
            record(what, by=EVERYTHING)
        at = timezone.now() - timedelta(minutes=minutes)
        scratch.note_told(node, told | {"lists": LISTS}, at=at, clock_offset_ms=-120)
    duties.watch()


def cut_off() -> None:
    """This node heard from headquarters four days ago, and has stopped."""
    from django.utils import timezone  # noqa: PLC0415

    from kordon.network import scratch  # noqa: PLC0415

    then = timezone.now() - timedelta(days=4)
    scratch.note_link(at=then, up=True, contact_at=then, current_at=then)
    scratch.note_link(at=then, up=False, stopped="diverged")
