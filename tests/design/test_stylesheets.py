"""The stylesheets as text: one place for colours, nothing undefined, light to carry."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from config.settings.base import BASE_DIR

OURS = sorted((BASE_DIR / "static" / "css").glob("*.css"))
TOKENS = BASE_DIR / "static" / "css" / "tokens.css"
VENDOR = BASE_DIR / "node_modules" / "@digital-go-jp" / "design-tokens" / "dist" / "tokens.css"

_VARIABLE = re.compile(r"(--[\w-]+):\s*([^;]+);")


def _linked() -> list[str]:
    return re.findall(r'<(?:link|script)[^>]*(?:href|src)="/static/([^"]+)"', render_to_string("base.html"))


def _found(name: str) -> bytes:
    path = finders.find(name)
    assert isinstance(path, str), f"{name} is linked and does not exist"
    with open(path, "rb") as file:  # noqa: PTH123 - the finder gives a string
        return file.read()


def test_what_every_page_loads_is_light() -> None:
    """The frame of a page; a lesson page adds its own and stays under 12 requests and 60 KB."""
    linked = _linked()
    assert len([name for name in linked if name.endswith(".css")]) <= 5
    assert len(linked) <= 7
    assert sum(len(gzip.compress(_found(name))) for name in linked) < 20_000


@pytest.mark.parametrize("path", [p for p in OURS if p != TOKENS], ids=lambda p: p.name)
def test_only_the_tokens_name_colours(path: Path) -> None:
    css = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.S)
    screen = re.sub(r"@media print \{.*?\n\}", "", css, flags=re.S)
    assert not re.findall(
        r"--color-(?:primitive|neutral)[\w-]*|#(?!000\b)[0-9a-fA-F]{3,8}\b|\brgba?\(", screen
    )


@pytest.mark.skipif(not VENDOR.exists(), reason="npm packages are not installed")
def test_the_values_are_those_of_the_published_design_tokens() -> None:
    published = dict(_VARIABLE.findall(VENDOR.read_text(encoding="utf-8")))
    first_block = TOKENS.read_text(encoding="utf-8").split(":root {")[1]
    ours = dict(_VARIABLE.findall(first_block))
    assert ours
    assert {name: published.get(name) for name in ours} == ours


def test_every_variable_that_is_used_exists() -> None:
    texts = [path.read_text(encoding="utf-8") for path in OURS]
    used = {name for text in texts for name in re.findall(r"var\((--[\w-]+)", text)}
    made = {name for text in texts for name in re.findall(r"(--[\w-]+)\s*:", text)}
    # Those that begin with --w- are Wagtail's, for our screens inside its admin.
    assert {name for name in used - made if not name.startswith("--w-")} == set()


@pytest.mark.parametrize("path", OURS, ids=lambda p: p.name)
def test_no_letter_is_smaller_than_sixteen_pixels(path: Path) -> None:
    """Readings above the letters apart."""
    css = re.sub(r"\brt\s*\{.*?\}", "", path.read_text(encoding="utf-8"), flags=re.S)
    sizes = re.findall(r"font-size:\s*(0?\.\d+(?:r?em)|\d+px|var\(--font-size-14\))", css)
    assert [s for s in sizes if not (s.endswith("px") and int(s[:-2]) >= 16)] == []
