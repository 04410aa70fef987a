"""Files that the bench «packages» takes in: one long film, a great many small pictures, an exercise with some media."""

import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from random import Random

from courses.packages.examples.builder import build

EXAMPLE = "spot-the-scam.h5p"
MIB = 1024 * 1024


def write_files(folder: Path, *, quick: bool) -> Iterator[tuple[str, Path]]:
    """(what it is, path) of each file; the same bytes in every run."""
    film, pictures = (4, 100) if quick else (100, 3_000)
    yield "an exercise with 40 pictures", _written(folder / "usual.h5p", _pictures(40, 64 * 1024))
    yield f"one film of {film} MiB", _written(folder / "film.h5p", {"content/videos/film.mp4": _film(film)})
    yield f"{pictures:,} small pictures", _written(folder / "many.h5p", _pictures(pictures, 2 * 1024))


def _written(path: Path, files: dict[str, bytes]) -> Path:
    data = io.BytesIO(build(EXAMPLE))
    with zipfile.ZipFile(data, "a", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(name, content)
    path.write_bytes(data.getvalue())
    return path


def _film(mib: int) -> bytes:
    """Noise behind the head of an MP4 file: like a film it does not shrink."""
    noise = Random(1)  # noqa: S311 - the same bytes in every run
    return b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + noise.randbytes(mib * MIB)


def _pictures(count: int, size: int) -> dict[str, bytes]:
    noise = Random(2)  # noqa: S311 - the same bytes in every run
    return {
        f"content/images/{number}.png": b"\x89PNG\r\n\x1a\n" + noise.randbytes(size)
        for number in range(count)
    }


def facts_of(path: Path) -> str:
    """How many entries and bytes, for the table."""
    with zipfile.ZipFile(path) as package:
        entries = package.infolist()
    total = sum(entry.file_size for entry in entries)
    return json.dumps({"entries": len(entries), "MiB": round(total / MIB, 1)})
