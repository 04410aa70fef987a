"""The editor of a quiz page, its questions and its older revisions, as a browser fills in their forms."""

from typing import Any

from django.test import Client
from wagtail.test.utils.form_data import querydict_from_html

from assessments.attempts.models import Attempt
from assessments.attempts.queries import places_of
from assessments.delivery.pages import QuizPage
from assessments.items.models import Item
from tests.assessments.builders import begin


def html_of(response: Any) -> str:
    return str(response.content.decode())


def edit_url(page: QuizPage) -> str:
    return f"/admin/pages/{page.pk}/edit/"


def revert_url(page: QuizPage, revision: Any) -> str:
    return f"/admin/pages/{page.pk}/revisions/{revision.pk}/revert/"


def filled(response: Any) -> dict[str, Any]:
    """What the editor's form holds when nobody touches it."""
    form: dict[str, Any] = querydict_from_html(html_of(response), form_id="page-edit-form").dict()
    return form


def press(client: Client, address: str, form: dict[str, Any], *buttons: str, **fields: Any) -> Any:
    return client.post(address, {**form, **{f"action-{button}": "1" for button in buttons}, **fields})


def publish(client: Client, page: QuizPage, **fields: Any) -> Any:
    """Opens the editor and presses publish."""
    return press(client, edit_url(page), filled(client.get(edit_url(page))), "publish", **fields)


def edit_question(client: Client, code: str, stem: str) -> Any:
    """An author changes the words of a question in its own form."""
    address = f"/admin/snippets/assessments/item/edit/{Item.objects.get(code=code).pk}/"
    page = client.get(address)
    form = page.context["form"]
    data = {name: form[name].value() or "" for name in form.fields if name != "is_retired"}
    return client.post(address, {**data, "stem": stem}, follow=True)


def stems(attempt: Attempt) -> list[str]:
    return [place.version.stem for place in places_of(attempt)]


def first_stem_for_new(client: Client, page: QuizPage) -> str:
    """The first question that somebody who begins now is asked."""
    return stems(begin(client, page))[0]
