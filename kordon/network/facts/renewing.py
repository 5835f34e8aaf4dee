"""A certificate that lets a node speak to the broker is renewed."""

from datetime import datetime

from kordon.journal.fact import fact


@fact("network.certificate_renewed.v1", only_at_hq=True)
class CertificateRenewed:
    """Headquarters signed another certificate for the same key of an enrolled node."""

    node: str
    until: datetime
