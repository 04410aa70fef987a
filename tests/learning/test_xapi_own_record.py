"""Our own record beside what other systems say: served to who may, and never changed by them."""

import pytest
from django.conf import settings as site
from django.db import DatabaseError, IntegrityError, connection, transaction

from learning.progress.corrections import orphans, void_statement
from learning.progress.models import ActivityProgress, CourseProgress
from learning.records.enums import ResultSource
from learning.records.models import Statement
from tests.learning.builders import (
    activities_of,
    check_progress,
    completed,
    course_of,
    enrolled,
    later,
    learner,
    person,
    read,
)
from tests.learning.xapi_client import System, statement, voiding

pytestmark = pytest.mark.django_db


@pytest.fixture
def record():
    """A learner who has read one of two lessons."""
    who, course = learner(), course_of(lessons=3, quiz=False)
    enrollment = enrolled(who, course)
    read(who, activities_of(course)[0])
    return who, course, enrollment, Statement.objects.get()


def actor(who):
    return {"account": {"homePage": site.SITE_BASE_URL, "name": str(who.uuid)}}


def iri(kind, row):
    return f"{site.SITE_BASE_URL}/xapi/{kind}/{row.uuid}"


def test_only_all_read_opens_our_own_record(record):
    row = record[3]
    for scope in ("statements/read/mine", "statements/read"):
        system = System(scope, name=scope)
        assert system.ids() == []
        assert system.get(statementId=str(row.uuid)).status_code == 404
    system = System("all/read")
    assert system.ids() == [str(row.uuid)]
    kept = system.get(statementId=str(row.uuid)).json()
    assert kept["actor"] == {"objectType": "Agent", **actor(record[0])}
    assert kept["stored"].endswith("Z")
    assert kept["authority"]["account"]["homePage"] == site.SITE_BASE_URL
    assert record[0].user.last_name not in str(kept)


def test_our_own_statements_are_found_by_all_filters(record):
    who, course, enrollment, row = record
    uuid, other = str(row.uuid), learner("jiro")
    system = System("all")
    lesson, next_lesson, _third = activities_of(course)
    assert system.ids(agent=actor(who)) == [uuid]
    assert system.ids(agent=actor(other)) == []
    assert system.ids(verb=row.verb) == [uuid]
    assert system.ids(verb="http://adlnet.gov/expapi/verbs/failed") == []
    assert system.ids(activity=iri("activities", lesson)) == [uuid]
    assert system.ids(activity=iri("activities", next_lesson)) == []
    assert system.ids(activity=iri("courses", course)) == []
    assert system.ids(activity=iri("courses", course), related_activities="true") == [uuid]
    assert system.ids(registration=str(enrollment.uuid)) == [uuid]
    authority = system.get(statementId=uuid).json()["authority"]
    assert system.ids(agent=authority, related_agents="true") == [uuid]
    (foreign,) = system.keep(statement(actor=actor(who), object={"id": iri("activities", lesson)}))
    assert system.ids(agent=actor(who)) == [foreign, uuid]
    assert system.ids(activity=iri("activities", lesson)) == [foreign, uuid]


def test_who_observed_or_took_back_is_found_too(record):
    who, course, _enrollment, row = record
    officer, system = person("officer"), System("all/read")
    observed = read(who, activities_of(course)[1], later(1), by=officer)
    named = {"account": {"homePage": site.SITE_BASE_URL, "name": str(officer.uuid)}}
    assert system.ids(agent=named) == []
    assert system.ids(agent=named, related_agents="true") == [str(observed.statement)]
    void_statement(statement=row, reason="誤り", by=officer, at=later(2))
    taken = Statement.objects.get(voids=row)
    assert system.ids(agent=named) == [str(taken.uuid)]
    assert system.get(statementId=str(row.uuid)).status_code == 404
    assert system.get(voidedStatementId=str(row.uuid)).status_code == 200
    assert str(taken.uuid) in system.ids(agent=actor(who))
    assert str(row.uuid) not in system.ids()


def test_a_statement_from_outside_about_our_learner_changes_no_progress(record):
    """Only what passes ``record_result`` counts, whatever a client says in our own words."""
    _who, course, _enrollment, row = record
    before = (list(ActivityProgress.objects.values()), list(CourseProgress.objects.values()))
    system = System("all")
    body = System("all/read", name="読むだけ").get(statementId=str(row.uuid)).json()
    forged = {**body, "object": {"id": iri("activities", activities_of(course)[1])}}
    for name in ("id", "stored", "authority"):
        forged.pop(name)
    system.keep(forged, {**forged, "verb": {"id": "https://w3id.org/xapi/adl/verbs/satisfied"}})
    assert (list(ActivityProgress.objects.values()), list(CourseProgress.objects.values())) == before
    assert not list(orphans())
    check_progress()
    outside = Statement.objects.filter(source=ResultSource.CLIENT)
    linked = outside.values_list("learner", "course", "activity", "registration")
    assert not any(any(row) for row in linked)


def test_nobody_outside_voids_a_statement_of_ours(record):
    row = record[3]
    system = System("all")
    assert system.post(voiding(str(row.uuid))).status_code == 403
    assert system.get(statementId=str(row.uuid)).status_code == 200
    check_progress()


def test_an_id_of_ours_is_a_conflict_for_others(record):
    assert System("all").put(str(record[3].uuid), statement()).status_code == 409


def test_what_is_known_of_our_own_activities_is_what_the_catalog_says(record):
    course = record[1]
    system, lesson = System("all"), activities_of(course)[0]
    system.keep(statement(object={"id": iri("activities", lesson), "definition": {"name": {"ja": "偽"}}}))
    told = system.get("activities", activityId=iri("activities", lesson)).json()
    assert told["definition"]["name"] == {"ja": lesson.title}
    told = system.get("activities", activityId=iri("courses", course)).json()
    assert told["definition"]["name"] == {"ja": course.title}


def test_a_completed_course_is_served_in_order():
    who, course = learner(), course_of(lessons=1)
    completed(who, course)
    system = System("all/read")
    verbs = [one["verb"]["display"]["en"] for one in system.get(ascending="true").json()["statements"]]
    assert verbs == ["completed", "passed", "satisfied"]


def row_of(**values):
    moment = later()
    told = {
        "uuid": "22222222-2222-4222-8222-222222222222",
        "timestamp": moment,
        "stored": moment,
        "verb": "",
        "body": {},
    }
    return Statement(**{**told, **values})


def test_the_database_keeps_own_and_foreign_statements_apart(record):
    who, course, _enrollment, _row = record
    for wrong in (
        row_of(source=ResultSource.LESSON),
        row_of(source=ResultSource.LESSON, learner=who, course=course),
        row_of(source=ResultSource.CLIENT, learner=who),
        row_of(source=ResultSource.CLIENT, counts=True),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            wrong.save()


def test_a_foreign_statement_cannot_be_changed_either():
    System().keep(statement())
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE learning_statement SET verb = 'x'")
