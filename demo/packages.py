"""Exercises in the example courses: the shipped packages, on pages of their own between the lessons and the quiz."""

from datetime import datetime

from courses.catalog.pages import CoursePage
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
)


def build_packages(people: People, at: datetime) -> None:
    """The libraries, the packages and their pages. Running it again adds nothing."""
    packages = load_examples(by=people.users["admin"], at=at)
    for course, file, code, title, introduction in _PAGES:
        if not PackagePage.objects.filter(code=code).exists():
            _add_page(course, packages[file], code, title, introduction)


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
    parent = CoursePage.objects.get(code=course)
    last = parent.get_children().last()
    last.add_sibling(pos="left", instance=page)
    page.save_revision().publish()
