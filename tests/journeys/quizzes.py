"""Answers the questions of a shipped quiz as people do: by their words, found by role and label."""

from pathlib import Path
from typing import Any

import yaml
from playwright.sync_api import Locator, Page, expect

from courses.readability import ruby

CONTENT = Path(__file__).resolve().parents[2] / "courses/curriculum/content"
SAVED = "保存しました"


def questions(course: str) -> list[dict[str, Any]]:
    """The items of a course's quiz as its file has them, in order."""
    text = (CONTENT / course / "quiz.yaml").read_text(encoding="utf-8")
    return list(yaml.safe_load(text)["items"])


def group(page: Page, item: dict[str, Any]) -> Locator:
    return page.get_by_role("group", name=_plain(item["stem"]).strip())


def answer(page: Page, item: dict[str, Any], *, right: bool = True) -> None:
    """Answers one question, rightly or wrongly, and waits until the page says that it is saved."""
    number = group(page, item).get_attribute("data-question")
    with page.expect_response(lambda reply: reply.url.endswith(f"/answers/{number}/")):
        _fill(group(page, item), item, right)
    expect(page.get_by_role("status").filter(has_text=SAVED)).to_be_visible()


def answer_all(page: Page, course: str, *, right: bool = True) -> None:
    for item in questions(course):
        answer(page, item, right=right)


def chosen(page: Page, item: dict[str, Any], *, right: bool = True) -> Locator:
    """The choice that ``answer`` makes in a question with one answer."""
    key = item["answer"] if right else next(one for one in item["options"] if one != item["answer"])
    return group(page, item).get_by_role("radio", name=_plain(item["options"][key]), exact=True)


def choose(page: Page, item: dict[str, Any], *, right: bool = True) -> None:
    """By its words: they cover the round button, as the whole line is what a finger meets."""
    key = item["answer"] if right else next(one for one in item["options"] if one != item["answer"])
    group(page, item).get_by_text(_plain(item["options"][key]), exact=True).click()


def hand_in(page: Page) -> None:
    """Both steps: look over what is missing, then hand in."""
    page.get_by_role("button", name="提出に進む").click()
    page.get_by_role("button", name="この内容で提出する").click()


def _fill(question: Locator, item: dict[str, Any], right: bool) -> None:
    match item["kind"]:
        case "multiple":
            _fill_multiple(question, item, right)
        case "ordering":
            _fill_order(question, item, right)
        case "matching":
            _fill_matches(question, item, right)
        case "short_text":
            _fill_text(question, item["answer"][0] if right else "わかりません")
        case _:
            choose(question.page, item, right=right)


def _fill_multiple(question: Locator, item: dict[str, Any], right: bool) -> None:
    for key, text in item["options"].items():
        box = question.get_by_role("checkbox", name=_plain(text), exact=True)
        if box.is_checked() != ((key in item["answer"]) == right):
            question.get_by_text(_plain(text), exact=True).click()


def _fill_order(question: Locator, item: dict[str, Any], right: bool) -> None:
    for place, key in enumerate(item["answer"] if right else item["answer"][::-1], start=1):
        _box(question, item["options"][key]).select_option(label=f"{place}番目")


def _fill_matches(question: Locator, item: dict[str, Any], right: bool) -> None:
    keys = list(item["answer"].values())
    for key, match in zip(item["answer"], keys if right else keys[1:] + keys[:1], strict=True):
        box = _box(question, item["options"][key])
        words = box.get_by_role("option").filter(has_text=_plain(item["matches"][match])).inner_text()
        box.select_option(label=words)


def _fill_text(question: Locator, words: str) -> None:
    box = question.get_by_role("textbox")
    box.fill(words)
    box.blur()


def _box(question: Locator, text: str) -> Locator:
    return question.get_by_role("combobox", name=_plain(text), exact=True)


def _plain(text: str) -> str:
    return ruby.strip(text)
