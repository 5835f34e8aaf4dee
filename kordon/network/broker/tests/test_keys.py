"""nkeys: spelled as nats-server reads them, and only those."""

import base64

import pytest

from kordon.network.broker import keys
from kordon.network.broker.keys import BadKey

# Made by the reference implementation's rules: seed and public key belong together.
ALL_ZERO = keys.NKey(keys.Ed25519PrivateKey.from_private_bytes(bytes(32)))


def test_a_key_is_spelled_as_a_user_and_its_seed(tmp_path):
    key = keys.make(tmp_path / "node.nk")
    assert key.public.startswith("U")
    assert len(key.public) == 56
    assert key.seed.startswith("SU")
    assert len(key.seed) == 58
    assert keys.from_seed(key.seed).public == key.public
    assert keys.check_public(key.public) == key.public


def test_the_file_is_for_its_owner_only_and_is_never_replaced(tmp_path):
    path = tmp_path / "deep" / "node.nk"
    key = keys.make(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert keys.make(path).seed == key.seed == keys.read(path).seed


def test_a_signature_holds():
    signature = base64.b64decode(ALL_ZERO.sign(b"nonce"))
    ALL_ZERO.private.public_key().verify(signature, b"nonce")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "U",
        "not base32 at all",
        ALL_ZERO.seed,
        ALL_ZERO.public[:-1] + "7",
        ALL_ZERO.public + "A",
        "A" + ALL_ZERO.public[1:],
        "é" * 56,
        '"; users: [] #',
    ],
)
def test_what_is_no_public_key_is_refused(text: str):
    with pytest.raises(BadKey):
        keys.check_public(text)


def test_what_is_no_seed_is_refused():
    for text in (ALL_ZERO.public, ALL_ZERO.seed[:-2] + "AA", "S", ""):
        with pytest.raises(BadKey):
            keys.from_seed(text)


def test_one_wrong_letter_is_found_wherever_it_is():
    for at in range(56):
        wrong = "A" if ALL_ZERO.public[at] != "A" else "B"
        with pytest.raises(BadKey):
            keys.check_public(ALL_ZERO.public[:at] + wrong + ALL_ZERO.public[at + 1 :])
