"""The example packages: the same file everywhere, complete in both languages, and quiet towards the world."""

import io
import json
import os
import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from courses.packages.examples import builder
from courses.packages.h5p.inspecting import inspect
from courses.packages.scorm.manifest import read_manifest
from courses.readability import ruby
from courses.readability.kanji import is_kanji

TYPES = ["Fukumana.SpotScam-1.0", "Fukumana.StepOrder-1.0", "Fukumana.ReasonedTrueFalse-1.0"]
PACKAGES = ["spot-the-scam", "steps-in-order", "true-false-reasons"]
JAPANESE = re.compile(r"[ぁ-ゖァ-ヺ一-鿿]")
FURIGANA_SAMPLE = "{漢字|かんじ}"


def read_json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def content_of(package: str) -> Any:
    return read_json(builder.H5P_PACKAGES / package / "content" / "content.json")


def semantics_of(package: str) -> Any:
    main = read_json(builder.H5P_PACKAGES / package / "h5p.json")["mainLibrary"]
    return read_json(builder.LIBRARIES / f"{main}-1.0" / "semantics.json")


def archive(name: str) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(builder.build(name)))


# --- the files ------------------------------------------------------------------------------------------------


def test_there_are_three_h5p_and_two_scorm_packages():
    assert builder.example_names() == [
        "checking-ai-answers.zip",
        "spot-the-scam.h5p",
        "steps-in-order.h5p",
        "suspicious-mail.zip",
        "true-false-reasons.h5p",
    ]


def test_an_unknown_example_is_an_error():
    with pytest.raises(builder.UnknownExample):
        builder.build("../secret.h5p")


def test_the_bytes_do_not_depend_on_the_checkout(tmp_path, monkeypatch):
    before = {name: builder.build(name) for name in builder.example_names()}
    for attribute in ("LIBRARIES", "H5P_PACKAGES", "SCORM_PACKAGES"):
        source: Path = getattr(builder, attribute)
        copy = tmp_path / attribute
        shutil.copytree(source, copy)
        monkeypatch.setattr(builder, attribute, copy)
    monkeypatch.setattr(builder, "SCORM_SHARED", tmp_path / "SCORM_PACKAGES" / "_shared")
    for path in tmp_path.rglob("*"):
        os.utime(path, (1_000_000_000, 1_000_000_000))
        path.chmod(0o777)
    assert {name: builder.build(name) for name in builder.example_names()} == before


def test_all_files_are_written_under_their_names(tmp_path):
    written = builder.build_all(tmp_path / "new")
    assert [path.name for path in written] == builder.example_names()
    assert all(path.read_bytes() == builder.build(path.name) for path in written)


def test_a_package_without_libraries_holds_content_only():
    with zipfile.ZipFile(io.BytesIO(builder.build("spot-the-scam.h5p", with_libraries=False))) as file:
        assert file.namelist() == ["content/content.json", "h5p.json"]


def test_a_package_brings_the_library_that_its_own_needs():
    folders = {name.split("/")[0] for name in archive("steps-in-order.h5p").namelist()}
    assert {"Fukumana.StepOrder-1.0", "Fukumana.Activity-1.0"} < folders


def sources() -> Iterator[Path]:
    for root in (builder.LIBRARIES, builder.H5P_PACKAGES, builder.SCORM_PACKAGES):
        yield from (path for path in root.rglob("*") if path.is_file())


def test_no_file_is_longer_than_300_lines():
    assert [p for p in sources() if len(p.read_text(encoding="utf-8").splitlines()) > 300] == []


@pytest.mark.parametrize("name", builder.example_names())
def test_nothing_points_to_another_host(name):
    """Names of vocabularies apart, which no browser asks."""
    vocabulary = re.compile(
        r"http://(?:adlnet\.gov/expapi/|id\.tincanapi\.com/|www\.imsproject\.org/xsd/|www\.imsglobal\.org/xsd/|www\.adlnet\.org/xsd/)"
    )
    with archive(name) as file:
        for entry in file.namelist():
            text = vocabulary.sub("", file.read(entry).decode())
            assert not re.search(r"https?://|[\"'(]//|@import|url\(", text), entry


WORKS_NOT_IN_A_SANDBOX = re.compile(
    r"\beval\(|new Function|innerHTML|outerHTML|document\.write|localStorage|sessionStorage|document\.cookie|"
    r"\bfetch\(|XMLHttpRequest|sendBeacon|\balert\(|\bconfirm\("
)


def test_the_scripts_need_nothing_that_a_sandbox_or_a_strict_policy_forbids():
    scripts = [path for path in sources() if path.suffix == ".js"]
    assert scripts
    assert [p for p in scripts if WORKS_NOT_IN_A_SANDBOX.search(p.read_text(encoding="utf-8"))] == []


def test_pages_of_scorm_packages_hold_no_inline_script_or_style():
    pages = [path.read_text(encoding="utf-8") for path in sources() if path.suffix == ".html"]
    assert len(pages) == 3
    assert not [page for page in pages if re.search(r"<script>|<style|\sstyle=|\son\w+=", page)]


# --- both languages -------------------------------------------------------------------------------------------


def said(node: Any, where: str = "") -> dict[str, str]:
    """Everything in semantics or in a language file that a person reads, by its place."""
    found: dict[str, str] = {}
    if isinstance(node, list):
        for index, item in enumerate(node):
            found |= said(item, f"{where}/{index}")
    if isinstance(node, dict):
        for key in ("label", "description", "entity"):
            if key in node:
                found[f"{where}/{key}"] = node[key]
        if isinstance(node.get("default"), str) and node.get("type", "text") == "text":
            found[f"{where}/default"] = node["default"]
        for key in ("fields", "field", "options"):
            found |= said(node.get(key), f"{where}/{key}")
    return found


@pytest.mark.parametrize("library", TYPES)
def test_everything_an_author_reads_is_there_in_english_and_in_japanese(library):
    english = said(read_json(builder.LIBRARIES / library / "semantics.json"))
    japanese = said(read_json(builder.LIBRARIES / library / "language" / "ja.json")["semantics"])
    assert english.keys() == japanese.keys()
    assert [
        text
        for text in english.values()
        if not text.strip() or JAPANESE.search(text.replace(FURIGANA_SAMPLE, ""))
    ] == []
    assert [text for text in japanese.values() if not JAPANESE.search(text)] == []


@pytest.mark.parametrize("library", TYPES)
def test_both_languages_fill_the_same_places(library):
    english = said(read_json(builder.LIBRARIES / library / "semantics.json"))
    japanese = said(read_json(builder.LIBRARIES / library / "language" / "ja.json")["semantics"])
    for where, text in english.items():
        assert set(re.findall(r"@[a-z]+", text)) == set(re.findall(r"@[a-z]+", japanese[where])), where


# --- the content ----------------------------------------------------------------------------------------------


def gaps(fields: list[dict[str, Any]], params: Any, where: str = "") -> Iterator[str]:
    """Places where content and semantics do not meet: missing, empty or unknown."""
    yield from (f"{where}/{key} is unknown" for key in params if key not in {f["name"] for f in fields})
    for field in fields:
        place = f"{where}/{field['name']}"
        if field["name"] not in params:
            if not field.get("optional"):
                yield f"{place} is missing"
            continue
        yield from gaps_of_value(field, params[field["name"]], place)


def gaps_of_value(field: dict[str, Any], value: Any, place: str) -> Iterator[str]:
    kind = field["type"]
    if kind == "text" and not (isinstance(value, str) and ruby.strip(value).strip()):
        yield f"{place} is empty"
    if kind == "select" and value not in [option["value"] for option in field["options"]]:
        yield f"{place} is none of the options"
    if kind == "boolean" and not isinstance(value, bool):
        yield f"{place} is no boolean"
    if kind == "group":
        yield from gaps(field["fields"], value, place)
    if kind == "list":
        if len(value) < field["min"]:
            yield f"{place} is too short"
        for index, item in enumerate(value):
            yield from gaps_of_value(field["field"], item, f"{place}/{index}")


@pytest.mark.parametrize("package", PACKAGES)
def test_every_field_of_the_content_is_filled(package):
    assert list(gaps(semantics_of(package), content_of(package))) == []


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for child in value.values() if isinstance(value, dict) else value if isinstance(value, list) else []:
        yield from texts(child)


@pytest.mark.parametrize("package", PACKAGES)
def test_every_kanji_has_its_reading(package):
    for text in texts(content_of(package)):
        assert ruby.find_errors(text) == [], text
        bare = "".join(segment.base for segment in ruby.parse(text) if segment.reading is None)
        assert not any(map(is_kanji, bare)), text


def test_a_message_is_suspicious_when_one_of_its_lines_is():
    for message in content_of("spot-the-scam")["messages"]:
        spots = [part for part in message["parts"] if part["suspicious"]]
        assert (message["verdict"] == "suspicious") == bool(spots)
        assert all(part.get("why") for part in message["parts"])


def test_every_statement_has_one_right_reason():
    for question in content_of("true-false-reasons")["questions"]:
        assert [reason["correct"] for reason in question["reasons"]].count(True) == 1


@pytest.mark.parametrize("package", ["spot-the-scam", "steps-in-order"])
def test_seniors_are_told_where_to_ask(package):
    closing = content_of(package)["closing"]
    assert all(number in closing for number in ("#9110", "188", "110"))


@pytest.mark.parametrize("package", PACKAGES)
def test_our_own_reader_takes_the_package_as_it_is(package, tmp_path):
    path = tmp_path / f"{package}.h5p"
    path.write_bytes(builder.build(path.name))
    found = inspect(path)
    assert found.ok
    assert found.as_json()["warnings"] == []
    assert found.as_json()["external"] == []
    assert found.assessment.params == content_of(package)


@pytest.mark.parametrize(("package", "scos"), [("suspicious-mail", 1), ("checking-ai-answers", 2)])
def test_the_manifest_names_every_file_and_no_other(package, scos):
    with archive(f"{package}.zip") as file:
        names = file.namelist()
        manifest = file.read("imsmanifest.xml").decode()
        read_manifest(manifest.encode(), at="imsmanifest.xml", paths=names)
    assert set(re.findall(r'<file href="([^"]+)"', manifest)) == {*names} - {"imsmanifest.xml"}
    assert len(re.findall(r'scormType="sco"', manifest, re.IGNORECASE)) == scos
