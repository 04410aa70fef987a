"""Sends the requests of a case from several kept-open connections."""

import http.client
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from office.benches.cases import Case
from office.benches.servers import HOST


@dataclass
class Sent:
    """What one slice of load met. ``times``: milliseconds of each answered request."""

    seconds: float = 0.0
    errors: int = 0
    times: list[float] = field(default_factory=list)


def send(case: Case, port: int, *, seconds: float, connections: int) -> Sent:
    """Asks for ``seconds`` from ``connections`` threads, each as fast as it is answered."""
    begun = time.perf_counter()
    with ThreadPoolExecutor(connections) as pool:
        parts = list(pool.map(lambda _: _one_connection(case, port, begun + seconds), range(connections)))
    whole = Sent(seconds=time.perf_counter() - begun)
    for part in parts:
        whole.errors += part.errors
        whole.times += part.times
    return whole


def _one_connection(case: Case, port: int, until: float) -> Sent:
    sent = Sent()
    connection = http.client.HTTPConnection(HOST, port, timeout=120)
    try:
        # At least one, so that a slow case has a figure too.
        while True:
            begun = time.perf_counter()
            if not _answered_well(connection, case):
                sent.errors += 1
            now = time.perf_counter()
            sent.times.append((now - begun) * 1000)
            if now >= until:
                return sent
    finally:
        connection.close()


def _answered_well(connection: http.client.HTTPConnection, case: Case) -> bool:
    request = case.next_request()
    try:
        connection.request(request.method, request.path, request.body or None, dict(case.headers))
        answer = connection.getresponse()
        answer.read()
    except (OSError, http.client.HTTPException):
        connection.close()
        return False
    return answer.status in case.expect
