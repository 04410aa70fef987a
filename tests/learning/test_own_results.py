"""Learners look back at their own exercises; nobody else's are there."""

import re

import pytest
from django.urls import reverse

from courses.catalog.enums import Scoring
from courses.packages.models import Package
from tests.learning.builders import enrolled, later
from tests.learning.packages import play_once, played_in

pytestmark = pytest.mark.django_db


def mine():
    return reverse("learning:own_results")


def of(activity):
    return reverse("learning:own_attempts", args=[activity.uuid])


def main(response):
    return response.content.decode().split("<main")[1].split("</main>")[0]


def plays(cast, person, activity, *raws):
    period = enrolled(cast.learner(person), activity.course)
    for number, raw in enumerate(raws):
        play_once(period, activity, raw, later(number), success=bool(raw))


def test_a_course_with_points_shows_them(cast, client_for):
    activity = played_in()
    plays(cast, cast.hanako, activity, 0, 1)
    browser = client_for(cast.hanako)
    page = main(browser.get(mine()))
    assert activity.title in page
    assert "100点のうち100点" in page
    page = main(browser.get(of(activity)))
    assert "1点のうち1点" in page
    assert "合格" in page
    assert page.index("2回目") < page.index("1回目")


def test_pupils_see_what_they_answered_and_no_points(cast, client_for):
    activity = played_in(scoring=Scoring.PRACTICE)
    plays(cast, cast.pupil, activity, 0, 1)
    browser = client_for(cast.pupil)
    page = main(browser.get(of(activity)))
    assert "合っています。" in page
    for text in (page, main(browser.get(mine()))):
        assert not re.search(r"\d+点|合格|不合格|正解率|順位|得点|不正解", text), text


def test_points_that_do_not_fit_are_explained_and_not_shown(cast, client_for):
    activity = played_in()
    period = enrolled(cast.learner(cast.hanako), activity.course)
    play_once(period, activity, 1, response="false")
    page = main(client_for(cast.hanako).get(of(activity)))
    assert "取り組んだ記録は残し" in page
    assert "1点のうち" not in page


def test_the_way_of_counting_is_the_packages(cast, client_for):
    activity = played_in()
    plays(cast, cast.hanako, activity, 1, 0)
    Package.objects.update(grade_method="average")
    assert "100点のうち50点" in main(client_for(cast.hanako).get(mine()))


def test_what_others_did_is_not_there(cast, client_for):
    activity = played_in()
    plays(cast, cast.hanako, activity, 1)
    for person in (cast.outsider, cast.kacho, cast.teacher):
        assert client_for(person).get(of(activity)).status_code == 404
        assert activity.title not in main(client_for(person).get(mine()))
    for address in (mine(), of(activity)):
        assert "/login/" in client_for(None).get(address)["Location"]


def test_nothing_yet_says_so(cast, client_for):
    assert "まだ終えた練習はありません" in main(client_for(cast.hanako).get(mine()))


def test_more_exercises_do_not_mean_more_queries(cast, client_for, django_assert_max_num_queries):
    browser = client_for(cast.hanako)
    for number in range(12):
        plays(cast, cast.hanako, played_in(f"T{200 + number}"), 1, 0)
    browser.get(mine())
    with django_assert_max_num_queries(9):
        assert "T211" in main(browser.get(mine()))
