"""Wagtail's groups and Django's superuser flag, as they follow from role assignments."""

from collections.abc import Iterable
from datetime import date

from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.db.models import Q
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
)
from wagtail.snippets.models import get_snippet_models

from people.accounts.models import User
from people.roles.enums import Role
from people.roles.queries import roles_by_user

# The names say where the groups come from, because the Wagtail admin lists them.
GROUP_NAMES = {Role.AUTHOR: "役割：作成者", Role.EDITOR: "役割：公開担当者"}
APPROVAL = "公開前の確認"
_PAGE_ACTIONS = {
    Role.AUTHOR: ("add", "change"),
    Role.EDITOR: ("add", "change", "publish", "lock", "unlock", "bulk_delete"),
}
_SNIPPET_ACTIONS = {
    Role.AUTHOR: ("add", "change", "view"),
    Role.EDITOR: ("add", "change", "view", "delete", "publish"),
}
_MEDIA_CODENAMES = [
    f"{verb}_{kind}" for verb in ("add", "change", "choose") for kind in ("image", "document")
]


_PROJECTED = frozenset({*GROUP_NAMES, Role.INSTALL_ADMIN})


def project_users(users: Iterable[User], *, on: date, refresh: bool = False) -> None:
    """Brings Wagtail's groups and the superuser flag of these people in line with their roles of the day.

    One query for people who never held a role that matters here. ``refresh`` also brings the permissions
    of the groups themselves up to date.
    """
    people = {user.pk: user for user in users}
    ever = {
        pk: assigned
        for pk, assigned in roles_by_user(list(people)).items()
        if any(held.role in _PROJECTED for held in assigned)
    }
    now = {
        pk: {(held.role, held.everywhere) for held in roles if held.holds_on(on)}
        for pk, roles in ever.items()
    }
    if not now:
        return
    for role in GROUP_NAMES:
        holders = {pk for pk, held in now.items() if any(r is role for r, _everywhere in held)}
        _fill_group(role, holders, set(now), refresh)
    _flag_superusers(
        [people[pk] for pk in now], {pk for pk, held in now.items() if (Role.INSTALL_ADMIN, True) in held}
    )


def _fill_group(role: Role, holders: set[int], asked: set[int], refresh: bool) -> None:
    group = Group.objects.filter(name=GROUP_NAMES[role]).first()
    if holders and (refresh or group is None):
        group = ensure_group(role)
    if group is None:
        return
    inside = set(User.objects.filter(groups=group, pk__in=asked).values_list("pk", flat=True))
    group.user_set.add(*(holders - inside))
    group.user_set.remove(*(inside - holders))


def _flag_superusers(users: list[User], admins: set[int]) -> None:
    """Who was never an administrator by role (made on the command line) keeps the flag as it is."""
    asked = [user.pk for user in users]
    User.objects.filter(pk__in=admins, is_superuser=False).update(is_superuser=True)
    former = User.objects.filter(pk__in=set(asked) - admins, is_superuser=True)
    former.filter(role_assignments__role=Role.INSTALL_ADMIN).update(is_superuser=False)
    flags = dict(User.objects.filter(pk__in=asked).values_list("pk", "is_superuser"))
    for user in users:
        user.is_superuser = flags[user.pk]


def ensure_group(role: Role) -> Group:
    """The group of a content role with all its permissions, also for snippets that came with an upgrade."""
    group, _created = Group.objects.get_or_create(name=GROUP_NAMES[role])
    group.permissions.set(Permission.objects.filter(_admin_access() | _snippets(role)))
    _allow_pages(group, role)
    _allow_media(group)
    if role is Role.EDITOR:
        _let_approve(group)
    return group


def _admin_access() -> Q:
    return Q(content_type__app_label="wagtailadmin", codename="access_admin")


def _snippets(role: Role) -> Q:
    wanted = Q(pk__in=())
    for model in get_snippet_models():
        meta = model._meta
        codenames = [f"{action}_{meta.model_name}" for action in _SNIPPET_ACTIONS[role]]
        wanted |= Q(content_type__app_label=meta.app_label, codename__in=codenames)
    return wanted


def _allow_pages(group: Group, role: Role) -> None:
    """On the root of the tree, as Wagtail does it for its own groups: the site may get another front page."""
    page = Page.objects.filter(depth=1).first()
    codenames = [f"{action}_page" for action in _PAGE_ACTIONS[role]]
    permissions = Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=codenames)
    if page is not None:
        rows = [
            GroupPagePermission(group=group, page=page, permission=permission) for permission in permissions
        ]
        GroupPagePermission.objects.bulk_create(rows, ignore_conflicts=True)


def _let_approve(group: Group) -> None:
    """What authors submit comes to those who publish: Wagtail's own workflow knows only its own moderators.

    An operator's workflow stays as it is; only the one that Wagtail brings is filled and gets its Japanese name.
    """
    for workflow in Workflow.objects.filter(name__in=("Moderators approval", APPROVAL)):
        for task in GroupApprovalTask.objects.filter(workflow_tasks__workflow=workflow):
            task.groups.add(group)
            GroupApprovalTask.objects.filter(pk=task.pk).update(name=APPROVAL)
        Workflow.objects.filter(pk=workflow.pk).update(name=APPROVAL)


def _allow_media(group: Group) -> None:
    collection = Collection.get_first_root_node()
    if collection is None:
        return
    labels = [config.label for config in apps.get_app_configs() if config.name in _MEDIA_APPS]
    permissions = Permission.objects.filter(content_type__app_label__in=labels, codename__in=_MEDIA_CODENAMES)
    held = set(GroupCollectionPermission.objects.filter(group=group).values_list("permission_id", flat=True))
    GroupCollectionPermission.objects.bulk_create(
        GroupCollectionPermission(group=group, collection=collection, permission=permission)
        for permission in permissions
        if permission.pk not in held
    )


_MEDIA_APPS = ("wagtail.images", "wagtail.documents")
