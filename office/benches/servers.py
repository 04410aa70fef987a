"""gunicorn on a free loopback port, as in production: 2 workers with 4 threads each."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from tempfile import TemporaryFile

from office.benches.rules import LIMIT_PATH

HOST = "127.0.0.1"
_START_SECONDS = 60


class ServerError(RuntimeError):
    """The server did not come up; the message is what it wrote."""


@dataclass(frozen=True)
class Server:
    """A running server."""

    port: int
    pid: int


@contextmanager
def running_server(environment: Mapping[str, str]) -> Iterator[Server]:
    """Starts the server with these variables on top of our own, and stops it in the end. Raises ServerError."""
    port = _free_port()
    command = [
        *(sys.executable, "-m", "gunicorn", "office.benches.wsgi:application"),
        *("--bind", f"{HOST}:{port}", "--workers", "2", "--worker-class", "gthread", "--threads", "4"),
        *("--timeout", "120", "--log-level", "warning"),
    ]
    with TemporaryFile() as written:
        process = subprocess.Popen(  # noqa: S603
            command, env={**os.environ, **environment}, stdout=written, stderr=subprocess.STDOUT
        )
        try:
            if not _came_up(process, port):
                written.seek(0)
                raise ServerError(written.read().decode("utf-8", errors="replace"))
            yield Server(port, process.pid)
        finally:
            _stop(process)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def _came_up(process: subprocess.Popen[bytes], port: int) -> bool:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            connection = http.client.HTTPConnection(HOST, port, timeout=_START_SECONDS)
            connection.request("GET", LIMIT_PATH)
            connection.getresponse().read()
        except OSError:
            time.sleep(0.1)
        else:
            return True
        finally:
            connection.close()
    return False


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(timeout=15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
