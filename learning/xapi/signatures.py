"""Signed statements (Part Two, 2.6): a JSON Web Signature as an attachment.

What is checked: the signature is well formed, signs this very statement, and fits the certificate that it brings
along. Whether that certificate is to be trusted is for whoever reads the statement.
"""

import base64
import binascii
from collections.abc import Sequence
from hashlib import sha256, sha384, sha512
from typing import Any

from learning.xapi.checks import Invalid
from learning.xapi.documents import read_json
from learning.xapi.formats import comparable, normalised
from learning.xapi.multipart import Part, media_type_of
from learning.xapi.statements import statement

USAGE_TYPE = "http://adlnet.gov/expapi/attachments/signature"
# Digest and the prefix that PKCS #1 v1.5 puts before it (RFC 8017, 9.2).
_ALGORITHMS = {
    "RS256": (sha256, bytes.fromhex("3031300d060960864801650304020105000420")),
    "RS384": (sha384, bytes.fromhex("3041300d060960864801650304020205000430")),
    "RS512": (sha512, bytes.fromhex("3051300d060960864801650304020305000440")),
}
_MAX_KEY_BITS = 8192
_MIN_KEY_BITS = 1024
_INTEGER, _BIT_STRING, _VERSION = 0x02, 0x03, 0xA0


def check_signatures(signed: dict[str, Any], parts: Sequence[Part]) -> None:
    """Raises Invalid where the statement has a signature that does not keep the rules."""
    contents = {part.sha2: part.content for part in parts}
    for place, attachment in enumerate(signed.get("attachments", ())):
        if attachment["usageType"] != USAGE_TYPE:
            continue
        try:
            if media_type_of(attachment["contentType"])[0] != "application/octet-stream":
                raise Invalid("must be application/octet-stream for a signature", "contentType")
            content = contents.get(attachment["sha2"].lower())
            if content is None:
                raise Invalid("a signature must come as a part of the request")
            _check(signed, content)
        except Invalid as invalid:
            raise invalid.within(place).within("attachments") from None


def _check(signed: dict[str, Any], content: bytes) -> None:
    pieces = content.split(b".")
    if len(pieces) != 3:
        raise Invalid("the signature must be a JWS in its compact form")
    header, payload = (_json(piece) for piece in pieces[:2])
    signature = _decoded(pieces[2])
    algorithm = header.get("alg")
    if not isinstance(algorithm, str) or algorithm not in _ALGORITHMS:
        raise Invalid("the signature must be made by RS256, RS384 or RS512")
    statement(payload)
    if comparable(normalised(payload)) != comparable(normalised(signed)):
        raise Invalid("the signature signs another statement")
    if "x5c" in header:
        _verify(header["x5c"], algorithm, pieces[0] + b"." + pieces[1], signature)


def _verify(chain: object, algorithm: str, message: bytes, signature: bytes) -> None:
    if not isinstance(chain, list) or not chain or not isinstance(chain[0], str):
        raise Invalid("x5c must be an array of certificates")
    try:
        modulus, exponent = _public_key(base64.b64decode(chain[0], validate=True))
    except (binascii.Error, ValueError, IndexError):
        raise Invalid("the first certificate of x5c has no RSA key that can be read") from None
    digest, prefix = _ALGORITHMS[algorithm]
    size = (modulus.bit_length() + 7) // 8
    told = prefix + digest(message).digest()
    expected = b"\x00\x01" + b"\xff" * (size - len(told) - 3) + b"\x00" + told
    if len(signature) != size or pow(int.from_bytes(signature), exponent, modulus) != int.from_bytes(
        expected
    ):
        raise Invalid("the signature does not fit the certificate in x5c")


def _public_key(certificate: bytes) -> tuple[int, int]:
    """Modulus and exponent of an X.509 certificate (DER). Raises ValueError, IndexError."""
    fields = _children(_children(_children(certificate)[0][1])[0][1])
    if fields[0][0] == _VERSION:
        fields = fields[1:]
    # serial number, algorithm, issuer, validity, subject, public key
    bits = _children(fields[5][1])[1]
    if bits[0] != _BIT_STRING:
        raise ValueError("no key")
    numbers = _children(_children(bits[1][1:])[0][1])
    if [kind for kind, _value in numbers[:2]] != [_INTEGER, _INTEGER]:
        raise ValueError("no RSA key")
    modulus, exponent = (int.from_bytes(value) for _kind, value in numbers[:2])
    if not _MIN_KEY_BITS <= modulus.bit_length() <= _MAX_KEY_BITS or not 2 < exponent < 2**32:
        raise ValueError("a key of this size is not taken")
    return modulus, exponent


def _children(der: bytes) -> list[tuple[int, bytes]]:
    """Kind and content of the values that stand one after another."""
    found, place = [], 0
    while place < len(der):
        kind, length = der[place], der[place + 1]
        place += 2
        if length & 0x80:
            size = length & 0x7F
            length = int.from_bytes(der[place : place + size])
            place += size
        if place + length > len(der):
            raise ValueError("cut off")
        found.append((kind, der[place : place + length]))
        place += length
    return found


def _decoded(piece: bytes) -> bytes:
    try:
        return base64.b64decode(piece + b"=" * (-len(piece) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise Invalid("the signature is not written in base64url") from None


def _json(piece: bytes) -> dict[str, Any]:
    value = read_json(_decoded(piece))
    if not isinstance(value, dict):
        raise Invalid("header and payload of the signature must be JSON objects")
    return value
