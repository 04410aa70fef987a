"""What is drawn once for everybody is right for each: after publishing, in every face, and person by person."""

import re
import shutil

import pytest

from courses.catalog.models import Activity, Course
from courses.curriculum.actions import CONTENT, load_curriculum
from courses.lessons.pages import LessonPage
from people.learners.actions import learner_of
from tests.cast import AT
from tests.courses.lesson_cases import make_course, make_lesson

pytestmark = pytest.mark.django_db
TEXT = {"type": "text", "value": {"heading": "", "body": "<p>{電話|でんわ}を切ります。</p>", "easy": ""}}
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
LINE = re.compile(r"<li[^>]*>\s*<a href=\"(?P<url>[^\"]+)\".*?</li>", re.DOTALL)


@pytest.fixture
def course(cast):
    return make_course(open_to_guests=True)


@pytest.fixture
def lessons(course):
    return [make_lesson(course, [TEXT], number=number, title=f"第{number}話") for number in (1, 2, 3)]


def _page(browser, lesson_or_url):
    url = lesson_or_url if isinstance(lesson_or_url, str) else lesson_or_url.activity.url
    return browser.get(url).content.decode()


def _read(browser, lesson):
    browser.post(f"/learning/activities/{lesson.activity.uuid}/done/")


def _done(html, lessons):
    """Numbers of the lessons that the list beside a lesson marks as finished."""
    beside = html[html.index('class="lesson-contents"') :]
    lines = {found["url"]: found[0] for found in LINE.finditer(beside)}
    return [number for number, lesson in enumerate(lessons, 1) if "is-done" in lines[lesson.activity.url]]


def _in_face(browser, face):
    browser.post("/reading/", {"face": face})
    return browser


def test_a_new_title_is_seen_everywhere_at_once(course, lessons, cast, client_for):
    hanako = client_for(cast.hanako)
    for url in (lessons[0].activity.url, course.course.url):
        assert "第2話" in _page(hanako, url)
    page = LessonPage.objects.get(pk=lessons[1].pk)
    page.title = "改めた題"
    page.save_revision().publish()
    for url in (lessons[0].activity.url, lessons[1].activity.url, course.course.url):
        html = _page(hanako, url)
        assert "改めた題" in html and "第2話" not in html


def test_a_new_text_is_seen_at_once_and_a_draft_is_not(lessons, cast, client_for):
    hanako = client_for(cast.hanako)
    assert "電話を切ります" in _page(hanako, lessons[0])
    page = LessonPage.objects.get(pk=lessons[0].pk)
    page.body = [("text", {"heading": "", "body": "<p>書き直しました。</p>", "easy": ""})]
    draft = page.save_revision()
    assert "電話を切ります" in _page(hanako, lessons[0])
    draft.publish()
    html = _page(hanako, lessons[0])
    assert "書き直しました" in html and "電話を切ります" not in html


def test_a_withdrawn_lesson_leaves_the_lists_and_a_new_one_enters(course, lessons, cast, client_for):
    hanako = client_for(cast.hanako)
    assert "3課のうち第1課" in _page(hanako, lessons[0])
    LessonPage.objects.get(pk=lessons[2].pk).unpublish()
    for url in (lessons[0].activity.url, course.course.url):
        assert "第3話" not in _page(hanako, url)
    assert "2課のうち第1課" in _page(hanako, lessons[0])
    make_lesson(course, [TEXT], number=4, title="第4話")
    for url in (lessons[0].activity.url, course.course.url):
        assert "第4話" in _page(hanako, url)


def test_a_new_order_is_seen_at_once(lessons, cast, client_for):
    hanako = client_for(cast.hanako)
    assert "3課のうち第1課" in _page(hanako, lessons[0])
    LessonPage.objects.get(pk=lessons[2].pk).move(LessonPage.objects.get(pk=lessons[0].pk), pos="left")
    assert "3課のうち第2課" in _page(hanako, lessons[0])


def test_what_the_course_says_of_itself_is_fresh(course, lessons, cast, client_for):
    hanako = client_for(cast.hanako)
    _page(hanako, course.course.url)
    page = type(course).objects.get(pk=course.pk)
    page.audience = "窓口の人"
    page.save_revision().publish()
    assert "窓口の人" in _page(hanako, course.course.url)


def test_each_face_shows_its_own_words(lessons, cast, client_for):
    browser = client_for(cast.hanako)
    for _again in range(2):
        assert "<ruby>" not in _page(_in_face(browser, "standard"), lessons[0])
        assert "<ruby>電話" in _page(_in_face(browser, "ruby"), lessons[0])
        assert 'data-face="large"' in _page(_in_face(browser, "large"), lessons[0])


def test_how_one_reads_does_not_reach_another(lessons, cast, client_for):
    hanako, other = client_for(cast.hanako), client_for(cast.outsider)
    hanako.post("/reading/", {"face": "ruby", "text_size": "largest", "contrast": "high", "language": "en"})
    mine, theirs = _page(hanako, lessons[0]), _page(other, lessons[0])
    assert 'data-text-size="largest"' in mine and "Reading settings" in mine and "<ruby>電話" in mine
    assert 'data-text-size="normal"' in theirs and "Reading settings" not in theirs
    assert "<ruby>" not in theirs


def test_two_learners_see_each_their_own(course, lessons, cast, client_for):
    hanako, other = client_for(cast.hanako), client_for(cast.outsider)
    _read(hanako, lessons[0])
    _read(other, lessons[1])
    for _again in range(2):
        assert _done(_page(hanako, lessons[2]), lessons) == [1]
        assert _done(_page(other, lessons[2]), lessons) == [2]
        assert "この課は読み終わっています" in _page(hanako, lessons[0])
        assert "この課は読み終わっています" not in _page(other, lessons[0])
        for browser in (hanako, other):
            assert _page(browser, course.course.url).count("chip--done") == 1
    _read(other, lessons[0])
    assert _done(_page(other, lessons[2]), lessons) == [1, 2]
    assert _done(_page(hanako, lessons[2]), lessons) == [1]


def test_names_and_tokens_never_cross(course, lessons, cast, client_for, client):
    hanako, other = client_for(cast.hanako), client_for(cast.outsider)
    seen: dict = {}
    for url in ("/learning/", course.course.url, lessons[0].activity.url):
        for who, browser in ((cast.hanako.name, hanako), (cast.outsider.name, other), ("", client)):
            html = browser.get(url, follow=True).content.decode()
            strangers = {cast.hanako.name, cast.outsider.name} - {who}
            assert (not who or who in html) and not any(name in html for name in strangers)
            seen.setdefault(who, set()).update(TOKEN.findall(html))
    everybody = [token for tokens in seen.values() for token in tokens]
    assert len(everybody) == len(set(everybody)) > 3


def test_a_guest_beside_somebody_signed_in(course, lessons, cast, client_for, client):
    hanako = client_for(cast.hanako)
    _read(hanako, lessons[0])
    _page(hanako, lessons[1])
    visitor = _page(client, lessons[1])
    assert "ログアウト" not in visitor and _done(visitor, lessons) == []
    _read(client, lessons[1])
    assert _done(_page(client, lessons[2]), lessons) == [2]
    assert _done(_page(hanako, lessons[2]), lessons) == [1]
    assert "ログアウト" in _page(hanako, lessons[1])


def test_the_curriculum_loaded_again_is_seen_at_once(curriculum, cast, client_for, tmp_path):
    hanako = client_for(cast.hanako)
    lesson = Activity.objects.get(code="S105-L1")
    assert lesson.title in _page(hanako, lesson.url)
    shutil.copytree(CONTENT, tmp_path / "content")
    for name in ("L1.md", "course.yaml"):
        path = tmp_path / "content" / "S105" / name
        text = path.read_text(encoding="utf-8").replace(f"title: {lesson.title}", "title: 別の題")
        path.write_text(re.sub(r"(?m)^title_ruby: .*\n", "", text), encoding="utf-8")
    load_curriculum(check=False, take_files=False, at=AT, root=tmp_path / "content")
    assert lesson.course is not None
    for url in (lesson.url, lesson.course.url):
        html = _page(hanako, url)
        assert "別の題" in html and lesson.title not in html


def test_a_preview_shows_the_draft_and_leaves_the_page_alone(lessons, cast, client_for, rf):
    hanako = client_for(cast.hanako)
    page = LessonPage.objects.get(pk=lessons[0].pk)
    page.body = [("text", {"heading": "", "body": "<p>下書きです。</p>", "easy": ""})]
    preview = page.make_preview_request(original_request=rf.get("/"), preview_mode="standard")
    assert "下書きです" in preview.render().content.decode()
    assert "下書きです" not in _page(hanako, lessons[0])


def test_the_page_of_a_course_of_many_lessons_costs_no_more_queries(
    course, cast, client_for, django_assert_max_num_queries
):
    learner_of(cast.hanako, at=AT)
    first = make_lesson(course, [TEXT])
    hanako = client_for(cast.hanako)
    _read(hanako, first)
    counts = []
    for numbers in (range(2, 3), range(3, 13)):
        for number in numbers:
            make_lesson(course, [TEXT], number=number)
        for url in (course.course.url, first.activity.url):
            _page(hanako, url)
            with django_assert_max_num_queries(8) as asked:
                _page(hanako, url)
            counts.append(len(asked))
    assert counts[:2] == counts[2:]
    assert Course.objects.get(pk=course.course_id).required_count == 12
