"""The statements resource, by the sections of xAPI 1.0.3 Part Three (2.1) and Part Two (2.2, 2.3, 2.4)."""

import pytest

from learning.records.models import Statement
from tests.learning.xapi_client import ACTIVITY, ACTOR, System, account, new_id, statement, voiding

pytestmark = pytest.mark.django_db
SOME = "11111111-1111-4111-8111-111111111111"


@pytest.fixture
def system():
    return System()


def test_2_1_1_put_keeps_a_statement_and_answers_204(system):
    uuid = new_id()
    assert system.put(uuid, statement()).status_code == 204
    kept = system.get(statementId=uuid).json()
    assert kept["id"] == uuid
    assert kept["actor"] == ACTOR


def test_2_1_1_put_needs_its_statement_id(system):
    assert system.send("PUT", "statements", statement()).status_code == 400
    assert system.put("no-uuid", statement()).status_code == 400
    assert system.put(new_id(), statement(id=new_id())).status_code == 400
    assert system.put(new_id(), [statement()]).status_code == 400


def test_2_1_1_the_same_statement_again_is_no_error_and_another_is_a_conflict(system):
    uuid = new_id()
    assert system.put(uuid, statement()).status_code == 204
    assert system.put(uuid, statement()).status_code == 204
    changed = statement(actor=account("somebody else"))
    assert system.put(uuid, changed).status_code == 409
    assert system.post(changed | {"id": uuid}).status_code == 409
    assert system.post(statement(id=uuid)).status_code == 204
    assert system.get(statementId=uuid).json()["actor"] == ACTOR
    assert Statement.objects.count() == 1


def test_2_1_2_post_gives_ids_in_order(system):
    one, two = new_id(), new_id()
    answer = system.post([statement(id=one), statement(), statement(id=two)])
    assert answer.status_code == 200
    ids = answer.json()
    assert (ids[0], ids[2], len(set(ids))) == (one, two, 3)
    assert system.post(statement()).json() == system.ids(limit=1)


def test_2_1_2_a_batch_is_kept_whole_or_not_at_all(system):
    known = new_id()
    system.keep(statement(id=known))
    bad = system.post([statement(), {"actor": ACTOR}])
    conflict = system.post([statement(), statement(id=known, actor=account("x"))])
    twice = new_id()
    doubled = system.post([statement(id=twice), statement(id=twice)])
    assert [bad.status_code, conflict.status_code, doubled.status_code] == [400, 409, 400]
    assert bad.json()["error"].startswith("$[1]: ")
    assert Statement.objects.count() == 1


def test_2_1_2_an_empty_batch_changes_nothing(system):
    assert system.post([]).json() == []


def test_2_4_the_server_sets_id_stored_authority_version_and_timestamp(system):
    sent = statement(stored="2001-01-01T00:00:00Z", authority=ACTOR)
    (uuid,) = system.keep(sent)
    kept = system.get(statementId=uuid).json()
    assert kept["stored"] != sent["stored"]
    assert kept["timestamp"] == kept["stored"]
    assert kept["version"] == "1.0.0"
    assert kept["authority"]["account"]["name"] == f"client:{system.row.uuid}"
    (other,) = system.keep(statement(version="1.0.2", timestamp="2026-11-01T10:00:00.123+09:00"))
    kept = system.get(statementId=other).json()
    assert (kept["version"], kept["timestamp"]) == ("1.0.2", "2026-11-01T10:00:00.123+09:00")


def test_2_4_6_2_a_single_context_activity_becomes_an_array(system):
    (uuid,) = system.keep(statement(context={"contextActivities": {"parent": ACTIVITY}}))
    kept = system.get(statementId=uuid).json()
    assert kept["context"]["contextActivities"] == {"parent": [ACTIVITY]}


def test_2_1_3_a_statement_that_is_not_there_is_404(system):
    assert system.get(statementId=new_id()).status_code == 404
    assert system.get(voidedStatementId=new_id()).status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        {"statementId": "x"},
        {"statementId": SOME, "voidedStatementId": SOME},
        {"statementId": SOME, "limit": 1},
        {"statementId": SOME, "agent": ACTOR},
        {"voidedStatementId": SOME, "ascending": "true"},
        {"limit": "-1"},
        {"limit": "two"},
        {"limit": "²"},
        {"ascending": "yes"},
        {"related_agents": "1"},
        {"since": "yesterday"},
        {"until": "2026-11-01T00:00:00-00:00"},
        {"verb": "attended"},
        {"activity": "no iri"},
        {"registration": "x"},
        {"agent": "{"},
        {"agent": {"name": "nobody"}},
        {"agent": {"objectType": "Group", "member": [ACTOR]}},
        {"format": "long"},
        {"attachments": "maybe"},
        {"unknown": "1"},
        {"Limit": "1"},
        {"after": "1"},
    ],
    ids=str,
)
def test_2_1_3_and_3_2_a_parameter_that_is_unknown_or_wrong_is_400(system, query):
    answer = system.get(**query)
    assert answer.status_code == 400
    assert answer.json()["error"]


def test_2_1_3_filters_find_actor_verb_activity_and_registration(system):
    registration = new_id()
    a, b, c = system.keep(
        statement(),
        statement(actor=account("b"), verb={"id": "https://example.jp/verbs/read"}),
        statement(object={"id": "https://example.jp/2"}, context={"registration": registration}),
    )
    assert system.ids() == [c, b, a]
    assert system.ids(ascending="true") == [a, b, c]
    assert system.ids(agent=ACTOR) == [c, a]
    assert system.ids(agent=account("b")) == [b]
    assert system.ids(verb="https://example.jp/verbs/read") == [b]
    assert system.ids(activity="https://example.jp/2") == [c]
    assert system.ids(registration=registration) == [c]
    assert system.ids(agent=ACTOR, activity=ACTIVITY["id"]) == [a]
    assert system.ids(agent=ACTOR, verb="https://example.jp/verbs/read") == []


def test_2_1_3_an_agent_is_found_as_object_and_in_a_group(system):
    member = account("m")
    a, b, c = system.keep(
        statement(actor={"objectType": "Group", "member": [member, account("n")]}),
        statement(object={"objectType": "Agent", **member}),
        statement(context={"instructor": member}),
    )
    assert system.ids(agent=member) == [b, a]
    assert system.ids(agent=member, related_agents="true") == [c, b, a]
    assert system.ids(agent=account("n"), related_agents="true") == [a]


def test_2_1_3_related_finds_context_and_sub_statements(system):
    inner = {"objectType": "SubStatement", "actor": account("in"), "verb": {"id": "https://example.jp/v"}}
    a, b = system.keep(
        statement(context={"contextActivities": {"grouping": [{"id": "https://example.jp/g"}]}}),
        statement(object={**inner, "object": {"id": "https://example.jp/g"}}),
    )
    assert system.ids(activity="https://example.jp/g") == []
    assert system.ids(activity="https://example.jp/g", related_activities="true") == [b, a]
    assert system.ids(agent=account("in")) == []
    assert system.ids(agent=account("in"), related_agents="true") == [b]
    authority = system.get(statementId=a).json()["authority"]
    assert system.ids(agent=authority, related_agents="true") == [b, a]


def test_2_1_3_a_statement_about_another_one_fits_where_that_one_fits(system):
    """StatementRef, over several steps, also when the target comes last."""
    first, second, third = new_id(), new_id(), new_id()
    mark = account("marked")
    about = {"objectType": "StatementRef"}
    system.keep(statement(id=third, object={**about, "id": second}))
    system.keep(statement(id=second, object={**about, "id": first}))
    assert system.ids(agent=mark) == []
    system.keep(statement(id=first, actor=mark))
    assert system.ids(agent=mark) == [first, second, third]
    assert system.ids(agent=mark, verb="https://example.jp/none") == []


def test_2_1_3_statements_that_refer_to_each_other_in_a_ring_end(system):
    a, b = new_id(), new_id()
    about = {"objectType": "StatementRef"}
    system.keep(
        statement(id=a, object={**about, "id": b}),
        statement(id=b, object={**about, "id": a}, actor=account("b")),
    )
    assert system.ids(agent=account("b")) == [b, a]


def test_2_1_3_since_and_until_are_about_stored(system):
    (a,) = system.keep(statement(timestamp="2001-01-01T00:00:00Z"))
    moment = system.get(statementId=a).json()["stored"]
    (b,) = system.keep(statement())
    assert system.ids(since=moment) == [b]
    assert system.ids(until=moment) == [a]


def test_2_5_more_is_relative_and_keeps_the_query(system):
    ids = system.keep(*[statement() for _ in range(5)], statement(actor=account("x")))
    page = system.get(agent=ACTOR, limit=2).json()
    seen = [one["id"] for one in page["statements"]]
    system.keep(statement())
    while page["more"]:
        assert page["more"].startswith("/xapi/")
        page = system.send("GET", page["more"].removeprefix("/xapi/")).json()
        seen += [one["id"] for one in page["statements"]]
    assert seen == list(reversed(ids[:5]))


def test_2_1_3_a_limit_of_0_is_the_servers_own(system):
    ids = system.keep(*[statement() for _ in range(3)])
    assert system.ids(limit=0) == list(reversed(ids))
    assert system.get(limit=3).json()["more"] == ""


def test_2_1_3_formats(system):
    named = {"id": "https://example.jp/f", "definition": {"name": {"ja": "講座", "en": "Course"}}}
    (uuid,) = system.keep(statement(object=named))
    short = system.get(statementId=uuid, format="ids").json()
    assert short["actor"] == {"objectType": "Agent", "mbox": ACTOR["mbox"]}
    assert short["object"] == {"id": "https://example.jp/f"}
    assert short["verb"] == {"id": statement()["verb"]["id"]}
    query = {"statementId": uuid, "format": "canonical"}
    told = system.send("GET", "statements", query=query, Accept_Language="fr;q=0.9, en-GB;q=0.8").json()
    assert told["object"]["definition"]["name"] == {"en": "Course"}
    assert system.get(statementId=uuid, format="exact").json()["object"] == named


def test_2_1_3_headers(system):
    (uuid,) = system.keep(statement())
    for answer in (system.get(), system.get(statementId=uuid), system.get(limit=1)):
        assert answer["X-Experience-API-Consistent-Through"].endswith("Z")
        assert answer["X-Experience-API-Version"] == "1.0.3"
        assert answer["Content-Type"] == "application/json"
        assert "Set-Cookie" not in answer


def test_1_1_head_is_get_without_a_body(system):
    (uuid,) = system.keep(statement())
    answer = system.send("HEAD", "statements", query={"statementId": uuid})
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer["X-Experience-API-Consistent-Through"]
    assert system.send("HEAD", "statements", query={"statementId": new_id()}).status_code == 404


def test_3_2_a_method_that_is_not_there_is_405(system):
    answer = system.send("DELETE", "statements")
    assert answer.status_code == 405
    assert answer["Allow"] == "GET, HEAD, PUT, POST"


def test_2_3_2_a_voided_statement_is_found_only_as_voided(system):
    (a, other) = system.keep(statement(), statement(actor=account("o")))
    (v,) = system.keep(voiding(a))
    assert system.get(statementId=a).status_code == 404
    assert system.get(voidedStatementId=a).json()["id"] == a
    assert system.get(voidedStatementId=other).status_code == 404
    assert system.ids() == [v, other]
    # The voiding one fits where its target did (2.1.3).
    assert system.ids(activity=ACTIVITY["id"]) == [v, other]


def test_2_3_2_a_statement_may_be_voided_before_it_arrives(system):
    uuid = new_id()
    system.keep(voiding(uuid))
    system.keep(statement(id=uuid))
    assert system.get(statementId=uuid).status_code == 404


def test_2_3_2_a_voiding_statement_cannot_be_voided(system):
    (a,) = system.keep(statement())
    (v,) = system.keep(voiding(a))
    system.keep(voiding(v))
    assert system.get(statementId=v).status_code == 200
    assert system.get(statementId=a).status_code == 404


def test_2_3_2_nobody_voids_what_another_system_said(system):
    (a,) = system.keep(statement())
    other = System(name="別のシステム")
    assert other.post(voiding(a)).status_code == 403
    assert system.get(statementId=a).status_code == 200
    late = new_id()
    other.keep(voiding(late))
    system.keep(statement(id=late))
    assert system.get(statementId=late).status_code == 200
