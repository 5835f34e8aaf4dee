"""How old what a post knows may be: seen by those on duty, set by those with the right."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from kordon.accounts.doors import SignedRequest, needs
from kordon.journal.command import check_right
from kordon.journal.refusal import NotPermitted, Refusal
from kordon.network import commands, words
from kordon.network.facts import AgeLimits, PolicySet
from kordon.network.queries import get_policy
from kordon.network.rules.policy import LONGEST_HOURS
from kordon.ui.words import moment


def _hours(label: Any, **more: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=LONGEST_HOURS, **more)


class PolicyForm(forms.Form):
    """Four spans in hours; 0: never."""

    link_warn = _hours(
        gettext_lazy("Link: warn after hours"),
        help_text=gettext_lazy("Since everything headquarters had was at the post. 0: never."),
    )
    link_second = _hours(gettext_lazy("Link: second line after hours"))
    lists_warn = _hours(
        gettext_lazy("Lists: warn after hours"),
        help_text=gettext_lazy("Since the day of the oldest list. 0: never."),
    )
    lists_second = _hours(gettext_lazy("Lists: second line after hours"))

    def limits(self) -> dict[str, AgeLimits]:
        told = self.cleaned_data
        return {
            name: AgeLimits(
                warn_after_hours=told[f"{name}_warn"],
                second_line_after_hours=told[f"{name}_second"],
            )
            for name in ("link", "lists")
        }


@never_cache
@require_http_methods(["GET", "POST"])
@needs("network.get_policy")
def policy(request: SignedRequest) -> HttpResponse:
    """See what holds; with the right, set it."""
    known = get_policy(by=request.actor)
    form = PolicyForm(request.POST or None, initial=_typed(known.policy))
    if request.method == "POST":
        check_right(request.actor, "network.set_policy")
        if form.is_valid() and _set(request, form):
            messages.success(request, _("Set. Each post follows once it has heard of it."))
            return redirect("network:policy")
    context = {
        "form": form,
        "may_set": request.actor.may("network.set_policy"),
        "rows": [(field.label, form.initial[name]) for name, field in form.fields.items()],
        "set_at": moment(known.set_at),
        "set_by": known.set_by_name,
    }
    return render(request, "network/policy.html", context, status=422 if form.errors else 200)


def _set(request: SignedRequest, form: PolicyForm) -> bool:
    try:
        commands.set_policy(by=request.actor, **form.limits())
    except NotPermitted:
        raise
    except Refusal as no:
        form.add_error(None, words.say_refusal(no))
        return False
    return True


def _typed(policy: PolicySet) -> dict[str, int]:
    return {
        "link_warn": policy.link.warn_after_hours,
        "link_second": policy.link.second_line_after_hours,
        "lists_warn": policy.lists.warn_after_hours,
        "lists_second": policy.lists.second_line_after_hours,
    }
