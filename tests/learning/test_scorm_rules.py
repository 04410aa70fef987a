"""How SCORM's words become ours: status, score, roll-up, resume, and when an attempt ends."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.packages.enums import CompletionRule
from courses.packages.scorm import Item, Manifest, Sco
from learning.scorm.enums import Completion, Fault, Success
from learning.scorm.reading import BadCmi, Score, read_cmi
from learning.scorm.rules import (
    PAGE,
    Ended,
    Go,
    Rolled,
    Rule,
    Standing,
    advanced,
    ended,
    rolled_up,
)

PLAIN = Sco("index.html")
MASTERED = Sco("index.html", mastery_score=60)
DONE, OPEN = Standing(Completion.COMPLETED), Standing(Completion.INCOMPLETE)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=10,
)
SCALED = st.decimals(-1, 1, places=3)


def old(status="", raw="", *, sco=PLAIN, is_end=False, **core):
    score = {"raw": raw, "min": core.pop("min", ""), "max": core.pop("max", "")}
    return read_cmi(
        {"core": {"lesson_status": status, "score": score, **core}}, version="1.2", sco=sco, is_end=is_end
    )


def new(sco=PLAIN, *, is_end=False, **cmi):
    return read_cmi(cmi, version="2004", sco=sco, is_end=is_end)


def manifest(*items: Item, **more) -> Manifest:
    return Manifest("1.2", "1.2", "m", "教材", items or (item("a"), item("b")), **more)


def item(name: str, **more) -> Item:
    return Item(name, name, PLAIN, **more)


class TestStatusOf12:
    @pytest.mark.parametrize(
        ("status", "completion", "success"),
        [
            ("passed", "completed", "passed"),
            ("failed", "completed", "failed"),
            ("completed", "completed", "unknown"),
            ("incomplete", "incomplete", "unknown"),
            ("browsed", "incomplete", "unknown"),
            ("not attempted", "unknown", "unknown"),
        ],
    )
    def test_each_word_has_its_meaning(self, status, completion, success):
        found = old(status)
        assert (found.completion, found.success) == (completion, success)

    def test_never_set_is_completed_when_the_sco_finishes(self):
        assert old("not attempted").completion == Completion.UNKNOWN
        assert old("not attempted", is_end=True).completion == Completion.COMPLETED
        assert old("incomplete", is_end=True).completion == Completion.INCOMPLETE

    @pytest.mark.parametrize(("raw", "success"), [("60", "passed"), ("59.9", "failed")])
    def test_the_mastery_score_decides_at_the_end(self, raw, success):
        assert old("completed", raw, sco=MASTERED).success == Success.UNKNOWN
        assert old("completed", raw, sco=MASTERED, is_end=True).success == success

    def test_without_a_score_the_mastery_score_decides_nothing(self):
        assert old("completed", sco=MASTERED, is_end=True).success == Success.UNKNOWN

    def test_a_word_of_its_own_is_no_status(self):
        found = old("done!")
        assert found.completion == Completion.UNKNOWN
        assert found.faults == (Fault.STATUS,)


class TestStatusOf2004:
    def test_completion_and_success_are_two_things(self):
        found = new(completion_status="incomplete", success_status="passed")
        assert (found.completion, found.success) == (Completion.INCOMPLETE, Success.PASSED)

    @pytest.mark.parametrize(("scaled", "success"), [("0.6", "passed"), ("0.59", "failed")])
    def test_the_passing_score_of_the_manifest_is_above_the_word_of_the_sco(self, scaled, success):
        sco = Sco("a", min_normalized=0.6)
        assert new(sco, success_status="unknown", score={"scaled": scaled}).success == success
        assert new(sco, success_status="failed").success == Success.FAILED

    @pytest.mark.parametrize(("progress", "completion"), [("0.5", "completed"), ("0.49", "incomplete")])
    def test_the_completion_threshold_is_above_the_word_of_the_sco(self, progress, completion):
        sco = Sco("a", completion_threshold=0.5)
        assert new(sco, completion_status="completed", progress_measure=progress).completion == completion

    def test_an_end_without_a_word_completes_unless_it_is_a_pause(self):
        assert new(completion_status="unknown", is_end=True).completion == Completion.COMPLETED
        assert new(completion_status="unknown", exit="suspend", is_end=True).completion == Completion.UNKNOWN


class TestScores:
    def test_1_2_is_out_of_a_hundred_unless_it_says_otherwise(self):
        assert old(raw="30").score == Score(Decimal("0.3"), Decimal(30))
        assert old(raw="3", min="1", max="5").score.scaled == Decimal("0.5")

    @pytest.mark.parametrize("raw", ["NaN", "Infinity", "-inf", "1e400", "abc", [], {}, True, "9" * 50])
    def test_what_is_no_number_is_no_score(self, raw):
        found = old("completed", raw)
        assert found.score is None
        assert found.faults == (Fault.NUMBER,)

    def test_beyond_its_bounds_is_moved_to_them_and_named(self):
        found = old(raw="250", max="100")
        assert (found.score.raw, found.faults) == (Decimal(100), (Fault.CLAMPED,))
        assert new(score={"scaled": "7"}).score.scaled == 1

    def test_bounds_that_are_none_are_zero_to_a_hundred(self):
        found = old(raw="50", min="100", max="0")
        assert (found.score.scaled, found.faults) == (Decimal("0.5"), (Fault.RANGE,))

    @given(JSON, JSON, JSON, JSON)
    def test_whatever_comes_a_score_lies_within_its_bounds(self, raw, low, high, scaled):
        for found in (
            read_cmi(
                {"core": {"score": {"raw": raw, "min": low, "max": high}}},
                version="1.2",
                sco=PLAIN,
                is_end=True,
            ),
            new(score={"raw": raw, "min": low, "max": high, "scaled": scaled}, is_end=True),
        ):
            if found.score is not None:
                assert -1 <= found.score.scaled <= 1
                assert found.score.min < found.score.max
                assert found.score.raw is None or found.score.min <= found.score.raw <= found.score.max


class TestBadData:
    @pytest.mark.parametrize("cmi", [None, [], "x", 1, {"core": []}, {"core": {"score": [1]}}])
    def test_a_list_in_the_place_of_an_object_is_refused(self, cmi):
        with pytest.raises(BadCmi):
            read_cmi(cmi, version="1.2", sco=PLAIN, is_end=False)

    @given(st.dictionaries(st.sampled_from(["core", "score", "exit", "location", "session_time", "x"]), JSON))
    def test_nothing_else_breaks_the_reader(self, cmi):
        for version in ("1.2", "2004"):
            try:
                found = read_cmi(cmi, version=version, sco=PLAIN, is_end=True)
            except BadCmi:
                continue
            assert found.session_ms >= 0
            assert len(found.location) <= 1000

    def test_long_suspend_data_is_not_looked_at(self):
        cmi = {"core": {"lesson_status": "incomplete"}, "suspend_data": "あ" * 64_000}
        assert read_cmi(cmi, version="1.2", sco=PLAIN, is_end=False).faults == ()


class TestTime:
    @given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 600)), min_size=1, max_size=20))
    def test_each_visit_counts_once_whatever_it_commits(self, visits):
        """Commits of one visit replace each other; the total is the sum of the last ones."""
        page, expected, standing, seq = 1, {}, Standing(), PAGE
        for step, seconds in visits:
            page += step
            seq = max(seq + 1, page * PAGE)
            reading = old(session_time=f"00:{seconds // 60:02d}:{seconds % 60:02d}")
            standing = advanced(standing, seq, reading, longest_ms=10**9)
            expected[page] = seconds * 1000
        assert standing.total_ms == sum(expected.values())

    def test_no_visit_is_longer_than_the_player_was_open(self):
        standing = advanced(Standing(), PAGE, old(session_time="9999:00:00"), longest_ms=60_000)
        assert standing.total_ms == 60_000

    def test_a_score_is_not_lost_by_a_commit_without_one(self):
        standing = advanced(Standing(), PAGE, old("passed", "80"), longest_ms=0)
        standing = advanced(standing, PAGE + 1, old("passed"), longest_ms=0)
        assert standing.score is not None
        assert standing.score.raw == 80


class TestRollUp:
    def test_all_that_can_be_seen_must_be_done(self):
        package = manifest(item("a"), item("b"), item("hidden", visible=False))
        assert not rolled_up(package, {"a": DONE, "b": OPEN}, Rule()).is_complete
        assert rolled_up(package, {"a": DONE, "b": DONE}, Rule()).is_complete

    def test_one_that_failed_fails_the_whole_and_silence_says_nothing(self):
        passed = Standing(Completion.COMPLETED, Success.PASSED)
        failed = Standing(Completion.COMPLETED, Success.FAILED)
        assert rolled_up(manifest(), {"a": passed, "b": failed}, Rule()).success is False
        assert rolled_up(manifest(), {"a": passed, "b": DONE}, Rule()).success is True
        assert rolled_up(manifest(), {"a": passed}, Rule()).success is None
        assert rolled_up(manifest(), {"a": DONE, "b": DONE}, Rule()).success is None

    def test_the_score_is_the_average_of_those_that_have_one(self):
        scos = {
            "a": Standing(Completion.COMPLETED, score=Score(Decimal("0.5"))),
            "b": Standing(Completion.COMPLETED, score=Score(Decimal(1))),
        }
        assert rolled_up(manifest(), scos, Rule()).score == Score(Decimal("0.75"), Decimal(75))
        assert rolled_up(manifest(), {"a": scos["a"], "b": DONE}, Rule()).score == Score(
            Decimal("0.5"), Decimal(50)
        )

    @given(st.dictionaries(st.sampled_from("abcde"), SCALED))
    def test_the_average_lies_between_the_scores(self, scores):
        package = manifest(*map(item, "abcde"))
        scos = {name: Standing(Completion.COMPLETED, score=Score(scaled)) for name, scaled in scores.items()}
        score = rolled_up(package, scos, Rule()).score
        assert (score is None) == (not scores)
        if score is not None:
            assert min(scores.values()) <= score.scaled <= max(scores.values())

    @pytest.mark.parametrize(("percent", "success"), [(50, True), (51, False)])
    def test_what_the_author_asks_is_above_what_the_scos_say(self, percent, success):
        scos = {"a": Standing(Completion.COMPLETED, Success.FAILED, Score(Decimal("0.5")))}
        assert rolled_up(manifest(item("a")), scos, Rule(pass_percent=percent)).success is success

    def test_being_opened_is_enough_where_the_author_says_so(self):
        rule = Rule(CompletionRule.VIEWED)
        assert rolled_up(manifest(), {"a": OPEN}, rule).is_complete
        assert not rolled_up(manifest(), {}, rule).is_complete


class TestEnds:
    def rolled(self, scaled=None, success=None, is_complete=True):
        return Rolled(is_complete, success, None if scaled is None else Score(Decimal(scaled)), 0)

    def test_passing_ends_an_attempt_at_once_and_the_rest_at_goodbye(self):
        assert ended(Go(), self.rolled("0.8", True), is_end=False)
        for success in (False, None):
            assert ended(Go(), self.rolled("0.3", success), is_end=False) is None
            assert ended(Go(), self.rolled("0.3", success), is_end=True)

    def test_what_is_not_complete_never_ends(self):
        assert ended(Go(), self.rolled("1", True, is_complete=False), is_end=True) is None

    def test_going_on_ends_another_one_only_by_doing_better(self):
        go = Go(ended=Ended(Decimal("0.5"), False))
        assert ended(go, self.rolled("0.5", False), is_end=True) is None
        assert ended(go, self.rolled("0.6", False), is_end=True)
        assert ended(go, self.rolled("0.5", True), is_end=False)
        assert ended(Go(ended=Ended(Decimal("0.8"), True)), self.rolled("0.9", False), is_end=True) is None

    @given(st.lists(st.tuples(SCALED, st.booleans(), st.booleans()), max_size=20))
    def test_the_attempts_of_a_go_get_better_one_after_the_other(self, said):
        go, attempts = Go(), []
        for scaled, success, is_end in said:
            after = ended(go, self.rolled(scaled, success), is_end=is_end)
            if after is not None:
                go = after
                assert after.ended is not None
                attempts.append((after.ended.success, after.ended.scaled))
        assert all(before < later for before, later in pairwise(attempts))
