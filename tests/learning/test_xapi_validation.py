"""What a statement must look like: xAPI 1.0.3 Part Two, 2.4 and 4, and Part Three 3.2."""

import copy
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from learning.xapi.actors import actor_key
from learning.xapi.checks import Invalid, moment
from learning.xapi.documents import read_json
from learning.xapi.formats import best_of, comparable, in_short, normalised
from learning.xapi.references import named
from learning.xapi.statements import statement as check
from tests.learning.xapi_client import ACTIVITY, ACTOR, VERB, account, new_id, statement

SOME = "11111111-1111-4111-8111-111111111111"
GROUP = {"objectType": "Group", "member": [ACTOR, account("b")]}
SUB = {"objectType": "SubStatement", "actor": ACTOR, "verb": VERB, "object": ACTIVITY}
REF = {"objectType": "StatementRef", "id": SOME}
FILE = {
    "usageType": "https://example.jp/u",
    "display": {"ja": "添付"},
    "contentType": "text/plain; charset=utf-8",
    "length": 3,
    "sha2": "a" * 64,
}


def defined(**definition):
    return statement(object={**ACTIVITY, "definition": definition})


GOOD = {
    "2.2 the least": statement(),
    "2.4.1 id": statement(id=SOME.upper()),
    "2.4.2.1 sha1": statement(actor={"mbox_sha1sum": "a" * 40}),
    "2.4.2.1 openid": statement(actor={"openid": "https://example.jp/me"}),
    "2.4.2.2 anonymous group": statement(actor=GROUP),
    "2.4.2.2 identified group": statement(actor={"objectType": "Group", **account("g")}),
    "2.4.3 verb without display": statement(verb={"id": VERB["id"]}),
    "2.4.4 agent": statement(object={"objectType": "Agent", **account("o")}),
    "2.4.4 group": statement(object=GROUP),
    "2.4.4.3 sub-statement": statement(object=SUB),
    "2.4.4.3 reference": statement(object=REF),
    "2.4.4.1 no object type": statement(object={"id": "urn:x:1"}),
    "2.4.4.1 choice": defined(
        interactionType="choice", choices=[{"id": "a"}, {"id": "b"}], correctResponsesPattern=["a[,]b"]
    ),
    "2.4.4.1 matching": defined(interactionType="matching", source=[{"id": "a"}], target=[{"id": "a"}]),
    "2.4.5 result": statement(
        result={
            "score": {"scaled": -1, "raw": 0, "min": -1.5, "max": 10},
            "success": False,
            "completion": True,
            "response": "",
            "duration": "P1Y2M3DT4H5M6.78S",
        }
    ),
    "2.4.6 context": statement(
        context={
            "registration": SOME,
            "instructor": ACTOR,
            "team": GROUP,
            "contextActivities": {"parent": ACTIVITY, "other": [ACTIVITY]},
            "revision": "1",
            "platform": "x",
            "language": "ja-JP",
            "statement": REF,
        }
    ),
    "2.4.10 version": statement(version="1.0.3"),
    "2.4.11 attachment": statement(attachments=[{**FILE, "fileUrl": "https://example.jp/f"}]),
    "4.1 extensions": statement(
        result={"extensions": {"https://example.jp/x": {"null": None, "": [1.5, {}]}}}
    ),
    "4.1 no extensions": statement(result={"extensions": {}}),
    "4.2 languages": statement(verb={**VERB, "display": {"zh-Hant-TW": "x", "und": "y", "i-klingon": "z"}}),
    **{
        f"4.5 {text}": statement(timestamp=text)
        for text in (
            "2026-11-22T10:00:00Z",
            "2026-11-22T10:00:00.123456789+09:00",
            "20261122T100000Z",
            "2026-11-22T10:00",
            "2026-11-22",
        )
    },
    **{
        f"4.6 {text}": statement(result={"duration": text})
        for text in ("PT0S", "P4W", "PT16559.14S", "P3Y", "PT1H0M0.1S", "P1DT12H")
    },
}


@pytest.mark.parametrize("name", GOOD)
def test_a_statement_that_keeps_the_rules_is_taken(name):
    check(GOOD[name])


BAD = {
    "2.2 no actor": (statement(actor=None), "$"),
    "2.2 no verb": (statement(verb=None), "$"),
    "2.2 no object": (statement(object=None), "$"),
    "2.2 null": ({**statement(), "result": None}, "$.result"),
    "2.2 unknown property": (statement(odd=1), "$.odd"),
    "2.2 wrong case": ({**statement(), "Result": {}}, "$.Result"),
    "2.2 null within": (statement(result={"success": None}), "$.result.success"),
    "2.4.1 id": (statement(id="1"), "$.id"),
    "2.4.1 id in braces": (statement(id="{" + SOME + "}"), "$.id"),
    "2.4.2.1 no identifier": (statement(actor={"name": "x"}), "$.actor"),
    "2.4.2.1 two identifiers": (statement(actor={**ACTOR, "openid": "https://e.jp"}), "$.actor"),
    "2.4.2.1 mail": (statement(actor={"mbox": "xapi@example.jp"}), "$.actor.mbox"),
    "2.4.2.1 mail in capitals": (statement(actor={"mbox": "MAILTO:x"}), "$.actor.mbox"),
    "2.4.2.1 account": (statement(actor={"account": {"name": "x"}}), "$.actor.account"),
    "2.4.2.1 home page": (
        statement(actor={"account": {"name": "x", "homePage": "example.jp"}}),
        "$.actor.account.homePage",
    ),
    "2.4.2.1 name": (statement(actor={**ACTOR, "name": 1}), "$.actor.name"),
    "2.4.2.1 member of an agent": (statement(actor={**ACTOR, "member": []}), "$.actor.member"),
    "2.4.2.2 nobody": (statement(actor={"objectType": "Group"}), "$.actor"),
    "2.4.2.2 no members": (statement(actor={"objectType": "Group", "member": []}), "$.actor"),
    "2.4.2.2 a group in a group": (
        statement(actor={"objectType": "Group", "member": [GROUP]}),
        "$.actor.member[0].objectType",
    ),
    "2.4.2 object type": (statement(actor={**ACTOR, "objectType": "agent"}), "$.actor.objectType"),
    "2.4.3 verb": (statement(verb={"id": "read"}), "$.verb.id"),
    "2.4.3 display": (statement(verb={**VERB, "display": "read"}), "$.verb.display"),
    "2.4.3 voided about an activity": (
        statement(verb={"id": "http://adlnet.gov/expapi/verbs/voided"}),
        "$.object",
    ),
    "2.4.4 object type": (statement(object={**ACTIVITY, "objectType": "Thing"}), "$.object.objectType"),
    "2.4.4 object type a list": (statement(object={**ACTIVITY, "objectType": []}), "$.object.objectType"),
    "2.4.4.1 id": (statement(object={"id": "1"}), "$.object.id"),
    "2.4.4.1 more info": (defined(moreInfo="x"), "$.object.definition.moreInfo"),
    "2.4.4.1 no interaction type": (defined(choices=[{"id": "a"}]), "$.object.definition"),
    "2.4.4.1 interaction type": (defined(interactionType="quiz"), "$.object.definition.interactionType"),
    "2.4.4.1 foreign components": (
        defined(interactionType="choice", scale=[{"id": "a"}]),
        "$.object.definition.scale",
    ),
    "2.4.4.1 two of one id": (
        defined(interactionType="choice", choices=[{"id": "a"}, {"id": "a"}]),
        "$.object.definition.choices",
    ),
    "2.4.4.1 component": (
        defined(interactionType="choice", choices=[{"id": 1}]),
        "$.object.definition.choices[0].id",
    ),
    "2.4.4.3 nested sub-statement": (statement(object={**SUB, "object": SUB}), "$.object.object"),
    "2.4.4.3 sub-statement with id": (statement(object={**SUB, "id": SOME}), "$.object.id"),
    "2.4.4.3 sub-statement with stored": (
        statement(object={**SUB, "stored": "2026-11-22T10:00:00Z"}),
        "$.object.stored",
    ),
    "2.4.4.3 reference": (statement(object={**REF, "id": "1"}), "$.object.id"),
    "2.4.5 success": (statement(result={"success": "true"}), "$.result.success"),
    "2.4.5 completion": (statement(result={"completion": 1}), "$.result.completion"),
    "2.4.5.1 scaled": (statement(result={"score": {"scaled": 1.01}}), "$.result.score.scaled"),
    "2.4.5.1 raw below": (statement(result={"score": {"raw": 1, "min": 2}}), "$.result.score.raw"),
    "2.4.5.1 raw above": (statement(result={"score": {"raw": 3, "max": 2}}), "$.result.score.raw"),
    "2.4.5.1 bounds": (statement(result={"score": {"min": 2, "max": 2}}), "$.result.score.min"),
    "2.4.5.1 text": (statement(result={"score": {"raw": "1"}}), "$.result.score.raw"),
    "2.4.5.1 boolean": (statement(result={"score": {"raw": True}}), "$.result.score.raw"),
    "2.4.6 registration": (statement(context={"registration": "1"}), "$.context.registration"),
    "2.4.6 team": (statement(context={"team": ACTOR}), "$.context.team"),
    "2.4.6 language": (statement(context={"language": "Japanese!"}), "$.context.language"),
    "2.4.6 reference": (statement(context={"statement": ACTIVITY}), "$.context.statement"),
    "2.4.6 revision": (statement(object=GROUP, context={"revision": "1"}), "$.context.revision"),
    "2.4.6 platform": (statement(object=REF, context={"platform": "x"}), "$.context.platform"),
    "2.4.6.2 kind": (
        statement(context={"contextActivities": {"sibling": []}}),
        "$.context.contextActivities.sibling",
    ),
    "2.4.6.2 not an activity": (
        statement(context={"contextActivities": {"parent": [ACTOR]}}),
        "$.context.contextActivities.parent[0]",
    ),
    "2.4.8 stored": (statement(stored="now"), "$.stored"),
    "2.4.9 authority": (statement(authority={**GROUP, "member": [ACTOR]}), "$.authority"),
    "2.4.10 version": (statement(version="1.1.0"), "$.version"),
    "2.4.11 length": (statement(attachments=[{**FILE, "length": -1}]), "$.attachments[0].length"),
    "2.4.11 digest": (statement(attachments=[{**FILE, "sha2": "x"}]), "$.attachments[0].sha2"),
    "2.4.11 no list": (statement(attachments=FILE), "$.attachments"),
    "4.1 key": (statement(result={"extensions": {"x": 1}}), "$.result.extensions"),
    "4.2 text": (statement(verb={**VERB, "display": {"ja": 1}}), "$.verb.display"),
    "4.2 tag": (statement(verb={**VERB, "display": {"日本語": "x"}}), "$.verb.display"),
    **{
        f"4.5 {text}": (statement(timestamp=text), "$.timestamp")
        for text in (
            "01/11/2015",
            "2026-02-30T00:00:00Z",
            "2008-09-15T15:53:00.601-00:00",
            "2008-09-15T15:53:00.601-0000",
            "2008-09-15T15:53:00.601-00",
            "2026-11-22 10:00:00Z",
            "2026-W47-7",
            "2026-11-22T25:00:00Z",
            "２０２６-11-22",
            "",
        )
    },
    **{
        f"4.6 {text}": (statement(result={"duration": text}), "$.result.duration")
        for text in ("P", "PT", "P1DT", "PA1H", "1D", "P-1D", "P1W2D", "PT1S1H", "")
    },
}


@pytest.mark.parametrize("name", BAD)
def test_a_statement_that_breaks_a_rule_is_refused_with_the_place(name):
    value, place = BAD[name]
    with pytest.raises(Invalid) as refused:
        check(value)
    assert refused.value.path == place or refused.value.path.startswith(place + ".")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@given(JSON)
def test_any_json_is_taken_or_refused_and_never_breaks(value):
    with pytest.raises(Invalid):
        check(value)


@settings(max_examples=300)
@given(st.sampled_from(sorted(GOOD)), st.data(), JSON)
def test_a_good_statement_with_one_value_replaced_never_breaks(name, data, value):
    """What is still taken can be indexed, compared, shortened."""
    whole = copy.deepcopy(GOOD[name])
    holder, key = data.draw(st.sampled_from(list(_places(whole))))
    holder[key] = value
    try:
        check(whole)
    except Invalid as refused:
        assert refused.path.startswith("$")
    else:
        named(normalised(whole))
        assert comparable(whole) == comparable(copy.deepcopy(whole))
        in_short(whole)


def _places(value):
    for key, item in value.items() if isinstance(value, dict) else enumerate(value):
        yield value, key
        if isinstance(item, dict | list):
            yield from _places(item)


@given(st.binary(max_size=200))
def test_any_bytes_are_json_or_refused(body):
    try:
        read_json(body)
    except Invalid as refused:
        assert str(refused)


@given(st.text(max_size=40))
def test_any_text_is_a_moment_or_refused(text):
    with suppress(Invalid):
        assert moment(text).tzinfo is not None


def test_2_4_2_3_the_same_identifier_is_the_same_actor():
    assert actor_key(ACTOR) == actor_key({"mbox": ACTOR["mbox"], "name": "別名"})
    assert actor_key({"objectType": "Group", **account("a")}) == actor_key(account("a"))
    assert actor_key(account("a")) != actor_key(account("b"))
    assert actor_key(GROUP) is None


def test_2_2_what_the_server_may_alter_is_not_compared():
    one = statement(id=new_id(), timestamp="2026-11-22T10:00:00Z", actor=GROUP)
    other = statement(
        id=one["id"],
        timestamp="2026-11-23T10:00:00Z",
        actor={**GROUP, "member": GROUP["member"][::-1]},
        verb={"id": VERB["id"], "display": {"ja": "出席"}},
        object={"id": ACTIVITY["id"], "definition": {"name": {"ja": "x"}}},
    )
    assert comparable(one) == comparable(other)
    assert comparable(one) != comparable({**one, "result": {"success": True}})


def test_2_5_the_best_language_is_chosen():
    texts = {"en-US": "a", "ja": "b", "und": "c"}
    assert best_of(texts, ["JA"]) == {"ja": "b"}
    assert best_of(texts, ["fr", "en-GB"]) == {"en-US": "a"}
    assert best_of(texts, ["fr"]) == {"und": "c"}
