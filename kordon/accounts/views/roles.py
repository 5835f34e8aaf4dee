"""Roles, and every right with what it lets one do."""

from functools import partial
from itertools import groupby

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kordon.accounts import commands, queries, words
from kordon.accounts.default_roles import CONSOLE, VISITOR, fixed_rights
from kordon.accounts.doors import SignedRequest, needs
from kordon.accounts.forms import RoleForm, fill
from kordon.accounts.views.choosing import get_or_post
from kordon.accounts.views.choosing import roles as roles_to_choose


@needs("accounts.list_roles")
@require_GET
def roles(request: SignedRequest) -> HttpResponse:
    """All roles and how many rights each has."""
    lines = [
        {
            "code": row.code,
            "title": row.title,
            "description": row.description,
            "rights": len(row.rights),
        }
        for row in queries.list_roles(by=request.actor)
    ]
    return render(request, "accounts/roles.html", {"lines": lines})


@needs("accounts.get_role")
@require_GET
def role(request: SignedRequest, role: str) -> HttpResponse:
    """One role: its rights by app, with explanations, and what it may give."""
    row = queries.get_role(by=request.actor, role=role)
    titles = dict(roles_to_choose(request.actor))
    context = {
        "role": row,
        "apps": _held(request, frozenset(row.rights)),
        "gives": [titles.get(code, code) for code in row.gives],
        "may_define": request.actor.may("accounts.define_role"),
        "may_withdraw": request.actor.may("accounts.withdraw_role"),
    }
    return render(request, "accounts/role.html", context)


@needs("accounts.define_role")
@get_or_post
def define_role(request: SignedRequest, role: str = "") -> HttpResponse:
    """Make a role, or change one for all who hold it."""
    by = request.actor
    initial = {}
    if role:
        row = queries.get_role(by=by, role=role)
        initial = {
            "role": row.code,
            "title": row.title,
            "description": row.description,
            "rights": row.rights,
            "gives": row.gives,
        }
    found = _to_give(request)
    form = RoleForm(
        request.POST or None,
        initial=initial,
        fixed=bool(role),
        rights=[(right.name, right.name) for right in found],
        roles=roles_to_choose(by),
    )
    if request.method == "POST" and (made := fill(form, partial(commands.define_role, by=by))):
        messages.success(request, _("Recorded."))
        return redirect("accounts:role", role=made.code)
    context = {"form": form, "role": role, "apps": _by_app(found, _ticked(form))}
    return render(request, "accounts/define_role.html", context, status=422 if form.errors else 200)


@needs("accounts.withdraw_role")
@require_POST
def withdraw_role(request: SignedRequest, role: str) -> HttpResponse:
    """A role is given no more."""
    commands.withdraw_role(by=request.actor, role=role)
    messages.success(request, _("Recorded."))
    return redirect("accounts:roles")


@needs("accounts.list_rights")
@require_GET
def rights(request: SignedRequest) -> HttpResponse:
    """Every right there is, and which roles have it."""
    apps = _by_app(queries.list_rights(by=request.actor))
    return render(request, "accounts/rights.html", {"apps": apps})


def _held(request: SignedRequest, only: frozenset[str]) -> list[dict[str, object]]:
    """The rights of one role with explanations, if one may see those."""
    if not request.actor.may("accounts.list_rights"):
        return []
    found = queries.list_rights(by=request.actor)
    return _by_app([right for right in found if right.name in only], only)


def _ticked(form: RoleForm) -> frozenset[str]:
    return frozenset(form["rights"].value() or ())


def _to_give(request: SignedRequest) -> list[queries.Right]:
    """The rights a role can have: not those of visitors and of the console alone."""
    apart = fixed_rights(CONSOLE) | fixed_rights(VISITOR)
    return [right for right in queries.list_rights(by=request.actor) if right.name not in apart]


def _by_app(
    found: list[queries.Right], only: frozenset[str] = frozenset()
) -> list[dict[str, object]]:
    """Rights under the name of their app; ``on`` where ``only`` holds them."""
    return [
        {
            "name": words.APPS.get(app, app),
            "rights": [
                {
                    "name": right.name,
                    "explanation": right.explanation,
                    "on": right.name in only,
                    "roles": [_(title) for title in right.roles],
                }
                for right in rights
            ],
        }
        for app, rights in groupby(found, key=lambda right: right.app)
    ]
