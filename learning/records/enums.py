"""Words of the record: xAPI verbs (ADL and cmi5 vocabulary) and where a result came from."""

from enum import StrEnum


class Verb(StrEnum):
    LAUNCHED = "http://adlnet.gov/expapi/verbs/launched"
    INITIALIZED = "http://adlnet.gov/expapi/verbs/initialized"
    EXPERIENCED = "http://adlnet.gov/expapi/verbs/experienced"
    PROGRESSED = "http://adlnet.gov/expapi/verbs/progressed"
    ANSWERED = "http://adlnet.gov/expapi/verbs/answered"
    COMPLETED = "http://adlnet.gov/expapi/verbs/completed"
    PASSED = "http://adlnet.gov/expapi/verbs/passed"
    FAILED = "http://adlnet.gov/expapi/verbs/failed"
    SATISFIED = "https://w3id.org/xapi/adl/verbs/satisfied"
    WAIVED = "https://w3id.org/xapi/adl/verbs/waived"
    VOIDED = "http://adlnet.gov/expapi/verbs/voided"


class ResultSource(StrEnum):
    LESSON = "lesson"
    QUIZ = "quiz"
    DECLARATION = "declaration"
    PACKAGE = "package"
    ATTENDANCE = "attendance"
    IMPORT = "import"
    OBSERVER = "observer"
    # A statement that another system put in through /xapi/: kept and served, but no result of ours.
    CLIENT = "client"
