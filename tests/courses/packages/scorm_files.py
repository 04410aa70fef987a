"""SCORM files for tests, good and bad."""

import io
import zipfile
from collections.abc import Mapping

NS_12 = 'xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2"'
PAGE = b"<!doctype html><meta charset=utf-8><title>t</title><p>\xe3\x81\x93\xe3\x82\x93\xe3\x81\xab\xe3\x81\xa1\xe3\x81\xaf"


def zipped(files: Mapping[str, bytes | str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def manifest(*, href: str = "index.html", item: str = "", more: str = "", version: str = "1.2") -> str:
    """One organization with one SCO; ``item`` stands inside its item, ``more`` behind it."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
    <manifest identifier="M1" {NS_12}>
      <metadata><schema>ADL SCORM</schema><schemaversion>{version}</schemaversion></metadata>
      <organizations default="O1"><organization identifier="O1"><title>情報セキュリティ</title>
        <item identifier="I1" identifierref="R1"><title>第1章</title>{item}</item>{more}
      </organization></organizations>
      <resources><resource identifier="R1" type="webcontent" adlcp:scormtype="sco" href="{href}"/></resources>
    </manifest>"""


def scorm(
    files: Mapping[str, bytes | str] | None = None, *, text: str | None = None, folder: str = ""
) -> bytes:
    """A package of one page, with ``files`` beside it."""
    inside: dict[str, bytes | str] = {"imsmanifest.xml": text or manifest(), "index.html": PAGE}
    inside |= files or {}
    return zipped({folder + name: data for name, data in inside.items()})
