"""The authority: what it signs, for whom, and what it refuses."""

from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID
from cryptography.x509.verification import PolicyBuilder, Store, VerificationError

from kordon.network.broker import making, pki
from kordon.network.broker.pki import BadRequest

NOW = datetime.now(UTC)


@pytest.fixture
def authority(tmp_path) -> pki.Authority:
    return pki.make_authority(tmp_path / "hq", "hq.example")


def load(pem: str) -> x509.Certificate:
    return x509.load_pem_x509_certificate(pem.encode())


def test_the_authority_is_made_once_and_its_key_is_its_owners(authority, tmp_path):
    again = pki.make_authority(tmp_path / "hq", "another name")
    assert again.pem == authority.pem
    assert (tmp_path / "hq" / "ca.key").stat().st_mode & 0o777 == 0o600


def test_a_servers_certificate_is_for_its_names_and_serves_only(authority, tmp_path):
    key = pki.make_key(tmp_path / "hub.key")
    made = load(authority.sign_server(key, ["hq.example", "10.0.0.1"]))
    policy = PolicyBuilder().store(Store([authority.certificate]))
    policy.build_server_verifier(x509.DNSName("hq.example")).verify(made, [])
    with pytest.raises(VerificationError):
        policy.build_server_verifier(x509.DNSName("other.example")).verify(made, [])
    usage = made.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    assert list(usage) == [ExtendedKeyUsageOID.SERVER_AUTH]


def test_a_nodes_certificate_lets_it_connect_and_nothing_else(authority, tmp_path):
    asked = making.ask(tmp_path / "node", "NORTH")
    made = load(authority.sign_node(asked.request, "NORTH"))
    made.verify_directly_issued_by(authority.certificate)
    usage = made.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    assert list(usage) == [ExtendedKeyUsageOID.CLIENT_AUTH]
    assert not made.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    assert made.not_valid_before_utc < NOW - timedelta(days=1)  # a clock a day late is let in


def signed(subject: str, key) -> str:
    name = x509.Name([x509.NameAttribute(x509.oid.NameOID.COMMON_NAME, subject)])
    made = x509.CertificateSigningRequestBuilder().subject_name(name).sign(key, hashes.SHA256())
    return made.public_bytes(serialization.Encoding.PEM).decode()


def spoiled(pem: str) -> str:
    """Its signature belongs to another request."""
    der = bytearray(x509.load_pem_x509_csr(pem.encode()).public_bytes(serialization.Encoding.DER))
    der[-1] ^= 1
    made = x509.load_der_x509_csr(bytes(der))
    return made.public_bytes(serialization.Encoding.PEM).decode()


P256 = ec.generate_private_key(ec.SECP256R1())


@pytest.mark.parametrize(
    "request_pem",
    [
        signed("SOUTH", P256),
        signed("NORTH", ec.generate_private_key(ec.SECP384R1())),
        signed("NORTH", rsa.generate_private_key(65537, 2048)),
        spoiled(signed("NORTH", P256)),
        "",
        "-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----\n",
        "x" * 20_000,
    ],
    ids=["name", "curve", "rsa", "signature", "empty", "damaged", "large"],
)
def test_a_request_that_is_not_right_is_refused(authority, request_pem: str):
    with pytest.raises(BadRequest):
        authority.sign_node(request_pem, "NORTH")


def test_a_certificate_is_renewed_after_two_thirds_of_its_time(authority, tmp_path):
    asked = making.ask(tmp_path / "node", "NORTH")
    made = authority.sign_node(asked.request, "NORTH")
    assert not pki.should_renew(made, NOW + timedelta(days=250))
    assert pki.should_renew(made, NOW + timedelta(days=280))
    assert pki.good_until(made) > NOW + timedelta(days=390)


def test_hqs_own_certificates_are_renewed_for_the_same_keys(tmp_path):
    hq = tmp_path / "hq"
    making.make_hub(hq, ["hq.example"])
    old = {name: (hq / name).read_text() for name in ("hub.crt", "desk.crt", "hub.key", "ca.crt")}
    assert making.renew_hub(hq, NOW) == []
    later = NOW + timedelta(days=300)
    assert making.renew_hub(hq, later) == ["hub", "desk", "screening"]
    assert pki.names_of((hq / "hub.crt").read_text()) == ["hq.example"]
    assert making.renew_hub(hq, later) == []
    changed = {name for name, text in old.items() if (hq / name).read_text() != text}
    assert changed == {"hub.crt", "desk.crt"}
    assert load((hq / "hub.crt").read_text()).public_key() == load(old["hub.crt"]).public_key()


def test_none_is_good_for_longer_than_the_authority(tmp_path):
    whole = timedelta(days=pki.AUTHORITY_DAYS)
    hq = tmp_path / "hq"
    authority = pki.make_authority(hq, "hq.example", at=NOW - whole + timedelta(days=100))
    making.make_hub(hq, ["hq.example"])
    end = authority.certificate.not_valid_after_utc
    asked = making.ask(tmp_path / "node", "NORTH")
    made = authority.sign_node(asked.request, "NORTH")
    assert pki.good_until(made) == pki.good_until((hq / "hub.crt").read_text()) == end
    late = NOW + timedelta(days=90)
    assert pki.should_renew(made, late)
    assert making.renew_hub(hq, late) == [], "nothing would be gained"


def test_a_node_takes_only_a_certificate_of_its_own(authority, tmp_path):
    north = making.ask(tmp_path / "north", "NORTH")
    key, other = pki.make_key(tmp_path / "north" / "node.key"), pki.make_key(tmp_path / "o.key")
    good = authority.sign_node(north.request, "NORTH")
    pki.check_given(good, authority.pem, key, "NORTH")
    stranger = pki.make_authority(tmp_path / "stranger", "hq.example")
    south = authority.sign_node(pki.request(key, "SOUTH"), "SOUTH")
    for certificate, signer, ours in (
        (good, stranger.pem, key),
        (good, authority.pem, other),
        (south, authority.pem, key),
        ("", authority.pem, key),
        (good, "-----BEGIN", key),
    ):
        with pytest.raises(pki.BadCertificate):
            pki.check_given(certificate, signer, ours, "NORTH")
