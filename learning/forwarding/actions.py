"""Handing on: where we stopped, what comes next, what was refused.

The cursor is the truth. A worker that dies sends some statements again, which an LRS takes as one, by their ids.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from learning.forwarding.models import DeadLetter, ForwardCursor
from learning.forwarding.rules import Outcome, Target, as_sent, outcome, pause, target_of
from learning.forwarding.sending import Answer, Unreachable, post
from learning.lrs.models import StatementAttachment
from learning.lrs.queries import oldest_writer
from learning.records.models import Statement
from learning.xapi.multipart import Part
from office.audit.actions import record
from people.accounts.models import User

BATCH = 50
# A run ends after so many batches, so that one busy store does not hold up the others; the next run goes on.
_BATCHES_A_RUN = 200
_LEASE = timedelta(minutes=5)


class LostLease(RuntimeError):
    """This worker was silent for too long and another one goes on."""


def targets() -> list[Target]:
    """The outside stores of the settings. Raises BadTarget."""
    return [target_of(name, told) for name, told in settings.XAPI_FORWARD.items()]


def forward(*, target: Target, at: datetime) -> int:
    """Sends what the store does not have yet; gives how many statements it took.

    Does nothing while another worker is at it or the pause after a failure lasts. Reads the clock itself for the lease.
    """
    cursor = _claim(target, at)
    if cursor is None:
        return 0
    before = cursor.sent
    try:
        _again(target, cursor)
        _go_on(target, cursor)
        _save(cursor, leased_until=None)
    except LostLease:
        return 0
    return cursor.sent - before


def ask_again(*, letter: DeadLetter, by: User, at: datetime) -> None:
    """The next run sends the refused statement once more."""
    if DeadLetter.objects.filter(pk=letter.pk, settled_at__isnull=True).update(is_asked_again=True):
        _note("learning.forward_asked_again", letter, by, at)


def give_up(*, letter: DeadLetter, reason: str, by: User, at: datetime) -> None:
    """The store does without the statement; it stays in our record. Raises ValidationError ``no_reason``."""
    if not reason.strip():
        raise ValidationError(_("Say why. Nothing was changed."), code="no_reason")
    if DeadLetter.objects.filter(pk=letter.pk, settled_at__isnull=True).update(settled_at=at):
        _note("learning.forward_given_up", letter, by, at, reason=reason.strip()[:300])


def _note(action: str, letter: DeadLetter, by: User, at: datetime, **more: str) -> None:
    data = {"target": letter.target, "statement": str(letter.statement.uuid), **more}
    record(action=action, instance=letter, by=by, at=at, data=data)


def _claim(target: Target, at: datetime) -> ForwardCursor | None:
    """Of two workers the database lets one through."""
    ForwardCursor.objects.get_or_create(target=target.name)
    until = timezone.now() + _LEASE
    free = Q(leased_until__isnull=True) | Q(leased_until__lt=timezone.now())
    due = Q(retry_at__isnull=True) | Q(retry_at__lte=at)
    taken = ForwardCursor.objects.filter(free, due, target=target.name).update(leased_until=until)
    return ForwardCursor.objects.get(target=target.name) if taken else None


def _save(cursor: ForwardCursor, **values: Any) -> None:
    """Writes only while this worker holds the lease, and prolongs it. Raises LostLease."""
    values.setdefault("leased_until", timezone.now() + _LEASE)
    held = ForwardCursor.objects.filter(pk=cursor.pk, leased_until=cursor.leased_until)
    if not held.update(**values):
        raise LostLease(cursor.target)
    for name, value in values.items():
        setattr(cursor, name, value)


def _settled(cursor: ForwardCursor) -> int:
    """Up to which sequence nothing can come in any more: a slow transaction may still hold a lower one.

    The highest sequence is read first. Where a transaction was writing before that moment, the sequence is kept and
    good as soon as that transaction has ended.
    """
    seen_at = timezone.now()
    highest = Statement.objects.aggregate(highest=Max("pk"))["highest"] or 0
    writer = oldest_writer(timezone.now())
    if writer is None or writer > seen_at:
        return int(highest)
    if cursor.ceiling_at is not None and writer > cursor.ceiling_at:
        settled = cursor.ceiling
        _save(cursor, ceiling=highest, ceiling_at=seen_at)
        return settled
    if cursor.ceiling_at is None:
        _save(cursor, ceiling=highest, ceiling_at=seen_at)
    return cursor.sequence


def _go_on(target: Target, cursor: ForwardCursor) -> None:
    settled = _settled(cursor)
    for _number in range(_BATCHES_A_RUN):
        waiting = Statement.objects.all() if target.takes_all else Statement.objects.own()
        batch = list(waiting.filter(pk__gt=cursor.sequence, pk__lte=settled).order_by("pk")[:BATCH])
        if not batch:
            if settled > cursor.sequence:
                _save(cursor, sequence=settled)
            return
        if not _send_batch(target, cursor, batch):
            return


def _send_batch(target: Target, cursor: ForwardCursor, batch: list[Statement]) -> bool:
    """False when it is better to wait. A refused batch is sent one by one, to find the one that is to blame."""
    answer = _sent(target, cursor, batch)
    if answer is None:
        return False
    if outcome(answer.status) == Outcome.KEPT:
        _took(cursor, batch)
        return True
    for statement in batch:
        one = answer if len(batch) == 1 else _sent(target, cursor, [statement])
        if one is None:
            return False
        if outcome(one.status) == Outcome.REFUSED:
            _bury(target, statement, one)
            _save(cursor, sequence=statement.pk)
        else:
            _took(cursor, [statement])
    return True


def _sent(target: Target, cursor: ForwardCursor, batch: Sequence[Statement]) -> Answer | None:
    """The answer, kept or refused; None where it is noted that we try again later."""
    _save(cursor)
    asked_for = None
    try:
        answer = post(
            target,
            [as_sent(one.body) for one in batch],
            _parts(batch),
            timeout=settings.XAPI_FORWARD_TIMEOUT_SECONDS,
        )
    except Unreachable as error:
        problem = str(error)
    else:
        if outcome(answer.status) != Outcome.LATER:
            return answer
        problem, asked_for = f"{answer.status} {answer.text}", answer.retry_after
    _hold(cursor, problem, asked_for)
    return None


def _parts(batch: Sequence[Statement]) -> list[Part]:
    rows = StatementAttachment.objects.filter(statement__in=[one.pk for one in batch])
    found = {row.sha2: Part(row.content_type, row.sha2, bytes(row.content)) for row in rows}
    return list(found.values())


def _took(cursor: ForwardCursor, batch: Sequence[Statement]) -> None:
    _save(
        cursor,
        sequence=batch[-1].pk,
        sent=cursor.sent + len(batch),
        failures=0,
        retry_at=None,
        held_since=None,
        last_error="",
        last_sent_at=timezone.now(),
    )


def _hold(cursor: ForwardCursor, problem: str, asked_for: int | None) -> None:
    now = timezone.now()
    _save(
        cursor,
        failures=cursor.failures + 1,
        retry_at=now + pause(cursor.failures + 1, asked_for),
        held_since=cursor.held_since or now,
        last_error=problem[:500],
        leased_until=None,
    )


@transaction.atomic
def _bury(target: Target, statement: Statement, answer: Answer) -> None:
    told = {"status": answer.status, "answer": answer.text[:1000], "refused_at": timezone.now()}
    letter, is_new = DeadLetter.objects.get_or_create(target=target.name, statement=statement, defaults=told)
    if not is_new:
        DeadLetter.objects.filter(pk=letter.pk).update(**told, tries=F("tries") + 1, is_asked_again=False)


def _again(target: Target, cursor: ForwardCursor) -> None:
    """What somebody asked to be sent once more."""
    asked = DeadLetter.objects.filter(target=target.name, is_asked_again=True, settled_at__isnull=True)
    for letter in asked.select_related("statement").order_by("pk")[:BATCH]:
        answer = _sent(target, cursor, [letter.statement])
        if answer is None:
            raise LostLease(cursor.target)
        if outcome(answer.status) == Outcome.REFUSED:
            _bury(target, letter.statement, answer)
        else:
            DeadLetter.objects.filter(pk=letter.pk).update(
                settled_at=timezone.now(), was_sent=True, is_asked_again=False
            )
