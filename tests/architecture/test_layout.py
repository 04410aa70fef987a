"""The house stays readable: short files, short functions, names with an owner, no hidden imports."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT, files, ours

MOST_LINES = 300
MOST_FUNCTION_LINES = 50
NAMELESS = {"utils", "helpers", "common", "core", "services", "misc"}


def test_no_file_is_longer_than_300_lines():
    long = {
        str(path.relative_to(ROOT)): count
        for path in files(".py", ".js", ".css", ".html")
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > MOST_LINES
    }
    assert not long


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def test_no_function_is_longer_than_50_lines():
    long = [
        f"{path.relative_to(ROOT)}:{function.lineno} {function.name}"
        for path in files(".py")
        for function in functions(path)
        if (function.end_lineno or 0) - function.lineno >= MOST_FUNCTION_LINES
    ]
    assert not long


def test_every_module_has_a_name_that_says_what_it_is_for():
    nameless = [path for path in files(".py") if NAMELESS & {*path.relative_to(ROOT).with_suffix("").parts}]
    assert not nameless


def test_no_import_hides_inside_a_function():
    """An import inside a function is a cycle in disguise; only ``AppConfig.ready`` needs it."""
    hidden = [
        f"{path.relative_to(ROOT)}:{inner.lineno}"
        for path in files(".py")
        if ours(path) and path.name != "apps.py"
        for function in functions(path)
        for inner in ast.walk(function)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]
    assert not hidden


@pytest.mark.parametrize("word", ["/work/", "/root/", "TODO", "FIXME"])
def test_nothing_unfinished_or_of_one_machine_stands_in_the_tree(word):
    found = [
        str(path.relative_to(ROOT))
        for path in files(".py", ".html", ".md", ".css", ".js", ".typ", ".toml", "Makefile")
        if path != Path(__file__).resolve() and word in path.read_text(encoding="utf-8")
    ]
    assert not found


def test_no_page_or_script_asks_another_host():
    """No CDN, no font service, no analytics: a page names no address with a host in an attribute that loads."""
    loads = [
        f"{path.relative_to(ROOT)}: {line.strip()[:100]}"
        for path in files(".html", ".css", ".js")
        for line in path.read_text(encoding="utf-8").splitlines()
        if any(
            mark in line
            for mark in (
                'src="http',
                "src='http",
                "url(http",
                "url('http",
                'url("http',
                '@import "http',
                'fetch("http',
            )
        )
        or ("<link" in line and 'href="http' in line)
    ]
    assert not loads
