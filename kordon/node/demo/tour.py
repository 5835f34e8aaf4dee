"""The guided tour of five minutes: one text for the page and for ``docs/guides/tour.md``."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

Words = Promise | str
GUIDE = "docs/guides/tour.md"


@dataclass(frozen=True, kw_only=True)
class Step:
    """What one person does. ``login`` is whom to sign in as, ``opens`` the page to begin at."""

    title: Words
    login: str
    opens: str
    does: tuple[Words, ...]
    sees: Words


STEPS = (
    Step(
        title=_("A traveller without findings"),
        login="demo-first-line",
        opens="border:first_line",
        does=(
            _("Take booth 1."),
            _("Open Specimen documents and press Scan this on Nothing to report."),
            _("Press F8 to admit."),
        ),
        sees=_(
            "The zone is typed as a reader would, every source answers with the age of its list, "
            "the earlier crossings stand below. After F8 the next traveller may come; for some "
            "seconds the decision can be taken back."
        ),
    ),
    Step(
        title=_("A name written otherwise"),
        login="demo-first-line",
        opens="demo:cards",
        does=(
            _("Scan Listed in Cyrillic, romanised otherwise."),
            _("Press F6 to read why this may be the person of the alert."),
            _("Press F9, choose the reason and refer to the second line."),
        ),
        sees=_(
            "The alert was written in Cyrillic, the passport in Latin letters. The screen shows "
            "which spelling and which birth date agree, not a bare number. F8 is closed: "
            "the second line must look."
        ),
    ),
    Step(
        title=_("The second line inspects"),
        login="demo-second-line",
        opens="border:second_line",
        does=(
            _("Open the traveller and begin the inspection."),
            _("Note the interview in a sentence."),
            _("Judge the possible match: confirmed."),
            _("Propose to refuse, with ground H (alert) and the match that proves it."),
        ),
        sees=_(
            "The clock of the traveller runs. What you propose is not done yet: "
            "you cannot conclude it yourself."
        ),
    ),
    Step(
        title=_("A second officer decides"),
        login="demo-second-officer",
        opens="border:second_line",
        does=(
            _("Open the same traveller and confirm the refusal."),
            _("Print the notice in Russian or English."),
        ),
        sees=_(
            "The timeline names both officers. The notice is a PDF with the ground, "
            "how to complain and where."
        ),
    ),
    Step(
        title=_("An alert is raised"),
        login="demo-watchlist",
        opens="watchlist:alerts",
        does=(
            _("Raise an alert on an invented person: category, birth date, legal basis, case."),
            _("Try to approve it: you cannot."),
        ),
        sees=_("The alert waits. Nothing is looked for before a second officer has approved it."),
    ),
    Step(
        title=_("Another officer approves it"),
        login="demo-approver",
        opens="watchlist:alerts",
        does=(_("Open the alert that waits and approve it."),),
        sees=_("It is in force at every post at once: the first line finds it from now on."),
    ),
    Step(
        title=_("Who looks on"),
        login="demo-commander",
        opens="border:supervisor",
        does=(_("Look at booths, at who is waiting and at the figures of today."),),
        sees=_("Who works at which booth, who has waited too long, what was decided today."),
    ),
    Step(
        title=_("The record cannot be rewritten"),
        login="demo-auditor",
        opens="accounts:reads",
        does=(
            _("Read in the access log who was shown what about whom in the last minutes."),
            _("In a terminal, type: kordon journal verify"),
        ),
        sees=_(
            "Every reading you just did stands there. The verification reads every entry "
            "and its seal and names the first that was touched; here, none."
        ),
    ),
)


def as_markdown() -> str:
    """The tour as ``docs/guides/tour.md`` prints it, in English."""
    with override("en"):
        lines = [
            "# A tour of five minutes",
            "",
            "Type `make demo`, open the address it prints and choose **Tour of five minutes** at",
            "the top of any page: it says the same as this page and lets you change the person",
            "with one button. All persons are invented. The accounts exist in a demonstration",
            "only; `make demo` prints the password they share.",
        ]
        for number, step in enumerate(STEPS, 1):
            lines += ["", f"## {number}. {step.title}", "", f"Sign in as `{step.login}`.", ""]
            lines += [f"{place}. {each}" for place, each in enumerate(step.does, 1)]
            lines += ["", f"{step.sees}"]
    return "\n".join(lines) + "\n"
