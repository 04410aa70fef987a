"""The outline of a version, as it was kept when the package was taken in."""

from collections.abc import Mapping
from typing import Any

from courses.packages.models import PackageVersion
from courses.packages.scorm import Item, Manifest, Sco


def outline_of(version: PackageVersion) -> Manifest:
    """From ``version.meta``, which ``Manifest.as_json`` wrote."""
    meta = version.meta
    return Manifest(
        version=meta["version"],
        edition=meta.get("edition", ""),
        identifier=meta.get("identifier", ""),
        title=meta.get("title", ""),
        items=tuple(_item(one) for one in meta.get("items", [])),
        root=meta.get("root", ""),
        choice=meta.get("choice", True),
        flow=meta.get("flow", True),
    )


def _item(data: Mapping[str, Any]) -> Item:
    sco = data.get("sco")
    return Item(
        identifier=data["identifier"],
        title=data.get("title", ""),
        sco=None if sco is None else Sco(**sco),
        children=tuple(_item(child) for child in data.get("children", [])),
        prerequisites=tuple(data.get("prerequisites", ())),
        visible=data.get("visible", True),
    )
