"""The protocol of a chip's verification in words: its steps, results and outcome."""

from typing import Any

from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

OUTCOMES = {
    "VERIFIED": pgettext_lazy("chip", "Verified"),
    "NOT_VERIFIABLE": pgettext_lazy("chip", "Not verifiable"),
    "FAILED": pgettext_lazy("chip", "Failed"),
}
OUTCOME_LEVELS = {"VERIFIED": "fine", "NOT_VERIFIABLE": "note", "FAILED": "stop"}
OUTCOME_MEANS = {
    "VERIFIED": _("Signed by the state's authority, and unchanged."),
    "NOT_VERIFIABLE": _("Nothing speaks against it, but trust material or means are lacking."),
    "FAILED": _("Something speaks against it. That is no ground for refusal by itself."),
}
STEPS = {
    "READ": _("The signed file is there and whole"),
    "OBJECT": _("It holds signed digests"),
    "SIGNER": _("The signer's certificate"),
    "ATTRIBUTES": _("What was signed with it"),
    "SIGNATURE": _("The signature"),
    "CHAIN": _("The path to a trusted authority"),
    "VALIDITY": _("Valid when it was signed"),
    "REVOCATION": _("Not revoked"),
    "USAGE": _("A signer of such documents"),
    "HASHES": _("The files are those that were signed"),
    "COMMON": _("The list of files"),
    "COUNTRY": _("One state throughout"),
    "ZONE": _("The printed zone is that of the chip"),
    "DEFECTS": _("Known defects"),
}
RESULTS = {
    "PASSED": _("passed"),
    "REMARK": _("remark"),
    "ACCEPTED": _("accepted by a rule"),
    "UNKNOWN": _("not known"),
    "FAILED": _("failed"),
    "NOT_DONE": _("not done"),
}
RESULT_BADGES = {"FAILED": "k-stop", "UNKNOWN": "k-look", "REMARK": "k-look"}
PROTOCOLS = {"active": _("Active Authentication"), "chip": _("Chip Authentication")}


def say_protocol(said: dict[str, Any]) -> dict[str, Any]:
    """A protocol for pages and print: numbered lines, outcome, and whom it was verified by."""
    outcome = said["outcome"]
    return {
        "outcome": str(OUTCOMES[outcome]),
        "means": str(OUTCOME_MEANS[outcome]),
        "level": OUTCOME_LEVELS[outcome],
        "version": said["trust_version"],
        "digest": said["trust_digest"],
        "steps": [_step(one) for one in said["steps"]],
        "answers": [
            {
                "name": str(PROTOCOLS[one["protocol"]]),
                "outcome": str(OUTCOMES[one["outcome"]]),
                "code": one["code"],
                "text": one["text"],
            }
            for one in said["answers"]
        ],
        "path": said["path"],
        "digests": list(said["digests"].items()),
    }


def _step(one: dict[str, Any]) -> dict[str, Any]:
    note = f" {now('Rule:')} {one['note']}" if one["note"] else ""
    return {
        "number": one["number"],
        "name": str(STEPS[one["step"]]),
        "result": str(RESULTS[one["result"]]),
        "badge": RESULT_BADGES.get(one["result"], ""),
        "code": "" if one["code"] == "OK" else one["code"],
        "text": one["text"] + note,
        "group": f"DG{one['group']}" if one["group"] else "",
    }
