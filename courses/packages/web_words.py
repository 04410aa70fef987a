"""Sentences for what was found in a SCORM or cmi5 file."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from courses.packages.contents import Said, said
from courses.packages.enums import ImportState
from courses.packages.h5p.problems import Problem
from courses.packages.models import PackageImport
from courses.packages.web.problems import WebFound

SENTENCES: dict[str, Promise] = {
    "no-package": _(
        "This is no package that can be played: neither h5p.json nor imsmanifest.xml nor cmi5.xml is in it. Save it once "
        "more as H5P, SCORM or cmi5 where it was made."
    ),
    "other-kind": _(
        "This file is of another kind (%(detail)s) than the package that it was to replace. Bring it as a new package."
    ),
    "program": _(
        "“%(file)s” is a program or a script for a server. Such files are not taken; save the package without it."
    ),
    "unknown-kind": _("What “%(file)s” is for is not known. It is kept, and only offered as a download."),
    "flash": _("“%(file)s” is a Flash film. No browser shows it any more."),
    "looks-different": _(
        "“%(file)s” is not what its name says. It may not be shown; save it once more in the right format."
    ),
    "outside": _(
        "“%(file)s” shows something from outside (%(detail)s). It stays empty where the network does not lead there."
    ),
    # imsmanifest.xml
    "no-manifest": _("imsmanifest.xml is not in the file, neither at its top nor one folder down."),
    "too-large": _("imsmanifest.xml is larger than can be read."),
    "not-xml": _(
        "imsmanifest.xml cannot be read as XML (%(detail)s). Save the package once more where it was made."
    ),
    "encoding": _("The characters of imsmanifest.xml cannot be read (%(detail)s). Save it as UTF-8."),
    "forbidden-xml": _(
        "imsmanifest.xml declares entities of its own. Such files are not read, because they can be harmful."
    ),
    "too-deep": _("The parts of imsmanifest.xml lie too deep inside each other."),
    "not-a-manifest": _("imsmanifest.xml begins with “%(detail)s” and is no manifest of a SCORM package."),
    "no-organization": _("imsmanifest.xml has no organization, so that nothing says what is to be played."),
    "nothing-to-launch": _("No item of imsmanifest.xml leads to a page that could be played."),
    "outside-launch": _(
        "An item of imsmanifest.xml leads out of the package (%(detail)s). Only pages inside it are played."
    ),
    "missing-file": _("“%(detail)s” stands in imsmanifest.xml and is not in the file. Nothing was kept."),
    "too-many-items": _(
        "imsmanifest.xml has more than %(detail)s items. Divide the course into several packages."
    ),
    "bad-identifier": _(
        "Each item of imsmanifest.xml needs an identifier of its own, of at most 255 characters. This one is not so: “%(detail)s”"
    ),
    "no-schemaversion": _(
        "The manifest does not say which version of SCORM it is. It is taken for what it looks like."
    ),
    "more-organizations": _(
        "The manifest has %(detail)s organizations. The one that it names first is played."
    ),
    "missing-resource": _("An item has no resource and is shown as a heading only: %(detail)s."),
    "missing-href": _("An item's resource has no page and is shown as a heading only: %(detail)s."),
    "other-case": _(
        "Upper and lower case differ between the manifest and the files: %(detail)s. The file was found."
    ),
    "prerequisites": _(
        "A condition of an item is more than a list of other items and is not kept to: %(detail)s."
    ),
    "sequencing": _(
        "The manifest has rules of sequencing that this site does not follow (%(detail)s). Learners go on with the menu "
        "and the buttons."
    ),
    "time-limit": _(
        "The package asks for a time limit (%(detail)s). The package is told of it; the site does not stop it."
    ),
}


def worded(found: Iterable[Problem | WebFound]) -> Said:
    """``[{code, file, message}]`` in the language of the person who will read it."""
    return [_entry(one) for one in found]


def _entry(one: Problem | WebFound) -> dict[str, str]:
    if isinstance(one, Problem):
        return said([one])[0]
    sentence = SENTENCES.get(one.code)
    text = str(sentence) % {"file": one.file, "detail": one.detail} if sentence else one.detail or one.code
    return {"code": one.code, "file": one.file, "message": text}


def refuse(row: PackageImport, code: str, *, detail: str = "", at: datetime) -> None:
    """For an upload that no kind of package takes."""
    row.errors, row.warnings, row.finished_at = worded([WebFound(code, detail=detail)]), [], at
    row.state = ImportState.REFUSED
    row.save(update_fields=["errors", "warnings", "state", "finished_at"])
