"""How a SCO is entered, what it finds, and where in the outline a learner goes on."""

import pytest

from courses.packages.scorm import Item, Manifest, Sco
from learning.scorm.enums import Completion, Exit
from learning.scorm.resuming import Entry, opening, starting_cmi
from learning.scorm.rules import Standing, is_open, next_to_open

PLAIN = Sco("index.html")
MASTERED = Sco("index.html", mastery_score=60)
DONE, OPEN = Standing(Completion.COMPLETED), Standing(Completion.INCOMPLETE)


def manifest(*items: Item) -> Manifest:
    return Manifest("1.2", "1.2", "m", "教材", items)


def item(name: str, **more) -> Item:
    return Item(name, name, PLAIN, **more)


class TestResume:
    def test_the_first_visit_begins_at_the_beginning(self):
        assert opening(None, {}, Exit.NONE, "1.2").entry == Entry.AB_INITIO

    def test_a_pause_goes_on_also_when_it_is_done(self):
        for standing in (OPEN, DONE):
            opened = opening(standing, {}, Exit.SUSPEND, "1.2")
            assert (opened.entry, opened.is_review) == (Entry.RESUME, False)

    @pytest.mark.parametrize("left", [Exit.NORMAL, Exit.TIME_OUT, Exit.LOGOUT, Exit.NONE])
    def test_what_is_done_is_looked_at_again_without_credit(self, left):
        opened = opening(DONE, {"location": "3"}, left, "2004")
        assert (opened.entry, opened.is_review) == (Entry.NONE, True)
        cmi = starting_cmi({"location": "3"}, PLAIN, opened, version="2004", spent_ms=0)
        assert (cmi["mode"], cmi["credit"], cmi["location"], cmi["entry"]) == ("review", "no-credit", "3", "")

    def test_a_window_that_was_closed_without_a_word_loses_nothing(self):
        cmi = {"core": {"lesson_location": "3", "exit": ""}, "suspend_data": "x"}
        opened = opening(OPEN, cmi, Exit.NONE, "1.2")
        assert opened.entry == Entry.RESUME
        found = starting_cmi(cmi, MASTERED, opened, version="1.2", spent_ms=61_000)
        assert found["suspend_data"] == "x"
        assert found["core"]["total_time"] == "0000:01:01.00"
        assert found["student_data"]["mastery_score"] == "60"
        assert "exit" not in found["core"]

    def test_nothing_to_go_on_from_begins_at_the_beginning(self):
        assert opening(OPEN, {"core": {}}, Exit.NORMAL, "1.2").entry == Entry.AB_INITIO

    @pytest.mark.parametrize(
        ("version", "kept"), [("1.2", {"core": {"student_name": "佐藤"}}), ("2004", {"learner_name": "佐藤"})]
    )
    def test_nobody_is_named(self, version, kept):
        opened = opening(OPEN, kept, Exit.SUSPEND, version)
        assert "佐藤" not in str(starting_cmi(kept, PLAIN, opened, version=version, spent_ms=0))


class TestOutline:
    def test_what_needs_others_opens_when_they_are_done(self):
        last = item("c", prerequisites=("a", "b"))
        assert not is_open(last, {"a": DONE, "b": OPEN})
        assert is_open(last, {"a": DONE, "b": DONE})

    def test_a_learner_goes_on_where_they_were(self):
        package = manifest(item("a"), item("b"), item("c", prerequisites=("b",)))
        assert next_to_open(package, {}).identifier == "a"
        assert next_to_open(package, {"a": OPEN, "b": OPEN}, "b").identifier == "b"
        assert next_to_open(package, {"a": DONE, "b": OPEN}, "a").identifier == "b"
        assert next_to_open(package, {"a": DONE, "b": DONE}, "b").identifier == "c"
        assert next_to_open(package, dict.fromkeys("abc", DONE), "c").identifier == "a"
