"""What can have happened to the journal itself."""

from kordon.journal.fact import Travels, fact


@fact("journal.node_introduced.v1")
class NodeIntroduced:
    """A node begins, or begins again after a restore, and shows the key it signs with."""

    node: str
    incarnation: int
    public_key: str


@fact("journal.personal_data_read.v1")
class PersonalDataRead:
    """Somebody was shown personal data: by which query, about whom, how much.

    ``about`` names things, never repeats them: ``document:KGZ/AC123``, ``alert:<uuid>``.
    """

    query: str
    about: tuple[str, ...]
    found: int


@fact("journal.bodies_erased.v1", travels=Travels.HQ)
class BodiesErased:
    """What entries said was erased on time; that they were made stays provable."""

    channel: str
    first: int
    last: int
    rule: str
