"""Keys in files and in tokens; a seal leaves the signer only if its certificate verifies it."""

import os
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)

from kordon.lib.traveldocs.chip.tests import authority as a
from kordon.lib.traveldocs.seal import Outcome, SealError, Signer, read_key, verify_seal, write_vds
from kordon.lib.traveldocs.seal.pkcs11 import open_key
from kordon.lib.traveldocs.seal.tests import specimens as s
from tests.machine import SOFTHSM, softhsm_here


def pem(key, encryption=None):
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, encryption or NoEncryption())


def refused(words):
    return pytest.raises(SealError, match=f"SIGNER: .*{words}")


@pytest.mark.parametrize("kind", [a.P256, a.P384, a.P521, a.BRAINPOOL, a.BRAINPOOL_512])
def test_a_key_in_a_file(kind):
    key = read_key(pem(kind.pair(100)))
    by = Signer(key, s.certificate(kind))
    assert verify_seal(s.seal(by=by), s.trust(by), on=s.ON).outcome is Outcome.VALID


def test_a_key_under_a_password():
    data = pem(a.P256.pair(100), BestAvailableEncryption(b"open"))
    assert read_key(data, b"open").private.curve.name == "secp256r1"
    for password in (None, b"shut"):
        with refused("needs a password, or another one"):
            read_key(data, password)


def test_what_is_no_key_of_a_signer():
    for data in (b"", b"-----BEGIN PRIVATE KEY-----", os.urandom(500)):
        with refused("is no key in PEM"):
            read_key(data)
    with refused("larger than 64 KiB"):
        read_key(bytes(70_000))
    for other in (rsa.generate_private_key(65537, 2048), ed25519.Ed25519PrivateKey.generate()):
        with refused("on curves"):
            read_key(pem(other))
    with refused("not signed with RSA 2048"):
        s.signer(a.RSA)


def test_another_key_than_the_certificates():
    for curve in ("SECP256R1", "SECP384R1"):
        by = Signer(s.FileKey(s.key(curve)), s.certificate())
        with pytest.raises(SealError) as error:
            write_vds(s.order(), by)
        assert error.value.code == "SIGNER"


PIN = "123456"


@pytest.fixture(scope="module")
def token(tmp_path_factory):
    """A token of software with the signer's key in it."""
    if not softhsm_here():
        pytest.skip("no SoftHSM on this machine (Debian: apt install softhsm2)")
    folder = tmp_path_factory.mktemp("token")
    (folder / "tokens").mkdir()
    (folder / "conf").write_text(f"directories.tokendir = {folder}/tokens\n")
    (folder / "key.pem").write_bytes(pem(a.P256.pair(100)))
    (folder / "other.pem").write_bytes(pem(s.key("SECP384R1")))
    os.environ["SOFTHSM2_CONF"] = str(folder / "conf")
    run("--init-token", "--free", "--label", "seals", "--so-pin", PIN, "--pin", PIN)
    for number, name in (("01", "key"), ("02", "other")):
        options = ("--token", "seals", "--label", name, "--id", number, "--pin", PIN)
        run("--import", str(folder / f"{name}.pem"), *options)
    yield
    del os.environ["SOFTHSM2_CONF"]


def run(*words):
    subprocess.run(["softhsm2-util", *words], check=True, capture_output=True)


def test_a_key_in_a_token(token):
    with open_key(SOFTHSM, token="seals", key="key", pin=PIN) as key:
        by = Signer(key, s.certificate())
        octets = [s.seal(kind, by=by) for kind in s.MADE.values()]
    trust = s.trust(by)
    for each in octets:
        assert verify_seal(each, trust, on=s.ON).outcome is Outcome.VALID


def test_what_is_wrong_with_a_token_is_said(token):
    for wrong in ({"token": "none"}, {"pin": "654321"}, {"key": "none"}):
        how = {"token": "seals", "key": "key", "pin": PIN} | wrong
        with refused("cannot be used"), open_key(SOFTHSM, **how):
            pass
    with refused("cannot be used"), open_key("/nowhere.so", token="x", key="x", pin=PIN):
        pass
    with open_key(SOFTHSM, token="seals", key="other", pin=PIN) as key:
        by = Signer(key, s.certificate())
        with refused("another curve"):
            s.seal(by=by)


def test_the_guide_to_the_token_names_the_library_that_is_tested():
    text = (Path(__file__).parents[5] / "docs" / "guides" / "seal.md").read_text()
    assert "/usr/lib/softhsm/libsofthsm2.so" in text
