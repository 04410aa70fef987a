"""A lesson among its people: who sees it, what stands around it, what it costs."""

import pytest
from wagtail.models import PageViewRestriction

from courses.catalog.models import Activity
from courses.lessons.pages import LessonPage
from people.accounts.actions import create_user
from tests.cast import AT, PASSWORD
from tests.courses.lesson_cases import DECLARATION_ID, full_lesson, make_course, make_lesson, picture

pytestmark = pytest.mark.django_db
TEXT = {"type": "text", "value": {"heading": "", "body": "<p>本文です。</p>", "easy": ""}}


@pytest.fixture
def course(cast):
    return make_course()


@pytest.fixture
def somebody(curriculum):
    """A member who may open whatever is offered, beside the shipped curriculum."""
    return create_user(login_id="x-1", last_name="佐藤", first_name="花子", password=PASSWORD, by=None, at=AT)


@pytest.fixture
def lessons(course):
    return [make_lesson(course, [TEXT], number=number, title=f"第{number}話") for number in (1, 2, 3)]


def test_a_visitor_is_sent_to_sign_in_and_back(lessons, client):
    url = lessons[1].activity.url
    assert client.get(url)["Location"] == f"/accounts/login/?next={url}"


def test_a_course_open_to_guests_needs_no_account(client):
    lesson = make_lesson(make_course(open_to_guests=True), [TEXT])
    assert client.get(lesson.activity.url).status_code == 200


def test_a_draft_is_not_there_for_a_learner(lessons, cast, client_for):
    lessons[0].get_parent().specific.unpublish()
    assert client_for(cast.outsider).get(lessons[0].activity.url).status_code == 404


def test_an_unpublished_lesson_is_not_there(lessons, cast, client_for):
    url = lessons[0].activity.url
    lessons[0].unpublish()
    assert client_for(cast.hanako).get(url).status_code == 404


def test_the_course_stands_beside_the_lesson(lessons, cast, client_for):
    html = client_for(cast.hanako).get(lessons[1].activity.url).content.decode()
    assert "3課のうち第2課" in html and "約12分" in html
    for lesson in lessons:
        assert f'href="{lesson.activity.url}"' in html
    assert html.count('aria-current="page"') >= 1


def test_reading_to_the_end_is_recorded_and_leads_on(lessons, cast, client_for):
    browser = client_for(cast.hanako)
    first, second = lessons[0].activity, lessons[1].activity
    assert "読み終わりました" in browser.get(first.url).content.decode()
    answer = browser.post(f"/learning/activities/{first.uuid}/done/", {"next": second.url})
    assert answer["Location"] == second.url
    again = browser.get(first.url).content.decode()
    assert "この課は読み終わっています" in again
    assert f"/learning/activities/{first.uuid}/done/" not in again


def test_a_guest_finishes_without_an_account(client):
    course = make_course(open_to_guests=True, track="senior")
    lesson = make_lesson(course, [TEXT])
    client.post(f"/learning/activities/{lesson.activity.uuid}/done/", {"next": lesson.activity.url})
    assert "この課は読み終わっています" in client.get(lesson.activity.url).content.decode()


def test_a_declaration_is_saved_and_leads_back_to_its_place(cast, client_for):
    made = full_lesson()
    browser = client_for(cast.hanako)
    place = f"{made.url}#declaration-{DECLARATION_ID}"
    assert f'value="{place}"' in browser.get(made.url).content.decode()
    url = f"/learning/activities/{made.lesson.activity.uuid}/declaration/{DECLARATION_ID}/"
    answer = browser.post(url, {"text": "まず電話を切ります。", "next": place})
    assert answer["Location"] == place
    assert "保存しました" in browser.get(made.url).content.decode()


def test_a_lesson_that_needs_no_record_has_no_button_for_it(course, cast, client_for):
    lesson = make_lesson(course, [TEXT], move_on="NotApplicable")
    html = client_for(cast.hanako).get(lesson.activity.url).content.decode()
    assert "/done/" not in html


def test_a_restriction_above_the_lesson_counts(lessons, cast, client_for):
    PageViewRestriction.objects.create(
        page=lessons[0].get_parent(), restriction_type=PageViewRestriction.PASSWORD, password="abc"
    )
    assert "password" in client_for(cast.hanako).get(lessons[0].activity.url).content.decode()


def test_the_fast_way_and_wagtails_way_lead_to_the_same_page(lessons, cast, client_for):
    browser = client_for(cast.hanako)
    fast = browser.get(lessons[0].activity.url)
    Activity.objects.filter(pk=lessons[0].activity.pk).update(page_path="")
    slow = browser.get(fast.wsgi_request.path)
    assert slow.status_code == fast.status_code == 200
    assert slow.context["page"].pk == fast.context["page"].pk


@pytest.mark.parametrize("face", ["standard", "large"])
def test_a_lesson_costs_few_queries_however_many_there_are(
    cast, client_for, django_assert_max_num_queries, face
):
    course = make_course()
    first = make_lesson(course, [TEXT])
    browser = client_for(cast.hanako)
    browser.post(f"/learning/activities/{first.activity.uuid}/done/")
    session = browser.session
    session["reading"] = {"face": face}
    session.save()
    browser.get(first.activity.url)
    with django_assert_max_num_queries(8) as few:
        browser.get(first.activity.url)
    count = len(few)
    for number in range(2, 12):
        make_lesson(course, [TEXT], number=number)
    browser.get(first.activity.url)
    with django_assert_max_num_queries(count):
        browser.get(first.activity.url)


def test_pictures_and_links_cost_the_same_for_one_and_for_many(
    cast, client_for, django_assert_max_num_queries
):
    course = make_course()
    target = make_lesson(course, [TEXT], title="先")
    image = picture()

    def page_with(count: int, number: int) -> LessonPage:
        link = f'<p><a linktype="page" id="{target.pk}">先へ</a></p>'
        blocks = [{"type": "image", "value": {"image": image.pk, "caption": ""}} for _ in range(count)]
        blocks += [{"type": "text", "value": {"heading": "", "body": link, "easy": ""}} for _ in range(count)]
        return make_lesson(course, blocks, number=number, title=f"{count}枚")

    one, many = page_with(1, 2), page_with(6, 3)
    browser = client_for(cast.hanako)
    for lesson in (one, many):
        browser.get(lesson.activity.url)
    with django_assert_max_num_queries(20) as few:
        html = browser.get(one.activity.url).content.decode()
    count = len(few)
    assert f'href="{target.activity.url}"' in html
    with django_assert_max_num_queries(count):
        browser.get(many.activity.url)


def test_a_page_stays_light(somebody, client_for):
    lesson = Activity.objects.get(code="S105-L2")
    html = client_for(somebody).get(lesson.url).content
    assert len(html) < 60 * 1024


def test_all_shipped_lessons_open_in_all_faces(somebody, client_for):
    browser = client_for(somebody)
    for lesson in Activity.objects.filter(kind="lesson", is_offered=True):
        for face in ("standard", "ruby", "easy", "large"):
            response = browser.get(lesson.url + f"?face={face}", follow=True)
            assert response.status_code == 200, (lesson.code, face)
            assert "{" not in response.content.decode().split("<main")[1].split("</main>")[0], (
                lesson.code,
                face,
            )
