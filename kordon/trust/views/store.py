"""The trust store as it is: by state, its certificates, what waits and what was."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from kordon.accounts.doors import SignedRequest, needs
from kordon.trust import queries, words
from kordon.trust.believing import SealSigner
from kordon.trust.comparing import StateChange
from kordon.trust.forms import ReasonForm
from kordon.trust.showing import show_change
from kordon.ui.words import moment, written

SHOWN = 100


@needs("trust.list_states")
def list_states(request: SignedRequest) -> HttpResponse:
    it = queries.list_states(by=request.actor)
    context = {
        "it": it,
        "version": show_version(it.version) if it.version else None,
        "states": [
            {
                "code": one.state,
                "name": words.state_name(one.state),
                "line": one,
                "until": written(one.next_end) if one.next_end else "–",
            }
            for one in it.states
        ],
        "sources": [
            {
                "name": row.name,
                "shown": words.source_name(row.name),
                "title": row.title,
                "as_of": written(row.signed_at) if row.signed_at else "–",
                "pin": row.pin_subject,
                "count": count,
                "change": row.change,
            }
            for row, count in it.sources
        ],
        "signers": show_signers(it.seal_signers),
        "revocations": [
            {
                "row": row,
                "issued": written(row.issued),
                "due": written(row.next_due) if row.next_due else "–",
                "late": row.next_due is not None and row.next_due < timezone.now(),
            }
            for row in it.revocations
        ],
        "exceptions": [
            (code, words.state_name(code), number)
            for code, number in sorted(it.policy.by_state.items())
        ],
        "reason_form": ReasonForm(),
    }
    return render(request, "trust/store.html", context)


@needs("trust.get_state")
def get_state(request: SignedRequest, state: str) -> HttpResponse:
    found = queries.get_state(by=request.actor, state=state)
    context = {
        "code": state.upper(),
        "name": words.state_name(state.upper()),
        "certificates": [show_certificate(one) for one in found],
    }
    return render(request, "trust/state.html", context)


@needs("trust.get_certificate")
def get_certificate(request: SignedRequest, fingerprint: str) -> HttpResponse:
    return certificate_page(request, fingerprint)


@needs("trust.list_changes")
def history(request: SignedRequest) -> HttpResponse:
    changes = queries.list_changes(by=request.actor)[:SHOWN]
    context = {"changes": [show_change(row) for row in changes], "shown": SHOWN}
    return render(request, "trust/history.html", context)


@needs("trust.get_change")
def get_change(request: SignedRequest, change: UUID) -> HttpResponse:
    return change_page(request, change)


def change_page(request: SignedRequest, change: UUID, *, refused: Any = None) -> HttpResponse:
    """A change with the difference it makes and, for another officer, the decision."""
    it = queries.get_change(by=request.actor, change=change)
    context = {
        "it": it,
        "change": show_change(it.row),
        "states": show_difference(it.states),
        "broken": it.broken[:SHOWN],
        "signers": show_signers(it.signers),
        "reason_form": ReasonForm(),
        "refused": refused,
    }
    return render(request, "trust/change.html", context, status=422 if refused else 200)


def certificate_page(
    request: SignedRequest, fingerprint: str, *, refused: Any = None
) -> HttpResponse:
    """A certificate, who lists it, and for those who may the wish to trust it no more."""
    it = queries.get_certificate(by=request.actor, fingerprint=fingerprint)
    context = {
        "it": it,
        "one": show_certificate(it),
        "name": words.state_name(it.row.state),
        "reason_form": refused or ReasonForm(),
        "refused": refused,
    }
    return render(request, "trust/certificate.html", context, status=422 if refused else 200)


def show_certificate(it: queries.CertificateRead) -> dict[str, Any]:
    """A certificate in words."""
    row = it.row
    return {
        "row": row,
        "from": written(row.not_before),
        "until": written(row.not_after),
        "over": is_over(row),
        "belief": words.BELIEFS[it.belief],
        "badge": words.BELIEF_BADGES.get(it.belief, "k-look"),
        "listed": [(words.source_name(name), words.STANDINGS[how]) for name, how in it.listed],
        "sources": ", ".join(words.source_name(name) for name, _ in it.listed),
    }


def show_signers(signers: tuple[SealSigner, ...]) -> list[dict[str, Any]]:
    """Signers of seals with the end of their certificates."""
    return [
        {"it": one, "until": written(one.row.not_after), "over": is_over(one.row)}
        for one in signers
    ]


def is_over(row: Any) -> bool:
    """Whether a certificate is not valid any more."""
    return bool(row.not_after < timezone.now())


def show_version(version: Any) -> dict[str, Any]:
    """A version of the store: number, digest, since when, how old its oldest list is."""
    return {
        "number": version.number,
        "digest": version.digest,
        "since": moment(version.at),
        "as_of": written(version.as_of),
    }


def show_difference(states: tuple[StateChange, ...]) -> list[dict[str, Any]]:
    """The states in which anything changes."""
    return [
        {"name": words.state_name(one.state), "it": one}
        for one in states
        if one.added or one.removed
    ]
