"""How requests come in: versions, the alternate syntax, attachments, hostile bodies (Part Three, 1, 3)."""

import json
from hashlib import sha256, sha512
from urllib.parse import urlencode

import pytest

from learning.records.models import Statement
from tests.learning.xapi_client import System, new_id, statement

pytestmark = pytest.mark.django_db
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def system():
    return System()


@pytest.mark.parametrize("version", ["1.0", "1.0.0", "1.0.3", "1.0.9", "1.0.15"])
def test_3_3_every_1_0_x_is_served(system, version):
    assert system.send("GET", "statements", version=version).status_code == 200


@pytest.mark.parametrize("version", [None, "", "0.95", "1.1.0", "2.1.0", "1.0.x", "1.0.3; x", "1"])
def test_3_3_any_other_version_or_none_is_400(system, version):
    answer = system.send("GET", "statements", version=version)
    assert answer.status_code == 400
    assert answer["X-Experience-API-Version"] == "1.0.3"


def form(system, method, fields, **more):
    return system.send(
        "POST", "statements", urlencode(fields).encode(), query={"method": method}, kind=FORM, **more
    )


def test_1_3_a_form_stands_for_a_request(system):
    uuid = new_id()
    put = form(system, "PUT", {"statementId": uuid, "content": json.dumps(statement())})
    assert put.status_code == 204
    got = form(system, "GET", {"statementId": uuid})
    assert got.json()["id"] == uuid
    posted = form(system, "POST", {"content": json.dumps([statement()])})
    assert len(posted.json()) == 1


def test_1_3_headers_may_stand_in_the_form(system):
    fields = {"Authorization": system.authorization, "X-Experience-API-Version": "1.0.3", "limit": "1"}
    answer = form(system, "GET", fields, version=None, Authorization="")
    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("method", "query", "body", "kind"),
    [
        ("GET", {"method": "POST"}, b"", FORM),
        ("PUT", {"method": "PUT"}, b"content=%7B%7D", FORM),
        ("POST", {"method": "PUT", "statementId": "x"}, b"content=%7B%7D", FORM),
        ("POST", {"method": "PUT"}, b"statementId=x", FORM),
        ("POST", {"method": "PUT"}, b'{"content": "x"}', FORM),
        ("POST", {"method": "PUT"}, b"", "application/json"),
        ("POST", {"method": "PATCH"}, b"content=x", FORM),
        ("POST", {"method": "get"}, b"limit=1", FORM),
        ("POST", {"method": "GET"}, b"content=x", FORM),
        ("POST", {"method": "GET"}, b"limit=1&limit=2", FORM),
        ("POST", {"method": "GET"}, b"limit=%ff", FORM),
        ("POST", {"method": "GET"}, b"&".join(b"a%d=1" % n for n in range(100)), FORM),
    ],
)
def test_1_3_a_form_that_is_none_is_400(system, method, query, body, kind):
    assert system.send(method, "statements", body, query=query, kind=kind).status_code == 400


def attachment(content: bytes, **parts):
    told = {
        "usageType": "https://example.jp/usage",
        "display": {"ja": "添付"},
        "contentType": "text/plain",
        "length": len(content),
        "sha2": sha256(content).hexdigest(),
    }
    return {**told, **parts}


def mixed(first: object, *parts: tuple[dict[str, str], bytes], boundary: str = "bound") -> bytes:
    sections = [({"Content-Type": "application/json"}, json.dumps(first).encode()), *parts]
    lines = b""
    for headers, content in sections:
        told = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        lines += f"--{boundary}\r\n{told}\r\n".encode() + content + b"\r\n"
    return lines + f"--{boundary}--\r\n".encode()


def part(content: bytes, **headers):
    told = {
        "Content-Type": "text/plain",
        "Content-Transfer-Encoding": "binary",
        "X-Experience-API-Hash": sha256(content).hexdigest(),
    }
    return {name: value for name, value in {**told, **headers}.items() if value is not None}, content


MIXED = "multipart/mixed; boundary=bound"
HELLO = b"hello\r\n--not the boundary\x00\xff"


def test_1_5_2_attachments_come_and_go_as_multipart(system):
    whole = statement(attachments=[attachment(HELLO)])
    (uuid,) = system.post(mixed(whole, part(HELLO)), kind=MIXED).json()
    plain = system.get(statementId=uuid)
    assert plain["Content-Type"] == "application/json"
    answer = system.get(statementId=uuid, attachments="true")
    assert answer["Content-Type"].startswith("multipart/mixed; boundary=")
    assert HELLO in answer.content
    assert f"X-Experience-API-Hash: {sha256(HELLO).hexdigest()}".encode() in answer.content
    assert b"Content-Transfer-Encoding: binary" in answer.content
    listed = system.get(attachments="true", limit=1)
    assert HELLO in listed.content


def test_1_5_2_one_part_serves_several_statements_and_other_digests(system):
    digest = sha512(HELLO).hexdigest()
    two = [
        statement(attachments=[attachment(HELLO, sha2=digest)]),
        statement(attachments=[attachment(HELLO, sha2=digest.upper())]),
    ]
    answer = system.post(mixed(two, part(HELLO, **{"X-Experience-API-Hash": digest})), kind=MIXED)
    assert answer.status_code == 200
    assert system.get(statementId=answer.json()[1], attachments="true").content.count(HELLO) == 1


def test_1_5_1_an_attachment_by_address_needs_no_part(system):
    told = attachment(b"far", fileUrl="https://example.jp/far.txt")
    assert system.post(statement(attachments=[told])).status_code == 200
    assert system.post(mixed(statement(attachments=[told])), kind=MIXED).status_code == 200


def test_1_5_2_another_systems_bytes_are_not_given_for_their_digest(system):
    """Who knows a digest does not get the content that somebody else put in."""
    system.post(mixed(statement(attachments=[attachment(HELLO)]), part(HELLO)), kind=MIXED)
    other = System("statements/write", "statements/read/mine", name="別のシステム")
    (uuid,) = other.keep(statement(attachments=[attachment(HELLO, fileUrl="https://example.jp/x")]))
    assert HELLO not in other.get(statementId=uuid, attachments="true").content


@pytest.mark.parametrize(
    "body",
    [
        mixed(statement(attachments=[attachment(HELLO)])),
        mixed(statement(), part(HELLO)),
        mixed(statement(attachments=[attachment(HELLO)]), part(HELLO, **{"X-Experience-API-Hash": None})),
        mixed(statement(attachments=[attachment(HELLO)]), part(HELLO, **{"X-Experience-API-Hash": "0" * 64})),
        mixed(statement(attachments=[attachment(HELLO)]), part(HELLO, **{"Content-Transfer-Encoding": None})),
        mixed(statement(attachments=[attachment(HELLO)]), part(HELLO), boundary="other"),
        mixed(statement(attachments=[attachment(HELLO)]), part(HELLO))[:-20],
        mixed(statement(attachments=[attachment(HELLO)]), part(HELLO)).replace(
            b"application/json", b"text/plain"
        ),
        b"",
        b"--bound--",
        b"--bound\r\n\r\n--bound--",
        b"--bound\r\n" * 3000,
        b"\r\n--bound\r\nContent-Type: application/json\r\n\r\n\xff\r\n--bound--",
    ],
    ids=range(13),
)
def test_1_5_2_multipart_that_is_none_is_400(system, body):
    assert system.post(body, kind=MIXED).status_code == 400
    assert not Statement.objects.exists()


@pytest.mark.parametrize(
    "kind",
    [
        "multipart/mixed",
        "multipart/mixed; boundary=",
        "multipart/form-data; boundary=bound",
        "text/plain",
        "",
        "x" * 9000,
    ],
)
def test_1_5_any_other_content_type_is_400(system, kind):
    body = mixed(statement(attachments=[attachment(HELLO)]), part(HELLO))
    assert system.post(body, kind=kind).status_code == 400


def test_1_5_1_an_attachment_without_content_is_400(system):
    assert system.post(statement(attachments=[attachment(HELLO)])).status_code == 400


DEEP = b'{"a":' * 3000 + b"1" + b"}" * 3000


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"1",
        b'"text"',
        b"{",
        b"[[]]",
        b"[null]",
        b"\xff\xfe",
        b'\xef\xbb\xbf{"actor": 1}',
        b'{"actor": NaN}',
        b'{"actor": -Infinity}',
        b'{"actor": 1e999}',
        b'{"actor": ' + b"1" * 5000 + b"}",
        b'{"actor": 1, "actor": 2}',
        b"[" * 100_000,
        DEEP,
        json.dumps(statement(context={"extensions": {"https://e.jp/x": "NUL \x00"}})).encode(),
        json.dumps(statement(context={"extensions": {"https://e.jp/x": "\ud800"}})).encode(),
        json.dumps(statement(context={"extensions": {"https://e.jp/x\udfff": 1}})).encode(),
        json.dumps(statement(verb={"id": "https://e.jp/" + "x" * 5000})).encode(),
        json.dumps(statement(timestamp="0001-01-01T00:00:00+14:00")).encode(),
        json.dumps(statement(timestamp="9999-12-31T23:59:59-14:00")).encode(),
    ],
    ids=range(22),
)
def test_3_2_a_hostile_body_is_400_in_the_ways_of_xapi(system, body):
    for answer in (system.post(body), system.put(new_id(), body)):
        assert answer.status_code == 400
        assert answer["Content-Type"] == "application/json"
        assert answer.json()["error"]
        assert answer["X-Experience-API-Version"] == "1.0.3"
    assert not Statement.objects.exists()


def test_deep_extensions_are_400_and_shallow_ones_are_kept(system):
    def nested(levels):
        value: object = 1
        for _ in range(levels):
            value = [value]
        return statement(result={"extensions": {"https://example.jp/x": {"a": value, "n": None}}})

    assert system.post(nested(40)).status_code == 200
    assert system.post(nested(200)).status_code == 400


def test_a_backslash_before_u0000_is_no_nul(system):
    (uuid,) = system.keep(statement(result={"response": "\\u0000"}))
    assert system.get(statementId=uuid).json()["result"]["response"] == "\\u0000"


def test_3_2_too_much_is_413(system, settings):
    settings.XAPI_MAX_STATEMENTS = 3
    assert system.post([statement()] * 4).status_code == 413
    settings.XAPI_MAX_BYTES = 100
    assert system.post(statement()).status_code == 413


@pytest.mark.parametrize("name", ["statementId", "agent", "verb", "since", "limit", "format"])
@pytest.mark.parametrize("value", ["\x00", "'\"", "%00", "x" * 5000, "髙𠮷", "[]", "{}", "null", "1e5"])
def test_3_2_hostile_parameters_are_400(system, name, value):
    assert system.get(**{name: value}).status_code == 400


def test_text_beyond_the_basic_plane_survives(system):
    (uuid,) = system.keep(statement(result={"response": "髙橋 𠮷野家 👩‍🏫"}))
    assert system.get(statementId=uuid).json()["result"]["response"] == "髙橋 𠮷野家 👩‍🏫"
