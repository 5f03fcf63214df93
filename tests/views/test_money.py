"""The picture of the money: true to its figures, whole, and silent where nothing is to be seen."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.content import Summary, summarize
from builder.content.addresses import department_page, unit_page
from builder.views import report_link
from builder.views.money import FEWEST, MOST, MoneyRow, MoneyView, money_view
from tests.support.pages import document
from tests.support.reports import GOOD, profiles
from tests.support.wholes import whole

PROFILE = profiles().by_name["上海市级"]
PROJECT, WHOLE = summarize(document(GOOD)), summarize(whole())

# Most are small, so that some have half of all; some are equal.
KNOWN = st.decimals(0, 10**7, places=2) | st.sampled_from([Decimal(0), Decimal(10_000)])
AMOUNTS = st.none() | KNOWN


@st.composite
def projects(
    draw: st.DrawFn, amounts: st.SearchStrategy[Decimal | None] = AMOUNTS
) -> list[Summary]:
    """Some of one year, of few or many departments, and of units that share names."""
    departments = draw(st.integers(0, 14))
    return [
        replace(
            PROJECT,
            stem=f"p{number}",
            name=f"项目{number}",
            department=f"部门{draw(st.integers(0, departments))}",
            unit=f"单位{draw(st.integers(0, 2))}",
            budget=draw(amounts),
            spent=draw(amounts),
        )
        for number in range(draw(st.integers(0, 30)))
    ]


def length(text: str) -> Decimal:
    return Decimal(text.removesuffix("%"))


def amount(text: str) -> Decimal:
    return Decimal(0) if text == "-" else Decimal(text.replace(",", ""))


def total(found: Sequence[Summary], name: str) -> Decimal:
    return sum((getattr(s, name) or Decimal() for s in found), Decimal())


def _wan(value: Decimal) -> Decimal:
    return (value / 10_000).quantize(Decimal("0.01"), ROUND_HALF_UP)


@given(projects())
def test_rows_hold_every_report_once_and_bars_are_as_long_as_their_figures(
    found: list[Summary],
) -> None:
    view = money_view(found, PROFILE)
    if view is None:
        return
    rows = view.table.rows
    assert FEWEST <= len(rows) <= MOST + 1
    for name in ("budget", "spent"):
        printed = sum((amount(getattr(row, name)) for row in rows), Decimal())
        assert abs(printed - _wan(total(found, name))) <= Decimal("0.005") * (len(rows) + 1)
    if view.table.one:
        assert sum(int(row.count) for row in rows) == len(found)
    longest = max(amount(text) for row in rows for text in (row.budget, row.spent))
    for row in rows:
        for text, bar in ((row.budget, row.budget_length), (row.spent, row.spent_length)):
            expected = amount(text) * 100 / longest if longest else Decimal()
            assert abs(length(bar) - expected) <= Decimal(1) / max(
                longest, Decimal("0.01")
            ) + Decimal("0.01")
    own = [amount(row.budget) for row in rows if row.link.path]
    assert own == sorted(own, reverse=True)


@given(projects(KNOWN))
def test_the_title_is_true(found: list[Summary]) -> None:
    view = money_view(found, PROFILE)
    if view is None:
        return
    every = total(found, "budget")
    own = [row for row in view.table.rows if row.link.path]
    if "一半" not in view.title and "最多" not in view.title:
        return
    budgets = [_of(row, found) for row in own]
    if "一半" in view.title:
        few = _few(view)
        part, before = sum(budgets[:few], Decimal()), sum(budgets[: few - 1], Decimal())
        assert (2 * part > every) if "以上" in view.title else (2 * part == every)
        assert 2 * before < every
        assert few > 1 or own[0].link.text in view.title
    else:
        assert own[0].link.text in view.title
        assert own[0].budget in view.title
        assert budgets[0] > max(budgets[1:])


def _few(view: MoneyView) -> int:
    """How many the title says."""
    if "预算最多的" not in view.title:
        return 1
    known = re.search("预算最多的(.+?)个", view.title)
    assert known
    return "零一两三四五六七八九十".index(known[1])


def _of(row: MoneyRow, found: Sequence[Summary]) -> Decimal:
    """The budget of a row, of the reports that its link leads to."""
    pages = (
        lambda s: department_page(s.department),
        lambda s: unit_page(s.department, s.unit),
        report_link,
    )
    return next(
        total(part, "budget")
        for page in pages
        if (part := [s for s in found if page(s) == row.link.path])
    )


def several(number: int, **changes: object) -> list[Summary]:
    """One report of each of so many departments, each of less money than the one before."""
    return [
        replace(
            PROJECT, stem=f"p{n}", name=f"项目{n}", department=f"部门{n}",
            budget=Decimal(10_000) * (number - n), spent=Decimal(5_000), **changes,  # type: ignore[arg-type]
        )
        for n in range(number)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("number", "rows", "rest"), [(3, 3, ""), (11, 11, ""), (12, 11, "其余 2 个部门")]
)
def test_only_several_are_told_together(number: int, rows: int, rest: str) -> None:
    view = money_view(several(number), PROFILE)
    assert view
    assert (len(view.table.rows), view.number) == (rows, "12" if rest else "")
    last = view.table.rows[-1].link
    assert (last.text == rest and not last.path) if rest else last.path


def test_few_departments_are_divided_further() -> None:
    alike = [replace(s, department="甲局", unit=s.department) for s in several(4)]
    units = money_view(alike, PROFILE)
    assert units
    assert (units.one, units.heading) == ("单位", "实施单位")
    single = money_view([replace(s, unit="甲中心") for s in alike], PROFILE)
    assert single
    assert (single.one, single.table.one) == ("项目", "")
    assert {row.average for row in single.table.rows} == {f"{PROJECT.total}"}
    assert money_view([replace(s, unit="甲中心") for s in alike[:2]], PROFILE) is None
    assert money_view([], PROFILE) is None


def test_two_units_of_one_name_are_two() -> None:
    found = [
        replace(s, department=f"部门{n % 2}", unit=f"单位{n // 2}")
        for n, s in enumerate(several(4))
    ]
    view = money_view(found, PROFILE)
    assert view
    assert (view.one, len(view.table.rows)) == ("单位", 4)
    assert len({row.link.path for row in view.table.rows}) == 4


def test_no_money_is_in_it_twice() -> None:
    wholes = [
        replace(WHOLE, stem=f"w{n}", department=f"部门{n}", unit=f"部门{n}") for n in range(5)
    ]
    alone, both = money_view(several(5), PROFILE), money_view([*several(5), *wholes], PROFILE)
    assert alone == both
    offices = money_view(wholes, PROFILE)
    assert offices
    assert (offices.one, offices.table.one) == ("部门", "部门")
    below = replace(WHOLE, stem="u", department="部门0", unit="单位0", budget=Decimal(1))
    assert money_view([*wholes, below], PROFILE) == offices


def test_blanks_zeros_and_overspending() -> None:
    first, second, third = several(3)
    blank = replace(first, budget=None, spent=None, rate=None)
    view = money_view([blank, second, third], PROFILE)
    assert view
    row = next(row for row in view.table.rows if row.budget == "-")
    assert (row.spent, row.rate, row.budget_length, row.spent_length) == ("-", "-", "0%", "0%")
    assert "一半" not in view.title
    assert "最多" not in view.title
    zero = [replace(s, budget=Decimal(0), spent=Decimal(0)) for s in several(3)]
    assert money_view(zero, PROFILE) is None
    over = money_view([replace(first, spent=Decimal(60_000)), second, third], PROFILE)
    assert over
    assert (over.table.rows[0].budget_length, over.table.rows[0].spent_length) == ("50%", "100%")
    assert "超出预算" in over.description
    assert "超出预算" not in view.description


def test_exactly_half_is_half() -> None:
    amounts = [40_000, 10_000, 10_000, 10_000, 10_000]
    found = [replace(s, budget=Decimal(b)) for s, b in zip(several(5), amounts, strict=True)]
    view = money_view(found, PROFILE)
    assert view
    assert view.title == "部门0占全部项目预算的一半"


def test_a_slip_below_zero_says_nothing() -> None:
    first, *others = several(4)
    view = money_view([replace(first, budget=Decimal(-90_000)), *others], PROFILE)
    assert view
    assert "一半" not in view.title
    assert view.table.rows[-1].budget_length == "0%"


def test_forms_without_points_have_no_column_for_them() -> None:
    view = money_view(several(3, total=None, grade=None), PROFILE)
    assert view
    assert not view.table.has_scores
