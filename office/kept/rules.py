"""A memory of the process for what is the same for everybody.

Only for values that follow from their key alone: the key holds the revision of what was read, so that nothing has to be
thrown away when somebody publishes. What belongs to one person never goes in here.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Entry:
    value: Any
    until: float


class Kept:
    """The ``size`` values that were asked for last, each for ``seconds`` at most. Safe between threads.

    Two threads that miss at once both make the value: that costs less than to let one wait.
    """

    def __init__(self, *, size: int, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._size, self._seconds, self._clock = size, seconds, clock
        self._entries: OrderedDict[Hashable, _Entry] = OrderedDict()
        self._lock = threading.Lock()
        _all.append(self)

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """What is kept for the key, else what ``make`` gives, from now on kept."""
        now = self._clock()
        with self._lock:
            entry = self._entries.get(key)
            if entry is not None and entry.until > now:
                self._entries.move_to_end(key)
                found: T = entry.value
                return found
        value = make()
        with self._lock:
            self._entries[key] = _Entry(value, now + self._seconds)
            self._entries.move_to_end(key)
            while len(self._entries) > self._size:
                self._entries.popitem(last=False)
        return value

    def clear(self) -> None:
        with self._lock:
            self._entries.clear()


_all: list[Kept] = []


def forget_everything() -> None:
    """As a fresh process begins: for tests, whose databases are rolled back and count revisions anew."""
    for kept in _all:
        kept.clear()
