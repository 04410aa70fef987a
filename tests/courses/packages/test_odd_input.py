"""Values and addresses that no honest browser sends: nothing counts by them, and none of them is a fault of the site."""

import json
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from courses.blobs.views import SEALED
from courses.packages.enums import CompletionRule
from courses.packages.hosting import content_policy
from courses.packages.models import LibraryFile, Package, PackageVersion
from learning.launches import attempts as judging
from learning.launches.models import Launch, PackageAttempt, PackageEvent, PackageState
from learning.launches.tokens import token_of
from learning.progress.models import ActivityProgress
from learning.records.models import Statement
from tests.courses.packages.playing import NAME
from tests.courses.packages.scorming import begin, host, mail, page_of
from tests.courses.packages.test_scorm_play import replays
from tests.courses.packages.text_form import FIRST, Form, current

__all__ = ["begin", "host", "page_of"]

pytestmark = pytest.mark.django_db


class TestAnotherKindsAddress:
    """Addresses for what H5P says are not for other kinds, which have their own rules of what counts."""

    @pytest.fixture
    def course(self, begin, monkeypatch):
        monkeypatch.setattr(judging, "DWELL", timedelta(0))
        course = begin()
        Package.objects.update(completion_rule=CompletionRule.VIEWED)
        return course

    def test_a_scorm_launch_takes_no_events_and_is_not_viewed(self, course, client_for, cast):
        body = {"events": [{"seq": 1, "statement": {}}], "states": [], "viewed": True}
        launch: Launch = course.launch
        told = json.dumps({**body, "states": [{"sub": "0", "type": "state", "data": "x"}]})
        events = reverse("learning:launch_events", args=[launch.uuid])
        answer = client_for(cast.hanako).post(events, told, "application/json")
        beacon = Client().post(
            reverse("learning:launch_beacon", args=[token_of(launch.uuid)]), told, "text/plain"
        )
        assert (answer.status_code, beacon.status_code) == (404, 404)
        assert not PackageEvent.objects.exists()
        assert not PackageState.objects.exists()
        assert not ActivityProgress.objects.filter(is_completed=True).exists()
        assert not Statement.objects.exists()


class TestScores:
    def test_a_score_without_end_is_no_better_than_itself(self, begin):
        """One of three: what the database keeps is a little less than a third."""
        course, third = begin(), mail("completed", "1", exit="suspend")
        third["core"]["score"]["max"] = "3"
        for _time in range(3):
            course.commit(third, end=True)
        assert PackageAttempt.objects.count() == 1
        replays()

    @pytest.mark.parametrize(
        "score",
        [
            {"raw": 1e308, "min": -1e308, "max": 1e308},
            {"raw": int("9" * 300), "min": 0, "max": int("9" * 300)},
            {"raw": 999_999_999.9999, "min": 0, "max": 999_999_999.9999},
        ],
    )
    def test_a_score_beyond_all_numbers_is_no_fault(self, one, launch, score):
        unit = launch(one).start().say("initialized")
        told = unit.statement("passed", success=True, score=score)
        assert unit.post(told).status_code in (200, 400)


class TestTexts:
    def test_a_nul_in_a_text_is_left_out(self, examples, cast, client_for):
        """PostgreSQL keeps none, and would answer with an error."""
        Package.objects.filter(pk=examples[f"{NAME}.h5p"].pk).update(owner_body=cast.prefecture)
        package = Package.objects.select_related("current").get(pk=examples[f"{NAME}.h5p"].pk)
        form = Form(client_for(cast.author), package)
        assert form.save({FIRST: "直した\0説明"}).status_code == 302
        version: PackageVersion = current(package)
        assert "\\u0000" not in json.dumps(version.params)
        assert "直した説明" in json.dumps(version.params, ensure_ascii=False)


class TestSeenBefore:
    def test_a_file_that_did_not_change_keeps_its_own_policy(self, begin):
        """A browser puts the headers of this answer over those that it has: the site's policy would stop the package."""
        course = begin()
        parts = urlsplit(course.config["src"])
        client = Client(headers={"host": parts.netloc})
        first = client.get(parts.path)
        again = client.get(parts.path, headers={"if-none-match": first["ETag"]})
        assert again.status_code == 304
        assert again["Content-Security-Policy"] == first["Content-Security-Policy"]
        assert first["Content-Security-Policy"] == content_policy(course.launch.version.package.kind)

    def test_a_file_of_h5p_stays_sealed(self, examples):
        row = LibraryFile.objects.select_related("library").filter(path__endswith=".css").first()
        assert row is not None
        address = reverse("courses:library_file", args=[row.library.tree_sha, row.path])
        first = Client().get(address)
        again = Client().get(address, headers={"if-none-match": first["ETag"]})
        assert again.status_code == 304
        assert again["Content-Security-Policy"] == first["Content-Security-Policy"] == SEALED
