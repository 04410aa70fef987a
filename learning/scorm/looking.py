"""A SCORM package as an author looks at it: the same player, without a launch, and nothing is sent or kept."""

from typing import Any
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from courses.packages.enums import PackageKind
from courses.packages.h5p import script_json
from courses.packages.hosting import file_address, host_address, require_here, site_origin
from courses.packages.models import PackageVersion
from courses.packages.scorm import Item
from courses.packages.tokens import version_of_preview
from learning.scorm.outlines import outline_of
from learning.scorm.player import AUTOCOMMIT_SECONDS, Line, Player, words
from learning.scorm.resuming import Entry, Opening, starting_cmi
from learning.scorm.views import policy

_KINDS = (PackageKind.SCORM_12, PackageKind.SCORM_2004)


@require_GET
@never_cache
def look(request: HttpRequest, token: str) -> HttpResponse:
    """The key names a version and nobody; every part is open, because nothing is known to be done."""
    uuid = version_of_preview(token)
    versions = PackageVersion.objects.select_related("package", "created_by")
    version = versions.filter(uuid=uuid, package__kind__in=_KINDS).first() if uuid else None
    if version is None:
        raise Http404
    require_here(request, version)
    player = _player(version, token, request.GET.get("sco", ""))
    context = {"player": player, "config": script_json(player.config), "how": {}}
    response = render(request, "learning/scorm_play.html", context)
    response["Content-Security-Policy"] = policy()
    return response


def _player(version: PackageVersion, token: str, wanted: str) -> Player:
    manifest = outline_of(version)
    parts = [item for item in manifest.scos if item.visible] or list(manifest.scos)
    here = next((at for at, item in enumerate(parts) if item.identifier == wanted), 0)
    address = host_address(version, "hosting:scorm_look", token=token)
    addresses = {item.identifier: f"{address}?sco={quote(item.identifier, safe='')}" for item in parts}
    return Player(
        title=version.package.title,
        sco_title=parts[here].title,
        lines=tuple(_line(item, parts[here], addresses) for item in manifest.items if item.visible),
        before=addresses[parts[here - 1].identifier] if here > 0 else "",
        after=addresses[parts[here + 1].identifier] if here + 1 < len(parts) else "",
        config=_config(version, manifest.version, parts[here]),
    )


def _line(item: Item, here: Item, addresses: dict[str, str]) -> Line:
    return Line(
        item=item,
        address=addresses.get(item.identifier, "") if item.sco is not None else "",
        is_here=item.identifier == here.identifier,
        is_done=False,
        is_waiting=False,
        children=tuple(_line(child, here, addresses) for child in item.children if child.visible),
    )


def _config(version: PackageVersion, edition: str, item: Item) -> dict[str, Any]:
    """``review`` keeps the script from sending anything; the SCO itself is told of an ordinary first visit."""
    sco = item.sco
    if sco is None:
        raise Http404
    return {
        "version": edition,
        "sco": item.identifier,
        "title": item.title,
        "src": file_address(version, sco.path) + sco.query,
        "tracks": True,
        "review": True,
        "cmi": starting_cmi({}, sco, Opening(Entry.AB_INITIO), version=edition, spent_ms=0),
        "seq": 0,
        "commit_url": "",
        "site": site_origin(),
        "autocommit": AUTOCOMMIT_SECONDS,
        "words": words() | {"review": _("Nothing is saved here."), "leaving": ""},
    }
