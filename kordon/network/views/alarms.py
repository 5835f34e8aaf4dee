"""What is wrong now, who has seen it, and what was wrong."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from kordon.accounts.doors import SignedRequest, needs
from kordon.accounts.queries import list_posts
from kordon.journal.refusal import NotPermitted, Refusal
from kordon.network import commands, words
from kordon.network.queries import list_alarms
from kordon.network.rules.alarms import LONGEST_NOTE
from kordon.ui.words import age, moment


class NoteForm(forms.Form):
    """What is being done."""

    note = forms.CharField(
        label=gettext_lazy("What is being done"),
        max_length=LONGEST_NOTE,
        widget=forms.TextInput(attrs={"autocomplete": "off", "hx-preserve": "true"}),
    )


@never_cache
@require_GET
@needs("network.list_alarms")
def alarms(request: SignedRequest) -> HttpResponse:
    """Open alarms, those nobody has acknowledged first. Asked by htmx, what moves alone."""
    return _draw(request)


@never_cache
@require_POST
@needs("network.acknowledge_alarm")
def acknowledge(request: SignedRequest, alarm: UUID) -> HttpResponse:
    """Say that one has seen it."""
    form = NoteForm(request.POST, auto_id=f"id_{alarm}_%s")
    if not form.is_valid():
        return _draw(request, asked={alarm: form}, status=422)
    try:
        commands.acknowledge_alarm(by=request.actor, alarm=alarm, note=form.cleaned_data["note"])
    except NotPermitted:
        raise
    except Refusal as no:
        messages.error(request, words.say_refusal(no))
        return redirect("network:alarms")
    messages.success(request, _("Acknowledged. The alarm stays until it is over."))
    return redirect("network:alarms")


def _draw(
    request: SignedRequest, *, asked: dict[UUID, NoteForm] | None = None, status: int = 200
) -> HttpResponse:
    by = request.actor
    posts = {post.code: post.name for post in list_posts(by=by, closed=True)}
    on, over = list_alarms(by=by)
    asked = asked or {}
    may = by.may("network.acknowledge_alarm")
    lines = [_line(row, posts) for row in on]
    for number, line in enumerate((one for one in lines if may and not one["seen"]), 1):
        form = asked.get(line["id"]) or NoteForm(auto_id=f"id_{line['id']}_%s")
        line |= {"form": form, "key": str(number) if number < 10 else ""}
    context = {"lines": lines, "over": [_line(row, posts) for row in over]}
    alone = request.headers.get("HX-Request") == "true"
    template = "network/_alarms.html" if alone else "network/alarms.html"
    return render(request, template, context, status=status)


def _line(row: Any, posts: dict[str, str]) -> dict[str, Any]:
    said = words.say_trouble(row.code, row.params)
    seen = ""
    if row.acknowledged_at:
        told = {"who": row.acknowledged_by_name, "age": age(row.acknowledged_at)}
        seen = _("%(who)s, %(age)s ago") % told
    return said | {
        "id": row.id,
        "node": posts.get(row.node, row.node),
        "raised": moment(row.raised_at),
        "age": age(row.raised_at),
        "over": moment(row.cleared_at),
        "seen": seen,
        "note": row.note,
    }
