"""A lesson as the data of a printed sheet (``templates/print/handout.typ``)."""

from collections.abc import Callable
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from courses.lessons.queries import load_together, shapes_of
from courses.lessons.richparts import rich_parts
from courses.lessons.rules import first_screen, plan_screens, screen_at
from courses.readability import ruby
from courses.readability.shown import marked_html, marked_text
from office.printing.actions import qr_svg
from people.preferences.enums import Face
from people.preferences.rules import Reading

_PICTURE_WIDTH = "max-960x960"
_LINES_TO_WRITE = 4


def short_url(code: str, step: int = 1) -> str:
    """The absolute address that a camera reads from paper; the site's name is a setting, paper knows no request."""
    path = reverse("courses:short", args=[code, step] if step > 1 else [code])
    return f"{settings.SITE_BASE_URL}{path}"


class Sheet:
    """``data`` and ``files`` for ``render_pdf``; ``step`` is the screen that the sheet leads back to."""

    def __init__(self, page: Any, *, reading: Reading, step: str | None = None, publisher: str = "") -> None:
        self._page = page
        self._reading = reading
        self._publisher = publisher
        self.files: dict[str, bytes] = {}
        self._screens = plan_screens(shapes_of(page.body))
        self._step = screen_at(self._screens, step).number

    def data(self) -> dict[str, Any]:
        page, course = self._page, self._page.activity.course
        load_together(child.value for child in page.body)
        easy_title = page.title_easy if self._reading.face == Face.EASY else ""
        data: dict[str, Any] = {
            "title": self._text(easy_title or page.title_ruby or page.title),
            "subtitle": self._text(course.title_ruby or course.title) if course else "",
            "large": self._reading.face == Face.LARGE,
            "blocks": [shaped for child in page.body for shaped in self._shaped(child)],
            "publisher": self._publisher,
        }
        if page.activity.code:
            url = short_url(page.activity.code, self._step)
            data |= {"url": url, "short_code": self._short(self._step), "qr_svg": qr_svg(url)}
        return data

    def _short(self, step: int) -> str:
        code = self._page.activity.code
        return f"{code}/{step}" if step > 1 else str(code)

    def _text(self, text: Any) -> str:
        return marked_text(str(text), self._reading)

    def _rich(self, value: Any) -> list[dict[str, Any]]:
        return rich_parts(marked_html(value, self._reading))

    def _easier(self, value: Any, name: str = "body") -> Any:
        easy = value["easy"] if self._reading.face == Face.EASY else None
        return easy or value[name]

    def _shaped(self, child: Any) -> list[dict[str, Any]]:
        shapers: dict[str, Callable[[Any], dict[str, Any] | None]] = {
            "text": self._text_block,
            "image": self._image,
            "callout": self._callout,
            "table": self._table,
            "term": self._term,
            "video": self._video,
            "checklist": self._checklist,
            "declaration": self._declaration,
        }
        if child.block_type in ("steps", "package"):
            return [self._steps(child) if child.block_type == "steps" else self._package(child)]
        shaped = shapers[child.block_type](child.value) if child.block_type in shapers else None
        return [shaped] if shaped else []

    def _text_block(self, value: Any) -> dict[str, Any]:
        return {
            "kind": "text",
            "heading": self._text(value["heading"]),
            "body": self._rich(self._easier(value)),
        }

    def _steps(self, child: Any) -> dict[str, Any]:
        value = child.value
        if self._reading.face == Face.EASY and value["easy"]:
            return {"kind": "text", "heading": self._text(value["title"]), "body": self._rich(value["easy"])}
        steps = [
            {
                "title": self._text(step["title"]),
                "body": self._rich(self._easier(step)),
                "image": self._picture(step["image"]),
            }
            for step in value["steps"]
        ]
        return {"kind": "steps", "title": self._text(value["title"]), "steps": steps}

    def _callout(self, value: Any) -> dict[str, Any]:
        body = self._rich(self._easier(value))
        return {
            "kind": "callout",
            "variant": value["kind"],
            "title": self._text(value["title"]),
            "body": body,
        }

    def _table(self, value: Any) -> dict[str, Any]:
        if self._reading.face == Face.EASY and value["easy"]:
            return {
                "kind": "text",
                "heading": self._text(value["caption"]),
                "body": self._rich(value["easy"]),
            }
        width = len(value["header"])
        rows = [[self._text(cell) for cell in row][:width] for row in value["rows"]]
        return {
            "kind": "table",
            "caption": self._text(value["caption"]),
            "header": [self._text(cell) for cell in value["header"]],
            "rows": [row + [""] * (width - len(row)) for row in rows],
        }

    def _term(self, term: Any) -> dict[str, Any] | None:
        if term is None:
            return None
        body = rich_parts(f"<p>{marked_html(term.explanation, self._reading)}</p>")
        return {"kind": "term", "word": term.word, "reading": term.reading, "body": body}

    def _video(self, value: Any) -> dict[str, Any]:
        """Paper shows what is said in the video."""
        return {
            "kind": "text",
            "heading": self._text(value["title"]),
            "body": self._rich(self._easier(value, "transcript")),
        }

    def _checklist(self, value: Any) -> dict[str, Any]:
        items = [self._text(item) for item in value["items"]]
        return {"kind": "checklist", "title": self._text(value["title"]), "items": items}

    def _declaration(self, value: Any) -> dict[str, Any]:
        easy = value["easy"] if self._reading.face == Face.EASY else None
        body: Any = self._rich(easy) if easy else self._text(value["prompt"])
        return {"kind": "write", "title": self._text(value["title"]), "body": body, "lines": _LINES_TO_WRITE}

    def _package(self, child: Any) -> dict[str, Any]:
        """Paper cannot play it: the way to its place on the screen stands there instead."""
        value, number = child.value, first_screen(self._screens, str(child.id or ""))
        easy = value["easy"] if self._reading.face == Face.EASY else None
        shaped = {
            "kind": "screen",
            "title": self._text(value["title"]),
            "body": self._rich(easy) if easy else self._text(value["introduction"]),
            "line": self._text(_("This exercise is done on the screen.")),
        }
        if self._page.activity.code:
            url = short_url(self._page.activity.code, number)
            shaped |= {"url": url, "short_code": self._short(number), "qr_svg": qr_svg(url)}
        return shaped

    def _image(self, value: Any) -> dict[str, Any] | None:
        picture = self._picture(value["image"])
        if picture is None:
            return None
        return {"kind": "image", "image": {**picture, "caption": self._text(value["caption"])}}

    def _picture(self, image: Any) -> dict[str, str] | None:
        """A picture whose file is gone is left out: a sheet without it is better than none."""
        if image is None:
            return None
        try:
            rendition = image.get_rendition(_PICTURE_WIDTH)
            with rendition.file.open("rb") as file:
                content = file.read()
        except OSError:
            return None
        name = f"{image.pk}{PurePath(rendition.file.name).suffix}"
        self.files[name] = content
        return {"file": name, "alt": ruby.strip(image.alt_text)}
