from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.readability.kanji import is_kanji
from courses.readability.ruby import (
    Segment,
    find_errors,
    join,
    parse,
    plain_text,
    render_html_fragment,
    strip,
    to_html,
)
from courses.readability.rules import Level, Profile, check, kanji_grade, needs_ruby
from courses.readability.sentences import split_sentences

RUBY = "<ruby>漢字<rp>（</rp><rt>かんじ</rt><rp>）</rp></ruby>"

# Braces, bars and backslashes often enough to meet each other.
marked = st.text(st.sampled_from("{}|\\あ漢字<>&\"' \n") | st.characters(codec="utf-8"), max_size=40)
bases = st.text(st.characters(codec="utf-8", exclude_characters="{}|\n"), min_size=1, max_size=5)
readings = st.text(st.sampled_from("かんじー"), max_size=4)
segments = st.lists(st.builds(Segment, bases, readings) | st.builds(Segment, marked), max_size=6)


def always(_: str) -> bool:
    return True


def never(_: str) -> bool:
    return False


class TestParse:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("", []),
            ("かな", [Segment("かな")]),
            ("{確|たし}かめる", [Segment("確", "たし"), Segment("かめる")]),
            (r"\{漢字|かんじ}", [Segment("{漢字|かんじ}")]),
            (r"\\{漢|かん}", [Segment("\\"), Segment("漢", "かん")]),
            (r"C:\フォルダー", [Segment(r"C:\フォルダー")]),
            ("{漢字}と}と{", [Segment("{漢字}と}と{")]),
            ("{{漢|かん}}", [Segment("{"), Segment("漢", "かん"), Segment("}")]),
            ("{漢字|}", [Segment("漢字", "")]),
            ("{|かんじ}", [Segment("{|かんじ}")]),
            ("{漢\n字|かんじ}", [Segment("{漢\n字|かんじ}")]),
        ],
    )
    def test_it_reads_marks_and_leaves_the_rest(self, text: str, expected: list[Segment]) -> None:
        assert parse(text) == expected

    @given(marked)
    def test_it_reads_again_what_it_has_joined(self, text: str) -> None:
        assert parse(join(parse(text))) == parse(text)

    @given(segments)
    def test_joined_segments_keep_bases_and_readings(self, given_segments: list[Segment]) -> None:
        result = parse(join(given_segments))
        assert "".join(s.base for s in result) == "".join(s.base for s in given_segments)
        assert [s for s in result if s.reading is not None] == [
            s for s in given_segments if s.reading is not None
        ]


class TestStrip:
    @given(segments)
    def test_it_removes_only_the_marks(self, given_segments: list[Segment]) -> None:
        assert strip(join(given_segments)) == "".join(s.base for s in given_segments)

    @given(st.text(st.characters(exclude_characters="{"), max_size=30))
    def test_text_without_braces_stays(self, text: str) -> None:
        assert strip(text) == text


class TestHtml:
    def test_it_shows_the_readings_that_are_wanted(self) -> None:
        text = "{漢字|かんじ}と{文|ぶん}"
        assert to_html(text, show=lambda base: base == "漢字") == f"{RUBY}と文"

    def test_an_empty_reading_shows_the_base(self) -> None:
        assert to_html("{漢字|}", show=always) == "漢字"

    @given(marked)
    def test_no_tag_comes_from_the_text(self, text: str) -> None:
        assert to_html(text, show=never) == _escaped(strip(text))
        tags = _tags(to_html(text, show=always))
        assert set(tags) <= {"ruby", "rp", "rt"}
        assert tags.count("ruby") == sum(bool(s.reading) for s in parse(text))

    @given(marked)
    def test_the_text_is_the_same_without_readings(self, text: str) -> None:
        assert unescape(to_html(text, show=never)) == strip(text)


class TestRenderHtmlFragment:
    def test_tags_attributes_and_comments_are_left_alone(self) -> None:
        html = '<p title="{漢字|かんじ} > x">{漢字|かんじ}<br></p><!-- {漢字|かんじ} <b> -->'
        expected = f'<p title="{{漢字|かんじ}} > x">{RUBY}<br></p><!-- {{漢字|かんじ}} <b> -->'
        assert render_html_fragment(html, always) == expected

    def test_entities_stay_and_the_base_is_asked_for_as_text(self) -> None:
        html = "a &amp; {漢&amp;|かん}&nbsp;{字|じ}"
        wanted = render_html_fragment(html, lambda base: base == "漢&")
        assert wanted == "a &amp; <ruby>漢&amp;<rp>（</rp><rt>かん</rt><rp>）</rp></ruby>&nbsp;字"

    def test_a_mark_across_tags_is_no_mark(self) -> None:
        assert render_html_fragment("{<b>漢</b>|かん}", always) == "{<b>漢</b>|かん}"

    @given(marked)
    def test_it_agrees_with_escaped_text(self, text: str) -> None:
        assert _tags(render_html_fragment(_escaped(text), always)) == _tags(to_html(text, show=always))

    def test_plain_text_has_a_line_for_each_paragraph_and_item(self) -> None:
        html = "<p>一<br>\n二 &lt;</p>\n<ul>\n<li>{三|さん}</li>\n<li><strong>四</strong></li></ul>"
        assert plain_text(html) == "一\n二 <\n{三|さん}\n四"


class TestFindErrors:
    @pytest.mark.parametrize(
        ("text", "codes"),
        [
            ("{漢字|かんじ}、{々|のま}、{漢字|カンジ}、{お前|お まえ}", []),
            (r"\{これは記号\}", []),
            (r"\{漢字|かんじ}", []),
            ("{漢字|}", [("empty_reading", 0)]),
            ("あ{漢字|kanji}", [("reading_not_kana", 1)]),
            ("{かな|かな}", [("base_without_kanji", 0)]),
            ("{漢字｜かんじ}", [("stray_brace", 0)]),
            ("漢字|かんじ}", [("stray_brace", 6)]),
            ("{漢字|かんじ", [("stray_brace", 0)]),
            (r"\\{漢字", [("stray_brace", 2)]),
        ],
    )
    def test_it_names_the_place(self, text: str, codes: list[tuple[str, int]]) -> None:
        assert [(error.code, error.position) for error in find_errors(text)] == codes

    def test_it_counts_lines(self) -> None:
        (error,) = find_errors("一行目\n{漢字|x}の行")
        assert (error.line, error.excerpt) == (2, "{漢字|x}の行")

    @given(marked)
    def test_it_never_raises_and_points_into_the_text(self, text: str) -> None:
        assert all(text[error.position] in "{}" for error in find_errors(text))


class TestKanji:
    @pytest.mark.parametrize("char", ["漢", "々", "〆", "𠮷", "㐂", "髙", "﨑"])
    def test_it_knows_kanji_beyond_the_basic_block(self, char: str) -> None:
        assert is_kanji(char)

    @pytest.mark.parametrize("char", ["あ", "ア", "ー", "A", "１", "〇", "。"])
    def test_it_knows_what_is_none(self, char: str) -> None:
        assert not is_kanji(char)

    def test_grades_follow_the_2017_table(self) -> None:
        assert [kanji_grade(c) for c in "一友丁岡情欺あ"] == [1, 2, 3, 4, 5, None, None]

    @pytest.mark.parametrize(
        ("base", "grade", "expected"),
        [
            ("友", 0, True),
            ("友", 1, True),
            ("友", 2, False),
            ("人々", 1, False),
            ("人々", 0, True),
            ("詐欺", 6, True),
            ("かな", 0, False),
        ],
    )
    def test_ruby_is_needed_beyond_the_grade(self, base: str, grade: int, expected: bool) -> None:
        assert needs_ruby(base, grade) is expected


class TestSentences:
    def test_it_splits_at_marks_and_lines(self) -> None:
        text = "雨です。\n 晴れですか？はい！？\n項目"
        assert [s.text for s in split_sentences(text)] == ["雨です。", "晴れですか？", "はい！？", "項目"]
        assert all(text[s.position :].startswith(s.text) for s in split_sentences(text))

    def test_marks_in_quotes_end_nothing(self) -> None:
        assert len(split_sentences("「正しいですか。」と聞きます。")) == 1

    def test_a_bracket_left_open_ends_with_its_line(self) -> None:
        assert len(split_sentences("「開いたまま。\n次です。次です。")) == 3


class TestCheck:
    @pytest.mark.parametrize(
        ("text", "profile", "expected"),
        [
            ("あ" * 28 + "です。", Profile.SENIOR, ("sentence_long", Level.WARNING)),
            ("あ" * 40 + "です。", Profile.SENIOR, ("sentence_long", Level.ERROR)),
            ("{学校学校学校学校学校学校学校|がっこう}です。", Profile.SENIOR, ("kanji_many", Level.WARNING)),
            ("{学校学校学校学校学校学校学校|がっこう}です。", Profile.YASASHII, ("kanji_many", Level.ERROR)),
            ("詐欺です。", Profile.SENIOR, ("ruby_missing", Level.ERROR)),
            ("学校です。", Profile.YASASHII, ("ruby_missing", Level.ERROR)),
            ("令和8年です。", Profile.SENIOR, ("year_without_western", Level.ERROR)),
            ("2026年です。", Profile.SENIOR, ("year_without_era", Level.ERROR)),
            ("令和8年（2025年）です。", Profile.SENIOR, ("year_wrong", Level.ERROR)),
            ("{令和|れいわ}8{年|ねん}です。", Profile.YASASHII, ("year_era", Level.ERROR)),
            ("14:00です。", Profile.SENIOR, ("time_colon", Level.ERROR)),
            ("14時です。", Profile.SENIOR, ("time_24h", Level.ERROR)),
            ("10時〜12時です。", Profile.SENIOR, ("range_wave", Level.ERROR)),
            ("4/1です。", Profile.SENIOR, ("date_slash", Level.ERROR)),
            ("できないわけではありません。", Profile.SENIOR, ("double_negative", Level.ERROR)),
            ("行かざるを得ません。", Profile.SENIOR, ("double_negative", Level.ERROR)),
            ("ご覧ください。", Profile.SENIOR, ("keigo", Level.WARNING)),
            ("名前が書かれます。", Profile.SENIOR, ("passive_or_causative", Level.WARNING)),
            ("はんこを持参します。", Profile.SENIOR, ("word_hard", Level.WARNING)),
            ("はんこを持参します。", Profile.YASASHII, ("word_hard", Level.ERROR)),
            ("ハザードマップです。", Profile.SENIOR, ("katakana_unexplained", Level.WARNING)),
            ("ｽﾏﾎです。", Profile.SENIOR, ("katakana_half", Level.WARNING)),
            ("ｽﾏﾎです。", Profile.YASASHII, ("katakana_half", Level.ERROR)),
            ("SNSです。", Profile.SENIOR, ("latin", Level.WARNING)),
            ("どきどきします。", Profile.SENIOR, ("onomatopoeia", Level.WARNING)),
            ("会場は学校。", Profile.SENIOR, ("noun_ending", Level.WARNING)),
            ("会場に行く。", Profile.SENIOR, ("not_polite", Level.WARNING)),
            ("あ\n" * 1001, Profile.SENIOR, ("page_long", Level.WARNING)),
        ],
    )
    def test_it_finds_what_is_hard(self, text: str, profile: Profile, expected: tuple[str, Level]) -> None:
        assert expected in [(finding.code, finding.level) for finding in check(text, profile)]

    @pytest.mark.parametrize(
        ("text", "profile"),
        [
            ("令和8年（2026年）4月1日の午後2時から4時までです。", Profile.SENIOR),
            ("令和元年（2019年）です。", Profile.SENIOR),
            ("令和8年度（2026年度）です。", Profile.SENIOR),
            ("2026{年|ねん}4{月|がつ}1{日|にち}です。", Profile.YASASHII),
            ("ハザードマップ（あぶない{所|ところ}の{地図|ちず}）を{見|み}ます。", Profile.YASASHII),
            ("いろいろあります。", Profile.SENIOR),
            ("学校に生まれ変わり、分かれます。知らせます。", Profile.SENIOR),
            ("「〜です」と書きます。", Profile.SENIOR),
        ],
    )
    def test_it_leaves_good_text_alone(self, text: str, profile: Profile) -> None:
        assert check(text, profile, grade=6) == []

    def test_arguments_fill_the_message(self) -> None:
        findings = {finding.code: finding for finding in check("はんこを持参します。", Profile.SENIOR)}
        finding = findings["word_hard"]
        assert finding.arguments == {"word": "持参", "easier": "持って来る"}
        assert (finding.excerpt, finding.position) == ("持参", 4)

    def test_each_body_brings_its_own_words(self) -> None:
        codes = [f.code for f in check("ハンコを持参します。", Profile.SENIOR, words={}, known={"ハンコ"})]
        assert "word_hard" not in codes
        assert "katakana_unexplained" not in codes

    @given(marked, st.sampled_from(Profile))
    def test_it_takes_any_text(self, text: str, profile: Profile) -> None:
        assert all(0 <= finding.position <= len(strip(text)) for finding in check(text, profile))


def _escaped(text: str) -> str:
    for char, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("'", "&#x27;")):
        text = text.replace(char, entity)
    return text


def _tags(html: str) -> list[str]:
    found: list[str] = []
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, attrs: found.append(tag)  # type: ignore[method-assign]
    parser.feed(html)
    parser.close()
    return found
