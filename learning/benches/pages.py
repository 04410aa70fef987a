"""The bench ``pages``: what the pages and events of learning cost beside the limit of the machine.

Four worlds in turn: courses of 20 and of 200 lessons among 1,000 and among 100,000 learners. The goals stand in
``docs/performance.md``.
"""

import threading
from collections.abc import Iterator, Mapping
from datetime import datetime
from urllib.parse import urlencode
from uuid import uuid4

from django.contrib.auth.models import AbstractBaseUser
from django.urls import reverse
from django.utils import timezone

from courses.catalog.models import Activity, Course
from courses.curriculum.actions import load_curriculum
from learning.benches import world
from office.benches.actions import BenchRun
from office.benches.cases import FORM_HEADERS, Case, Request, get, limit_case, session_headers
from office.benches.floor import floor_case
from people.learners.models import Learner

SIZES = ((20, 1_000), (200, 1_000), (20, 100_000), (200, 100_000))
QUICK_SIZES = ((8, 20),)
# Pupils of a class, and of a whole year of a school.
CLASSES = (30, 300)


def bench_pages(run: BenchRun) -> None:
    """Builds each world on top of the one before and measures all cases in it."""
    at = timezone.now()
    run.say("loading the curriculum")
    load_curriculum(check=False, take_files=False, at=at)
    courses: dict[int, Course] = {}
    for lessons, learners in QUICK_SIZES if run.options.quick else SIZES:
        if lessons not in courses:
            run.say(f"making a course of {lessons} lessons")
            courses[lessons] = world.bench_course(f"BENCH{lessons}", lessons, at)
        run.say(f"making {learners:,} learners")
        world.crowd_in(courses[lessons], world.people(learners, "crowd", at), at)
        run.measure(
            f"{lessons} lessons, {learners:,} learners", list(_cases(run, courses[lessons], learners, at))
        )


def _cases(run: BenchRun, course: Course, learners: int, at: datetime) -> Iterator[Case]:
    name = f"{course.code}-{learners}"
    lessons = world.needed_of(course)
    (reader,) = world.people(1, f"reader-{name}", at)
    world.begun(course, [reader], lessons[: len(lessons) // 2], at)
    headers = session_headers(_user(reader))
    classes = [(pupils, *world.class_of(course, f"{name}-{pupils}", at, pupils)) for pupils in CLASSES]
    yield limit_case(headers)
    yield Case("lesson page", get(lessons[len(lessons) // 2].url), headers)
    yield Case("course page", get(course.url), headers)
    yield Case("my learning", get(reverse("learning:home")), headers)
    world.finished_courses(reader, len(lessons), at)
    for pupils, teacher, group in classes:
        url = reverse("reporting:class", args=[group.uuid])
        yield Case(f"class board, {pupils} pupils", get(url), session_headers(teacher))
    yield floor_case(headers)
    yield _event(headers, lessons)
    yield _completing(run, course, lessons, name, at)


def _event(headers: Mapping[str, str], lessons: list[Activity]) -> Case:
    """One result after another of somebody in the course, each a statement of its own."""
    unread = lessons[len(lessons) // 2 : -1]

    def make(number: int) -> Request:
        url = reverse("learning:lesson_done", args=[unread[number % len(unread)].uuid])
        return Request("POST", url, urlencode({"statement": uuid4(), "next": lessons[-1].url}).encode())

    return Case("one event", make, {**headers, **FORM_HEADERS}, frozenset({302}))


def _completing(run: BenchRun, course: Course, lessons: list[Activity], name: str, at: datetime) -> Case:
    """Each request is the last lesson of another person: nobody completes a course twice."""
    count = int(run.options.rounds * run.options.seconds * 250) + 100
    finishers = world.people(count, f"finisher-{name}", at)
    for begin in range(0, count, 500):
        world.begun(course, finishers[begin : begin + 500], lessons[:-1], at)
    everybody = RotatingHeaders([{**session_headers(_user(one)), **FORM_HEADERS} for one in finishers])
    url = reverse("learning:lesson_done", args=[lessons[-1].uuid])
    sent = urlencode({"next": course.url}).encode()

    def make(number: int) -> Request:
        everybody.turn_to(number)
        return Request("POST", url, sent)

    return Case("completing event", make, everybody, frozenset({302}))


class RotatingHeaders(Mapping[str, str]):
    """The headers of one person after another: each thread of the load sends those of the request it just made."""

    def __init__(self, headers: list[dict[str, str]]) -> None:
        self._headers = headers
        self._turn = threading.local()

    def turn_to(self, number: int) -> None:
        """Raises IndexError when everybody has had their turn: a second one would measure something else."""
        if number >= len(self._headers):
            raise IndexError(f"the bench needs more than {len(self._headers)} people")
        self._turn.number = number

    def _current(self) -> dict[str, str]:
        return self._headers[getattr(self._turn, "number", 0)]

    def __getitem__(self, key: str) -> str:
        return self._current()[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._current())

    def __len__(self) -> int:
        return len(self._current())


def _user(learner: Learner) -> AbstractBaseUser:
    if learner.user is None:
        raise LookupError("people of the bench have accounts")
    return learner.user
