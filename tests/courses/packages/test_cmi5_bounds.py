"""Credentials of a session reach no further than the session, and no other origin reaches the record store."""

import json
from urllib.parse import urlsplit

import pytest
from django.test import Client

from learning.clients.enums import LrsScope
from learning.cmi5 import words
from tests.courses.packages.cmi5_units import au, structure
from tests.learning.xapi_client import System

pytestmark = pytest.mark.django_db


class TestBounds:
    """Credentials of a session reach no further than the session."""

    def test_other_registrations_actors_and_activities_are_closed(self, one, launch, cast):
        mine, other = launch(one).start(), launch(one, cast.kacho).start()
        other.state("place", "PUT", {"page": 7})
        for change in (
            {"registration": other.asked["registration"]},
            {"agent": json.dumps(other.actor)},
            {"activityId": "https://au.example.jp/one"},
        ):
            assert mine.state("place", **change).status_code == 403
            assert mine.state("place", "PUT", {"page": 1}, **change).status_code == 403
        assert mine.state("place").status_code == 404
        assert other.state("place").json() == {"page": 7}

    def test_statements_of_others_are_not_read(self, one, launch, cast):
        mine = launch(one).start().say("initialized")
        other = launch(one, cast.kacho).start()
        told = other.statement("initialized")
        other.post(told)
        found = mine.send("GET", "statements", {}).json()["statements"]
        assert {one["context"]["registration"] for one in found} == {mine.asked["registration"]}
        assert mine.send("GET", "statements", {"statementId": told["id"]}).status_code == 404
        asked = {"registration": other.asked["registration"]}
        assert mine.send("GET", "statements", asked).status_code == 403

    def test_nothing_opens_any_more_when_the_account_was_closed(self, one, launch, cast):
        mine, other = launch(one).start().say("initialized"), launch(one, cast.kacho).start()
        type(cast.hanako).objects.filter(pk=cast.hanako.pk).update(is_active=False)
        assert mine.post(mine.statement("completed", completion=True)).status_code == 401
        assert mine.state("place", "PUT", {"page": 1}).status_code == 401
        assert other.state("place", "PUT", {"page": 1}).status_code == 204

    def test_statements_for_others_are_not_taken(self, one, launch, cast):
        mine, other = launch(one).start(), launch(one, cast.kacho).start()
        mine.refused(other.statement("initialized"), "9.2")

    def test_the_launch_data_and_foreign_profiles_are_not_written(self, one, launch):
        unit = launch(one).start()
        assert unit.state(words.LAUNCH_DATA, "PUT", {"launchMode": "Normal"}).status_code == 403
        assert unit.state(words.LAUNCH_DATA, "DELETE").status_code == 403
        assert unit.state(None, "DELETE").status_code == 403
        agent = json.dumps(unit.actor)
        assert unit.send("PUT", "agents/profile", {"profileId": "x", "agent": agent}, {}).status_code == 403
        about = {"activityId": unit.asked["activityId"], "profileId": "x"}
        assert unit.send("PUT", "activities/profile", about, {}).status_code == 403
        assert unit.send("GET", "activities/profile", about).status_code == 404
        assert unit.send("GET", "agents", {"agent": agent}).status_code == 200
        assert unit.send("GET", "agents", {"agent": '{"mbox":"mailto:a@example.jp"}'}).status_code == 403

    def test_state_comes_back_in_the_next_session(self, one, launch):
        launch(one).start().state("place", "PUT", {"page": 3})
        assert launch(one).start().state("place").json() == {"page": 3}

    def test_without_the_token_nothing_opens(self, one, launch):
        unit = launch(one)
        unit.token = "bWFkZTp1cA=="
        assert unit.state("place").status_code == 401
        unit.start()
        unit.token = unit.token[:-6] + "AAAA=="
        assert unit.state("place").status_code == 401

    def test_a_system_reads_it_with_the_right_to_our_own_record_only(self, one, launch):
        launch(one).start().say("initialized")
        clients, whole = System(LrsScope.STATEMENTS_READ), System(LrsScope.ALL_READ, name="監査")
        assert clients.get().json()["statements"] == []
        assert len(whole.get().json()["statements"]) == 2
        assert whole.row.days.get().own_read == 2


class TestOtherOrigins:
    def test_a_page_that_was_launched_may_speak_and_no_other(self, one, launch):
        unit = launch(one).start()
        path = urlsplit(unit.asked["endpoint"]).path + "statements"
        asked = {"Origin": unit.origin, "Access-Control-Request-Method": "POST"}
        answer = Client().options(path, headers=asked)
        assert answer.status_code == 204
        assert answer["Access-Control-Allow-Origin"] == unit.origin
        assert "Authorization" in answer["Access-Control-Allow-Headers"]
        assert "Access-Control-Allow-Credentials" not in answer
        assert unit.state("place")["Access-Control-Allow-Origin"] == unit.origin
        assert "ETag" in unit.state("place")["Access-Control-Expose-Headers"]
        for origin in ("https://evil.example", "null", unit.origin + ".evil.example"):
            closed = Client().options(path, headers={**asked, "Origin": origin})
            assert not [name for name in closed.headers if name.startswith("Access-Control")]
            assert "Origin" in closed["Vary"]

    def test_when_nothing_was_launched_there_no_origin_is_known(self, cmi5_page):
        cmi5_page(structure(au("one")))
        answer = Client().options("/xapi/statements", headers={"Origin": "https://au.example.jp"})
        assert "Access-Control-Allow-Origin" not in answer
