"""Every address tried by a visitor, by somebody of another municipality, and by an insider without the right."""

from collections.abc import Iterator

import pytest
from django.urls import URLResolver, get_resolver, reverse

from assessments.attempts.actions import open_attempt
from courses.catalog.models import Course
from courses.packages import hosting
from learning.assignments.actions import assign
from learning.certificates.actions import issue_missing_certificates
from learning.certificates.models import Certificate
from learning.enrollments.actions import enroll
from learning.enrollments.enums import EnrollmentOrigin
from learning.progress.actions import record_result
from learning.records.enums import ResultSource, Verb
from learning.records.rules import Result
from office.jobs.models import Job
from tests.architecture.doors import DOORS, NOT_OURS, Things


def addresses(resolver: URLResolver, namespace: str = "") -> Iterator[str]:
    """Names of all addresses outside Wagtail's admin and documents."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            if not str(entry.pattern).startswith(("admin/", "documents/")):
                yield from addresses(entry, f"{entry.namespace}:" if entry.namespace else namespace)
        elif entry.name:
            yield namespace + entry.name


def test_every_address_of_ours_has_a_line_in_the_table():
    assert set(addresses(get_resolver())) - NOT_OURS == set(DOORS)


def test_the_host_of_packages_has_no_address_that_the_site_does_not_name_too():
    """They stand below «hosted/» on the site, so that the table above tries them with everybody."""
    assert set(addresses(get_resolver(hosting.URLS))) == {
        name for name in DOORS if name.startswith("hosting:")
    }


@pytest.mark.parametrize("name", sorted(name for name in DOORS if name.startswith("hosting:")))
def test_the_host_of_packages_knows_nobody(name, cast, client_for, things, settings):
    settings.PACKAGES_ORIGIN = "http://packages.localhost"
    address = reverse(name, kwargs=dict(DOORS[name].kwargs(things)), urlconf=hosting.URLS)
    answers = {
        getattr(client_for(person), method)(address, headers={"host": "packages.localhost"}).status_code
        for person in (None, cast.outsider, cast.hanako, cast.admin)
        for method in ("get", "post")
    }
    assert all(400 <= status < 500 for status in answers), answers


@pytest.mark.parametrize("name", sorted(name for name in DOORS if not name.startswith("hosting:")))
def test_no_door_of_the_site_opens_on_the_host_of_packages(name, cast, client_for, things, settings):
    settings.PACKAGES_ORIGIN = "http://packages.localhost"
    address = reverse(name, kwargs=dict(DOORS[name].kwargs(things)))
    answer = client_for(cast.admin).get(address, headers={"host": "packages.localhost"})
    assert answer.status_code == 404
    assert answer["Content-Type"].startswith("text/plain")
    assert not answer.cookies


@pytest.fixture
def things(cast, curriculum, at):
    """hanako has completed S105 with a certificate and has another attempt open; 税務課 has an assignment."""
    course, learner = Course.objects.get(code="S105"), cast.learner(cast.hanako)
    enrollment = enroll(learner=learner, course=course, origin=EnrollmentOrigin.SELF, by=cast.hanako, at=at)
    activities = list(course.activities.counting().order_by("order"))
    for activity in activities:
        record_result(
            learner=learner,
            activity=activity,
            result=Result(completion=True, success=True if activity.kind == "quiz" else None),
            verb=Verb.PASSED if activity.kind == "quiz" else Verb.COMPLETED,
            source=ResultSource.QUIZ if activity.kind == "quiz" else ResultSource.LESSON,
            at=at,
        )
    issue_missing_certificates(at=at)
    quiz = activities[-1]
    attempt = open_attempt(quiz=quiz.quiz, learner=learner, registration=enrollment.uuid, at=at)
    assignment = assign(
        course=course, organization=cast.zeimu, opens_on=at.date(), due_on=None, reason="全職員の講座です。", by=cast.officer, at=at
    )  # fmt: skip
    job = Job.objects.create(
        kind="assign", title="割り当て", owner=cast.officer.uuid, created_at=at, heartbeat_at=at
    )
    certificate = Certificate.objects.get()
    return Things(
        hanako=str(cast.hanako.uuid),
        group=str(cast.class_1_1.uuid),
        course=str(course.uuid),
        lesson=str(activities[0].uuid),
        quiz=str(quiz.uuid),
        attempt=str(attempt.uuid),
        assignment=str(assignment.uuid),
        certificate=str(certificate.uuid),
        code=certificate.code,
        job=str(job.uuid),
        post=str(cast.hanako.appointments.get().uuid),
        role=str(cast.kacho.role_assignments.get().uuid),
    )


@pytest.mark.parametrize("name", sorted(DOORS))
def test_a_door_answers_as_it_should(name, cast, client_for, things, settings):
    door = DOORS[name]
    address = reverse(name, kwargs=dict(door.kwargs(things)))
    people = {"visitor": None, "outsider": cast.outsider, "insider": getattr(cast, door.who)}
    answers = {
        who: getattr(client_for(person), door.method)(address).status_code for who, person in people.items()
    }
    assert answers == {who: getattr(door, who) for who in people}


@pytest.mark.parametrize("name", sorted(DOORS))
def test_a_door_never_breaks_with_a_strange_id(name, cast, client_for, things):
    """The right kind of id that leads nowhere, and both methods: never a 5xx."""
    door = DOORS[name]
    strange = {
        key: "00000000-0000-4000-8000-000000000000" if len(str(value)) == 36 else value
        for key, value in door.kwargs(things).items()
    }
    address = reverse(name, kwargs=strange)
    for person in (None, cast.hanako, cast.officer, cast.admin):
        for method in ("get", "post", "head"):
            assert getattr(client_for(person), method)(address).status_code < 500


@pytest.mark.parametrize(
    ("who", "status"),
    [("hanako", 403), ("outsider", 403), ("pupil", 403), ("author", 200), ("editor", 200), ("admin", 200)],
)
def test_the_editor_opens_for_authors_only(who, status, cast, client_for, curriculum):
    assert client_for(getattr(cast, who)).get(reverse("wagtailadmin_home"), follow=True).status_code == status


def test_a_visitor_of_the_editor_is_sent_to_our_sign_in(client, curriculum):
    response = client.get(reverse("wagtailadmin_home"), follow=True)
    assert response.redirect_chain[-1][0].startswith(reverse("account_login"))
