"""What is allowed with alerts and editions. Plain values in, plain values out."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from uuid import UUID

from kordon.journal.refusal import NotFound, Refusal
from kordon.watchlist.categories import RULES
from kordon.watchlist.facts import Deed
from kordon.watchlist.particulars import Category, Particulars
from kordon.watchlist.sources.records import Kind, Quality

LONGEST_TEXT = 4000
SHORTEST_PROPORTIONALITY = 20
SHRINKS_BY = 0.3


class Status(StrEnum):
    """``expired`` is never stored: it is what a date makes of an alert in force."""

    PENDING = "pending"
    IN_FORCE = "in_force"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class EditionStatus(StrEnum):
    PENDING = "pending"
    IN_FORCE = "in_force"
    SUPERSEDED = "superseded"
    RETURNED = "returned"
    ROLLED_BACK = "rolled_back"


class NoSuchAlert(NotFound):
    code = "no_such_alert"


class NoSuchEdition(NotFound):
    code = "no_such_edition"


class NoSuchExclusion(NotFound):
    code = "no_such_exclusion"


class SameOfficer(Refusal):
    """Four eyes: nobody approves what they asked for themselves."""

    code = "same_officer"


class NotOwner(Refusal):
    """Only the agency that owns an alert touches it."""

    code = "not_owner"
    status = 403


class FromAList(Refusal):
    """An alert of an imported list changes only with the list."""

    code = "from_a_list"


class NothingWaits(Refusal):
    code = "nothing_waits"


class SomethingWaits(Refusal):
    """One thing at a time: what waits for approval is decided first."""

    code = "something_waits"


class WrongStatus(Refusal):
    code = "wrong_status"


class Incomplete(Refusal):
    """Something an alert must say is missing; ``field`` is where."""

    code = "incomplete"
    status = 422

    def __init__(self, field: str, text: str) -> None:
        super().__init__(text)
        self.field = field


class WrongCategory(Refusal):
    code = "wrong_category"
    status = 422


class NameOnly(Refusal):
    """A name alone describes too many people, unless the alert says that it is weak."""

    code = "name_only"
    status = 422


class TooLong(Refusal):
    """Longer than the category allows without a new assessment."""

    code = "too_long"
    status = 422


class AlreadyListed(Refusal):
    """One alert per owner for one person, document or vehicle."""

    code = "already_listed"


class LegalReviewRequired(Refusal):
    """Nobody is arrested on a foreign list that no lawyer has looked at."""

    code = "legal_review_required"
    status = 422


class EmptyEdition(Refusal):
    code = "empty_edition"
    status = 422


class EditionShrinks(Refusal):
    """An edition that loses many entries is more often a damaged file than good news."""

    code = "edition_shrinks"


def longest_review(
    category: Category, start: date, births: tuple[tuple[int, int, int], ...]
) -> date:
    """The last day an alert of this category may stand without a new assessment."""
    ends = add_years(start, RULES[category].review_years)
    if category is Category.MISSING_CHILD and births:
        year, month, day = births[0]
        majority = add_years(date(year, month or 12, day or 28), 18)
        return max(majority, add_years(start, 1))
    return ends


def add_years(start: date, years: int) -> date:
    """The same day so many years later; 29 February becomes the 28th."""
    try:
        return start.replace(year=start.year + years)
    except ValueError:
        return start.replace(year=start.year + years, day=28)


def is_name_only(it: Particulars) -> bool:
    """Whether nothing but names describes the person."""
    return it.kind is Kind.PERSON and not any(b[0] for b in it.births) and not it.documents


def check_particulars(it: Particulars, *, low_quality: bool) -> None:
    """Everything an alert must say, and nothing that its category does not allow."""
    if it.kind not in RULES[it.category].kinds:
        raise WrongCategory("This category is not for this kind of alert.")
    _check_texts(it)
    _check_identity(it)
    if is_name_only(it) and not low_quality:
        raise NameOnly(
            "A name without a birth date or document describes too many people. "
            "Add one, or mark the alert as low quality: then it never stops anybody by itself."
        )


def _check_texts(it: Particulars) -> None:
    needed = {
        "legal_basis": ("The legal basis is missing.", 3),
        "case_reference": ("The reference of the case is missing.", 1),
        "proportionality": (
            "Say in a sentence why this alert is proportionate to its purpose.",
            SHORTEST_PROPORTIONALITY,
        ),
    }
    for field, (text, shortest) in needed.items():
        if len(str(getattr(it, field)).strip()) < shortest:
            raise Incomplete(field, text)
    for field in (*needed, "remarks", "instructions"):
        if len(getattr(it, field)) > LONGEST_TEXT:
            raise Incomplete(field, f"At most {LONGEST_TEXT} characters.")


def _check_identity(it: Particulars) -> None:
    if it.kind is Kind.PERSON and not any(
        name.text.strip() and name.quality is not Quality.WEAK for name in it.names
    ):
        raise Incomplete("names", "The person has no name.")
    if it.kind is Kind.DOCUMENT and not it.documents:
        raise Incomplete("documents", "The document has no number.")
    if it.kind is Kind.VEHICLE and not it.plate.strip():
        raise Incomplete("plate", "The vehicle has no number plate.")
    for document in it.documents:
        if not any(c.isalnum() for c in document.number):
            raise Incomplete("documents", "A document has no number.")
        if it.kind is Kind.DOCUMENT and not document.issuer:
            raise Incomplete("documents", "The issuing state of the document is missing.")


def check_dates(
    category: Category, *, start: date, review_on: date, valid_until: date | None, limit: date
) -> None:
    """Review within the category's period; no alert that is over before it begins."""
    if review_on > limit:
        years = RULES[category].review_years
        raise TooLong(f"This category is assessed anew at least every {years} years: by {limit}.")
    if review_on <= start:
        raise Incomplete("review_on", "The review date must lie ahead.")
    if valid_until and valid_until < start:
        raise Incomplete("valid_until", "The alert would be over before it begins.")


def check_births(it: Particulars, *, today: date) -> None:
    """Nobody is looked for who is not born yet."""
    if any(year > today.year for year, _, _ in it.births):
        raise Incomplete("births", "The date of birth lies ahead.")


def check_owner(*, owner: str, source: str, agency: str) -> None:
    """Only the owner, and nobody by hand where the list says what is true."""
    if source:
        raise FromAList("This alert stands on an imported list and changes only with it.")
    if not agency or owner != agency:
        raise NotOwner(f"This alert belongs to {owner}.")


def check_may_write(*, status: str, waiting: str) -> None:
    """Whether the owner may ask for something new about an alert."""
    if status == Status.WITHDRAWN:
        raise WrongStatus("This alert has been withdrawn.")
    if waiting and status == Status.IN_FORCE:
        raise SomethingWaits("Something about this alert already waits for approval.")


def check_in_force(status: str) -> None:
    if status != Status.IN_FORCE:
        raise WrongStatus("Only an alert in force can be extended.")


def check_may_decide(*, waiting: str, asked_by: UUID | None, deciding: UUID) -> Deed:
    """A second officer decides about what waits; returns what that is."""
    if not waiting:
        raise NothingWaits("Nothing about this alert waits for approval.")
    if asked_by == deciding:
        raise SameOfficer("Another officer must decide about what you asked for.")
    return Deed(waiting)


def check_reason(reason: str, field: str = "reason") -> None:
    if len(reason.strip()) < 3:
        raise Incomplete(field, "Say why.")
    if len(reason) > LONGEST_TEXT:
        raise Incomplete(field, f"At most {LONGEST_TEXT} characters.")


def check_assessment(assessment: str) -> None:
    """An extension needs an assessment of this one alert, in words."""
    if len(assessment.strip()) < SHORTEST_PROPORTIONALITY:
        raise Incomplete("assessment", "Say in a sentence why this alert is still needed.")
    if len(assessment) > LONGEST_TEXT:
        raise Incomplete("assessment", f"At most {LONGEST_TEXT} characters.")


def check_edition(
    *, category: Category, legal_review: str, kinds: set[Kind], records: int, now_in_force: int,
    removed: int, accept_shrinking: bool,
) -> None:  # fmt: skip
    """Whether an edition may wait for approval at all."""
    if not records:
        raise EmptyEdition("No entry of this file can be used.")
    if not kinds <= RULES[category].kinds:
        raise WrongCategory("This category is not for everything that stands in the list.")
    if category is Category.ARREST and not legal_review.strip():
        raise LegalReviewRequired("Say who reviewed that these notices may lead to an arrest.")
    if removed > now_in_force * SHRINKS_BY and not accept_shrinking:
        raise EditionShrinks(
            f"{removed} of {now_in_force} entries in force would disappear. "
            "If that is right, say so and import again."
        )


def check_edition_waits(status: str) -> None:
    if status != EditionStatus.PENDING:
        raise WrongStatus("This edition does not wait for approval.")


def check_other_officer(*, asked_by: UUID, deciding: UUID) -> None:
    if asked_by == deciding:
        raise SameOfficer("Another officer must approve what you imported.")


def check_may_roll_back(status: str) -> None:
    if status != EditionStatus.IN_FORCE:
        raise WrongStatus("Only the edition in force can be rolled back.")


def is_live(
    *, status: str, valid_from: date | None, valid_until: date | None, review_on: date | None,
    today: date,
) -> bool:  # fmt: skip
    """Whether an alert fires today. One past its review or its end never does."""
    if status != Status.IN_FORCE:
        return False
    ends: Mapping[str, date | None] = {"valid_until": valid_until, "review_on": review_on}
    over = any(end is not None and end < today for end in ends.values())
    return not over and (valid_from is None or valid_from <= today)


def status_on(
    *, status: str, valid_until: date | None, review_on: date | None, today: date
) -> Status:
    """The status as people see it: an alert in force past its dates is expired."""
    over = any(end is not None and end < today for end in (valid_until, review_on))
    return Status.EXPIRED if status == Status.IN_FORCE and over else Status(status)
