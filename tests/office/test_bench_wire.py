"""What a bench says of the wire: every request is handed on as it came, and counted."""

import http.client
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from office.benches.rules import Report, Table
from office.benches.servers import HOST
from office.benches.wire import counted_wire


class Echo(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(201)
        self.send_header("X-Asked", self.headers["Host"])
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[int]:
    made = ThreadingHTTPServer((HOST, 0), Echo)
    threading.Thread(target=made.serve_forever, daemon=True).start()
    yield made.server_port
    made.shutdown()
    made.server_close()


def test_requests_pass_unchanged_and_are_counted(server):
    with counted_wire(server) as wire:
        asked = http.client.HTTPConnection(HOST, wire.port, timeout=10)
        for _time in range(3):
            asked.request("POST", "/a?b=1", b"x" * 5000, {"Host": "site.test:1"})
            answer = asked.getresponse()
            assert (answer.status, answer.read(), answer.headers["X-Asked"]) == (
                201,
                b"x" * 5000,
                "site.test:1",
            )
        asked.close()
        assert wire.requests == 3
        assert 15_000 < wire.received < 16_000
        wire.reset()
        assert (wire.requests, wire.received) == (0, 0)


def test_a_report_shows_tables_in_both_forms():
    report = Report("b", {}, tables=[Table("sizes", ("file", "MiB"), [["film", 1.5]])])
    assert "### sizes\n\n| file | MiB |\n|---|---|\n| film | 1.5 |" in report.as_markdown()
    assert report.as_json()["tables"] == [
        {"title": "sizes", "columns": ("file", "MiB"), "rows": [["film", 1.5]]}
    ]
