"""What the front door and a course page show, and to whom."""

import pytest

from courses.catalog.models import Activity, Course
from courses.catalog.pages import CoursePage

pytestmark = pytest.mark.django_db


def test_the_front_door_names_the_three_tracks(curriculum, client):
    html = client.get("/").content.decode()
    assert html.count("<h1") == 1
    for words in ("シニアの方へ", "学校の方へ", "職員の方へ", "/courses/?track=senior", "/strategy/"):
        assert words in html
    assert "わたしの学びへ" not in html


def test_the_front_door_leads_members_to_their_learning(curriculum, cast, client_for):
    assert "わたしの学びへ" in client_for(cast.hanako).get("/").content.decode()


def test_a_course_page_tells_what_one_gets_into(curriculum, cast, client_for):
    html = client_for(cast.hanako).get("/courses/s105/").content.decode()
    for words in (
        "約45分",
        "全職員",
        "80％以上で合格",
        "毎年度",
        "オンライン（自習）",
        "各団体の生成AI利用ガイドライン",
    ):
        assert words in html, words
    assert "生成AIが誤った内容を出す理由を説明できる" in html
    assert 'href="/courses/s105/l1/"' in html and 'href="/courses/s105/quiz/"' in html
    assert 'href="/strategy/gov-3-3/"' in html
    assert "受講する" in html


def test_a_practice_course_says_that_there_is_no_score(curriculum, client):
    html = client.get("/courses/l203/").content.decode()
    assert "点数はつきません" in html and "合格" not in html
    assert "アカウントはいりません" in html
    assert 'href="/courses/l203/l1/"' in html


def test_the_note_for_teachers_is_for_teachers(curriculum, cast, client_for):
    note = "自団体の生成AI利用ルール"
    assert note in client_for(cast.officer).get("/courses/s105/").content.decode()
    assert note in client_for(cast.author).get("/courses/s105/").content.decode()
    assert note not in client_for(cast.hanako).get("/courses/s105/").content.decode()


def test_a_visitor_is_asked_to_sign_in_for_a_closed_course(curriculum, client):
    response = client.get("/courses/s105/")
    assert (response.status_code, response["Location"].startswith("/accounts/login/")) == (302, True)


def test_a_draft_is_served_to_nobody(curriculum, cast, client_for):
    for person in (None, cast.hanako, cast.admin):
        assert client_for(person).get("/courses/s101/").status_code == 404


def test_an_author_previews_a_draft(curriculum, cast):
    page = CoursePage.objects.get(code="S101").get_latest_revision_as_object()
    response = page.make_preview_request(preview_mode="", extra_request_attrs={"user": cast.author})
    html = response.render().content.decode() if hasattr(response, "render") else response.content.decode()
    assert response.status_code == 200
    assert "なぜ、いま福島でDXなのか" in html and "準備中の課" in html


def test_a_course_page_costs_the_same_at_20_and_at_200_lessons(
    curriculum, cast, client_for, django_assert_max_num_queries
):
    course = Course.objects.get(code="S105")
    browser = client_for(cast.hanako)
    for total in (20, 200):
        have = course.activities.count()
        Activity.objects.bulk_create(
            Activity(
                course=course,
                kind="lesson",
                code=f"X{n}",
                title=f"課 {n}",
                is_offered=True,
                page_path=f"courses/s105/x{n}/",
                order=n,
            )
            for n in range(have, total)
        )
        Course.objects.filter(pk=course.pk).update(revision=total)
        browser.get("/courses/s105/")
        with django_assert_max_num_queries(10):
            html = browser.get("/courses/s105/").content.decode()
        assert html.count("/courses/s105/x") >= total - 10
