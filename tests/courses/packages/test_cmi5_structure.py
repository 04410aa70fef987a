"""cmi5.xml: what is read, what is refused and why (specification, 13 and 14); the file is a stranger's."""

import json

import pytest

from courses.packages.cmi5 import Course, read_structure
from courses.packages.enums import ImportState, PackageKind
from courses.packages.models import PackageImport, PackageVersion, VersionFile
from tests.courses.packages.cmi5_units import au, block, example_zip, iri, structure, zipped


def codes(data: bytes, paths=None) -> list[str]:
    return [found.code for found in read_structure(data, paths=paths)[1]]


def test_13_the_tree_is_read_with_everything_that_a_launch_needs():
    objectives = (
        f'<objectives><objective id="{iri("goal")}"><title><langstring lang="ja">目標</langstring></title>'
        '<description><langstring lang="ja">説明</langstring></description></objective></objectives>'
    )
    more = (
        "<launchParameters> start=1 </launchParameters><entitlementKey>xyz</entitlementKey>"
        f'<objectives><objective idref="{iri("goal")}"/></objectives>'
    )
    inner = au("two", "Passed", attributes='launchMethod="OwnWindow" masteryScore="0.75"', more=more)
    course, found = read_structure(structure(au("one"), block("b", inner), objectives=objectives), paths=None)
    assert course is not None
    assert found == ()
    assert [one.id for one in course.aus] == [iri("one"), iri("two")]
    assert [one.id for one in course.blocks] == [iri("b")]
    two = course.aus[1]
    assert (two.move_on, two.mastery_score, two.launch_method) == ("Passed", "0.75", "OwnWindow")
    assert (two.launch_parameters, two.entitlement_key, two.objectives) == ("start=1", "xyz", (iri("goal"),))
    assert (course.aus[0].launch_method, course.aus[0].launch_parameters) == ("AnyWindow", None)


def test_what_was_read_goes_to_json_and_back():
    course, _found = read_structure(structure(block("b", au("one"), block("c", au("two")))), paths=None)
    assert course is not None
    assert Course.from_json(json.loads(json.dumps(course.as_json()))) == course


def test_13_1_4_moveon_is_not_applicable_where_nothing_is_said():
    course, _found = read_structure(structure(au("one")).replace(b'moveOn="Completed"', b""), paths=None)
    assert course is not None
    assert course.aus[0].move_on == "NotApplicable"


def test_13_1_5_elements_of_other_namespaces_are_passed_over():
    more = '<v:extra xmlns:v="https://vendor.example/"><v:url>x</v:url></v:extra>'
    assert codes(structure(au("one", more=more))) == []


def test_13_1_4_a_file_is_found_relative_to_the_structure():
    data = structure(au("one", url="pages/%E9%96%8B%E5%A7%8B.html?a=1#top"))
    course, found = read_structure(data, paths={"course/pages/開始.html"}, at="course/cmi5.xml")
    assert course is not None
    assert (course.aus[0].path, found) == ("course/pages/開始.html", ())


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "not-xml"),
        (b"<courseStructure/>", "not-a-structure"),
        (structure(), "no-au"),
        (structure(block("b")), "no-au"),
        (
            structure(au("one")).replace(b"v1/CourseStructure.xsd", b"v2/CourseStructure.xsd"),
            "not-a-structure",
        ),
        (structure(au("one"), au("one")), "duplicate-id"),
        (structure(au("one")).replace(b'id="https://au.example.jp/one"', b'id="one"'), "bad-id"),
        (structure(au("one", "Always")), "bad-move-on"),
        (structure(au("one", attributes='launchMethod="Popup"')), "bad-launch-method"),
        (structure(au("one", attributes='masteryScore="1.5"')), "bad-mastery-score"),
        (structure(au("one", attributes='masteryScore="NaN"')), "bad-mastery-score"),
        (structure(au("one", attributes='masteryScore="0.12345"')), "bad-mastery-score"),
        (structure(au("one", url="javascript:alert(1)")), "bad-url"),
        (structure(au("one", url="data:text/html,x")), "bad-url"),
        (structure(au("one", url="https://user:secret@au.example.jp/")), "bad-url"),
        (structure(au("one", url="//au.example.jp/start")), "bad-url"),
        (structure(au("one", url="https://au.example.jp/?fetch=https://evil.example/")), "launch-name"),
        (structure(au("one", url="start.html")), "not-in-a-package"),
        (structure(au("one", more="<url>https://au.example.jp/2</url>")), "more-than-one"),
        (structure(au("one", more="<surprise/>")).replace(b"<au ", b"<unit/><au ", 1), "unknown-element"),
        (structure(au("one")).replace("コース".encode(), b"").replace("試しの".encode(), b""), "no-title"),
        (structure(au("one")).replace(b'lang="ja"', b'lang="ja_JP"', 1), "bad-language"),
        (b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', "forbidden-xml"),
        (b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>', "forbidden-xml"),
        (b"<a>" * 200 + b"</a>" * 200, "too-deep"),
        (b" " * (5 * 1024 * 1024 + 1), "too-large"),
        (b'<?xml version="1.0" encoding="x-none"?><a/>', "encoding"),
    ],
)
def test_what_is_wrong_is_named(data, code):
    course, found = read_structure(data, paths=None)
    assert course is None
    assert code in [one.code for one in found]
    assert all(one.as_json("ja")["message"] and one.as_json("en")["message"] for one in found)


@pytest.mark.parametrize("url", ["../start.html", "/start.html", "..%2fstart.html", "a/../../start.html"])
def test_no_address_leads_out_of_the_package(url):
    assert codes(structure(au("one", url=url)), paths={"start.html"}) == ["bad-url"]


def test_a_page_without_encryption_is_taken_with_a_warning():
    course, found = read_structure(structure(au("one", url="http://au.example.jp/")), paths=None)
    assert course is not None
    assert course is not None
    assert [one.code for one in found] == ["not-secure"]


def test_a_thousand_units_are_read():
    course, found = read_structure(structure(*[au(f"u{n}") for n in range(1200)]), paths=None)
    assert course is not None
    assert (len(course.aus), found) == (1200, ())


@pytest.mark.django_db
class TestTaking:
    def test_14_1_a_zip_becomes_a_version_with_its_files(self, bring):
        row = bring(example_zip(), "codes.zip")
        assert (row.state, row.errors) == (ImportState.DONE, [])
        assert row.version.package.kind == PackageKind.CMI5
        assert row.version.package.title == "確認コードを聞かれたら"
        names = VersionFile.objects.filter(version=row.version).values_list("path", flat=True)
        assert set(names) == {"cmi5.xml", "index.html", "question.js", "session.js"}

    def test_14_2_the_structure_alone_has_units_elsewhere(self, bring):
        row = bring(structure(au("one")), "cmi5.xml")
        assert row.state == ImportState.DONE
        assert row.version.external_urls == [{"url": "https://au.example.jp/one/start.html", "kind": "au"}]
        assert not VersionFile.objects.filter(version=row.version).exists()

    def test_what_is_wrong_is_told_and_nothing_is_kept(self, bring):
        row = bring(zipped({"cmi5.xml": structure(au("one", url="start.html"))}), "codes.zip")
        assert row.state == ImportState.REFUSED
        assert [one["code"] for one in row.errors] == ["missing-file"]
        assert "start.html" in row.errors[0]["message"]
        assert not PackageVersion.objects.filter(meta__has_key="cmi5").exists()

    def test_a_new_file_is_the_next_version_of_the_same_package(self, bring):
        first = bring(structure(au("one")), "cmi5.xml")
        again = bring(structure(au("one"), au("two")), "cmi5.xml", replaces=first.version.package)
        assert (again.version.package_id, again.version.number) == (first.version.package_id, 2)

    def test_a_hostile_archive_is_refused(self, bring):
        files = {"cmi5.xml": structure(au("one")), "../x.html": b"x"}
        row = bring(zipped(files), "codes.zip")
        assert row.state == ImportState.REFUSED
        assert PackageImport.objects.get(pk=row.pk).version is None
