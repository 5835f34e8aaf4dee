"""What rooms above declare to this one: parts of a post's report, and figures for monitoring."""

from kordon.network.measuring import Figure, figures
from kordon.network.reporting import reports

__all__ = ["Figure", "figures", "reports"]
