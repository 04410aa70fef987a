"""A small course with a quiz, made as authors make it: through pages and actions."""

import json
from collections.abc import Sequence
from typing import Any

from django.test import Client

from assessments.attempts.models import Attempt
from assessments.attempts.queries import places_of
from assessments.delivery.filling import Filled, filled_from_answer, seed_of
from assessments.delivery.pages import QuizPage, QuizPageItem
from assessments.items.actions import write_item
from assessments.items.models import Item, ItemVersion
from courses.catalog.pages import CoursePage
from courses.curriculum.site import ensure_site
from courses.lessons.pages import LessonPage
from tests.cast import AT

ITEMS: list[dict[str, Any]] = [
    {
        "kind": "single",
        "stem": "{電話|でんわ}でお金の話が出ました。どうしますか。",
        "options": [
            {"id": "a", "text": "お金を送る"},
            {"id": "b", "text": "電話を切る"},
            {"id": "c", "text": "番号を教える"},
        ],
        "key": ["b"],
        "explanation": "電話を切って、自分からかけ直します。",
        "lesson_code": "T100-L1",
    },
    {
        "kind": "multiple",
        "stem": "正しいものをすべて選びましょう。",
        "options": [
            {"id": "a", "text": "公式を見る"},
            {"id": "b", "text": "すぐ広める"},
            {"id": "c", "text": "日付を見る"},
        ],
        "key": ["a", "c"],
        "explanation": "広める前に止まります。",
    },
    {
        "kind": "ordering",
        "stem": "順に並べましょう。",
        "options": [{"id": "a", "text": "切る"}, {"id": "b", "text": "かける"}, {"id": "c", "text": "話す"}],
        "key": ["a", "b", "c"],
        "explanation": "合言葉は「切る・かける・話す」です。",
    },
    {
        "kind": "matching",
        "stem": "相談する番号はどれですか。",
        "options": {
            "left": [{"id": "a", "text": "警察"}, {"id": "b", "text": "消費生活"}],
            "right": [{"id": "a", "text": "#9110"}, {"id": "b", "text": "188"}, {"id": "c", "text": "171"}],
        },
        "key": {"a": "a", "b": "b"},
        "explanation": "188は「いやや」とおぼえます。",
    },
    {
        "kind": "short_text",
        "stem": "「詐欺のしるし」を片仮名で書きましょう。",
        "options": [],
        "key": ["フィッシング"],
        "explanation": "にせのページで番号を盗みます。",
    },
]
RIGHT = [["b"], ["a", "c"], ["a", "b", "c"], {"a": "a", "b": "b"}, "ﾌｨｯｼﾝｸﾞ"]
WRONG = [["a"], ["b"], ["c", "b", "a"], {"a": "c", "b": "a"}, "わからない"]


def make_course(code: str = "T100", **facts: Any) -> CoursePage:
    """An offered course that every member may take."""
    catalog = ensure_site(at=AT)
    facts = {
        "title": "ためしのコース",
        "track": "staff",
        "scoring": "scored",
        "pass_mark": 80,
        "minutes": 10,
        **facts,
    }
    page = CoursePage(code=code, slug=code.lower(), **facts)
    catalog.add_child(instance=page)
    page.save_revision().publish()
    page.refresh_from_db()
    lesson = LessonPage(title="電話の話", title_ruby="{電話|でんわ}の話", slug="l1", code=f"{code}-L1")
    page.add_child(instance=lesson)
    lesson.save_revision().publish()
    page.refresh_from_db()
    return page


def make_items(contents: Sequence[dict[str, Any]] = tuple(ITEMS), code: str = "T100") -> list[Item]:
    return [
        write_item(code=f"{code}-Q{number}", **content, at=AT, by=None).item
        for number, content in enumerate(contents, start=1)
    ]


def make_quiz(course: CoursePage, items: Sequence[Item] | None = None, **facts: Any) -> QuizPage:
    """A published quiz page, read back as a request reads it."""
    page = QuizPage(
        **{"title": "確認テスト", "slug": "quiz", "code": f"{course.code}-Q", "minutes": 5, **facts}
    )
    course.add_child(instance=page)
    items = make_items(code=course.code) if items is None else items
    page.quiz_items = [QuizPageItem(item=item, sort_order=order) for order, item in enumerate(items)]
    page.save_revision().publish()
    published: QuizPage = QuizPage.objects.select_related("activity").get(pk=page.pk)
    return published


def current(code: str) -> ItemVersion:
    """The version that new attempts ask."""
    version = Item.objects.get(code=code).current
    assert version is not None
    return version


def begin(client: Client, page: QuizPage) -> Attempt:
    """Presses the button of the first page."""
    response = client.post(f"/quizzes/{page.activity.uuid}/start/")
    assert response.status_code == 302, response.content[:500]
    return Attempt.objects.get(uuid=response["Location"].split("/")[-2])


def fields(attempt: Attempt, answers: dict[int, Any], *, was: bool = False) -> dict[str, Any]:
    """Form fields for answers by question number, as the page's form names them; ``was`` as if the page were fresh."""
    data: dict[str, Any] = {}
    for place in places_of(attempt):
        version, name = place.version, f"q{place.number}"
        seed = seed_of(attempt.uuid, version)
        saved = place.response.answer if place.response else None
        if was:
            data[f"{name}-was"] = filled_from_answer(version, saved, seed).digest
        if place.number in answers:
            data |= _named(name, filled_from_answer(version, answers[place.number], seed), version.kind)
        elif was:
            data |= _named(name, filled_from_answer(version, saved, seed), version.kind)
    return data


def _named(name: str, filled: Filled, kind: str) -> dict[str, Any]:
    if kind == "short_text":
        return {name: filled.text}
    if filled.rows:
        return {f"{name}-{row}": value for row, value in filled.rows.items()}
    return {name: sorted(filled.chosen)} if filled.chosen else {}


def send(client: Client, attempt: Attempt, answers: dict[int, Any], go: str = "save", **extra: Any) -> Any:
    """Sends the questions page as a browser without scripts does."""
    return client.post(
        f"/attempts/{attempt.uuid}/", {**fields(attempt, answers, was=True), "go": go, **extra}
    )


def answer_all(client: Client, attempt: Attempt, answers: Sequence[Any]) -> None:
    response = send(client, attempt, dict(enumerate(answers, start=1)))
    assert response.status_code == 302, response.content.decode()


def saved_answers(attempt: Attempt) -> list[Any]:
    return [place.response.answer if place.response else None for place in places_of(attempt)]


def post_json(client: Client, attempt: Attempt, number: int, data: Any) -> Any:
    """Saves one answer as a script does; ``data`` may be a broken body."""
    body = data if isinstance(data, (bytes, str)) else json.dumps(data)
    return client.post(f"/attempts/{attempt.uuid}/answers/{number}/", body, content_type="application/json")


def text(response: Any) -> str:
    return str(response.content.decode())
