"""The helpers of the bench ``pages``."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from learning.benches.pages import RotatingHeaders
from office.benches.actions import bench_names


def test_the_bench_is_registered():
    assert "pages" in bench_names()


def test_each_thread_sends_the_headers_of_its_own_turn():
    headers = RotatingHeaders([{"Cookie": str(number)} for number in range(50)])

    def turn(number):
        headers.turn_to(number)
        return dict(headers)["Cookie"]

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(turn, range(50))) == [str(number) for number in range(50)]


def test_nobody_has_a_second_turn():
    headers = RotatingHeaders([{"Cookie": "a"}])
    with pytest.raises(IndexError):
        headers.turn_to(1)
