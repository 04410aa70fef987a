"""What the desk tells of SCORM and cmi5 packages: where they are played, and what is in them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from courses.packages.enums import PackageKind
from courses.packages.hosting import Place, Played, played_where
from courses.packages.models import PackageVersion

SCORM = (PackageKind.SCORM_12, PackageKind.SCORM_2004)


@dataclass(frozen=True)
class Part:
    """One line of the outline. ``above``: the headings over it; ``path`` is "" for a heading; ``notes`` are said behind."""

    title: str
    above: str
    path: str
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Hosted:
    """``is_trusted``: played on the site's own host, which is to be seen by everybody; ``parts`` the outline."""

    played: Played
    is_trusted: bool
    edition: str
    parts: tuple[Part, ...]


def hosted(version: PackageVersion) -> Hosted | None:
    """None for H5P."""
    if version.package.kind == PackageKind.H5P:
        return None
    played, meta = played_where(version), version.meta
    is_scorm = version.package.kind in SCORM
    return Hosted(
        played=played,
        is_trusted=played.place == Place.SAME_ORIGIN_TRUSTED,
        edition=str(meta.get("edition") or meta.get("version", "")) if is_scorm else "",
        parts=tuple(_parts(meta.get("items", []), "")) if is_scorm else (),
    )


def _parts(items: list[dict[str, Any]], above: str) -> Iterator[Part]:
    for item in items:
        sco, title = item["sco"] or {}, item["title"] or item["identifier"]
        yield Part(title, above, sco.get("path", ""), tuple(_notes(item, sco)))
        yield from _parts(item["children"], f"{above} › {title}" if above else title)


def _notes(item: Mapping[str, Any], sco: Mapping[str, Any]) -> Iterator[str]:
    if not item["visible"]:
        yield _("not in the menu")
    if sco and not sco["tracks"]:
        yield _("only shown: it reports no result")
    if sco.get("mastery_score") is not None:
        yield _("passed from %(points)s points") % {"points": f"{sco['mastery_score']:g}"}
    if sco.get("min_normalized") is not None:
        yield _("passed from %(percent)s percent") % {"percent": f"{sco['min_normalized'] * 100:g}"}
    if item["prerequisites"]:
        yield _("after: %(items)s") % {"items": "、".join(item["prerequisites"])}
