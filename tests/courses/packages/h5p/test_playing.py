"""The data from which the player starts."""

import json
from dataclasses import replace

from courses.packages import h5p
from tests.courses.packages.h5p import builders as b

STRINGS = {"fullscreen": "全画面"}


def played(**more) -> h5p.PlayedContent:
    verdict = h5p.assess(b.read(b.zipped(b.package_files())))
    assert verdict.main and verdict.resolution and verdict.params
    given = {
        "id": "7",
        "iri": "https://example.jp/h5p/7",
        "main": verdict.main,
        "libraries": verdict.resolution.ordered,
        "params": verdict.params,
        "title": "例",
        "content_url": "/h5p/c/token",
        **more,
    }
    return h5p.PlayedContent(**given)


PLAYER = h5p.Player(
    libraries_url="/h5p/l", library_directory=lambda library: library.tree_sha256, strings=STRINGS
)


def test_everything_the_core_reads_is_there_and_no_user_is_named():
    content = played()
    made = h5p.build_integration(content, PLAYER)
    assert "user" not in made and made["crossorigin"] == "anonymous" and made["l10n"] == {"H5P": STRINGS}
    part, main = content.libraries
    assert made["urlLibraries"] == "/h5p/l"
    assert made["libraryDirectories"] == {"H5P.Part-1.0": part.tree_sha256, "H5P.Main-1.0": main.tree_sha256}
    one = made["contents"]["cid-7"]
    assert (one["library"], one["url"], one["contentUrl"]) == ("H5P.Main 1.0", content.iri, "/h5p/c/token")
    assert json.loads(one["jsonContent"]) == content.params
    assert one["scripts"] == [f"/h5p/l/{lib.tree_sha256}/js/main.js" for lib in (part, main)]
    assert one["styles"] == [f"/h5p/l/{lib.tree_sha256}/main.css" for lib in (part, main)]


def test_state_is_put_in_beforehand():
    state = {"0": {"state": '{"answers":[1]}'}}
    made = h5p.build_integration(played(state=state), PLAYER)
    assert made["contents"]["cid-7"]["contentUserData"] == state and made["saveFreq"]
    assert h5p.build_integration(played(), PLAYER)["contents"]["cid-7"]["contentUserData"] == {"0": {}}


def test_styles_that_another_library_replaces_are_not_loaded():
    part, main = played().libraries
    libraries = (part, replace(main, drops_styles_of=("H5P.Part",)))
    assert h5p.ordered_styles(libraries) == ((libraries[1], "main.css"),)
    assert len(h5p.ordered_scripts(libraries)) == 2


def test_joined_files_take_the_place_of_single_ones():
    joined = h5p.Assets(("/b/x.js",), ("/b/x.css",))
    one = h5p.build_integration(played(), replace(PLAYER, assets=joined))["contents"]["cid-7"]
    assert (one["scripts"], one["styles"]) == (["/b/x.js"], ["/b/x.css"])


def test_texts_cannot_leave_their_script_element():
    made = h5p.script_json({"a": "</script><!--&\u2028"})
    assert not {"<", ">", "&", "\u2028"} & set(made)
    assert json.loads(made) == {"a": "</script><!--&\u2028"}


def test_a_library_has_the_same_hash_in_any_order_and_another_after_any_change():
    library = played().main
    assert h5p.tree_hash(reversed(library.files)) == library.tree_sha256
    other = replace(library.files[0], source_sha256="0" * 64)
    assert h5p.tree_hash([other, *library.files[1:]]) != library.tree_sha256
    moved = replace(library.files[0], path="elsewhere.js")
    assert h5p.tree_hash([moved, *library.files[1:]]) != library.tree_sha256
