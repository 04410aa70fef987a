"""Classes: one a year, members by number."""

from datetime import date, datetime

import pytest
from django.core.exceptions import ValidationError

from people.groups.actions import add_member, create_group, end_membership
from people.groups.enums import GroupKind
from people.groups.models import GroupMembership
from people.groups.rules import class_label
from people.learners.actions import guest_learner
from tests.cast import FISCAL_YEAR, Cast


@pytest.mark.parametrize(
    ("grade", "class_name", "label"),
    [("J1", "1組", "1年1組"), ("P6", "A組", "6年A組"), ("", "たんぽぽ", "たんぽぽ"), ("P3", "", "3年")],
)
def test_a_class_is_called_as_at_school(grade: str, class_name: str, label: str) -> None:
    assert class_label(grade, class_name) == label


def test_the_same_class_again_is_the_same(cast: Cast, at: datetime) -> None:
    again = create_group(
        organization=cast.school, fiscal_year=FISCAL_YEAR, grade="J1", class_name="1組", by=None, at=at
    )
    next_year = create_group(
        organization=cast.school, fiscal_year=FISCAL_YEAR + 1, grade="J1", class_name="1組", by=None, at=at
    )
    assert again == cast.class_1_1 != next_year
    with pytest.raises(ValidationError):
        create_group(organization=cast.school, fiscal_year=FISCAL_YEAR, kind=GroupKind.OTHER, by=None, at=at)


def test_a_number_is_given_once(cast: Cast, at: datetime, today: date) -> None:
    guest = guest_learner(at=at)
    with pytest.raises(ValidationError) as refused:
        add_member(group=cast.class_1_1, learner=guest, number=7, valid_from=today, by=cast.teacher, at=at)
    assert "1年1組" in refused.value.messages[0]
    member = add_member(group=cast.class_1_1, learner=guest, number=8, valid_from=today, by=None, at=at)
    assert (
        add_member(group=cast.class_1_1, learner=guest, number=8, valid_from=today, by=None, at=at) == member
    )


def test_who_moves_away_leaves_the_number_free(cast: Cast, at: datetime) -> None:
    member = GroupMembership.objects.get(group=cast.class_1_1)
    day = date(2026, 12, 1)
    for _ in range(2):
        end_membership(membership=member, valid_to=day, by=None, at=at)
    add_member(group=cast.class_1_1, learner=guest_learner(at=at), number=7, valid_from=day, by=None, at=at)
    assert GroupMembership.objects.valid_on(date(2026, 11, 30)).count() == 1
    assert GroupMembership.objects.valid_on(day).count() == 1
