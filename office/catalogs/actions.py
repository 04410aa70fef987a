"""Compiles catalogues and adds what they lack."""

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from office.catalogs.extraction import Found
from office.catalogs.files import LOCALE, PackageFiles, own_packages, read_catalog
from office.catalogs.queries import entries, is_translated

_HEADER = """msgid ""
msgstr ""
"Project-Id-Version: Fukumana\\n"
"Language: ja\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"
"""


def compile_catalogs(*, force: bool = False) -> list[Path]:
    """Compiles every package's .po files; returns the .mo files that were written.

    Needs neither a database nor a gettext program, so that set-up can call it first.
    Raises CatalogError for a damaged .po and then leaves that package's .mo as it was.
    """
    written = []
    for package in own_packages():
        target = package.catalog_folder / "django.mo"
        newest = max((path.stat().st_mtime_ns for path in package.po_files), default=None)
        if newest is None or (not force and target.exists() and target.stat().st_mtime_ns == newest):
            continue
        _write(merged(package), target, newest)
        written.append(target)
    return written


def merged(package: PackageFiles) -> Catalog:
    """All .po files of a package as one catalogue; the first file that translates a message wins."""
    whole = Catalog(locale=LOCALE)
    for path in package.po_files:
        for message in entries(read_catalog(path)):
            if is_translated(message) and whole.get(message.id, message.context) is None:
                whole.add(message.id, message.string, context=message.context, flags=message.flags)
    return whole


def add_missing(package: PackageFiles, missing: Iterable[Found]) -> int:
    """Appends messages with an empty translation to ``django.po``; returns how many.

    What stands in the file is left exactly as a person wrote it.
    """
    blocks = [_entry(found) for found in missing]
    if not blocks:
        return 0
    path = package.catalog_folder / "django.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    text = path.read_text(encoding="utf-8") if path.exists() else _HEADER
    _replace(path, (text.rstrip("\n") + "\n\n" + "\n\n".join(blocks) + "\n").encode())
    return len(blocks)


def _entry(found: Found) -> str:
    lines = []
    if found.context is not None:
        lines.append(f"msgctxt {_quoted(found.context)}")
    lines.append(f"msgid {_quoted(found.msgid)}")
    if found.plural is None:
        return "\n".join([*lines, 'msgstr ""'])
    return "\n".join([*lines, f"msgid_plural {_quoted(found.plural)}", 'msgstr[0] ""'])


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t").replace("\n", "\\n")
    return f'"{escaped}"'


def _write(catalog: Catalog, target: Path, newest: int) -> None:
    with tempfile.TemporaryFile() as buffer:
        write_mo(buffer, catalog)
        buffer.seek(0)
        _replace(target, buffer.read(), newest)


def _replace(target: Path, content: bytes, time_ns: int | None = None) -> None:
    """Writes beside the target and renames: a server that reads meanwhile sees the old file or the new one.

    ``time_ns`` stamps the file before the rename; a compiled catalogue carries the time of its newest source, so that any
    change of a source, also back to an older branch, is seen.
    """
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        temporary.chmod(0o644)
        if time_ns is not None:
            os.utime(temporary, ns=(time_ns, time_ns))
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
