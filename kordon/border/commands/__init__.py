"""What an officer may do with a traveller."""

from kordon.border.commands.checking import check_traveller
from kordon.border.commands.concluding import (
    conclude_inspection,
    issue_notice,
    propose_conclusion,
    return_conclusion,
)
from kordon.border.commands.crossing import record_crossing, record_mobile_crossing, undo_crossing
from kordon.border.commands.inspecting import (
    add_evidence,
    begin_inspection,
    judge_match,
    note_interview,
    set_inspection_clock,
    take_over_inspection,
)
from kordon.border.commands.protecting import clear_protection, flag_protection
from kordon.border.commands.reading import DocumentRead, hand_in_reading

__all__ = [
    "DocumentRead",
    "add_evidence",
    "begin_inspection",
    "check_traveller",
    "clear_protection",
    "conclude_inspection",
    "flag_protection",
    "hand_in_reading",
    "issue_notice",
    "judge_match",
    "note_interview",
    "propose_conclusion",
    "record_crossing",
    "record_mobile_crossing",
    "return_conclusion",
    "set_inspection_clock",
    "take_over_inspection",
    "undo_crossing",
]
