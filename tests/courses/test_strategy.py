"""The strategy as data: complete, idempotent, codes stay, nothing invented."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.management import call_command

from courses.competencies.actions import FRAMEWORKS_FILE, load_frameworks
from courses.competencies.models import Competency, Framework
from courses.strategy.actions import STRATEGY_FILE, load_strategy
from courses.strategy.enums import NodeKind, NodeStatus
from courses.strategy.models import Plan, StrategyNode
from courses.strategy.rules import lines_label

AT = datetime(2026, 5, 1, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def strategy():
    return load_strategy(at=AT)


def test_it_loads_every_coded_sentence(strategy):
    assert (strategy.created, strategy.updated, strategy.retired, strategy.unlinked) == (167, 0, 0, ())
    assert StrategyNode.objects.count() == 167
    assert set(StrategyNode.objects.values_list("code", flat=True)) == set(_codes(_data()))


def test_it_keeps_each_paper_in_a_plan_of_its_own(strategy):
    current = Plan.objects.get(is_current=True)
    assert (current.name, current.version) == ("福島県DX推進戦略", "案(概要)")
    assert (current.valid_from.isoformat(), current.valid_to.isoformat()) == ("2026-04-01", "2031-03-31")
    draft = Plan.objects.get(is_current=False)
    assert set(draft.nodes.values_list("source", flat=True)) == {"A"}
    assert set(current.nodes.values_list("source", flat=True)) == {"B"}


def test_it_hangs_a_measure_below_group_goal_and_philosophy(strategy):
    nodes = [StrategyNode.objects.get(code="gov-1-1")]
    while (parent := nodes[-1].parent) is not None:
        nodes.append(parent)
    assert [node.kind for node in nodes] == [
        "measure",
        "measure_group",
        "goal",
        "philosophy",
        "heading",
        "heading",
    ]


def test_it_quotes_the_philosophy_word_for_word(strategy):
    philosophy = StrategyNode.objects.get(kind=NodeKind.PHILOSOPHY)
    assert philosophy.title.startswith(
        "復興・再生や地方創生・人口減少対策などの困難な課題に取り組む本県において"
    )
    assert philosophy.lines == [67, 69]


def test_it_links_the_earlier_draft_to_its_successors(strategy):
    old = StrategyNode.objects.get(code="d21-gov-1-3")
    assert set(old.maps_to.values_list("code", flat=True)) == {"gov-5-1", "gov-6-1", "prem-2"}
    assert "d21-gov-1-3" in StrategyNode.objects.get(code="prem-2").mapped_from.values_list("code", flat=True)


def test_it_marks_every_lost_figure_and_invents_nothing(strategy):
    lost = {node.code: node.lost_lines for node in StrategyNode.objects.filter(is_lost=True)}
    assert lost == {
        "why-3": [[78, 80]],
        "whl-2": [[110, 112]],
        "d21-sch-3": [[200, 202]],
        "body-1": [[81, 83]],
        "role-suishinin": [[88, 90]],
        "h-B3": [[111, 111]],
    }
    assert set(StrategyNode.objects.values_list("supplement", flat=True)) == {""}


def test_it_changes_nothing_the_second_time(strategy, django_assert_max_num_queries):
    with django_assert_max_num_queries(20):
        again = load_strategy(at=AT)
    assert (again.created, again.updated, again.retired, again.unchanged) == (0, 0, 0, 167)


def test_a_vanished_code_is_retired_and_stays(strategy, tmp_path):
    data = _data()
    data["gov"][0]["measures"] = data["gov"][0]["measures"][1:]
    data["gov"][0]["ja"] = "まず取り組むこと"
    report = load_strategy(at=AT, path=_written(data, tmp_path))
    assert (report.created, report.updated, report.retired) == (0, 1, 1)
    assert StrategyNode.objects.get(code="gov-1-1").status == NodeStatus.RETIRED
    assert StrategyNode.objects.get(code="gov-1").title == "まず取り組むこと"
    assert load_strategy(at=AT).updated == 2  # both come back as the file has them


def test_loading_keeps_what_a_person_added(strategy, tmp_path):
    StrategyNode.objects.filter(code="why-3").update(supplement="県の説明資料（令和3年2月）による図の要約")
    Plan.objects.filter(is_current=True).update(is_current=False)
    Plan.objects.filter(code="pre-1").update(is_current=True)
    load_strategy(at=AT)
    assert StrategyNode.objects.get(code="why-3").supplement == "県の説明資料（令和3年2月）による図の要約"
    assert Plan.objects.get(is_current=True).code == "pre-1"


def test_a_later_version_is_a_plan_beside_the_draft(strategy, tmp_path):
    data = _data()
    data["plan"]["status"] = "決定"
    report = load_strategy(at=AT, path=_written(data, tmp_path))
    assert report.created == 77
    assert StrategyNode.objects.filter(code="gov-1-1").count() == 2
    assert Plan.objects.get(is_current=True).version == "案(概要)"


@pytest.mark.parametrize(
    ("lines", "label"),
    [([116], "B:116行"), ([71, 73, 74, 75], "B:71、73–75行"), ([92, 91, 94], "B:91–92、94行"), ([], "")],
)
def test_it_names_source_lines(lines, label):
    assert lines_label("B", lines) == label


def test_the_command_tells_what_it_did(capsys):
    call_command("load_strategy")
    assert "戦略：新規 167、変更 0、廃止 0、変更なし 0" in capsys.readouterr().out
    call_command("load_strategy")
    out = capsys.readouterr().out
    assert "変更なし 167" in out and "変更なし 127" in out


def test_it_loads_the_frameworks_once():
    assert load_frameworks(at=AT).created == 127
    assert (Framework.objects.count(), Competency.objects.count()) == (8, 127)
    again = load_frameworks(at=AT)
    assert (again.created, again.updated, again.unchanged) == (0, 0, 127)


def test_a_new_version_of_a_framework_stands_beside_the_old(tmp_path):
    load_frameworks(at=AT)
    data = json.loads(FRAMEWORKS_FILE.read_text(encoding="utf-8"))
    data["frameworks"] = data["frameworks"][:1]
    data["frameworks"][0]["version"] = "0.2"
    load_frameworks(at=AT, path=_written(data, tmp_path))
    assert set(Framework.objects.filter(code="fl").values_list("version", flat=True)) == {"0.1", "0.2"}
    assert Competency.objects.filter(code="FL1").count() == 2


def _data():
    return json.loads(STRATEGY_FILE.read_text(encoding="utf-8"))


def _written(data, folder: Path) -> Path:
    path = folder / "data.json"
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return path


def _codes(value):
    if isinstance(value, dict):
        if "code" in value:
            yield value["code"]
        for child in value.values():
            yield from _codes(child)
    elif isinstance(value, list):
        for child in value:
            yield from _codes(child)
