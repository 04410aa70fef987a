"""Serving the player, and taking in what SCOs commit."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from courses.catalog.enums import CourseStatus, Scoring
from courses.packages.enums import CompletionRule
from learning.enrollments.models import Enrollment
from learning.enrollments.queries import Owner
from learning.launches.actions import LaunchOver
from learning.launches.attempt_rows import write_attempts
from learning.launches.models import Launch, PackageAttempt
from learning.progress.actions import record_event
from learning.records.enums import ResultSource, Verb
from learning.records.rules import Result
from learning.scorm.enums import Completion, Exit, Fault, Success
from learning.scorm.folding import Step, free_numbers, replayed, statement_uuid, step
from learning.scorm.models import ScormCommit, ScormSession, ScormState
from learning.scorm.outlines import outline_of
from learning.scorm.reading import BadCmi, Score
from learning.scorm.resuming import Opening, opening
from learning.scorm.rules import LAST_PAGE, PAGE, Ended, Go, Rolled, Standing, page_of


class BadCommit(ValueError):
    """What came is not a commit of this package. Nothing of it was kept."""


class Closed(Exception):
    """The course, the package or the account was closed meanwhile: nothing more is taken. What was saved is kept."""


@dataclass(frozen=True)
class Sent:
    """One commit as the player sends it. ``seq`` is its number within the launch, ``cmi`` the whole data of the SCO."""

    seq: int
    sco: str
    is_end: bool
    cmi: Any


@dataclass(frozen=True)
class Taken:
    """``attempt``: an attempt ended by it. ``superseded``: another window has the word. ``is_review``: nothing counts."""

    attempt: bool = False
    completed: bool = False
    superseded: bool = False
    is_review: bool = False


def check_open(launch: Launch, at: datetime) -> None:
    """Whether the player may still be used. Raises LaunchOver, Closed.

    A course that was retired stays open to those who are in it; one that is being written again does not.
    """
    if at > launch.expires_at:
        raise LaunchOver
    user = launch.enrollment.learner.user
    is_closed = (
        launch.enrollment.course.status == CourseStatus.DRAFT
        or not launch.activity.is_offered
        or launch.version.package.removed_at is not None
        or (user is not None and not user.is_active)
    )
    if is_closed:
        raise Closed


@transaction.atomic
def serve(*, launch: Launch, sco: str) -> tuple[ScormSession, Opening, ScormState | None]:
    """Numbers the page that is about to be served with this SCO in it, and says how the SCO is opened.

    Under the period's lock, because a commit that comes meanwhile writes the state as it was before.
    """
    Enrollment.objects.select_for_update(of=("self",), no_key=True).get(pk=launch.enrollment_id)
    session = ScormSession.objects.select_for_update().get(launch=launch)
    session.page, session.is_served = min(session.page + 1, LAST_PAGE), True
    session.save(update_fields=["page", "is_served"])
    state = _states(launch).filter(sco=sco).first()
    if state is None:
        return session, opening(None, {}, Exit.NONE, ""), None
    opened = opening(_standing(state), state.cmi, Exit(state.exit), outline_of(launch.version).version)
    if session.attempts_left == 0 or opened.is_review:
        opened = Opening(opened.entry, is_review=True)
    state.review_from = session.page if opened.is_review else 0
    state.save(update_fields=["review_from"])
    return session, opened, state


@transaction.atomic
def take_commit(*, launch: Launch, sent: Sent, at: datetime) -> Taken:
    """Keeps a commit, moves the learner's place, and records an attempt that ended with it. Sent again, it changes nothing.

    Raises LaunchOver, Closed, BadCommit.
    """
    check_open(launch, at)
    Enrollment.objects.select_for_update(of=("self",), no_key=True).get(pk=launch.enrollment_id)
    known = ScormCommit.objects.filter(launch=launch, seq=sent.seq).first()
    if known is not None:
        return _again(known)
    commit = ScormCommit(
        launch=launch, seq=sent.seq, sco=sent.sco, is_end=sent.is_end, body=sent.cmi, received_at=at
    )
    states = {state.sco: state for state in _states(launch)}
    fault = _fault(launch, sent, states.get(sent.sco))
    if fault is not None:
        commit.fault = fault
        commit.save()
        return Taken(superseded=fault == Fault.SUPERSEDED, is_review=fault == Fault.REVIEW)
    done = _judged(launch, commit, states)
    commit.faults = [str(one) for one in done.faults]
    _note_closing(commit, done.closing)
    commit.save()
    _save_state(launch, sent, states.get(sent.sco), done, at)
    if done.closing is None:
        return Taken()
    return Taken(attempt=True, completed=_record(launch, commit, done, done.closing, at))


def _again(known: ScormCommit) -> Taken:
    """The first answer once more, without the course: that was said, or will be by the next page."""
    return Taken(
        attempt=known.closes,
        superseded=known.fault == Fault.SUPERSEDED,
        is_review=known.fault == Fault.REVIEW,
    )


def _states(launch: Launch) -> Any:
    return ScormState.objects.filter(enrollment=launch.enrollment_id, activity=launch.activity_id)


def _fault(launch: Launch, sent: Sent, state: ScormState | None) -> Fault | None:
    """Why the commit is kept in the log alone. A later launch, or a later page of this one, has the word."""
    if not 0 < page_of(sent.seq) <= launch.scorm.page:
        raise BadCommit("a number that no page of this launch has")
    page = page_of(sent.seq)
    if _was_opened_anew(launch) or (state is not None and page < state.page):
        return Fault.SUPERSEDED
    if state is not None and state.review_from and page >= state.review_from:
        return Fault.REVIEW
    if state is not None and sent.seq <= state.last_seq:
        return Fault.LATE
    return None


def _was_opened_anew(launch: Launch) -> bool:
    later = ScormSession.objects.filter(
        launch__enrollment=launch.enrollment_id, launch__activity=launch.activity_id, launch__gt=launch.pk
    )
    return any(one.is_served or one.go != launch.scorm.go for one in later)


def _judged(launch: Launch, commit: ScormCommit, states: dict[str, ScormState]) -> Step:
    go = Go(launch.scorm.go, {sco: _standing(state) for sco, state in states.items()}, _ended(launch))
    closed = ScormCommit.objects.filter(launch=launch, closes=True).count()
    try:
        return step(go, commit, launch, outline_of(launch.version), closed=closed)
    except KeyError as error:
        raise BadCommit("no such SCO") from error
    except BadCmi as error:
        raise BadCommit(str(error)) from error


def _ended(launch: Launch) -> Ended | None:
    """The attempt of this go that ended last."""
    rows = ScormCommit.objects.filter(
        closes=True,
        launch__enrollment=launch.enrollment_id,
        launch__activity=launch.activity_id,
        launch__scorm__go=launch.scorm.go,
    )
    last = rows.order_by("-pk").first()
    return None if last is None else Ended(last.rolled_scaled, last.rolled_success, last.rolled_ms)


def _standing(state: ScormState) -> Standing:
    return Standing(
        Completion(state.completion),
        Success(state.success),
        _score(state),
        state.spent_ms,
        state.session_ms,
        state.page,
        state.last_seq,
    )


def _score(state: ScormState) -> Score | None:
    if state.score_scaled is None:
        return None
    if state.score_min is None or state.score_max is None:
        return Score(state.score_scaled, state.score_raw)
    return Score(state.score_scaled, state.score_raw, state.score_min, state.score_max)


def _note_closing(commit: ScormCommit, closing: Rolled | None) -> None:
    if closing is None:
        return
    commit.closes, commit.rolled_success, commit.rolled_ms = True, closing.success, closing.total_ms
    commit.rolled_scaled = closing.score.scaled if closing.score else None


def _save_state(launch: Launch, sent: Sent, row: ScormState | None, done: Step, at: datetime) -> None:
    standing = done.go.scos[sent.sco]
    state = row or ScormState(
        enrollment_id=launch.enrollment_id, activity_id=launch.activity_id, sco=sent.sco
    )
    state.launch, state.cmi, state.saved_at = launch, sent.cmi, at
    state.completion, state.success = standing.completion, standing.success
    score = standing.score
    state.score_raw, state.score_scaled = (score.raw, score.scaled) if score else (None, None)
    state.score_min, state.score_max = (score.min, score.max) if score else (None, None)
    state.location, state.exit = done.reading.location, done.reading.exit
    state.spent_ms, state.session_ms = standing.spent_ms, standing.session_ms
    state.page, state.last_seq = standing.page, standing.last_seq
    state.save()


def _record(launch: Launch, commit: ScormCommit, done: Step, closing: Rolled, at: datetime) -> bool:
    """The attempt's row and its result. Gives whether the course was completed by it."""
    rows = PackageAttempt.objects.filter(
        enrollment=launch.enrollment_id, activity=launch.activity_id, event=None
    )
    numbers = free_numbers(launch.enrollment_id, launch.activity_id)
    number = next(number for index, number in enumerate(numbers) if index == rows.count())
    write_attempts(launch.enrollment_id, launch.activity_id, (), [replayed(commit, done, number)])
    is_scored = launch.enrollment.course.scoring == Scoring.SCORED
    result = result_of(closing, launch.version.package.completion_rule, is_scored=is_scored)
    recorded = record_event(
        owner=Owner(learner=launch.enrollment.learner_id),
        activity=launch.activity.uuid,
        registration=launch.enrollment.uuid,
        result=result,
        verb=_verb(result),
        source=ResultSource.PACKAGE,
        at=at,
        statement_uuid=statement_uuid(launch, commit.seq),
    )
    return recorded.course_completed


def result_of(closing: Rolled, rule: str, *, is_scored: bool) -> Result:
    """What counts of an attempt. Where only passing completes, an attempt without a pass completes nothing."""
    completion = closing.success is True if rule == CompletionRule.PASSED else True
    if not is_scored:
        return Result(completion=completion)
    score = closing.score
    if score is None:
        return Result(completion=completion, success=closing.success)
    has_raw = score.raw is not None
    return Result(
        scaled=score.scaled,
        raw=score.raw,
        min=score.min if has_raw else None,
        max=score.max if has_raw else None,
        success=closing.success,
        completion=completion,
    )


def _verb(result: Result) -> Verb:
    if result.success is None:
        return Verb.COMPLETED
    return Verb.PASSED if result.success else Verb.FAILED


FIRST_SEQ, LAST_SEQ = PAGE, (LAST_PAGE + 1) * PAGE - 1
