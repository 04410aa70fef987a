"""The rich text of a lesson as the parts that a printed sheet sets: see ``templates/print/lib.typ``. Plain Python."""

from html.parser import HTMLParser
from typing import Any

Run = str | dict[str, Any]


def rich_parts(html: str) -> list[dict[str, Any]]:
    """Paragraphs, headings and lists with runs of marked text; links become their words, what is nested is flattened."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.end_paragraph()
    return reader.parts


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[dict[str, Any]] = []
        self._runs: list[Run] = []
        self._lists: list[dict[str, Any]] = []
        self._heading = False
        self._bold = 0

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag in ("p", "div", "li", "h2", "h3", "h4"):
            self.end_paragraph()
        if tag in ("ul", "ol"):
            self.end_paragraph()
            self._lists.append({"kind": "list", "ordered": tag == "ol", "items": []})
        elif tag == "br":
            self._line_break()
        elif tag in ("strong", "b", "em", "i"):
            self._bold += 1
        self._heading = tag in ("h2", "h3", "h4") or (self._heading and tag not in ("p", "div", "li"))

    def handle_endtag(self, tag: str) -> None:
        if tag in ("p", "div", "li", "h2", "h3", "h4"):
            self.end_paragraph()
        if tag in ("ul", "ol") and self._lists:
            self.end_paragraph()
            self._close_list()
        elif tag in ("strong", "b", "em", "i"):
            self._bold = max(0, self._bold - 1)

    def handle_data(self, data: str) -> None:
        text = data.replace("\n", "")
        if text:
            self._runs.append({"text": text, "bold": True} if self._bold else text)

    def _line_break(self) -> None:
        """A new line begins a new paragraph on paper; inside a list item it is a space."""
        if self._lists:
            self._runs.append("　")
        else:
            self.end_paragraph()

    def end_paragraph(self) -> None:
        runs, self._runs = self._runs, []
        if not any(_words(run).strip() for run in runs):
            return
        if self._lists:
            self._lists[-1]["items"].append(runs)
        elif self._heading:
            self.parts.append({"kind": "heading", "text": "".join(map(_words, runs))})
        else:
            self.parts.append({"kind": "paragraph", "runs": runs})

    def _close_list(self) -> None:
        done = self._lists.pop()
        if self._lists:
            self._lists[-1]["items"].extend(done["items"])
        elif done["items"]:
            self.parts.append(done)


def _words(run: Run) -> str:
    return run if isinstance(run, str) else str(run["text"])
