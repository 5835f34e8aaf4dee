"""Private keys and signatures that are the same for the same seed, of every kind of Doc 9303.

`cryptography` draws RSA keys and the salt of PSS at random and lacks four of the curves, so those
are made here, by hand and slowly: keys that guard nothing.
"""

import hashlib
import hmac
import random
from dataclasses import dataclass
from functools import cache

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from kordon.lib.traveldocs.chip.curves import CURVES, Curve, Point
from kordon.measure.documents import der

HASHES: dict[str, tuple[hashes.HashAlgorithm, str]] = {
    "sha1": (hashes.SHA1(), "1.3.14.3.2.26"),  # nosec B303 (old documents are made with it)
    "sha224": (hashes.SHA224(), "2.16.840.1.101.3.4.2.4"),
    "sha256": (hashes.SHA256(), "2.16.840.1.101.3.4.2.1"),
    "sha384": (hashes.SHA384(), "2.16.840.1.101.3.4.2.2"),
    "sha512": (hashes.SHA512(), "2.16.840.1.101.3.4.2.3"),
}
CURVE_NAMED = {each.name: each for each in CURVES.values()}
EXPONENT = 65537
_SIEVE = 20_000
_ROUNDS = 8
_TRAILER = b"\xbc"


def digest(name: str, value: bytes) -> bytes:
    return hashlib.new(name, value, usedforsecurity=False).digest()


def hash_id(name: str) -> bytes:
    return der.sequence(der.oid(HASHES[name][1]), der.NULL)


@dataclass(frozen=True)
class RSAPair:
    """An RSA key with both its halves."""

    p: int
    q: int

    @property
    def n(self) -> int:
        return self.p * self.q

    @property
    def d(self) -> int:
        return pow(EXPONENT, -1, (self.p - 1) * (self.q - 1))

    def sign(self, value: bytes, hash_name: str) -> bytes:
        """RSASSA-PKCS1-v1_5, which knows no chance."""
        return _private(self).sign(value, padding.PKCS1v15(), HASHES[hash_name][0])

    def sign_pss(self, value: bytes, hash_name: str, mask_hash: str, salt_size: int) -> bytes:
        """RSASSA-PSS (RFC 8017, 9.1.1) with a salt drawn from the value."""
        size_bits = self.n.bit_length() - 1
        size = (size_bits + 7) // 8
        hashed = digest(hash_name, value)
        salt = hashlib.shake_256(value).digest(salt_size)
        inner = digest(hash_name, bytes(8) + hashed + salt)
        block = bytes(size - len(salt) - len(inner) - 2) + b"\x01" + salt
        mask = _mask(inner, len(block), mask_hash)
        hidden = bytearray(a ^ b for a, b in zip(block, mask, strict=True))
        hidden[0] &= 0xFF >> (8 * size - size_bits)
        number = int.from_bytes(bytes(hidden) + inner + _TRAILER, "big")
        return self._power(number).to_bytes((self.n.bit_length() + 7) // 8, "big")

    def _power(self, number: int) -> int:
        """number to the d-th, by its two halves."""
        by_p = pow(number, self.d % (self.p - 1), self.p)
        by_q = pow(number, self.d % (self.q - 1), self.q)
        return by_q + self.q * ((by_p - by_q) * pow(self.q, -1, self.p) % self.p)


@cache
def _private(pair: RSAPair) -> rsa.RSAPrivateKey:
    p, q, d = pair.p, pair.q, pair.d
    public = rsa.RSAPublicNumbers(EXPONENT, pair.n)
    parts = (d % (p - 1), d % (q - 1), pow(q, -1, p))
    numbers = rsa.RSAPrivateNumbers(p, q, d, *parts, public)
    return numbers.private_key(unsafe_skip_rsa_key_validation=True)


def _mask(seed: bytes, size: int, hash_name: str) -> bytes:
    """MGF1."""
    found, turn = b"", 0
    while len(found) < size:
        found += digest(hash_name, seed + turn.to_bytes(4, "big"))
        turn += 1
    return found[:size]


@cache
def rsa_pair(seed: int, size: int, number: int) -> RSAPair:
    """The same key for the same seed, size in bits and number."""
    chance = random.Random(f"RSA {seed} {size} {number}")  # noqa: S311  # nosec B311
    p, q = _prime(chance, size // 2), _prime(chance, size - size // 2)
    return RSAPair(p, q)


def _prime(chance: random.Random, size: int) -> int:
    """A prime with its two highest bits set, so that two of them have a product of full length."""
    while True:
        start = chance.getrandbits(size) | 3 << size - 2 | 1
        for number in _unsieved(start):
            if _is_prime(number, chance) and (number - 1) % EXPONENT:
                return number


def _unsieved(start: int) -> list[int]:
    """Odd numbers from `start` on that no small prime divides."""
    width = 2000
    divided = bytearray(width)
    for prime in _small_primes():
        first = -start * pow(2, -1, prime) % prime
        divided[first::prime] = b"\x01" * len(range(first, width, prime))
    return [start + 2 * at for at in range(width) if not divided[at]]


@cache
def _small_primes() -> tuple[int, ...]:
    sieve = bytearray([1]) * _SIEVE
    for number in range(2, 150):
        sieve[number * number :: number] = bytes(len(range(number * number, _SIEVE, number)))
    return tuple(each for each in range(3, _SIEVE) if sieve[each])


def _is_prime(number: int, chance: random.Random) -> bool:
    """Miller and Rabin."""
    odd, twos = number - 1, 0
    while odd % 2 == 0:
        odd, twos = odd // 2, twos + 1
    for base in (2, *(chance.randrange(3, number - 1) for _ in range(_ROUNDS))):
        power = pow(base, odd, number)
        if power in (1, number - 1):
            continue
        for _ in range(twos - 1):
            power = power * power % number
            if power == number - 1:
                break
        else:
            return False
    return True


@dataclass(frozen=True)
class CurvePair:
    """A key on a named curve with both its halves."""

    curve: Curve
    d: int

    @property
    def point(self) -> Point:
        return _point(self)

    def sign(self, value: bytes, hash_name: str) -> bytes:
        """ECDSA as DER, the same for the same value."""
        known = self.curve.known
        if known is not None:
            how = ec.ECDSA(HASHES[hash_name][0], deterministic_signing=True)
            return ec.derive_private_key(self.d, known).sign(value, how)
        return self._sign_by_hand(value, hash_name)

    def _sign_by_hand(self, value: bytes, hash_name: str) -> bytes:
        """FIPS 186-4, 6.4, for the curves that `cryptography` lacks."""
        n = self.curve.n
        hashed = digest(hash_name, value)
        number = int.from_bytes(hashed, "big") >> max(8 * len(hashed) - n.bit_length(), 0)
        key = self.d.to_bytes(self.curve.size, "big")
        once = int.from_bytes(hmac.digest(key, hashed, "sha512"), "big") % (n - 1) + 1
        r = times(self.curve, self.curve.g, once)[0] % n
        s = pow(once, -1, n) * (number + r * self.d) % n
        return der.sequence(der.integer(r), der.integer(s))


@cache
def _point(pair: CurvePair) -> Point:
    return times(pair.curve, pair.curve.g, pair.d)


@cache
def curve_pair(seed: int, name: str, number: int) -> CurvePair:
    """The same key for the same seed, curve and number."""
    curve = CURVE_NAMED[name]
    drawn = hashlib.shake_256(f"EC {seed} {name} {number}".encode()).digest(80)
    return CurvePair(curve, int.from_bytes(drawn, "big") % (curve.n - 1) + 1)


def times(curve: Curve, point: Point, factor: int) -> Point:
    """The point added to itself, from the lowest bit up; the factor lies between 1 and n - 1."""
    result: Point | None = None
    while factor:
        if factor & 1:
            result = point if result is None else _add(curve, result, point)
        factor >>= 1
        if factor:
            point = _add(curve, point, point)
    if result is None:
        raise ValueError("a factor of zero")
    return result


def _add(curve: Curve, one: Point, two: Point) -> Point:
    """Two points that are not each other's opposites, which a sum below n never meets."""
    p = curve.p
    if one == two:
        slope = (3 * one[0] * one[0] + curve.a) * pow(2 * one[1], -1, p) % p
    else:
        slope = (two[1] - one[1]) * pow(two[0] - one[0], -1, p) % p
    x = (slope * slope - one[0] - two[0]) % p
    return x, (slope * (one[0] - x) - one[1]) % p


Pair = RSAPair | CurvePair
