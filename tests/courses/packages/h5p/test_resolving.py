"""Libraries come in an order in which each finds what it needs."""

import pytest

from courses.packages import h5p
from tests.courses.packages.h5p import builders as b


def name(text: str) -> h5p.LibraryName:
    found = h5p.LibraryName.parse(text)
    assert found is not None
    return found


def lib(text: str, *needs: str, dynamic: tuple[str, ...] = (), editor: tuple[str, ...] = ()) -> h5p.Library:
    return h5p.Library(
        name(text), 0, preloaded=tuple(map(name, needs)), dynamic=tuple(map(name, dynamic)), editor=tuple(map(name, editor))
    )  # fmt: skip


def order(*roots: str, libraries: list[h5p.Library]) -> list[str]:
    return [str(found) for found in h5p.resolve(map(name, roots), h5p.Libraries(libraries)).names]


def test_dependencies_stand_before_those_who_need_them():
    libraries = [lib("A 1.0", "B 1.0", "C 1.0"), lib("B 1.0", "D 1.0"), lib("C 1.0", "D 1.0"), lib("D 1.0")]
    assert order("A 1.0", libraries=libraries) == ["D 1.0", "B 1.0", "C 1.0", "A 1.0"]


def test_a_cycle_is_cut_where_it_closes():
    libraries = [lib("A 1.0", "B 1.0"), lib("B 1.0", "A 1.0"), lib("C 1.0", "C 1.0")]
    assert order("A 1.0", "C 1.0", libraries=libraries) == ["B 1.0", "A 1.0", "C 1.0"]


def test_of_two_minor_versions_the_first_met_is_loaded_and_the_other_told():
    libraries = [
        lib("A 1.0", "B 1.0", "C 1.0"),
        lib("B 1.0", "D 1.1"),
        lib("C 1.0", "D 1.2"),
        lib("D 1.1"),
        lib("D 1.2"),
    ]
    found = h5p.resolve([name("A 1.0")], h5p.Libraries(libraries))
    assert [str(n) for n in found.names] == ["D 1.1", "B 1.0", "C 1.0", "A 1.0"]
    assert found.conflicts == (h5p.Conflict(name("D 1.2"), name("D 1.1"), name("C 1.0")),)


def test_a_chain_of_any_length_is_followed():
    libraries = [lib(f"L{n} 1.0", f"L{n + 1} 1.0") for n in range(5000)] + [lib("L5000 1.0")]
    assert len(order("L0 1.0", libraries=libraries)) == 5001


def test_missing_libraries_are_told_by_kind():
    libraries = [lib("A 1.0", "B 1.0", dynamic=("C 1.0",), editor=("D 1.0",))]
    found = h5p.resolve([name("A 1.0"), name("E 1.0")], h5p.Libraries(libraries))
    assert {(str(missing.name), str(missing.kind)) for missing in found.missing} == {
        ("B 1.0", "preloaded"),
        ("C 1.0", "dynamic"),
        ("D 1.0", "editor"),
        ("E 1.0", "preloaded"),
    }
    assert not found.is_complete
    assert h5p.resolve([name("A 1.0")], h5p.Libraries([lib("A 1.0", editor=("D 1.0",))])).is_complete


def test_libraries_are_found_in_the_content_tree():
    content = {
        "a": [{"library": "H5P.X 1.2", "params": {"b": {"library": "H5P.Y 2.0"}}}],
        "library": "no version",
    }
    assert [str(found) for found in h5p.libraries_in(content)] == ["H5P.Y 2.0", "H5P.X 1.2"]


def test_a_package_that_lists_only_its_main_library_is_still_whole():
    """Hand-made packages do not list what is used inside."""
    files = b.package_files({"part": {"library": "H5P.Part 1.0", "params": {"text": "x"}}})
    files |= b.library_files("H5P.Main 1.0")  # needs nothing by itself
    verdict = h5p.assess(b.read(b.zipped(files)))
    assert verdict.ok and verdict.resolution
    assert [str(found) for found in verdict.resolution.names] == ["H5P.Part 1.0", "H5P.Main 1.0"]


def test_a_minor_version_of_zero_stays():
    assert str(name("H5P.Accordion 1.0")) == "H5P.Accordion 1.0"
    assert name("H5P.Accordion 1.0").folder == "H5P.Accordion-1.0"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "H5P.X",
        "H5P.X 1",
        "H5P.X 1.",
        "H5P.X 1.x",
        "H5P X 1.0",
        "../x 1.0",
        "H5P.X 1.0.0",
        "X " + "9" * 9999,
        None,
        5,
        [],
    ],
)
def test_what_is_no_library_name_is_none(text):
    assert h5p.LibraryName.parse(text) is None
