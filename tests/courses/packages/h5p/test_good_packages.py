"""A package that is right is taken, and everything in it is known."""

import hashlib
import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from courses.packages import h5p
from courses.packages.h5p.inspecting import inspect
from tests.courses.packages.h5p import builders as b

ROOT = Path(__file__).resolve().parents[4]


def test_a_good_package_is_taken_with_all_its_parts():
    package = b.read(b.zipped(b.package_files()), name="例.h5p")
    assert package.ok, list(package.problems)
    assert [str(library.name) for library in package.libraries] == ["H5P.Main 1.0", "H5P.Part 1.0"]
    assert package.manifest and package.manifest.title == "例"
    assert package.content == {"text": "<p>本文</p>", "image": {"path": "images/a.png"}}
    (picture,) = package.content_files
    assert (picture.path, picture.size, picture.media_type) == ("images/a.png", len(b.PNG), "image/png")
    assert picture.sha256 == hashlib.sha256(b.PNG).hexdigest()


def test_the_verdict_has_the_filtered_content_and_the_load_order():
    verdict = h5p.assess(b.read(b.zipped(b.package_files())))
    assert verdict.ok and not verdict.warnings
    assert verdict.params == {"text": "<p>本文</p>", "image": {"path": "images/a.png"}}
    assert verdict.resolution and [str(name) for name in verdict.resolution.names] == [
        "H5P.Part 1.0",
        "H5P.Main 1.0",
    ]


def test_the_sink_gets_each_file_once_and_whole(tmp_path):
    files = b.package_files()
    package = b.read(b.zipped(files), sink=h5p.DirectorySink(tmp_path / "out"))
    assert package.ok
    written = {
        str(path.relative_to(tmp_path / "out")): path.read_bytes()
        for path in (tmp_path / "out").rglob("*")
        if path.is_file()
    }
    assert written == files


def test_folders_hidden_files_and_leftovers_of_tools_do_no_harm():
    """The reference refuses ``content/`` itself; ordinary zip programs write it."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.mkdir("content")
        archive.mkdir("content/images")
        for path, data in {
            **b.package_files(),
            "__MACOSX/._x": b"\0",
            ".DS_Store": b"\0",
            "H5P.Main-1.0/.git/x": b"",
        }.items():
            archive.writestr(path, data)
    package = b.read(made.getvalue())
    assert package.ok and not package.problems.warnings
    assert all("/." not in f"/{file.path}" for library in package.libraries for file in library.files)


@pytest.mark.parametrize("compression", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_archives_of_other_writers_are_read(compression):
    assert b.read(b.python_zip(b.package_files(), compression)).ok


def test_a_streamed_archive_with_data_descriptors_is_read():
    class Unseekable(io.RawIOBase):
        def __init__(self) -> None:
            self.data = bytearray()

        def writable(self) -> bool:
            return True

        def write(self, piece) -> int:
            self.data += piece
            return len(piece)

    target = Unseekable()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in b.package_files().items():
            archive.writestr(path, data)
    assert b.read(bytes(target.data)).ok


def test_a_zip64_archive_is_read():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in b.package_files().items():
            with archive.open(path, "w", force_zip64=True) as target:
                target.write(data)
    assert b.read(made.getvalue()).ok


def test_sizes_in_wide_fields_are_read():
    assert b.read(b.with_wide_fields()).ok


def test_an_unmarked_utf8_name_is_read_as_utf8():
    entries = [*b.good_entries(), b.Entry("content/images/絵.png".encode(), b.PNG, flags=0)]
    package = b.read(b.RawZip(entries).bytes())
    assert package.ok
    assert {file.path for file in package.content_files} == {"images/a.png", "images/絵.png"}


def test_the_old_folder_name_and_version_texts_are_taken():
    files = b.package_files()
    renamed = {path.replace("H5P.Part-1.0/", "H5P.Part/"): data for path, data in files.items()}
    part = json.loads(renamed["H5P.Part/library.json"])
    renamed["H5P.Part/library.json"] = b.as_json({**part, "majorVersion": "1", "minorVersion": "0"})
    assert b.read(b.zipped(renamed)).ok


def test_drawings_are_cleaned_and_the_tree_hash_stays_that_of_the_source(tmp_path):
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script><path d="M0 0" onclick="x()"/></svg>'
    files = {**b.package_files(), "H5P.Main-1.0/icon.svg": drawing}
    package = b.read(b.zipped(files), sink=h5p.DirectorySink(tmp_path / "out"))
    assert package.ok
    clean = (tmp_path / "out/H5P.Main-1.0/icon.svg").read_bytes()
    assert b"script" not in clean and b"onclick" not in clean and b"<path" in clean
    (icon,) = [file for file in package.libraries[0].files if file.path == "icon.svg"]
    assert icon.sha256 == hashlib.sha256(clean).hexdigest()
    assert icon.source_sha256 == hashlib.sha256(drawing).hexdigest()


def test_a_drawing_with_the_entities_of_a_drawing_program_is_taken():
    drawing = b"""<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd" [
    <!ENTITY ns_svg "http://www.w3.org/2000/svg">]><svg xmlns="&ns_svg;"><path d="M0 0"/></svg>"""
    package = b.read(b.zipped({**b.package_files(), "H5P.Main-1.0/icon.svg": drawing}))
    assert package.ok, list(package.problems)


def test_libraries_are_compared_with_those_installed():
    installed = h5p.Libraries(b.read(b.zipped(b.package_files())).libraries)

    def changes(**part):
        files = {**b.package_files(), **b.library_files("H5P.Part 1.0", semantics=[b.TEXT_FIELD], **part)}
        return [
            str(change.change)
            for change in h5p.compare_libraries(b.read(b.zipped(files)).libraries, installed)
        ]

    assert changes() == ["same", "same"]
    assert changes(patch=1) == ["same", "newer"]
    assert changes(title="Changed") == ["same", "other-bytes"]
    assert [str(c.change) for c in h5p.compare_libraries(installed._by_name.values(), h5p.NO_LIBRARIES)] == [
        "new",
        "new",
    ]


# --- from a shell ------------------------------------------------------------------------------


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    blocked = "import sys; sys.modules['django'] = None; import runpy; runpy.run_module('courses.packages.h5p', run_name='__main__')"
    return subprocess.run(
        [sys.executable, "-c", blocked, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_the_command_works_without_django_and_says_by_its_exit_code(tmp_path):
    good, bad = tmp_path / "good.h5p", tmp_path / "bad.h5p"
    good.write_bytes(b.zipped(b.package_files()))
    bad.write_bytes(b"no zip")
    done = run(str(good), "--json")
    found = json.loads(done.stdout)
    assert (done.returncode, found["ok"], found["main_library"]) == (0, True, "H5P.Main 1.0")
    assert found["libraries"] == ["H5P.Part 1.0.0", "H5P.Main 1.0.0"]
    done = run(str(bad), "--json", "--language", "ja")
    found = json.loads(done.stdout)
    assert (done.returncode, found["ok"]) == (1, False)
    assert found["errors"] == [
        {"code": "unable-to-unzip", "file": "", "message": "zip 形式のファイルとして読み取れません。"}
    ]


def test_a_content_only_package_needs_its_libraries_installed(tmp_path):
    whole, content_only = tmp_path / "whole.h5p", tmp_path / "content.h5p"
    whole.write_bytes(b.zipped(b.package_files()))
    content_only.write_bytes(
        b.zipped({path: data for path, data in b.package_files().items() if not path.startswith("H5P.")})
    )
    assert b.codes(inspect(content_only).assessment.errors) == {"missing-main-library"}
    installed = h5p.Libraries(b.read(whole.read_bytes()).libraries)
    assert inspect(content_only, installed=installed).ok


def test_an_authors_upload_goes_by_the_installed_libraries_alone():
    package = b.read(b.zipped(b.package_files()))
    assert h5p.assess(package).ok
    assert b.codes(h5p.assess(package, take_packaged=False).errors) == {"missing-main-library"}


def test_an_author_who_did_not_list_the_main_library_is_understood():
    listed = [b.dependency("H5P.Part 1.0")]
    whole = b.read(b.zipped(b.package_files()))
    package = b.read(b.zipped(b.package_files(preloadedDependencies=listed)))
    verdict = h5p.assess(package, h5p.Libraries(whole.libraries), take_packaged=False)
    assert verdict.ok and b.codes(verdict.warnings) == {"main-library-not-listed"}
