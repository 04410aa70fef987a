"""What authors and administrators do in the Wagtail admin, and what they cannot do there."""

import pytest
from django.urls import reverse
from wagtail.models import Page

from courses.catalog.models import Activity, Course
from courses.catalog.pages import CoursePage
from courses.glossary.models import Term
from courses.lessons.pages import LessonPage
from courses.search.pages import CatalogPage
from courses.strategy.models import Plan, StrategyNode

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(curriculum, cast, client_for):
    return client_for(cast.admin)


@pytest.fixture
def author(curriculum, cast, client_for):
    return client_for(cast.author)


def address(viewset, action, *args):
    return reverse(f"{viewset}:{action}", args=args)


def course_form(**values):
    """The editor's form of a new course with nothing but what is required."""
    streams = {f"{name}-{key}": "0" for name in ("objectives", "planned_lessons") for key in ("count",)}
    comments = {f"comments-{key}": "0" for key in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS")}
    return {
        "title": "地図の使い方",
        "slug": "chizu",
        "code": "M101",
        "track": "senior",
        "scoring": "practice",
        "minutes": "20",
        "comments-MAX_NUM_FORMS": "",
        **comments,
        **streams,
        **values,
    }


def add_course(browser, **values):
    catalog = CatalogPage.objects.get()
    return browser.post(
        reverse("wagtailadmin_pages:add", args=["courses", "coursepage", catalog.pk]), course_form(**values)
    )


def test_an_author_sees_the_drafts(author):
    catalog = CatalogPage.objects.get()
    html = author.get(reverse("wagtailadmin_explore", args=[catalog.pk])).content.decode()
    assert "DXと意識改革" in html


def test_an_author_writes_a_new_course_as_a_draft(author):
    response = add_course(author, delivery=["venue", "online"])
    assert response.status_code == 302, response.content.decode()[-3000:]
    page = CoursePage.objects.get(slug="chizu")
    assert (page.live, page.course.code, page.course.status) == (False, "M101", "draft")
    assert page.get_latest_revision_as_object().delivery == ["venue", "online"]


def test_previewing_a_course_that_is_not_saved_makes_no_course(author):
    catalog = CatalogPage.objects.get()
    before = Course.objects.count()
    url = reverse("wagtailadmin_pages:preview_on_add", args=["courses", "coursepage", catalog.pk])
    assert author.post(url, course_form()).json()["is_valid"]
    response = author.get(url, {"mode": ""})
    assert response.status_code == 200 and "地図の使い方" in response.content.decode()
    assert Course.objects.count() == before


@pytest.mark.parametrize(
    ("app", "model", "mode"),
    [
        *(("courses", "lessonpage", mode) for mode in ("standard", "ruby", "easy", "large")),
        ("assessments", "quizpage", ""),
    ],
)
def test_previewing_a_lesson_or_quiz_that_is_not_saved_makes_no_activity(author, app, model, mode):
    before = Activity.objects.count()
    url = reverse(
        "wagtailadmin_pages:preview_on_add", args=[app, model, CoursePage.objects.get(code="S101").pk]
    )
    forms = {
        f"{name}-{key}": "0"
        for name in ("comments", "quiz_items")
        for key in ("TOTAL_FORMS", "INITIAL_FORMS")
    }
    form = {
        "title": "書きかけの課",
        "slug": "kakikake",
        "minutes": "5",
        "move_on": "Completed",
        "body-count": "0",
        **forms,
    }
    assert author.post(url, form).json()["is_valid"]
    response = author.get(url, {"mode": mode})
    assert response.status_code == 200 and "書きかけの課" in response.content.decode()
    assert Activity.objects.count() == before


def test_a_code_that_is_taken_is_refused_in_words(author):
    response = add_course(author, code="S105", **{"action-publish": "1"})
    assert response.status_code == 200
    assert not CoursePage.objects.filter(slug="chizu").exists()
    assert "このコードは別の講座が使っています" in response.content.decode()


@pytest.mark.parametrize(
    ("mark", "words"), [("80", "点数をつけない講座に合格点はありません"), ("120", "100以下の％")]
)
def test_a_pass_mark_must_make_sense(admin, mark, words):
    response = add_course(admin, pass_mark=mark, **{"action-publish": "1"})
    assert words in response.content.decode()
    assert not CoursePage.objects.filter(slug="chizu").exists()


def test_an_author_may_not_publish_and_an_editor_may(curriculum, cast, client_for):
    page = CoursePage.objects.get(code="S101")
    assert not page.permissions_for_user(cast.author).can_publish()
    assert page.permissions_for_user(cast.editor).can_publish()


def test_deleting_a_course_in_the_admin_keeps_its_rows(admin):
    page = CoursePage.objects.get(code="E201")
    lessons = page.course.activities.count()
    response = admin.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    assert response.status_code == 302
    assert not Page.objects.filter(pk=page.pk).exists()
    course = Course.objects.get(code="E201")
    assert (course.status, course.activities.count()) == ("retired", lessons)


def test_deleting_a_lesson_in_the_admin_keeps_its_row(admin):
    page = LessonPage.objects.get(code="S105-L3")
    admin.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    activity = Course.objects.get(code="S105").activities.get(code="S105-L3")
    assert not activity.is_offered


def test_the_editor_opens_for_every_kind_of_page(admin):
    for page in (
        CatalogPage.objects.get(),
        CoursePage.objects.get(code="S105"),
        LessonPage.objects.get(code="S105-L1"),
    ):
        html = admin.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
        assert "<h1" in html
    html = admin.get(
        reverse("wagtailadmin_pages:edit", args=[CoursePage.objects.get(code="S105").pk])
    ).content.decode()
    for words in ("必修の根拠", "教える人・研修担当への注記", "アカウントがなくても学べる"):
        assert words in html


# Words


def test_an_author_keeps_the_glossary(author):
    url = reverse("wagtailsnippets_courses_term:add")
    response = author.post(
        url,
        {
            "word": "ログイン",
            "reading": "",
            "explanation": "自分の番号や合い言葉を入れて使い始めることです。",
        },
    )
    assert response.status_code == 302
    assert Term.objects.filter(word="ログイン").exists()
    assert "ログイン" in author.get(reverse("wagtailsnippets_courses_term:list")).content.decode()


# Strategy


def test_an_administrator_adds_what_was_lost_and_nothing_else(admin):
    node = StrategyNode.objects.get(code="body-1")
    url = reverse("strategynode:edit", args=[node.pk])
    html = admin.get(url).content.decode()
    assert "後から補った内容" in html and "オールふくしまDX推進課題解決促進会議" in html
    response = admin.post(url, {"supplement": "会議の構成（県の資料による）", "title": "書きかえ"})
    assert response.status_code == 302
    node.refresh_from_db()
    assert (node.supplement, node.title) == (
        "会議の構成（県の資料による）",
        "オールふくしまDX推進課題解決促進会議",
    )


def test_sentences_can_be_listed_and_searched(admin):
    html = admin.get(reverse("strategynode:index"), {"q": "意識改革"}).content.decode()
    assert "gov-1-1" in html and "reg-4-1" not in html


def test_nobody_adds_or_deletes_sentences(admin):
    node = StrategyNode.objects.get(code="body-1")
    for url in (reverse("strategynode:add"), reverse("strategynode:delete", args=[node.pk])):
        response = admin.post(url)
        assert response.status_code in (302, 403, 404)
    assert StrategyNode.objects.count() == 167


def test_an_author_cannot_change_the_strategy(author):
    node = StrategyNode.objects.get(code="body-1")
    author.post(reverse("strategynode:edit", args=[node.pk]), {"supplement": "x"})
    node.refresh_from_db()
    assert node.supplement == ""


def test_an_administrator_chooses_the_version_that_is_shown(admin):
    draft = Plan.objects.get(code="pre-1")
    url = reverse("plan:edit", args=[draft.pk])
    assert admin.get(url).status_code == 200
    assert admin.post(url, {"shows_first": "on"}).status_code == 302
    assert Plan.objects.get(is_current=True).pk == draft.pk
    response = admin.post(url, {})
    assert "どれか一つの版を表示する必要があります" in response.content.decode()
    assert Plan.objects.get(is_current=True).pk == draft.pk
