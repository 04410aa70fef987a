"""The bench ``limit``: how fast and how quiet this machine is, before anything of ours is measured."""

from django.contrib.auth import get_user_model

from office.benches.actions import BenchRun
from office.benches.cases import limit_case, session_headers


def bench_limit(run: BenchRun) -> None:
    """The limit twice: the second row must read 1.0 × within what the machine's noise allows."""
    person, _made = get_user_model().objects.get_or_create(username="bench-limit")
    headers = session_headers(person)
    run.measure("the limit against itself", [limit_case(headers), limit_case(headers)])
