"""How far a machine has come on its way to become a node, as people read it."""

from django.utils.translation import pgettext_lazy

ENROLMENT_STATES = {
    "invited": pgettext_lazy("enrolment", "Invited: the code was not used yet"),
    "expired": pgettext_lazy("enrolment", "The code is too old"),
    "asked": pgettext_lazy("enrolment", "Waits for two persons"),
    "approved_once": pgettext_lazy("enrolment", "Waits for the second person"),
    "enrolled": pgettext_lazy("enrolment", "Enrolled"),
    "rejected": pgettext_lazy("enrolment", "Turned away"),
}
NODE_KINDS = {
    "hq": pgettext_lazy("node", "Headquarters"),
    "post": pgettext_lazy("node", "Post"),
    "portal": pgettext_lazy("node", "Portal"),
}


def say_enrolment(state: str) -> str:
    return str(ENROLMENT_STATES.get(state, state))


def say_kind(kind: str) -> str:
    return str(NODE_KINDS.get(kind, kind))
