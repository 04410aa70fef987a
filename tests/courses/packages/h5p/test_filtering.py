"""A content keeps what its content types know, made safe, and loses the rest."""

import json
from dataclasses import replace

import pytest

from courses.packages import h5p
from courses.packages.h5p import richtext
from tests.courses.packages.h5p import builders as b

MAIN = h5p.Library(h5p.LibraryName("H5P.Main", 1, 0), 0, semantics=b.SEMANTICS)
PART = h5p.Library(h5p.LibraryName("H5P.Part", 1, 0), 0, semantics=[b.TEXT_FIELD])
NEWER = replace(PART, name=h5p.LibraryName("H5P.Part", 1, 1))
INDEX = h5p.Libraries([MAIN, PART, NEWER])
UUID = "0f8fad5b-d9cb-469f-a165-70867728950e"


def kept(**params):
    return h5p.filter_content(params, MAIN, INDEX).params


def reasons(**params) -> set[str]:
    return {dropped.reason for dropped in h5p.filter_content(params, MAIN, INDEX).dropped}


@pytest.mark.parametrize(
    ("given", "left"),
    [
        ({"unknown": 1}, {}),
        ({"text": "<p>a <strong>b</strong></p>"}, {"text": "<p>a <strong>b</strong></p>"}),
        ({"text": "<script>alert(1)</script>x"}, {"text": "x"}),
        ({"text": "<img src=x onerror=alert(1)>x"}, {"text": "x"}),
        ({"text": "<p onclick='x()'>a</p>"}, {"text": "<p>a</p>"}),
        ({"text": "<a href='javascript:alert(1)'>a</a>"}, {"text": '<a rel="noopener noreferrer">a</a>'}),
        ({"text": "<iframe src='//x'></iframe><svg><script>1</script></svg>a"}, {"text": "a"}),
        (
            {"text": "<p style='position:fixed;text-align:center'>a</p>"},
            {"text": '<p style="text-align:center">a</p>'},
        ),
        ({"text": "<ruby>漢<rt>かん</rt></ruby>"}, {"text": "<ruby>漢<rt>かん</rt></ruby>"}),
        ({"title": "<b>a & b</b>"}, {"title": "&lt;b&gt;a &amp; b&lt;/b&gt;"}),
        ({"title": "a &amp; &lt;"}, {"title": "a &amp; &lt;"}),
        ({"title": "x" * 50}, {"title": "x" * 20}),
        ({"title": "x" * 17 + "&nbsp"}, {"title": "x" * 17 + "&amp;nb"}),
        ({"title": 5}, {}),
        ({"title": None}, {}),
        ({"points": 5}, {"points": 5}),
        ({"points": -5}, {"points": 0}),
        ({"points": 99.5}, {"points": 10}),
        ({"points": "7"}, {"points": 7}),
        ({"points": "x"}, {}),
        ({"points": True}, {}),
        ({"points": 1e40}, {}),
        ({"open": True}, {"open": True}),
        ({"open": "yes"}, {}),
        ({"kind": "a"}, {"kind": "a"}),
        ({"kind": "c"}, {"kind": "a"}),
        ({"kind": {"a": 1}}, {"kind": "a"}),
        ({"kind": ["b"]}, {"kind": "b"}),
        ({"items": ["<b>", "y"]}, {"items": ["&lt;b&gt;", "y"]}),
        ({"items": ["1", "2", "3", "4"]}, {"items": ["1", "2", "3"]}),
        ({"items": {"0": "x"}}, {}),
        ({"items": []}, {}),
        ({"labels": {"check": "OK", "evil": "x"}}, {"labels": {"check": "OK"}}),
        ({"labels": ["OK"]}, {}),
    ],
)
def test_a_value_is_kept_mended_or_left_out(given, left):
    assert kept(**given) == left


@pytest.mark.parametrize(
    ("path", "left"),
    [
        ("images/a.png", "images/a.png"),
        ("../123/images/a.png", "images/a.png"),
        ("images/a.png#tmp", "images/a.png"),
        ("https://example.jp/a.png", "https://example.jp/a.png"),
        ("../../../etc/passwd", None),
        ("/etc/passwd", None),
        ("file:///etc/passwd", None),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("//evil.example/a.png", None),
        ('a.png" onerror="x', None),
        ("a.png<script>", None),
        ("images\\a.png", None),
        ("", None),
        (None, None),
    ],
)
def test_a_file_stays_in_the_package_or_is_a_plain_web_address(path, left):
    image = {
        "path": path,
        "mime": 'image/png"<',
        "width": "10",
        "evil": 1,
        "copyright": {"license": "U", "x": 1},
    }
    found = kept(image=image).get("image")
    if left is None:
        assert found is None and "drop-path" in reasons(image=image)
    else:
        assert found == {
            "path": left,
            "mime": "image/png&quot;&lt;",
            "width": 10,
            "copyright": {"license": "U"},
        }


def test_the_same_film_in_several_forms_is_a_list():
    video = [
        {"path": "a.webm", "mime": "video/webm", "quality": {"level": 1, "label": "x"}},
        {"path": "../../x"},
        3,
    ]
    assert kept(video=video) == {
        "video": [{"path": "a.webm", "mime": "video/webm", "quality": {"label": "x"}}]
    }


def select(options, value, **more):
    field = {"name": "x", "type": "select", "options": options, **more}
    return h5p.filter_content({"x": value}, replace(MAIN, semantics=[field]), INDEX).params.get("x")


def test_choices_that_the_editor_fills_in_and_groups_of_choices_are_kept():
    assert select([], ["0", "2"], multiple=True) == ["0", "2"]  # the drop zones of Drag and Drop
    assert select(None, "<b>") == "&lt;b&gt;"
    groups = [{"type": "optgroup", "label": "A", "options": [{"value": "a"}]}, {"value": 1, "label": "B"}]
    assert [select(groups, value, optional=True) for value in ("a", 1, "1", "b")] == ["a", 1, "1", None]


def test_further_properties_that_a_field_names_are_kept_when_they_are_simple():
    field = {"name": "x", "type": "video", "extraAttributes": ["aspectRatio", "evil", "path", 5]}
    film = {"path": "a.webm", "aspectRatio": "<16:9>", "evil": {"a": 1}, "metadata": {"qualityName": "HD"}}
    found = h5p.filter_content({"x": [film]}, replace(MAIN, semantics=[field]), INDEX).params["x"]
    assert found == [{"path": "a.webm", "metadata": {"qualityName": "HD"}, "aspectRatio": "&lt;16:9&gt;"}]


def test_sub_content_is_filtered_by_its_own_library():
    part = {
        "library": "H5P.Part 1.0",
        "params": {"text": "<script>1</script>a", "other": 1},
        "subContentId": UUID,
        "metadata": {"title": "<i>t</i>", "license": "CC BY", "evil": 1},
        "evil": 1,
    }
    found = h5p.filter_content({"part": part}, MAIN, INDEX)
    assert found.params == {
        "part": {
            "library": "H5P.Part 1.0",
            "params": {"text": "a"},
            "subContentId": UUID,
            "metadata": {"title": "&lt;i&gt;t&lt;/i&gt;", "license": "CC BY"},
        }
    }
    assert [str(name) for name in found.libraries] == ["H5P.Part 1.0", "H5P.Main 1.0"]


@pytest.mark.parametrize(
    ("library", "reason"),
    [
        ("H5P.Part 1.1", "drop-library"),  # installed, but another version than the field allows
        ("H5P.Main 1.0", "drop-library"),
        ("H5P.Gone 1.0", "drop-library"),
        ("../x", "drop-type"),
        (5, "drop-type"),
    ],
)
def test_sub_content_that_may_not_stand_here_is_left_out(library, reason):
    part = {"library": library, "params": {}}
    assert kept(part=part) == {} and reasons(part=part) == {reason}


def test_sub_content_whose_library_is_missing_is_left_out():
    found = h5p.filter_content(
        {"part": {"library": "H5P.Part 1.0", "params": {}}}, MAIN, h5p.Libraries([MAIN])
    )
    assert found.params == {} and found.dropped[0] == h5p.Dropped("/part", "drop-library-missing")


def test_a_wrong_sub_content_id_goes_alone():
    assert kept(part={"library": "H5P.Part 1.0", "params": {}, "subContentId": "1' OR 1"}) == {
        "part": {"library": "H5P.Part 1.0", "params": {}}
    }


def test_what_was_left_out_is_told_with_its_place():
    found = h5p.filter_content({"items": [1, "a"], "labels": {"x/y": 1}}, MAIN, INDEX)
    assert found.dropped == (
        h5p.Dropped("/items/0", "drop-type"),
        h5p.Dropped("/labels/x~1y", "drop-unknown"),
    )


def test_whatever_tags_a_library_asks_for_some_never_pass():
    tags = ["script", "iframe", "style", "object", "form", "svg", "b", "x y", 5, "SCRIPT"]
    html = "<script>1</script><iframe></iframe><form><button>a</button></form><svg></svg><b>b</b>"
    assert richtext.clean_html(html, tags) == "a<b>b</b>"


@pytest.mark.parametrize(
    "hurt", ["<div>" * 100_000, "<b>" * 2000 + "</i>" * 100_000, "<a " + "b " * 1_000_000 + ">"]
)
def test_text_made_to_be_slow_is_shown_as_it_was_typed(hurt):
    """Cleaning takes quadratic time for these; the work is bounded before it begins."""
    assert richtext.cost(hurt) > richtext.MOST_COST
    found = h5p.filter_content({"text": hurt}, MAIN, INDEX)
    assert "<" not in found.params["text"] and found.dropped == (h5p.Dropped("/text", "drop-html"),)
    assert h5p.filter_content(found.params, MAIN, INDEX).params == found.params


def test_ordinary_long_texts_are_far_from_that_bound():
    chapter = (
        "<p>Some words with <strong>marks</strong> and a <a href='https://example.jp/'>link</a>.</p>" * 150
    )
    assert richtext.cost(chapter) * 100 < richtext.MOST_COST


def test_defaults_are_walked_so_that_no_button_is_blank():
    assert h5p.defaults(b.SEMANTICS) == {"labels": {"check": "Check", "retry": "Retry"}}


# --- texts -------------------------------------------------------------------------------------

PARAMS = {
    "text": "<p>本文</p>",
    "title": "題 &amp; 名",
    "items": ["一", "二"],
    "part": {"library": "H5P.Part 1.0", "params": {"text": "<p>中</p>"}},
    "labels": {"check": "確認"},
}


def test_every_text_can_be_found_and_replaced():
    fields = {field.path: field for field in h5p.text_fields(PARAMS, MAIN, INDEX)}
    assert list(fields) == ["/text", "/title", "/items/0", "/items/1", "/part/params/text", "/labels/check"]
    assert fields["/text"].is_html and not fields["/title"].is_html
    assert fields["/title"].max_length == 20 and fields["/labels/check"].is_common
    assert fields["/labels/check"].label == "labels › check"
    texts = {"/items/1": "三", "/part/params/text": "<p>新</p><script>x</script>"}
    changed = h5p.replace_texts(PARAMS, texts, MAIN, INDEX)
    assert (changed["items"], PARAMS["items"]) == (["一", "三"], ["一", "二"])
    assert h5p.filter_content(changed, MAIN, INDEX).params["part"]["params"]["text"] == "<p>新</p>"


@pytest.mark.parametrize(
    "path", ["", "/", "/points", "/items", "/items/9", "/part/library", "/text/x", "text"]
)
def test_only_texts_can_be_replaced(path):
    with pytest.raises(h5p.UnknownText):
        h5p.replace_texts(PARAMS, {path: "x"}, MAIN, INDEX)


def test_the_filtered_content_is_plain_json():
    assert json.loads(json.dumps(kept(**PARAMS))) == kept(**PARAMS)
