"""How what happened becomes what we know. The only writer of rows.

``checking`` (first line), ``inspecting`` (second line), ``registry`` (crossings and all that is
kept beside them: timeline, stays, figures).
"""

from kordon.border.apply import checking, inspecting, registry

__all__ = ["checking", "inspecting", "registry"]
