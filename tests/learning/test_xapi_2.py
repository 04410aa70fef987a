"""What xAPI 2.0 (IEEE 9274.1.1) does otherwise than 1.0.3; the sections of its LRS part in the names."""

import pytest

from tests.learning.xapi_client import ACTIVITY, ACTOR, System, account, statement

pytestmark = pytest.mark.django_db

TYPE = "https://example.jp/types/advisor"


@pytest.fixture
def system():
    return System()


def advised(**parts):
    agents = [{"objectType": "contextAgent", "agent": account("advisor"), "relevantTypes": [TYPE]}]
    groups = [{"objectType": "contextGroup", "group": {"objectType": "Group", **account("team")}}]
    return statement(context={"contextAgents": agents, "contextGroups": groups, **parts})


@pytest.mark.parametrize("version", ["2.0", "2.0.0", "2.0.7"])
def test_4_1_5_a_request_of_2_is_answered_in_2(system, version):
    answer = system.send("GET", "statements", version=version)
    assert (answer.status_code, answer["X-Experience-API-Version"]) == (200, "2.0.0")


@pytest.mark.parametrize("version", ["2", "2.1.0", "2.0.0-rc", "3.0.0", "1.1.0", "２.0"])
def test_4_1_5_other_versions_are_refused(system, version):
    assert system.send("GET", "statements", version=version).status_code == 400


def test_4_1_5_a_request_of_1_is_answered_in_1(system):
    assert system.get()["X-Experience-API-Version"] == "1.0.3"


def test_4_1_6_7_about_names_both(system):
    assert {"1.0.3", "2.0.0"} <= set(system.send("GET", "about", version=None).json()["version"])


def test_4_2_4_3_the_version_is_kept_as_it_came_and_set_where_there_is_none(system):
    for told, kept in ((None, "2.0.0"), ("2.0.1", "2.0.1"), ("1.0.3", "1.0.3")):
        (uuid,) = system.post(statement(version=told), version="2.0.0").json()
        assert system.get(statementId=uuid).json()["version"] == kept
    assert system.post(statement(version="2.1.0"), version="2.0.0").status_code == 400
    assert system.post(statement(version="2.0.0")).status_code == 400


def test_4_2_2_5_agents_and_groups_of_the_context_are_kept_and_found(system):
    (uuid,) = system.post(advised(), version="2.0.0").json()
    assert system.get(statementId=uuid).json()["context"]["contextAgents"][0]["relevantTypes"] == [TYPE]
    for who in (account("advisor"), {"objectType": "Group", **account("team")}):
        asked = {"agent": who, "related_agents": "true"}
        assert [one["id"] for one in system.get(**asked).json()["statements"]] == [uuid]
        assert system.get(agent=who).json()["statements"] == []


def test_4_2_2_5_they_are_none_of_1_0_3(system):
    answer = system.post(advised())
    assert answer.status_code == 400
    assert "contextAgents" in answer.json()["error"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"contextAgents": {}},
        {"contextAgents": [{"agent": ACTOR}]},
        {"contextAgents": [{"objectType": "contextGroup", "agent": ACTOR}]},
        {"contextAgents": [{"objectType": "contextAgent", "agent": {"name": "nobody"}}]},
        {"contextAgents": [{"objectType": "contextAgent", "agent": ACTOR, "relevantTypes": []}]},
        {"contextAgents": [{"objectType": "contextAgent", "agent": ACTOR, "relevantTypes": ["abc"]}]},
        {"contextGroups": [{"objectType": "contextGroup", "group": ACTOR}]},
        {"contextGroups": [{"objectType": "contextGroup", "group": {"objectType": "Group", "key": "x"}}]},
        {"more": "properties"},
    ],
)
def test_4_2_2_5_what_is_not_so_is_refused_also_in_a_sub_statement(system, wrong):
    assert system.post(statement(context=wrong), version="2.0.0").status_code == 400
    inner = {**statement(context=wrong), "objectType": "SubStatement"}
    assert system.post(statement(object=inner), version="2.0.0").status_code == 400


def test_4_1_6_1_ids_only_is_short_for_them_too(system):
    told = advised()
    told["context"]["contextAgents"][0]["agent"]["name"] = "助言した人"
    system.post(told, version="2.0.0")
    (kept,) = system.get(format="ids").json()["statements"]
    assert "name" not in kept["context"]["contextAgents"][0]["agent"]


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("2026-11-22T10:00:00+09:00", "2026-11-22T01:00:00.000000Z"),
        ("2026-11-22 01:00:00.25Z", "2026-11-22T01:00:00.250000Z"),
        ("2026-11-22t01:00:00z", "2026-11-22T01:00:00.000000Z"),
    ],
)
def test_4_2_7_moments_are_rfc_3339_and_are_kept_in_utc(system, told, kept):
    (uuid,) = system.post(statement(timestamp=told), version="2.0.0").json()
    assert system.get(statementId=uuid).json()["timestamp"] == kept


@pytest.mark.parametrize(
    "wrong",
    ["2026-11-22", "20261122T010000Z", "2026-11-22T01:00:00", "2026-11-22T01:00Z", "2026-11-22T01:00:00-00:00",
     "2026-11-22T01:00:00+09", "2026-13-22T01:00:00Z"],
)  # fmt: skip
def test_4_2_7_anything_less_is_refused(system, wrong):
    assert system.post(statement(timestamp=wrong), version="2.0.0").status_code == 400


def test_4_1_4_a_state_is_replaced_by_who_has_seen_it_only(system):
    query = {"activityId": ACTIVITY["id"], "agent": '{"mbox":"mailto:xapi@example.jp"}', "stateId": "place"}

    def put(page, version="2.0.0", **headers):
        return system.send("PUT", "activities/state", {"page": page}, query=query, version=version, **headers)

    assert put(1).status_code == 204
    assert put(2).status_code == 409
    kept = system.send("GET", "activities/state", query=query, version="2.0.0")
    assert kept.json() == {"page": 1}
    assert put(2, If_Match='"0"').status_code == 412
    assert put(2, If_Match=kept["ETag"]).status_code == 204
    assert put(3, version="1.0.3").status_code == 204


def test_4_1_3_the_other_syntax_speaks_2_as_well(system):
    body = b"X-Experience-API-Version=2.0.0&limit=1"
    kind = "application/x-www-form-urlencoded"
    answer = system.send("POST", "statements", body, query={"method": "GET"}, kind=kind, version=None)
    assert (answer.status_code, answer["X-Experience-API-Version"]) == (200, "2.0.0")
