"""Named elliptic curves, explicit parameters mapped to them, and signatures over old curves.

A curve is never built from a certificate: explicit parameters are compared with this table, and
only when every one is equal does the certificate get the named curve's own constants (a generator
of the forger's choice makes any key verify anything: CVE-2020-0601). `cryptography` computes with
most of these curves. For the four it lacks there is `verify_ecdsa`, which handles public values
only, so it need not run in constant time.
"""

from __future__ import annotations

from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric import ec

from kordon.lib.traveldocs.chip.asn1 import (
    INTEGER,
    NULL,
    OCTET_STRING,
    OID,
    SEQUENCE,
    Members,
    octets,
    oid,
    unsigned,
)
from kordon.lib.traveldocs.chip.errors import ChipError, Code
from kordon.lib.traveldocs.chip.tlv import Node

Point = tuple[int, int]
_Jacobian = tuple[int, int, int]

_PRIME_FIELD = "1.2.840.10045.1.1"


@dataclass(frozen=True, slots=True)
class Curve:
    """y² = x³ + ax + b over the prime p; generator g of the prime order n; cofactor 1."""

    name: str
    oid: str
    p: int
    a: int
    b: int
    g: Point
    n: int

    @property
    def size(self) -> int:
        """Octets of one coordinate."""
        return (self.p.bit_length() + 7) // 8

    @property
    def known(self) -> ec.EllipticCurve | None:
        """The curve as `cryptography` knows it, or None for the four it lacks."""
        return _KNOWN.get(self.name)

    def holds(self, point: Point) -> bool:
        """Whether the point lies on the curve."""
        x, y = point
        inside = 0 <= x < self.p and 0 <= y < self.p
        return inside and (y * y - (x * x * x + self.a * x + self.b)) % self.p == 0


_KNOWN: dict[str, ec.EllipticCurve] = {
    "secp192r1": ec.SECP192R1(),
    "secp224r1": ec.SECP224R1(),
    "secp256r1": ec.SECP256R1(),
    "secp384r1": ec.SECP384R1(),
    "secp521r1": ec.SECP521R1(),
    "brainpoolP256r1": ec.BrainpoolP256R1(),
    "brainpoolP384r1": ec.BrainpoolP384R1(),
    "brainpoolP512r1": ec.BrainpoolP512R1(),
}

_TABLE = """
secp192r1 1.2.840.10045.3.1.1
p FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEFFFFFFFFFFFFFFFF
a FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEFFFFFFFFFFFFFFFC
b 64210519E59C80E70FA7E9AB72243049FEB8DEECC146B9B1
x 188DA80EB03090F67CBF20EB43A18800F4FF0AFD82FF1012
y 7192B95FFC8DA78631011ED6B24CDD573F977A11E794811
n FFFFFFFFFFFFFFFFFFFFFFFF99DEF836146BC9B1B4D22831
secp224r1 1.3.132.0.33
p FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF000000000000000000000001
a FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFE
b B4050A850C04B3ABF54132565044B0B7D7BFD8BA270B39432355FFB4
x B70E0CBD6BB4BF7F321390B94A03C1D356C21122343280D6115C1D21
y BD376388B5F723FB4C22DFE6CD4375A05A07476444D5819985007E34
n FFFFFFFFFFFFFFFFFFFFFFFFFFFF16A2E0B8F03E13DD29455C5C2A3D
secp256r1 1.2.840.10045.3.1.7
p FFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF
a FFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFC
b 5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B
x 6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296
y 4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5
n FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
secp384r1 1.3.132.0.34
p FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEFFFFFFFF0000000000000000
  FFFFFFFF
a FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEFFFFFFFF0000000000000000
  FFFFFFFC
b B3312FA7E23EE7E4988E056BE3F82D19181D9C6EFE8141120314088F5013875AC656398D8A2ED19D2A85C8ED
  D3EC2AEF
x AA87CA22BE8B05378EB1C71EF320AD746E1D3B628BA79B9859F741E082542A385502F25DBF55296C3A545E38
  72760AB7
y 3617DE4A96262C6F5D9E98BF9292DC29F8F41DBD289A147CE9DA3113B5F0B8C00A60B1CE1D7E819D7A431D7C
  90EA0E5F
n FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFC7634D81F4372DDF581A0DB248B0A77AECEC196A
  CCC52973
secp521r1 1.3.132.0.35
p 1FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF
  FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF
a 1FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF
  FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFC
b 51953EB9618E1C9A1F929A21A0B68540EEA2DA725B99B315F3B8B489918EF109E156193951EC7E937B1652C0
  BD3BB1BF073573DF883D2C34F1EF451FD46B503F00
x C6858E06B70404E9CD9E3ECB662395B4429C648139053FB521F828AF606B4D3DBAA14B5E77EFE75928FE1DC1
  27A2FFA8DE3348B3C1856A429BF97E7E31C2E5BD66
y 11839296A789A3BC0045C8A5FB42C7D1BD998F54449579B446817AFBD17273E662C97EE72995EF42640C550B
  9013FAD0761353C7086A272C24088BE94769FD16650
n 1FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFA51868783BF2F966B7FCC0
  148F709A5D03BB5C9B8899C47AEBB6FB71E91386409
brainpoolP160r1 1.3.36.3.3.2.8.1.1.1
p E95E4A5F737059DC60DFC7AD95B3D8139515620F
a 340E7BE2A280EB74E2BE61BADA745D97E8F7C300
b 1E589A8595423412134FAA2DBDEC95C8D8675E58
x BED5AF16EA3F6A4F62938C4631EB5AF7BDBCDBC3
y 1667CB477A1A8EC338F94741669C976316DA6321
n E95E4A5F737059DC60DF5991D45029409E60FC09
brainpoolP192r1 1.3.36.3.3.2.8.1.1.3
p C302F41D932A36CDA7A3463093D18DB78FCE476DE1A86297
a 6A91174076B1E0E19C39C031FE8685C1CAE040E5C69A28EF
b 469A28EF7C28CCA3DC721D044F4496BCCA7EF4146FBF25C9
x C0A0647EAAB6A48753B033C56CB0F0900A2F5C4853375FD6
y 14B690866ABD5BB88B5F4828C1490002E6773FA2FA299B8F
n C302F41D932A36CDA7A3462F9E9E916B5BE8F1029AC4ACC1
brainpoolP224r1 1.3.36.3.3.2.8.1.1.5
p D7C134AA264366862A18302575D1D787B09F075797DA89F57EC8C0FF
a 68A5E62CA9CE6C1C299803A6C1530B514E182AD8B0042A59CAD29F43
b 2580F63CCFE44138870713B1A92369E33E2135D266DBB372386C400B
x D9029AD2C7E5CF4340823B2A87DC68C9E4CE3174C1E6EFDEE12C07D
y 58AA56F772C0726F24C6B89E4ECDAC24354B9E99CAA3F6D3761402CD
n D7C134AA264366862A18302575D0FB98D116BC4B6DDEBCA3A5A7939F
brainpoolP256r1 1.3.36.3.3.2.8.1.1.7
p A9FB57DBA1EEA9BC3E660A909D838D726E3BF623D52620282013481D1F6E5377
a 7D5A0975FC2C3057EEF67530417AFFE7FB8055C126DC5C6CE94A4B44F330B5D9
b 26DC5C6CE94A4B44F330B5D9BBD77CBF958416295CF7E1CE6BCCDC18FF8C07B6
x 8BD2AEB9CB7E57CB2C4B482FFC81B7AFB9DE27E1E3BD23C23A4453BD9ACE3262
y 547EF835C3DAC4FD97F8461A14611DC9C27745132DED8E545C1D54C72F046997
n A9FB57DBA1EEA9BC3E660A909D838D718C397AA3B561A6F7901E0E82974856A7
brainpoolP320r1 1.3.36.3.3.2.8.1.1.9
p D35E472036BC4FB7E13C785ED201E065F98FCFA6F6F40DEF4F92B9EC7893EC28FCD412B1F1B32E27
a 3EE30B568FBAB0F883CCEBD46D3F3BB8A2A73513F5EB79DA66190EB085FFA9F492F375A97D860EB4
b 520883949DFDBC42D3AD198640688A6FE13F41349554B49ACC31DCCD884539816F5EB4AC8FB1F1A6
x 43BD7E9AFB53D8B85289BCC48EE5BFE6F20137D10A087EB6E7871E2A10A599C710AF8D0D39E20611
y 14FDD05545EC1CC8AB4093247F77275E0743FFED117182EAA9C77877AAAC6AC7D35245D1692E8EE1
n D35E472036BC4FB7E13C785ED201E065F98FCFA5B68F12A32D482EC7EE8658E98691555B44C59311
brainpoolP384r1 1.3.36.3.3.2.8.1.1.11
p 8CB91E82A3386D280F5D6F7E50E641DF152F7109ED5456B412B1DA197FB71123ACD3A729901D1A7187470013
  3107EC53
a 7BC382C63D8C150C3C72080ACE05AFA0C2BEA28E4FB22787139165EFBA91F90F8AA5814A503AD4EB04A8C7DD
  22CE2826
b 4A8C7DD22CE28268B39B55416F0447C2FB77DE107DCD2A62E880EA53EEB62D57CB4390295DBC9943AB78696F
  A504C11
x 1D1C64F068CF45FFA2A63A81B7C13F6B8847A3E77EF14FE3DB7FCAFE0CBD10E8E826E03436D646AAEF87B2E2
  47D4AF1E
y 8ABE1D7520F9C2A45CB1EB8E95CFD55262B70B29FEEC5864E19C054FF99129280E4646217791811142820341
  263C5315
n 8CB91E82A3386D280F5D6F7E50E641DF152F7109ED5456B31F166E6CAC0425A7CF3AB6AF6B7FC3103B883202
  E9046565
brainpoolP512r1 1.3.36.3.3.2.8.1.1.13
p AADD9DB8DBE9C48B3FD4E6AE33C9FC07CB308DB3B3C9D20ED6639CCA703308717D4D9B009BC66842AECDA12A
  E6A380E62881FF2F2D82C68528AA6056583A48F3
a 7830A3318B603B89E2327145AC234CC594CBDD8D3DF91610A83441CAEA9863BC2DED5D5AA8253AA10A2EF1C9
  8B9AC8B57F1117A72BF2C7B9E7C1AC4D77FC94CA
b 3DF91610A83441CAEA9863BC2DED5D5AA8253AA10A2EF1C98B9AC8B57F1117A72BF2C7B9E7C1AC4D77FC94CA
  DC083E67984050B75EBAE5DD2809BD638016F723
x 81AEE4BDD82ED9645A21322E9C4C6A9385ED9F70B5D916C1B43B62EEF4D0098EFF3B1F78E2D0D48D50D1687B
  93B97D5F7C6D5047406A5E688B352209BCB9F822
y 7DDE385D566332ECC0EABFA9CF7822FDF209F70024A57B1AA000C55B881F8111B2DCDE494A5F485E5BCA4BD8
  8A2763AED1CA2B2FA8F0540678CD1E0F3AD80892
n AADD9DB8DBE9C48B3FD4E6AE33C9FC07CB308DB3B3C9D20ED6639CCA70330870553E5C414CA9261941866119
  7FAC10471DB1D381085DDADDB58796829CA90069
"""
"""FIPS 186-4, D.1.2 and RFC 5639, 3; a number may run on in an indented line."""


def _curves() -> list[Curve]:
    words = _TABLE.replace("\n  ", "").split()
    rows = [words[at : at + 14] for at in range(0, len(words), 14)]
    return [
        _curve(name, dotted, [int(each, 16) for each in row[1::2]]) for name, dotted, *row in rows
    ]


def _curve(name: str, dotted: str, numbers: list[int]) -> Curve:
    p, a, b, x, y, n = numbers
    return Curve(name, dotted, p, a, b, (x, y), n)


CURVES: dict[str, Curve] = {each.oid: each for each in _curves()}
"""By object identifier."""


def read_curve(node: Node) -> Curve:
    """The curve of `ECParameters` (RFC 5480, 2.1.1 and, explicit, ANSI X9.62)."""
    if node.tag == OID:
        found = CURVES.get(oid(node))
        if found is None:
            raise ChipError(Code.EC_UNKNOWN_CURVE, f"curve {oid(node)}")
        return found
    if node.tag == NULL:
        raise ChipError(Code.EC_IMPLICIT, "the curve is inherited")
    return _specified(node)


def _specified(node: Node) -> Curve:
    members = Members(node, "curve parameters", (SEQUENCE,))
    members.take(INTEGER)
    field = Members(members.take(SEQUENCE), "field")
    if oid(field.take(OID)) != _PRIME_FIELD:
        raise ChipError(Code.EC_UNKNOWN_CURVE, "the field is not prime")
    p = unsigned(field.take(INTEGER), "prime")
    coefficients = Members(members.take(SEQUENCE), "coefficients")
    a = int.from_bytes(octets(coefficients.take(OCTET_STRING)), "big")
    b = int.from_bytes(octets(coefficients.take(OCTET_STRING)), "big")
    generator = octets(members.take(OCTET_STRING))
    n = unsigned(members.take(INTEGER), "order")
    cofactor = members.maybe(INTEGER)
    if cofactor is None or unsigned(cofactor, "cofactor") == 1:
        for curve in CURVES.values():
            same = (curve.p, curve.a, curve.b, curve.n) == (p, a % curve.p, b % curve.p, n)
            if same and generator in _written(curve, curve.g):
                return curve
    raise ChipError(
        Code.EC_UNKNOWN_CURVE, f"parameters of {p.bit_length()} bits are no named curve"
    )


def _written(curve: Curve, point: Point) -> tuple[bytes, bytes]:
    """The two ways to write a point: with both coordinates, and compressed (SEC 1, 2.3.3)."""
    x, y = (each.to_bytes(curve.size, "big") for each in point)
    return b"\x04" + x + y, (b"\x03" if point[1] & 1 else b"\x02") + x


def read_point(curve: Curve, written: bytes) -> Point:
    """A public point, checked to lie on the curve; compressed ones are not used by documents."""
    size = curve.size
    if len(written) != 2 * size + 1 or written[0] != 4:
        raise ChipError(Code.EC_POINT_INVALID, f"a point of {len(written)} octets on {curve.name}")
    point = int.from_bytes(written[1 : size + 1], "big"), int.from_bytes(written[size + 1 :], "big")
    if not curve.holds(point):
        raise ChipError(Code.EC_POINT_INVALID, f"the point does not lie on {curve.name}")
    return point


def verify_ecdsa(curve: Curve, key: Point, digest: bytes, r: int, s: int) -> bool:
    """Whether (r, s) is a signature of the digest (FIPS 186-4, 6.4); the digest is cut to n."""
    n = curve.n
    if not (0 < r < n and 0 < s < n):
        return False
    excess = max(8 * len(digest) - n.bit_length(), 0)
    number = int.from_bytes(digest, "big") >> excess
    inverse = pow(s, -1, n)
    point = _add(
        curve,
        _times(curve, curve.g, number * inverse % n),
        _times(curve, key, r * inverse % n),
    )
    x = _affine_x(curve, point)
    return x is not None and x % n == r


_NOWHERE: _Jacobian = (0, 1, 0)


def _times(curve: Curve, point: Point, factor: int) -> _Jacobian:
    result, adding = _NOWHERE, (point[0], point[1], 1)
    for digit in bin(factor)[2:]:
        result = _double(curve, result)
        if digit == "1":
            result = _add(curve, result, adding)
    return result


def _double(curve: Curve, point: _Jacobian) -> _Jacobian:
    x, y, z = point
    p = curve.p
    if not y or not z:
        return _NOWHERE
    square = y * y % p
    slope = (3 * x * x + curve.a * pow(z, 4, p)) % p
    middle = 4 * x * square % p
    new_x = (slope * slope - 2 * middle) % p
    return new_x, (slope * (middle - new_x) - 8 * square * square) % p, 2 * y * z % p


def _add(curve: Curve, one: _Jacobian, two: _Jacobian) -> _Jacobian:
    if not one[2]:
        return two
    if not two[2]:
        return one
    p = curve.p
    square_1, square_2 = one[2] * one[2] % p, two[2] * two[2] % p
    x_1, x_2 = one[0] * square_2 % p, two[0] * square_1 % p
    y_1, y_2 = one[1] * square_2 * two[2] % p, two[1] * square_1 * one[2] % p
    if x_1 == x_2:
        return _double(curve, one) if y_1 == y_2 else _NOWHERE
    across, up = (x_2 - x_1) % p, (y_2 - y_1) % p
    square, cube = across * across % p, pow(across, 3, p)
    new_x = (up * up - cube - 2 * x_1 * square) % p
    return new_x, (up * (x_1 * square - new_x) - y_1 * cube) % p, across * one[2] * two[2] % p


def _affine_x(curve: Curve, point: _Jacobian) -> int | None:
    x, _, z = point
    return x * pow(z, -2, curve.p) % curve.p if z else None
