"""H5P packages: read, validate, resolve, filter, describe, play, mark and write them. Plain Python, no framework.

    from courses.packages import h5p

    with open("quiz.h5p", "rb") as source:
        package = h5p.read_package(source, name="quiz.h5p", sink=h5p.DirectorySink(folder))
    verdict = h5p.assess(package, installed)
    if verdict.ok:
        content = h5p.PlayedContent(..., params=verdict.params, libraries=verdict.resolution.ordered)
        page_data = h5p.build_integration(content, player)

Everything a package can do wrong is told as a ``Problem`` with a code, a file and a sentence in English or Japanese;
nothing but ``H5PError`` is raised on purpose. See docs/features/h5p-core.md.
"""

from courses.packages.h5p.attempts import (
    Attempt,
    Counting,
    Logged,
    Outcome,
    Trust,
    counted,
    is_activity,
    is_end,
    judge,
    launched,
    replay,
    verify,
)
from courses.packages.h5p.codes import WARNINGS, Code
from courses.packages.h5p.comparing import Change, LibraryChange, compare_libraries
from courses.packages.h5p.content_types import (
    Completion,
    ContentType,
    completion_of,
    content_type,
    register_content_type,
)
from courses.packages.h5p.describing import Assessment, Description, assess, describe
from courses.packages.h5p.exporting import (
    Blank,
    Blanks,
    Choice,
    MultiChoice,
    NotExportable,
    QuestionSet,
    TrueFalse,
    export_quiz,
    write_package,
)
from courses.packages.h5p.file_types import ATTACHMENTS, media_type
from courses.packages.h5p.files import PackageFile, tree_hash
from courses.packages.h5p.filtering import Dropped, Filtered, filter_content
from courses.packages.h5p.inspecting import Inspection, inspect
from courses.packages.h5p.integration import (
    Assets,
    PlayedContent,
    Player,
    State,
    build_integration,
    library_assets,
    ordered_scripts,
    ordered_styles,
    script_json,
)
from courses.packages.h5p.libraries import NO_LIBRARIES, Libraries, Library, LibraryIndex, LibraryName
from courses.packages.h5p.limits import DEFAULT_LIMITS, Limits
from courses.packages.h5p.manifest import Author, Manifest
from courses.packages.h5p.package import Package, read_package
from courses.packages.h5p.patterns import fits
from courses.packages.h5p.problems import H5PError, Problem, Problems, Refused
from courses.packages.h5p.references import Reference, external_references
from courses.packages.h5p.resolving import Conflict, Kind, Missing, Resolution, libraries_in, resolve
from courses.packages.h5p.scoring import Points, Scorer, mark, max_score, register_scorer
from courses.packages.h5p.semantics import defaults, translated
from courses.packages.h5p.sinks import DirectorySink, FileWriter, NullSink, Sink
from courses.packages.h5p.statements import Score, Statement, read_statement
from courses.packages.h5p.texts import TextField, UnknownText, replace_texts, text_fields

__all__ = [
    "ATTACHMENTS",
    "DEFAULT_LIMITS",
    "NO_LIBRARIES",
    "WARNINGS",
    "Assessment",
    "Assets",
    "Attempt",
    "Author",
    "Blank",
    "Blanks",
    "Change",
    "Choice",
    "Code",
    "Completion",
    "Conflict",
    "ContentType",
    "Counting",
    "Description",
    "DirectorySink",
    "Dropped",
    "FileWriter",
    "Filtered",
    "H5PError",
    "Inspection",
    "Kind",
    "Libraries",
    "Library",
    "LibraryChange",
    "LibraryIndex",
    "LibraryName",
    "Limits",
    "Logged",
    "Manifest",
    "Missing",
    "MultiChoice",
    "NotExportable",
    "NullSink",
    "Outcome",
    "Package",
    "PackageFile",
    "PlayedContent",
    "Player",
    "Points",
    "Problem",
    "Problems",
    "QuestionSet",
    "Reference",
    "Refused",
    "Resolution",
    "Score",
    "Scorer",
    "Sink",
    "State",
    "Statement",
    "TextField",
    "TrueFalse",
    "Trust",
    "UnknownText",
    "assess",
    "build_integration",
    "compare_libraries",
    "completion_of",
    "content_type",
    "counted",
    "defaults",
    "describe",
    "export_quiz",
    "external_references",
    "filter_content",
    "fits",
    "inspect",
    "is_activity",
    "is_end",
    "judge",
    "launched",
    "libraries_in",
    "library_assets",
    "mark",
    "max_score",
    "media_type",
    "ordered_scripts",
    "ordered_styles",
    "read_package",
    "read_statement",
    "register_content_type",
    "register_scorer",
    "replace_texts",
    "replay",
    "resolve",
    "script_json",
    "text_fields",
    "translated",
    "tree_hash",
    "verify",
    "write_package",
]
