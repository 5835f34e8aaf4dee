"""What may be asked about nodes."""

from kordon.network.queries.enrolling import (
    Enrolling,
    EnrolmentShown,
    NodeLine,
    find_enrolment,
    get_enrolment,
    list_enrolments,
)

__all__ = [
    "Enrolling",
    "EnrolmentShown",
    "NodeLine",
    "find_enrolment",
    "get_enrolment",
    "list_enrolments",
]
