"""``{% shared %}`` and ``{% rows %}``: what is kept, what never is."""

from dataclasses import dataclass

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.urls import set_script_prefix
from django.utils.translation import override

from office.kept.rules import Kept


@dataclass(frozen=True)
class Line:
    id: int
    title: str


class Counter:
    """A variable that says how often somebody asked for it."""

    def __init__(self):
        self.asked = 0

    def __call__(self):
        self.asked += 1
        return f"asked {self.asked}"


def draw(template, **values):
    return template.render(Context(values))


def of(text):
    return Template("{% load shared_tags %}" + text)


def test_the_inside_is_drawn_once_for_a_key():
    template, asked = of("{% shared by key with asked %}{{ asked }}{% endshared %}"), Counter()
    assert [draw(template, key=key, asked=asked) for key in (1, 1, 2, 1)] == [
        "asked 1",
        "asked 1",
        "asked 2",
        "asked 1",
    ]


def test_the_inside_sees_only_what_is_named():
    template = of("{% shared by 1 with name=person.name %}[{{ name }}{{ user }}{{ request }}]{% endshared %}")
    assert draw(template, person={"name": "a"}, user="secret", request="secret") == "[a]"


def test_what_is_personal_is_drawn_each_time():
    template = of("{% shared by 1 with x %}{{ x }}<{% personal %}{{ user }}{% endpersonal %}>{% endshared %}")
    assert [draw(template, x="x", user=user) for user in ("a", "b<")] == ["x<a>", "x<b&lt;>"]


def test_what_is_personal_in_an_included_part_is_too():
    part = of("({% personal %}{{ user }}{% endpersonal %})")
    with_part = of("{% shared by key with part %}{% include part only %}-{% include part %}{% endshared %}")
    assert [draw(with_part, key="k", part=part, user=user) for user in ("a", "b")] == ["(a)-(a)", "(b)-(b)"]


def test_without_a_key_nothing_is_kept():
    template, asked = of("{% shared by key with asked %}{{ asked }}{{ user }}{% endshared %}"), Counter()
    assert [draw(template, asked=asked, user="u", **values) for values in ({}, {"key": None})] == [
        "asked 1u",
        "asked 2u",
    ]


def test_language_and_address_belong_to_the_key():
    template, asked = of("{% shared by 1 with asked %}{{ asked }}{% endshared %}"), Counter()
    assert draw(template, asked=asked) == "asked 1"
    with override("en"):
        assert draw(template, asked=asked) == "asked 2"
    set_script_prefix("/sub/")
    try:
        assert draw(template, asked=asked) == "asked 3"
    finally:
        set_script_prefix("/")


@pytest.mark.parametrize("text", ["{% shared %}{% endshared %}", "{% shared by with x %}{% endshared %}"])
def test_somebody_who_names_no_key_is_told(text):
    with pytest.raises(TemplateSyntaxError, match=r"key|by what"):
        of(text)


def test_lines_carry_the_marks_of_each_reader():
    template = of(
        "{% rows lines by 1 with word done=done current=here %}"
        "{{ word }}{{ row.title }}{% if is_done %}!{% endif %}{% if is_current %}*{% endif %} {% endrows %}"
    )
    lines = (Line(1, "a"), Line(2, "b"))
    assert draw(template, lines=lines, word="", done={1}, here=2) == "a! b* "
    assert draw(template, lines=lines, word="", done=(), here=1) == "a* b "
    assert draw(template, lines=lines, word="") == "a b "


def test_the_memory_is_bounded_and_ages():
    now = [0.0]
    kept, made = Kept(size=2, seconds=10, clock=lambda: now[0]), []

    def make(value):
        def made_now():
            made.append(value)
            return value

        return made_now

    for key in ("a", "b", "a", "c", "a", "b"):
        kept.get(key, make(key))
    assert made == ["a", "b", "c", "b"]
    now[0] = 11
    kept.get("a", make("again"))
    assert made[-1] == "again"
