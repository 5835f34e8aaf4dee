"""What an officer may do with a traveller."""

from kordon.border.commands.checking import check_traveller
from kordon.border.commands.concluding import (
    conclude_inspection,
    issue_notice,
    propose_conclusion,
    return_conclusion,
)
from kordon.border.commands.crossing import record_crossing, record_mobile_crossing, undo_crossing
from kordon.border.commands.hitting import (
    acknowledge_hit,
    answer_hit_message,
    close_hit,
    send_hit_message,
    set_hit_clock,
)
from kordon.border.commands.inspecting import (
    add_evidence,
    begin_inspection,
    judge_match,
    note_interview,
    set_inspection_clock,
    take_over_inspection,
)
from kordon.border.commands.judging_lists import acknowledge_quality, report_quality
from kordon.border.commands.protecting import clear_protection, flag_protection
from kordon.border.commands.reading import DocumentRead, hand_in_reading
from kordon.border.commands.rehearsing import rehearse_edition
from kordon.border.commands.searching import (
    ask_earlier,
    search_earlier,
    set_earlier_policy,
)

__all__ = [
    "DocumentRead",
    "acknowledge_hit",
    "acknowledge_quality",
    "add_evidence",
    "answer_hit_message",
    "ask_earlier",
    "begin_inspection",
    "check_traveller",
    "clear_protection",
    "close_hit",
    "conclude_inspection",
    "flag_protection",
    "hand_in_reading",
    "issue_notice",
    "judge_match",
    "note_interview",
    "propose_conclusion",
    "record_crossing",
    "record_mobile_crossing",
    "rehearse_edition",
    "report_quality",
    "return_conclusion",
    "search_earlier",
    "send_hit_message",
    "set_earlier_policy",
    "set_hit_clock",
    "set_inspection_clock",
    "take_over_inspection",
    "undo_crossing",
]
