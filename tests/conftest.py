"""Fixtures for everybody: the cast, signed-in browsers, the fixed day, the shipped curriculum."""

import copy
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from pytest_django.plugin import DjangoDbBlocker
from wagtail.models import Page

from office.kept.rules import forget_everything
from people.accounts.models import User
from tests.cast import AT, TODAY, Cast, build_cast
from tests.snapshot import Snapshot, take


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """A kept database that a browser journey emptied has no root page: say so instead of failing everywhere."""
    with django_db_blocker.unblock():
        if not Page.objects.filter(depth=1).exists():
            pytest.exit(
                "The kept test database was emptied by a journey. Run once with --create-db.", returncode=4
            )


@pytest.fixture(autouse=True)
def _fresh_cache() -> Iterator[None]:
    """Throttles, Wagtail's site paths and kept pages must not reach the next test."""
    yield
    cache.clear()
    forget_everything()


class Clock:
    """What ``timezone.now()`` says in a test: the day of the cast, going on from 10:00."""

    def __init__(self) -> None:
        self.move_to(AT)

    def move_to(self, moment: datetime) -> None:
        self._moment, self._since = moment.astimezone(UTC), time.monotonic()

    def __call__(self) -> datetime:
        return self._moment + timedelta(seconds=time.monotonic() - self._since)


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Views read the clock: roles and dates of the cast must hold on whatever day the tests run.

    ``clock.move_to(...)`` lets days pass.
    """
    clock = Clock()
    monkeypatch.setattr(timezone, "now", clock)
    return clock


@pytest.fixture
def at() -> datetime:
    """Now: 2026-11-21 10:00 in Japan."""
    return AT


@pytest.fixture
def today() -> date:
    return TODAY


@pytest.fixture(scope="session")
def cast_snapshot(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Snapshot[Cast]:
    with django_db_blocker.unblock():
        return take(build_cast)


@pytest.fixture
def cast(db: None, cast_snapshot: Snapshot[Cast]) -> Cast:
    """The people of ``tests/cast.py``, built once through the actions and put back for each test."""
    cast_snapshot.restore()
    return copy.deepcopy(cast_snapshot.made)


@pytest.fixture(scope="session")
def curriculum_snapshot(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Snapshot[object]:
    from courses.curriculum.actions import load_curriculum

    with django_db_blocker.unblock():
        return take(lambda: load_curriculum(check=False, take_files=False, at=AT))


@pytest.fixture
def curriculum(db: None, curriculum_snapshot: Snapshot[object]) -> object:
    """The courses, strategy and frameworks that the product ships; gives the loader's report."""
    curriculum_snapshot.restore()
    return curriculum_snapshot.made


@pytest.fixture
def client_for(db: None) -> Callable[[User | None], Client]:
    """``client_for(cast.hanako)``: her browser, signed in; ``client_for(None)``: a visitor's."""

    def signed_in(person: User | None) -> Client:
        browser = Client()
        if person is not None:
            browser.force_login(person)
        return browser

    return signed_in
