"""The Markdown that lessons are written in: which rules hold, and how furigana passes through them."""

from __future__ import annotations

import re
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

from courses.readability.ruby import parse

CONTAINER = "container_block"

# Stand-ins for { | } of furigana and for a plain {. The bar would cut table cells, and braces count as
# punctuation, beside which ** does not open or close. These four are noncharacters: no text may hold them.
_OPEN, _BAR, _CLOSE, _BRACE = "\ufdd0", "\ufdd1", "\ufdd2", "\ufdd3"
_STAND_INS = re.compile("[\ufdd0-\ufdd3]")


@cache
def _parser() -> MarkdownIt:
    md = MarkdownIt("commonmark", {"html": False, "breaks": True, "xhtmlOut": False}).enable("table")
    md.use(front_matter_plugin)
    md.use(container_plugin, "block", validate=_is_container)
    # Indented text is how people write, not code; a line of --- below a text must not turn it into a heading.
    md.disable(["code", "lheading", "reference", "html_block", "html_inline", "autolink"])
    md.inline.ruler.before("emphasis", "strong", _strong)
    return md


def _is_container(params: str, _markup: str) -> bool:
    return bool(params.strip())


def _strong(state: StateInline, silent: bool) -> bool:
    """`**…**` by its marks alone: the standard rule fails beside 「」 and 。, as in `**「いる」。**次に`."""
    start, limit = state.pos + 2, state.posMax
    end = state.src.find("**", start, limit) if state.src.startswith("**", state.pos) else -1
    if end <= start or not state.src[start:end].strip():
        return False
    if not silent:
        state.push("strong_open", "strong", 1).markup = "**"
        state.pos, state.posMax = start, end
        state.md.inline.tokenize(state)
        state.push("strong_close", "strong", -1).markup = "**"
    state.pos, state.posMax = end + 2, limit
    return True


def parse_markdown(source: str) -> SyntaxTreeNode:
    return SyntaxTreeNode(_parser().parse(_protected(source)))


def render(nodes: list[SyntaxTreeNode]) -> str:
    """HTML with furigana as marked text."""
    tokens = [token for node in nodes for token in node.to_tokens()]
    md = _parser()
    return restored(str(md.renderer.render(tokens, md.options, {}))).strip()


def _protected(source: str) -> str:
    parts = []
    for segment in parse(_STAND_INS.sub("", source)):
        base = segment.base.replace("{", _BRACE)
        marked = f"{_OPEN}{base}{_BAR}{segment.reading}{_CLOSE}"
        parts.append(base if segment.reading is None else marked)
    return "".join(parts)


def restored(text: str) -> str:
    """Marked text again. Backslashes in front of a brace are doubled, as `ruby.parse` halves them."""
    text = re.sub(rf"(\\*){_BRACE}", r"\1\1\\{", text)
    text = re.sub(rf"(\\*){_OPEN}", r"\1\1{", text)
    return text.replace(_BAR, "|").replace(_CLOSE, "}")
