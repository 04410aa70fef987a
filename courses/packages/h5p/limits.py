"""How much one package may ask for."""

from dataclasses import dataclass

KIB, MIB = 1024, 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of time and memory for reading one package; sizes in bytes.

    Memory is bounded by ``metadata_total_bytes`` and ``json_containers`` (parsed JSON is kept), never by the
    size of the package: every other file passes through in pieces.
    """

    package_bytes: int = 512 * MIB
    file_bytes: int = 256 * MIB
    total_bytes: int = 1024 * MIB
    files: int = 10_000
    # Real media does not shrink; text rarely beyond 30 to 1. Small files are free, because a short table repeats itself.
    ratio: int = 200
    ratio_free_bytes: int = 1 * MIB
    path_bytes: int = 240
    path_depth: int = 20
    content_json_bytes: int = 4 * MIB
    metadata_json_bytes: int = 1 * MIB
    metadata_total_bytes: int = 8 * MIB
    json_depth: int = 100
    json_containers: int = 200_000
    svg_bytes: int = 2 * MIB
    libraries: int = 300
    problems: int = 200


DEFAULT_LIMITS = Limits()
