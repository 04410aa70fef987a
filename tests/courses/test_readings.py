"""Readings that nobody wrote: worked out once, and never against what a person wrote."""

import threading

import pytest
from django.core.cache import cache
from hypothesis import given
from hypothesis import strategies as st

from courses.readability import ruby
from courses.readability.alignment import align
from courses.readability.readings import annotate, annotate_html
from courses.readability.ruby import Segment

KNOWN = [
    ("今日、避難所へ行きました。", "{今日|きょう}、{避難所|ひなんじょ}へ{行|い}きました。"),
    ("私は一人で待ちます。", "{私|わたし}は{一人|ひとり}で{待|ま}ちます。"),
    ("私立の学校", "{私立|しりつ}の{学校|がっこう}"),
    ("四月一日から十日まで", "{四月|しがつ}{一日|ついたち}から{十日|とおか}まで"),
    ("10日と21日、二十四日", "{10日|とおか}と21{日|にち}、{二十四日|にじゅうよっか}"),
    ("4月1日は1日30分", "4{月|がつ}{1日|ついたち}は{1日|いちにち}30{分|ぷん}"),
    ("8分と5分間", "8{分|ぷん}と5{分間|ふんかん}"),
    ("3分の1", "3{分|ぶん}の1"),
    ("1人で、2人目、3人", "{1人|ひとり}で、{2人目|ふたりめ}、3{人|にん}"),
    ("3本と8本", "3{本|ぼん}と8{本|ぽん}"),
    ("13億4,942万円", "13{億|おく}4,942{万円|まんえん}"),
    ("添付ファイルを入れ直し、取り組む", "{添付|てんぷ}ファイルを{入|い}れ{直|なお}し、{取|と}り{組|く}む"),
    ("三ヶ所", "{三|さん}{ヶ所|かしょ}"),
    ("「だれにも言うな」", "「だれにも{言|い}うな」"),
    ("令和8年", "{令和|れいわ}8{年|ねん}"),
    ("お母さんと日本へ", "お{母|かあ}さんと{日本|にほん}へ"),
]


@pytest.mark.parametrize(("text", "marked"), KNOWN)
def test_common_words_are_read_as_people_read_them(text, marked):
    assert annotate(text) == marked


def test_what_a_person_wrote_always_wins():
    assert annotate("{今日|こんにち}の{私|わたくし}と明日") == "{今日|こんにち}の{私|わたくし}と{明日|あした}"


def test_a_word_that_is_half_marked_keeps_the_mark_and_reads_the_rest():
    assert annotate("{避難|ヒナン}所").startswith("{避難|ヒナン}{所|")


def test_an_unknown_character_gets_no_reading_rather_than_a_wrong_one():
    assert ruby.strip(annotate("髙𠮷𩸽")) == "髙𠮷𩸽"
    assert "|" not in annotate("𩸽")


def test_plain_braces_stay_braces():
    assert ruby.strip(annotate(r"\{今日}")) == "{今日}"


def test_html_is_read_between_its_tags_only():
    html = '<p title="今日">今日は&amp; <strong>話</strong></p>'
    assert annotate_html(html) == '<p title="今日">{今日|きょう}は&amp; <strong>{話|はなし}</strong></p>'


def test_a_text_is_worked_out_once(monkeypatch):
    cache.clear()
    annotate("はじめての文章です")
    monkeypatch.setattr("courses.readability.readings._tokenizer", lambda: pytest.fail("read again"))
    monkeypatch.setattr("courses.readability.readings._remembered._texts", {})
    assert annotate("はじめての文章です") == "はじめての{文章|ぶんしょう}です"


def test_every_thread_has_a_tokenizer_of_its_own():
    texts = [f"第{i}課は十日間の{i}人の話" for i in range(40)]
    found: dict[str, str] = {}

    def read(part: list[str]) -> None:
        found.update({text: annotate(text) for text in part})

    threads = [threading.Thread(target=read, args=(texts[i::4],)) for i in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {ruby.strip(marked) for marked in found.values()} == set(texts)


@given(st.text(alphabet="今日私一二十人日月分本立読むあアー、。{}|\\1０ 避難所々ヶ", max_size=30))
def test_annotating_never_changes_the_text_itself(text):
    assert ruby.strip(annotate(text)) == ruby.strip(text)


@given(
    st.text(alphabet="取組添付入直りむしれファイル々ヶ", min_size=1, max_size=8),
    st.text(alphabet="あいうえおりむしれカファ", max_size=12),
)
def test_alignment_spells_the_word_and_reads_kanji_only(surface, reading):
    segments = align(surface, reading)
    assert "".join(segment.base for segment in segments) == surface
    assert all(segment.reading is None or segment.reading for segment in segments)


def test_a_reading_that_does_not_fit_is_left_out():
    assert align("取り組む", "とる") == [Segment("取り組む")]
    assert align("東京", "*") == [Segment("東京")]
