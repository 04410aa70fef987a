"""A statement is never changed: not by our code, not by any other."""

import pytest
from django.db import DatabaseError, connection, transaction

from learning.progress.models import RequiredActivities
from learning.records.models import AppendOnly, Statement
from tests.learning.builders import activities_of, course_of, enrolled, learner, read

pytestmark = pytest.mark.django_db


@pytest.fixture
def statement():
    who, course = learner(), course_of(lessons=1, quiz=False)
    enrolled(who, course)
    read(who, activities_of(course)[0])
    return Statement.objects.order_by("pk").first()


@pytest.mark.parametrize(
    "change",
    [
        lambda s: s.save(),
        lambda s: s.delete(),
        lambda s: Statement.objects.filter(pk=s.pk).update(source="import"),
        lambda s: Statement.objects.filter(pk=s.pk).delete(),
        lambda s: Statement.objects.bulk_update([s], ["source"]),
    ],
)
def test_our_code_cannot_change_it(statement, change):
    with pytest.raises(AppendOnly):
        change(statement)


def run(sql):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_the_database_refuses_to_change_it(statement):
    with pytest.raises(DatabaseError, match="append-only"):
        run("UPDATE learning_statement SET source = 'import'")
    statement.refresh_from_db()
    assert statement.source == "lesson"


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="only PostgreSQL refuses to delete")
def test_postgresql_refuses_to_delete_it(statement):
    with pytest.raises(DatabaseError, match="append-only"):
        run("DELETE FROM learning_statement")


def test_the_database_refuses_to_change_what_a_completion_asked_for(statement):
    assert RequiredActivities.objects.count() == 1
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        RequiredActivities.objects.update(activities=[])
    assert RequiredActivities.objects.get().activities[0]["code"] == "T100-L1"
