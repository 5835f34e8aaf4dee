"""Lists of others: how old they are, a new edition step by step, taking one back."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kordon.accounts.doors import SignedRequest, needs
from kordon.journal.refusal import Refusal
from kordon.ui.words import moment, written
from kordon.watchlist import commands, queries, scratch, words
from kordon.watchlist.asking import EditionRead
from kordon.watchlist.comparing import Difference
from kordon.watchlist.forms import ColumnsForm, ImportForm, ProfileForm, ReasonForm, options_of
from kordon.watchlist.showing import show_deed, show_record, show_rehearsal
from kordon.watchlist.sources import BadRow, Options, Parsed, SourceError, read_header

SHOWN_ROWS = 200
SHOWN_CHANGES = 100
EDITIONS = 50
COLUMN_FAULTS = {"no_columns", "unknown_column", "unknown_field"}


@needs("watchlist.list_editions")
def list_editions(request: SignedRequest) -> HttpResponse:
    ages = queries.list_editions(by=request.actor)
    history = (
        queries.list_edition_history(by=request.actor)[:EDITIONS]
        if request.actor.may("watchlist.list_edition_history")
        else ()
    )
    return render(
        request,
        "watchlist/editions.html",
        {
            "ages": [
                {
                    "title": age.title or _("Alerts of the state's own agencies"),
                    "as_of": written(age.as_of),
                    "entries": age.entries,
                    "edition": age.edition,
                }
                for age in ages
            ],
            "editions": [
                {
                    "id": row.id,
                    "title": row.title,
                    "as_of": written(row.as_of),
                    "status": words.EDITION_STATUSES[row.status],
                    "badge": words.STATUS_BADGES.get(row.status, ""),
                    "records": row.counts.get("records", 0),
                    "by": row.imported_by_name,
                    "at": moment(row.imported_at),
                }
                for row in history
            ],
        },
    )


@needs("watchlist.import_edition")
def upload_edition(request: SignedRequest) -> HttpResponse:
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data.pop("file")
        if file.size > Options().max_bytes:
            form.add_error("file", _("The file is too large."))
        else:
            upload = uuid4()
            scratch.put_upload(
                upload=upload,
                by=request.actor,
                filename=file.name,
                content=file.read(),
                wishes={"profile": form.cleaned_data, "kind": form.cleaned_data["kind"]},
            )
            return redirect("watchlist:preview_edition", upload)
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "watchlist/import.html", {"form": form}, status=status)


@needs("watchlist.preview_edition")
def preview_edition(request: SignedRequest, upload: UUID) -> HttpResponse:
    """What importing would do; a table's columns can be named here, and it is read again."""
    row, content = _find(request, upload)
    if request.method == "POST":
        columns = {k[4:]: v for k, v in request.POST.items() if k.startswith("col-") and v}
        wishes = {**row.wishes, "columns": columns}
        scratch.change_wishes(upload=upload, by=request.actor, wishes=wishes)
        return redirect("watchlist:preview_edition", upload)
    return _preview_page(request, row, content)


@needs("watchlist.import_edition")
@require_POST
def import_edition(request: SignedRequest, upload: UUID) -> HttpResponse:
    row, content = _find(request, upload)
    form = ProfileForm(row.wishes["profile"])
    form.is_valid()
    try:
        edition = commands.import_edition(
            by=request.actor,
            edition=upload,
            profile=form.profile(),
            content=content,
            filename=row.filename,
            options=options_of(row.wishes),
            accept_shrinking=request.POST.get("accept_shrinking") == "on",
        )
    except Refusal as refusal:
        return _preview_page(request, row, content, refused=refusal)
    except SourceError as error:
        return _unreadable(request, row, error)
    scratch.drop_upload(upload=upload, by=request.actor)
    messages.success(request, _("Imported. Another officer puts it in force."))
    return redirect("watchlist:edition", edition.id)


@needs("watchlist.get_edition")
def get_edition(request: SignedRequest, edition: UUID) -> HttpResponse:
    return _edition_page(request, edition)


@needs("watchlist.get_edition")
def rehearsal(request: SignedRequest, edition: UUID) -> HttpResponse:
    """The part of the page that says whom an edition would stop."""
    it = queries.get_edition(by=request.actor, edition=edition)
    return render(request, "watchlist/_rehearsal.html", {"it": _edition(it)})


@needs("watchlist.approve_edition")
@require_POST
def approve_edition(request: SignedRequest, edition: UUID) -> HttpResponse:
    return _decide(request, edition, commands.approve_edition, forms.Form({}), _("In force."))


@needs("watchlist.return_edition")
@require_POST
def return_edition(request: SignedRequest, edition: UUID) -> HttpResponse:
    form = ReasonForm(request.POST)
    return _decide(request, edition, commands.return_edition, form, _("Returned."))


@needs("watchlist.roll_back_edition")
@require_POST
def roll_back_edition(request: SignedRequest, edition: UUID) -> HttpResponse:
    form = ReasonForm(request.POST)
    done = _("Rolled back. The edition before is in force as it was.")
    return _decide(request, edition, commands.roll_back_edition, form, done)


def _decide(
    request: SignedRequest, edition: UUID, command: Any, form: forms.Form, done: str
) -> HttpResponse:
    if form.is_valid():
        try:
            command(by=request.actor, edition=edition, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, words.said(refusal))
        else:
            messages.success(request, done)
            return redirect("watchlist:edition", edition)
    return _edition_page(request, edition, refused=form)


def _edition_page(
    request: SignedRequest, edition: UUID, refused: forms.Form | None = None
) -> HttpResponse:
    it = queries.get_edition(by=request.actor, edition=edition)
    context = {"it": _edition(it), "reason_form": ReasonForm(), "refused": refused}
    return render(request, "watchlist/edition.html", context, status=422 if refused else 200)


def _edition(it: EditionRead) -> dict[str, Any]:
    row = it.row
    return {
        "id": row.id,
        "title": row.title,
        "list": row.list,
        "format": words.FORMATS[row.format],
        "filename": row.filename,
        "original": row.original,
        "as_of": written(row.as_of),
        "category": words.CATEGORIES[row.category],
        "legal_basis": row.legal_basis,
        "legal_review": row.legal_review,
        "counts": row.counts,
        "told": [(words.count(name), count) for name, count in row.counts.items()],
        "columns": [(words.FIELDS[field], column) for field, column in row.columns.items()],
        "status": words.EDITION_STATUSES[row.status],
        "badge": words.STATUS_BADGES.get(row.status, ""),
        "waits": row.status == "pending",
        "in_force": row.status == "in_force",
        "alone": row.approved_alone,
        "reason": row.reason,
        "may_decide": it.may_decide,
        "bad": _bad_rows(it.bad),
        "bad_shown": SHOWN_ROWS,
        "at_headquarters": it.at_headquarters,
        "history": [show_deed(line) for line in it.history],
        "rehearsal": show_rehearsal(row.rehearsal),
    }


def _preview_page(
    request: SignedRequest, row: scratch.Upload, content: bytes, refused: Refusal | None = None
) -> HttpResponse:
    form = ProfileForm(row.wishes["profile"])
    form.is_valid()
    profile = form.profile()
    try:
        parsed, difference = queries.preview_edition(
            by=request.actor, profile=profile, content=content, options=options_of(row.wishes)
        )
    except SourceError as error:
        return _unreadable(request, row, error)
    context = {
        "upload": row.id,
        "filename": row.filename,
        "title": profile.title,
        "category": words.CATEGORIES[profile.category],
        **_preview(parsed, difference),
        "columns_form": ColumnsForm(
            prefix="col", header=parsed.header, initial=dict(parsed.columns)
        )
        if parsed.format == "table"
        else None,
        "refused": words.said(refused) if refused else "",
        "shrinks": refused is not None and refused.code == "edition_shrinks",
    }
    status = refused.status if refused else 200
    return render(request, "watchlist/preview.html", context, status=status)


def _preview(parsed: Parsed, difference: Difference) -> dict[str, Any]:
    by_ref = {it.source_ref: it for it in parsed.records}

    def described(refs: tuple[str, ...]) -> list[tuple[str, str]]:
        known = [(ref, by_ref.get(ref)) for ref in refs[:SHOWN_CHANGES]]
        return [
            (ref, show_record(it.kind, [n.text for n in it.names], it.documents, it.plate))
            if it
            else (ref, "")
            for ref, it in known
        ]

    return {
        "counts": {
            "rows": parsed.rows,
            "records": len(parsed.records),
            "bad": parsed.bad_rows,
            "new": len(difference.new),
            "changed": len(difference.changed),
            "removed": len(difference.removed),
            "now": difference.now,
        },
        "as_of": written(parsed.as_of) if parsed.as_of else "",
        "skipped": sorted(parsed.skipped.items()),
        "joined": sorted(parsed.joined.items()),
        "new": described(difference.new),
        "changed": described(difference.changed),
        "removed": described(difference.removed),
        "shown": SHOWN_CHANGES,
        "bad": _bad_rows(parsed.bad),
        "bad_shown": SHOWN_ROWS,
    }


def _bad_rows(rows: tuple[BadRow, ...]) -> list[dict[str, Any]]:
    return [
        {
            "line": f"{row.file} {row.line}".strip(),
            "reason": words.BAD_ROWS.get(row.code, row.text),
            "text": row.text,
            "excerpt": row.excerpt,
        }
        for row in rows[:SHOWN_ROWS]
    ]


def _unreadable(request: SignedRequest, row: scratch.Upload, error: SourceError) -> HttpResponse:
    """The file is no list of that format; a table may only need its columns named."""
    found = scratch.find_upload(upload=row.id, by=request.actor)
    form = None
    if row.wishes["profile"]["format"] == "table" and found and error.code in COLUMN_FAULTS:
        header = read_header(found[1], Options())
        form = ColumnsForm(prefix="col", header=header)
    context = {
        "filename": row.filename,
        "error": str(error),
        "upload": row.id,
        "columns_form": form,
    }
    return render(request, "watchlist/unreadable.html", context, status=422)


def _find(request: SignedRequest, upload: UUID) -> tuple[scratch.Upload, bytes]:
    found = scratch.find_upload(upload=upload, by=request.actor)
    if found is None:
        raise Http404
    return found
