"""Who a traveller is to a ruling: one person with one document."""

from kordon.border.facts import Identity
from kordon.watchlist.queries import Holder


def holder_of(who: Identity) -> Holder:
    """The person with the document, as rulings about them are kept."""
    return Holder(
        issuer=who.issuer,
        number=who.number,
        surname=who.surname,
        given_names=who.given_names,
        birth=who.birth,
    )
