"""State and profiles, agents, activities, about: xAPI 1.0.3 Part Three, 2.2 to 2.8 and 3.1."""

from hashlib import sha1
from typing import Any

import pytest

from learning.clients.enums import LrsScope
from tests.learning.xapi_client import ACTIVITY, ACTOR, System, account, new_id, statement

pytestmark = pytest.mark.django_db

STATE = {"activityId": ACTIVITY["id"], "agent": ACTOR, "stateId": "place"}
ACTIVITY_PROFILE = {"activityId": ACTIVITY["id"], "profileId": "p"}
AGENT_PROFILE = {"agent": ACTOR, "profileId": "p"}
PLACES: dict[str, dict[str, Any]] = {
    "activities/state": STATE,
    "activities/profile": ACTIVITY_PROFILE,
    "agents/profile": AGENT_PROFILE,
}
EVERY_PLACE = pytest.mark.parametrize(("path", "query"), PLACES.items(), ids=list(PLACES))


@pytest.fixture
def system():
    return System()


def send(system, method, path, query, body=b"", **more):
    told = {
        name: str(value).replace("'", '"') if isinstance(value, dict) else value
        for name, value in query.items()
    }
    return system.send(method, path, body, query=told, **more)


@EVERY_PLACE
def test_2_2_a_document_is_kept_as_it_came(system, path, query):
    body = "ページ 3\x01".encode()
    assert send(system, "PUT", path, query, body, kind="text/x-odd; v=1").status_code == 204
    kept = send(system, "GET", path, query)
    assert (kept.content, kept["Content-Type"]) == (body, "text/x-odd; v=1")
    assert kept["ETag"] == f'"{sha1(body, usedforsecurity=False).hexdigest()}"'
    assert kept["Last-Modified"].endswith("GMT")
    assert send(system, "HEAD", path, query)["ETag"] == kept["ETag"]
    assert send(system, "DELETE", path, query).status_code == 204
    assert send(system, "GET", path, query).status_code == 404
    assert send(system, "DELETE", path, query).status_code == 204


@EVERY_PLACE
def test_2_2_a_post_merges_the_top_level_of_two_json_objects(system, path, query):
    assert send(system, "POST", path, query, {"a": {"x": 1}, "b": 2}).status_code == 204
    assert send(system, "POST", path, query, {"a": {"y": 1}, "c": 3}).status_code == 204
    assert send(system, "GET", path, query).json() == {"a": {"y": 1}, "b": 2, "c": 3}


@EVERY_PLACE
@pytest.mark.parametrize(
    ("first", "second"),
    [
        ((b"text", "text/plain"), (b"{}", "application/json")),
        ((b"{}", "application/json"), (b"text", "text/plain")),
        ((b"{}", "application/json"), (b"[1]", "application/json")),
        ((b"[1]", "application/json"), (b"{}", "application/json")),
        ((b"{}", "application/json"), (b"{", "application/json")),
    ],
)
def test_2_2_what_cannot_be_merged_is_400_and_changes_nothing(system, path, query, first, second):
    assert send(system, "PUT", path, query, first[0], kind=first[1]).status_code == 204
    assert send(system, "POST", path, query, second[0], kind=second[1]).status_code == 400
    assert send(system, "GET", path, query).content == first[0]


@EVERY_PLACE
def test_3_1_if_match_and_if_none_match(system, path, query):
    assert send(system, "PUT", path, query, {"v": 1}, If_None_Match="*").status_code == 204
    assert send(system, "PUT", path, query, {"v": 2}, If_None_Match="*").status_code == 412
    etag = send(system, "GET", path, query)["ETag"]
    wrong = f'"{"1" * 40}"'
    for method in ("PUT", "POST", "DELETE"):
        assert send(system, method, path, query, {"v": 2}, If_Match=wrong).status_code == 412
    assert send(system, "GET", path, query).json() == {"v": 1}
    assert send(system, "GET", path, query, If_None_Match=etag).status_code == 304
    assert send(system, "PUT", path, query, {"v": 2}, If_Match=etag).status_code == 204
    assert send(system, "DELETE", path, query, If_Match=etag).status_code == 412
    assert send(system, "GET", path, query).json() == {"v": 2}


@pytest.mark.parametrize("path", ["activities/profile", "agents/profile"])
def test_3_1_a_profile_is_not_replaced_without_a_condition(system, path):
    query = PLACES[path]
    assert send(system, "PUT", path, query, {"v": 1}).status_code == 204
    answer = send(system, "PUT", path, query, {"v": 2})
    assert (answer.status_code, "If-Match" in answer.json()["error"]) == (409, True)
    assert send(system, "GET", path, query).json() == {"v": 1}


def test_2_3_state_may_be_replaced_without_a_condition(system):
    send(system, "PUT", "activities/state", STATE, {"v": 1})
    assert send(system, "PUT", "activities/state", STATE, {"v": 2}).status_code == 204


@EVERY_PLACE
def test_2_2_ids_of_several_documents(system, path, query, clock):
    name = "stateId" if "stateId" in query else "profileId"
    owner = {key: value for key, value in query.items() if key != name}
    send(system, "PUT", path, owner | {name: "one"}, b"1")
    moment = clock()
    send(system, "PUT", path, owner | {name: "two"}, b"2")
    assert send(system, "GET", path, owner).json() == ["one", "two"]
    assert send(system, "GET", path, owner | {"since": moment.isoformat()}).json() == ["two"]


def test_2_3_state_of_one_registration_is_apart_and_all_of_it_can_be_deleted(system):
    registration = new_id()
    owner = {"activityId": ACTIVITY["id"], "agent": ACTOR}
    send(system, "PUT", "activities/state", STATE, b"1")
    send(system, "PUT", "activities/state", STATE | {"registration": registration}, b"2")
    send(system, "PUT", "activities/state", STATE | {"agent": account("x")}, b"3")
    assert send(system, "GET", "activities/state", STATE).content == b"1"
    assert (
        send(system, "DELETE", "activities/state", owner | {"registration": registration}).status_code == 204
    )
    assert send(system, "GET", "activities/state", STATE).content == b"1"
    assert send(system, "DELETE", "activities/state", owner).status_code == 204
    assert send(system, "GET", "activities/state", STATE).status_code == 404
    assert send(system, "GET", "activities/state", STATE | {"agent": account("x")}).content == b"3"


@EVERY_PLACE
@pytest.mark.parametrize("method", ["PUT", "POST", "GET", "DELETE"])
def test_3_2_missing_wrong_and_unknown_parameters_are_400(system, path, query, method):
    owners = [name for name in query if name not in ("stateId", "profileId")]
    for name in owners:
        rest = {key: value for key, value in query.items() if key != name}
        assert send(system, method, path, rest, b"{}").status_code == 400
        assert send(system, method, path, query | {name: "not one"}, b"{}").status_code == 400
    assert send(system, method, path, query | {"since": "x"}, b"{}").status_code == 400
    assert send(system, method, path, query | {"odd": "x"}, b"{}").status_code == 400
    if path == "activities/state":
        assert send(system, method, path, query | {"registration": "x"}, b"{}").status_code == 400


@pytest.mark.parametrize("path", ["activities/profile", "agents/profile"])
def test_2_6_and_2_7_only_one_profile_is_deleted_at_a_time(system, path):
    owner = {key: value for key, value in PLACES[path].items() if key != "profileId"}
    assert send(system, "DELETE", path, owner).status_code == 400


@EVERY_PLACE
def test_documents_of_one_system_are_no_other_systems(system, path, query):
    send(system, "PUT", path, query, b"mine")
    other = System(name="別のシステム")
    assert send(other, "GET", path, query).status_code == 404
    assert send(other, "DELETE", path, query).status_code == 204
    assert send(system, "GET", path, query).content == b"mine"


def test_4_2_documents_need_their_scope():
    state, profile = System(LrsScope.STATE), System(LrsScope.PROFILE, name="二")
    assert send(state, "PUT", "activities/state", STATE, b"1").status_code == 204
    assert send(state, "PUT", "agents/profile", AGENT_PROFILE, b"1").status_code == 403
    assert send(profile, "GET", "activities/state", STATE).status_code == 403
    assert send(profile, "PUT", "activities/profile", ACTIVITY_PROFILE, b"1").status_code == 204


def test_2_4_an_agent_is_told_as_a_person(system):
    system.keep(statement(actor=account("a") | {"name": "花子"}))
    system.keep(statement(actor=account("a") | {"name": "はなこ"}))
    person = system.get("agents", agent=account("a") | {"name": "佐藤"}).json()
    assert person == {
        "objectType": "Person",
        "name": ["佐藤", "はなこ", "花子"],
        "account": [account("a")["account"]],
    }
    unknown = system.get("agents", agent=account("nobody")).json()
    assert unknown == {"objectType": "Person", "account": [account("nobody")["account"]]}
    assert system.get("agents").status_code == 400
    assert system.get("agents", agent={"mbox": "x"}).status_code == 400


def test_2_4_names_come_from_statements_that_the_system_may_read(system):
    system.keep(statement(actor=account("a") | {"name": "花子"}))
    other = System(LrsScope.STATEMENTS_READ_MINE, name="別のシステム")
    assert "name" not in other.get("agents", agent=account("a")).json()


def test_2_5_an_activity_is_told_with_what_several_statements_said(system):
    iri = "https://example.jp/activities/told"
    system.keep(
        statement(object={"id": iri, "definition": {"name": {"ja": "一"}, "type": "https://example.jp/t"}})
    )
    system.keep(
        statement(
            context={"contextActivities": {"parent": [{"id": iri, "definition": {"name": {"en": "One"}}}]}}
        )
    )
    told = system.get("activities", activityId=iri).json()
    assert told["definition"] == {"name": {"ja": "一", "en": "One"}, "type": "https://example.jp/t"}
    assert system.get("activities", activityId="https://example.jp/none").json() == {
        "objectType": "Activity",
        "id": "https://example.jp/none",
    }
    assert system.get("activities").status_code == 400
    assert system.get("activities", activityId="x").status_code == 400


def test_4_2_only_who_may_define_changes_what_is_known_of_an_activity(system):
    iri = "https://example.jp/activities/told"
    system.keep(statement(object={"id": iri, "definition": {"name": {"ja": "正"}}}))
    other = System(LrsScope.STATEMENTS_WRITE, name="別のシステム")
    other.keep(statement(object={"id": iri, "definition": {"name": {"ja": "誤"}}}))
    assert system.get("activities", activityId=iri).json()["definition"]["name"] == {"ja": "正"}


def test_2_8_about_is_open_and_tells_the_versions(client):
    answer = client.get("/xapi/about")
    assert answer.status_code == 200
    assert answer.json()["version"] == ["1.0.0", "1.0.1", "1.0.2", "1.0.3", "2.0.0"]
    assert answer["X-Experience-API-Version"] == "1.0.3"
