"""What holds for every input, good, bad or random."""

import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from courses.packages import h5p
from courses.packages.h5p import cloze, richtext, strict_json, svg
from courses.packages.h5p.names import fault_of, is_safe
from tests.courses.packages.h5p import builders as b
from tests.courses.packages.h5p.test_filtering import INDEX, MAIN

FEW = settings(max_examples=60, deadline=None)
GOOD = b.zipped(b.package_files())
# Pieces of markup, entities and odd characters, so that random texts hit what matters.
HTML = st.lists(
    st.sampled_from(
        ["<p>", "</p>", "<b>", "</b>", "<a href='http://x'>", "<a href=javascript:x>", "</a>", "<script>", "</script>", "<!--",
         "-->", "<ul><li>", "<table>", "<td>", "<style>", "<svg>", "<math>", "<mi>", "<ruby>漢<rt>", "&lt;", "&amp;amp;", "&", "&#60;",
         "&nbsp", "<", ">", '"', "'", "\x00", "\ufffe", "x" * 15, "<img src=x onerror=y>", "style='color:red'", "</", "<p style='text-align:left;x:y'>"]
    ) | st.text(max_size=8),
    max_size=12,
).map("".join)  # fmt: skip
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | HTML,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["text", "title", "items", "path", "library", "params", "metadata", "part", "image", "video"]
            )
            | st.text(max_size=4),
            inner,
            max_size=5,
        )
    ),
    max_leaves=15,
)
PART = st.fixed_dictionaries(
    {},
    optional={
        "library": st.sampled_from(["H5P.Part 1.0", "H5P.Part 1.1", "H5P.Gone 1.0"]) | JSON,
        "params": st.dictionaries(st.sampled_from(["text", "x"]), JSON, max_size=2) | JSON,
        "metadata": st.dictionaries(
            st.sampled_from(["title", "license", "authors", "yearFrom"]), JSON, max_size=3
        )
        | JSON,
        "subContentId": st.uuids().map(str) | JSON,
    },
)
MEDIA = st.fixed_dictionaries(
    {"path": st.sampled_from(["a.png", "../1/a.png", "../../x", "a#tmp#tmp", "http://x/y", "//x"]) | HTML},
    optional={"mime": HTML, "width": JSON, "copyright": JSON, "originalImage": JSON},
)
PARAMS = st.fixed_dictionaries(
    {},
    optional={
        "text": HTML | JSON,
        "title": HTML | JSON,
        "points": st.integers()
        | st.floats(allow_nan=False, allow_infinity=False)
        | st.text(max_size=6)
        | JSON,
        "kind": st.sampled_from(["a", "b", "c"]) | JSON,
        "items": st.lists(HTML | JSON, max_size=5) | JSON,
        "image": MEDIA | JSON,
        "video": st.lists(MEDIA, max_size=3) | JSON,
        "part": PART | JSON,
        "labels": st.dictionaries(st.sampled_from(["check", "retry", "x"]), HTML, max_size=3) | JSON,
        "other": JSON,
    },
)


@FEW
@given(st.binary(max_size=400))
def test_random_bytes_are_judged_and_nothing_is_raised(data):
    assert not b.read(data).ok


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.integers(0, 255)), min_size=1, max_size=6))
def test_a_changed_archive_is_judged_and_nothing_is_raised(changes):
    data = bytearray(GOOD)
    for place, value in changes:
        data[place] = value
    verdict = h5p.assess(b.read(bytes(data)))
    assert verdict.ok == (not verdict.errors)
    for problem in verdict.problems:
        assert problem.said_in("ja") and problem.said_in("en")


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 160), st.sampled_from([0, 1, 8, 24, 127, 128, 255])), max_size=8))
def test_an_archive_with_odd_wide_fields_is_judged_and_nothing_is_raised(changes):
    data = bytearray(b.with_wide_fields())
    for from_end, value in changes:
        data[-from_end] = value
    b.read(bytes(data))


WIDE_LIES = [
    b"",
    b"\1\0",
    b"\1\0\x18\0",
    b"\1\0\x18\0" + b"\xff" * 24,
    b"\1\0\x08\0" + b"\xff" * 8,
    b"\2\0\xff\xff",
]


@pytest.mark.parametrize("extra", WIDE_LIES)
def test_a_wide_field_that_lies_is_refused(extra):
    assert not b.read(b.with_wide_fields(extra)).ok


@FEW
@given(
    st.sampled_from(sorted(b.package_files())),
    st.binary(max_size=60) | JSON.map(lambda v: json.dumps(v).encode()),
)
def test_any_file_with_any_bytes_is_judged_and_nothing_is_raised(path, data):
    h5p.assess(b.read(b.zipped({**b.package_files(), path: data})))


@FEW
@given(
    st.dictionaries(st.text(max_size=12), JSON, max_size=6),
    st.sampled_from(["h5p.json", "H5P.Main-1.0/library.json"]),
)
def test_metadata_with_any_values_is_judged_and_nothing_is_raised(changes, path):
    files = b.package_files()
    known = json.loads(files[path])
    mixed = {**known, **changes, **dict(zip(known, changes.values(), strict=False))}
    files[path] = json.dumps(mixed).encode()
    h5p.assess(b.read(b.zipped(files)))


@FEW
@given(PARAMS)
def test_filtering_twice_is_filtering_once(params):
    once = h5p.filter_content(params, MAIN, INDEX)
    again = h5p.filter_content(once.params, MAIN, INDEX)
    assert again.params == once.params
    assert again.libraries == once.libraries and again.files == once.files


@FEW
@given(HTML)
def test_cleaned_text_runs_nothing_and_stays_as_it_is(text):
    clean = richtext.clean_html(text, ["b", "a", "ul", "table", "script", "svg"])
    assert richtext.clean_html(clean, ["b", "a", "ul", "table", "script", "svg"]) == clean
    lowered = clean.lower()
    for mark in ("<script", "<svg", "<style", "<img", "<math", "javascript:x>", " onerror="):
        assert mark not in lowered.replace("&lt;", "")
    plain = richtext.escape_plain(text)
    assert richtext.escape_plain(plain) == plain and not set("<>\"'") & set(plain)


@FEW
@given(st.binary(max_size=80) | JSON.map(lambda value: json.dumps(value).encode()))
def test_strict_json_is_json_or_is_refused(data):
    try:
        value = strict_json.loads(data, most_bytes=10_000)
    except strict_json.BadJSON:
        return
    assert json.loads(json.dumps(value)) == value == json.loads(data)


@FEW
@given(st.text(max_size=40))
def test_a_safe_path_stays_below_its_folder(text):
    if is_safe(text):
        parts = text.split("/")
        assert not text.startswith("/") and "\\" not in text and "\0" not in text
        assert all(part not in {"", ".", ".."} for part in parts)
    else:
        assert text == "" or fault_of(text)


NAMES = [h5p.LibraryName(letter, 1, minor) for letter in "ABCDEF" for minor in (0, 1)]
GRAPH = st.dictionaries(st.sampled_from(NAMES), st.lists(st.sampled_from(NAMES), max_size=4), max_size=12)


@FEW
@given(GRAPH, st.lists(st.sampled_from(NAMES), max_size=4))
def test_the_load_order_is_topological_apart_from_cycles(graph, roots):
    libraries = [h5p.Library(name, 0, preloaded=tuple(needs)) for name, needs in graph.items()]
    found = h5p.resolve(roots, h5p.Libraries(libraries))
    place = {name: at for at, name in enumerate(found.names)}
    assert len({name.machine_name for name in found.names}) == len(found.names)

    def reaches(start, goal):
        seen, waiting = set(), [start]
        while waiting:
            name = waiting.pop()
            if name == goal:
                return True
            if name not in seen:
                seen.add(name)
                waiting.extend(need for need in graph.get(name, ()) if need in place)
        return False

    for name in found.names:
        for need in graph[name]:
            if need in place and place[need] > place[name]:
                assert reaches(need, name), "only a cycle may put a dependency behind"
    for root in roots:
        taken = root in place or any(conflict.wanted == root for conflict in found.conflicts)
        assert taken or any(missing.name == root for missing in found.missing)


@FEW
@given(HTML.map(lambda text: text.replace("x", "*")), st.text(max_size=30))
def test_marking_never_raises_and_stays_within_its_bounds(text, response):
    assert isinstance(cloze.marks(text), tuple)
    contents = {
        "H5P.Blanks": {"questions": [text]},
        "H5P.DragText": {"textField": text},
        "H5P.MarkTheWords": {"textField": text},
    }
    for name, params in contents.items():
        points = h5p.mark(name, params, response)
        assert points is None or 0 <= points.raw <= points.max == h5p.max_score(name, params)


@FEW
@given(JSON, JSON)
def test_any_statement_and_any_params_are_read_without_raising(value, params):
    statement = {
        "verb": {"id": "x/answered"},
        "object": {"id": "https://x", "definition": value},
        "result": value,
        "context": value,
    }
    read = h5p.read_statement(statement, "https://x")
    assert read is not None
    for name in ("H5P.MultiChoice", "H5P.Blanks", "H5P.QuestionSet", "H5P.Column", "H5P.TrueFalse"):
        h5p.max_score(name, params)
        h5p.mark(name, params, "0")
    h5p.external_references(params)
    h5p.libraries_in(params)


@FEW
@given(st.binary(max_size=200) | HTML.map(str.encode))
def test_no_drawing_raises(data):
    svg.clean_svg(data)
    svg.clean_svg(b'<svg xmlns="http://www.w3.org/2000/svg">' + data + b"</svg>")


@FEW
@given(st.lists(st.tuples(st.text(min_size=1, max_size=10), st.binary(max_size=30)), max_size=6))
def test_any_names_and_bytes_are_judged_and_nothing_is_raised(extra):
    entries = [*b.good_entries(), *(b.Entry(name.encode("utf-8", "replace"), data) for name, data in extra)]
    h5p.read_package(io.BytesIO(b.RawZip(entries).bytes()))
