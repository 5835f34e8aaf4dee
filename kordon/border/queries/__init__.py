"""What may be asked about travellers at our posts."""

from kordon.border.queries.checks import first_line_view, get_check
from kordon.border.queries.chips import (
    get_chip_portrait,
    get_chip_protocol,
    give_challenge,
    portraits_kept,
)
from kordon.border.queries.crosscheck import get_cross_check
from kordon.border.queries.crossings import (
    Today,
    count_today,
    find_earlier_crossings,
    get_crossing,
    list_recent_decisions,
)
from kordon.border.queries.earlier_searches import (
    Policy,
    Search,
    get_earlier_policy,
    list_earlier_searches,
)
from kordon.border.queries.hits import (
    Clock,
    HitLine,
    HitView,
    get_hit,
    list_hit_clocks,
    list_hit_times,
    list_hits,
)
from kordon.border.queries.inspections import (
    InspectionView,
    MatchSeen,
    SetAside,
    Waiting,
    get_evidence,
    get_inspection,
    list_hit_messages,
    list_waiting,
)
from kordon.border.queries.judged import Judged, list_judged
from kordon.border.queries.quality import Poor, list_poor_entries, list_quality_reports
from kordon.border.queries.registry import (
    Counted,
    DayFigures,
    Inside,
    get_day_figures,
    list_inside,
    list_month_figures,
    list_month_nationalities,
)
from kordon.border.queries.seals import get_seal_protocol, seal_kept, seal_said
from kordon.border.queries.sightings import Sighting, list_sightings
from kordon.border.queries.supervising import BoothState, list_booth_states

__all__ = [
    "BoothState",
    "Clock",
    "Counted",
    "DayFigures",
    "HitLine",
    "HitView",
    "Inside",
    "InspectionView",
    "Judged",
    "MatchSeen",
    "Policy",
    "Poor",
    "Search",
    "SetAside",
    "Sighting",
    "Today",
    "Waiting",
    "count_today",
    "find_earlier_crossings",
    "first_line_view",
    "get_check",
    "get_chip_portrait",
    "get_chip_protocol",
    "get_cross_check",
    "get_crossing",
    "get_day_figures",
    "get_earlier_policy",
    "get_evidence",
    "get_hit",
    "get_inspection",
    "get_seal_protocol",
    "give_challenge",
    "list_booth_states",
    "list_earlier_searches",
    "list_hit_clocks",
    "list_hit_messages",
    "list_hit_times",
    "list_hits",
    "list_inside",
    "list_judged",
    "list_month_figures",
    "list_month_nationalities",
    "list_poor_entries",
    "list_quality_reports",
    "list_recent_decisions",
    "list_sightings",
    "list_waiting",
    "portraits_kept",
    "seal_kept",
    "seal_said",
]
