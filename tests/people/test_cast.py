"""The cast itself: built by actions, cheap to put back, fresh for each test."""

import pytest
from django.contrib.auth.models import Group

from people.accounts.models import User
from people.organizations.models import Organization
from tests.cast import Cast


def test_everybody_can_be_found(cast: Cast) -> None:
    assert User.objects.count() == len(cast.people()) == 10
    assert cast.admin.name == "𠮷田 髙志"
    assert cast.learner(cast.hanako).user_id == cast.hanako.pk
    assert cast.senior.user is None


@pytest.mark.parametrize("_time", [1, 2])
def test_it_starts_fresh_for_each_test(cast: Cast, _time: int) -> None:
    assert cast.hanako.last_name == "佐藤"
    assert Organization.objects.get(pk=cast.zeimu.pk).name == "税務課"
    cast.hanako.last_name = "鈴木"
    cast.hanako.save()
    Organization.objects.filter(pk=cast.zeimu.pk).update(name="市民税課")


def test_it_costs_few_statements(db, cast_snapshot, django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(20):
        cast_snapshot.restore()


def test_new_rows_stay_apart_from_restored_ones(cast: Cast) -> None:
    assert Group.objects.filter(user=cast.author).count() == 1
    before = Organization.objects.count()
    Organization.objects.create(code="x", kind="other", name="x", valid_from="2026-04-01")
    assert Organization.objects.count() == before + 1
