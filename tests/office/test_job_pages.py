"""The page of a job: its owner sees how far it is, and nobody else finds it."""

import pytest
from wagtail.models import ModelLogEntry

from office.jobs import actions
from office.jobs.enums import JobState
from office.jobs.models import Job

pytestmark = pytest.mark.django_db


def job_of(person, at, **values) -> Job:
    values = {"title": "取込み", "created_at": at, "heartbeat_at": at, **values}
    return Job.objects.create(kind="x", owner=person.uuid if person else None, **values)


def test_the_owner_sees_how_far_the_job_is(at, cast, client_for):
    job = job_of(cast.officer, at, state=JobState.RUNNING, done=3, total=8)
    answer = client_for(cast.officer).get(f"/jobs/{job.uuid}/")
    assert answer.status_code == 200
    html = answer.content.decode()
    assert "取込み" in html
    assert 'value="3" max="8"' in html
    assert f'data-job-url="/jobs/{job.uuid}.json"' in html
    assert "no-store" in answer.headers["Cache-Control"]
    state = client_for(cast.officer).get(f"/jobs/{job.uuid}.json").json()
    assert state == {"state": "running", "done": 3, "total": 8, "percent": 37, "error": "", "result": {}}


def test_nobody_else_finds_the_job(at, cast, client_for):
    job, nobodys = job_of(cast.officer, at), job_of(None, at)
    for address in (f"/jobs/{job.uuid}/", f"/jobs/{job.uuid}.json", f"/jobs/{nobodys.uuid}/"):
        assert client_for(cast.outsider).get(address).status_code == 404
    assert client_for(cast.outsider).post(f"/jobs/{job.uuid}/retry/").status_code == 404
    assert client_for(None).get(f"/jobs/{job.uuid}/").status_code == 302
    assert client_for(None).get(f"/jobs/{job.uuid}.json").status_code == 401
    assert client_for(None).post(f"/jobs/{job.uuid}/retry/").status_code == 302


def test_a_finished_job_links_to_its_result_on_this_site_only(at, cast, client_for):
    result = {"message": "できました。", "url": "/reports/people/?a=1&b=2", "url_label": "一覧を見る"}
    job = job_of(
        cast.officer, at, state=JobState.DONE, result=result, params={"back_url": "/reports/people/"}
    )
    html = client_for(cast.officer).get(f"/jobs/{job.uuid}/").content.decode()
    assert '<a class="button button--primary" href="/reports/people/?a=1&amp;b=2">一覧を見る</a>' in html
    assert "できました。" in html
    Job.objects.filter(pk=job.pk).update(result={"url": "https://example.com/"})
    assert "example.com" not in client_for(cast.officer).get(f"/jobs/{job.uuid}/").content.decode()


def test_a_failed_job_can_be_let_go_on_by_its_owner(
    at, cast, client_for, django_capture_on_commit_callbacks, monkeypatch
):
    woken: list[int] = []
    monkeypatch.setattr(actions, "_wake", woken.append)
    job = job_of(cast.officer, at, state=JobState.FAILED, error="止まりました。", tries=5)
    browser = client_for(cast.officer)
    assert "止まりました。" in browser.get(f"/jobs/{job.uuid}/").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        for _click in range(2):
            assert browser.post(f"/jobs/{job.uuid}/retry/").status_code == 302
    job.refresh_from_db()
    assert (job.state, job.error) == (JobState.WAITING, "")
    assert woken == [job.pk]
    assert ModelLogEntry.objects.filter(action="office.job_retried", user=cast.officer).count() == 1
