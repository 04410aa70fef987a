"""Between paper and screen: sheets, their codes, and the way back."""

import io
import re

import pytest
import zxingcpp
from django.test import override_settings
from django.urls import set_script_prefix
from PIL import Image
from pypdf import PdfReader

from courses.lessons.richparts import rich_parts
from courses.lessons.sheets import Sheet
from office.printing.actions import PrintError, render_pages
from people.preferences.enums import Face
from people.preferences.rules import Reading
from tests.courses.lesson_cases import full_lesson, make_course, make_lesson

pytestmark = pytest.mark.django_db
TEXT = {"type": "text", "value": {"heading": "", "body": "<p>{本文|ほんぶん}です。</p>", "easy": ""}}


@pytest.fixture
def made(cast):
    return full_lesson(code="T901", track="senior", open_to_guests=True)


def sheet_url(made) -> str:
    return f"/handouts/{made.lesson.activity.uuid}.pdf"


def words(response) -> str:
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(response.content)).pages)
    return re.sub(r"\s+", "", text)


def test_a_visitor_prints_an_open_lesson(made, client):
    response = client.get(sheet_url(made))
    assert response["Content-Type"] == "application/pdf"
    assert "T901-L1.pdf" in response["Content-Disposition"]
    text = words(response)
    assert "はじめの一歩" in text and "#9110" in text and "188" in text and "T901-L1" in text


def test_every_kind_of_block_is_on_the_sheet(made, client):
    text = words(client.get(sheet_url(made)))
    for part in (
        "やってみます",
        "気をつけます",
        "料金の表",
        "端末",
        "こう使います",
        "できたこと",
        "わたしの行動",
    ):
        assert part in text, part


def test_the_code_leads_back_to_the_step_that_was_printed(made):
    with override_settings(SITE_BASE_URL="https://manabi.example.jp"):
        sheet = Sheet(made.lesson, reading=Reading(face=Face.LARGE), step="4")
        first = render_pages("handout", sheet.data(), files=sheet.files, ppi=144)[0]
    found = zxingcpp.read_barcodes(Image.open(io.BytesIO(first)))
    assert [code.text for code in found] == ["https://manabi.example.jp/s/T901-L1/4/"]


def test_below_a_sub_path_the_code_holds_too(made, settings):
    settings.SITE_BASE_URL = "https://www.example.jp"
    set_script_prefix("/manabi/")
    try:
        data = Sheet(made.lesson, reading=Reading()).data()
    finally:
        set_script_prefix("/")
    assert data["url"] == "https://www.example.jp/manabi/s/T901-L1/"


@pytest.mark.parametrize(
    ("face", "large", "body"),
    [
        (Face.STANDARD, False, "今日の私は学校で話します。"),
        (Face.RUBY, False, "{今日|こんにち}の{私|わたし}は{学校|がっこう}で{話|はな}します。"),
        (Face.EASY, False, "うそで{お金|かね}をとることです。"),
        (Face.LARGE, True, "今日の私は学校で話します。"),
    ],
)
def test_the_sheet_is_in_the_face_of_its_reader(made, face, large, body):
    data = Sheet(made.lesson, reading=Reading(face=face)).data()
    assert data["large"] is large
    assert data["blocks"][0]["body"] == [{"kind": "paragraph", "runs": [body]}]


def test_a_table_with_a_short_row_is_filled_up(made):
    data = Sheet(made.lesson, reading=Reading()).data()
    table = next(block for block in data["blocks"] if block["kind"] == "table")
    assert table["rows"] == [["紙", "10"], ["筆", ""]]


def test_a_picture_whose_file_is_gone_is_left_out(made):
    file = made.lesson.body[1].value["image"].file
    file.storage.delete(file.name)
    sheet = Sheet(made.lesson, reading=Reading())
    assert "image" not in [block["kind"] for block in sheet.data()["blocks"]]


def test_who_may_not_read_may_not_print(cast, client, client_for):
    course = make_course(code="T902")
    lesson = make_lesson(course, [TEXT])
    url = f"/handouts/{lesson.activity.uuid}.pdf"
    assert client.get(url).status_code == 302
    assert client_for(cast.hanako).get(url).status_code == 200
    lesson.unpublish()
    assert client_for(cast.hanako).get(url).status_code == 404


def test_a_sheet_that_cannot_be_made_says_what_to_do(made, client, monkeypatch):
    def fail(*args, **kwargs):
        raise PrintError("no font")

    monkeypatch.setattr("courses.lessons.views.render_pdf", fail)
    response = client.get(sheet_url(made), follow=True)
    assert response.redirect_chain[0][0] == made.url
    assert "印刷用の紙を作れませんでした" in response.content.decode()


@pytest.mark.parametrize("typed", ["T901-L1", "t901-l1", "Ｔ９０１－Ｌ１", "T901ーL1"])
def test_a_senior_arrives_in_the_large_face(made, client, typed):
    response = client.get(f"/s/{typed}/3/")
    assert response["Location"] == f"{made.url}?face=large&step=3"
    response = client.get(f"/s/{typed}/", follow=True)
    assert "1／12" in response.content.decode()


def test_others_arrive_where_they_read(client):
    lesson = make_lesson(make_course(code="T903", open_to_guests=True), [TEXT])
    assert client.get("/s/T903-L1/")["Location"] == lesson.activity.url
    assert client.get("/s/T903-L1/2/", follow=True).redirect_chain[-1][0] == f"{lesson.activity.url}#screen-2"


@pytest.mark.parametrize("code", ["X999-L9", "あ" * 60, "<b>", "%00"])
def test_an_unknown_code_gets_advice(client, code):
    response = client.get(f"/s/{code}/")
    html = response.content.decode()
    assert response.status_code == 404
    assert "もう一度入れてください" in html
    assert "<b>" not in html


def test_a_code_can_be_typed(made, client):
    assert "紙に書いてある番号" in client.get("/s/").content.decode()
    assert client.get("/s/", {"code": " ｔ901-l1 "})["Location"] == "/s/T901-L1/"
    assert client.get("/s/", {"code": "T901-L1/4"})["Location"] == "/s/T901-L1/4/"
    assert client.get("/s/", {"code": "T901-L1/" + "9" * 5000})["Location"] == "/s/T901-L1/"
    assert client.get("/s/", {"code": "\0/"}).status_code == 200


def test_rich_text_becomes_paragraphs_headings_and_lists():
    html = "<h3>題</h3><p>あ<br>い<strong>う</strong></p><ul><li>一</li><li>二<ol><li>三</li></ol></li></ul><p></p>"
    assert rich_parts(html) == [
        {"kind": "heading", "text": "題"},
        {"kind": "paragraph", "runs": ["あ"]},
        {"kind": "paragraph", "runs": ["い", {"text": "う", "bold": True}]},
        {"kind": "list", "ordered": False, "items": [["一"], ["二"], ["三"]]},
    ]
