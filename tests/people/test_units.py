"""The dated tree: moves keep history, and nothing may stand below itself."""

from datetime import date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from people.organizations.actions import create_unit, end_unit, join_body, load_municipalities, place_unit
from people.organizations.enums import OrganizationKind as Kind
from people.organizations.models import Organization, OrganizationPlacement, units_above, units_below
from tests.cast import AT, TREE_START, Cast

NEXT_YEAR = date(2027, 4, 1)


def test_a_section_moves_and_both_days_are_true(cast: Cast, at: datetime, today: date) -> None:
    place_unit(unit=cast.zeimu, parent=cast.board, valid_from=NEXT_YEAR, by=cast.admin, at=at)

    assert cast.zeimu in units_below(cast.somu, on=today)
    assert cast.zeimu not in units_below(cast.somu, on=NEXT_YEAR)
    assert cast.zeimu in units_below(cast.board, on=NEXT_YEAR)
    assert cast.fukushima in units_above(cast.zeimu, on=NEXT_YEAR)


def test_the_same_move_twice_changes_nothing(cast: Cast, at: datetime) -> None:
    first = place_unit(unit=cast.zeimu, parent=cast.board, valid_from=NEXT_YEAR, by=None, at=at)
    second = place_unit(unit=cast.zeimu, parent=cast.board, valid_from=NEXT_YEAR, by=None, at=at)
    assert first == second
    assert OrganizationPlacement.objects.filter(organization=cast.zeimu).count() == 2


def test_a_unit_cannot_stand_below_itself(cast: Cast, at: datetime) -> None:
    with pytest.raises(ValidationError) as refused:
        place_unit(unit=cast.fukushima, parent=cast.zeimu, valid_from=NEXT_YEAR, by=None, at=at)
    assert refused.value.code == "cycle"
    assert "福島市" in refused.value.messages[0] and "何も変更していません" in refused.value.messages[0]
    assert OrganizationPlacement.objects.get(organization=cast.fukushima).valid_to is None


def test_a_cycle_that_begins_later_is_found(cast: Cast, at: datetime) -> None:
    """総務部 will stand under 税務課's new home next year; 税務課's home under 総務部 from today would close the ring."""
    other = create_unit(
        code="x",
        kind=Kind.DIVISION,
        name="財務部",
        parent=cast.fukushima,
        valid_from=TREE_START,
        by=None,
        at=at,
    )
    place_unit(unit=cast.somu, parent=other, valid_from=NEXT_YEAR, by=None, at=at)
    with pytest.raises(ValidationError) as refused:
        place_unit(unit=other, parent=cast.jinji, valid_from=date(2026, 12, 1), by=None, at=at)
    assert refused.value.code == "cycle"


@pytest.mark.parametrize("day", [date(2027, 3, 1), date(2027, 4, 1), date(2020, 1, 1)])
def test_a_place_may_not_overlap_a_later_one(cast: Cast, at: datetime, day: date) -> None:
    place_unit(unit=cast.zeimu, parent=cast.board, valid_from=NEXT_YEAR, by=None, at=at)
    with pytest.raises(ValidationError) as refused:
        place_unit(unit=cast.zeimu, parent=cast.koriyama, valid_from=day, by=None, at=at)
    assert refused.value.code == "overlap"
    assert "税務課" in refused.value.messages[0]


def test_a_unit_with_units_below_cannot_end(cast: Cast, at: datetime) -> None:
    with pytest.raises(ValidationError) as refused:
        end_unit(unit=cast.somu, valid_to=NEXT_YEAR, by=None, at=at)
    assert "人事課" in refused.value.messages[0]
    for unit in (cast.jinji, cast.zeimu, cast.somu):
        end_unit(unit=unit, valid_to=NEXT_YEAR, by=None, at=at)
        end_unit(unit=unit, valid_to=NEXT_YEAR, by=None, at=at)
    assert cast.somu not in units_below(cast.fukushima, on=NEXT_YEAR)
    assert cast.somu in units_below(cast.fukushima, on=date(2027, 3, 31))


def test_a_code_is_used_once(cast: Cast, at: datetime) -> None:
    with pytest.raises(ValidationError) as refused:
        create_unit(
            code="072010",
            kind=Kind.MUNICIPALITY,
            name="福島市",
            parent=None,
            valid_from=TREE_START,
            by=None,
            at=at,
        )
    assert refused.value.code == "code_used"


def test_any_depth_is_one_query(cast: Cast, today: date, django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        assert len(units_below(cast.prefecture, on=today)) == 11


def test_the_municipalities_load_once(db: None, at: datetime) -> None:
    first, second = load_municipalities(at=at), load_municipalities(at=at)
    assert (first.created, second.created, second.updated, second.unchanged) == (60, 0, 0, 60)
    prefecture = Organization.objects.get(code="070009")
    assert units_below(prefecture, on=AT.date()).count() == 60
    fukushima = Organization.objects.get(jis_code="072010")
    assert (fukushima.name, fukushima.name_kana, fukushima.living_area, fukushima.region) == (
        "福島市",
        "フクシマシ",
        "県北",
        "中通り",
    )
    assert fukushima.joined_on is None


def test_loading_corrects_what_differs_and_keeps_the_rest(cast: Cast, at: datetime) -> None:
    Organization.objects.filter(pk=cast.koriyama.pk).update(name="郡山")
    report = load_municipalities(at=at)
    assert (report.created, report.updated) == (57, 1)
    cast.koriyama.refresh_from_db()
    assert (cast.koriyama.name, cast.koriyama.joined_on) == ("郡山市", TREE_START)
    assert cast.koriyama_zeimu in units_below(cast.prefecture, on=at.date())


def test_the_command_says_what_it_did(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_municipalities")
    assert "created 60, updated 0, unchanged 0" in capsys.readouterr().out


def test_a_body_joins_on_a_day(cast: Cast, at: datetime, today: date) -> None:
    assert join_body(body=cast.koriyama, on=today, by=cast.admin, at=at).joined_on == today


class TreeProperties(TestCase):
    """Whatever is moved in whatever order: each day the tree is a forest without rings."""

    @settings(max_examples=15, deadline=None)
    @given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4), st.integers(1, 27)), max_size=8))
    def test_no_order_of_moves_makes_a_ring(self, moves: list[tuple[int, int, int]]) -> None:
        units = [
            create_unit(
                code=f"u{n}",
                kind=Kind.OTHER,
                name=f"u{n}",
                parent=None,
                valid_from=TREE_START,
                by=None,
                at=AT,
            )
            for n in range(5)
        ]
        for child, parent, day in moves:
            try:
                place_unit(
                    unit=units[child], parent=units[parent], valid_from=date(2026, 11, day), by=None, at=AT
                )
            except ValidationError as refused:
                assert refused.code in {"cycle", "overlap"}
        parents = {
            (p.organization_id, day): p.parent_id
            for p in OrganizationPlacement.objects.all()
            for day in range(1, 29)
            if p.valid_from <= date(2026, 11, day)
            and (p.valid_to is None or date(2026, 11, day) < p.valid_to)
        }
        for unit in units:
            for day in range(1, 29):
                seen, here = set(), unit.pk
                while (here, day) in parents:
                    assert here not in seen
                    seen.add(here)
                    here = parents[here, day]
