"""How what happened becomes what we know. The only writer of rows.

``checking`` (first line), ``inspecting`` (second line), ``hits`` (what their
owners do), ``quality`` (reports on lists), ``registry`` (crossings and all that is
kept beside them: timeline, stays, figures).
"""

from kordon.border.apply import checking, hits, inspecting, quality, registry

__all__ = ["checking", "hits", "inspecting", "quality", "registry"]
