"""Catalogues are collected, compared and compiled without a gettext program."""

import gettext
import os
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from office.catalogs import actions, files, queries
from office.catalogs.extraction import template_messages
from office.catalogs.rules import keeps_placeholders

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'


@pytest.fixture
def package(tmp_path: Path) -> files.PackageFiles:
    """A package of one module and one template, with an empty catalogue folder."""
    folder = tmp_path / "shop"
    folder.mkdir()
    (folder / "views.py").write_text(
        "from django.utils.translation import gettext as _, ngettext, pgettext\n"
        'greet = _("Good morning")\n'
        'count = ngettext("%(n)s sheet", "%(n)s sheets", 2)\n'
        'month = pgettext("calendar", "May")\n',
        encoding="utf-8",
    )
    template = tmp_path / "page.html"
    template.write_text("{% load i18n %}<h1>{% translate 'Open the door' %}</h1>", encoding="utf-8")
    made = files.PackageFiles("shop", folder, (folder / "views.py",), (template,))
    made.catalog_folder.mkdir(parents=True)
    return made


@pytest.fixture(params=["おはよう".encode("cp932"), b'msgid "Good morning"\nmsgstr "x"\nsomething else\n'])
def damage(request):
    """What a foreign editor leaves behind: another encoding, a lost quotation mark."""
    return HEADER.encode() + request.param


@pytest.fixture
def only(package, monkeypatch):
    """The commands see only this package."""
    monkeypatch.setattr(actions, "own_packages", lambda: [package])
    monkeypatch.setattr("office.management.commands.catalogs.own_packages", lambda: [package])
    return package


def write(package, name, *entries):
    path = package.catalog_folder / name
    path.write_text(HEADER + "\n\n".join(entries) + "\n", encoding="utf-8")
    return path


def entry(msgid, msgstr):
    return f'msgid "{msgid}"\nmsgstr "{msgstr}"'


def load(package):
    with (package.catalog_folder / "django.mo").open("rb") as file:
        return gettext.GNUTranslations(file)


def test_it_finds_messages_of_python_and_templates(package):
    report = queries.review(package)
    assert {found.msgid for found in report.missing} == {
        "Good morning",
        "%(n)s sheet",
        "May",
        "Open the door",
    }
    assert not report.complete


def test_it_finds_blocks_plurals_and_arguments_in_a_template_with_japanese_text():
    text = """{% load i18n %}
    <p>日本語 "quoted" # not a comment 'text</p>
        {% blocktranslate trimmed with name=person.name %}
          Hello {{ name }},
          well done.
        {% endblocktranslate %}
      {% blocktranslate count n=total trimmed %}One lesson{% plural %}{{ n }} lessons{% endblocktranslate %}
    {% include "x.html" with title=_("A title") %}
    {% translate "May" context "calendar" %}"""
    found = {(m.msgid, m.plural, m.context) for m in template_messages(text, "x.html")}
    assert ("Hello %(name)s, well done.", None, None) in found
    assert ("One lesson", "%(n)s lessons", None) in found
    assert ("A title", None, None) in found
    assert ("May", None, "calendar") in found


def test_it_merges_every_po_of_a_folder_and_prefers_what_is_translated(only):
    write(only, "django.po", entry("Good morning", ""), entry("Open the door", "開けてください"))
    write(only, "design.po", entry("Good morning", "おはようございます"))
    call_command("compile_catalogs", verbosity=0)
    assert load(only).gettext("Good morning") == "おはようございます"
    assert load(only).gettext("Open the door") == "開けてください"
    assert "Good morning" not in queries.review(only).untranslated


def test_it_compiles_only_what_changed(only):
    path = write(only, "django.po", entry("Good morning", "おはようございます"))
    assert actions.compile_catalogs() == [only.catalog_folder / "django.mo"]
    assert actions.compile_catalogs() == []
    write(only, "django.po", entry("Good morning", "こんにちは"))
    os.utime(path, ns=(1, 1))  # an older branch was checked out
    assert actions.compile_catalogs() == [only.catalog_folder / "django.mo"]
    assert load(only).gettext("Good morning") == "こんにちは"
    assert [p.name for p in only.catalog_folder.iterdir() if p.name.startswith(".")] == []


def test_a_damaged_po_is_named_and_the_compiled_file_stays(only, damage):
    write(only, "django.po", entry("Good morning", "おはようございます"))
    actions.compile_catalogs()
    (only.catalog_folder / "django.po").write_bytes(damage)
    with pytest.raises(CommandError, match=r"django\.po"):
        call_command("compile_catalogs", verbosity=0)
    assert load(only).gettext("Good morning") == "おはようございます"


def test_update_adds_what_is_missing_and_touches_nothing_else(only):
    path = write(only, "django.po", "# mine", entry("Good morning", "おはようございます"))
    before = path.read_text(encoding="utf-8")
    call_command("catalogs", "--update", stdout=StringIO())
    assert path.read_text(encoding="utf-8").startswith(before.rstrip("\n"))
    report = queries.review(only)
    assert report.missing == []
    assert set(report.untranslated) == {"%(n)s sheet", "May", "Open the door"}
    with pytest.raises(CommandError, match="not complete"):
        call_command("catalogs", "--check", stdout=StringIO())


def test_it_names_obsolete_broken_and_conflicting_entries(package):
    write(
        package,
        "django.po",
        entry("Gone", "もうない"),
        entry("Open the door", "開ける"),
        'msgid "%(n)s sheet"\nmsgid_plural "%(n)s sheets"\nmsgstr[0] "%(m)s枚"',
    )
    write(package, "design.po", entry("Open the door", "ひらく"))
    report = queries.review(package)
    assert report.obsolete == ["Gone"]
    assert report.broken == ["%(n)s sheet"]
    assert report.conflicting == ["design.po: Open the door"]


@pytest.mark.parametrize(
    ("originals", "translation", "kept"),
    [
        (["%(n)s of %(m)s"], "%(m)s 中 %(n)s", True),
        (["%(n)s of %(m)s"], "%(n)s", False),
        (["One lesson", "%(n)s lessons"], "%(n)s課", True),
        (["100 %% done"], "100 %% 完了", True),
        (["{code} is used"], "{kode} は使われています", False),
    ],
)
def test_a_translation_keeps_what_code_fills_in(originals, translation, kept):
    assert keeps_placeholders(originals, translation) is kept


def test_every_own_package_is_looked_at():
    names = {package.name for package in files.own_packages()}
    assert {"office", "people", "courses", "assessments", "learning", "reporting", "demo"} <= names
    assert all(".venv" not in str(package.folder) for package in files.own_packages())


def test_shared_templates_belong_to_office():
    by_name = {package.name: package for package in files.own_packages()}
    assert any(path.name == "base.html" for path in by_name["office"].templates)
    assert all("courses" not in path.parts for path in by_name["office"].templates)


def test_every_message_of_office_and_the_shared_templates_is_in_japanese():
    report = queries.review(next(package for package in files.own_packages() if package.name == "office"))
    assert report.complete, report


def test_one_message_has_one_translation_in_all_packages():
    """Django merges the catalogues of all packages: of two words for one message only one would ever be shown."""
    words: dict[tuple[str, str | None], dict[str, str]] = {}
    for package in files.own_packages():
        for path in package.po_files:
            for message in queries.entries(files.read_catalog(path)):
                msgid = message.id if isinstance(message.id, str) else message.id[0]
                words.setdefault((msgid, message.context), {})[str(message.string)] = (
                    f"{package.name}/{path.name}"
                )
    assert len(words) > 1000
    assert {key: found for key, found in words.items() if len(found) > 1} == {}
