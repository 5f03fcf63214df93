"""The years of a project side by side: each cell is its year's text, and a change is told only
where it is certain."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from builder.content import Line, Summary, addresses, summarize
from builder.model import TARGET, Site
from builder.text import wan
from builder.views import YearlyView, report_view, site_view
from builder.views.yearly import yearly
from tests.support.pages import document
from tests.support.reports import GOOD

SITE = site_view(Site.model_validate({}))
ONE = replace(summarize(document(GOOD)), code=None)
LINE = ONE.indicators[0]


def of(year: int, *lines: Line) -> Summary:
    numbered = tuple(replace(line, number=n) for n, line in enumerate(lines, start=1))
    return replace(ONE, year=year, stem="p", indicators=numbered)


def shown(*years: Summary) -> YearlyView:
    found = yearly(SITE, years)
    assert found
    return found[0]


def change(before: str, after: str) -> str:
    """What is said of a target that was one in 2023 and the other in 2024."""
    lines = (replace(LINE, target=text) for text in (before, after))
    years = [of(year, line) for year, line in zip((2023, 2024), lines, strict=True)]
    [section] = shown(*years).sections
    first, last = section.rows[0].cells
    assert first
    assert last
    assert not first.change
    assert (first.target, last.target) == (before, after)
    return last.change


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("≥90%", "≥95%", "目标调高"),
        ("≥90%", "≥85%", "目标调低"),
        ("≥2万人次", "≥30000人次", "目标调高"),
        ("≤10天", "≤20天", "上限调高"),
        ("≤10天", "≤5天", "上限调低"),
        ("=100%", "≥90%", "目标调低"),
        ("≥90%", "≥90.00(%)", ""),
        ("≥90%", "≥90%", ""),
        ("≥90%", ">90%", "目标改了"),
        ("≥90%", "≤80%", "目标改了"),
        ("≥90%", "≥80个", "目标改了"),
        ("10", "20", "目标改了"),  # perhaps points
        ("≥90%", "及时", "目标改了"),
        ("及时", "按时", "目标改了"),
        ("2023年12月底前", "2024年12月底前", ""),
        ("2023年12月底前", "2024年6月底前", "目标改了"),
        ("≥2023个", "≥2024个", "目标调高"),
        ("", "≥90%", ""),
    ],
)
def test_a_change_is_told_where_it_is_certain(before: str, after: str, told: str) -> None:
    assert change(before, after) == told


def test_a_target_is_compared_with_the_last_year_that_had_it() -> None:
    years = (
        of(2022, replace(LINE, target="≥90%")),
        of(2023),
        of(2024, replace(LINE, target="≥80%")),
    )
    [section] = shown(*years).sections
    cells = section.rows[0].cells
    assert [cell.change if cell else None for cell in cells] == ["", None, "目标调低"]
    assert section.heading == "只在2022、2024年度"


def test_a_cell_says_what_its_form_does_and_leads_there() -> None:
    years = (
        of(2023, replace(LINE, actual="甲", awarded=Decimal("7.5"))),
        of(2024, replace(LINE, name="别的"), replace(LINE, actual="乙")),
    )
    view = shown(*years)
    [row] = [row for section in view.sections for row in section.rows if None not in row.cells]
    assert [(cell.actual, cell.path) for cell in row.cells if cell] == [
        ("甲", "2023/p/index.html#indicator-1"),
        ("乙", "2024/p/index.html#indicator-2"),
    ]
    assert row.cells[0]
    assert row.cells[0].points == "7.50"
    assert [one.link for one in view.columns] == [
        replace(view.columns[0].link, text=f"{y}年度", path=f"{y}/p/index.html")
        for y in (2023, 2024)
    ]


def test_amounts_and_totals_stand_in_their_years() -> None:
    years = replace(of(2024), budget=Decimal(20_000)), replace(of(2023), total=Decimal("81.20"))
    view = shown(*years)
    assert [link.text for link in view.funds[0].links] == [wan(ONE.budget), "2.00"]
    assert view.closing[0].links[0].text == "81.20"


def test_its_address_is_the_same_whatever_years_there_are() -> None:
    every = [of(year, LINE) for year in range(2021, 2025)]
    paths = {found[1].path for n in range(2, 5) if (found := yearly(SITE, every[-n:]))}
    paths |= {found[1].path for n in range(2, 5) if (found := yearly(SITE, every[:n]))}
    assert paths == {addresses.project_page(every[0].project)}


def test_each_report_leads_there_and_one_alone_does_not() -> None:
    found = document(GOOD)
    years = [replace(summarize(found), year=year) for year in (2023, 2024)]
    link = report_view(found, Site.model_validate({}), years=years).yearly
    assert link
    assert link.path == addresses.project_page(years[0].project)
    planned = [years[0], replace(years[1], stage=TARGET)]
    assert report_view(found, Site.model_validate({}), years=planned).yearly is None
    assert yearly(SITE, planned) is None
