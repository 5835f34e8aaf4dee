"""A change of the trust store as pages show it."""

from datetime import datetime
from typing import Any

from kordon.trust import words
from kordon.trust.rules import SEALS
from kordon.ui.words import moment


def show_change(row: Any) -> dict[str, Any]:
    """What was asked for, by whom, and what became of it."""
    said = row.said
    return {
        "id": row.id,
        "kind": words.KINDS[row.kind],
        "about": _about(row.kind, said),
        "status": words.STATUSES[row.status],
        "badge": words.BADGES.get(row.status, ""),
        "asked": f"{moment(row.asked_at)} · {row.asked_by_name}",
        "decided": f"{moment(row.decided_at)} · {row.decided_by_name}" if row.decided_at else "",
        "alone": row.alone,
        "reason": row.reason,
        "version": row.version,
        "waits": row.status == "pending",
        "said": said,
        "why": said.get("ground") or said.get("reason", ""),
        "counts": [(words.COUNTS[name], n) for name, n in said.get("counts", {}).items()],
        "moments": {
            name: moment(datetime.fromisoformat(said[name]))
            for name in ("signed_at", "issued", "next_due")
            if said.get(name)
        },
    }


def _about(kind: str, said: dict[str, Any]) -> str:
    if kind == "policy":
        states = ", ".join(f"{state} {n}" for state, n in said["by_state"].items())
        return f"{said['quorum']}" + (f" ({states})" if states else "")
    if kind in {"distrust", "trust_again"}:
        return str(said["subject"])
    if kind == "revocation_list":
        return str(said["issuer"])
    name = words.source_name(said.get("source", SEALS))
    return f"{name} · {said['title']}" if said.get("title") else name
