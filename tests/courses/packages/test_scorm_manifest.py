"""SCORM manifests: real tools slip, strangers attack; the outline is right or the error says why."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.packages.scorm import Item, Manifest, ManifestError, Sco, read_manifest
from courses.packages.scorm.manifest import find_manifest

NS_12 = 'xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2"'
NS_2004 = (
    'xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3" '
    'xmlns:imsss="http://www.imsglobal.org/xsd/imsss"'
)


def manifest_12(items: str, resources: str, *, version: str = "1.2", base: str = "") -> bytes:
    return f"""<?xml version="1.0" encoding="UTF-8"?>
    <manifest identifier="M1" {NS_12} {base}>
      <metadata><schema>ADL SCORM</schema><schemaversion>{version}</schemaversion></metadata>
      <organizations default="O1"><organization identifier="O1"><title>情報セキュリティ</title>{items}</organization></organizations>
      <resources>{resources}</resources>
    </manifest>""".encode()


ITEM = '<item identifier="I1" identifierref="R1"><title>第1章</title></item>'
RESOURCE = '<resource identifier="R1" type="webcontent" adlcp:scormtype="sco" href="index.html"/>'


def read(data: bytes, *, at: str = "imsmanifest.xml", paths=("imsmanifest.xml", "index.html")) -> Manifest:
    return read_manifest(data, at=at, paths=frozenset(paths))


def launched(item: Item) -> Sco:
    assert item.sco is not None
    return item.sco


def test_a_plain_package_of_one_sco():
    manifest = read(manifest_12(ITEM, RESOURCE))
    (item,) = manifest.scos
    assert (manifest.version, manifest.title, item.title) == ("1.2", "情報セキュリティ", "第1章")
    assert (launched(item).path, launched(item).query, launched(item).tracks) == ("index.html", "", True)
    assert manifest.warnings == ()


def test_mastery_launch_data_and_time_of_scorm_12():
    extra = (
        "<adlcp:masteryscore>80</adlcp:masteryscore><adlcp:datafromlms>a=1</adlcp:datafromlms>"
        "<adlcp:maxtimeallowed>00:30:00</adlcp:maxtimeallowed><adlcp:timelimitaction>exit,message</adlcp:timelimitaction>"
        "<adlcp:prerequisites>I0 &amp; I2</adlcp:prerequisites>"
    )
    (item,) = read(manifest_12(ITEM.replace("</item>", f"{extra}</item>"), RESOURCE)).scos
    assert (launched(item).mastery_score, launched(item).launch_data) == (80.0, "a=1")
    assert (launched(item).max_time_allowed, launched(item).time_limit_action) == ("00:30:00", "exit,message")
    assert item.prerequisites == ("I0", "I2")


def test_prerequisites_beyond_a_plain_list_are_told_and_left_out():
    odd = ITEM.replace("</item>", "<adlcp:prerequisites>~I0 | I2</adlcp:prerequisites></item>")
    manifest = read(manifest_12(odd, RESOURCE))
    assert manifest.scos[0].prerequisites == ()
    assert [warned.code for warned in manifest.warnings] == ["prerequisites"]


def test_a_2004_package_with_two_scos_and_a_passing_measure():
    sequencing = (
        "<imsss:sequencing><imsss:objectives><imsss:primaryObjective objectiveID='P' satisfiedByMeasure='true'>"
        "<imsss:minNormalizedMeasure>0.7</imsss:minNormalizedMeasure></imsss:primaryObjective></imsss:objectives>"
        "</imsss:sequencing><adlcp:completionThreshold minProgressMeasure='0.9'/>"
    )
    data = f"""<manifest identifier="M" {NS_2004}>
      <metadata><schema>ADL SCORM</schema><schemaversion>2004 4th Edition</schemaversion></metadata>
      <organizations default="O"><organization identifier="O"><title>T</title>
        <item identifier="A"><title>部</title>
          <item identifier="A1" identifierref="R1" parameters="?p=1"><title>一</title>{sequencing}</item>
          <item identifier="A2" identifierref="R2" isvisible="false"><title>二</title></item></item>
        <imsss:sequencing><imsss:controlMode choice="false" flow="true"/></imsss:sequencing>
      </organization></organizations>
      <resources><resource identifier="R1" adlcp:scormType="sco" href="a.html?x=2#top"/>
        <resource identifier="R2" adlcp:scormType="asset" href="b.html"/></resources></manifest>""".encode()
    manifest = read(data, paths=("imsmanifest.xml", "a.html", "b.html"))
    first, second = manifest.scos
    assert (manifest.version, manifest.edition) == ("2004", "2004 4th Edition")
    assert (manifest.choice, manifest.flow) == (False, True)
    assert (launched(first).min_normalized, launched(first).completion_threshold) == (0.7, 0.9)
    assert launched(first).query == "?x=2&p=1#top"
    assert (launched(second).tracks, second.visible) == (False, False)
    assert manifest.items[0].sco is None
    assert manifest.warnings == ()


def test_rules_that_are_not_supported_are_told():
    rules = "<imsss:sequencing><imsss:sequencingRules/><imsss:rollupRules/></imsss:sequencing>"
    data = manifest_12(ITEM.replace("</item>", f"{rules}</item>"), RESOURCE, version="CAM 1.3")
    manifest = read(data.replace(NS_12.encode(), NS_2004.encode()))
    assert [(warned.code, warned.detail) for warned in manifest.warnings] == [
        ("sequencing", "sequencingRules"),
        ("sequencing", "rollupRules"),
    ]


def test_xml_base_backslashes_case_and_a_folder_around_everything():
    resource = (
        '<resource identifier="R1" adlcp:scormtype="sco" xml:base="content\\" href="Start%20Here.HTML"/>'
    )
    manifest = read(
        manifest_12(ITEM, resource),
        at="course/imsmanifest.xml",
        paths=("course/imsmanifest.xml", "course/content/start here.html"),
    )
    assert manifest.root == "course/"
    assert launched(manifest.scos[0]).path == "course/content/start here.html"
    assert [warned.code for warned in manifest.warnings] == ["other-case"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "euc-kr", "shift_jis"])
def test_encodings_of_real_tools(encoding):
    text = manifest_12(ITEM, RESOURCE).decode()
    title = "확인" if encoding == "euc-kr" else "確認"
    text = (
        text.replace("情報セキュリティ", title)
        .replace("第1章", "A")
        .replace('encoding="UTF-8"', f'encoding="{encoding}"')
    )
    assert read(text.encode(encoding)).title == title


@pytest.mark.parametrize(
    ("paths", "found"),
    [
        (["imsmanifest.xml", "a/imsmanifest.xml"], "imsmanifest.xml"),
        (["x.html", "IMSManifest.xml"], "IMSManifest.xml"),
        (["a/imsmanifest.xml"], "a/imsmanifest.xml"),
    ],
)
def test_where_the_manifest_is_looked_for(paths, found):
    assert find_manifest(paths) == found


def test_no_manifest():
    with pytest.raises(ManifestError, match="no-manifest"):
        find_manifest(["a/b/imsmanifest.xml", "index.html"])


BOMB = b'<!DOCTYPE m [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><manifest>&b;</manifest>'
OUTSIDE = b'<!DOCTYPE m [<!ENTITY x SYSTEM "file:///etc/passwd">]><manifest>&x;</manifest>'


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (BOMB, "forbidden-xml"),
        (OUTSIDE, "forbidden-xml"),
        (b"", "not-xml"),
        (b"<manifest>", "not-xml"),
        (b"\xff\xfe\x00", "encoding"),
        (b'<?xml version="1.0" encoding="no-such"?><manifest/>', "encoding"),
        (b"<course/>", "not-a-manifest"),
        (b"<manifest/>", "no-organization"),
        (b"<manifest>" + b"<a>" * 60 + b"</a>" * 60 + b"</manifest>", "too-deep"),
        (manifest_12("<item identifier='I'><title>x</title></item>", RESOURCE), "nothing-to-launch"),
        (manifest_12(ITEM, RESOURCE.replace("index.html", "gone.html")), "missing-file"),
        (manifest_12(ITEM, RESOURCE.replace("index.html", "../../x.html")), "outside"),
        (manifest_12(ITEM, RESOURCE.replace("index.html", "https://example.com/x.html")), "outside"),
        (manifest_12(ITEM, RESOURCE.replace("index.html", "//example.com/x.html")), "outside"),
        (manifest_12(ITEM, RESOURCE.replace("index.html", "javascript:alert(1)")), "outside"),
    ],
)
def test_what_cannot_be_taken_says_why(data, code):
    with pytest.raises(ManifestError) as caught:
        read(data)
    assert caught.value.code == code


@given(st.binary(max_size=400))
def test_any_bytes_give_an_outline_or_a_manifest_error(data):
    with pytest.raises(ManifestError):
        read(data)


@given(st.text(max_size=60), st.text(max_size=60))
def test_an_odd_address_never_leaves_the_package(base, href):
    escaped = [t.translate({38: None, 60: None, 34: None}) for t in (base, href)]
    resource = f'<resource identifier="R1" xml:base="{escaped[0]}" href="{escaped[1]}"/>'
    paths = frozenset({"imsmanifest.xml", "index.html"})
    try:
        manifest = read_manifest(manifest_12(ITEM, resource), at="imsmanifest.xml", paths=paths)
    except ManifestError:
        return
    assert all(launched(item).path in paths for item in manifest.scos)
