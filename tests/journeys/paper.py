"""What a printed sheet says to an eye and to a camera."""

import io
from pathlib import Path

import typst
import zxingcpp
from PIL import Image
from pypdf import PdfReader

SHEET = '#set page(width: 210mm, height: 297mm, margin: 0pt)\n#image("sheet.pdf", width: 210mm)'


def words(pdf: bytes) -> str:
    """All text without white space: a sheet breaks its lines where it likes."""
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    return "".join(text.split())


def codes(pdf: bytes, folder: Path) -> list[str]:
    """What a camera reads from the square codes of the first page."""
    (folder / "sheet.pdf").write_bytes(pdf)
    (folder / "sheet.typ").write_text(SHEET, encoding="utf-8")
    png = typst.compile(folder / "sheet.typ", format="png", ppi=144)
    assert isinstance(png, bytes)
    return [found.text for found in zxingcpp.read_barcodes(Image.open(io.BytesIO(png)))]
