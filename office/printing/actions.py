"""PDF from the templates under ``templates/print/``.

Nothing is stored: a sheet is made from its data each time, and the same data make the same
bytes. The shape of the data stands at the top of each ``.typ`` file.
"""

import io
import json
import logging
import shutil
import tempfile
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal

import segno
import typst
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone

from office.calendar.rules import wareki
from office.printing.rules import safe_file_name, template_name

logger = logging.getLogger(__name__)

ACCESSIBLE = "ua-1"


class PrintError(RuntimeError):
    """A sheet could not be made: a template is missing, or its data lack something."""


def render_pdf(
    template: str, data: Mapping[str, object], *, files: Mapping[str, bytes] | None = None
) -> bytes:
    """The PDF of ``templates/print/<template>.typ``, tagged for screen readers (PDF/UA-1).

    ``data`` is JSON; dates in it are printed as 令和8年4月1日. ``files`` are pictures (PNG, JPEG,
    GIF, WebP, SVG) that ``data`` names. A sheet that cannot meet PDF/UA (say a picture without alt
    text) is made without that promise, and the log says why. Raises PrintError.
    """
    try:
        return _pdf(template, data, files, [ACCESSIBLE])
    except PrintError as error:
        if "PDF/UA" not in str(error):
            raise
        logger.warning("sheet is not PDF/UA", extra={"template": template}, exc_info=error)
        return _pdf(template, data, files, [])


def render_pages(
    template: str, data: Mapping[str, object], *, files: Mapping[str, bytes] | None = None, ppi: int = 144
) -> list[bytes]:
    """The same sheet as one PNG a page: a preview on the screen, a proof in tests."""
    return _compiled(template, data, files, output="png", ppi=ppi)


def qr_svg(url: str) -> str:
    """A QR code as SVG that stands alone: in a page, in a file and in a sheet.

    Level Q still reads with a quarter of it dirty or worn. Black on white with its quiet zone also
    where the page around it is dark.
    """
    output = io.BytesIO()
    segno.make(url, error="q", micro=False).save(
        output,
        kind="svg",
        xmldecl=False,
        svgns=True,
        omitsize=True,
        nl=False,
        light="#fff",
        svgclass=None,
        lineclass=None,
    )
    return output.getvalue().decode("utf-8")


class _PrintEncoder(DjangoJSONEncoder):
    """Dates reach paper in words."""

    def default(self, o: Any) -> Any:
        if isinstance(o, datetime):
            local = timezone.localtime(o) if timezone.is_aware(o) else o
            return f"{wareki(local.date())} {local:%H:%M}"
        return wareki(o) if isinstance(o, date) else super().default(o)


def _pdf(
    template: str, data: Mapping[str, object], files: Mapping[str, bytes] | None, standards: list[str]
) -> bytes:
    return b"".join(_compiled(template, data, files, output="pdf", pdf_standards=standards))


def _compiled(
    template: str,
    data: Mapping[str, object],
    files: Mapping[str, bytes] | None,
    *,
    output: Literal["pdf", "png"],
    **options: Any,
) -> list[bytes]:
    """One PDF, or one PNG a page."""
    text = json.dumps(data, cls=_PrintEncoder, ensure_ascii=False)
    with tempfile.TemporaryDirectory(prefix="print-") as folder:
        root = _laid_out(Path(folder), files or {})
        try:
            compiler = typst.Compiler(
                root / template_name(template), root=root, font_paths=_fonts(), sys_inputs={"data": text}
            )
            made = compiler.compile(format=output, **options)
        except (RuntimeError, OSError) as error:
            raise PrintError(f"{template}: {error}") from error
    return made if isinstance(made, list) else [made or b""]


def _laid_out(root: Path, files: Mapping[str, bytes]) -> Path:
    """A folder of the templates and this sheet's pictures: all that a template can read."""
    shutil.copytree(Path(settings.BASE_DIR) / "templates" / "print", root, dirs_exist_ok=True)
    if files:
        (root / "files").mkdir()
        for name, content in files.items():
            (root / "files" / safe_file_name(name)).write_bytes(content)
    return root


@cache
def _fonts() -> Any:
    """Only the fonts that we ship, so that every machine prints the same."""
    folders = [str(folder) for folder in settings.PRINT_FONT_DIRS if Path(folder).is_dir()]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)
