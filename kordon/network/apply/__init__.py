"""How facts about nodes become rows. The only writer of rows."""

from kordon.network.apply import enrolling as enrolling
