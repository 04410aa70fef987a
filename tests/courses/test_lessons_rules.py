"""How a lesson is cut into screens."""

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.lessons.rules import (
    BlockShape,
    block_activity_uuid,
    easy_points,
    first_screens,
    heading_levels,
    minutes_left,
    normal_code,
    plan_screens,
    screen_at,
)

kinds = st.sampled_from(["text", "image", "callout", "table", "checklist", "declaration"])
shapes = st.lists(
    st.one_of(
        st.builds(BlockShape, id=st.uuids().map(str), kind=kinds, has_heading=st.booleans()),
        st.builds(BlockShape, id=st.uuids().map(str), kind=st.just("steps"), steps=st.integers(0, 6)),
    ),
    max_size=12,
)


@given(shapes)
def test_every_block_and_every_step_has_its_screen_in_order(blocks):
    screens = plan_screens(blocks)
    assert [screen.number for screen in screens] == list(range(1, len(screens) + 1))
    assert len(screens) == sum(max(1, block.steps) for block in blocks) + 1
    places = [screen.block for screen in screens if screen.block is not None]
    assert places == sorted(places)
    assert {screen.block for screen in screens[:-1]} == set(range(len(blocks)))
    for i, block in enumerate(blocks):
        steps = [screen.step for screen in screens if screen.block == i]
        assert steps == (list(range(1, block.steps + 1)) if block.steps else [None])


@given(shapes)
def test_the_last_screen_is_for_finishing(blocks):
    screens = plan_screens(blocks)
    assert [screen.is_finish for screen in screens] == [False] * (len(screens) - 1) + [True]


@given(shapes, st.one_of(st.none(), st.text(max_size=6), st.integers(-5, 100).map(str)))
def test_any_wish_leads_to_a_screen(blocks, wanted):
    assert screen_at(plan_screens(blocks), wanted) in plan_screens(blocks)


@given(shapes)
def test_the_anchor_of_a_block_is_its_first_screen(blocks):
    screens = plan_screens(blocks)
    for block, number in first_screens(screens).items():
        assert screens[number - 1].block == block
        assert screens[number - 1].step in (None, 1)


@given(shapes)
def test_headings_leave_no_level_out(blocks):
    levels = heading_levels(blocks)
    assert len(levels) == len(blocks)
    previous = 1
    for level in levels:
        assert 2 <= level <= previous + 1 or level == 2
        previous = level


@pytest.mark.parametrize(
    ("wanted", "number"),
    [(None, 1), ("", 1), ("0", 1), ("-3", 1), ("3", 3), ("99", 4), ("x", 1), ("２", 2), ("9" * 5000, 1)],
)
def test_a_step_outside_the_lesson_becomes_the_nearest(wanted, number):
    assert screen_at(plan_screens([BlockShape("a", "steps", steps=3)]), wanted).number == number


@pytest.mark.parametrize(
    "typed", ["L203-L1", "l203-l1", "Ｌ２０３－Ｌ１", "L203ーL1", " L203−L1/ ", "L203‐L1"]
)
def test_a_code_typed_from_paper_is_understood(typed):
    assert normal_code(typed) == "L203-L1"


def test_a_block_is_the_same_activity_in_every_install():
    lesson = uuid.UUID("12345678-1234-5678-1234-567812345678")
    assert block_activity_uuid(lesson, "b1") == block_activity_uuid(lesson, "b1")
    assert block_activity_uuid(lesson, "b1") != block_activity_uuid(lesson, "b2")


def test_what_is_left_is_told_honestly():
    assert [minutes_left(12, number, 4) for number in (1, 2, 3, 4)] == [9, 6, 3, 0]
    assert minutes_left(1, 3, 4) == 1
    assert minutes_left(12, 1, 1) == 0


def test_the_points_of_an_easy_text_take_the_place_of_the_boxes():
    html = "<p>見てください。</p>\n<ul>\n<li>一つ</li>\n<li>二つ</li>\n</ul>"
    assert easy_points(html, 2) == ("<p>見てください。</p>\n", ["一つ", "二つ"])
    assert easy_points(html, 3) == (html, [])
    assert easy_points(html + html, 2) == (html + html, [])
