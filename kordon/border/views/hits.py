"""Hits: the owner's list and one hit, what is due for who is on duty, the times of categories."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from kordon.accounts.doors import SignedRequest, needs
from kordon.border import commands, queries
from kordon.border import words as border_words
from kordon.border.facts import Identity
from kordon.border.hit_crossing import leaves_no_trace
from kordon.border.place import post_names
from kordon.border.rules.hits import USUAL
from kordon.border.views.beside import beside
from kordon.border.views.hit_forms import (
    AcknowledgeForm,
    CloseForm,
    MessageForm,
    PolicyForm,
    TimesForm,
)
from kordon.border.words import hits as words
from kordon.border.words import say_refusal
from kordon.journal.actor import Actor
from kordon.journal.refusal import NotPermitted, Refusal


@never_cache
@require_GET
@needs("border.list_hits")
def hits(request: SignedRequest) -> HttpResponse:
    """Hits of the reader's agency, what is due first. Asked in part, the rows alone."""
    everything = request.GET.get("all") == "1"
    lines = queries.list_hits(by=request.actor, everything=everything)
    posts = post_names(request.actor)
    context = {"lines": [_line(line, posts) for line in lines], "everything": everything}
    return render(request, _part(request, "border/_hits.html", "border/hits.html"), context)


@never_cache
@require_GET
@needs("border.get_hit")
def hit(request: SignedRequest, hit: UUID) -> HttpResponse:
    """One hit, side by side, with all that was done about it."""
    return _page(request, hit)


@never_cache
@require_GET
@needs("border.list_hit_clocks")
def hit_clocks(request: SignedRequest) -> HttpResponse:
    """What is due about hits of all agencies; names nobody."""
    posts = post_names(request.actor)
    lines = [
        {
            "category": border_words.CATEGORIES.get(it.category, it.category),
            "kind": words.KINDS[it.kind],
            "owner": it.owner,
            "post": posts.get(it.post, it.post),
            "met_at": it.met_at,
            "stage": words.STAGES[it.due.stage],
            "due": words.say_due(it.due),
        }
        for it in queries.list_hit_clocks(by=request.actor)
    ]
    template = _part(request, "border/_hit_clocks.html", "border/hit_clocks.html")
    return render(request, template, {"lines": lines})


@never_cache
@needs("border.list_hit_times")
def hit_times(request: SignedRequest) -> HttpResponse:
    """The times of every category; who has the right sets those of one."""
    chosen = request.GET.get("category", "")
    known = queries.list_hit_times(by=request.actor)
    form = None
    if chosen in USUAL and request.actor.may("border.set_hit_clock"):
        form = TimesForm(request.POST or None, initial=vars(known[chosen]))
        if request.method == "POST" and form.is_valid():
            asked = form
            if _done(asked, lambda: _set(request.actor, chosen, asked)):
                messages.success(request, _("The times are set."))
                return redirect("border:hit_times")
    names = border_words.CATEGORIES
    context = {
        "lines": [(code, names.get(code, code), times) for code, times in known.items()],
        "form": form,
        "chosen": chosen,
        "chosen_name": names.get(chosen, ""),
    }
    status = 422 if form is not None and form.is_bound else 200
    return render(request, "border/hit_times.html", context, status=status)


@never_cache
@needs("border.list_earlier_searches")
def earlier_searches(request: SignedRequest) -> HttpResponse:
    """New alerts compared with who had crossed: how far it is, and how many days the law allows."""
    policy = queries.get_earlier_policy(by=request.actor)
    form = PolicyForm(request.POST or None, initial={"days": policy.days, "ground": policy.ground})
    if request.method == "POST":
        do = lambda: commands.set_earlier_policy(by=request.actor, **form.cleaned_data)  # noqa: E731
        if form.is_valid() and _done(form, do):
            messages.success(request, _("The days are set."))
            return redirect("border:earlier_searches")
    context = {
        "policy": policy,
        "form": form if request.actor.may("border.set_earlier_policy") else None,
        "searches": [
            {"about": words.say_about(it.about), "it": it}
            for it in queries.list_earlier_searches(by=request.actor)
        ],
    }
    status = 422 if form.is_bound else 200
    return render(request, "border/earlier_searches.html", context, status=status)


def _set(actor: Actor, category: str, form: TimesForm) -> None:
    commands.set_hit_clock(by=actor, category=category, times=form.times())


@never_cache
@require_POST
@needs("border.acknowledge_hit")
def acknowledge(request: SignedRequest, hit: UUID) -> HttpResponse:
    form = AcknowledgeForm(request.POST, auto_id="id_ack_%s")
    do = lambda: commands.acknowledge_hit(by=request.actor, hit=hit, **form.cleaned_data)  # noqa: E731
    return _deed(request, hit, ("acknowledge", form), do, _("Acknowledged."))


@never_cache
@require_POST
@needs("border.send_hit_message")
def tell(request: SignedRequest, hit: UUID) -> HttpResponse:
    """Ask the second line of the post, or say what to do."""
    form = MessageForm(request.POST, auto_id="id_tell_%s")
    do = lambda: commands.send_hit_message(by=request.actor, hit=hit, **form.cleaned_data)  # noqa: E731
    return _deed(request, hit, ("tell", form), do, _("Sent to the second line of the post."))


@never_cache
@require_POST
@needs("border.close_hit")
def close(request: SignedRequest, hit: UUID) -> HttpResponse:
    form = CloseForm(request.POST, auto_id="id_close_%s")
    do = lambda: commands.close_hit(by=request.actor, hit=hit, **form.cleaned_data)  # noqa: E731
    return _deed(request, hit, ("close", form), do, _("Closed."))


def _deed(
    request: SignedRequest,
    hit: UUID,
    asked: tuple[str, forms.Form],
    do: Callable[[], Any],
    done: str,
) -> HttpResponse:
    """Do one deed about a hit; on a no its page says why, and nothing typed is lost."""
    name, form = asked
    if form.is_valid() and _done(form, do):
        messages.success(request, done)
        return redirect("border:hit", hit)
    return _page(request, hit, {name: form}, status=422)


def _done(form: forms.Form, do: Callable[[], Any]) -> bool:
    try:
        do()
    except NotPermitted:
        raise
    except Refusal as no:
        form.add_error(None, say_refusal(no))
        return False
    return True


def _part(request: HttpRequest, part: str, whole: str) -> str:
    return part if request.headers.get("HX-Request") == "true" else whole


def _line(line: queries.HitLine, posts: dict[str, str]) -> dict[str, Any]:
    row, who = line.row, line.traveller or Identity()
    return {
        "id": row.pk,
        "category": border_words.CATEGORIES.get(row.category, row.category),
        "kind": words.KINDS[row.kind],
        "sure": row.strength == "stop",
        "strength": words.STRENGTHS.get(row.strength, ""),
        "name": f"{who.surname} {who.given_names}".strip(),
        "birth": who.birth,
        "nationality": who.nationality,
        "post": posts.get(row.post, row.post),
        "met_at": row.met_at,
        "status": words.STATUSES[row.status],
        "stage": words.STAGES[line.due.stage],
        "due": words.say_due(line.due),
        "result": words.RESULTS.get(row.result, ""),
    }


def _page(
    request: SignedRequest,
    hit: UUID,
    asked: dict[str, forms.Form] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    view = queries.get_hit(by=request.actor, hit=hit)
    posts = post_names(request.actor)
    line = queries.HitLine(row=view.row, due=view.due, traveller=view.identity)
    context = {
        "it": _line(line, posts),
        "row": view.row,
        "no_trace": leaves_no_trace(view.row),
        "who": view.identity,
        "match": view.match,
        "judged": border_words.JUDGEMENTS.get(view.match.judgement, "") if view.match else "",
        "check": view.check.fact if view.check else None,
        "crossing": view.crossing,
        "outcome": border_words.STATUSES[view.crossing.status] if view.crossing else "",
        "action": border_words.ACTIONS.get(view.found.action, "") if view.found else "",
        "beside": beside(view.found, view.identity) if view.found and view.identity else None,
        "messages_sent": [(words.WISHES[one.wish], one) for one in view.messages],
        **_forms(request.actor, view, asked or {}),
    }
    return render(request, "border/hit.html", context, status=status)


def _forms(
    actor: Actor, view: queries.HitView, asked: dict[str, forms.Form]
) -> dict[str, forms.Form]:
    """Forms of the deeds that are open; the one that was sent with what was typed."""
    status, row = view.row.status, view.row
    speaks = not leaves_no_trace(row) and view.crossing is not None
    open_deeds: list[tuple[str, bool, Callable[[], forms.Form]]] = [
        ("acknowledge", status == "open", lambda: AcknowledgeForm(auto_id="id_ack_%s")),
        ("tell", status == "acknowledged" and speaks, lambda: MessageForm(auto_id="id_tell_%s")),
        ("close", status == "acknowledged", lambda: CloseForm(auto_id="id_close_%s")),
    ]
    rights = {"acknowledge": "acknowledge_hit", "tell": "send_hit_message", "close": "close_hit"}
    return {
        f"{name}_form": asked.get(name) or make()
        for name, is_open, make in open_deeds
        if name in asked or (is_open and actor.may(f"border.{rights[name]}"))
    }
