"""The form over the texts of a package, as an author's browser fills it in."""

import copy
from typing import Any

from django.test import Client
from django.urls import reverse

from courses.packages.models import Library, Package, PackageVersion

TYPE = "Fukumana.ReasonedTrueFalse"
FIRST, STATEMENT = "/taskDescription", "/questions/0/statement"


def at_desk(name: str, *args: Any) -> str:
    return reverse(f"package_desk:{name}", args=args)


class Form:
    """Opened once; ``save`` sends the texts that differ, by path."""

    def __init__(self, browser: Client, package: Package) -> None:
        self.browser, self.package = browser, package
        self.address = at_desk("texts", package.uuid)
        self.open()

    def open(self) -> None:
        self.page: Any = self.browser.get(self.address)
        context = self.page.context
        self.base = str(context["version"].uuid)
        shown = [*context["groups"], *context["common"]]
        self.rows = {row.about.path: row for group in shown for row in group.rows}

    def data(self, texts: dict[str, str]) -> dict[str, str]:
        return {"base": self.base, **{self.rows[path].name: text for path, text in texts.items()}}

    def save(self, texts: dict[str, str], follow: bool = False) -> Any:
        return self.browser.post(self.address, self.data(texts), follow=follow)


def current(package: Package) -> PackageVersion:
    version = Package.objects.select_related("current").get(pk=package.pk).current
    assert version is not None
    return version


def widen(**more: Any) -> None:
    """The first text of the content type takes more or less than it did."""
    library = Library.objects.get(machine_name=TYPE)
    library.semantics = copy.deepcopy(library.semantics)
    library.semantics[0].update(more)
    library.save(update_fields=["semantics"])
