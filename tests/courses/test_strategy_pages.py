"""The public strategy pages: the words of the papers, their sources, the courses that serve them."""

import pytest
from django.urls import reverse

from courses.catalog.models import Course
from courses.strategy.models import StrategyNode

pytestmark = pytest.mark.django_db


@pytest.fixture
def html(curriculum, client):
    response = client.get("/strategy/")
    assert response.status_code == 200
    return response.content.decode()


def test_it_quotes_the_philosophy_and_names_its_lines(html):
    assert "県民一人一人が豊かさや幸福を心から実感できる、DX先進県を実現します。" in html
    assert "B:67、69行" in html


def test_it_tells_the_facts_of_the_plan(html):
    assert "令和8年度（2026年度）〜令和12年度（2030年度）" in html
    assert "令和10年度" in html
    assert "福島県総合計画の分野別計画" in html and "官民データ活用推進計画" in html
    assert "福島県デジタル化推進計画(第7期福島県情報化推進計画)" in html
    assert "案(概要)" in html


def test_every_current_sentence_stands_on_the_page(html):
    nodes = StrategyNode.objects.filter(plan__is_current=True).exclude(code="plan")
    missing = [node.code for node in nodes if node.title not in html.replace("&#x27;", "'")]
    assert missing == []


def test_every_earlier_sentence_stands_on_the_page(html):
    nodes = StrategyNode.objects.filter(plan__is_current=False).exclude(section="headings")
    assert [node.code for node in nodes if node.title not in html] == []


def test_an_offered_course_is_linked_and_a_draft_is_named(html):
    assert 'href="/courses/s105/"' in html
    assert "/courses/s101/" not in html
    assert "S101 DXと意識改革" in html and "準備中" in html


def test_a_retired_course_is_not_named(curriculum, client):
    Course.objects.filter(code="S101").update(status="retired")
    assert "S101 DXと意識改革" not in client.get("/strategy/").content.decode()


def test_lost_figures_are_told_and_what_a_person_added_stands_beside(curriculum, client):
    StrategyNode.objects.filter(code="body-1").update(supplement="会議の構成（県資料による）")
    page = client.get("/strategy/").content.decode()
    assert page.count("元の資料の図が失われています（") == 6
    assert "B:81–83行" in page and "会議の構成（県資料による）" in page


def test_the_page_costs_the_same_for_any_number_of_courses(curriculum, client, django_assert_max_num_queries):
    client.get("/strategy/")
    nodes = list(StrategyNode.objects.all())
    for number in range(30):
        course = Course.objects.create(
            code=f"X{number}", title=f"追加 {number}", track="staff", status="offered"
        )
        course.strategy_nodes.set(nodes)
    with django_assert_max_num_queries(6):
        assert client.get("/strategy/").status_code == 200


def test_a_sentence_has_a_page_of_its_own(curriculum, client, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        page = client.get(reverse("courses:strategy_node", args=["gov-1-1"])).content.decode()
    assert "意識改革と行動変容" in page and "B:116行" in page
    assert "職員の意識改革" in page  # where it comes from
    assert "行政のDX" in page  # the way up
    assert "準備中" in page


def test_an_earlier_sentence_leads_to_its_successor(curriculum, client):
    page = client.get("/strategy/d21-gov-1-1/").content.decode()
    assert "/strategy/gov-2-1/" in page and "A:130行" in page


def test_a_retired_sentence_keeps_its_page(curriculum, client):
    StrategyNode.objects.filter(code="gov-1-1").update(status="retired")
    assert "今の資料にはありません" in client.get("/strategy/gov-1-1/").content.decode()
    assert 'id="gov-1-1"' not in client.get("/strategy/").content.decode()


def test_an_unknown_code_is_not_found(curriculum, client):
    assert client.get("/strategy/gov-9-9/").status_code == 404


def test_an_install_without_a_strategy_says_so(client):
    response = client.get("/strategy/")
    assert response.status_code == 200
    assert "戦略はまだ読み込まれていません" in response.content.decode()
