"""Writing DER, for certificates and signed data that must be wrong in one place at a time."""

from datetime import datetime


def tlv(tag: int, *parts: bytes) -> bytes:
    """Tag, length, value; the value is the parts one after another."""
    value = b"".join(parts)
    return tag.to_bytes((tag.bit_length() + 7) // 8, "big") + length(len(value)) + value


def length(size: int) -> bytes:
    if size < 0x80:
        return bytes([size])
    octets = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([0x80 | len(octets)]) + octets


def sequence(*parts: bytes) -> bytes:
    return tlv(0x30, *parts)


def set_of(*parts: bytes) -> bytes:
    return tlv(0x31, *sorted(parts))


def integer(number: int) -> bytes:
    return tlv(0x02, number.to_bytes(number.bit_length() // 8 + 1, "big", signed=True))


def oid(dotted: str) -> bytes:
    first, second, *rest = map(int, dotted.split("."))
    value = b""
    for arc in (40 * first + second, *rest):
        digits = [arc & 0x7F]
        while arc := arc >> 7:
            digits.append(arc & 0x7F | 0x80)
        value += bytes(reversed(digits))
    return tlv(0x06, value)


def octets(value: bytes) -> bytes:
    return tlv(0x04, value)


def bits(value: bytes) -> bytes:
    return tlv(0x03, b"\x00", value)


def text(value: str) -> bytes:
    return tlv(0x0C, value.encode())


def printable(value: str) -> bytes:
    return tlv(0x13, value.encode())


def moment(when: datetime) -> bytes:
    """UTCTime: no day of the test authority lies beyond 2049."""
    return tlv(0x17, when.strftime("%y%m%d%H%M%SZ").encode())


NULL = tlv(0x05)
