"""What may be asked about travellers at our posts."""

from kordon.border.queries.checks import first_line_view, get_check
from kordon.border.queries.chips import (
    get_chip_portrait,
    get_chip_protocol,
    give_challenge,
    portraits_kept,
)
from kordon.border.queries.crossings import (
    Today,
    count_today,
    find_earlier_crossings,
    get_crossing,
    list_recent_decisions,
)
from kordon.border.queries.inspections import (
    InspectionView,
    MatchSeen,
    Waiting,
    get_evidence,
    get_inspection,
    list_waiting,
)
from kordon.border.queries.judged import Judged, list_judged
from kordon.border.queries.registry import (
    Counted,
    DayFigures,
    Inside,
    get_day_figures,
    list_inside,
    list_month_figures,
    list_month_nationalities,
)
from kordon.border.queries.sightings import Sighting, list_sightings
from kordon.border.queries.supervising import BoothState, list_booth_states

__all__ = [
    "BoothState",
    "Counted",
    "DayFigures",
    "Inside",
    "InspectionView",
    "Judged",
    "MatchSeen",
    "Sighting",
    "Today",
    "Waiting",
    "count_today",
    "find_earlier_crossings",
    "first_line_view",
    "get_check",
    "get_chip_portrait",
    "get_chip_protocol",
    "get_crossing",
    "get_day_figures",
    "get_evidence",
    "give_challenge",
    "get_inspection",
    "list_booth_states",
    "list_inside",
    "list_judged",
    "list_month_figures",
    "list_month_nationalities",
    "list_recent_decisions",
    "list_sightings",
    "list_waiting",
    "portraits_kept",
]
