"""Sheets of paper say what their data say, in every letter that a Japanese name may hold."""

import io
from datetime import UTC, date, datetime
from typing import Any

import pytest
import zxingcpp
from PIL import Image
from pypdf import PdfReader

from office.printing import actions
from office.printing.actions import PrintError, qr_svg, render_pages, render_pdf
from office.printing.rules import safe_file_name, template_name

VERIFY = "https://manabi.example.lg.jp/verify/AB3D-7KQ2/"
SHORT = "https://manabi.example.lg.jp/s/L203-L1/"
EVIL = '<script>#evil()$x$ *bold* @ref #image("/etc/passwd") // \\u{41}'


def certificate(**changes):
    return {
        "holder": "𠮷﨑 髙太郎",
        "course": "{生成|せいせい}AIを仕事で安全に使う",
        "minutes": 45,
        "completed_on": date(2026, 11, 21),
        "issuer": "福島県",
        "number": "2026-000123",
        "url": VERIFY,
        "qr_svg": qr_svg(VERIFY),
        **changes,
    }


def handout(*blocks, **changes):
    return {
        "title": "あやしい{電話|でんわ}から{身|み}を{守|まも}る",
        "blocks": list(blocks),
        "url": SHORT,
        "short_code": "L203-L1",
        "qr_svg": qr_svg(SHORT),
        **changes,
    }


def reader(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def words(pdf: bytes) -> str:
    """The text without blanks, which the spacing between Latin and Japanese letters adds."""
    return "".join("".join(page.extract_text() for page in reader(pdf).pages).split())


def decoded(png: bytes) -> list[str]:
    return [found.text for found in zxingcpp.read_barcodes(Image.open(io.BytesIO(png)))]


def font_sizes(pdf: bytes) -> set[float]:
    """The size of every piece of text, without furigana (kana of half the size above its word)."""
    sizes = set()

    def visit(text, _cm, tm, _font, size):
        if text.strip() and not all("ぁ" <= letter <= "ー" for letter in text.strip()):
            sizes.add(round(abs(size * tm[3]), 1))

    for page in reader(pdf).pages:
        page.extract_text(visitor_text=visit)
    return sizes


def test_a_certificate_says_who_finished_what_and_when_on_one_page():
    pdf = render_pdf("certificate", certificate())
    text = words(pdf)
    for part in (
        "修了証",
        "𠮷﨑髙太郎様",
        "AIを仕事で安全に使う",
        "令和8年11月21日",
        "45分",
        "2026-000123",
        "福島県",
        VERIFY,
    ):
        assert part in text
    assert len(reader(pdf).pages) == 1


def test_a_certificate_is_tagged_for_screen_readers_and_titled():
    document = reader(render_pdf("certificate.typ", certificate()))
    catalog: Any = document.trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"]
    assert str(catalog["/Lang"]).lower().startswith("ja")
    assert "pdfuaid" in catalog["/Metadata"].get_data().decode("utf-8")
    assert document.metadata is not None
    assert document.metadata.title == "修了証 生成AIを仕事で安全に使う"


def test_the_same_data_make_the_same_bytes():
    assert render_pdf("certificate", certificate()) == render_pdf("certificate", certificate())


def test_long_names_keep_a_certificate_on_one_page():
    long = certificate(
        holder="東白川郡棚倉町立社川小学校保護者会代表 長谷川 権左衛門",
        course="長い名前のコース" * 8,
        portrait=True,
    )
    assert len(reader(render_pdf("certificate", long)).pages) == 1
    assert len(reader(render_pdf("certificate", {**long, "portrait": False})).pages) == 1


def test_a_certificate_whose_holder_was_erased_can_still_be_printed():
    text = words(render_pdf("certificate", certificate(holder="")))
    assert "氏名は記録から削除されています" in text
    assert "様" not in text


@pytest.mark.parametrize("portrait", [False, True])
def test_the_qr_code_of_a_certificate_can_be_read(portrait):
    pages = render_pages("certificate", certificate(portrait=portrait))
    assert decoded(pages[0]) == [VERIFY]


def test_text_is_never_read_as_markup():
    pdf = render_pdf("certificate", certificate(holder=EVIL, course=EVIL, issuer=EVIL))
    assert words(pdf).count("".join(EVIL.split())) == 3


def test_text_of_a_handout_is_never_read_as_markup():
    block = {"kind": "text", "heading": EVIL, "body": EVIL}
    assert words(render_pdf("handout", handout(block))).count("".join(EVIL.split())) == 2


@pytest.mark.parametrize(
    "letter", ["髙", "﨑", "𠮷", "𠮟", "塚", "邉", "𩸽", "祐", "德", "㐂", "ﾃ", "①", "℡"]
)
def test_every_letter_of_a_name_has_a_shape(letter):
    """A letter that no font has is drawn as the same empty box as any other unknown one."""
    unknown = render_pages("certificate", certificate(holder="\U0003fffd"))[0]
    assert render_pages("certificate", certificate(holder=letter))[0] != unknown


def test_a_handout_numbers_its_steps_and_holds_every_kind_of_block():
    blocks = [
        {
            "kind": "steps",
            "title": "手順",
            "steps": [{"title": "切る", "body": "電話を切ります。"}, {"body": "相談します。"}],
        },
        {"kind": "callout", "variant": "caution", "title": "番号", "body": "教えません。"},
        {"kind": "callout", "variant": "tip", "body": "録音します。"},
        {"kind": "table", "caption": "連絡先", "header": ["どこ", "番号"], "rows": [["警察", "#9110"]]},
        {"kind": "checklist", "title": "確認", "items": ["留守番電話にした"]},
        {"kind": "term", "word": "詐欺", "reading": "さぎ", "body": "だますこと。"},
        {"kind": "write", "title": "約束", "lines": 2},
    ]
    text = words(render_pdf("handout", handout(*blocks)))
    for part in (
        "1切る",
        "2相談します。",
        "注意番号教えません。",
        "ヒント録音します。",
        "警察#9110",
        "□留守番電話にした",
        "ことば詐欺（さぎ）",
        "約束",
    ):
        assert part in text


def test_furigana_stands_apart_from_its_word_and_braces_can_be_written():
    text = words(render_pdf("handout", handout({"kind": "text", "body": "{漢字|かんじ}を書く。\\{x|y} {z"})))
    assert "漢字を書く。{x|y}{z" in text
    assert "かんじ" in text
    assert "{漢字" not in text


def test_rich_text_has_bold_runs_and_lists():
    body = [
        {"kind": "paragraph", "runs": ["番号は", {"text": "自分で", "bold": True}, "調べます。"]},
        {"kind": "list", "ordered": False, "items": [["役所"], "警察署"]},
        {"kind": "list", "ordered": True, "items": ["まず"]},
        {"kind": "heading", "text": "さらに"},
    ]
    text = words(render_pdf("handout", handout({"kind": "text", "body": body})))
    for part in ("番号は自分で調べます。", "役所", "警察署", "1.まず", "さらに"):
        assert part in text


@pytest.mark.parametrize(("large", "least"), [(False, 14), (True, 14)])
def test_no_text_of_a_handout_is_small(large, least):
    body = "あ" * 3000
    sizes = font_sizes(
        render_pdf("handout", handout({"kind": "text", "body": body + "漢"}, large=large, publisher="福島県"))
    )
    assert min(sizes) >= least
    assert (18.0 in sizes) is True or not large


def test_help_lines_stand_on_every_page_and_the_way_back_on_the_first():
    pages = reader(
        render_pdf("handout", handout({"kind": "text", "body": "\n".join(["長い文です。"] * 120)}))
    ).pages
    assert len(pages) > 1
    for page in pages:
        text = "".join(page.extract_text().split())
        assert "#9110警察の相談" in text
        assert "188消費者ホットライン" in text
        assert "110緊急のとき" in text
    assert "L203-L1" in pages[0].extract_text()
    assert "L203-L1" not in pages[1].extract_text()
    assert decoded(render_pages("handout", handout())[0]) == [SHORT]


def test_pictures_come_with_their_alternative_text():
    buffer = io.BytesIO()
    Image.new("RGB", (40, 30), "navy").save(buffer, "PNG")
    block = {"kind": "image", "image": {"file": "a.png", "alt": "青い画面", "caption": "はじめの画面"}}
    pdf = render_pdf("handout", handout(block), files={"a.png": buffer.getvalue()})
    assert "はじめの画面" in words(pdf)
    assert len(list(reader(pdf).pages[0].images)) >= 1


def test_a_sheet_that_cannot_be_pdf_ua_is_made_all_the_same(caplog):
    buffer = io.BytesIO()
    Image.new("RGB", (40, 30), "navy").save(buffer, "PNG")
    block = {"kind": "image", "image": {"file": "a.png", "alt": None}}
    pdf = render_pdf("handout", handout(block), files={"a.png": buffer.getvalue()})
    assert pdf.startswith(b"%PDF")
    assert "not PDF/UA" in caplog.text


def test_cards_show_everything_that_a_person_needs_two_to_a_page():
    url = "https://manabi.example.lg.jp/card/"
    card = {
        "name": "髙﨑 𠮷男",
        "unit": "福島市 税務課",
        "login": "yoshio",
        "code": "K7MX-3PQH",
        "expires": datetime(2026, 11, 24, 8, 0, tzinfo=UTC),
        "url": url,
        "qr_svg": qr_svg(url),
        "issuer": "人事課",
    }
    data = {"cards": [card, card, card]}
    pdf = render_pdf("card", data)
    assert len(reader(pdf).pages) == 2
    for part in ("髙﨑𠮷男様", "福島市税務課", "yoshio", "K7MX-3PQH", "令和8年11月24日17:00", url, "人事課"):
        assert words(pdf).count(part) >= 3
    assert decoded(render_pages("card", data)[0]) == [url, url]


def test_a_missing_template_or_missing_data_say_so():
    with pytest.raises(PrintError, match="nothing_here"):
        render_pdf("nothing_here", {})
    with pytest.raises(PrintError, match="certificate"):
        render_pdf("certificate", {})


@pytest.mark.parametrize("name", ["../settings", "/etc/passwd", "a/b", "", ".hidden", "a\\b"])
def test_no_name_leads_out_of_the_folder(name):
    with pytest.raises(ValueError, match="not a plain file name"):
        safe_file_name(name)
    with pytest.raises(ValueError, match="not a plain file name"):
        template_name(name)


def test_only_our_fonts_are_used():
    assert set(actions._fonts().families()) == {"BIZ UDPGothic", "Noto Sans JP"}


def test_a_qr_code_is_an_svg_that_stands_alone():
    svg = qr_svg(SHORT)
    assert svg.startswith("<svg xmlns=")
    assert "<?xml" not in svg
    assert "class=" not in svg
    assert "style=" not in svg
