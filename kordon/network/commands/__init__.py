"""What somebody may do about nodes."""

from kordon.network.commands.alarms import acknowledge_alarm
from kordon.network.commands.policy import set_policy

__all__ = ["acknowledge_alarm", "set_policy"]
