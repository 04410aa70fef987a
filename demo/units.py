"""The example organization: real bodies, invented units."""

from datetime import date, datetime

from people.organizations.actions import create_unit, join_body, load_municipalities
from people.organizations.enums import OrganizationKind as Kind
from people.organizations.models import Organization

PREFECTURE, FUKUSHIMA, KORIYAMA = "070009", "072010", "072036"
FOUNDED = date(2026, 4, 1)

# code → (kind, name, reading, code of the parent)
UNITS = {
    "pref-somu": (Kind.BUREAU, "総務部", "ソウムブ", PREFECTURE),
    "pref-kenshu": (Kind.SECTION, "職員研修課", "ショクインケンシュウカ", "pref-somu"),
    "fks-somu": (Kind.BUREAU, "総務部", "ソウムブ", FUKUSHIMA),
    "fks-jinji": (Kind.SECTION, "人事課", "ジンジカ", "fks-somu"),
    "fks-joho": (Kind.SECTION, "情報政策課", "ジョウホウセイサクカ", "fks-somu"),
    "fks-zaimu": (Kind.BUREAU, "財務部", "ザイムブ", FUKUSHIMA),
    "fks-zeimu": (Kind.SECTION, "税務課", "ゼイムカ", "fks-zaimu"),
    "fks-shimin": (Kind.BUREAU, "市民部", "シミンブ", FUKUSHIMA),
    "fks-madoguchi": (Kind.SECTION, "市民課", "シミンカ", "fks-shimin"),
    "fks-hoken": (Kind.SECTION, "国保年金課", "コクホネンキンカ", "fks-shimin"),
    "fks-kyoi": (Kind.BOARD_OF_EDUCATION, "教育委員会", "キョウイクイインカイ", FUKUSHIMA),
    "fks-chu": (Kind.SCHOOL, "見本中学校", "ミホンチュウガッコウ", "fks-kyoi"),
    "fks-kominkan": (Kind.COMMUNITY_CENTER, "見本公民館", "ミホンコウミンカン", "fks-kyoi"),
    "kor-shimin": (Kind.BUREAU, "市民部", "シミンブ", KORIYAMA),
    "kor-madoguchi": (Kind.SECTION, "市民課", "シミンカ", "kor-shimin"),
    "all-fukushima": (
        Kind.CONFERENCE,
        "オールふくしまDX推進課題解決促進会議",
        "オールフクシマディーエックス",
        PREFECTURE,
    ),
}


def build_units(at: datetime) -> dict[str, Organization]:
    """The prefecture, its 59 municipalities and the example units, by code. Running it again changes nothing."""
    load_municipalities(at=at)
    units = {unit.code: unit for unit in Organization.objects.all()}
    for order, (code, (kind, name, kana, parent)) in enumerate(UNITS.items(), start=1):
        if code not in units:
            units[code] = create_unit(
                code=code,
                kind=kind,
                name=name,
                name_kana=kana,
                parent=units[parent],
                valid_from=FOUNDED,
                order=order,
                by=None,
                at=at,
            )
    for body in (PREFECTURE, FUKUSHIMA, KORIYAMA):
        join_body(body=units[body], on=FOUNDED, by=None, at=at)
    return units
