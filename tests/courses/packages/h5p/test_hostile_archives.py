"""Archives made to hurt: each is refused with its code, and never read further than its bounds."""

import io
import os
import struct
import zlib
from dataclasses import replace

import pytest

from courses.packages import h5p
from courses.packages.h5p.archive import PIECE, Archive, BadEntry
from courses.packages.h5p.limits import Limits
from courses.packages.h5p.problems import Problems
from tests.courses.packages.h5p import builders as b


class Counter:
    """A sink that keeps nothing and counts everything."""

    def __init__(self) -> None:
        self.bytes = self.begun = self.finished = self.abandoned = self.largest = 0

    def begin(self, path: str) -> "Counter":
        self.begun += 1
        return self

    def write(self, piece: bytes) -> None:
        self.bytes += len(piece)
        self.largest = max(self.largest, len(piece))

    def finish(self, file: h5p.PackageFile) -> None:
        self.finished += 1

    def abandon(self) -> None:
        self.abandoned += 1


class CountingFile(io.BytesIO):
    """A file that counts what is read from it."""

    read_bytes = 0

    def read(self, size: int | None = -1, /) -> bytes:
        piece = super().read(size)
        self.read_bytes += len(piece)
        return piece


def refusals(data: bytes, **options) -> set[str]:
    """The codes of a package that must not be taken; nothing of it may have been handed on."""
    counter = Counter()
    package = b.read(data, sink=counter, **options)
    assert not package.ok
    assert counter.bytes == 0
    return b.codes(package.problems.errors)


@pytest.mark.parametrize(
    "name",
    [
        "../evil.js",
        "H5P.Main-1.0/../../evil.js",
        "content/../../../etc/passwd",
        "content/..",
        "/etc/passwd",
        "//server/share/x.png",
        "C:/windows/x.png",
        "content/C:x.png",
        "content\\..\\..\\x.png",
        "..\\x.png",
        "content//x.png",
        "content/./x.png",
        "./h5p.json",
        "content/x.png\0.js",
        "content/x\n.png",
        "content/x\x7f.png",
        "content/x\u0085.png",
        "content/gnp\u202e.exe.png",
        "content/\u2066x.png",
        "content/ .. /x.png",
        "content/.../x.png",
        "content/\ufeffx.png",
    ],
)
def test_a_name_that_leads_elsewhere_or_hides_itself_is_refused(name):
    assert refusals(b.with_entry(name=name.encode())) == {"unsafe-path"}


def test_long_and_deep_names_are_refused():
    assert refusals(b.with_entry(name=b"content/" + b"a" * 20_000 + b".png")) == {"path-too-long"}
    assert refusals(b.with_entry(name=b"content/" + b"a/" * 25 + b"x.png")) == {"path-too-deep"}
    problem = b.read(b.with_entry(name=b"a" * 20_000)).problems.errors[0]
    assert len(problem.file) < 200 and len(problem.message) < 400


def test_a_name_in_another_encoding_is_refused_with_a_word_on_what_to_do():
    package = b.read(b.with_entry(name="content/写真.png".encode("cp932"), flags=0))
    assert b.codes(package.problems.errors) == {"name-encoding"}
    assert "UTF-8" in package.problems.errors[0].said_in("ja")


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"mode": 0o120777}, "not-a-regular-file"),  # symbolic link
        ({"mode": 0o010644}, "not-a-regular-file"),  # pipe
        ({"mode": 0o060644}, "not-a-regular-file"),  # device
        ({"flags": 0x801}, "encrypted-entry"),
        ({"flags": 0x841}, "encrypted-entry"),
        ({"method": 14}, "unsupported-compression"),  # LZMA
        ({"method": 12}, "unsupported-compression"),  # bzip2
        ({"method": 99}, "unsupported-compression"),  # AES
        ({"local_name": b"content/other.png"}, "lying-entry"),
        ({"offset": 10}, "lying-entry"),
        ({"local_size": 7}, "lying-entry"),
        ({"size": 9}, "lying-entry"),
        ({"crc": 1}, "damaged-entry"),
        ({"data": b.PNG, "packed": b"garbage!", "method": 8}, "damaged-entry"),
    ],
)
def test_an_entry_that_is_odd_or_lies_is_refused(fields, code):
    entry = {"name": b"content/images/b.png", "data": b.PNG, **fields}
    package = b.read(b.with_entry(**entry))
    assert b.codes(package.problems.errors) == {code}


def test_an_entry_that_points_outside_the_archive_is_refused():
    assert refusals(b.with_entry(name=b"content/images/b.png", offset=10_000_000)) == {"unable-to-unzip"}


@pytest.mark.parametrize(
    ("names", "code"),
    [
        (["content/a.txt", "content/a.txt"], "duplicate-entry"),
        (["content/a.txt", "content/A.TXT"], "duplicate-entry"),
        (["content/が.txt", "content/か\u3099.txt"], "duplicate-entry"),
        (["content/strasse.txt", "content/stra\u00dfe.txt"], "duplicate-entry"),
        (["content/a.txt", "content/a.txt/b.txt"], "path-clash"),
        (["content/x/a.txt", "content/X/b.txt"], "path-clash"),
    ],
)
def test_names_that_clash_anywhere_are_refused(names, code):
    entries = [*b.good_entries(), *(b.Entry(name.encode(), b"x") for name in names)]
    assert refusals(b.RawZip(entries).bytes()) == {code}


def test_a_second_h5p_json_cannot_replace_the_one_that_was_checked():
    assert refusals(b.with_entry(name=b"h5p.json", data=b"{}")) == {"duplicate-entry"}


@pytest.mark.parametrize("prefix", [b"<html><script>alert(1)</script>", b"GIF89a", b"%PDF-1.7\n"])
def test_a_file_that_is_two_things_at_once_is_refused(prefix):
    whole = b.RawZip(b.good_entries(), prefix=prefix)
    assert refusals(whole.bytes()) == {"prefix-data"}
    assert refusals(replace(whole, shift=len(prefix)).bytes()) == {
        "prefix-data"
    }  # with its offsets put right
    assert refusals(b.RawZip(b.good_entries(), tail=b"more").bytes()) == {"prefix-data"}


def test_overlapping_entries_are_refused():
    """Many entries that share one body are the densest bomb there is (no version of Python below 3.11.8 sees them)."""
    first, *rest = b.good_entries()
    bomb = [
        replace(first, name=f"content/{n}.txt".encode(), local_name=first.name, offset=0) for n in range(3)
    ]
    assert refusals(b.RawZip([first, *rest, *bomb]).bytes()) == {"lying-entry"}
    inside = b.Entry(b"content/in.txt", b"x" * 10)
    outer = b.Entry(b"content/out.txt", b.RawZip([inside]).bytes())
    start = len(b.RawZip([*b.good_entries()]).bytes())
    entries = [*b.good_entries(), outer]
    length = sum(30 + len(entry.name) + len(entry.body) for entry in b.good_entries())
    assert start > length
    quoted = replace(inside, offset=length + 30 + len(outer.name))
    data = b.RawZip([*entries, quoted]).bytes()
    assert "overlapping-entries" in refusals(data)


# --- bombs: what counts is how much is read and produced, not how long it takes ------------------


def bomb(size: int) -> bytes:
    deflater = zlib.compressobj(9, zlib.DEFLATED, -15)
    return b"".join(deflater.compress(b"a" * (1 << 20)) for _ in range(size >> 20)) + deflater.flush()


def test_a_bomb_that_tells_its_size_is_refused_before_it_is_opened():
    packed = bomb(64 << 20)
    data = b.with_entry(name=b"content/a.txt", method=8, packed=packed, size=64 << 20, crc=0)
    assert refusals(data) == {"compression-ratio"}
    assert refusals(data, limits=Limits(file_bytes=1 << 20)) == {"file-size-too-large"}


def test_a_bomb_that_hides_its_size_stops_at_the_declared_size():
    data = b.with_entry(name=b"content/a.txt", method=8, packed=bomb(64 << 20), size=100_000, crc=0)
    problems = Problems()
    source = CountingFile(data)
    archive = Archive(source, Limits(), problems)
    (entry,) = [entry for entry in archive.entries if entry.path == "content/a.txt"]
    produced = 0
    with pytest.raises(BadEntry, match="entry-size"):
        for piece in archive.pieces(entry):
            assert len(piece) <= PIECE
            produced += len(piece)
    assert produced <= 100_000
    assert source.read_bytes < len(data) + 200_000
    assert "lying-entry" in b.codes(b.read(data).problems.errors)


def test_many_small_bombs_stop_at_the_total():
    parts = [b.Entry(f"content/{n}.txt".encode(), b"a" * 900_000, method=8) for n in range(20)]
    data = b.RawZip([*b.good_entries(), *parts]).bytes()
    assert b.read(data).ok  # 18 MB of text is no crime
    assert refusals(data, limits=Limits(total_bytes=10_000_000)) == {"total-size-too-large"}


def test_too_many_entries_are_refused_by_their_number_alone():
    entries = [b.Entry(f"content/{n}.txt".encode(), b"") for n in range(300)]
    data = b.RawZip(entries).bytes()
    source = CountingFile(data)
    assert b.codes(h5p.read_package(source, limits=Limits(files=200)).problems) == {"too-many-files"}
    assert source.read_bytes <= 0xFFFF + 22  # only the end record


@pytest.mark.parametrize("count", [0, 1, 60_000])
def test_a_wrong_count_is_refused(count):
    assert refusals(replace(b.RawZip(b.good_entries()), count=count).bytes()) <= {
        "unable-to-unzip",
        "prefix-data",
        "too-many-files",
    }


def test_an_archive_larger_than_the_limit_is_not_read_at_all():
    source = CountingFile(b.zipped(b.package_files()))
    package = h5p.read_package(source, limits=Limits(package_bytes=100))
    assert b.codes(package.problems) == {"total-size-too-large"} and source.read_bytes == 0


def test_files_are_handed_on_in_pieces():
    film = b"\x1a\x45\xdf\xa3" + os.urandom(2_000_000)
    counter = Counter()
    files = {**b.package_files(), "content/videos/a.webm": film}
    assert b.read(b.zipped(files), sink=counter).ok
    assert counter.largest <= PIECE
    assert counter.bytes == sum(map(len, files.values()))
    assert counter.finished == counter.begun == len(files)


def test_a_file_that_breaks_off_is_abandoned():
    film = b"\x1a\x45\xdf\xa3" + bytes(range(256)) * 2048
    entry = b.Entry(b"content/a.webm", film, method=8, crc=1)
    counter = Counter()
    package = b.read(b.RawZip([*b.good_entries(), entry]).bytes(), sink=counter)
    assert b.codes(package.problems.errors) == {"damaged-entry"}
    assert (counter.abandoned, counter.finished + 1) == (1, counter.begun)


def test_a_full_disk_is_told_and_leaves_no_open_file():
    class Full(Counter):
        def write(self, piece: bytes) -> None:
            raise OSError(28, "No space left on device")

    full = Full()
    film = b"\x1a\x45\xdf\xa3" + bytes(100_000)
    with pytest.raises(OSError, match="No space"):
        b.read(b.zipped({"h5p.json": b"{}", "content/a.webm": film}), sink=full)
    assert full.begun == full.abandoned == 1


@pytest.mark.parametrize(
    "data", [b"", b"P", b"PK", b"PK\5\6", b"PK\5\6" + bytes(18), b"PK\3\4" + bytes(100), bytes(1000)]
)
def test_what_is_no_archive_is_refused(data):
    assert not b.read(data).ok


def test_every_cut_of_an_archive_is_refused():
    data = b.zipped(b.package_files())
    for length in range(0, len(data), 97):
        assert not b.read(data[:length]).ok


def test_a_comment_that_looks_like_an_end_is_no_way_in():
    data = b.zipped(b.package_files())
    fake = b"PK\5\6" + bytes(18)
    with_comment = data[:-2] + struct.pack("<H", len(fake)) + fake
    assert not b.read(with_comment).ok
