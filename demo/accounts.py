"""The example accounts of a demo: who they are and how to sign in as them."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people.accounts.models import User

PASSWORD = "himawari-2026"


@dataclass(frozen=True)
class ExampleAccount:
    """One line of the table. ``role`` and ``unit`` are words to read."""

    login: str
    password: str
    role: str
    name: str
    unit: str


# login id → (role in words, unit in words)
ROLES = {
    "hanako": (_("Learner (staff)"), "福島市 税務課"),
    "kacho": (_("Head of section"), "福島市 税務課"),
    "kenshu": (_("Training officer"), "福島市 人事課"),
    "koriyama": (_("Staff of another municipality"), "郡山市 市民課"),
    "sensei": (_("Teacher"), "見本中学校 1年1組"),
    "seito01": (_("Pupil"), "見本中学校 1年1組"),
    "kominkan": (_("Helper at a community center"), "見本公民館"),
    "sakusei": (pgettext_lazy("role", "Author"), "福島県 職員研修課"),
    "henshu": (_("Editor (publishes)"), "福島県 職員研修課"),
    "admin": (_("Administrator"), "福島県"),
}


def example_accounts() -> list[ExampleAccount]:
    """Those that exist, in the order of the table."""
    people = {user.username: user for user in User.objects.filter(username__in=ROLES)}
    return [
        ExampleAccount(login, PASSWORD, str(role), people[login].name, unit)
        for login, (role, unit) in ROLES.items()
        if login in people
    ]
