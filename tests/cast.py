"""The people of all tests, with the bodies they belong to.

Every view test says who tries. The day is 2026-11-21 (Saturday), 10:00 in Japan.

============ ================================= =================================================
``hanako``   佐藤 花子 会計年度任用職員            福島市 総務部 税務課; learns
``kacho``    鈴木 一郎 課長                      head of 税務課: sees the section's names
``officer``  高橋 誠                            人事課; training officer of 福島市
``outsider`` 渡辺 健一                           郡山市: may see nothing of 福島市
``teacher``  伊藤 由美                           信夫山中学校; teacher of 1年1組
``pupil``    山本 さくら                         1年1組, number 7; no e-mail address
``senior``   (a learner without an account)
``helper``   中村 幸子                           中央公民館; runs sessions
``author``   小林 直樹                           福島県 デジタル変革課; writes courses
``editor``   加藤 恵                            福島県 デジタル変革課; publishes
``admin``    𠮷田 髙志                           福島県 デジタル変革課; runs the install
============ ================================= =================================================
"""

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from people.accounts.actions import create_user
from people.accounts.models import User
from people.appointments.actions import appoint
from people.groups.actions import add_member, create_group
from people.groups.models import LearnerGroup
from people.learners.actions import guest_learner, learner_of
from people.learners.models import Learner
from people.organizations.actions import create_unit
from people.organizations.enums import OrganizationKind as Kind
from people.organizations.models import Organization
from people.roles.actions import grant_role
from people.roles.enums import Role

AT = datetime(2026, 11, 21, 10, 0, tzinfo=ZoneInfo("Asia/Tokyo"))
TODAY = AT.date()
FISCAL_YEAR = 2026
YEAR_START = date(2026, 4, 1)
TREE_START = date(2021, 4, 1)
PASSWORD = "himawari-2026"


@dataclass
class Cast:
    hanako: User
    kacho: User
    officer: User
    outsider: User
    teacher: User
    pupil: User
    senior: Learner
    helper: User
    author: User
    editor: User
    admin: User

    prefecture: Organization  # 福島県
    digital: Organization  # 福島県 デジタル変革課
    fukushima: Organization  # 福島市
    somu: Organization  # 福島市 総務部
    jinji: Organization  # 総務部 人事課
    zeimu: Organization  # 総務部 税務課
    board: Organization  # 福島市教育委員会
    school: Organization  # 信夫山中学校
    kominkan: Organization  # 中央公民館
    koriyama: Organization  # 郡山市
    koriyama_zeimu: Organization  # 郡山市 税務課
    class_1_1: LearnerGroup  # 信夫山中学校 1年1組

    learners: dict[int, Learner]  # user id → own learner

    def learner(self, person: User) -> Learner:
        """The person's own learner, without a query."""
        return self.learners[person.pk]

    def people(self) -> dict[str, User]:
        """Everybody with an account by the names above."""
        found = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: value for name, value in found.items() if isinstance(value, User)}


def build_cast(at: datetime = AT) -> Cast:
    """Builds the whole cast through the actions."""
    units = _bodies(at)
    people = {name: _person(name, at) for name in _NAMES}
    for name, (unit, post) in _POSTS.items():
        appoint(user=people[name], organization=units[unit], post=post, valid_from=YEAR_START, by=None, at=at)
    learners = {user.pk: learner_of(user, at=at) for user in people.values()}
    class_1_1 = create_group(
        organization=units["school"], fiscal_year=FISCAL_YEAR, grade="J1", class_name="1組", by=None, at=at
    )
    pupil = learners[people["pupil"].pk]
    add_member(group=class_1_1, learner=pupil, number=7, valid_from=YEAR_START, by=None, at=at)
    _roles(people, units, class_1_1, at)
    named: dict[str, Any] = {**people, **units}
    return Cast(**named, class_1_1=class_1_1, senior=guest_learner(at=at), learners=learners)


_NAMES = {
    "hanako": ("f-1001", "佐藤", "花子", "サトウ", "ハナコ"),
    "kacho": ("f-1002", "鈴木", "一郎", "スズキ", "イチロウ"),
    "officer": ("f-1003", "高橋", "誠", "タカハシ", "マコト"),
    "outsider": ("k-2001", "渡辺", "健一", "ワタナベ", "ケンイチ"),
    "teacher": ("t-3001", "伊藤", "由美", "イトウ", "ユミ"),
    "pupil": ("s-4001", "山本", "さくら", "ヤマモト", "サクラ"),
    "helper": ("f-1004", "中村", "幸子", "ナカムラ", "サチコ"),
    "author": ("p-5001", "小林", "直樹", "コバヤシ", "ナオキ"),
    "editor": ("p-5002", "加藤", "恵", "カトウ", "メグミ"),
    "admin": ("p-5003", "𠮷田", "髙志", "ヨシダ", "タカシ"),
}
_POSTS = {
    "hanako": ("zeimu", "会計年度任用職員"),
    "kacho": ("zeimu", "課長"),
    "officer": ("jinji", "主任"),
    "outsider": ("koriyama_zeimu", "主事"),
    "teacher": ("school", "教諭"),
    "helper": ("kominkan", "主事"),
    "author": ("digital", "主査"),
    "editor": ("digital", "副課長"),
    "admin": ("digital", "主任主査"),
}
# name of the field: (code, kind, name, kana, JIS code, parent)
_UNITS = {
    "prefecture": ("070009", Kind.PREFECTURE, "福島県", "フクシマケン", "070009", None),
    "digital": ("070009-dx", Kind.SECTION, "デジタル変革課", "デジタルヘンカクカ", "", "prefecture"),
    "fukushima": ("072010", Kind.MUNICIPALITY, "福島市", "フクシマシ", "072010", "prefecture"),
    "somu": ("072010-somu", Kind.BUREAU, "総務部", "ソウムブ", "", "fukushima"),
    "jinji": ("072010-jinji", Kind.SECTION, "人事課", "ジンジカ", "", "somu"),
    "zeimu": ("072010-zeimu", Kind.SECTION, "税務課", "ゼイムカ", "", "somu"),
    "board": (
        "072010-board",
        Kind.BOARD_OF_EDUCATION,
        "福島市教育委員会",
        "フクシマシキョウイクイインカイ",
        "",
        "fukushima",
    ),
    "school": ("072010-shinobu", Kind.SCHOOL, "信夫山中学校", "シノブヤマチュウガッコウ", "", "board"),
    "kominkan": (
        "072010-chuo",
        Kind.COMMUNITY_CENTER,
        "中央公民館",
        "チュウオウコウミンカン",
        "",
        "fukushima",
    ),
    "koriyama": ("072036", Kind.MUNICIPALITY, "郡山市", "コオリヤマシ", "072036", "prefecture"),
    "koriyama_zeimu": ("072036-zeimu", Kind.SECTION, "税務課", "ゼイムカ", "", "koriyama"),
}
_PLACES = {"072010": ("県北", "中通り"), "072036": ("県中", "中通り")}


def _bodies(at: datetime) -> dict[str, Organization]:
    units: dict[str, Organization] = {}
    for name, (code, kind, label, kana, jis, parent) in _UNITS.items():
        area, region = _PLACES.get(code, ("", ""))
        units[name] = create_unit(
            code=code,
            kind=kind,
            name=label,
            name_kana=kana,
            jis_code=jis,
            parent=units[parent] if parent else None,
            living_area=area,
            region=region,
            joined_on=TREE_START if jis else None,
            valid_from=TREE_START,
            by=None,
            at=at,
        )
    return units


def _person(name: str, at: datetime) -> User:
    login_id, last, first, last_kana, first_kana = _NAMES[name]
    return create_user(
        login_id=login_id,
        password=PASSWORD,
        last_name=last,
        first_name=first,
        last_name_kana=last_kana,
        first_name_kana=first_kana,
        by=None,
        at=at,
    )


def _roles(
    people: dict[str, User], units: dict[str, Organization], class_1_1: LearnerGroup, at: datetime
) -> None:
    over_unit = {
        "kacho": (Role.SECTION_HEAD, "zeimu"),
        "officer": (Role.TRAINING_OFFICER, "fukushima"),
        "helper": (Role.HELPER, "kominkan"),
        "author": (Role.AUTHOR, "prefecture"),
        "editor": (Role.EDITOR, "prefecture"),
    }
    for name, (role, unit) in over_unit.items():
        grant_role(
            user=people[name], role=role, organization=units[unit], valid_from=YEAR_START, by=None, at=at
        )
    grant_role(
        user=people["teacher"], role=Role.TEACHER, group=class_1_1, valid_from=YEAR_START, by=None, at=at
    )
    grant_role(
        user=people["admin"], role=Role.INSTALL_ADMIN, everywhere=True, valid_from=YEAR_START, by=None, at=at
    )
