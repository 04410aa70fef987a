"""A person's page, and transfers as an officer records them."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from wagtail.models import ModelLogEntry

from people.accounts.models import User
from people.appointments.actions import appoint
from people.appointments.enums import AppointmentKind
from people.appointments.models import Appointment
from people.organizations.models import Organization
from tests.cast import YEAR_START, Cast

NEXT_YEAR = date(2027, 4, 1)


def page_of(person: User, part: str = "") -> str:
    return f"/people/{person.uuid}/{part}"


def send(browser: Client, address: str, fields: dict[str, Any], step: str = "confirm") -> Any:
    """The page is opened and what it carries along is sent back, as a browser does."""
    form = browser.get(address).context["form"]
    carried = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    return browser.post(address, {**carried, **fields, "step": step}, follow=step == "confirm")


def transfer(browser: Client, person: User, into: Organization, **fields: Any) -> Any:
    values = {"unit": str(into.uuid), "post": "主事", "valid_from": "2026-11-21", **fields}
    return send(browser, page_of(person, "transfer/"), values)


def said(answer: Any) -> str:
    return " ".join(str(message) for message in answer.context["messages"])


def posts(person: User) -> list[tuple[str, date, date | None]]:
    rows = Appointment.objects.filter(user=person).order_by("valid_from")
    return [(row.organization.name, row.valid_from, row.valid_to) for row in rows]


@pytest.fixture
def officer(cast: Cast, client_for: Any) -> Client:
    browser: Client = client_for(cast.officer)
    return browser


# ---- the page


@pytest.mark.parametrize(
    ("who", "whom", "status"),
    [
        ("officer", "hanako", 200),
        ("officer", "teacher", 200),
        ("officer", "officer", 200),
        ("teacher", "pupil", 200),
        ("admin", "outsider", 200),
        ("kacho", "hanako", 403),
        ("hanako", "hanako", 404),
        ("outsider", "hanako", 404),
        ("officer", "outsider", 404),
        ("officer", "pupil", 404),
        ("teacher", "officer", 404),
    ],
)
def test_who_opens_whose_page(cast: Cast, client_for: Any, who: str, whom: str, status: int) -> None:
    people = cast.people()
    assert client_for(people[who]).get(page_of(people[whom])).status_code == status


def test_the_page_tells_posts_roles_groups_and_how_somebody_signs_in(cast: Cast, officer: Client) -> None:
    text = officer.get(page_of(cast.kacho)).content.decode()
    for words in (
        "総務部 税務課",
        "課長",
        "本務",
        "所属長",
        "税務課（その下の組織も含む）",
        "まだありません",
    ):
        assert words in text
    assert "役割を付けました：所属長（税務課、2026年4月1日から）" in text


def test_a_teacher_sees_the_class_but_changes_nothing(cast: Cast, client_for: Any) -> None:
    browser = client_for(cast.teacher)
    text = browser.get(page_of(cast.pupil)).content.decode()
    assert "信夫山中学校 1年1組" in text and "7番" in text
    assert "異動を記録する" not in text and "役割を付ける" not in text
    for part in ("transfer/", "posts/new/", "roles/new/"):
        assert browser.get(page_of(cast.pupil, part)).status_code == 403


def test_the_list_leads_to_the_page(cast: Cast, officer: Client) -> None:
    assert f'href="{page_of(cast.hanako)}"' in officer.get("/people/").content.decode()


def test_nobody_changes_their_own(cast: Cast, officer: Client) -> None:
    assert "自分では変えられません" in officer.get(page_of(cast.officer)).content.decode()
    post = Appointment.objects.get(user=cast.officer)
    for part in ("transfer/", "posts/new/", f"posts/{post.uuid}/end/", "roles/new/"):
        assert officer.post(page_of(cast.officer, part), {"step": "confirm"}).status_code == 403


def test_the_page_costs_the_same_however_much_there_is(
    cast: Cast, officer: Client, at: datetime, django_assert_max_num_queries: Any
) -> None:
    for days in range(20):
        day = NEXT_YEAR + timedelta(days=days)
        appoint(user=cast.hanako, organization=cast.jinji, post=str(day), valid_from=day, by=None, at=at)
    with django_assert_max_num_queries(30):
        officer.get(page_of(cast.hanako))


# ---- transfers


def test_a_transfer_moves_the_person_on_its_day(cast: Cast, officer: Client, today: date) -> None:
    answer = transfer(officer, cast.hanako, cast.jinji)
    assert "佐藤 花子さんは2026年11月21日から人事課の所属です" in said(answer)
    assert posts(cast.hanako) == [("税務課", YEAR_START, today), ("人事課", today, None)]
    assert "人事課 主事" in officer.get("/people/", {"q": "f-1001"}).content.decode()
    entry = ModelLogEntry.objects.get(action="people.appointed", user=cast.officer)
    assert entry.object_id == str(cast.hanako.pk)
    assert "高橋 誠" in answer.content.decode() and "職を記録しました：人事課 主事" in answer.content.decode()


def test_a_transfer_may_be_announced_and_typed_as_people_write_dates(cast: Cast, officer: Client) -> None:
    answer = transfer(officer, cast.hanako, cast.jinji, valid_from="R9.4.1")
    assert posts(cast.hanako)[-1] == ("人事課", NEXT_YEAR, None)
    assert "これから" in answer.content.decode()
    assert "税務課 会計年度任用職員" in officer.get("/people/", {"q": "f-1001"}).content.decode()


def test_nothing_happens_before_the_second_step(cast: Cast, officer: Client) -> None:
    fields = {"unit": str(cast.jinji.uuid), "valid_from": "2026-11-21"}
    page = send(officer, page_of(cast.hanako, "transfer/"), fields, step="preview").content.decode()
    assert "この異動を記録しますか" in page
    assert "いまの本務（税務課 会計年度任用職員）は、2026年11月20日で終わります" in page
    back = send(officer, page_of(cast.hanako, "transfer/"), fields, step="edit").content.decode()
    assert f'value="{cast.jinji.uuid}" selected' in back
    assert len(posts(cast.hanako)) == 1


def test_a_double_click_is_one_transfer(cast: Cast, officer: Client) -> None:
    address = page_of(cast.hanako, "transfer/")
    seen = officer.get(address).context["form"]["seen"].value()
    fields = {"unit": str(cast.jinji.uuid), "post": "主事", "valid_from": "2026-11-21", "seen": seen}
    for _ in range(2):
        assert officer.post(address, {**fields, "step": "confirm"}).status_code == 302
    assert len(posts(cast.hanako)) == 2
    assert ModelLogEntry.objects.filter(action="people.appointed", user=cast.officer).count() == 1


def test_two_officers_at_once_are_told(cast: Cast, officer: Client, client_for: Any) -> None:
    address = page_of(cast.hanako, "transfer/")
    seen = officer.get(address).context["form"]["seen"].value()
    transfer(client_for(cast.admin), cast.hanako, cast.somu)
    fields = {"unit": str(cast.jinji.uuid), "post": "主事", "valid_from": "2026-12-01", "seen": seen}
    answer = officer.post(address, {**fields, "step": "confirm"})
    assert answer.status_code == 422
    assert "ほかの人がこの方の職を変更しました" in answer.content.decode()
    assert [name for name, *_ in posts(cast.hanako)] == ["税務課", "総務部"]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"unit": ""}, "aria-invalid"),
        ({"unit": "00000000-0000-4000-8000-000000000000"}, "aria-invalid"),
        ({"valid_from": "8/4/1"}, "日付として読めません"),
        ({"valid_from": "0001-01-01"}, "1950年から"),
        ({"valid_from": "9999-12-31"}, "1950年から"),
        ({"valid_from": "2026-02-30"}, "日付として読めません"),
        ({"post": "主" * 101}, "100"),
        ({"post": "\x00"}, "aria-invalid"),
        ({"valid_from": "2026-03-01"}, "別の本務"),
        ({"valid_from": "2020-04-01"}, "その日に無い組織"),
    ],
)
def test_what_cannot_be_is_said_and_kept(
    cast: Cast, officer: Client, fields: dict[str, str], words: str
) -> None:
    answer = transfer(officer, cast.hanako, cast.jinji, **fields)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert len(posts(cast.hanako)) == 1


def test_nobody_is_put_into_another_body(cast: Cast, officer: Client) -> None:
    assert transfer(officer, cast.hanako, cast.koriyama_zeimu).status_code == 422
    assert len(posts(cast.hanako)) == 1


def test_whose_main_post_is_elsewhere_is_transferred_there(
    cast: Cast, officer: Client, at: datetime, today: date
) -> None:
    """渡辺 of 郡山市 helps out in 福島市: 福島市 ends that post, not the main one."""
    helping = appoint(
        user=cast.outsider,
        organization=cast.zeimu,
        kind=AppointmentKind.CONCURRENT,
        valid_from=YEAR_START,
        by=None,
        at=at,
    )
    main = Appointment.objects.get(user=cast.outsider, kind=AppointmentKind.MAIN)
    assert "担当の範囲の外" in officer.get(page_of(cast.outsider)).content.decode()
    assert officer.get(page_of(cast.outsider, "transfer/")).status_code == 403
    assert officer.get(page_of(cast.outsider, f"posts/{main.uuid}/end/")).status_code == 403
    ended = send(officer, page_of(cast.outsider, f"posts/{helping.uuid}/end/"), {"last_day": "2026-11-20"})
    assert ended.redirect_chain[-1][0] == "/people/"
    assert officer.get(page_of(cast.outsider)).status_code == 404


@pytest.mark.parametrize("query", ["q=%00", "q=%ff", "q=" + "a" * 5000, "q=%25"])
def test_strange_addresses_get_a_page(cast: Cast, officer: Client, query: str) -> None:
    assert officer.get(page_of(cast.hanako, f"transfer/?{query}")).status_code == 200
