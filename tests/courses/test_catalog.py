"""From pages to identities: what publishing, moving and deleting do, and what the public pages show of it."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from wagtail.models import Page

from courses.catalog.actions import publish_course
from courses.catalog.enums import ActivityKind, CourseStatus, MoveOn
from courses.catalog.models import Activity, Course
from courses.catalog.pages import CoursePage
from courses.catalog.rules import move_on_for
from courses.curriculum.site import ensure_site
from courses.lessons.pages import LessonPage
from courses.search.pages import CatalogPage

AT = datetime(2026, 11, 21, 1, 0, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def catalog():
    return ensure_site(at=AT)


def make_course(catalog, code="T101", **values):
    page = CoursePage(
        title=f"コース {code}", slug=code.lower(), code=code, track="staff", minutes=20, live=False, **values
    )
    catalog.add_child(instance=page)
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def make_lesson(course_page, number, **values):
    code = f"{course_page.code}-L{number}"
    page = LessonPage(title=f"第{number}課", slug=f"l{number}", code=code, minutes=5, live=False, **values)
    CoursePage.objects.get(pk=course_page.pk).add_child(instance=page)
    page.save_revision().publish()
    page.refresh_from_db()
    return page


@pytest.fixture
def course_page(catalog):
    page = make_course(catalog)
    for number in (1, 2, 3):
        make_lesson(page, number)
    return CoursePage.objects.get(pk=page.pk)


def course_of(page):
    return Course.objects.get(pk=page.course_id)


def test_publishing_copies_the_facts(course_page):
    course = course_of(course_page)
    assert (course.title, course.track, course.minutes, course.status) == (
        "コース T101",
        "staff",
        20,
        "offered",
    )
    assert (course.page_path, course.required_count) == ("courses/t101/", 3)
    assert course.published_at is not None
    course_page.title, course_page.pass_mark = "新しい名前", 70
    course_page.save_revision().publish()
    course = course_of(course_page)
    assert (course.title, course.pass_mark) == ("新しい名前", 70)


def test_every_publishing_raises_the_revision(course_page):
    before = course_of(course_page).revision
    course_page.save_revision().publish()
    LessonPage.objects.get(code="T101-L1").save_revision().publish()
    assert course_of(course_page).revision == before + 2


def test_publish_course_can_run_twice(course_page):
    first = publish_course(page=course_page, by=None, at=AT)
    second = publish_course(page=course_page, by=None, at=AT)
    assert second.revision == first.revision + 1
    assert (second.required_count, second.order) == (first.required_count, first.order)


def test_a_lesson_that_is_not_needed_does_not_count(course_page):
    make_lesson(course_page, 4, is_required=False)
    assert course_of(course_page).required_count == 3
    assert course_of(course_page).activities.filter(is_offered=True).count() == 4


def test_a_lesson_that_needs_no_record_does_not_count(course_page):
    make_lesson(course_page, 4, move_on="NotApplicable")
    course = course_of(course_page)
    assert course.required_count == course.activities.counting().count() == 3
    assert course.activities.filter(is_offered=True).count() == 4


def test_a_draft_lesson_is_not_offered(course_page):
    page = LessonPage(title="下書き", slug="l9", code="T101-L9", live=False)
    course_page.add_child(instance=page)
    page.save_revision()
    assert not Activity.objects.get(code="T101-L9").is_offered
    assert course_of(course_page).required_count == 3


def test_the_order_follows_the_tree(course_page):
    first, last = LessonPage.objects.get(code="T101-L1"), LessonPage.objects.get(code="T101-L3")
    last.move(first, pos="left")
    codes = course_of(course_page).activities.order_by("order").values_list("code", flat=True)
    assert list(codes) == ["T101-L3", "T101-L1", "T101-L2"]


def test_a_new_address_reaches_course_and_lessons(course_page, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        course_page.slug = "toukei"
        course_page.save_revision().publish()
    assert course_of(course_page).page_path == "courses/toukei/"
    assert Activity.objects.get(code="T101-L1").page_path == "courses/toukei/l1/"


def test_a_new_address_of_the_catalog_reaches_everything(
    course_page, catalog, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        catalog = CatalogPage.objects.get(pk=catalog.pk)
        catalog.slug = "kouza"
        catalog.save_revision().publish()
    assert course_of(course_page).url == "/kouza/t101/"
    assert Activity.objects.get(code="T101-L2").url == "/kouza/t101/l2/"


def test_a_lesson_can_move_to_another_course(course_page, catalog):
    other = make_course(catalog, "T102")
    lesson = LessonPage.objects.get(code="T101-L2")
    lesson.move(CoursePage.objects.get(pk=other.pk), pos="last-child")
    activity = Activity.objects.get(code="T101-L2")
    assert (activity.course_id, activity.page_path) == (other.course_id, "courses/t102/l2/")
    assert (course_of(course_page).required_count, course_of(other).required_count) == (2, 1)


def test_unpublishing_a_lesson_takes_it_out_and_keeps_the_row(course_page):
    LessonPage.objects.get(code="T101-L2").unpublish()
    activity = Activity.objects.get(code="T101-L2")
    assert not activity.is_offered
    assert course_of(course_page).required_count == 2
    LessonPage.objects.get(code="T101-L2").save_revision().publish()
    assert course_of(course_page).required_count == 3


def test_deleting_a_lesson_keeps_the_row(course_page):
    LessonPage.objects.get(code="T101-L2").delete()
    activity = Activity.objects.get(code="T101-L2")
    assert (activity.is_offered, activity.course_id) == (False, course_page.course_id)
    assert course_of(course_page).required_count == 2


def test_unpublishing_a_course_leaves_its_lessons_as_they_are(course_page):
    course_page.unpublish()
    course = course_of(course_page)
    assert (course.status, course.required_count) == (CourseStatus.DRAFT, 3)
    CoursePage.objects.get(pk=course_page.pk).save_revision().publish()
    assert course_of(course_page).status == CourseStatus.OFFERED


def test_deleting_a_course_keeps_course_and_activities(course_page):
    CoursePage.objects.get(pk=course_page.pk).delete()
    course = course_of(course_page)
    assert (course.status, course.page_path, course.url) == (CourseStatus.RETIRED, "", "")
    assert course.activities.count() == 3
    assert not course.activities.filter(is_offered=True).exists()
    assert not Page.objects.filter(slug="t101").exists()


def test_a_copy_is_a_course_of_its_own(course_page):
    copy = course_page.copy(recursive=True, update_attrs={"title": "写し", "slug": "t101-2"}, keep_live=False)
    copy = CoursePage.objects.get(pk=copy.pk)
    assert copy.course_id != course_page.course_id
    assert (copy.code, copy.course.code) == ("T101-2", "T101-2")
    ids = set(LessonPage.objects.child_of(copy).values_list("activity_id", flat=True))
    assert len(ids) == 3 and not ids & set(course_of(course_page).activities.values_list("pk", flat=True))
    assert course_of(course_page).required_count == 3


def test_a_code_belongs_to_one_course(course_page, catalog):
    page = CoursePage(title="別", slug="betsu", code="T101", track="staff")
    with pytest.raises(Exception, match="別の講座が使っています"):
        page.clean()


@pytest.mark.parametrize(
    ("kind", "chosen", "scoring", "pass_mark", "expected"),
    [
        (ActivityKind.LESSON, "", "scored", 80, MoveOn.COMPLETED),
        (ActivityKind.LESSON, "NotApplicable", "scored", 80, MoveOn.NOT_APPLICABLE),
        (ActivityKind.QUIZ, "", "scored", 80, MoveOn.PASSED),
        (ActivityKind.QUIZ, "", "scored", None, MoveOn.COMPLETED),
        (ActivityKind.QUIZ, "", "practice", None, MoveOn.COMPLETED),
    ],
)
def test_when_an_activity_is_done(kind, chosen, scoring, pass_mark, expected):
    assert move_on_for(kind, chosen=chosen, scoring=scoring, pass_mark=pass_mark) == expected


def test_a_new_pass_mark_reaches_the_quiz(curriculum):
    page = CoursePage.objects.get(code="S105")
    page.pass_mark = None
    page.save_revision().publish()
    assert Activity.objects.get(course__code="S105", kind=ActivityKind.QUIZ).move_on == MoveOn.COMPLETED


def test_who_sees_which_courses(curriculum, cast):
    assert {course.code for course in Course.objects.visible_to(AnonymousUser())} == {"L203"}
    assert {course.code for course in Course.objects.visible_to(cast.hanako)} == {"S105", "E201", "L203"}
