"""Who acts: an officer, a machine or the system itself, at a post."""

from dataclasses import dataclass, field
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class Actor:
    """Made once per request by ``accounts`` and handed to every command and query as ``by``.

    ``post``, ``booth`` and ``agency`` are the codes under which they are known; empty
    where somebody acts from no post (an administrator, a machine at headquarters).
    """

    id: UUID
    name: str
    agency: str = ""
    post: str = ""
    booth: str = ""
    rights: frozenset[str] = field(default=frozenset(), repr=False)

    def may(self, right: str) -> bool:
        return right in self.rights
