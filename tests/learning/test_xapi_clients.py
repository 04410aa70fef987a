"""Keys of other systems: what each opens, when it ends, and that nobody guesses one (Part Three, 4)."""

import base64
from datetime import timedelta
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.urls import reverse

from learning.clients.actions import create_client, revoke_client
from learning.clients.enums import LrsScope
from learning.clients.models import LrsClient, LrsClientDay
from office.audit.queries import history_of
from tests.cast import AT
from tests.learning.xapi_client import System, account, new_id, statement

pytestmark = pytest.mark.django_db


def test_4_without_a_key_or_with_a_wrong_one_nothing_opens():
    system = System()
    wrong = base64.b64encode(f"{system.row.key}:wrong".encode()).decode()
    for header in (
        "",
        "Basic",
        "Basic !!!",
        f"Basic {wrong}",
        "Bearer x",
        "Basic " + base64.b64encode(b"\xff:x").decode(),
    ):
        answer = system.send("GET", "statements", Authorization=header)
        assert answer.status_code == 401
        assert answer["WWW-Authenticate"].startswith("Basic")
        assert answer["X-Experience-API-Version"] == "1.0.3"


def test_4_a_session_of_the_site_opens_nothing(cast, client_for):
    browser = client_for(cast.admin)
    answer = browser.get("/xapi/statements", headers={"X-Experience-API-Version": "1.0.3"})
    assert answer.status_code == 401
    assert not answer.cookies


def test_the_secret_is_not_kept():
    system = System()
    kept = str(LrsClient.objects.values().get())
    assert system.secret not in kept
    assert system.secret not in repr(create_client(name="x", scopes=["all"], valid_to=None, by=None, at=AT))


def test_a_key_ends_on_its_day_and_when_it_is_revoked(clock):
    issued = create_client(
        name="期限付き", scopes=[LrsScope.ALL], valid_to=AT + timedelta(days=1), by=None, at=AT
    )
    system = System()
    system.row, system.secret = issued.client, issued.secret
    assert system.get().status_code == 200
    clock.move_to(AT + timedelta(days=2))
    assert system.get().status_code == 401
    other = System(name="もう一つ")
    assert other.get().status_code == 200
    revoke_client(client=other.row, reason="漏えいのおそれ", by=None, at=AT)
    assert other.get().status_code == 401


def test_a_key_survives_a_change_of_the_install_secret(settings):
    system = System()
    old, settings.SECRET_KEY = settings.SECRET_KEY, "another"
    assert system.get().status_code == 401
    settings.SECRET_KEY_FALLBACKS = [old]
    assert system.get().status_code == 200


def test_4_2_each_scope_opens_its_own_and_nothing_else():
    writer, reader = System("statements/write"), System("statements/read/mine", name="二")
    assert writer.post(statement()).status_code == 200
    assert writer.get().status_code == 403
    assert writer.get("agents", agent=account("x")).status_code == 403
    assert writer.get("activities", activityId="https://example.jp/1").status_code == 403
    assert reader.post(statement()).status_code == 403
    assert reader.put(new_id(), statement()).status_code == 403
    assert reader.get().status_code == 200


def test_4_2_mine_means_what_the_system_itself_put_in():
    other = System("all", name="別のシステム")
    mine = System("statements/write", "statements/read/mine")
    target = new_id()
    (theirs,) = other.keep(statement(id=target, actor=account("t")))
    (own,) = mine.keep(statement(object={"objectType": "StatementRef", "id": target}))
    assert mine.ids() == [own]
    assert mine.get(statementId=theirs).status_code == 404
    # Not even by way of a statement that refers to it.
    assert mine.ids(agent=account("t")) == []
    assert (
        mine.ids(
            agent={"account": other.get(statementId=theirs).json()["authority"]["account"]},
            related_agents="true",
        )
        == []
    )
    everybody = System("statements/read", name="三")
    assert set(everybody.ids()) == {own, theirs}


def test_requests_are_throttled_for_each_system(settings):
    settings.XAPI_REQUESTS_A_MINUTE = 3
    system, other = System(), System(name="別のシステム")
    assert [system.get().status_code for _ in range(4)] == [200, 200, 200, 429]
    assert system.get()["Retry-After"] == "60"
    assert other.get().status_code == 200


def test_wrong_keys_are_throttled_for_each_address(settings):
    settings.XAPI_WRONG_KEYS_A_MINUTE = 2
    system = System()
    wrong = "Basic " + base64.b64encode(b"key:secret").decode()
    answers = [system.send("GET", "statements", Authorization=wrong).status_code for _ in range(4)]
    assert answers == [401, 401, 429, 429]
    assert system.get().status_code == 200


def test_who_read_how_much_is_answerable(clock):
    system = System()
    system.keep(statement(), statement())
    system.get()
    system.get(limit=1)
    day = LrsClientDay.objects.get()
    assert (day.reads, day.statements_read, day.own_read) == (2, 3, 0)
    assert LrsClient.objects.get().last_used_at is not None


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"name": " "}, "no_name"),
        ({"scopes": []}, "no_scope"),
        ({"scopes": ["everything"]}, "scope"),
        ({"valid_to": AT - timedelta(days=1)}, "valid_to"),
    ],
)
def test_a_key_is_not_made_without_sense(wrong, code):
    told = {"name": "x", "scopes": ["all"], "valid_to": None, **wrong}
    with pytest.raises(ValidationError) as refused:
        create_client(**told, by=None, at=AT)
    assert refused.value.code == code
    assert not LrsClient.objects.exists()


# --- the pages


def form(**parts):
    return {
        "token": new_id(),
        "name": "研修システム",
        "scopes": ["statements/write"],
        "valid_to": "",
        **parts,
    }


def test_an_administrator_gives_a_key_that_works(cast, client_for):
    browser = client_for(cast.admin)
    told = form()
    answer = browser.post(reverse("learning:client_new"), told)
    secret, row = answer.context["secret"], LrsClient.objects.get()
    assert (answer.status_code, secret in answer.text) == (200, True)
    system = System(name="x")
    system.row, system.secret = row, secret
    assert system.post(statement()).status_code == 200
    again = browser.post(reverse("learning:client_new"), told)
    assert (again.status_code, secret in again.text) == (422, False)
    assert LrsClient.objects.filter(name="研修システム").count() == 1
    listed = browser.get(reverse("learning:client_list"))
    assert "研修システム" in listed.text
    assert secret not in listed.text
    assert [one.by for one in history_of(row)] == [cast.admin.name]


@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"scopes": []}, {"valid_to": "2020-01-01"}, {"token": "x"}, {"valid_to": "x"}]
)
def test_a_form_with_a_fault_says_so_and_keeps_what_was_written(cast, client_for, wrong):
    answer = client_for(cast.admin).post(reverse("learning:client_new"), form(**wrong))
    assert answer.status_code == 422
    assert not LrsClient.objects.exists()


def test_an_administrator_revokes_with_a_reason(cast, client_for):
    browser, system = client_for(cast.admin), System()
    address = reverse("learning:client_revoke", args=[system.row.uuid])
    assert browser.post(address, {"reason": " "}).status_code == 422
    assert system.get().status_code == 200
    assert browser.post(address, {"reason": "契約終了"}).status_code == 302
    assert system.get().status_code == 401
    assert browser.post(address, {"reason": "もう一度"}).status_code == 302
    assert LrsClient.objects.get(pk=system.row.pk).revoke_reason == "契約終了"


# --- the command


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("lrs_client", *arguments, stdout=out)
    return out.getvalue()


def test_the_command_makes_lists_and_revokes():
    told = dict(
        line.split("\t")
        for line in run("create", "端末", "--scope", "statements/write", "--until", "2027-03-31").splitlines()
    )
    system = System(name="x")
    system.row, system.secret = LrsClient.objects.get(key=told["key"]), told["secret"]
    assert system.post(statement()).status_code == 200
    assert f"{told['key']}\topen\tstatements/write\t端末" in run("list")
    run("revoke", told["key"], "--reason", "終了")
    assert system.post(statement()).status_code == 401
    with pytest.raises(CommandError):
        run("revoke", "nothing", "--reason", "x")
    with pytest.raises(CommandError):
        run("create", "端末", "--scope", "all", "--until", "soon")
