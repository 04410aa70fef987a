"""One id, one statement: whoever writes it at the same moment, and whoever would take ours first."""

from uuid import NAMESPACE_URL, uuid4, uuid5

import pytest
from django.db import connection

from learning.lrs.models import ClientStatement
from learning.progress.models import ActivityProgress
from learning.records.models import Statement
from tests.learning.builders import activities_of, course_of, enrolled, learner, read
from tests.learning.test_concurrency import at_once
from tests.learning.xapi_client import VERB, System, statement

OTHER = {"id": "http://adlnet.gov/expapi/verbs/experienced"}


@pytest.fixture(scope="module")
def kept_database(django_db_setup, django_db_blocker):
    """The tests with threads empty the database; the last one puts back what the migrations made (the root page)."""
    yield
    with django_db_blocker.unblock():
        connection.creation.deserialize_db_from_string(getattr(connection, "_test_serialized_contents"))  # noqa: B009


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.usefixtures("kept_database")
class TestAtOnce:
    @pytest.mark.parametrize("method", ["put", "post"])
    def test_the_same_statement_is_kept_once_and_everybody_is_told_so(self, method):
        systems = [System(name=f"s{n}") for n in range(2)]
        uuid = str(uuid4())
        answers = at_once(*[lambda system=system: send(system, method, uuid, VERB) for system in systems * 2])
        assert {answer.status_code for answer in answers} <= {200, 204}
        assert Statement.objects.count() == ClientStatement.objects.count() == 1

    def test_of_different_ones_the_first_is_kept(self):
        system = System()
        uuid = str(uuid4())
        calls = [lambda verb=verb: send(system, "put", uuid, verb) for verb in (VERB, OTHER) * 2]
        statuses = sorted(answer.status_code for answer in at_once(*calls))
        assert statuses == [204, 204, 409, 409]
        assert Statement.objects.count() == 1

    def test_batches_in_another_order_wait_and_do_not_fail(self):
        system = System()
        ids = [str(uuid4()) for _ in range(20)]
        told = [statement(id=uuid) for uuid in ids]
        answers = at_once(lambda: system.post(told), lambda: system.post(told[::-1]))
        assert {answer.status_code for answer in answers} <= {200, 204}
        assert Statement.objects.count() == 20


def send(system, method, uuid, verb):
    told = statement(id=uuid, verb=verb)
    return system.put(uuid, told) if method == "put" else system.post(told)


@pytest.mark.django_db
class TestIdsOfOurs:
    def test_nobody_takes_the_id_that_our_next_statement_will_have(self):
        who, course = learner(), course_of(lessons=1, quiz=False)
        enrollment = enrolled(who, course)
        (lesson,) = activities_of(course)
        next_id = str(uuid5(enrollment.uuid, f"{lesson.uuid} completed"))
        system = System("statements/write", "all/read")
        assert system.put(next_id, statement(id=next_id)).status_code == 403
        assert system.post(statement(id=next_id)).status_code == 403
        read(who, lesson, once="completed")
        assert ActivityProgress.objects.get().is_completed
        assert str(Statement.objects.earliest("pk").uuid) == next_id

    def test_a_whole_request_falls_with_one_such_id(self):
        system = System()
        answer = system.post([statement(), statement(id=str(uuid5(NAMESPACE_URL, "x")))])
        assert answer.status_code == 403
        assert "version 5" in answer.json()["error"]
        assert not Statement.objects.exists()

    @pytest.mark.parametrize(
        "fine",
        [
            "12345678-1234-5678-1234-567812345678",
            "0190a4ae-7c1b-7cc2-98c4-dc0c0c07398f",
            "7D604204-7183-4C50-93DC-D87F7C0ABB05",
        ],
    )
    def test_ids_that_are_only_alike_are_taken(self, fine):
        assert System().post(statement(id=fine)).status_code == 200
