"""Files that may not be in a package, or are not what their names say."""

import pytest

from courses.packages.h5p.limits import Limits
from tests.courses.packages.h5p import builders as b


@pytest.mark.parametrize(
    ("path", "data", "code"),
    [
        ("content/a.html", b"<script>", "not-in-whitelist"),
        ("content/a.js", b"alert(1)", "not-in-whitelist"),
        ("content/a.svg", b"<svg/>", "not-in-whitelist"),
        ("content/a.xml", b"<x/>", "not-in-whitelist"),
        ("content/a.exe", b"MZ", "not-in-whitelist"),
        ("content/a", b"x", "not-in-whitelist"),
        ("content/a.PHP", b"<?php", "not-in-whitelist"),
        ("H5P.Main-1.0/a.html", b"<script>", "not-in-whitelist"),
        ("H5P.Main-1.0/a.mjs", b"x", "not-in-whitelist"),
        ("content/a.zip", b"PK\3\4", "nested-archive"),
        ("content/a.h5p", b"PK\3\4", "nested-archive"),
        ("content/a.txt", b"PK\3\4 hello", "nested-archive"),
        ("content/images/b.png", b"<html><script>alert(1)</script>", "wrong-file-type"),
        ("content/images/b.jpg", b"PK\3\4" + bytes(60), "wrong-file-type"),
        ("content/images/b.gif", b"", "wrong-file-type"),
        ("content/a.mp4", b"<svg onload=alert(1)>", "wrong-file-type"),
        ("content/a.mp3", b"not sound at all", "wrong-file-type"),
        ("content/a.mp3", "\ufeff<script>".encode("utf-16-le"), "wrong-file-type"),
        ("content/a.pdf", b"<script>", "wrong-file-type"),
        ("content/a.woff", b"<script>", "wrong-file-type"),
        ("content/a.csv", b"a\0b", "wrong-file-type"),
        ("H5P.Main-1.0/icon.svg", b"<html/>", "unsafe-svg"),
        ("H5P.Main-1.0/icon.svg", b"no drawing", "unsafe-svg"),
    ],
)
def test_files_that_may_not_be_here_or_are_not_what_they_say(path, data, code):
    package = b.read(b.zipped({**b.package_files(), path: data}))
    assert b.codes(package.problems.errors) == {code}


@pytest.mark.parametrize(
    "drawing",
    [
        b'<svg xmlns="http://www.w3.org/2000/svg">' + b"<g>" * 30_000 + b"</g>" * 30_000 + b"</svg>",
        b'<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><svg xmlns="http://www.w3.org/2000/svg">&b;</svg>',
        b'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg">&x;</svg>',
    ],
    ids=["depth", "entities", "outside"],
)
def test_a_drawing_that_would_blow_up_is_refused_before_it_is_cleaned(drawing):
    package = b.read(b.zipped({**b.package_files(), "H5P.Main-1.0/icon.svg": drawing}))
    assert b.codes(package.problems.errors) == {"unsafe-svg"}


def test_findings_are_bounded():
    entries = [b.Entry(f"content/{n}.exe".encode(), b"x") for n in range(500)]
    package = b.read(b.RawZip([*b.good_entries(), *entries]).bytes(), limits=Limits(problems=50))
    assert len(list(package.problems)) <= 51
    assert "too-many-problems" in b.codes(package.problems.errors)
