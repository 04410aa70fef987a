"""Packages as blocks of a lesson: what publishing makes of them, who meets them, and that each keeps its own record."""

import pytest
from django.urls import reverse

from courses.catalog.enums import ActivityKind, MoveOn
from courses.catalog.models import Activity, Course
from courses.lessons.pages import LessonPage
from courses.lessons.rules import block_activity_uuid
from courses.packages.models import PackageUse
from learning.launches.models import PackageAttempt, PackageState
from learning.progress.completions import required_by
from learning.progress.models import ActivityProgress, Completion, CourseProgress
from tests.courses.lesson_cases import make_course, make_lesson
from tests.courses.packages.playing import NAME, Play, log, open_it
from tests.courses.packages.with_blocks import FIRST, SECOND, Exercise, package_block, publish, put_blocks

pytestmark = pytest.mark.django_db


@pytest.fixture
def lesson(examples):
    """One lesson with two exercises, of which the first is needed for completion."""
    course = make_course()
    package, other = examples[f"{NAME}.h5p"], examples["steps-in-order.h5p"]
    return make_lesson(
        course, [package_block(FIRST, package, is_required=True), package_block(SECOND, other)], number=1
    )


@pytest.fixture
def exercises(lesson):
    return [
        Exercise(Activity.objects.get(uuid=block_activity_uuid(lesson.activity.uuid, one)))
        for one in (FIRST, SECOND)
    ]


@pytest.fixture
def begin(client_for, cast):
    def begin(exercise, person=None, **body) -> Play:
        browser = client_for(person or cast.hanako)
        answer = open_it(browser, exercise, **body)
        assert answer.status_code == 200, answer.content.decode()
        return Play(browser, answer.json())

    return begin


class TestPublishing:
    def test_each_block_is_an_activity_of_its_own_that_plays_its_package(self, lesson, exercises, examples):
        first, second = (one.activity for one in exercises)
        assert (first.kind, first.parent_id, first.course) == (
            ActivityKind.PACKAGE,
            lesson.activity_id,
            lesson.activity.course,
        )
        assert (first.is_required, second.is_required, first.is_offered) == (True, False, True)
        played = PackageUse.objects.values_list("activity", "package")
        assert set(played) == {
            (first.pk, examples[f"{NAME}.h5p"].pk),
            (second.pk, examples["steps-in-order.h5p"].pk),
        }

    def test_publishing_again_changes_nothing(self, lesson, exercises):
        before = list(Activity.objects.order_by("pk").values())
        publish(lesson)
        assert list(Activity.objects.order_by("pk").values()) == before

    def test_a_draft_changes_nothing_for_learners(self, lesson, exercises, examples):
        put_blocks(lesson, [package_block(FIRST, examples["spot-the-scam.h5p"])])
        lesson.save_revision()
        assert exercises[0].activity.package_use.package == examples[f"{NAME}.h5p"]
        assert Activity.objects.filter(parent=lesson.activity, is_offered=True).count() == 2

    def test_a_block_that_was_taken_out_keeps_its_records_and_opens_no_more(
        self, lesson, exercises, begin, cast, client_for
    ):
        begin(exercises[0]).send(log(1, exercises[0]))
        put_blocks(lesson, [])
        publish(lesson)
        assert open_it(client_for(cast.hanako), exercises[0]).status_code == 404
        assert ActivityProgress.objects.get(activity=exercises[0].activity).is_completed
        assert PackageUse.objects.filter(activity=exercises[0].activity).exists()

    def test_and_put_back_it_is_the_same_one(self, lesson, exercises, begin, examples):
        begin(exercises[0]).send(log(1, exercises[0]))
        put_blocks(lesson, [])
        publish(lesson)
        put_blocks(lesson, [package_block(FIRST, examples[f"{NAME}.h5p"])])
        publish(lesson)
        begin(exercises[0], again=True).send(log(4, exercises[0]))
        assert PackageAttempt.objects.filter(activity=exercises[0].activity).count() == 2

    def test_moving_a_block_keeps_its_records(self, lesson, exercises, begin, examples):
        begin(exercises[0]).send(log(1, exercises[0]))
        first = package_block(FIRST, examples[f"{NAME}.h5p"])
        put_blocks(lesson, [package_block(SECOND, examples["steps-in-order.h5p"]), first])
        publish(lesson)
        children = Activity.objects.filter(parent=lesson.activity)
        assert set(children) == {one.activity for one in exercises}
        assert ActivityProgress.objects.get(activity=exercises[0].activity).is_completed

    def test_a_copied_lesson_has_exercises_of_its_own(self, lesson, exercises):
        copy = lesson.copy(update_attrs={"slug": "copy", "title": "写し"}, keep_live=False)
        copy = LessonPage.objects.get(pk=copy.pk)
        publish(copy)
        theirs = Activity.objects.filter(parent=copy.activity)
        assert theirs.count() == 2
        assert not set(theirs) & {one.activity for one in exercises}
        assert {use.package_id for use in PackageUse.objects.filter(activity__in=theirs)} == {
            one.activity.package_use.package_id for one in exercises
        }

    def test_exercises_follow_their_lesson_to_another_course(self, lesson, exercises):
        other = make_course(code="T902")
        lesson.move(other, pos="last-child")
        child = Activity.objects.get(pk=exercises[0].activity.pk)
        assert (getattr(child.course, "code", None), child.page_path) == ("T902", "courses/t902/l1/")
        counts = dict(Course.objects.values_list("code", "required_count"))
        assert (counts["T901"], counts["T902"]) == (0, 2)


class TestCounting:
    def test_a_needed_exercise_counts_for_the_course_and_an_optional_one_does_not(self, lesson):
        course = Course.objects.get(code="T901")
        assert course.required_count == course.activities.counting().count() == 2

    def test_the_course_is_completed_only_with_the_needed_exercise(
        self, lesson, exercises, begin, cast, client_for
    ):
        browser = client_for(cast.hanako)
        browser.post(reverse("learning:lesson_done", args=[lesson.activity.uuid]))
        assert not Completion.objects.exists()
        answer = begin(exercises[0]).send(log(1, exercises[0])).json()
        assert "修了" in answer["message"]
        facts = required_by(Completion.objects.get().facts)
        assert [one["title"] for one in facts] == ["はじめの一歩", "練習1"]
        assert CourseProgress.objects.get().satisfied_count == 2

    def test_passed_is_asked_for_where_the_author_says_so(self, examples, begin):
        course = make_course()
        package = examples[f"{NAME}.h5p"]
        package.pass_percent = 90
        package.save()
        lesson = make_lesson(
            course, [package_block(FIRST, package, is_required=True, move_on=MoveOn.PASSED.value)]
        )
        exercise = Exercise(Activity.objects.get(parent=lesson.activity))
        failed = list(log(1, exercise))
        failed[-1]["statement"]["result"]["success"] = False
        begin(exercise).send(failed, [{"sub": "0", "type": "state", "data": "{}"}])
        assert ActivityProgress.objects.get(activity=exercise.activity).satisfied_at is None
        begin(exercise).send(log(3, exercise))
        assert ActivityProgress.objects.get(activity=exercise.activity).satisfied_at is not None

    def test_the_checklist_names_it_and_leads_to_its_place(self, lesson, exercises, cast, client_for):
        browser = client_for(cast.hanako)
        html = browser.get("/courses/t901/").text
        address = f"/courses/t901/l1/?block={exercises[0].activity.uuid}"
        assert address in html and "課の中の練習" in html
        assert f"block={exercises[1].activity.uuid}" not in html
        assert browser.get(address)["Location"] == "/courses/t901/l1/"
        second = f"/courses/t901/l1/?block={exercises[1].activity.uuid}"
        assert browser.get(second)["Location"] == "/courses/t901/l1/#screen-2"
        assert browser.get("/courses/t901/l1/?block=nothing")["Location"] == "/courses/t901/l1/"

    def test_home_leads_to_the_exercise_that_is_left(self, lesson, exercises, cast, client_for):
        browser = client_for(cast.hanako)
        browser.post(reverse("learning:lesson_done", args=[lesson.activity.uuid]))
        html = browser.get("/learning/").text
        assert f"?block={exercises[0].activity.uuid}" in html

    def test_asking_for_less_completes_who_has_the_rest(
        self, lesson, exercises, cast, client_for, examples, django_capture_on_commit_callbacks
    ):
        client_for(cast.hanako).post(reverse("learning:lesson_done", args=[lesson.activity.uuid]))
        put_blocks(lesson, [package_block(FIRST, examples[f"{NAME}.h5p"])])
        with django_capture_on_commit_callbacks(execute=True):
            publish(lesson)
        assert Course.objects.get(code="T901").required_count == 1
        assert Completion.objects.count() == 1


class TestApart:
    def test_states_attempts_and_results_of_two_exercises_never_mix(self, exercises, begin):
        one, other = begin(exercises[0]), begin(exercises[1])
        one.send([], [{"sub": "0", "type": "state", "data": '{"a": 1}'}])
        other.send([], [{"sub": "0", "type": "state", "data": '{"b": 2}'}])
        one.send(log(1, exercises[0]))
        kept = dict(PackageState.objects.values_list("activity", "data"))
        assert kept == {exercises[0].activity.pk: '{"a": 1}', exercises[1].activity.pk: '{"b": 2}'}
        assert PackageAttempt.objects.get().activity == exercises[0].activity
        assert not ActivityProgress.objects.filter(activity=exercises[1].activity).exists()

    def test_statements_about_the_other_exercise_count_for_none(self, exercises, begin):
        begin(exercises[1]).send(log(1, exercises[0]))
        assert not PackageAttempt.objects.exists()

    def test_the_same_package_twice_in_one_lesson_is_two_exercises(self, examples, begin):
        package = examples[f"{NAME}.h5p"]
        lesson = make_lesson(make_course(), [package_block(FIRST, package), package_block(SECOND, package)])
        one, other = (Exercise(row) for row in Activity.objects.filter(parent=lesson.activity).order_by("pk"))
        begin(one).send(log(1, one))
        assert PackageAttempt.objects.get().activity == one.activity
        begin(other).send(log(1, other))
        assert PackageAttempt.objects.count() == 2
