"""``manage.py h5p inspect``: the same look from the site's own shell."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.courses.packages.h5p import builders as b


def inspected(path, *options: str) -> tuple[str, int]:
    out = StringIO()
    try:
        call_command("h5p", "inspect", str(path), *options, stdout=out)
    except SystemExit as stop:
        return out.getvalue(), int(str(stop.code))
    return out.getvalue(), 0


@pytest.fixture
def good(tmp_path):
    path = tmp_path / "good.h5p"
    path.write_bytes(b.zipped(b.package_files()))
    return path


def test_a_good_package_can_be_taken(good):
    text, code = inspected(good, "--json")
    found = json.loads(text)
    assert code == 0 and found["ok"] is True and found["errors"] == found["warnings"] == []
    assert (found["main_library"], found["libraries"]) == (
        "H5P.Main 1.0",
        ["H5P.Part 1.0.0", "H5P.Main 1.0.0"],
    )


def test_a_bad_package_says_why_and_ends_with_1(tmp_path):
    bad = tmp_path / "bad.h5p"
    bad.write_bytes(b.with_entry(name=b"../evil.js"))
    text, code = inspected(bad, "--json", "--language", "ja")
    (error,) = json.loads(text)["errors"]
    assert (code, error["code"], error["file"]) == (1, "unsafe-path", "../evil.js")
    assert "フォルダーの外" in error["message"]


def test_a_person_reads_the_same_in_words(good, tmp_path):
    text, code = inspected(good, "--language", "ja")
    assert code == 0 and "取り込めます" in text and "H5P.Main 1.0" in text
    bad = tmp_path / "bad.h5p"
    bad.write_bytes(b"")
    text, code = inspected(bad, "--language", "ja")
    assert code == 1 and "取り込めません" in text and "unable-to-unzip" in text


def test_a_content_only_package_is_judged_with_the_libraries_of_another(good, tmp_path):
    content = tmp_path / "content.h5p"
    files = {path: data for path, data in b.package_files().items() if not path.startswith("H5P.")}
    content.write_bytes(b.zipped(files))
    assert inspected(content)[1] == 1
    assert inspected(content, "--installed", str(good))[1] == 0


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(CommandError, match="ファイルを開けません"):
        inspected(tmp_path / "none.h5p")
