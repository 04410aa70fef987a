"""A SCORM file comes in whole or not at all; the author is told what is wrong, and what to know."""

import re

import pytest

from courses.blobs.models import Blob, path_of
from courses.packages.enums import ImportState, PackageKind
from courses.packages.examples.builder import build
from courses.packages.imports import import_package
from courses.packages.models import Package, PackageVersion, VersionFile
from courses.packages.scorm_taking import take_scorm
from courses.packages.web.reading import WebPackage
from office.jobs.enums import JobState
from office.jobs.models import Job
from tests.courses.packages.h5p.builders import Entry, RawZip
from tests.courses.packages.scorm_files import PAGE, manifest, scorm, zipped

pytestmark = pytest.mark.django_db


def codes(said) -> set[str]:
    return {one["code"] for one in said}


def charset(version: PackageVersion, path: str) -> str | None:
    found: str | None = version.meta["charsets"].get(path)
    return found


class TestGood:
    @pytest.mark.parametrize(
        ("name", "kind", "scos"),
        [
            ("suspicious-mail.zip", PackageKind.SCORM_12, ["lesson"]),
            ("checking-ai-answers.zip", PackageKind.SCORM_2004, ["learn", "check"]),
        ],
    )
    def test_the_examples_come_in_with_their_outline(self, bring, name, kind, scos):
        row = bring(build(name), name)
        assert (row.state, row.errors, row.warnings) == (ImportState.DONE, [], [])
        package = Package.objects.get()
        assert (package.kind, package.current) == (kind, row.version)
        assert [item["identifier"] for item in row.version.meta["items"]] == scos
        assert row.version.external_urls == []
        assert all(path_of(sha).exists() for sha in row.version.files.values_list("blob_id", flat=True))

    def test_a_new_file_is_the_next_version_and_the_old_one_stays(self, bring):
        first = bring(scorm(), "a.zip").version
        second = bring(
            scorm(text=manifest(version="2004 4th Edition")), "b.zip", replaces=first.package
        ).version
        assert (second.package_id, second.number) == (first.package_id, 2)
        package = Package.objects.get()
        assert (package.current_id, package.kind) == (second.pk, PackageKind.SCORM_2004)
        assert first.files.count() == 2

    def test_what_tools_get_wrong_is_read_over(self, bring):
        files = {
            "Seiten/Eins.HTM": PAGE,
            "__MACOSX/._index.html": b"x",
            ".DS_Store": b"x",
            "_shared/a.js": b"1",
        }
        row = bring(scorm(files, text=manifest(href="seiten\\eins.htm?a=1"), folder="Kurs/"), "kurs.zip")
        assert (row.state, row.errors) == (ImportState.DONE, [])
        sco = row.version.meta["items"][0]["sco"]
        assert (sco["path"], sco["query"]) == ("Kurs/Seiten/Eins.HTM", "?a=1")
        paths = set(row.version.files.values_list("path", flat=True))
        assert "Kurs/_shared/a.js" in paths
        assert not any("DS_Store" in path or "MACOSX" in path for path in paths)
        assert "other-case" in codes(row.warnings)

    def test_a_manifest_of_east_asian_tools(self, bring):
        text = (
            manifest()
            .replace("UTF-8", "EUC-KR")
            .replace("情報セキュリティ", "정보 보안")
            .replace("第1章", "제1장")
        )
        row = bring(scorm({"imsmanifest.xml": text.encode("euc_kr")}), "a.zip")
        assert row.version.package.title == "정보 보안"
        wide = manifest().replace("UTF-8", "UTF-16").encode("utf-16")
        assert bring(scorm({"imsmanifest.xml": wide}), "b.zip").version.package.title == "情報セキュリティ"

    def test_pages_without_a_charset_get_one(self, bring):
        text = "<title>研修</title><p>情報を守るために、まず確かめることがあります。</p>"
        files = {
            "sjis.html": text.encode("cp932"),
            "euc.html": f"<meta charset='euc-jp'>{text}".encode("euc_jp"),
            "jis.html": f"<meta charset=iso-2022-jp>{text}".encode("iso2022_jp"),
            "wide.html": text.encode("utf-16"),
            "lies.html": f"<meta charset=shift_jis>{text}".encode(),
            "big.js": b"// " + "あ".encode() * 60_000,
        }
        version = bring(scorm(files), "a.zip").version
        found = {name: charset(version, name) for name in files}
        assert found == {
            "sjis.html": "Shift_JIS",
            "euc.html": "EUC-JP",
            "jis.html": "ISO-2022-JP",
            "wide.html": "UTF-16LE",
            "lies.html": None,
            "big.js": None,
        }


class TestTold:
    def test_what_the_site_does_not_do_and_what_may_not_show(self, bring):
        item = (
            "<adlcp:prerequisites>~I0 | I2</adlcp:prerequisites><adlcp:maxtimeallowed>00:30:00</adlcp:maxtimeallowed>"
            "<sequencing><sequencingRules/></sequencing>"
        )
        files = {"film.swf": b"FWS123", "kurs.xyz": b"?", "a.png": b"<html>", "b.css": b"a{}"}
        row = bring(scorm(files, text=manifest(item=item)), "a.zip")
        assert row.state == ImportState.DONE
        assert codes(row.warnings) == {
            "prerequisites", "sequencing", "time-limit", "flash", "unknown-kind", "looks-different",
        }  # fmt: skip
        assert all(one["message"].endswith("。") for one in row.warnings)
        assert row.version.warnings == row.warnings

    def test_addresses_outside_are_found_and_only_those_that_are_loaded_are_warned_of(self, bring):
        page = (
            b'<html xmlns="http://www.w3.org/1999/xhtml"><script src="https://cdn.example.com/x.js"></script>'
            b'<a href="https://example.org/more">m</a><iframe src="https://www.youtube.com/embed/1"></iframe>'
        )
        css = b"a{background:url(" + b" " * 2 + b"'http://pics.example.com/a.png')}" + b"/* */" * 40_000
        row = bring(
            scorm({"p.html": page, "s.css": css + b"@import 'https://late.example.com/z.css';"}), "a.zip"
        )
        found = {one["url"]: one["kind"] for one in row.version.external_urls}
        assert found == {
            "https://cdn.example.com/x.js": "file",
            "https://example.org/more": "link",
            "https://www.youtube.com/embed/1": "youtube",
            "http://pics.example.com/a.png": "file",
            "https://late.example.com/z.css": "file",
        }
        assert len([one for one in row.warnings if one["code"] == "outside"]) == 4


def raw(*entries: Entry) -> bytes:
    """A good package and one more entry, written byte by byte."""
    return RawZip(
        [Entry(b"imsmanifest.xml", manifest().encode()), Entry(b"index.html", PAGE), *entries]
    ).bytes()


def raw_manifest(data: bytes) -> bytes:
    """Not packed: a manifest that is large in earnest."""
    return RawZip([Entry(b"imsmanifest.xml", data), Entry(b"index.html", PAGE)]).bytes()


BOMB = b"\0" * 30_000_000


class TestRefused:
    @pytest.mark.parametrize(
        ("data", "code"),
        [
            (raw(Entry(b"../evil.html")), "unsafe-path"),
            (raw(Entry(b"/etc/passwd")), "unsafe-path"),
            (raw(Entry(b"..\\evil.html")), "unsafe-path"),
            (raw(Entry(b"c:/evil.html")), "unsafe-path"),
            (raw(Entry(b"a/../../evil.html")), "unsafe-path"),
            (raw(Entry("a\u202elmth.js".encode())), "unsafe-path"),
            (raw(Entry(b"link.html", b"/etc/passwd", mode=0o120777)), "not-a-regular-file"),
            (raw(Entry(b"a.html", flags=0x801)), "encrypted-entry"),
            (raw(Entry(b"a.html", size=900)), "lying-entry"),
            (raw(Entry(b"a.html", crc=7)), "damaged-entry"),
            (raw(Entry(b"a.html", offset=0)), "lying-entry"),
            (raw(Entry(b"INDEX.html")), "duplicate-entry"),
            (raw(Entry(b"index.html/a.js")), "path-clash"),
            (raw(Entry(b"zero.bin", BOMB, method=8)), "compression-ratio"),
            (raw(Entry(b"a.html", b"x" * 500, method=8, size=100)), "lying-entry"),
            (RawZip([Entry(b"imsmanifest.xml", manifest().encode())], prefix=b"MZ").bytes(), "no-package"),
            (scorm({"more.zip": zipped({"a": "b"})}), "nested-archive"),
            (scorm({"more.dat": zipped({"a": "b"})}), "nested-archive"),
            (scorm({"setup.exe": b"MZ"}), "program"),
            (scorm({"setup.EXE": b"MZ"}), "program"),
            (scorm({"shell.php": b"<?php"}), "program"),
            (scorm({"photo.jpg": b"MZ\x90\0\3"}), "program"),
            (scorm({"photo.jpg": b"\x7fELF\2"}), "program"),
            (zipped({"index.html": PAGE}), "no-package"),
            (b"<html>", "no-package"),
            (scorm(text="<manifest"), "not-xml"),
            (scorm(text="<html/>"), "not-a-manifest"),
            (scorm(text=manifest(href="none.html")), "missing-file"),
            (scorm(text=manifest(href="../../etc/passwd")), "outside-launch"),
            (scorm(text=manifest(href="https://example.com/")), "outside-launch"),
            (scorm(text=manifest(href="javascript:alert(1)")), "outside-launch"),
            (scorm(text=manifest(more='<item identifier="I1" identifierref="R1"/>')), "bad-identifier"),
            (scorm(text=manifest().replace("I1", "x" * 300)), "bad-identifier"),
            (scorm(text=manifest(more="<item identifier='h'/>" * 2000)), "too-many-items"),
            (scorm(text="<a>" * 60 + "</a>" * 60), "too-deep"),
            (raw_manifest(b"<a>" * 500_000), "not-xml"),
            (raw_manifest(b" " * 6_000_000), "file-size-too-large"),
            (scorm({"imsmanifest.xml": b"<?xml version='1.0' encoding='x-none'?><a/>"}), "encoding"),
            (scorm(text='<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'), "forbidden-xml"),
            (
                scorm(text='<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;">]><a>&c;</a>'),
                "forbidden-xml",
            ),
        ],
    )  # fmt: skip
    def test_with_a_code_and_a_sentence_and_nothing_is_kept(self, bring, data, code):
        row = bring(data, "a.zip")
        assert row.state == ImportState.REFUSED
        assert code in codes(row.errors), row.errors
        assert all(re.search("[ぁ-ん]", one["message"]) and len(one["message"]) < 500 for one in row.errors)
        assert not Package.objects.exists()
        assert not VersionFile.objects.exists()

    def test_a_deep_manifest_with_its_ends(self, bring):
        row = bring(raw_manifest(b"<a>" * 100_000 + b"</a>" * 100_000), "a.zip")
        assert codes(row.errors) == {"too-deep"}

    def test_a_package_is_not_replaced_by_another_kind(self, bring, examples):
        before = PackageVersion.objects.count()
        h5p = examples["steps-in-order.h5p"]
        row = bring(scorm(), "a.zip", replaces=h5p)
        assert codes(row.errors) == {"other-kind"}
        back = bring(build("steps-in-order.h5p"), "b.h5p", replaces=examples["suspicious-mail.zip"])
        assert codes(back.errors) == {"other-kind"}
        assert PackageVersion.objects.count() == before


class TestTrouble:
    def test_a_worker_that_is_killed_begins_again_from_the_kept_file(self, bring, monkeypatch, at):
        def killed(self, sink=None):
            raise SystemExit

        monkeypatch.setattr(WebPackage, "files", killed)
        with pytest.raises(SystemExit):
            bring(scorm(), "a.zip")
        monkeypatch.undo()
        assert not Package.objects.exists()
        job = Job.objects.get()
        import_package(job)
        import_package(job)
        assert PackageVersion.objects.count() == 1

    def test_a_full_disk_keeps_the_upload_and_says_so(self, bring, monkeypatch):
        class Full:
            def __init__(self, *, at) -> None: ...

            def begin(self, path):
                raise OSError(28, "No space left on device")

        monkeypatch.setattr("courses.packages.scorm_taking.WholeBlobSink", Full)
        row = bring(scorm(), "a.zip")
        job = Job.objects.get()
        assert (row.state, job.state) == (ImportState.WAITING, JobState.FAILED)
        assert "ディスク" in job.error
        assert not Package.objects.exists()

    def test_two_workers_at_one_upload_make_one_version(self, bring, at):
        row = bring(scorm(), "a.zip")
        row.state = ImportState.WAITING  # what the slower worker read before the other was done
        with path_of(row.source_id).open("rb") as source:
            assert take_scorm(row, source, at=at) is None
        assert PackageVersion.objects.count() == 1

    def test_the_same_file_twice_is_two_packages_of_the_same_files(self, bring):
        bring(scorm(), "a.zip")
        blobs = Blob.objects.count()
        bring(scorm(), "a.zip")
        assert (Package.objects.count(), Blob.objects.count()) == (2, blobs)
