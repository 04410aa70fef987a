"""Signed statements: xAPI 1.0.3 Part Two, 2.6."""

import base64
import json
from hashlib import sha256

import pytest

from learning.xapi.signatures import USAGE_TYPE
from tests.learning.test_xapi_requests import MIXED, attachment, mixed, part
from tests.learning.xapi_client import System, account, statement

pytestmark = pytest.mark.django_db

# A key made for this test alone; it opens nothing.
N = int(
    "bcafed59cf0bd947c995c281507fa61bb00871c99e39bd81d0171abe6d96c2cee06f784a79ff6b4c3b70d49026"
    "fbfc5c0322749ed7b21e9d8cfed8d89be564f7de0fc23092460a4c6069e8168a8bd9f71d378b338467a3025952"
    "26bbb04fdde0d3c946aa84ced364dcc575fd9a371a66ac1f15a7c1f46b45acf79223b9b359d1",
    16,
)
D = int(
    "a3e0c86caffec2802efcfb2a051858d4c357123ce24793e8232b6df6e687823adb82f51efa467492892dbdf055"
    "6b960af44e00abd4fac6cc5fa1180549a13ac6eca8f5802878984a284d925535e233a402141c7863a46d955471"
    "56d225ce8ca397ae2f3ffebcdcfe8d4706ee9265f6973e39ece93a4b251c4722cd6ad738ba81",
    16,
)
PREFIX = bytes.fromhex("3031300d060960864801650304020105000420")


def url64(content: bytes) -> bytes:
    return base64.urlsafe_b64encode(content).rstrip(b"=")


def der(kind: int, *contents: bytes) -> bytes:
    whole = b"".join(contents)
    length = len(whole)
    size = bytes([length]) if length < 128 else b"\x82" + length.to_bytes(2)
    return bytes([kind]) + size + whole


def number(value: int) -> bytes:
    return der(0x02, b"\x00" + value.to_bytes((value.bit_length() + 7) // 8))


def certificate() -> str:
    """As much of an X.509 certificate as carries the key."""
    key = der(0x30, der(0x30), der(0x03, b"\x00", der(0x30, number(N), number(65537))))
    told = der(0x30, der(0xA0, number(2)), number(1), der(0x30), der(0x30), der(0x30), der(0x30), key)
    return base64.b64encode(der(0x30, told, der(0x30), der(0x03, b"\x00"))).decode()


def signature(payload: object, *, spoil: bool = False, **header: object) -> bytes:
    told = {"alg": "RS256", "x5c": [certificate()], **header}
    told = {name: value for name, value in told.items() if value is not None}
    message = url64(json.dumps(told).encode()) + b"." + url64(json.dumps(payload).encode())
    digest = PREFIX + sha256(message).digest()
    padded = b"\x00\x01" + b"\xff" * (128 - len(digest) - 3) + b"\x00" + digest
    signed = pow(int.from_bytes(padded), D, N).to_bytes(128)
    return message + b"." + url64(signed[::-1] if spoil else signed)


def sent(system, whole, content, **parts):
    told = attachment(
        content, **{"usageType": USAGE_TYPE, "contentType": "application/octet-stream", **parts}
    )
    return system.post(mixed({**whole, "attachments": [told]}, part(content)), kind=MIXED)


def test_2_6_a_statement_with_its_signature_is_kept():
    system, whole = System(), statement()
    assert sent(system, whole, signature(whole)).status_code == 200
    assert sent(system, whole, signature(whole, x5c=None)).status_code == 200


@pytest.mark.parametrize(
    "content",
    [
        b"no signature",
        b"a.b.c",
        b"....",
        signature(statement(actor=account("another"))),
        signature(statement(), spoil=True),
        signature(statement(), alg="none"),
        signature(statement(), alg="HS256"),
        signature(statement(), alg=["RS256"]),
        signature(statement(), x5c=[]),
        signature(statement(), x5c="x"),
        signature(statement(), x5c=["x"]),
        signature(statement(), x5c=[base64.b64encode(b"\x30\x84\xff\xff\xff\xff").decode()]),
        signature([statement()]),
        signature("text"),
        signature({"actor": 1}),
    ],
    ids=range(15),
)
def test_2_6_a_signature_that_does_not_keep_the_rules_is_400(content):
    answer = sent(System(), statement(), content)
    assert answer.status_code == 400
    assert answer.json()["error"].startswith("$[0].attachments[0]")


def test_2_6_a_signature_is_an_octet_stream_and_comes_as_a_part():
    system, whole = System(), statement()
    assert sent(system, whole, signature(whole), contentType="text/plain").status_code == 400
    told = attachment(
        b"x", usageType=USAGE_TYPE, contentType="application/octet-stream", fileUrl="https://e.jp/s"
    )
    assert system.post({**whole, "attachments": [told]}).status_code == 400
