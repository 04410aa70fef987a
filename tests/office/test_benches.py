"""A bench measures a real server, and says plainly what it measured."""

import os
import socket

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from office.benches import actions
from office.benches.actions import BenchRun, CaseFailedError, Options, probe, register_bench
from office.benches.cases import Case, get, limit_case, post_json, session_headers
from office.benches.databases import database_url
from office.benches.load import Sent, send
from office.benches.processes import read_cpu
from office.benches.rules import LIMIT_PATH, CaseResult, Measurement, Report, Slice, spread
from office.benches.servers import HOST, Server, ServerError, running_server

SIGN_IN = "/accounts/login/"


def result(name, *cpu):
    slices = [Slice(100, 2.0, 4.0, value, 0.1) for value in cpu]
    return CaseResult(name, queries=3, bytes=2048, slices=slices)


def test_a_ratio_compares_with_the_limit_of_the_same_round():
    measured = Measurement("20 lessons", [result("limit", 2.0, 4.0), result("page", 5.0, 10.0)])
    assert measured.ratios(measured.cases[1]) == [2.5, 2.5]
    assert spread([1.0, 3.0, 2.0]) == {"min": 1.0, "median": 2.0, "max": 3.0}
    assert spread([]) is None


def test_a_report_reads_as_a_table_and_as_json():
    report = Report(
        "pages",
        {"engine": "postgresql"},
        [Measurement("20 lessons", [result("limit", 2.0), result("page", 5.0)])],
    )
    text = report.as_markdown()
    assert "- engine: postgresql" in text
    assert (
        "| page | 3 | 2.0 | 50.0 / 50.0 / 50.0 | 4.0 / 4.0 / 4.0 | 5.0 / 5.0 / 5.0 | 2.50 / 2.50 / 2.50 | 0.10 | 0 |"
        in text
    )
    page = report.as_json()["measurements"][0]["cases"][1]
    assert page["ratio_to_limit"] == {"min": 2.5, "median": 2.5, "max": 2.5}
    assert page["slices"][0]["requests"] == 100


def test_where_cpu_cannot_be_read_the_table_says_so():
    case = CaseResult("page", 3, 10, slices=[Slice(10, 1.0, 4.0, None, None)])
    assert "| – | – | – | 0 |" in Report("x", {}, [Measurement("y", [case])]).as_markdown()


def test_cpu_time_of_this_process_grows():
    before = after = read_cpu(os.getpid(), "no-such-database")
    if before is None:
        pytest.skip("this system has no /proc")
    while after is not None and after.answering < before.answering + 0.05:
        sum(range(10_000))
        after = read_cpu(os.getpid(), "no-such-database")
    assert after is not None
    assert after.machine > before.machine


@pytest.mark.django_db
def test_a_case_is_asked_in_this_process_to_count_its_queries(cast):
    found = probe(limit_case(session_headers(cast.hanako)))
    assert found.queries == 3
    assert found.bytes > 0


@pytest.mark.django_db
def test_a_case_that_answers_something_else_is_not_measured(cast):
    with pytest.raises(CaseFailedError, match="GET /no-such-page/ answered 404"):
        probe(Case("lost", get("/no-such-page/")))
    with pytest.raises(CaseFailedError, match="403"):
        probe(Case("no token", post_json("/reading/", lambda number: {}), {}))


def test_each_request_of_a_case_is_another_one():
    case = Case("event", post_json("/events/", lambda number: {"id": number}))
    assert [case.next_request().body for _ in range(2)] == [b'{"id": 1}', b'{"id": 2}']


@pytest.mark.django_db
def test_a_server_is_started_loaded_and_stopped():
    with running_server({"DATABASE_URL": database_url()}) as server:
        before = read_cpu(server.pid, "no-such-database")
        case = Case("signed out", get(LIMIT_PATH), expect=frozenset({302}))
        sent = send(case, server.port, seconds=0.3, connections=2)
        wrong = send(Case("x", get(LIMIT_PATH)), server.port, seconds=0.0, connections=1)
        page = send(Case("page", get(SIGN_IN)), server.port, seconds=0.0, connections=1)
        after = read_cpu(server.pid, "no-such-database")
    assert page.errors == 0  # the site stands beside the limit as ever
    assert sent.errors == 0
    assert len(sent.times) >= 2  # at least one by each connection, however slow the machine
    assert wrong.errors == 1
    if before and after:
        assert after.answering > before.answering
    with socket.socket() as probe_socket:
        assert probe_socket.connect_ex((HOST, server.port)) != 0


def test_a_server_that_does_not_start_says_why():
    with (
        pytest.raises(ServerError, match="DATABASE_URL"),
        running_server({"DATABASE_URL": "mysql://nowhere/x"}),
    ):
        pass


def test_a_run_measures_cases_in_turn(monkeypatch):
    asked = []

    def noted(case, port, **options):
        asked.append(case.name)
        return Sent(seconds=1.0, times=[2.0])

    monkeypatch.setattr(actions, "probe", lambda case: CaseResult(case.name, 1, 1))
    monkeypatch.setattr(actions, "send", noted)
    monkeypatch.setattr(actions, "running_server", lambda environment: NoServer())
    monkeypatch.setattr("office.benches.actions.connection.close", lambda: None)
    run = BenchRun(Options(rounds=2), lambda text: None, "sqlite:///x")
    measured = run.measure("title", [Case("a", get("/")), Case("b", get("/"))])
    assert asked == ["a", "b", "a", "b", "a", "b"]  # once to warm up, then two rounds
    assert [len(case.slices) for case in measured.cases] == [2, 2]
    assert run.report.measurements == [measured]


class NoServer:
    def __enter__(self):
        return Server(port=0, pid=os.getpid())

    def __exit__(self, *error):
        return None


def test_benches_are_registered_by_name_and_listed(monkeypatch, capsys):
    monkeypatch.setattr(actions, "_benches", dict(actions._benches))
    register_bench("test-bench", lambda run: None)
    with pytest.raises(ValueError, match="test-bench"):
        register_bench("test-bench", lambda run: None)
    call_command("bench")
    assert {"limit", "test-bench"} <= set(capsys.readouterr().out.split())
    with pytest.raises(CommandError, match="no bench nothing"):
        call_command("bench", "nothing")
