"""Words of the catalog."""

from enum import StrEnum


class Track(StrEnum):
    STAFF = "staff"  # 職員
    EDUCATION = "education"  # 教育
    SENIOR = "senior"  # シニア


class CourseStatus(StrEnum):
    DRAFT = "draft"  # authors see it, learners are not offered it
    OFFERED = "offered"
    RETIRED = "retired"


class Delivery(StrEnum):
    ONLINE = "online"
    VENUE = "venue"
    CLASS = "class"


class Scoring(StrEnum):
    SCORED = "scored"
    PRACTICE = "practice"  # feedback, never a score (pupils, seniors)


class ActivityKind(StrEnum):
    LESSON = "lesson"
    QUIZ = "quiz"
    PACKAGE = "package"
    PRACTICE = "practice"


class MoveOn(StrEnum):
    """cmi5 moveOn (specification, 10.2.4)."""

    PASSED = "Passed"
    COMPLETED = "Completed"
    COMPLETED_AND_PASSED = "CompletedAndPassed"
    COMPLETED_OR_PASSED = "CompletedOrPassed"
    NOT_APPLICABLE = "NotApplicable"
