"""What rooms above declare to this one, parts of a post's report and figures for monitoring; and
what they may use of it: sharing screening with more machines of headquarters."""

from kordon.network.broker.sharing import Asker, NobodyAnswers, Worker
from kordon.network.broker.wiring import screening as way_to_share
from kordon.network.measuring import Figure, figures
from kordon.network.reporting import reports

__all__ = [
    "Asker",
    "Figure",
    "NobodyAnswers",
    "Worker",
    "figures",
    "reports",
    "way_to_share",
]
