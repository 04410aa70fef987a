"""The list of courses: words of any length on both engines, facets, a fixed number of queries."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import AnonymousUser

from courses.catalog.models import Course
from courses.catalog.pages import CoursePage
from courses.curriculum.site import ensure_site
from courses.lessons.pages import LessonPage
from courses.search.actions import index_course
from courses.search.models import SearchEntry
from courses.search.queries import Filters, listing
from courses.search.rules import MinutesBucket, bucket_of, fold, words_of

pytestmark = pytest.mark.django_db


def found(user, **filters):
    return [card.code for card in listing(user, Filters(**filters)).cards]


@pytest.fixture
def member(curriculum, cast):
    return cast.hanako


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ｽﾏﾎ", "スマホ"),
        ("ＡＩ　生成", "ai 生成"),
        ("{生成|せいせい}AIの{使|つか}い{方|かた}", "生成aiの使い方"),
        ("<p>{入力|にゅうりょく}してよい<br>情報</p>", "入力してよい 情報"),
        ("メール\x00", "メール"),
        ("5 < 6", "5 < 6"),
    ],
)
def test_texts_are_folded(text, folded):
    assert fold(text) == folded


def test_a_query_is_cut_into_words():
    assert words_of("　生成AI  個人情報 生成ai") == ["生成ai", "個人情報"]
    assert len(words_of("あ " * 500)) <= 10
    assert words_of(" 　") == []


@pytest.mark.parametrize(
    ("minutes", "bucket"), [(30, "30"), (31, "60"), (60, "60"), (120, "120"), (121, "longer")]
)
def test_minutes_fall_into_steps(minutes, bucket):
    assert bucket_of(minutes) == MinutesBucket(bucket)


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("生成", "S105"),  # two characters
        ("電話", "L203"),  # only in lesson titles and texts
        ("詐欺", "L203"),
        ("さぎ", "L203"),  # a senior who types kana
        ("ﾒｰﾙ", "L203"),  # half width
        ("ＡＩ", "S105"),  # full width
        ("s105", "S105"),
        ("S105", "S105"),
    ],
)
def test_japanese_words_are_found(member, query, code):
    assert code in found(member, q=query)


def test_all_words_must_be_there(member):
    assert found(member, q="生成 安全") == ["S105"]
    assert found(member, q="生成 なりすまし詐欺グループ") == []


@pytest.mark.parametrize("query", ["%", "_", "100%", "\\", "'", '"', "<script>", "%生成%"])
def test_signs_are_only_signs(member, query):
    assert "S105" not in found(member, q=query) or query in SearchEntry.objects.get(course__code="S105").text


def test_a_word_in_the_title_comes_first(member):
    Course.objects.filter(code="E201").update(order=0)
    Course.objects.filter(code="S105").update(order=1)
    for code in ("E201", "S105"):
        entry = SearchEntry.objects.get(course__code=code)
        entry.text += "\n安全"
        entry.save()
    assert found(member, q="安全")[0] == "S105"


def test_the_text_of_a_published_lesson_is_found(member):
    page = LessonPage.objects.get(code="S105-L1")
    raw = page.body.get_prep_value()
    raw[0]["value"]["body"] += "<p>{稟議|りんぎ}書の下書きにも使えます。</p>"
    page.body = page._meta.get_field("body").to_python(raw)
    page.save_revision()
    assert found(member, q="稟議") == []
    page.save_revision().publish()
    assert found(member, q="稟議") == ["S105"]
    page.unpublish()
    assert found(member, q="稟議") == []


def test_what_is_not_offered_is_not_found(member):
    assert found(member, q="意識改革") == []
    CoursePage.objects.get(code="S105").unpublish()
    assert found(member, q="生成") == []
    assert not SearchEntry.objects.filter(course__code="S105").exists()
    index_course(course=Course.objects.get(code="S105"))
    assert not SearchEntry.objects.filter(course__code="S105").exists()


def test_a_visitor_finds_what_is_open(curriculum):
    assert found(AnonymousUser()) == ["L203"]
    assert found(AnonymousUser(), q="生成") == []


def test_facets_count_what_the_others_leave(member):
    def counts(name, **filters):
        facet = next(facet for facet in listing(member, Filters(**filters)).facets if facet.name == name)
        return {choice.value: choice.count for choice in facet.choices}

    assert counts("track") == {"staff": 1, "education": 1, "senior": 1}
    assert counts("track", track="senior") == {"staff": 1, "education": 1, "senior": 1}
    assert counts("minutes", track="senior") == {"60": 1, "longer": 0}
    assert counts("track", q="詐欺")["senior"] == 1
    assert counts("measure")["gov-3-3"] == 1


@pytest.mark.parametrize(
    ("filters", "codes"),
    [
        ({"track": "senior"}, ["L203"]),
        ({"tier": "中学校"}, ["E201"]),
        ({"audience": "全職員"}, ["S105"]),
        ({"minutes": "longer"}, ["E201"]),
        ({"measure": "gov-3-3"}, ["S105"]),
        ({"measure": "prem-4", "track": "staff"}, ["S105"]),
        ({"track": "nobody"}, ["S105", "E201", "L203"]),
    ],
)
def test_facets_narrow_down(member, filters, codes):
    assert found(member, **filters) == codes


def test_the_catalog_costs_the_same_for_any_number_of_courses(
    member, client_for, django_assert_max_num_queries
):
    nodes = list(Course.objects.get(code="S105").strategy_nodes.all())
    for number in range(40):
        course = Course.objects.create(
            code=f"X{number}",
            title=f"生成 {number}",
            track="staff",
            status="offered",
            page_path=f"courses/x{number}/",
        )
        course.strategy_nodes.set(nodes)
        index_course(course=course)
    browser = client_for(member)
    browser.get("/courses/")
    with django_assert_max_num_queries(13):
        response = browser.get("/courses/", {"q": "生成", "track": "staff"})
    html = response.content.decode()
    assert "41件" in html and html.count('class="card"') == 24
    assert "page=2" in html and "q=%E7%94%9F%E6%88%90" in html


def test_the_catalog_works_as_a_plain_form(member, client_for):
    html = client_for(member).get("/courses/", {"q": "生成"}).content.decode()
    assert 'method="get"' in html and 'value="生成"' in html
    assert "「生成」の講座：1件" in html
    assert 'href="/courses/s105/"' in html and 'href="/courses/l203/"' not in html
    assert "職員（1）" in html


def test_nothing_found_says_what_to_do(member, client_for):
    html = client_for(member).get("/courses/", {"q": "該当なしのことば"}).content.decode()
    assert "条件に合う講座はありません" in html and "すべての講座を表示" in html


def test_a_visitor_is_told_that_there_is_more(curriculum, client):
    html = client.get("/courses/").content.decode()
    assert 'href="/courses/l203/"' in html and "/courses/s105/" not in html
    assert "あなた向けの講座がすべて表示されます" in html


def test_a_visitor_who_asks_for_the_staff_s_courses_is_asked_to_sign_in(curriculum, client):
    html = client.get("/courses/?track=staff").content.decode()
    assert "条件に合う講座はありません" in html and "ログイン" in html
    assert "/courses/l203/" not in html


@pytest.mark.parametrize(
    "query", ["q=%FF%FE", "q=" + "あ" * 3000, "page=abc", "page=-1", "track[]=x", "minutes=%00"]
)
def test_bad_addresses_give_a_page(curriculum, client, query):
    assert client.get(f"/courses/?{query}").status_code == 200


def test_an_empty_catalog_says_so(client):
    ensure_site(at=datetime(2026, 11, 21, tzinfo=UTC))
    assert "まだ講座がありません" in client.get("/courses/").content.decode()
