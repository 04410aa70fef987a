"""Handing statements on to an outside store: in order, once each, also when it is down or refuses one."""

import json
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.urls import reverse

from learning.forwarding import actions
from learning.forwarding.actions import ask_again, forward, give_up, targets
from learning.forwarding.models import DeadLetter, ForwardCursor
from learning.forwarding.rules import BadTarget, Outcome, outcome, pause, target_of
from learning.forwarding.tasks import forward_statements
from learning.records.models import Statement
from office.audit.queries import history_of
from tests.learning.builders import activities_of, completed, course_of, enrolled, learner, read
from tests.learning.xapi_client import System, statement

pytestmark = pytest.mark.django_db


class Store(ThreadingHTTPServer):
    """An outside store on this machine. ``answers``: statuses in turn, then 200; ``refused``: ids that get 400."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.kept: list[str] = []
        self.requests: list[tuple[str, dict[str, str], bytes]] = []
        self.answers: list[int] = []
        self.refused: set[str] = set()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/lrs/xapi/"


class _Handler(BaseHTTPRequestHandler):
    server: Store

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.requests.append((self.path, dict(self.headers), body))
        ids = [one["id"] for one in json.loads(body)] if body.startswith(b"[") else []
        status = self.server.answers.pop(0) if self.server.answers else 200
        if status == 200 and self.server.refused & set(ids):
            status = 400
        if status == 200:
            self.server.kept += [uuid for uuid in ids if uuid not in self.server.kept]
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "http://127.0.0.1:9/elsewhere")
        if status == 503:
            self.send_header("Retry-After", "7200")
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"no" if status != 200 else b"[]")

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def store(settings):
    server = Store()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    told = {"url": server.url, "user": "us", "secret": "s3", "what": "own"}
    settings.XAPI_FORWARD = {"region": told}
    settings.XAPI_FORWARD_TIMEOUT_SECONDS = 5
    yield server
    server.shutdown()
    server.server_close()


def ids() -> list[str]:
    return [str(uuid) for uuid in Statement.objects.own().order_by("pk").values_list("uuid", flat=True)]


def run(clock) -> int:
    (target,) = targets()
    return forward(target=target, at=clock())


@pytest.fixture
def learned():
    completed(learner(), course_of(lessons=4))
    return ids()


def test_everything_goes_in_order_and_once(store, learned, clock, monkeypatch):
    monkeypatch.setattr(actions, "BATCH", 2)
    assert run(clock) == len(learned)
    assert run(clock) == 0
    assert store.kept == learned
    assert len(store.requests) == 3
    path, headers, body = store.requests[0]
    assert path == "/lrs/xapi/statements"
    assert headers["X-Experience-API-Version"] == "1.0.3"
    assert headers["Authorization"].startswith("Basic ")
    assert not {"stored", "authority"} & set(json.loads(body)[0])


def test_what_comes_later_goes_later_and_what_others_said_stays(store, learned, clock):
    run(clock)
    System().keep(statement())
    completed(learner("jiro"), course_of("T200", lessons=1))
    run(clock)
    assert store.kept == ids()
    assert len(ids()) > len(learned)


def test_all_takes_the_statements_of_other_systems_with_their_attachments(store, settings, clock):
    settings.XAPI_FORWARD["region"]["what"] = "all"
    System().keep(statement())
    run(clock)
    assert len(store.kept) == 1


@pytest.mark.parametrize("status", [500, 503, 429, 401, 403, 404, 302])
def test_a_store_that_is_down_is_asked_again_later(store, learned, clock, status):
    store.answers = [status]
    assert run(clock) == 0
    cursor = ForwardCursor.objects.get()
    assert (cursor.sequence, cursor.failures, cursor.held_since is not None) == (0, 1, True)
    assert str(status) in cursor.last_error
    assert run(clock) == 0
    assert len(store.requests) == 1
    clock.move_to(clock() + timedelta(hours=3))
    assert run(clock) == len(learned)
    cursor.refresh_from_db()
    assert (cursor.failures, cursor.held_since, cursor.last_error) == (0, None, "")
    assert not DeadLetter.objects.exists()


def test_a_pause_is_as_long_as_the_store_asks(store, learned, clock):
    store.answers = [503]
    run(clock)
    clock.move_to(clock() + timedelta(hours=1))
    run(clock)
    assert len(store.requests) == 1


def test_a_dead_address_is_told_and_tried_again(store, learned, clock, settings):
    settings.XAPI_FORWARD["region"]["url"] = "http://127.0.0.1:9/xapi"
    assert run(clock) == 0
    assert "Error" in ForwardCursor.objects.get().last_error


def test_a_refused_statement_is_laid_aside_and_the_others_go_on(store, learned, clock):
    store.refused = {learned[2]}
    run(clock)
    letter = DeadLetter.objects.get()
    assert store.kept == [one for one in learned if one != learned[2]]
    assert (str(letter.statement.uuid), letter.status, letter.answer) == (learned[2], 400, "no")
    run(clock)
    assert DeadLetter.objects.count() == 1


def test_a_person_sends_it_again_or_does_without(store, learned, clock, cast):
    store.refused = {learned[1], learned[2]}
    run(clock)
    first, second = DeadLetter.objects.order_by("pk")
    ask_again(letter=first, by=cast.admin, at=clock())
    run(clock)
    first.refresh_from_db()
    assert (first.tries, first.settled_at, first.is_asked_again) == (2, None, False)
    store.refused = set()
    ask_again(letter=first, by=cast.admin, at=clock())
    run(clock)
    first.refresh_from_db()
    assert (first.was_sent, first.settled_at is not None) == (True, True)
    assert learned[1] in store.kept
    give_up(letter=second, reason="不要", by=cast.admin, at=clock())
    run(clock)
    assert learned[2] not in store.kept
    assert "不要" in history_of(second)[0].sentence


def test_a_worker_that_died_sends_again_and_nothing_is_doubled(store, learned, clock):
    """The store had taken the batch when the worker died: the ids make it one."""
    run(clock)
    ForwardCursor.objects.update(sequence=0)
    run(clock)
    assert store.kept == learned


def test_two_workers_do_not_send_side_by_side(store, learned, clock):
    run(clock)
    ForwardCursor.objects.update(sequence=0, leased_until=clock() + timedelta(minutes=3))
    before = len(store.requests)
    assert run(clock) == 0
    assert len(store.requests) == before
    ForwardCursor.objects.update(leased_until=clock() - timedelta(minutes=1))
    assert run(clock) == len(learned)


def test_what_a_slow_transaction_still_holds_is_not_overtaken(store, learned, clock, monkeypatch):
    """Somebody began to write before us and has not ended: their sequence may be a lower one."""
    began = clock()
    monkeypatch.setattr(actions, "oldest_writer", lambda now: began)
    assert run(clock) == 0
    clock.move_to(clock() + timedelta(minutes=1))
    assert run(clock) == 0
    ended = clock()
    monkeypatch.setattr(actions, "oldest_writer", lambda now: ended)
    who, course = learner("jiro"), course_of("T300", lessons=1, quiz=False)
    enrolled(who, course)
    read(who, activities_of(course)[0])
    assert run(clock) == len(learned)
    monkeypatch.setattr(actions, "oldest_writer", lambda now: None)
    run(clock)
    assert store.kept == ids()


def test_the_task_goes_through_all_stores_although_one_fails(store, learned, settings, clock):
    settings.XAPI_FORWARD = {"down": {"url": "http://127.0.0.1:9/"}, **settings.XAPI_FORWARD}
    forward_statements()
    assert store.kept == learned


@pytest.mark.parametrize(
    "url",
    [
        "http://lrs.example.jp/",
        "ftp://lrs.example.jp/",
        "https://",
        "https://user:pw@lrs.example.jp/",
        "https://lrs.example.jp/?a=b",
        "http://127.0.0.1.example.jp/",
        "file:///etc/passwd",
    ],
)
def test_statements_go_over_https_only(url):
    with pytest.raises(BadTarget):
        target_of("x", {"url": url})


def test_the_address_is_the_one_of_the_statements():
    assert target_of("x", {"url": "https://lrs.example.jp/a/"}).path == "/a/statements"
    assert target_of("x", {"url": "https://lrs.example.jp"}).port == 443


def test_pauses_grow_and_end_growing():
    assert [pause(n).total_seconds() for n in (1, 2, 3, 40)] == [30, 60, 120, 21_600]
    assert pause(1, 7200) == timedelta(hours=2)
    assert [outcome(s) for s in (200, 204, 409, 500, 302)] == [
        Outcome.KEPT,
        Outcome.KEPT,
        Outcome.REFUSED,
        Outcome.LATER,
        Outcome.LATER,
    ]


def test_the_pages_tell_and_settle(store, learned, clock, cast, client_for):
    store.refused = {learned[2]}
    run(clock)
    browser, page = client_for(cast.admin), reverse("learning:forwarding")
    assert learned[2] in browser.get(page).text
    letter = DeadLetter.objects.get()
    address = reverse("learning:forward_letter", args=[letter.pk])
    assert browser.get(address).status_code == 200
    assert browser.post(address, {"step": "again"}).status_code == 302
    letter.refresh_from_db()
    assert letter.is_asked_again
    assert browser.post(address, {"reason": ""}).status_code == 422
    assert browser.post(address, {"reason": "不要"}).status_code == 302
    assert learned[2] not in browser.get(page).text
    assert browser.get(address).status_code == 404
