"""A proxy that counts what goes over the wire between a browser and the bench's server."""

import http.client
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from office.benches.servers import HOST

# They belong to one stretch of the way and are not handed on (RFC 9110, 7.6.1).
_HOP = frozenset({"connection", "keep-alive", "transfer-encoding", "proxy-connection", "upgrade"})


@dataclass
class Wire:
    """``requests``: those that reached the server; ``received``: bytes of the answers, with their headers."""

    port: int
    requests: int = 0
    received: int = 0

    def reset(self) -> None:
        self.requests = self.received = 0


@contextmanager
def counted_wire(server_port: int) -> Iterator[Wire]:
    """Listens on a free loopback port and hands everything on to ``server_port``."""
    wire, lock = Wire(0), threading.Lock()

    class Proxy(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _hand_on(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            upstream = http.client.HTTPConnection(HOST, server_port, timeout=60)
            headers = {name: value for name, value in self.headers.items() if name.lower() not in _HOP}
            upstream.request(self.command, self.path, self.rfile.read(length) or None, headers)
            answer = upstream.getresponse()
            body = answer.read()
            upstream.close()
            kept = [(name, value) for name, value in answer.getheaders() if name.lower() not in _HOP]
            self.send_response_only(answer.status, answer.reason)
            for name, value in kept:
                if name.lower() != "content-length":
                    self.send_header(name, value)
            if answer.status not in (204, 304):
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            with suppress(ConnectionError):  # the page was left meanwhile
                self.wfile.write(body)
            size = len(body) + sum(len(name) + len(value) + 4 for name, value in kept)
            with lock:
                wire.requests += 1
                wire.received += size

        do_GET = do_POST = do_HEAD = do_OPTIONS = _hand_on  # noqa: N815 - names of the standard library

        def log_message(self, format: str, *args: object) -> None:
            """Says nothing."""

    proxy = ThreadingHTTPServer((HOST, 0), Proxy)
    wire.port = proxy.server_port
    thread = threading.Thread(target=proxy.serve_forever, daemon=True)
    thread.start()
    try:
        yield wire
    finally:
        proxy.shutdown()
        proxy.server_close()
