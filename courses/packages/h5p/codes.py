"""Codes of findings. Those of the reference implementation (h5p-php-library) keep its names."""

from enum import StrEnum


class Code(StrEnum):
    """Why a package is refused, or what its author should know."""

    # names of the reference
    UNABLE_TO_UNZIP = "unable-to-unzip"
    MISSING_H5P_EXTENSION = "missing-h5p-extension"
    FILE_SIZE_TOO_LARGE = "file-size-too-large"
    TOTAL_SIZE_TOO_LARGE = "total-size-too-large"
    NOT_IN_WHITELIST = "not-in-whitelist"
    INVALID_CONTENT_FOLDER = "invalid-content-folder"
    INVALID_H5P_JSON_FILE = "invalid-h5p-json-file"
    UNABLE_TO_READ_PACKAGE_FILE = "unable-to-read-package-file"
    UNABLE_TO_PARSE_PACKAGE = "unable-to-parse-package"
    INVALID_LIBRARY_NAME = "invalid-library-name"
    INVALID_LIBRARY_JSON_FILE = "invalid-library-json-file"
    INVALID_SEMANTICS_JSON_FILE = "invalid-semantics-json-file"
    INVALID_LANGUAGE_FILE = "invalid-language-file"
    LIBRARY_DIRECTORY_NAME_MISMATCH = "library-directory-name-mismatch"
    LIBRARY_MISSING_FILE = "library-missing-file"
    MISSING_REQUIRED_PROPERTY = "missing-required-property"
    ILLEGAL_OPTION_IN_LIBRARY = "illegal-option-in-library"
    API_VERSION_UNSUPPORTED = "api-version-unsupported"
    MISSING_MAIN_LIBRARY = "missing-main-library"
    MISSING_REQUIRED_LIBRARY = "missing-required-library"
    MISSING_LIBRARY_DEPENDENCY = "missing-library-dependency"
    SEMANTICS_UNKNOWN_TYPE = "semantics-unknown-type"
    # the archive
    PREFIX_DATA = "prefix-data"
    TOO_MANY_FILES = "too-many-files"
    UNSAFE_PATH = "unsafe-path"
    PATH_TOO_LONG = "path-too-long"
    PATH_TOO_DEEP = "path-too-deep"
    NAME_ENCODING = "name-encoding"
    DUPLICATE_ENTRY = "duplicate-entry"
    PATH_CLASH = "path-clash"
    NOT_A_REGULAR_FILE = "not-a-regular-file"
    ENCRYPTED_ENTRY = "encrypted-entry"
    UNSUPPORTED_COMPRESSION = "unsupported-compression"
    OVERLAPPING_ENTRIES = "overlapping-entries"
    LYING_ENTRY = "lying-entry"
    DAMAGED_ENTRY = "damaged-entry"
    COMPRESSION_RATIO = "compression-ratio"
    NESTED_ARCHIVE = "nested-archive"
    WRONG_FILE_TYPE = "wrong-file-type"
    UNSAFE_SVG = "unsafe-svg"
    # what it says
    MAIN_LIBRARY_NOT_RUNNABLE = "main-library-not-runnable"
    DUPLICATE_LIBRARY = "duplicate-library"
    TOO_MANY_LIBRARIES = "too-many-libraries"
    TOO_MANY_PROBLEMS = "too-many-problems"
    # warnings
    MAIN_LIBRARY_NOT_LISTED = "main-library-not-listed"
    MISSING_EDITOR_DEPENDENCY = "missing-editor-dependency"
    EXTERNAL_REFERENCE = "external-reference"
    FLASH_FILE = "flash-file"
    UNKNOWN_KEY = "unknown-key"
    UNKNOWN_FILE = "unknown-file"
    MISSING_CONTENT_FILE = "missing-content-file"
    LIBRARY_VERSION_CONFLICT = "library-version-conflict"
    ADDON_IGNORED = "addon-ignored"
    CONTENT_DROPPED = "content-dropped"
    PROPERTY_IGNORED = "property-ignored"


WARNINGS = frozenset(
    {
        Code.MAIN_LIBRARY_NOT_LISTED,
        Code.MISSING_EDITOR_DEPENDENCY,
        Code.EXTERNAL_REFERENCE,
        Code.FLASH_FILE,
        Code.UNKNOWN_KEY,
        Code.UNKNOWN_FILE,
        Code.MISSING_CONTENT_FILE,
        Code.LIBRARY_VERSION_CONFLICT,
        Code.ADDON_IGNORED,
        Code.CONTENT_DROPPED,
        Code.PROPERTY_IGNORED,
    }
)
