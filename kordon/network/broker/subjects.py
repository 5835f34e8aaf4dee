"""The subjects of the broker, and who may publish and hear what. Nowhere else are they spelled."""

import re

# A node's name is one word of a subject. What begins otherwise is HQ's own.
NODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
DOT = "~"  # stands in subjects for the dot that may be in the code of a post
EVERYBODY = "all"

STREAM, CONSUMER = "UP", "desk"
STORED = "up.*.>"  # what the stream UP keeps
PROBE = "up._hq.probe"  # HQ's own message through the store and back
CALLS = "ctl.up.*.*"
SCREEN, SCREENERS = "hq.screen", "screeners"  # HQ's screening on more machines, and its queue
SCREEN_INBOX = "_INBOX__screen"  # no node's: a node's name does not begin so
BEAT = f"live.{EVERYBODY}.beat"
NEWS_FOR_ALL = f"live.{EVERYBODY}.news"


class BadNode(ValueError):
    """Not the name a node can have on the broker."""


def check_node(node: str) -> str:
    """Raises ``BadNode``."""
    if not NODE.fullmatch(node) or node == EVERYBODY:
        raise BadNode(f"{node!r} cannot be the name of a node: letters, digits, '.', '-', '_'")
    return node


def word(node: str) -> str:
    """The node as one word of a subject. Raises ``BadNode``."""
    return check_node(node).replace(".", DOT)


def batches(node: str) -> str:
    return f"up.{word(node)}.j"


def call(node: str, name: str) -> str:
    return f"ctl.up.{word(node)}.{name}"


def answers(node: str) -> str:
    return f"live.{word(node)}.ack"


def news(node: str) -> str:
    return f"live.{word(node)}.news"


def inbox(node: str) -> str:
    return f"_INBOX_{word(node)}"


def node_of(subject: str) -> str:
    """Whom the server let publish on this subject. Raises ``BadNode``."""
    words = subject.split(".")
    at = 2 if words[0] == "ctl" else 1
    return check_node(words[at].replace(DOT, ".") if len(words) > at else "")


def may_publish(node: str) -> list[str]:
    return [f"up.{word(node)}.>", f"ctl.up.{word(node)}.>"]


def may_hear(node: str) -> list[str]:
    return [f"live.{EVERYBODY}.>", f"live.{word(node)}.>", f"{inbox(node)}.>"]


def may_share() -> list[str]:
    """What those who ask and answer screening requests may publish and hear: nothing else."""
    return [SCREEN, f"{SCREEN_INBOX}.>"]
