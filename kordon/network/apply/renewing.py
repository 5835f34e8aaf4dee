"""Certificates that were renewed."""

from kordon.journal.models import Entry
from kordon.journal.writing import applies
from kordon.network import facts


@applies(facts.CertificateRenewed)
def certificate_renewed(it: facts.CertificateRenewed, entry: Entry) -> None:
    """The entry is the record; which certificate a node uses it tells itself."""
