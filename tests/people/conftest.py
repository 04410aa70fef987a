"""These tests know nothing of the packages above people."""

from typing import Any

import pytest


@pytest.fixture(autouse=True)
def _stay_in_people(settings: Any) -> None:
    settings.LOGIN_REDIRECT_URL = "people:reading"
