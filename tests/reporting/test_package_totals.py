"""What authors see of a package's results: totals, no names, nothing of small groups."""

import pytest
from django.urls import reverse

from courses.catalog.enums import Scoring
from courses.packages.models import Package
from people.roles.actions import grant_role
from people.roles.enums import Role
from reporting.packages.rules import QuestionTally, bands
from tests.cast import YEAR_START
from tests.learning.builders import enrolled, guest, learner
from tests.learning.packages import add_package, play_once, played_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def activity(cast):
    """A package of 福島県."""
    activity = played_in()
    Package.objects.update(owner_body=cast.prefecture)
    return activity


def totals_of(activity):
    return reverse("package_results:totals", args=[activity.package_use.package.uuid])


def main(response):
    return response.content.decode().split('id="main"')[1]


def played_by(activity, raws, **more):
    for number, raw in enumerate(raws):
        period = enrolled(learner(f"{activity.course.code}-{number}"), activity.course)
        play_once(period, activity, raw, **more)


def test_an_author_sees_counts_results_and_questions_and_no_name(cast, client_for, activity):
    played_by(activity, [1, 1, 1, 0, 0, 0])
    page = main(client_for(cast.author).get(totals_of(activity)))
    assert page.count("6人") >= 3
    assert "80〜100点" in page
    assert "50 %" in page
    assert "佐藤" not in page


def test_of_fewer_than_five_people_nothing_is_told(cast, client_for, activity):
    played_by(activity, [1, 1, 0, 0], response="x")
    page = main(client_for(cast.author).get(totals_of(activity)))
    assert "5人に満たない" in page
    assert "4人" not in page
    assert "<table" not in page


def test_points_that_answers_contradict_are_counted_apart(cast, client_for, activity):
    played_by(activity, [1, 1, 1, 1, 1])
    period = enrolled(guest(), activity.course)
    play_once(period, activity, 1, response="false")
    page = main(client_for(cast.author).get(totals_of(activity)))
    assert "届いた点数が、答えや満点と合いません" in page
    assert "100 %" in page


def test_pupils_have_no_distribution(cast, client_for):
    activity = played_in(scoring=Scoring.PRACTICE)
    Package.objects.update(owner_body=cast.prefecture)
    played_by(activity, [1, 0, 1, 0, 1])
    page = main(client_for(cast.author).get(totals_of(activity)))
    assert "分布はありません" in page
    assert "60 %" in page


def test_only_who_may_use_the_package_comes_in(cast, client_for, activity, at):
    grant_role(
        user=cast.outsider,
        role=Role.AUTHOR,
        organization=cast.koriyama,
        valid_from=YEAR_START,
        by=None,
        at=at,
    )
    assert client_for(cast.outsider).get(totals_of(activity)).status_code == 404
    assert client_for(cast.hanako).get(totals_of(activity), follow=True).status_code == 403
    assert client_for(None).get(totals_of(activity)).status_code == 302


def test_the_desk_leads_there(cast, client_for, activity):
    desk = reverse("package_desk:package", args=[activity.package_use.package.uuid])
    assert totals_of(activity) in client_for(cast.author).get(desk).content.decode()


def test_more_people_do_not_mean_more_queries(cast, client_for, activity, django_assert_max_num_queries):
    played_by(activity, [1] * 6)
    other = add_package(activity.course, name="P2")
    Package.objects.update(owner_body=cast.prefecture)
    played_by_more = [enrolled(learner(f"more-{number}"), activity.course) for number in range(20)]
    for period in played_by_more:
        play_once(period, other, 1)
    browser = client_for(cast.author)
    for one in (activity, other):
        browser.get(totals_of(one))
        with django_assert_max_num_queries(24):
            browser.get(totals_of(one))


def test_bands_and_questions_leave_small_groups_out():
    assert bands([]) == []
    assert QuestionTally().questions() == []
