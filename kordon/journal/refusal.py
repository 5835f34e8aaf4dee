"""Refusals: the system says no, and says why. Anything else raised is a bug."""


class Refusal(Exception):
    """A rule forbids it. ``code`` is for machines, the text for the officer."""

    code = "refused"
    status = 409


class NotPermitted(Refusal):
    """The actor lacks the right of this name."""

    code = "not_permitted"
    status = 403


class NotFound(Refusal):
    """There is no such thing, or none that this actor may see."""

    code = "not_found"
    status = 404
