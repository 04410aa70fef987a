"""Invented people in the example units. Only the example accounts can sign in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from demo.accounts import PASSWORD
from demo.names import name
from demo.units import FOUNDED, FUKUSHIMA
from people.accounts.actions import create_user
from people.accounts.models import User
from people.appointments.actions import appoint
from people.groups.actions import add_member, create_group
from people.groups.enums import GroupKind
from people.groups.models import LearnerGroup
from people.learners.actions import learner_of
from people.organizations.models import Organization
from people.roles.actions import grant_role
from people.roles.enums import Role
from people.seats.actions import make_seats

# login id, 姓, 名, セイ, メイ, unit, post
ACCOUNTS = (
    ("hanako", "佐藤", "花子", "サトウ", "ハナコ", "fks-zeimu", "会計年度任用職員"),
    ("kacho", "鈴木", "一郎", "スズキ", "イチロウ", "fks-zeimu", "課長"),
    ("kenshu", "髙橋", "美咲", "タカハシ", "ミサキ", "fks-jinji", "研修担当"),
    ("koriyama", "渡辺", "健", "ワタナベ", "ケン", "kor-madoguchi", "主査"),
    ("sensei", "遠藤", "直子", "エンドウ", "ナオコ", "fks-chu", "教諭"),
    ("kominkan", "菅野", "和夫", "カンノ", "カズオ", "fks-kominkan", "デジタル活用支援員"),
    ("sakusei", "斎藤", "由美", "サイトウ", "ユミ", "pref-kenshu", "主事"),
    ("henshu", "𠮷田", "誠", "ヨシダ", "マコト", "pref-kenshu", "主任主査"),
    ("admin", "橋本", "隆", "ハシモト", "タカシ", "pref-kenshu", "システム管理担当"),
)

# unit → number of invented staff in it
STAFF = {
    "fks-zeimu": 14, "fks-jinji": 9, "fks-joho": 8, "fks-madoguchi": 22, "fks-hoken": 16, "kor-madoguchi": 12, "pref-kenshu": 6,
}  # fmt: skip
POSTS = ("主事", "主任", "主査", "会計年度任用職員", "副主査", "係長")
PUPILS = 32
COURSE, SEATS = "スマホ講座", 6
PARTICIPANT = ("kiyo", "長谷川", "キヨ", "ハセガワ", "キヨ")


@dataclass(frozen=True)
class People:
    """Who was built, by login id, the example class, and the course with its seats."""

    users: dict[str, User]
    group: LearnerGroup
    course: LearnerGroup


def build_people(units: dict[str, Organization], at: datetime) -> People:
    """The accounts, the staff of the example units and one class. Running it again adds nobody."""
    users = {user.username: user for user in User.objects.all()}
    for login, family, given, family_kana, given_kana, unit, post in ACCOUNTS:
        if login not in users:
            users[login] = _person(login, (family, given, family_kana, given_kana), PASSWORD, at)
            appoint(
                user=users[login], organization=units[unit], post=post, valid_from=FOUNDED, by=None, at=at
            )
    for number, (login, unit) in enumerate(_staff_logins()):
        if login not in users:
            users[login] = _person(login, name(number), None, at)
            appoint(
                user=users[login],
                organization=units[unit],
                post=POSTS[number % len(POSTS)],
                valid_from=FOUNDED,
                by=None,
                at=at,
            )
    group = _build_class(units, users, at)
    _grant_roles(units, users, group, at)
    return People(users, group, _build_course(units, users, at))


def _person(login: str, names: tuple[str, str, str, str], password: str | None, at: datetime) -> User:
    family, given, family_kana, given_kana = names
    user = create_user(
        login_id=login, last_name=family, first_name=given, last_name_kana=family_kana, first_name_kana=given_kana,
        password=password, by=None, at=at,
    )  # fmt: skip
    learner_of(user, at=at)
    return user


def _staff_logins() -> Iterable[tuple[str, str]]:
    for unit, count in STAFF.items():
        for number in range(1, count + 1):
            yield f"{unit}-{number:02}", unit


def _build_class(units: dict[str, Organization], users: dict[str, User], at: datetime) -> LearnerGroup:
    group = LearnerGroup.objects.filter(
        organization=units["fks-chu"], fiscal_year=2026, grade="J1", class_name="1組"
    ).first()
    if group is None:
        group = create_group(
            organization=units["fks-chu"],
            fiscal_year=2026,
            grade="J1",
            class_name="1組",
            name="1年1組",
            by=None,
            at=at,
        )
    for number in range(1, PUPILS + 1):
        login = f"seito{number:02}"
        if login not in users:
            users[login] = _person(login, name(300 + number), PASSWORD if number == 1 else None, at)
            add_member(
                group=group,
                learner=learner_of(users[login], at=at),
                number=number,
                valid_from=FOUNDED,
                by=None,
                at=at,
            )
    return group


def _build_course(units: dict[str, Organization], users: dict[str, User], at: datetime) -> LearnerGroup:
    """Seats without an account at the community center, and one participant who has got an account by now."""
    found = LearnerGroup.objects.filter(organization=units["fks-kominkan"], name=COURSE).first()
    group = found or create_group(
        organization=units["fks-kominkan"],
        fiscal_year=2026,
        kind=GroupKind.OTHER,
        name=COURSE,
        by=None,
        at=at,
    )
    make_seats(group=group, upto=SEATS, valid_from=at.date(), by=users["kominkan"], at=at)
    login, *names = PARTICIPANT
    if login not in users:
        users[login] = _person(login, (names[0], names[1], names[2], names[3]), None, at)
        learner = learner_of(users[login], at=at)
        add_member(group=group, learner=learner, valid_from=at.date(), by=None, at=at)
    return group


def _grant_roles(
    units: dict[str, Organization], users: dict[str, User], group: LearnerGroup, at: datetime
) -> None:
    scopes: dict[str, tuple[Role, dict[str, object]]] = {
        "kacho": (Role.SECTION_HEAD, {"organization": units["fks-zeimu"]}),
        "kenshu": (Role.TRAINING_OFFICER, {"organization": units[FUKUSHIMA]}),
        "sensei": (Role.TEACHER, {"group": group}),
        "kominkan": (Role.HELPER, {"organization": units["fks-kominkan"]}),
        "sakusei": (Role.AUTHOR, {"everywhere": True}),
        "henshu": (Role.EDITOR, {"everywhere": True}),
        "admin": (Role.INSTALL_ADMIN, {"everywhere": True}),
    }
    for login, (role, scope) in scopes.items():
        if not users[login].role_assignments.filter(role=role).exists():
            grant_role(user=users[login], role=role, valid_from=FOUNDED, by=None, at=at, **scope)  # type: ignore[arg-type]
