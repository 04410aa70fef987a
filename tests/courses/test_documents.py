"""Files of a lesson are for whoever may open a page that shows them."""

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from courses.catalog.enums import CourseStatus
from courses.catalog.pages import CoursePage
from courses.curriculum.site import ensure_site
from courses.lessons.pages import LessonPage
from tests.cast import AT
from tests.courses.lesson_cases import document, picture
from tests.learning.builders import enrolled

pytestmark = pytest.mark.django_db
OPEN, SIGN_IN, NOT_FOUND = 200, 302, 404


@pytest.fixture(autouse=True)
def _real_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    files = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    settings.STORAGES = {**settings.STORAGES, "default": files}


def make_course(code="D100", **facts):
    page = CoursePage(code=code, slug=code.lower(), title="講座", track="staff", **facts)
    ensure_site(at=AT).add_child(instance=page)
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def publish(page):
    """With what happens after the commit: then Wagtail notes which files the page shows."""
    with TestCase.captureOnCommitCallbacks(execute=True):
        page.save_revision().publish()


def make_lesson(course, *, file=None, image=None, number=1):
    blocks = []
    if file:
        blocks.append({"type": "download", "value": {"document": file.pk, "description": ""}})
    if image:
        blocks.append({"type": "image", "value": {"image": image.pk, "caption": ""}})
    lesson = LessonPage(title="課", slug=f"l{number}", code=f"{course.code}-L{number}", body=blocks)
    course.add_child(instance=lesson)
    publish(lesson)
    return lesson


def answers(client_for, cast, address, *names):
    people = {name: getattr(cast, name) for name in names}
    found = {name: client_for(person).get(address).status_code for name, person in people.items()}
    return {"visitor": client_for(None).get(address).status_code, **found}


EVERYBODY = ("hanako", "outsider", "author", "admin")


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"open_to_guests": True}, (OPEN, OPEN, OPEN, OPEN, OPEN)),
        ({}, (SIGN_IN, OPEN, OPEN, OPEN, OPEN)),
        ({"self_enrollment": False}, (SIGN_IN, NOT_FOUND, NOT_FOUND, OPEN, OPEN)),
    ],
)
def test_files_follow_the_course(client_for, cast, facts, expected):
    file, image = document(), picture()
    make_lesson(make_course(**facts), file=file, image=image)
    shown = image.get_rendition("max-960x960")
    wanted = dict(zip(("visitor", *EVERYBODY), expected, strict=True))
    assert answers(client_for, cast, file.url, *EVERYBODY) == wanted
    assert answers(client_for, cast, shown.url, *EVERYBODY) == wanted


def test_a_visitor_comes_back_to_the_file_after_signing_in(client, cast):
    file = document()
    make_lesson(make_course(), file=file)
    assert client.get(file.url)["Location"].endswith(f"?next={file.url}")


def test_a_learner_of_a_closed_course_has_its_files(client_for, cast):
    file = document()
    course = make_course(self_enrollment=False)
    make_lesson(course, file=file)
    enrolled(cast.learner(cast.hanako), course.course)
    assert answers(client_for, cast, file.url, "hanako", "outsider") == {
        "visitor": SIGN_IN,
        "hanako": OPEN,
        "outsider": NOT_FOUND,
    }


def test_what_no_page_shows_is_for_authors(client_for, cast):
    file, image = document(), picture()
    wanted = {"visitor": SIGN_IN, "hanako": NOT_FOUND, "outsider": NOT_FOUND, "author": OPEN, "admin": OPEN}
    assert answers(client_for, cast, file.url, *EVERYBODY) == wanted
    assert answers(client_for, cast, image.get_rendition("max-960x960").url, *EVERYBODY) == wanted


@pytest.mark.parametrize("withdraw", ["lesson", "course"])
def test_a_withdrawn_page_takes_its_files_along(client_for, cast, withdraw):
    file = document()
    course = make_course(open_to_guests=True)
    lesson = make_lesson(course, file=file)
    assert client_for(None).get(file.url).status_code == OPEN
    (lesson if withdraw == "lesson" else course).unpublish()
    assert answers(client_for, cast, file.url, "hanako", "author") == {
        "visitor": SIGN_IN,
        "hanako": NOT_FOUND,
        "author": OPEN,
    }


def test_a_file_of_an_open_and_a_closed_course_is_open(client_for, cast):
    file = document()
    make_lesson(make_course("D100", self_enrollment=False), file=file)
    make_lesson(make_course("D200", open_to_guests=True), file=file)
    assert client_for(None).get(file.url).status_code == OPEN


def test_a_draft_shows_nothing_to_learners(client_for, cast):
    file = document()
    lesson = make_lesson(make_course(open_to_guests=True))
    lesson.body = [{"type": "download", "value": {"document": file.pk, "description": ""}}]
    lesson.save_revision()
    assert answers(client_for, cast, file.url, "hanako", "author")["hanako"] == NOT_FOUND
    publish(lesson)
    assert client_for(None).get(file.url).status_code == OPEN


def test_the_page_outside_any_course_is_public_unless_it_is_restricted(client_for, cast):
    """No page of ours outside a course shows files yet; a page that is moved there would."""
    file = document()
    course = make_course(self_enrollment=False)
    lesson = make_lesson(course, file=file)
    LessonPage.objects.filter(pk=lesson.pk).update(
        path=f"{course.get_parent().path}ZZZZ", depth=course.depth, url_path="/courses/z/"
    )
    assert client_for(None).get(file.url).status_code == OPEN
    PageViewRestriction.objects.create(page=course.get_parent(), restriction_type="login")
    assert client_for(None).get(file.url).status_code == SIGN_IN


def test_a_retired_course_keeps_its_files_for_those_who_were_in_it(client_for, cast):
    file = document()
    course = make_course()
    make_lesson(course, file=file)
    enrolled(cast.learner(cast.hanako), course.course)
    type(course.course).objects.filter(pk=course.course_id).update(status=CourseStatus.RETIRED)
    assert answers(client_for, cast, file.url, "hanako", "outsider")["hanako"] == OPEN
    assert client_for(cast.outsider).get(file.url).status_code == NOT_FOUND


def test_an_image_stays_in_the_browser_of_the_person(client_for, cast):
    image = picture()
    make_lesson(make_course(), image=image)
    answer = client_for(cast.hanako).get(image.get_rendition("max-960x960").url)
    assert "private" in answer["Cache-Control"]
    assert answer["Content-Type"] == "image/png"


@pytest.mark.parametrize(
    "path", ["images/none.png", "original_images/screen.png", "documents/list.pdf", "images/../x"]
)
def test_nothing_else_that_was_uploaded_has_an_address(client_for, cast, path):
    picture()
    document()
    assert client_for(cast.admin).get(f"/media/{path}").status_code == NOT_FOUND


def test_an_image_whose_file_is_gone_is_not_found(client_for, cast):
    shown = picture().get_rendition("max-960x960")
    default_storage.delete(shown.file.name)
    assert client_for(cast.author).get(shown.url).status_code == NOT_FOUND


def test_the_number_of_queries_does_not_grow_with_the_pages(client_for, cast):
    one, many = document("one.pdf"), document("many.pdf")
    make_lesson(make_course("D100"), file=one)
    course = make_course("D200")
    for number in range(1, 8):
        make_lesson(course, file=many, number=number)
    hanako = client_for(cast.hanako)
    hanako.get(one.url)
    assert queries_of(hanako, one) == queries_of(hanako, many) <= 8


def queries_of(client, file):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(file.url).status_code == OPEN
    return len(captured)
