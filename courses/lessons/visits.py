"""One reader's visit to a lesson: which face, which screen, what stands around the text."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import NoReverseMatch, get_script_prefix, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from courses.catalog.enums import MoveOn
from courses.catalog.models import page_url
from courses.lessons.faces import Body, Part
from courses.lessons.queries import contents_of, place_of
from courses.lessons.rules import Screen, minutes_left, screen_at, step_number
from office.kept.rules import Kept
from people.preferences.enums import Face
from people.preferences.queries import SESSION_KEY, kept_choices
from people.preferences.rules import Reading


def redirect_of(request: HttpRequest, screen_of: Callable[[str], int] = lambda _block: 0) -> str | None:
    """Where an address with a face, a step or a block really leads; None when it is the right one already.

    ``?face=large`` on a poster sets the face for this browser session only and goes away from the address, so that
    a later change of face is not undone by going back. A step means a screen in the large face, a place in the others.
    ``?block=`` names a block that records by its activity; ``screen_of`` gives its screen, 0 for none.
    """
    wanted = request.GET.get("face")
    face = _face(request)
    if wanted in list(Face):
        request.session[SESSION_KEY] = {**kept_choices(request), "face": wanted}
        face = Face(wanted)
    block = request.GET.get("block", "")
    step = str(screen_of(block) or "") if block else request.GET.get("step", "")
    if face == Face.LARGE:
        return request.path + (f"?{urlencode({'step': step})}" if step else "") if wanted or block else None
    if wanted or step or block:
        return request.path + (f"#screen-{number}" if (number := step_number(step)) > 1 else "")
    return None


def _face(request: HttpRequest) -> Face:
    reading = getattr(request, "reading", None)
    return Face(reading.face) if reading else Face.STANDARD


@dataclass(frozen=True)
class Facts:
    """What of a lesson's text its page asks for each time. ``is_shared``: all of it is the same for everybody."""

    screens: tuple[Screen, ...]
    has_checklist: bool
    has_package: bool
    is_shared: bool


_facts = Kept(size=2000, seconds=60 * 60)
_screens = Kept(size=1000, seconds=60 * 60)


class Visit:
    """Puts together what the template of a lesson needs; ``page`` is a LessonPage, which stands above this module."""

    def __init__(self, page: Any, request: HttpRequest) -> None:
        self._page = page
        self._request = request
        self._is_preview = bool(getattr(request, "is_preview", False))
        self.reading: Reading = getattr(request, "reading", None) or Reading()
        self._path = request.path
        course = page.activity.course
        # A draft is drawn for its author alone.
        self._key = None if self._is_preview or course is None else (page.activity.uuid, course.edition)

    @cached_property
    def _body(self) -> Body:
        return Body(self._page.body, reading=self.reading, show_gaps=self._is_preview)

    @cached_property
    def _known(self) -> Facts:
        return self._read() if self._key is None else _facts.get(self._key, self._read)

    def _read(self) -> Facts:
        holds = self._body.holds
        return Facts(self._body.screens, holds("checklist"), holds("package"), self._body.is_shared)

    def context(self) -> dict[str, Any]:
        page, course = self._page, self._page.activity.course
        contents = contents_of(course) if course else ()
        place = place_of(page.activity, contents)
        course_url = course.url if course else ""
        uuid = page.activity.uuid
        facts = {
            "activity": page.activity,
            "course": course,
            "lesson_key": self._key,
            "voice": self.reading.voice,
            "plain": self.reading.plain,
            "lesson_title": self._title(),
            "face": str(self.reading.face),
            "contents": contents,
            "place": place,
            "screens": self._known.screens,
            "finish_number": str(len(self._known.screens)),
            "here": self._path,
            "crumbs": self._crumbs(course),
            "course_url": course_url,
            "follow_url": place.next.url if place.next else course_url,
            "print_url": reverse("courses:handout", args=[uuid]),
            "done_url": _url_or_nothing("learning:lesson_done", uuid),
            "place_url": _url_or_nothing("learning:place", uuid),
            "can_finish": not self._is_preview and page.move_on != MoveOn.NOT_APPLICABLE,
            "progress_label": _("Progress in this course"),
            "has_checklist": self._known.has_checklist,
            "has_package": self._known.has_package,
            "show_gaps": self._is_preview,
        }
        return facts | self._shown(course_url)

    def _shown(self, course_url: str) -> dict[str, Any]:
        if self.reading.face != Face.LARGE:
            text_key = self._key if self._known.is_shared else None
            return {"text_key": text_key, "parts": lambda: self._body.parts()}
        if self._is_preview:
            return {
                "all_screens": [(screen, self._body.screen_part(screen)) for screen in self._body.screens]
            }
        screens = self._known.screens
        screen = screen_at(screens, self._request.GET.get("step"))
        handout = reverse("courses:handout", args=[self._page.activity.uuid])
        part = self._part(screen)
        return {
            "screen": screen,
            "part": part,
            "has_package": part is not None and part.kind == "package",
            "back_url": self._step_url(screen.number - 1) if screen.number > 1 else course_url,
            "forward_url": self._step_url(screen.number + 1),
            "here": self._step_url(screen.number),
            "print_url": f"{handout}?step={_printed_step(screen, screens)}",
            "minutes_left": minutes_left(self._page.minutes, screen.number, len(screens)),
        }

    def _part(self, screen: Screen) -> Part | None:
        if self._key is None or not self._known.is_shared:
            return self._body.screen_part(screen)
        words = (get_language(), get_script_prefix(), self.reading.voice)
        return _screens.get((*self._key, *words, screen.number), lambda: self._body.screen_part(screen))

    def _step_url(self, number: int) -> str:
        return f"{self._path}?step={number}"

    def _title(self) -> str:
        easy = self._page.title_easy if self.reading.face == Face.EASY else ""
        return str(easy or self._page.title_ruby or self._page.title)

    def _crumbs(self, course: Any) -> list[tuple[str, str]]:
        if course is None or not course.page_path:
            return []
        catalog_path = course.page_path.rstrip("/").rpartition("/")[0]
        crumbs = [(_("Courses"), page_url(f"{catalog_path}/"))] if catalog_path else []
        return [*crumbs, (course.title, course.url)]


def _printed_step(screen: Screen, screens: tuple[Screen, ...]) -> int:
    """A sheet leads back to the step that it was printed at; from the last screen to the beginning."""
    return 1 if screen.is_finish or len(screens) == 1 else screen.number


def _url_or_nothing(name: str, uuid: Any) -> str:
    try:
        return reverse(name, args=[uuid])
    except NoReverseMatch:
        return ""
