"""What can have happened between nodes: rules of age were set, alarms went on and off."""

from kordon.network.facts.alarms import AlarmAcknowledged, AlarmCleared, AlarmRaised
from kordon.network.facts.policy import AgeLimits, PolicySet

__all__ = ["AgeLimits", "AlarmAcknowledged", "AlarmCleared", "AlarmRaised", "PolicySet"]
