"""Everything the border says no to. Codes are for machines; words in the officer's language
are made from them in ``words``."""

from kordon.journal.refusal import NotFound, Refusal


class Unreadable(Refusal):
    """What was scanned is no machine-readable zone, and nothing was typed."""

    code, status = "unreadable", 422


class IdentityIncomplete(Refusal):
    """Too little is known of the document or its holder to ask anybody. The text names fields."""

    code, status = "identity_incomplete", 422


class TextTooLong(Refusal):
    code, status = "text_too_long", 422


class BadCharacter(Refusal):
    """A character that no database keeps: NUL, or half of a surrogate pair."""

    code, status = "bad_character", 422


class BadReading(Refusal):
    """What a reader handed in is no reading."""

    code, status = "bad_reading", 422


class NotSeal(Refusal):
    """No seal was found in an image or text. The text is a code: why."""

    code, status = "not_a_seal", 422


class NotPage(Refusal):
    """A picture of a page cannot be read. The text is a code: why."""

    code, status = "not_a_page", 422


class NoSuchBooth(Refusal):
    code, status = "no_such_booth", 422


class CheckNotFound(NotFound):
    code = "check_not_found"


class CrossingNotFound(NotFound):
    code = "crossing_not_found"


class MatchNotFound(NotFound):
    code = "match_not_found"


class NoPost(Refusal):
    """Somebody who works at no post cannot record what happens at one."""

    code = "no_post"


class NotAtBooth(Refusal):
    code = "not_at_booth"


class NotYourCheck(Refusal):
    code, status = "not_your_check", 403


class CheckTooOld(Refusal):
    code = "check_too_old"


class CheckUsed(Refusal):
    """This check has already led to a decision."""

    code = "check_used"


class MustRefer(Refusal):
    """Something was found that the first line cannot decide."""

    code = "must_refer"


class ReasonRequired(Refusal):
    code, status = "reason_required", 422


class NotYourCrossing(Refusal):
    code, status = "not_your_crossing", 403


class TooLateToUndo(Refusal):
    code = "too_late_to_undo"


class InspectionHasBegun(Refusal):
    code = "inspection_has_begun"


class NotReferred(Refusal):
    code = "not_referred"


class AlreadyBegun(Refusal):
    """Another officer has begun this inspection."""

    code = "already_begun"


class NotInInspection(Refusal):
    code = "not_in_inspection"


class NotYourInspection(Refusal):
    code, status = "not_your_inspection", 403


class ConclusionProposedAlready(Refusal):
    """While a proposal waits for the second officer, nothing else is added."""

    code = "conclusion_proposed"


class ProposalChanged(Refusal):
    """What the second officer saw is not what stands now."""

    code = "proposal_changed"


class SameOfficer(Refusal):
    code = "same_officer"


class ProtectionFlagged(Refusal):
    """The traveller fears to be sent back: nobody may refuse until the authority has decided."""

    code = "protection_flagged"


class ProtectionNotFlagged(Refusal):
    code = "protection_not_flagged"


class MatchesNotJudged(Refusal):
    code = "matches_not_judged"


class GroundUnproven(Refusal):
    """A ground lacks what must prove it. The text is the letter of the ground."""

    code, status = "ground_unproven", 422


class ReceiverRequired(Refusal):
    code, status = "receiver_required", 422


class StatementRequired(Refusal):
    code, status = "statement_required", 422


class PhotoTooLarge(Refusal):
    code, status = "photo_too_large", 422


class PhotoUnknown(Refusal):
    """Neither JPEG, PNG nor WebP by its first bytes."""

    code, status = "photo_unknown", 422


class NotRefused(Refusal):
    code = "not_refused"


class ClockImpossible(Refusal):
    code, status = "clock_impossible", 422


class HitNotFound(NotFound):
    """There is none, or it belongs to another agency."""

    code = "hit_not_found"


class HitNotOpen(Refusal):
    code = "hit_not_open"


class HitNotAcknowledged(Refusal):
    code = "hit_not_acknowledged"


class LeavesNoTrace(Refusal):
    """The owner of a discreet alert cannot ask the post: nobody there may know."""

    code = "leaves_no_trace"


class AlreadyAnswered(Refusal):
    code = "already_answered"


class TimesImpossible(Refusal):
    code, status = "times_impossible", 422


class DaysImpossible(Refusal):
    code, status = "days_impossible", 422


class ReportNotFound(NotFound):
    code = "report_not_found"
