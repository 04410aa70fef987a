"""Where catalogues, sources and templates of each package lie."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import PoFileError, read_po
from django.apps import apps
from django.conf import settings

LOCALE = "ja"
# The package whose catalogue also takes what belongs to no package: shared templates and config/.
SHARED = "office"


class CatalogError(ValueError):
    """A .po file cannot be parsed; the message names the file."""


@dataclass(frozen=True)
class PackageFiles:
    """One package's part of the messages: ``sources`` and ``templates`` are files to search."""

    name: str
    folder: Path
    sources: tuple[Path, ...]
    templates: tuple[Path, ...]

    @property
    def catalog_folder(self) -> Path:
        return self.folder / "locale" / LOCALE / "LC_MESSAGES"

    @property
    def po_files(self) -> list[Path]:
        """Every .po of the package, ``django.po`` first (it wins where two files hold one message)."""
        return sorted(
            self.catalog_folder.glob("*.po"), key=lambda path: (path.name != "django.po", path.name)
        )


def own_packages() -> list[PackageFiles]:
    """The apps of this checkout, not those of libraries, which bring their own catalogues."""
    base = Path(settings.BASE_DIR)
    folders = {config.name: Path(config.path) for config in apps.get_app_configs()}
    own = {name: folder for name, folder in folders.items() if folder.parent == base}
    return [
        PackageFiles(name, folder, tuple(_sources(base, name, folder)), tuple(_templates(base, name, own)))
        for name, folder in sorted(own.items())
    ]


def read_catalog(path: Path) -> Catalog:
    """A .po file as Babel's catalogue."""
    try:
        with path.open("rb") as file:
            return read_po(file, locale=LOCALE, abort_invalid=True)
    except (PoFileError, UnicodeDecodeError, ValueError) as error:
        raise CatalogError(f"{path}: {error}") from error


def _sources(base: Path, name: str, folder: Path) -> Iterator[Path]:
    roots = [folder, base / "config"] if name == SHARED else [folder]
    for root in roots:
        yield from sorted(path for path in root.rglob("*.py") if "migrations" not in path.parts)


def _templates(base: Path, name: str, own: dict[str, Path]) -> Iterator[Path]:
    root = base / "templates"
    for path in sorted(p for p in root.rglob("*") if p.suffix in {".html", ".txt", ".xml"}):
        first = path.relative_to(root).parts[0]
        owner = first if first in own else SHARED
        if owner == name:
            yield path
