"""Exercises in the example courses: the shipped packages, on pages of their own and inside a lesson."""

import json
from collections.abc import Mapping
from datetime import datetime

from courses.catalog.enums import MoveOn
from courses.catalog.models import shipped_uuid
from courses.catalog.pages import CoursePage
from courses.lessons.pages import ActivityPage, LessonPage
from courses.packages.models import Package
from courses.packages.pages import PackagePage
from courses.packages.shipped import load_examples
from demo.people import People

# course, file, code, title with readings, what the reader is told
_PAGES = (
    (
        "L203",
        "spot-the-scam.h5p",
        "L203-P1",
        "{練習|れんしゅう}：あやしいメッセージを{見分|みわ}ける",
        "{本物|ほんもの}そっくりのメッセージで{練習|れんしゅう}します。まちがえても、だいじょうぶです。",
    ),
    (
        "L203",
        "steps-in-order.h5p",
        "L203-P2",
        "{練習|れんしゅう}：{手順|てじゅん}を{並|なら}べる",
        "スマホでの{支払|しはら}いと{申|もう}し{込|こ}みの{順番|じゅんばん}を、{並|なら}べて{確|たし}かめます。",
    ),
    (
        "E201",
        "true-false-reasons.h5p",
        "E201-P1",
        "{練習|れんしゅう}：○×と、その{理由|りゆう}",
        "{答|こた}えだけでなく、{理由|りゆう}もいっしょに{考|かんが}えます。",
    ),
    (
        "S105",
        "suspicious-mail.zip",
        "S105-P1",
        "{練習|れんしゅう}：あやしいメールに{気|き}づいたら",
        "{説明|せつめい}を{読|よ}んでから、三つの{問題|もんだい}に{答|こた}えます。{途中|とちゅう}でやめても、{続|つづ}きから{始|はじ}められます。",
    ),
    (
        "S105",
        "checking-ai-answers.zip",
        "S105-P2",
        "{練習|れんしゅう}：{生成|せいせい}AIの{答|こた}えを{確|たし}かめる",
        "{学|まな}ぶところと{確|たし}かめるところの、二つに{分|わ}かれています。",
    ),
)

# A lesson of the demo itself, beside the shipped ones: its exercises are blocks between its texts.
_LESSON = {
    "code": "E201-X1",
    "title": "練習でふりかえる",
    "title_ruby": "{練習|れんしゅう}でふりかえる",
    "title_easy": "{練習|れんしゅう}をします",
}
_OPENING = {
    "heading": "{学|まな}んだことを{使|つか}ってみる",
    "body": "<p>ここまでに{学|まな}んだことを、二つの{練習|れんしゅう}で{使|つか}ってみます。まちがえても、{何度|なんど}でもやり{直|なお}せます。</p>"
    "<p>とちゅうでやめても、つぎに{開|ひら}いたとき、つづきからできます。</p>",
    "easy": "<p>二つの{練習|れんしゅう}をします。</p><p>まちがえても、だいじょうぶです。</p><p>やめても、つづきができます。</p>",
}
# file, title with readings, introduction, the same in easy Japanese
_BLOCKS = (
    (
        "true-false-reasons.h5p",
        "○か×か、{理由|りゆう}も{考|かんが}える",
        "{答|こた}えだけでなく、どうしてそう{思|おも}うのかも{選|えら}びます。",
        "<p>○か×をえらびます。</p><p>{理由|りゆう}もえらびます。</p>",
    ),
    (
        "spot-the-scam.h5p",
        "あやしいメッセージを{見分|みわ}ける",
        "{本物|ほんもの}そっくりのメッセージを{見|み}て、おかしいところをさがします。",
        "<p>メッセージを{見|み}ます。</p><p>おかしいところをさがします。</p>",
    ),
)


def build_packages(people: People, at: datetime) -> None:
    """The libraries, the packages and their pages. Running it again adds nothing."""
    packages = load_examples(by=people.users["admin"], at=at)
    for course, file, code, title, introduction in _PAGES:
        if not PackagePage.objects.filter(code=code).exists():
            _add_page(course, packages[file], code, title, introduction)
    if not LessonPage.objects.filter(code=_LESSON["code"]).exists():
        _add_lesson("E201", packages)


def _add_page(course: str, package: Package, code: str, title: str, introduction: str) -> None:
    page = PackagePage(
        title=package.title,
        title_ruby=title,
        slug=code.lower(),
        code=code,
        package=package,
        introduction=introduction,
        minutes=10,
        is_required=False,
    )
    _place(course, page)


def _add_lesson(course: str, packages: Mapping[str, Package]) -> None:
    blocks = [{"type": "text", "id": str(shipped_uuid(f"{_LESSON['code']} text")), "value": _OPENING}]
    for file, title, introduction, easy in _BLOCKS:
        value = {
            "title": title,
            "package": packages[file].pk,
            "introduction": introduction,
            "easy": easy,
            "is_required": False,
            "move_on": MoveOn.COMPLETED.value,
        }
        identity = shipped_uuid(f"{_LESSON['code']} {file}")
        blocks.append({"type": "package", "id": str(identity), "value": value})
    slug = _LESSON["code"].lower()
    page = LessonPage(**_LESSON, slug=slug, minutes=15, is_required=False, body=json.dumps(blocks))
    _place(course, page)


def _place(course: str, page: ActivityPage) -> None:
    """Between the lessons and the quiz, and published."""
    parent = CoursePage.objects.get(code=course)
    last = parent.get_children().last()
    last.add_sibling(pos="left", instance=page)
    page.save_revision().publish()
