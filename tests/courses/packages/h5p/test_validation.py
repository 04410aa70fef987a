"""What a package says of itself must hold; what is only odd is told as a warning."""

import json

import pytest

from courses.packages import h5p
from courses.packages.h5p.codes import WARNINGS, Code
from courses.packages.h5p.limits import Limits
from courses.packages.h5p.messages import CATALOGUES
from courses.packages.h5p.package import is_language_name
from tests.courses.packages.h5p import builders as b


def changed(path: str, **changes) -> bytes:
    """A good package with other values in one of its JSON files; None takes a key away."""
    files = b.package_files()
    data = {**json.loads(files[path]), **changes}
    files[path] = b.as_json({key: value for key, value in data.items() if value is not None})
    return b.zipped(files)


def errors(data: bytes) -> set[str]:
    return b.codes(h5p.assess(b.read(data)).errors)


def warnings(data: bytes) -> set[str]:
    verdict = h5p.assess(b.read(data))
    assert verdict.ok, verdict.errors
    return b.codes(verdict.warnings)


@pytest.mark.parametrize("key", ["title", "language", "mainLibrary", "preloadedDependencies", "embedTypes"])
def test_h5p_json_needs_its_properties(key):
    assert "missing-required-property" in errors(changed("h5p.json", **{key: None}))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("title", ""),
        ("title", "x" * 256),
        ("title", 5),
        ("language", "日本語"),
        ("language", "ja_JP"),
        ("mainLibrary", "H5P Main"),
        ("mainLibrary", "../x"),
        ("mainLibrary", ["H5P.Main"]),
        ("preloadedDependencies", {}),
        ("preloadedDependencies", [{"machineName": "H5P.Main"}]),
        ("preloadedDependencies", [{"machineName": "../x", "majorVersion": 1, "minorVersion": 0}]),
        ("preloadedDependencies", [{"machineName": "X", "majorVersion": True, "minorVersion": 0}]),
        ("preloadedDependencies", [{"machineName": "X", "majorVersion": 123456, "minorVersion": 0}]),
        ("preloadedDependencies", [{"machineName": "X", "majorVersion": "1.0", "minorVersion": 0}]),
        ("preloadedDependencies", "x"),
        ("embedTypes", ["script"]),
        ("embedTypes", [["div"]]),
    ],
)
def test_h5p_json_with_wrong_values_is_refused(key, value):
    assert "illegal-option-in-library" in errors(changed("h5p.json", **{key: value}))


def test_optional_values_that_are_wrong_and_unknown_keys_only_warn():
    assert warnings(changed("h5p.json", license="mine", authors="me", somethingNew=1)) == {
        "property-ignored",
        "unknown-key",
    }


@pytest.mark.parametrize(
    "key", ["title", "machineName", "majorVersion", "minorVersion", "patchVersion", "runnable"]
)
def test_library_json_needs_its_properties(key):
    assert "missing-required-property" in errors(changed("H5P.Main-1.0/library.json", **{key: None}))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("machineName", "H5P Main"),
        ("majorVersion", -1),
        ("patchVersion", "x"),
        ("patchVersion", 123456),
        ("runnable", 2),
        ("preloadedJs", [{"path": "js/../../../evil.js"}]),
        ("preloadedJs", [{"path": "/evil.js"}]),
        ("preloadedJs", [{"path": "https://evil.example/x.js"}]),
        ("preloadedJs", [{"path": "main.css"}]),
        ("preloadedJs", ["js/main.js"]),
        ("preloadedJs", [{"path": "a" * 28 + "!.js"}, {"path": "a" * 5000}]),
        ("preloadedCss", {"path": "main.css"}),
        ("coreApi", {"majorVersion": "x"}),
        ("dropLibraryCss", [1]),
    ],
)
def test_library_json_with_wrong_values_is_refused(key, value):
    assert "illegal-option-in-library" in errors(changed("H5P.Main-1.0/library.json", **{key: value}))


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"preloadedJs": [{"path": "js/gone.js"}]}, "library-missing-file"),
        ({"coreApi": {"majorVersion": 1, "minorVersion": 99}}, "api-version-unsupported"),
        ({"coreApi": {"majorVersion": 2, "minorVersion": 0}}, "api-version-unsupported"),
        ({"minorVersion": 3}, "library-directory-name-mismatch"),
        ({"runnable": 0}, "main-library-not-runnable"),
        ({"preloadedDependencies": [b.dependency("H5P.Gone 1.0")]}, "missing-library-dependency"),
        ({"dynamicDependencies": [b.dependency("H5P.Gone 1.0")]}, "missing-library-dependency"),
    ],
)
def test_a_library_that_cannot_work_is_refused(changes, code):
    assert code in errors(changed("H5P.Main-1.0/library.json", **changes))


def test_a_path_with_a_dot_in_front_is_the_same_path():
    assert h5p.assess(b.read(changed("H5P.Main-1.0/library.json", preloadedJs=[{"path": "./js/main.js"}]))).ok


def test_a_missing_editor_library_only_warns():
    data = changed("H5P.Main-1.0/library.json", editorDependencies=[b.dependency("H5PEditor.X 1.0")])
    assert warnings(data) == {"missing-editor-dependency"}


def test_an_addon_is_told_and_stays_off():
    assert warnings(changed("H5P.Main-1.0/library.json", addTo={"content": {"types": []}})) == {
        "addon-ignored"
    }


def test_a_main_library_that_is_not_listed_is_found_and_told():
    data = changed("h5p.json", preloadedDependencies=[b.dependency("H5P.Part 1.0")])
    assert warnings(data) == {"main-library-not-listed"}
    main = h5p.assess(b.read(data)).main
    assert main is not None and str(main.name) == "H5P.Main 1.0"


def test_a_missing_main_or_listed_library_is_refused():
    assert errors(changed("h5p.json", mainLibrary="H5P.Gone")) == {"missing-main-library"}
    listed = [b.dependency("H5P.Main 1.0"), b.dependency("H5P.Gone 2.1")]
    assert errors(changed("h5p.json", preloadedDependencies=listed)) == {"missing-required-library"}


@pytest.mark.parametrize("gone", ["h5p.json", "content/content.json", "H5P.Main-1.0/library.json"])
def test_a_package_without_one_of_its_parts_is_refused(gone):
    files = b.package_files()
    del files[gone]
    assert not b.read(b.zipped(files)).ok


def test_the_same_library_in_two_folders_is_refused():
    files = b.package_files()
    twice = {path.replace("H5P.Part-1.0/", "H5P.Part/"): data for path, data in files.items()}
    assert errors(b.zipped({**files, **twice})) == {"duplicate-library"}


def test_a_folder_that_is_no_library_is_refused_and_a_loose_file_is_told():
    assert errors(b.zipped({**b.package_files(), "stuff/a.txt": b"x"})) == {"invalid-library-json-file"}
    assert errors(b.zipped({**b.package_files(), "さくら/library.json": b"{}"})) == {"invalid-library-name"}
    assert warnings(b.zipped({**b.package_files(), "readme.txt": b"x"})) == {"unknown-file"}


def test_too_many_libraries_are_refused():
    files = {**b.package_files(), **{f"X{n}-1.0/library.json": b"{}" for n in range(20)}}
    assert "too-many-libraries" in b.codes(b.read(b.zipped(files), limits=Limits(libraries=10)).problems)


@pytest.mark.parametrize(
    ("semantics", "code"),
    [
        ([{"name": "x", "type": "teleport"}], "semantics-unknown-type"),
        ([{"name": "x", "type": ["text"]}], "semantics-unknown-type"),
        ([{"name": "x"}], "semantics-unknown-type"),
        ([{"type": "text"}], "invalid-semantics-json-file"),
        (["text"], "invalid-semantics-json-file"),
        ({}, "invalid-semantics-json-file"),
        ([{"name": "x", "type": "list"}], "invalid-semantics-json-file"),
        ([{"name": "x", "type": "group", "fields": {}}], "invalid-semantics-json-file"),
        ([{"name": "x", "type": "list", "field": {"name": "y", "type": "no"}}], "semantics-unknown-type"),
    ],
)
def test_semantics_that_cannot_be_followed_are_refused(semantics, code):
    files = {**b.package_files(), **b.library_files("H5P.Part 1.0", semantics=semantics)}
    assert code in errors(b.zipped(files))


def test_names_of_language_files_are_checked_in_one_pass():
    assert all(map(is_language_name, ["ja", "zh-hans", "es-419", "bs-BA", "nb", "pt-br"]))
    assert not any(map(is_language_name, ["", "a" * 50_000, "ja.", "../ja", "日本語", "a-" * 20]))


def test_outside_addresses_and_flash_are_told():
    content = {
        "text": '<p><a href="https://example.jp/">link</a></p>',
        "video": [{"path": "https://www.youtube.com/watch?v=x&t=1", "mime": "video/YouTube"}],
        "image": {"path": "https://example.jp/a.png"},
    }
    files = {**b.package_files(content), "content/old.swf": b"FWS" + bytes(20)}
    verdict = h5p.assess(b.read(b.zipped(files)))
    assert verdict.ok and b.codes(verdict.warnings) == {"external-reference", "flash-file"}
    assert {(reference.kind, reference.url) for reference in verdict.references} == {
        ("link", "https://example.jp/"),
        ("youtube", "https://www.youtube.com/watch?v=x&t=1"),
        ("file", "https://example.jp/a.png"),
    }


def test_a_picture_that_is_not_there_is_told():
    files = b.package_files({"image": {"path": "images/gone.png"}})
    assert warnings(b.zipped(files)) == {"missing-content-file"}


def test_the_name_must_end_in_h5p():
    assert b.codes(b.read(b.zipped(b.package_files()), name="a.zip").problems.errors) == {
        "missing-h5p-extension"
    }
    assert b.read(b.zipped(b.package_files()), name="A.H5P").ok


def test_every_code_has_its_sentence_in_every_language():
    english = CATALOGUES["en"]
    for language, sentences in CATALOGUES.items():
        assert set(sentences) == set(english), language
        assert {str(code) for code in Code} <= set(sentences)
    for code in Code:
        assert (code in WARNINGS) == h5p.Problem(code).is_warning
        for language in ("ja", "ja-JP", "en", "xx"):
            assert h5p.Problem(code, "a", {}).said_in(language)


def test_a_file_name_full_of_marks_cannot_upset_a_message():
    problem = b.read(b.with_entry(name="content/{0}{x.__class__}%s\u202e.png".encode())).problems.errors[0]
    assert "{x.__class__}" in problem.message and "\u202e" not in problem.message
