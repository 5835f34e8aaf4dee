"""The small certificate authority of HQ: who may open a TLS connection to its broker.

It signs a server certificate for HQ and one client certificate per node, from a request the
node makes with a key that never leaves it. The nkey says who somebody is; the certificate keeps
strangers from speaking to the server at all.
"""

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from kordon.network.broker.keys import write_secret
from kordon.network.broker.subjects import check_node

AUTHORITY_DAYS, SERVER_DAYS, NODE_DAYS = 3650, 397, 397
# A post whose clock is slow, or stood still while it was off, must still be let in.
EARLIER = timedelta(days=2)
RENEW_AFTER = 2 / 3  # of the time a certificate is good for
LARGEST_REQUEST = 16 * 1024
TLS_SERVER, TLS_CLIENT = ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH


class BadRequest(ValueError):
    """A certificate request that is damaged, not signed by its own key, or of another name."""


class BadCertificate(ValueError):
    """What was given is no certificate for us."""


@dataclass(frozen=True)
class Authority:
    """HQ's authority: ``ca.key`` stays at HQ, ``ca.crt`` goes to every node."""

    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    @property
    def pem(self) -> str:
        return _pem(self.certificate)

    def sign_server(
        self, key: ec.EllipticCurvePrivateKey, names: Sequence[str], *, at: datetime | None = None
    ) -> str:
        """A certificate for a server reached under ``names`` (host names, addresses)."""
        end = self._end(at, SERVER_DAYS)
        builder = self._begin(_name(names[0]), key.public_key(), at, end, TLS_SERVER)
        builder = builder.add_extension(
            x509.SubjectAlternativeName([_reached_as(name) for name in names]), critical=False
        )
        return _pem(builder.sign(self.key, hashes.SHA256()))

    def sign_node(self, request: str, node: str, *, at: datetime | None = None) -> str:
        """A client certificate for this node, and for no other name. Raises ``BadRequest``."""
        asked = _read_request(request)
        if asked.subject != _name(node):
            raise BadRequest(f"the request is not for {node}")
        builder = self._begin(_name(node), _public(asked), at, self._end(at, NODE_DAYS), TLS_CLIENT)
        return _pem(builder.sign(self.key, hashes.SHA256()))

    def would_last_longer(self, certificate: str, at: datetime) -> bool:
        """Whether one made now would be good for at least a day more than this one."""
        return self._end(at, min(SERVER_DAYS, NODE_DAYS)) > good_until(certificate) + timedelta(1)

    def _end(self, at: datetime | None, days: int) -> datetime:
        """None is good for longer than the authority itself."""
        end = (at or datetime.now(UTC)) + timedelta(days=days)
        return min(end, self.certificate.not_valid_after_utc)

    def _begin(
        self,
        subject: x509.Name,
        key: ec.EllipticCurvePublicKey,
        at: datetime | None,
        end: datetime,
        usage: x509.ObjectIdentifier,
    ) -> x509.CertificateBuilder:
        signer = x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key())
        return (
            _builder(subject, self.certificate.subject, key, at=at, end=end)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(_usage(digital_signature=True), critical=True)
            .add_extension(x509.ExtendedKeyUsage([usage]), critical=False)
            .add_extension(signer, critical=False)
        )


def make_authority(folder: Path, name: str, *, at: datetime | None = None) -> Authority:
    """The authority in this folder, made if there is none."""
    end = (at or datetime.now(UTC)) + timedelta(days=AUTHORITY_DAYS)
    key_file, certificate_file = folder / "ca.key", folder / "ca.crt"
    key = make_key(key_file)
    if not certificate_file.exists():
        whole = _name(f"{name} Kordon authority")
        certificate = (
            _builder(whole, whole, key.public_key(), at=at, end=end)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(_usage(key_cert_sign=True, crl_sign=True), critical=True)
            .sign(key, hashes.SHA256())
        )
        certificate_file.write_text(_pem(certificate))
    return read_authority(folder)


def read_authority(folder: Path) -> Authority:
    """Raises ``FileNotFoundError``."""
    certificate = x509.load_pem_x509_certificate((folder / "ca.crt").read_bytes())
    return Authority(_read_key(folder / "ca.key"), certificate)


def make_key(path: Path) -> ec.EllipticCurvePrivateKey:
    """The TLS key in this file, made (readable for its owner only) if there is none."""
    key = ec.generate_private_key(ec.SECP256R1())
    unprotected = serialization.NoEncryption()
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, unprotected
    )
    try:
        write_secret(path, pem.decode())
    except FileExistsError:
        return _read_key(path)
    return key


def request(key: ec.EllipticCurvePrivateKey, node: str) -> str:
    """What a node sends to HQ to be given a certificate."""
    made = x509.CertificateSigningRequestBuilder().subject_name(_name(check_node(node)))
    return made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM).decode()


def good_until(certificate: str) -> datetime:
    return x509.load_pem_x509_certificate(certificate.encode()).not_valid_after_utc


def names_of(certificate: str) -> list[str]:
    """The names under which the server is reached that shows this certificate."""
    read = x509.load_pem_x509_certificate(certificate.encode())
    names = read.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return [str(name.value) for name in names]


def check_given(
    certificate: str, authority: str, key: ec.EllipticCurvePrivateKey, node: str
) -> None:
    """Raises ``BadCertificate`` unless it is this node's, for its key, from this authority."""
    try:
        made = x509.load_pem_x509_certificate(certificate.encode())
        signer = x509.load_pem_x509_certificate(authority.encode())
        made.verify_directly_issued_by(signer)
        same = made.public_key() == key.public_key() and made.subject == _name(node)
    except Exception as error:  # foreign bytes, at the door of their parser
        raise BadCertificate("not a certificate of this authority") from error
    if not same:
        raise BadCertificate("a certificate of another node or key")


def should_renew(certificate: str, at: datetime) -> bool:
    """Whether two thirds of its time are over: a node then asks for a new one."""
    read = x509.load_pem_x509_certificate(certificate.encode())
    whole = read.not_valid_after_utc - read.not_valid_before_utc
    return at > read.not_valid_before_utc + RENEW_AFTER * whole


def _builder(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePublicKey,
    *,
    at: datetime | None,
    end: datetime,
) -> x509.CertificateBuilder:
    now = at or datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - EARLIER)
        .not_valid_after(end)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def _read_request(text: str) -> x509.CertificateSigningRequest:
    if len(text) > LARGEST_REQUEST:
        raise BadRequest("too large")
    try:
        asked = x509.load_pem_x509_csr(text.encode())
        signed = asked.is_signature_valid
    except Exception as error:  # foreign bytes, at the door of their parser
        raise BadRequest("not a certificate request") from error
    if not signed:
        raise BadRequest("not signed by its own key")
    return asked


def _public(asked: x509.CertificateSigningRequest) -> ec.EllipticCurvePublicKey:
    key = asked.public_key()
    if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, ec.SECP256R1):
        raise BadRequest("not a key on P-256")
    return key


def _read_key(path: Path) -> ec.EllipticCurvePrivateKey:
    key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise ValueError(f"{path} holds another kind of key")
    return key


def _reached_as(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _pem(certificate: x509.Certificate) -> str:
    return certificate.public_bytes(serialization.Encoding.PEM).decode()


def _usage(
    *, digital_signature: bool = False, key_cert_sign: bool = False, crl_sign: bool = False
) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=digital_signature,
        key_cert_sign=key_cert_sign,
        crl_sign=crl_sign,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )
