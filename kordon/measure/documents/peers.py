"""Other programs beside ours, where they are installed by hand.

`cryptography` is there in any case: what it alone makes of the certificates in published lists.
"""

import importlib.util
import warnings
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm

Read = Callable[[str], object]
"""Takes a zone, its lines apart; true in the sense of Python where it is valid."""


def mrz_package() -> Read:
    from mrz.checker import mrva, mrvb, td1, td2, td3  # noqa: PLC0415

    checkers = {
        (3, 30): td1.TD1CodeChecker,
        (2, 36): td2.TD2CodeChecker,
        (2, 44): td3.TD3CodeChecker,
    }
    visas = {44: mrva.MRVACodeChecker, 36: mrvb.MRVBCodeChecker}

    def read(text: str) -> object:
        lines = text.split("\n")
        if text[0] == "V":
            return bool(visas[len(lines[0])](text))
        return bool(checkers[(len(lines), len(lines[0]))](text))

    return read


def fastmrz_package() -> Read:
    from fastmrz import FastMRZ  # noqa: PLC0415

    reader = FastMRZ()

    def read(text: str) -> object:
        return reader.get_details(text, input_type="text")

    return read


PACKAGES: Mapping[str, Callable[[], Read]] = {"mrz": mrz_package, "fastmrz": fastmrz_package}


def is_installed(package: str) -> bool:
    return importlib.util.find_spec(package) is not None


def accepts(read: Read, lines: Iterable[str]) -> bool:
    """Whether it takes a zone for valid; one that it breaks at, it does not take."""
    try:
        return bool(read("\n".join(lines)))
    except Exception:
        return False


@dataclass(frozen=True)
class Alone:
    """What `cryptography` makes of certificates without us."""

    keys: int
    verified: int


def cryptography_alone(certificates: Iterable[bytes]) -> Alone:
    """Keys that it loads, and certificates of which it says that another of them issued them."""
    loaded, keys = [], 0
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of serial numbers that are negative
        for octets in certificates:
            try:
                loaded.append(x509.load_der_x509_certificate(octets))
            except ValueError:
                continue
            keys += _has_key(loaded[-1])
    by_name = defaultdict(list)
    for each in loaded:
        by_name[each.subject].append(each)
    return Alone(keys, sum(_issued(each, by_name[each.issuer]) for each in loaded))


def _has_key(certificate: Any) -> bool:
    try:
        certificate.public_key()
    except (ValueError, UnsupportedAlgorithm):
        return False
    return True


def _issued(certificate: Any, issuers: Iterable[Any]) -> bool:
    for issuer in issuers:
        try:
            certificate.verify_directly_issued_by(issuer)
        except (ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm):
            continue
        return True
    return False
