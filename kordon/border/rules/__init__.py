"""What is allowed and what is found: pure functions on plain values."""

from kordon.border.rules.deciding import (
    CHECK_MAX_AGE,
    UNDO_WITHIN,
    Standing,
    check_may_record,
    check_may_undo,
    may_admit,
    reasons_to_refer,
)
from kordon.border.rules.finding import Seen, find_findings, worst
from kordon.border.rules.history import describe_earlier
from kordon.border.rules.inspecting import (
    ALARM_MINUTES,
    ESCALATION_MINUTES,
    GROUND_NEEDS,
    Case,
    Clock,
    Proposal,
    check_clock,
    check_is_open,
    check_may_begin,
    check_may_clear_protection,
    check_may_conclude,
    check_may_flag_protection,
    check_may_issue_notice,
    check_may_propose,
    check_may_return,
    check_text,
    clock_of,
)
from kordon.border.rules.keys import document_key, fold_name, normal_number, person_key, plate_key
from kordon.border.rules.photos import MAX_PHOTO, media_type_of
from kordon.border.rules.presenting import (
    Presentation,
    Presented,
    check_presentation,
    read_presentation,
)
from kordon.border.rules.refusals import (
    AlreadyBegun,
    CheckNotFound,
    CheckTooOld,
    CheckUsed,
    ClockImpossible,
    ConclusionProposedAlready,
    CrossingNotFound,
    GroundUnproven,
    IdentityIncomplete,
    InspectionHasBegun,
    MatchesNotJudged,
    MatchNotFound,
    MustRefer,
    NoPost,
    NotAtBooth,
    NotInInspection,
    NotReferred,
    NotRefused,
    NotYourCheck,
    NotYourCrossing,
    NotYourInspection,
    PhotoTooLarge,
    PhotoUnknown,
    ProposalChanged,
    ProtectionFlagged,
    ProtectionNotFlagged,
    ReasonRequired,
    ReceiverRequired,
    SameOfficer,
    StatementRequired,
    TextTooLong,
    TooLateToUndo,
    Unreadable,
)

__all__ = [name for name in dir() if not name.startswith("_")]
