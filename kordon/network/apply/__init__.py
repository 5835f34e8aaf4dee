"""How facts about nodes become rows. The only writer of rows."""

from kordon.network.apply import alarms as alarms
from kordon.network.apply import enrolling as enrolling
from kordon.network.apply import policy as policy
from kordon.network.apply import renewing as renewing
from kordon.network.apply import succession as succession
