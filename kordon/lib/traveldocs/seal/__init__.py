"""Visible digital seals: read, verified, compared and made (ICAO Doc 9303-13; VDS-NC).

    from kordon.lib.traveldocs.seal import SealTrust, verify_seal

    trust = SealTrust(Trust(authorities), signers=signers)
    said = verify_seal(octets, trust, on=today, document=visa_zone, passport=passport_zone)
    said.outcome, said.status

No network, no clock, no disk: octets, certificates, zones and the day come from the caller.
`verify_seal` and `compare_seal` never raise; everything that reads or writes raises `SealError`
and nothing else. Images are read and drawn by `kordon.lib.traveldocs.seal.images`, keys in tokens
are opened by `kordon.lib.traveldocs.seal.pkcs11`; each needs a package of its own.
"""

from kordon.lib.traveldocs.seal.as_json import seal_to_json, verdict_to_json
from kordon.lib.traveldocs.seal.codings import Coding, Duration, Value
from kordon.lib.traveldocs.seal.comparing import Against, Compared, Same, compare_seal
from kordon.lib.traveldocs.seal.errors import SealError, Status
from kordon.lib.traveldocs.seal.kinds import (
    EMERGENCY,
    KINDS,
    PERMIT,
    STAMP,
    VISA,
    Bears,
    Feature,
    Kind,
    kind_named,
    table_of,
)
from kordon.lib.traveldocs.seal.outcome import Finding, Outcome, Step, Verdict
from kordon.lib.traveldocs.seal.signing import (
    FileKey,
    Key,
    Order,
    Signer,
    read_key,
    write_vds,
    write_vds_nc,
)
from kordon.lib.traveldocs.seal.trust import SealTrust
from kordon.lib.traveldocs.seal.vds import Header, Seal, read_vds
from kordon.lib.traveldocs.seal.vds_nc import JSONSeal, read_vds_nc
from kordon.lib.traveldocs.seal.verifying import read_seal, verify_seal

__all__ = [
    "EMERGENCY",
    "KINDS",
    "PERMIT",
    "STAMP",
    "VISA",
    "Against",
    "Bears",
    "Coding",
    "Compared",
    "Duration",
    "Feature",
    "FileKey",
    "Finding",
    "Header",
    "JSONSeal",
    "Key",
    "Kind",
    "Order",
    "Outcome",
    "Same",
    "Seal",
    "SealError",
    "SealTrust",
    "Signer",
    "Status",
    "Step",
    "Value",
    "Verdict",
    "compare_seal",
    "kind_named",
    "read_key",
    "read_seal",
    "read_vds",
    "read_vds_nc",
    "seal_to_json",
    "table_of",
    "verdict_to_json",
    "verify_seal",
    "write_vds",
    "write_vds_nc",
]
