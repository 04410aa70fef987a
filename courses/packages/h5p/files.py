"""What is known of a file after it has passed."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PackageFile:
    """A file of a package as it was handed to the sink.

    ``path`` is relative to its library's folder or to the package; ``sha256`` (hex) and ``size`` (bytes) are of what was
    handed on; ``source_sha256`` is of the bytes in the archive: they differ only for drawings (SVG) that were cleaned.
    """

    path: str
    size: int
    sha256: str
    source_sha256: str
    media_type: str


def tree_hash(files: Iterable[PackageFile]) -> str:
    """One hash (hex SHA-256) for a set of files: their paths and their bytes as they came, in any order.

    Taken of the bytes before cleaning, so that a library keeps its hash when the cleaner gets better.
    """
    tree = hashlib.sha256()
    for path, digest in sorted((file.path, file.source_sha256) for file in files):
        tree.update(f"{path}\0{digest}\n".encode())
    return tree.hexdigest()
