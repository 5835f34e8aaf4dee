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
        opens="accounts:workplace",
        does=(
            _("Take booth 1 (key 1)."),
            _("Open Specimen documents, at the top, and press Scan this on Nothing to report."),
            _("Press F8: admit."),
        ),
        sees=_(
            "The zone is typed as a reader would. Every source says that it answered, with the age "
            "of its list, or that it is not connected; the earlier crossings stand below. After F8 "
            "the next traveller may come; for some seconds the decision can be taken back."
        ),
    ),
    Step(
        title=_("A name written otherwise"),
        login="demo-first-line",
        opens="demo:cards",
        does=(
            _("Press Scan this on Listed in Cyrillic, romanised otherwise."),
            _("Press F6: why this may be the person of the alert."),
            _("Press F9: refer to the second line."),
        ),
        sees=_(
            "The alert was written in Cyrillic, the passport in Latin letters. The evidence says "
            "which spellings and which birth date agree, never a bare number. Admit is closed: "
            "what was found is for the second line to decide."
        ),
    ),
    Step(
        title=_("The second line inspects"),
        login="demo-second-line",
        opens="border:second_line",
        does=(
            _("Open JAPARKULOV in the queue and press F2: begin the inspection."),
            _("Write one sentence under Interview and keep the note."),
            _("Judge the match: Confirmed: the same, and what you compared."),
            _("Choose Refuse, press F7 and tick H with the match; press F8: propose."),
        ),
        sees=_(
            "Document and list side by side, with the reasons. The clock of the traveller runs. "
            "What you propose is not done: a second officer must decide."
        ),
    ),
    Step(
        title=_("A second officer decides"),
        login="demo-second-officer",
        opens="border:second_line",
        does=(
            _("Open the same traveller and press F8: I agree."),
            _("Press F10: print the notice, in Russian or English."),
        ),
        sees=_(
            "What was done names both officers with their times. The notice is a PDF with the "
            "ground and how to appeal."
        ),
    ),
    Step(
        title=_("An alert is raised"),
        login="demo-watchlist",
        opens="watchlist:alerts",
        does=(
            _("Write an alert on an invented person: category, name, birth date, basis, case."),
            _("Send it for approval, and open it: another officer decides."),
        ),
        sees=_(
            "The alert waits. Nobody is looked for before a second officer of the same agency has "
            "approved it."
        ),
    ),
    Step(
        title=_("Another officer approves it"),
        login="demo-approver",
        opens="watchlist:waiting",
        does=(_("Open the alert that waits and press Approve."),),
        sees=_(
            "It is in force. Sit down at the booth again and type the invented person by hand "
            "(F3): the first line finds the alert."
        ),
    ),
    Step(
        title=_("Who looks on"),
        login="demo-commander",
        opens="border:supervisor",
        does=(_("Look at the lanes, at who waits and at the figures of today."),),
        sees=_("Who sits at which booth, who has waited too long, what was decided today."),
    ),
    Step(
        title=_("The record cannot be rewritten"),
        login="demo-auditor",
        opens="accounts:reads",
        does=(
            _("Read who was shown what about whom in the last minutes."),
            _("In a terminal type: KORDON_HOME=var/demo .venv/bin/kordon journal verify"),
        ),
        sees=_(
            "Every look you took at a traveller stands there. The verification examines every "
            "entry with its seal and would name the first that was touched; here, none."
        ),
    ),
)


POSTS = """
## Posts and headquarters

`make demo ARGS="--posts 2"` (or `kordon demo --posts 2`) starts headquarters and up to six posts,
each a node of its own with its own folder below `var/demo-posts`, its own database and its own
server: headquarters on port 8000, posts on 8001, 8002 and so on. The first start takes a minute
or two. It prints every address, the accounts at each, and whether headquarters runs on PostgreSQL
(where its binaries are found) and over the broker (where nats-server is), else on SQLite and over
HTTP.

1. At a post, sign in as its first line officer. The corner of the page says that the link is up.
2. At headquarters, sign in as `demo-network` and open **Cut the cable**, at the top of any page.
   Cut one. Nothing is pretended: the only line of that post is severed and refuses to be opened.
3. At the post, go on: check and admit travellers. After some seconds the corner says that the
   link is down and how many entries wait. At headquarters, **Nodes** shows since when nothing was
   heard; after 20 seconds the post counts as silent. Within a minute
   there is an alarm, which the duty officer (`demo-duty`) acknowledges.
4. Mend the cable. Within seconds the post has sent everything, and **Entries held here** has
   caught up.
5. In a terminal: `KORDON_HOME=var/demo-posts/AKSUU .venv/bin/kordon post status` says `unsent 0`.

Ctrl+C stops all of it. `--fresh` makes it anew.
"""


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
    lines += ["", *POSTS.strip().split("\n")]
    return "\n".join(lines) + "\n"
