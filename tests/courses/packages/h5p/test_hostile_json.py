"""JSON that readers disagree about is refused, in every file of a package."""

import json
import tracemalloc

import pytest

from courses.packages.h5p import strict_json
from courses.packages.h5p.limits import Limits
from tests.courses.packages.h5p import builders as b

BAD = {
    b"": "json-syntax",
    b"{": "json-syntax",
    b"{'a': 1}": "json-syntax",
    b'{"a": 1,}': "json-syntax",
    b'{"a": 1} x': "json-syntax",
    b'{"a": "\x01"}': "json-syntax",
    b"\xef\xbb\xbf{}": "json-bom",
    b"\xff\xfe{\0}\0": "json-encoding",
    b'{"a": "\x93\xfa"}': "json-encoding",
    b'{"a": "\xed\xa0\x80"}': "json-encoding",
    b'{"a": NaN}': "json-number",
    b'{"a": Infinity}': "json-number",
    b'{"a": -Infinity}': "json-number",
    b'{"a": 1e999}': "json-number",
    b'{"a": ' + b"9" * 20_000 + b"}": "json-number",
    b'{"a": 0.' + b"9" * 20_000 + b"}": "json-number",
    b'{"a": 1, "a": 2}': "json-duplicate-key",
    b'{"a": {"b": 1, "\\u0062": 2}}': "json-duplicate-key",
    b'{"a": "x\\u0000y"}': "json-nul",
    b'{"\\u0000": 1}': "json-nul",
    b'{"a": "\\ud800"}': "json-surrogate",
    b'{"\\udfff": 1}': "json-surrogate",
    b"[" * 200 + b"]" * 200: "json-depth",
    b"[" * 100_000: "json-depth",
    b'{"a":' * 100_000: "json-depth",
    b"[" + b"[]," * 300_000 + b"[]]": "json-containers",
}


@pytest.mark.parametrize(("data", "reason"), BAD.items(), ids=[f"{key[:20]!r}" for key in BAD])
def test_json_that_is_not_strict_is_refused_with_its_reason(data, reason):
    with pytest.raises(strict_json.BadJSON) as error:
        strict_json.loads(data, most_bytes=10_000_000)
    assert error.value.reason == reason


def test_what_is_refused_for_its_shape_is_never_built():
    data = b"[" + b"[]," * 1_000_000 + b"[]]"
    tracemalloc.start()
    with pytest.raises(strict_json.BadJSON):
        strict_json.loads(data, most_bytes=10_000_000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 3 * len(data)


def test_brackets_in_texts_are_no_depth_and_quotes_cost_one_pass():
    assert strict_json.loads(json.dumps("[{" * 1000).encode(), most_bytes=10_000) == "[{" * 1000
    with pytest.raises(strict_json.BadJSON, match="json-syntax"):
        strict_json.loads(b'"' + b'\\"' * 400_000, most_bytes=1_000_000)


def test_a_pair_of_surrogates_is_one_character():
    assert strict_json.loads(b'"\\ud842\\udfb7"', most_bytes=100) == "𠮷"


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("h5p.json", "unable-to-parse-package"),
        ("content/content.json", "invalid-content-folder"),
        ("H5P.Main-1.0/library.json", "invalid-library-json-file"),
        ("H5P.Main-1.0/semantics.json", "invalid-semantics-json-file"),
        ("H5P.Main-1.0/language/ja.json", "invalid-language-file"),
    ],
)
@pytest.mark.parametrize("data", [b"{", b'{"a": NaN}', b"\xef\xbb\xbf{}", b"[" * 5000, b'{"a":1,"a":2}'])
def test_every_json_file_of_a_package_is_read_strictly(path, code, data):
    package = b.read(b.zipped({**b.package_files(), path: data}))
    assert b.codes(package.problems.errors) == {code}
    assert all(problem.message != problem.said_in("ja") for problem in package.problems)


@pytest.mark.parametrize("value", [b"null", b"[]", b'"x"', b"1", b"true"])
@pytest.mark.parametrize(
    "path", ["h5p.json", "content/content.json", "H5P.Main-1.0/library.json", "H5P.Main-1.0/semantics.json"]
)
def test_a_value_of_the_wrong_type_is_refused(path, value):
    if path.endswith("semantics.json") and value == b"[]":
        return  # a library without fields is right
    package = b.read(b.zipped({**b.package_files(), path: value}))
    assert not package.ok


def test_json_beyond_its_size_is_not_read():
    big = b'{"a": "' + b"x" * 100_000 + b'"}'
    limits = Limits(content_json_bytes=50_000, metadata_json_bytes=50_000)
    for path in ("content/content.json", "h5p.json", "H5P.Main-1.0/semantics.json"):
        package = b.read(b.zipped({**b.package_files(), path: big}), limits=limits)
        assert "larger" in package.problems.errors[0].message


def test_the_descriptions_of_all_libraries_together_are_bounded():
    package = b.read(b.zipped(b.package_files()), limits=Limits(metadata_total_bytes=600))
    assert "invalid-semantics-json-file" in b.codes(package.problems.errors)
