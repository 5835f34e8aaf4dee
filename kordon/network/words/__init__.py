"""What the network room says, in the reader's language."""

from kordon.network.words.enrolling import say_enrolment, say_kind
from kordon.network.words.refusals import say_refusal
from kordon.network.words.states import NODE_STATES, say_state
from kordon.network.words.troubles import NAMES, say_trouble

__all__ = [
    "NAMES",
    "NODE_STATES",
    "say_enrolment",
    "say_kind",
    "say_refusal",
    "say_state",
    "say_trouble",
]
