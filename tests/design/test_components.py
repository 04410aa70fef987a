"""What the shared templates promise, without a browser."""

from typing import Any

import pytest
from django import forms
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.test import Client, RequestFactory

from people.preferences.enums import Face
from people.preferences.rules import Reading


class ExampleForm(forms.Form):
    name = forms.CharField(label="お名前", help_text="修了証に書くお名前です。")
    due = forms.CharField(label="いつまで", required=False)
    face = forms.ChoiceField(
        label="見せかた", choices=[("a", "標準"), ("b", "ふりがな")], widget=forms.RadioSelect
    )
    agree = forms.BooleanField(label="読みました")
    secret = forms.CharField(widget=forms.HiddenInput, required=False)


def _field(name: str, data: dict[str, str] | None = None, **context: Any) -> str:
    return render_to_string("components/field.html", {"field": ExampleForm(data)[name], **context})


def test_a_field_ties_its_hint_to_the_control() -> None:
    html = _field("name")
    assert '<label for="id_name">お名前' in html
    assert 'id="id_name_helptext"' in html
    assert 'aria-describedby="id_name_helptext"' in html
    assert "（必須）" in html


def test_a_field_ties_its_error_to_the_control() -> None:
    html = _field("name", {"name": ""})
    assert 'id="id_name_error"' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'aria-invalid="true"' in html


def test_a_group_of_choices_is_a_fieldset_whose_error_is_tied_to_it() -> None:
    html = _field("face", {"face": ""})
    assert '<fieldset class="fieldset" id="id_face" aria-describedby="id_face_error">' in html
    assert "<legend>見せかた" in html
    assert html.count('class="choice"') == 2
    assert 'for="id_face_0"' in html


def test_a_checkbox_stands_beside_its_label() -> None:
    html = _field("agree")
    assert html.index('type="checkbox"') < html.index('<label for="id_agree">読みました')


def test_a_hidden_field_has_no_label() -> None:
    assert "<label" not in _field("secret")


def test_optional_is_said_where_a_page_asks_for_it() -> None:
    assert "（任意）" not in _field("due")
    assert "（任意）" in _field("due", show_optional=True)


def test_the_list_of_errors_leads_to_each_question() -> None:
    html = render_to_string("components/form_errors.html", {"form": ExampleForm({"name": "花子"})})
    assert 'role="alert"' in html
    assert 'href="#id_face"' in html
    assert 'href="#id_agree"' in html
    assert "入力した内容は残っています" in html


def test_without_errors_there_is_no_list_of_errors() -> None:
    assert render_to_string("components/form_errors.html", {"form": ExampleForm()}).strip() == ""


@pytest.mark.parametrize(
    ("level", "role"), [(constants.ERROR, "alert"), (constants.SUCCESS, "status"), (constants.INFO, "status")]
)
def test_an_error_interrupts_and_other_messages_wait(level: int, role: str) -> None:
    html = render_to_string("components/messages.html", {"messages": [Message(level, "保存しました。")]})
    assert f'role="{role}"' in html
    assert "保存しました。" in html


def test_pages_of_a_list_keep_the_filters() -> None:
    request = RequestFactory().get("/people/?unit=12&page=2")
    page = Paginator(range(100), 10).page(2)
    html = render_to_string("components/pagination.html", {"page_obj": page}, request=request)
    assert "?unit=12&amp;page=3" in html
    assert 'aria-current="page"' in html


def test_a_list_of_one_page_has_no_pages() -> None:
    page = Paginator(range(3), 10).page(1)
    assert render_to_string("components/pagination.html", {"page_obj": page}).strip() == ""


@pytest.mark.parametrize("face", list(Face))
def test_the_face_in_use_is_pressed_and_the_switch_comes_back_here(face: Face) -> None:
    request = RequestFactory().get("/courses/s105/l1/?step=3")
    html = render_to_string(
        "components/face_switch.html", {"reading": Reading(face=face), "request": request}
    )
    assert html.count('aria-pressed="true"') == 1
    assert f'value="{face}" aria-pressed="true"' in html
    assert 'name="next" value="/courses/s105/l1/?step=3"' in html
    for label in ("標準", "ふりがな", "やさしい日本語", "大きな画面"):
        assert label in html


def test_progress_of_unknown_length_has_no_value() -> None:
    html = render_to_string(
        "components/progress.html", {"value": 12, "label": "読み込み", "reading": Reading()}
    )
    assert '<progress aria-label="読み込み">' in html


@pytest.mark.django_db
def test_in_the_large_face_the_text_comes_before_the_faces(client: Client) -> None:
    session = client.session
    session["reading"] = {"face": "large"}
    session.save()
    html = client.get("/accounts/login/").content.decode()
    assert 'data-face="large"' in html
    assert html.index('id="main"') < html.index('class="face-switch"')


def test_the_page_of_a_failure_needs_no_database_and_no_request() -> None:
    html = render_to_string("500.html")
    assert "うまく動きませんでした" in html
    assert "残っているもの" in html
    assert "していただきたいこと" in html


@pytest.mark.parametrize("template", ["400.html", "403.html", "404.html", "office/csrf_failure.html"])
def test_error_pages_say_what_happened_what_was_kept_and_what_to_do(template: str) -> None:
    html = render_to_string(template)
    assert html.count("<h1>") == 1
    assert html.index("残っているもの") < html.index("していただきたいこと")


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["login/", "signup/", "password/reset/", "inactive/"])
def test_account_pages_are_ours(client: Client, path: str) -> None:
    html = client.get(f"/accounts/{path}", follow=True).content.decode()
    assert '<html lang="ja"' in html
    assert '<main id="main"' in html
    assert html.count("<h1") == 1


@pytest.mark.django_db
def test_the_styleguide_takes_only_known_ways_of_reading(client: Client) -> None:
    html = client.get('/styleguide/?face=large"><script>&contrast=high&text_size=7').content.decode()
    assert 'data-face="standard" data-text-size="normal" data-contrast="high"' in html
