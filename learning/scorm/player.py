"""What the player page is made of."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.utils.translation import gettext as _

from courses.packages.hosting import file_address, host_address, site_origin
from courses.packages.scorm import Item, Manifest
from learning.launches.models import Launch
from learning.launches.tokens import play_token
from learning.scorm.actions import serve
from learning.scorm.enums import Completion, Success
from learning.scorm.models import ScormState
from learning.scorm.outlines import outline_of
from learning.scorm.resuming import starting_cmi
from learning.scorm.rules import PAGE, Standing, is_open, next_to_open

AUTOCOMMIT_SECONDS = 30


@dataclass(frozen=True)
class Line:
    """One line of the outline. ``address`` is "" for headings and for what is not open yet."""

    item: Item
    address: str
    is_here: bool
    is_done: bool
    is_waiting: bool
    children: tuple["Line", ...]


@dataclass(frozen=True)
class Player:
    """``config`` is what the script needs; ``lines`` the outline; ``before`` and ``after`` the neighbours' addresses."""

    title: str
    sco_title: str
    lines: tuple[Line, ...]
    before: str
    after: str
    config: dict[str, Any]

    @property
    def has_menu(self) -> bool:
        return len(self.lines) > 1 or any(line.children for line in self.lines)


def play_address(launch: Launch) -> str:
    """The absolute address of the player, on the host of packages."""
    return host_address(launch.version, "hosting:scorm_play", token=play_token(launch.uuid))


def player_of(launch: Launch, *, token: str, wanted: str, suffix: str) -> Player:
    """The page with one SCO in it: the one that was asked for, if it may be opened, else where the learner goes on.

    ``suffix`` is kept on every address of the player («&face=large»).
    """
    manifest = outline_of(launch.version)
    rows = ScormState.objects.filter(enrollment=launch.enrollment_id, activity=launch.activity_id)
    states = {row.sco: row for row in rows}
    scos = {sco: _seen(row) for sco, row in states.items()}
    item = _chosen(manifest, scos, states, wanted)
    address = host_address(launch.version, "hosting:scorm_play", token=token)
    around = [one for one in manifest.scos if one.visible and is_open(one, scos)]
    places = [one.identifier for one in around]
    here = places.index(item.identifier) if item.identifier in places else -1
    to = _addresses(address, suffix)
    lines = tuple(_line(one, item, scos, manifest, to) for one in manifest.items if one.visible)
    return Player(
        title=launch.version.package.title,
        sco_title=item.title,
        lines=lines,
        before=to(places[here - 1]) if manifest.flow and here > 0 else "",
        after=to(places[here + 1]) if manifest.flow and -1 < here < len(places) - 1 else "",
        config=_config(launch, manifest, item, token),
    )


def _addresses(address: str, suffix: str) -> Callable[[str], str]:
    return lambda identifier: f"{address}?sco={quote(identifier, safe='')}{suffix}"


def _seen(row: ScormState) -> Standing:
    return Standing(Completion(row.completion), Success(row.success))


def _chosen(
    manifest: Manifest, scos: dict[str, Standing], states: dict[str, ScormState], wanted: str
) -> Item:
    asked = next((item for item in manifest.scos if item.identifier == wanted and item.visible), None)
    if asked is not None and is_open(asked, scos):
        return asked
    last = max(states.values(), key=lambda row: row.last_seq, default=None)
    return next_to_open(manifest, scos, last.sco if last else "")


def _line(
    item: Item, here: Item, scos: dict[str, Standing], manifest: Manifest, to: Callable[[str], str]
) -> Line:
    may = item.sco is not None and is_open(item, scos)
    return Line(
        item=item,
        address=to(item.identifier) if may and manifest.choice else "",
        is_here=item.identifier == here.identifier,
        is_done=item.sco is not None and scos.get(item.identifier, Standing()).is_done,
        is_waiting=item.sco is not None and not may,
        children=tuple(_line(child, here, scos, manifest, to) for child in item.children if child.visible),
    )


def _config(launch: Launch, manifest: Manifest, item: Item, token: str) -> dict[str, Any]:
    sco = item.sco
    if sco is None:
        raise ValueError("a heading cannot be played")
    session, opened, state = serve(launch=launch, sco=item.identifier)
    return {
        "version": manifest.version,
        "sco": item.identifier,
        "title": item.title,
        "src": file_address(launch.version, sco.path) + sco.query,
        "tracks": sco.tracks,
        "review": opened.is_review,
        "cmi": starting_cmi(
            state.cmi if state else {},
            sco,
            opened,
            version=manifest.version,
            spent_ms=state.total_ms if state else 0,
        ),
        "seq": session.page * PAGE,
        "commit_url": host_address(launch.version, "hosting:scorm_commit", token=token),
        "site": site_origin(),
        "autocommit": AUTOCOMMIT_SECONDS,
        "words": words(),
    }


def words() -> dict[str, str]:
    """What the script of the player says, in the active language."""
    return {
        "loading": _("Opening…"),
        "saving": _("Saving…"),
        "saved": _("Saved."),
        "not_saved": _("Not saved yet. The page keeps trying; please leave it open."),
        "no_start": _(
            "This part could not be opened. Check the connection and try again. What was saved before is kept."
        ),
        "reload": _("Please reload this page. What was saved before is kept."),
        "review": _("You look at it again. Answers are not counted."),
        "leaving": _("Saving what you did. The next part opens in a moment."),
        "done": _("Done"),
        "over": _("This part has ended. You can close it or choose another part."),
    }
