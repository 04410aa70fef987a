"""Launching the units of a cmi5 course: addresses, token, launch data, and the list of units (cmi5, 8, 10, 11)."""

import json
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from learning.cmi5 import words
from learning.cmi5.models import Cmi5Session
from tests.courses.packages.cmi5_units import (
    ORIGIN,
    Unit,
    au,
    block,
    bodies,
    example_zip,
    iri,
    list_of,
    open_page,
    opened,
    structure,
)

pytestmark = pytest.mark.django_db

UNITS_QUERIES = 6


class TestLaunch:
    def test_8_1_the_address_has_what_the_au_needs(self, cmi5_page, launch, cast):
        unit = launch(cmi5_page(example_zip(), "codes.zip"))
        parts = urlsplit(unit.address)
        assert f"{parts.scheme}://{parts.netloc}" == ORIGIN
        assert parts.path.endswith("/index.html")
        assert unit.asked["tone"] == "plain"
        assert unit.asked["endpoint"] == "http://localhost:8000/xapi/"
        assert unit.asked["activityId"].startswith("http://localhost:8000/xapi/activities/")
        learner = str(cast.learner(cast.hanako).uuid)
        assert unit.actor == {
            "objectType": "Agent",
            "account": {"homePage": "http://localhost:8000", "name": learner},
        }

    def test_8_1_an_au_elsewhere_is_launched_where_it_is(self, one, launch):
        assert launch(one).address.startswith("https://au.example.jp/one/start.html?endpoint=")

    def test_8_1_the_activity_id_is_the_same_next_time_and_not_the_publishers(self, one, launch):
        first, second = launch(one), launch(one)
        assert first.asked["activityId"] == second.asked["activityId"] != iri("one")
        assert first.asked["registration"] == second.asked["registration"]

    def test_8_2_the_token_is_given_once(self, one, launch):
        unit = launch(one)
        assert set(unit.fetch().json()) == {"auth-token"}
        again = unit.fetch()
        assert (again.status_code, again.json()["error-code"]) == (200, "1")
        assert Client().get(urlsplit(unit.asked["fetch"]).path).status_code == 405
        made_up = Client().post(reverse("learning:cmi5_fetch", args=["made-up"]))
        assert made_up.json()["error-code"] == "2"

    def test_10_the_launch_data_is_there_before(self, cmi5_page, launch):
        page = cmi5_page(example_zip(), "codes.zip")
        unit = launch(page).start()
        assert unit.data["launchMode"] == "Normal"
        assert unit.data["moveOn"] == "Passed"
        assert unit.data["masteryScore"] == 0.8
        assert unit.data["launchParameters"] == "tries=2"
        assert unit.data["entitlementKey"] == {"courseStructure": "fukumana-example"}
        assert unit.data["returnURL"] == f"http://localhost:8000{page.activity.url}"
        template = unit.data["contextTemplate"]
        assert template["extensions"][words.SESSION] == str(Cmi5Session.objects.get().uuid)
        assert template["contextActivities"]["grouping"][0]["id"].endswith("/one-time-codes/question")

    def test_11_the_preferences_are_there_and_are_kept(self, one, launch):
        unit = launch(one).start()
        query = {"profileId": words.PREFERENCES, "agent": json.dumps(unit.actor)}
        told = unit.send("GET", "agents/profile", query)
        assert told.json() == {"languagePreference": "ja", "audioPreference": "on"}
        quiet = {"languagePreference": "ja", "audioPreference": "off"}
        assert unit.send("PUT", "agents/profile", query, quiet, If_Match=told["ETag"]).status_code == 204
        assert launch(one).start().send("GET", "agents/profile", query).json() == quiet
        bad = unit.send("POST", "agents/profile", query, {"audioPreference": "loud"})
        assert bad.status_code in (400, 403)

    def test_9_3_1_launched_is_said_with_what_9_6_3_asks(self, one, launch):
        unit = launch(one)
        (told,) = bodies(words.LAUNCHED)
        assert told["object"]["id"] == unit.asked["activityId"]
        extensions = told["context"]["extensions"]
        assert extensions[words.MODE] == "Normal"
        assert extensions[words.MOVE_ON] == "CompletedOrPassed"
        assert extensions[words.MASTERY] == 0.8
        assert extensions[words.LAUNCH_URL] == "https://au.example.jp/one/start.html"
        assert told["context"]["registration"] == unit.asked["registration"]

    def test_without_a_host_files_are_not_launched_and_the_learner_reads_why(
        self, cmi5_page, client_for, cast, settings
    ):
        page = cmi5_page(example_zip(), "codes.zip")
        settings.PACKAGES_ORIGIN = ""
        answer = open_page(client_for(cast.hanako), page)
        assert answer.status_code == 409
        assert "ホスト" in answer.json()["message"]
        assert not Cmi5Session.objects.exists()


class TestUnits:
    def test_the_list_says_how_each_stands(
        self, cmi5_page, client_for, cast, launch, django_assert_max_num_queries
    ):
        page = cmi5_page(structure(block("はじめに", au("x"), au("y")), au("z", "Passed")))
        hanako = client_for(cast.hanako)
        address = open_page(hanako, page).json()["play_url"]
        units = list_of(hanako, address)
        Unit(opened(hanako, units["x"])).start().say("initialized").completed().say("terminated")
        body = hanako.get(urlsplit(address).path).content.decode()
        assert body.count("chip chip--done") == 1
        assert "はじめに" in body

    def test_others_do_not_see_it(self, cmi5_page, client_for, cast):
        page = cmi5_page(structure(au("x"), au("y")))
        hanako = client_for(cast.hanako)
        address = open_page(hanako, page).json()["play_url"]
        (first, *_rest) = list_of(hanako, address).values()
        for person in (cast.outsider, cast.kacho):
            assert client_for(person).get(urlsplit(address).path).status_code == 404
            assert client_for(person).post(first).status_code == 404
        assert not Cmi5Session.objects.exists()

    def test_the_queries_do_not_grow_with_the_units(
        self, cmi5_page, client_for, cast, django_assert_num_queries
    ):
        page = cmi5_page(structure(*[au(f"u{n}") for n in range(40)]))
        hanako = client_for(cast.hanako)
        path = urlsplit(open_page(hanako, page).json()["play_url"]).path
        hanako.get(path)
        with django_assert_num_queries(UNITS_QUERIES):
            hanako.get(path)
