"""The audit trail says who did what, in a sentence, with one query."""

import pytest
from django.utils.translation import gettext_lazy
from wagtail.log_actions import registry
from wagtail.models import ModelLogEntry, Page, PageLogEntry

from office.audit import actions
from office.audit.actions import UnregisteredActionError, record, record_many, register
from office.audit.queries import history_of
from office.jobs.models import Job

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def code(monkeypatch):
    """A code of this test only."""
    monkeypatch.setattr(actions, "_codes", dict(actions._codes))
    registry.scan_for_actions()
    monkeypatch.setattr(registry, "formatters", dict(registry.formatters))
    monkeypatch.setattr(registry, "choices", list(registry.choices))
    register("test.done", "Do", "Did %(what)s because %(reason)s")
    return "test.done"


@pytest.fixture
def job(at) -> Job:
    return Job.objects.create(kind="x", title="取込み", created_at=at, heartbeat_at=at)


def test_an_entry_names_person_time_and_data(job, cast, at):
    record(action="test.done", instance=job, by=cast.officer, data={"what": "it", "day": at.date()}, at=at)
    entry = ModelLogEntry.objects.get(action="test.done")
    assert (entry.user, entry.timestamp, entry.label, entry.object_id) == (
        cast.officer,
        at,
        "取込み",
        str(job.pk),
    )
    assert entry.data == {"what": "it", "day": "2026-11-21"}
    assert entry.message == "Did it because …"


def test_one_entry_costs_one_query_and_so_do_many(job, cast, at, django_assert_num_queries):
    record(action="test.done", instance=job, by=cast.officer)
    with django_assert_num_queries(1):
        record(action="test.done", instance=job, by=cast.officer)
    with django_assert_num_queries(1):
        record_many(action="test.done", instances=[job] * 50, by=None)


def test_a_pages_entry_stands_with_the_page(cast):
    page = Page.objects.filter(depth=2).first()
    record(action="test.done", instance=page, by=cast.editor)
    assert PageLogEntry.objects.get(action="test.done").page_id == page.pk


def test_an_unregistered_code_is_refused(job):
    with pytest.raises(UnregisteredActionError, match=r"test\.unknown"):
        record(action="test.unknown", instance=job, by=None)


def test_a_code_has_one_wording():
    register("test.done", "Do", "Did %(what)s because %(reason)s")
    with pytest.raises(ValueError, match=r"test\.done"):
        register("test.done", "Do", "Something else")


def test_a_message_is_in_the_readers_language(job):
    register("test.lazy", gettext_lazy("Run a job again"), gettext_lazy("Ran a job that had stopped again"))
    record(action="test.lazy", instance=job, by=None)
    assert history_of(job)[0].sentence == "止まっていた作業を再開しました"


def test_the_history_of_a_row_is_one_query_newest_first(job, cast, at, django_assert_num_queries):
    for person in (cast.officer, cast.kacho, None):
        record(action="test.done", instance=job, by=person, data={"what": "A", "reason": "B"})
    history_of(job)
    with django_assert_num_queries(1):
        told = history_of(job)
    assert [one.sentence for one in told] == ["Did A because B"] * 3
    assert told[1].by == cast.kacho.get_full_name()


def test_every_registered_code_has_a_sentence_that_can_be_filled_in():
    for code, (label, message) in actions._codes.items():
        assert str(label), code
        assert str(message), code
