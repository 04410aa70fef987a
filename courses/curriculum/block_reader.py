"""From the Markdown tree of a lesson to its blocks. Problems are logged with their line, none is raised."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import get_args

from markdown_it.tree import SyntaxTreeNode

from courses.curriculum.blocks import (
    Block,
    CalloutBlock,
    CalloutKind,
    ChecklistBlock,
    DeclarationBlock,
    Step,
    StepsBlock,
    TableBlock,
    TextBlock,
)
from courses.curriculum.errors import ErrorLog
from courses.curriculum.markdown import CONTAINER, parse_markdown, render, restored
from courses.readability.ruby import strip

_CALLOUTS: tuple[CalloutKind, ...] = get_args(CalloutKind)
_CAPTION = re.compile(r"(?:表|\{表\|ひょう\})[：:]\s*")
_INLINE = {"text", "softbreak", "hardbreak", "strong", "em", "link"}
_FLOW = {"paragraph", "bullet_list", "ordered_list", "list_item", "inline", "heading", *_INLINE}
_LINKS = ("http://", "https://", "mailto:", "tel:", "/", "#")
_UNSUPPORTED = {
    CONTAINER: "::: の中に ::: は書けません。前の ::: を閉じてから始めてください",
    "blockquote": "引用（行頭の >）は使えません。::: callout を使ってください",
    "fence": "``` は使えません",
    "code_inline": "` は使えません",
    "hr": "区切り線（---）は使えません。「## 」の見出しで分けてください",
    "image": "画像は本文に書けません。編集画面から入れてください",
    "table": "表は ::: や一覧の外に書いてください",
    "heading": "見出しは「## 」（新しいまとまり）か「### 」だけです。一覧や ::: の中では「### 」だけ使えます",
}


def read_blocks(source: str, file: Path, log: ErrorLog) -> tuple[Block, ...]:
    """`source` is the whole file; its front matter is passed over."""
    reader = _Reader(source, file, log)
    for node in parse_markdown(source).children:
        reader.take(node)
    reader.end_text()
    return tuple(reader.blocks)


class _Reader:
    def __init__(self, source: str, file: Path, log: ErrorLog) -> None:
        self.blocks: list[Block] = []
        self._lines = source.split("\n")
        self._file = file
        self._log = log
        self._heading = ""
        self._text: list[SyntaxTreeNode] = []

    def _error(self, node: SyntaxTreeNode, message: str) -> None:
        while node.map is None and node.parent is not None:
            node = node.parent
        self._log.add(self._file, node.map[0] + 1 if node.map else 1, message)

    def take(self, node: SyntaxTreeNode) -> None:
        if node.type == "heading" and node.tag == "h2":
            self.end_text()
            self._heading = self._plain(node)
        elif node.type == "table":
            caption = self._caption()
            self.end_text()
            self.blocks.append(self._table(node, caption))
        elif node.type == CONTAINER:
            self.end_text()
            self._container(node)
        elif node.type != "front_matter":
            self._check(node)
            self._text.append(node)

    def end_text(self) -> None:
        if self._heading or self._text:
            self.blocks.append(TextBlock(self._heading, render(self._text)))
        self._heading, self._text = "", []

    def _check(self, node: SyntaxTreeNode) -> None:
        """Logs whatever may not stand in flowing text."""
        if node.type not in _FLOW or (node.type == "heading" and node.tag != "h3"):
            self._error(node, _UNSUPPORTED.get(node.type, f"{node.type} は使えません"))
            return
        if node.type == "text":
            self._check_text(node)
        elif node.type == "link" and not str(node.attrGet("href") or "").startswith(_LINKS):
            self._error(node, "リンク先は https:// か mailto:、tel:、/ で始めてください")
        for child in node.children:
            self._check(child)

    def _check_text(self, node: SyntaxTreeNode) -> None:
        text = node.content.lstrip()
        if text.startswith("："):
            self._error(node, "::: は半角で書いてください")
        elif text.startswith(":::"):
            self._error(node, "閉じる ::: に対応する始まりがありません")
        elif "**" in text:
            self._error(node, "太字の ** が組になっていません")

    def _plain(self, node: SyntaxTreeNode) -> str:
        """The text of a heading, cell, item or paragraph that takes neither bold type nor links."""
        parts = []
        for child in node.children:
            if child.type in ("inline", "paragraph"):
                parts.append(self._plain(child))
            elif child.type in ("softbreak", "hardbreak"):
                parts.append("\n")
            elif child.type == "text":
                self._check_text(child)
                parts.append(restored(child.content))
            else:
                self._error(child, "ここには文字とふりがなだけを書けます（太字・リンク・一覧は使えません）")
        return "".join(parts).strip()

    def _caption(self) -> str:
        if not self._text or self._text[-1].type != "paragraph":
            return ""
        match = _CAPTION.match(restored(self._text[-1].children[0].content))
        return self._plain(self._text.pop())[match.end() :] if match else ""

    def _table(self, node: SyntaxTreeNode, caption: str) -> TableBlock:
        rows = [row for part in node.children for row in part.children]
        header, *body = [tuple(self._plain(cell) for cell in row.children) for row in rows]
        for row in rows:
            if self._bars(row) > len(header) - 1:
                self._error(row, f"この行のます目が多すぎます（見出しは {len(header)} 列です）")
        if not body:
            self._error(node, "表に行がありません")
        return TableBlock(caption, header, tuple(body))

    def _bars(self, row: SyntaxTreeNode) -> int:
        line = strip(self._lines[row.map[0]]) if row.map else ""
        line = line.replace("\\|", "").strip()
        return line.removeprefix("|").removesuffix("|").count("|")

    def _container(self, node: SyntaxTreeNode) -> None:
        name, _, rest = restored(node.info).strip().partition(" ")
        title = rest.strip()
        nested = next((child for child in node.walk(include_self=False) if child.type == CONTAINER), None)
        if nested is not None:
            self._error(nested, _UNSUPPORTED[CONTAINER])
            return
        self._check_closed(node, name)
        if name == "easy":
            self._easy(node, title)
        elif name == "steps":
            self.blocks.append(StepsBlock(title, self._steps(node)))
        elif name == "checklist":
            self.blocks.append(ChecklistBlock(title, self._items(node)))
        elif name == "callout":
            self._callout(node, title)
        elif name == "declaration":
            self.blocks.append(DeclarationBlock(title, self._prompt(node)))
        else:
            names = "steps、callout、checklist、declaration、easy"
            self._error(node, f"「::: {name}」は使えません。使えるのは {names} です")

    def _check_closed(self, node: SyntaxTreeNode, name: str) -> None:
        end = node.map[1] if node.map else 0
        if end >= len(self._lines) or not self._lines[end].lstrip().startswith(":::"):
            self._error(node, f"「::: {name}」が ::: で閉じられていません")

    def _easy(self, node: SyntaxTreeNode, title: str) -> None:
        if title:
            self._error(node, "::: easy に題名はつきません")
        html = self._html(node)
        if not self.blocks or self.blocks[-1].easy_html:
            self._error(node, "::: easy は、やさしくするまとまりのすぐ後に一つだけ書いてください")
        else:
            self.blocks[-1] = replace(self.blocks[-1], easy_html=html)

    def _html(self, node: SyntaxTreeNode) -> str:
        for child in node.children:
            self._check(child)
        if not node.children:
            self._error(node, "::: の中が空です")
        return render(node.children)

    def _callout(self, node: SyntaxTreeNode, rest: str) -> None:
        word, _, title = rest.partition(" ")
        kind = next((kind for kind in _CALLOUTS if kind == word), None)
        if kind is None:
            self._error(node, f"::: callout の後には {'、'.join(_CALLOUTS)} のどれかを書いてください")
        self.blocks.append(CalloutBlock(kind or "tip", title.strip(), self._html(node)))

    def _prompt(self, node: SyntaxTreeNode) -> str:
        if any(child.type != "paragraph" for child in node.children) or not node.children:
            self._error(node, "::: declaration の中には、問いかけの文を書いてください")
        return "\n".join(self._plain(child) for child in node.children if child.type == "paragraph")

    def _list(self, node: SyntaxTreeNode, kind: str, message: str) -> list[SyntaxTreeNode]:
        if len(node.children) == 1 and node.children[0].type == kind:
            return node.children[0].children
        self._error(node, message)
        return []

    def _items(self, node: SyntaxTreeNode) -> tuple[str, ...]:
        items = self._list(node, "bullet_list", "::: checklist の中には「- 」の一覧だけを書いてください")
        return tuple(self._plain(item) for item in items)

    def _steps(self, node: SyntaxTreeNode) -> tuple[Step, ...]:
        message = (
            "::: steps の中には「1. 」の一覧だけを書いてください。続きの行は数字の後ろにそろえて下げます"
        )
        return tuple(self._step(item) for item in self._list(node, "ordered_list", message))

    def _step(self, item: SyntaxTreeNode) -> Step:
        for child in item.children:
            self._check(child)
        if not item.children:
            self._error(item, "手順が空です")
            return Step("", "")
        title = ""
        if item.children[0].type == "paragraph":
            title = _take_title(item.children[0].children[0])
        return Step(title, render(_shown(item.children)))


def _take_title(inline: SyntaxTreeNode) -> str:
    """Cuts `**…**` off a step's text where it fills the first line; bold words in a sentence stay."""
    children = inline.children
    if not children or children[0].type != "strong":
        return ""
    if len(children) > 1 and children[1].type not in ("softbreak", "hardbreak"):
        return ""
    inline.children = children[2:]
    if inline.token is not None:
        # Older versions of the tree write the token's children, newer ones its own: keep them alike.
        inline.token.children = [token for child in children[2:] for token in child.to_tokens()]
    return restored("".join(node.content for node in children[0].walk() if node.type == "text")).strip()


def _shown(nodes: list[SyntaxTreeNode]) -> list[SyntaxTreeNode]:
    """Without a paragraph that the title has emptied; paragraphs of tight lists get their p back."""
    shown = []
    for node in nodes:
        if node.type == "paragraph" and node.nester_tokens:
            node.nester_tokens.opening.hidden = node.nester_tokens.closing.hidden = False
            if not node.children[0].children:
                continue
        shown.append(node)
    return shown
