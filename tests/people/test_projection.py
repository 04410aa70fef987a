"""Wagtail's groups follow from roles."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from wagtail.models import GroupPagePermission, Page, Site

from people.accounts.models import User
from people.roles.actions import end_role, grant_role, project_roles
from people.roles.enums import Role
from people.roles.models import RoleAssignment
from people.roles.projection import APPROVAL
from tests.cast import Cast


def _root() -> Page:
    page: Page = Site.objects.get(is_default_site=True).root_page
    return page


def test_an_author_writes_and_does_not_publish(cast: Cast) -> None:
    rights = _root().permissions_for_user(cast.author)
    assert rights.can_edit() and rights.can_add_subpage()
    assert not rights.can_publish() and not rights.can_publish_subpage()
    assert cast.author.has_perm("wagtailadmin.access_admin")
    assert cast.author.has_perm("wagtailimages.add_image") is False  # on the collection, not everywhere
    assert not cast.author.is_superuser


def test_an_editor_also_publishes(cast: Cast) -> None:
    rights = _root().permissions_for_user(cast.editor)
    assert rights.can_edit() and rights.can_publish_subpage()


def test_what_an_author_submits_comes_to_the_editor(cast: Cast, at: datetime) -> None:
    page = _root()
    page.save_revision(user=cast.author)
    workflow = page.get_workflow()
    assert workflow is not None and workflow.name == APPROVAL
    task = workflow.start(page, cast.author).current_task_state.task.specific
    assert "approve" in [action for action, *_rest in task.get_actions(page, cast.editor)]
    assert "approve" not in [action for action, *_rest in task.get_actions(page, cast.author)]


def test_an_administrator_may_everything(cast: Cast) -> None:
    cast.admin.refresh_from_db()
    assert cast.admin.is_superuser


@pytest.mark.parametrize("who", ["hanako", "officer", "teacher"])
def test_nobody_else_comes_into_the_editing_pages(cast: Cast, client_for: Any, who: str) -> None:
    person = cast.people()[who]
    assert not person.groups.exists()
    assert client_for(person).get("/admin/", follow=True).status_code == 403


@pytest.mark.parametrize("who", ["author", "editor", "admin"])
def test_who_writes_comes_in(cast: Cast, client_for: Any, who: str) -> None:
    browser = client_for(cast.people()[who])
    assert browser.get("/admin/").status_code == 200
    assert browser.get("/admin/images/").status_code == 200
    assert browser.get("/admin/documents/").status_code == 200


def test_a_role_that_ends_takes_the_rights_along(cast: Cast, at: datetime, today: date) -> None:
    for who in (cast.author, cast.admin):
        end_role(assignment=RoleAssignment.objects.get(user=who), valid_to=today, by=None, at=at)
        who.refresh_from_db()
        assert not who.groups.exists() and not who.is_superuser


def test_a_dated_role_begins_and_ends_by_itself(cast: Cast, at: datetime, today: date) -> None:
    grant_role(
        user=cast.hanako,
        role=Role.AUTHOR,
        everywhere=True,
        valid_from=today + timedelta(days=1),
        valid_to=today + timedelta(days=3),
        by=cast.admin,
        at=at,
    )
    inside = []
    for days in range(4):
        project_roles(at=at + timedelta(days=days))
        inside.append(cast.hanako.groups.exists())
    assert inside == [False, True, True, False]


def test_who_was_made_administrator_on_the_command_line_stays_so(cast: Cast, at: datetime) -> None:
    User.objects.filter(pk=cast.hanako.pk).update(is_superuser=True)
    project_roles(at=at)
    assert User.objects.get(pk=cast.hanako.pk).is_superuser


def test_doing_it_again_changes_nothing(cast: Cast, at: datetime) -> None:
    before = set(GroupPagePermission.objects.values_list("group__name", "page", "permission__codename"))
    project_roles(at=at)
    project_roles(at=at)
    assert (
        set(GroupPagePermission.objects.values_list("group__name", "page", "permission__codename")) == before
    )


def test_the_rights_survive_another_front_page(cast: Cast, at: datetime) -> None:
    site = Site.objects.get(is_default_site=True)
    old, site.root_page = site.root_page, Page.objects.get(depth=1)
    site.save()
    old.delete()
    front = Page.objects.get(depth=1).add_child(title="ふくまな", slug="front")
    assert front.permissions_for_user(User.objects.get(pk=cast.author.pk)).can_edit()


def test_the_command_looks_at_everybody(cast: Cast, capsys: pytest.CaptureFixture[str], today: date) -> None:
    RoleAssignment.objects.filter(user=cast.author).update(valid_to=today)
    call_command("project_roles")
    assert "7 people" in capsys.readouterr().out
    assert not cast.author.groups.exists()


def test_sign_in_brings_a_person_up_to_date(cast: Cast, client_for: Any, today: date) -> None:
    RoleAssignment.objects.filter(user=cast.author).update(valid_to=today)
    client_for(cast.author)
    assert not cast.author.groups.exists()
