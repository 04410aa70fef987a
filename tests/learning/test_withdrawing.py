"""Who may take back an assignment that another person made."""

import pytest
from django.urls import reverse

from people.accounts.actions import create_user
from people.groups.actions import create_group
from people.roles.actions import end_role, grant_role
from people.roles.enums import Role
from people.roles.models import RoleAssignment
from tests.cast import AT, TODAY, YEAR_START
from tests.learning.builders import course_of
from tests.learning.test_assign import assigned

pytestmark = pytest.mark.django_db


def colleague(login_id, role, cast, **scope):
    user = create_user(login_id=login_id, last_name="三浦", first_name="悟", by=None, at=AT)
    grant_role(user=user, role=role, **scope, valid_from=YEAR_START, by=cast.admin, at=AT)
    return user


@pytest.fixture
def tries(client_for):
    """Sees the page, withdraws: the status of both, and whether the page offers it."""

    def withdraws(person, assignment):
        browser, address = client_for(person), reverse("learning:assignment_detail", args=[assignment.uuid])
        page = browser.get(address)
        sent = browser.post(address, {"reason": "対象を誤ったため"})
        assignment.refresh_from_db()
        return (
            page.status_code,
            "この割り当てを取り消す" in page.content.decode(),
            sent.status_code,
            assignment.withdrawn_by,
        )

    return withdraws


def test_a_teacher_sees_what_the_board_of_education_asks_of_the_class_and_cannot_take_it_back(cast, tries):
    board = colleague("b-1", Role.BOARD_OF_EDUCATION, cast, organization=cast.board)
    assignment = assigned(course_of(), board, group=cast.class_1_1)
    assert tries(cast.teacher, assignment) == (200, False, 403, None)


def test_the_page_says_whom_to_ask(cast, client_for):
    board = colleague("b-1", Role.BOARD_OF_EDUCATION, cast, organization=cast.board)
    assignment = assigned(course_of(), board, group=cast.class_1_1)
    page = client_for(cast.teacher).get(reverse("learning:assignment_detail", args=[assignment.uuid]))
    assert "三浦 悟" in page.content.decode().split("より広い範囲")[1]


def test_another_teacher_of_the_same_class_and_the_head_of_the_school_may(cast, tries):
    other = colleague("t-2", Role.TEACHER, cast, group=cast.class_1_1)
    head = colleague("t-3", Role.PRINCIPAL, cast, organization=cast.school)
    for person, code in ((other, "T101"), (head, "T102")):
        assignment = assigned(course_of(code), cast.teacher, group=cast.class_1_1)
        assert tries(person, assignment) == (200, True, 302, person)


def test_who_is_over_a_part_cannot_take_back_what_the_whole_body_was_asked(cast, tries):
    of_zeimu = colleague("z-1", Role.TRAINING_OFFICER, cast, organization=cast.zeimu)
    assignment = assigned(course_of(), cast.officer, organization=cast.zeimu)
    assert tries(of_zeimu, assignment) == (200, False, 403, None)


def test_a_successor_takes_over_what_the_predecessor_assigned(cast, tries):
    assignment = assigned(course_of(), cast.officer, organization=cast.zeimu)
    end_role(assignment=RoleAssignment.objects.get(user=cast.officer), valid_to=TODAY, by=cast.admin, at=AT)
    successor = colleague("j-2", Role.TRAINING_OFFICER, cast, organization=cast.fukushima)
    assert tries(cast.officer, assignment)[2] == 403
    assert tries(successor, assignment) == (200, True, 302, successor)


def test_a_second_post_elsewhere_of_the_maker_does_not_stand_in_the_way(cast, tries):
    other = create_group(
        organization=cast.school, fiscal_year=2026, grade="J1", class_name="2組", by=None, at=AT
    )
    grant_role(user=cast.teacher, role=Role.TEACHER, group=other, valid_from=YEAR_START, by=cast.admin, at=AT)
    colleague_of_one = colleague("t-2", Role.TEACHER, cast, group=cast.class_1_1)
    assignment = assigned(course_of(), cast.teacher, group=cast.class_1_1)
    assert tries(colleague_of_one, assignment)[3] == colleague_of_one
