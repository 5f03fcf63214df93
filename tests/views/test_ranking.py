"""Departments ranked: rows add up, ranks are true among those they name, and the small are not
crowned."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from builder.content import Summary, grouped, summarize
from builder.text import wan
from builder.views.ranking import FEWEST, LEAST, RankingRow, RankingView, ranking_view
from tests.support.pages import document
from tests.support.reports import GOOD, profiles
from tests.support.wholes import whole

PROFILE = profiles().by_name["上海市级"]
ONE = summarize(document(GOOD))
AMOUNTS: st.SearchStrategy[Decimal | None] = st.none() | st.integers(0, 10**6).map(Decimal)


def of(
    department: str, budget: int | None, rate: str = "90.00", *, count: int = 1
) -> list[Summary]:
    """Projects of a department, together with so much money."""
    amount = None if budget is None else Decimal(budget)
    zero = None if amount is None else Decimal(0)
    return [
        replace(
            ONE, department=department, stem=f"{department}{n}", name=f"{n}",
            budget=zero if n else amount,
            spent=zero if n else (amount and amount * Decimal(rate) / 100),
        )
        for n in range(count)
    ]  # fmt: skip


def shown(*parts: list[Summary]) -> RankingView:
    members = [summary for part in parts for summary in part]
    view = ranking_view(grouped(members, lambda s: s.department), PROFILE)
    assert view
    return view


def by_name(view: RankingView) -> dict[str, RankingRow]:
    return {row.link.text: row for row in view.rows}


@st.composite
def years(draw: st.DrawFn) -> list[Summary]:
    return [
        replace(
            ONE, stem=f"p{n}", department=f"部门{draw(st.integers(0, 8))}",
            budget=draw(AMOUNTS), spent=draw(AMOUNTS),
            total=draw(st.none() | st.integers(0, 100).map(Decimal)),
        )
        for n in range(draw(st.integers(2, 40)))
    ]  # fmt: skip


@given(years())
def test_rows_add_up_and_ranks_are_places(found: list[Summary]) -> None:
    departments = grouped(found, lambda s: s.department)
    view = ranking_view(departments, PROFILE)
    if view is None:
        assert len(departments) < 2
        return
    assert [row.link.text for row in view.rows] == list(departments)
    assert sum(int(row.count) for row in view.rows) == len(found)
    total = sum((s.budget or Decimal() for s in found), Decimal())
    for row in view.rows:
        members = departments[row.link.text]
        budget = sum((s.budget or Decimal() for s in members), Decimal())
        assert row.budget.text == wan(budget)
        if total:
            assert abs(Decimal(row.share.rstrip("%")) - budget * 100 / total) <= Decimal("0.005")
        is_small = len(members) < FEWEST or (total > 0 and budget * 100 < LEAST * total)
        assert bool(row.small) == (is_small and bool(view.note))
        if is_small:
            assert [one.rank for one in (row.rate, row.average, row.lost_each)] == [""] * 3
    for name, sign in (("rate", -1), ("average", -1), ("lost_each", 1), ("budget", -1)):
        figures = [getattr(row, name) for row in view.rows]
        ranked = [
            (sign * Decimal(one.text.rstrip("%").replace(",", "")), one.rank)
            for one in figures
            if one.rank
        ]
        for value, rank in ranked:
            place, among = map(int, rank.split("/"))
            assert among == len(ranked)
            if name != "budget":  # of which 元 are ranked, not the printed 万元
                assert place == 1 + sum(other < value for other, _ in ranked)
        most = Counter(rank for _, rank in ranked)
        assert not ranked or any(rank.startswith("1/") for rank in most)


def test_small_ones_are_said_to_be_small_and_have_no_rank() -> None:
    view = shown(
        of("甲", 1_000_000, "80", count=3), of("乙", 900_000, "90", count=3),
        of("丙", 800_000, "70", count=4), of("丁", 1_000, "100", count=3), of("戊", 500_000, "99"),
    )  # fmt: skip
    rows = by_name(view)
    assert [rows[name].small for name in "甲丁戊"] == [(), ("金额小",), ("项目少",)]
    assert [rows[name].rate.rank for name in "乙甲丙丁戊"] == ["1/3", "2/3", "3/3", "", ""]
    assert [rows[name].budget.rank for name in "甲乙丙戊丁"] == [f"{n}/5" for n in range(1, 6)]
    assert rows["甲"].length == "100%"
    assert rows["乙"].length == "90%"
    assert view.note


def test_without_three_that_are_not_small_there_are_no_ranks() -> None:
    view = shown(of("甲", 100), of("乙", 90), of("丙", 1))
    assert not view.note
    assert all(
        not (row.small or row.budget.rank or row.rate.rank or row.average.rank)
        for row in view.rows
    )  # fmt: skip


def test_equal_ones_share_a_rank() -> None:
    view = shown(*(of(name, 100, rate, count=3) for name, rate in zip("甲乙丙", ("90", "90", "80"), strict=True)))  # fmt: skip  # noqa: E501
    assert [row.rate.rank for row in view.rows] == ["1/3", "1/3", "3/3"]


def test_losses_are_those_of_the_forms() -> None:
    lost = ONE.lost
    assert lost is not None
    assert ONE.total == Decimal(100) - lost
    view = shown(of("甲", 100, count=3), of("乙", 90))
    assert Decimal(by_name(view)["甲"].lost) == 3 * lost
    unknown = replace(ONE, department="丙", total=None)
    assert by_name(shown(of("甲", 100), [unknown]))["丙"].lost == "-"


def test_whole_offices_are_not_few() -> None:
    offices = [
        replace(summarize(whole(f"某市{name}局", name)), budget=Decimal(100)) for name in "甲乙丙"
    ]
    view = shown(offices)
    assert [row.small for row in view.rows] == [()] * 3
    assert view.one == "部门"
    assert {row.rate.rank for row in view.rows} == {"1/3"}
