"""The chip of a travel document: its files read, and verified (ICAO Doc 9303 parts 10 to 12).

    from kordon.lib.traveldocs.chip import ChipFiles, Trust, read_master_list, verify_chip

    trust = Trust(read_master_list(list_octets).certificates)
    said = verify_chip(ChipFiles(sod=sod, com=com, groups={1: dg1, 2: dg2}), trust, on=today)
    said.outcome, said.codes

No network, no clock, no disk: octets, certificates and the day come from the caller.
`verify_chip`, `verify_sod`, `check_active` and `check_chip` never raise; everything that reads
raises `ChipError` and nothing else.
"""

from kordon.lib.traveldocs.chip.as_json import to_json
from kordon.lib.traveldocs.chip.assessing import Assessed, Standing, assess, key_fingerprint
from kordon.lib.traveldocs.chip.certificates import Certificate, Name, read_certificate
from kordon.lib.traveldocs.chip.contents import ChipFiles
from kordon.lib.traveldocs.chip.errors import ChipError, Code
from kordon.lib.traveldocs.chip.face import FaceImage, ImageFormat, read_dg2
from kordon.lib.traveldocs.chip.genuine import (
    Answer,
    ChipSession,
    check_active,
    check_chip,
    verify_active_answer,
    verify_chip_answer,
)
from kordon.lib.traveldocs.chip.groups import (
    Common,
    DocumentDetails,
    PersonalDetails,
    read_com,
    read_dg1,
    read_dg11,
    read_dg12,
    read_dg15,
)
from kordon.lib.traveldocs.chip.keys import ECKey, PublicKey, RSAKey
from kordon.lib.traveldocs.chip.master_list import MasterList, Unreadable, read_master_list
from kordon.lib.traveldocs.chip.naming import chip_files, name_file
from kordon.lib.traveldocs.chip.outcome import Finding, Outcome, Result, Step, Verification
from kordon.lib.traveldocs.chip.passive import verify_chip, verify_sod
from kordon.lib.traveldocs.chip.pem import unpack
from kordon.lib.traveldocs.chip.revocation import RevocationList, read_revocation_list
from kordon.lib.traveldocs.chip.rules import Defect, Deviation
from kordon.lib.traveldocs.chip.security_infos import SecurityInfos, read_dg14
from kordon.lib.traveldocs.chip.security_object import SecurityObject, read_sod
from kordon.lib.traveldocs.chip.trust import Trust

__all__ = [
    "Answer",
    "Assessed",
    "Certificate",
    "ChipError",
    "ChipFiles",
    "ChipSession",
    "Code",
    "Common",
    "Defect",
    "Deviation",
    "DocumentDetails",
    "ECKey",
    "FaceImage",
    "Finding",
    "ImageFormat",
    "MasterList",
    "Name",
    "Outcome",
    "PersonalDetails",
    "PublicKey",
    "RSAKey",
    "Result",
    "RevocationList",
    "SecurityInfos",
    "SecurityObject",
    "Standing",
    "Step",
    "Trust",
    "Unreadable",
    "Verification",
    "assess",
    "check_active",
    "check_chip",
    "chip_files",
    "key_fingerprint",
    "name_file",
    "read_certificate",
    "read_com",
    "read_dg1",
    "read_dg2",
    "read_dg11",
    "read_dg12",
    "read_dg14",
    "read_dg15",
    "read_master_list",
    "read_revocation_list",
    "read_sod",
    "to_json",
    "unpack",
    "verify_active_answer",
    "verify_chip",
    "verify_chip_answer",
    "verify_sod",
]
