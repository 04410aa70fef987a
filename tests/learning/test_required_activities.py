"""What a completion asked for stays what it was, and stands once however many people completed by it."""

import json
from hashlib import sha256

import pytest

from courses.catalog.models import Activity
from learning.progress.completions import required_by
from learning.progress.corrections import void_statement
from learning.progress.models import Completion, RequiredActivities
from learning.records.models import Statement
from people.accounts.models import User
from tests.learning.builders import activities_of, check_progress, course_of, enrolled, guest, later, read

pytestmark = pytest.mark.django_db


def completed(course) -> Completion:
    who = guest()
    enrollment = enrolled(who, course)
    for number, lesson in enumerate(activities_of(course)):
        read(who, lesson, later(number))
    return Completion.objects.get(enrollment=enrollment)


def codes(completion: Completion) -> list[str]:
    return [entry["code"] for entry in required_by(completion.facts)]


def test_people_who_complete_by_the_same_list_share_it():
    course = course_of(lessons=3, quiz=False)
    one, other = completed(course), completed(course)
    assert one.facts["required"] == other.facts["required"]
    assert RequiredActivities.objects.count() == 1
    assert codes(one) == ["T100-L1", "T100-L2", "T100-L3"]


def test_a_later_change_of_the_course_makes_another_list_and_leaves_the_first():
    course = course_of(lessons=3, quiz=False)
    before = completed(course)
    Activity.objects.filter(code="T100-L3").update(is_offered=False)
    Activity.objects.filter(code="T100-L1").update(title="別の題")
    after = completed(course)
    assert codes(before) == ["T100-L1", "T100-L2", "T100-L3"] and codes(after) == ["T100-L1", "T100-L2"]
    assert required_by(before.facts)[0]["title"] != required_by(after.facts)[0]["title"] == "別の題"


def test_anybody_can_compute_the_digest_again():
    facts = completed(course_of(lessons=2, quiz=False)).facts
    told = json.dumps(required_by(facts), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert facts["required"]["sha256"] == sha256(told.encode()).hexdigest()


def test_the_statement_says_the_same_and_a_rebuild_finds_nothing_to_change():
    completion = completed(course_of(lessons=2, quiz=False))
    body = completion.statement.body
    (told,) = [value for name, value in body["context"]["extensions"].items() if name.endswith("/completion")]
    assert told == completion.facts
    check_progress()


def test_facts_of_before_hold_the_list_themselves_and_are_read_alike():
    older = {"activities": [{"uuid": "1", "code": "T100-L1", "title": "課", "move_on": "Completed"}]}
    assert [entry["code"] for entry in required_by(older)] == ["T100-L1"]


def test_a_completion_falls_with_an_activity_of_its_list():
    completion = completed(course_of(lessons=2, quiz=False))
    first = Statement.objects.filter(activity__code="T100-L1").get()
    by = User.objects.create(username="corrector")
    void_statement(statement=first, reason="誤り", by=by, at=later(60))
    completion.refresh_from_db()
    assert completion.voided_at is not None
    check_progress()
