"""The front page: what a citizen asks first, answered of the newest year and of the years."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from builder.content import Summary, addresses, counted, grouped, statistics
from builder.scoring import Profile
from builder.text import NOTHING, count, wan, with_units
from builder.views.charts import ChartView
from builder.views.course import courses
from builder.views.digest import year_digest
from builder.views.money import MoneyTable, MoneyView, money_view, years_table
from builder.views.narrowing import narrowed, of_indicators
from builder.views.page import LABELS, Download, Figure, Link
from builder.views.table import PROJECTS, Noun, how_many, noun
from builder.views.tally import GroupView, statistics_view


@dataclass(frozen=True, slots=True)
class HomeView:
    """The front page. `lead` is one sentence about the site; `latest` is the newest year, with
    its figures and what else is to be said of them in `answer`.

    `everything` leads to all departments where `money` has not a row for each; `departments` are
    those of the newest year where it is divided otherwise. `courses` are charts over all `years`,
    which are there only where there are several.
    """

    lead: str
    latest: Link
    figures: tuple[Figure, ...] = ()
    note: str = ""
    answer: tuple[Link, ...] = ()
    money: MoneyView | None = None
    everything: Link | None = None
    departments: tuple[GroupView, ...] = ()
    courses: tuple[ChartView, ...] = ()
    years: MoneyTable | None = None
    noun: Noun = PROJECTS
    targets: Link | None = None
    downloads: tuple[Download, ...] = ()


def front_view(lead: str, reports: Sequence[Summary], profile: Profile) -> HomeView:
    """The front page over all `reports` that have results, the newest year first; `profile` is
    the site's default."""
    if not reports:
        return HomeView(lead, Link(""))
    by_year = grouped(reports, lambda s: s.year)
    year, newest = next(iter(by_year.items()))
    found, before = counted(newest), counted(by_year.get(year - 1, ()))
    alike = before if noun(before) == noun(found) else []
    money, page = money_view(newest, profile), addresses.year_page(year)
    told = year_digest(found, alike, profile, narrowed(year, of_indicators(found)))
    return HomeView(
        lead,
        Link(f"{year}年度", page),
        _figures(newest, profile),
        statistics_view(newest, profile).note,
        tuple(replace(piece, text=with_units(piece.text)) for piece in told),
        money,
        everything=_all(money, page) if money else None,
        courses=courses(reports, profile),
        years=years_table(reports, profile, addresses.year_page)
        if by_year.keys() - {year}
        else None,
        noun=noun(newest),
    )


def _all(money: MoneyView, page: str) -> Link | None:
    """The way to the departments of a year, on its `page`, that have no row of their own."""
    if not (money.number and money.is_of_departments):
        return None
    return Link(f"查看全部 {money.number} 个{money.one}", f"{page}#departments")


def lead(publisher: str, reports: Sequence[Summary]) -> str:
    """What the site is, in a sentence made of what it holds: `收录30个部门2022至2024年度的…`."""
    if not reports:
        return ""
    years = sorted({s.year for s in reports})
    departments = {s.department for s in reports}
    who = f"{len(departments):,d}个部门" if len(departments) > 1 else min(departments)
    return (
        f"{'' if who == publisher else who}{span(years)}的{how_many(reports)}，"
        "可查资金花了多少、目标完成得怎样、哪里有偏差。"
    )


def span(years: Sequence[int]) -> str:
    """`2024年度`, `2022至2024年度`; where a year between them is missing, how many there are."""
    if len(years) == 1:
        return f"{years[0]}年度"
    if years[-1] - years[0] == len(years) - 1:
        return f"{years[0]}至{years[-1]}年度"
    return f"{count(len(years))}个年度"


def _figures(members: Sequence[Summary], profile: Profile) -> tuple[Figure, ...]:
    """The headline figures of a year, with what was spent, and with the average where it has one;
    what is blank on every form is left out."""
    usual = statistics_view(members, profile).figures
    figures = statistics(members, profile.execution.rate)
    spent = Figure(LABELS.spent, wan(figures.spent), "万元")
    found = counted(members)
    blank = {
        label
        for label, name in ((LABELS.budget, "budget"), (LABELS.spent, "spent"))
        if all(getattr(s, name) is None for s in found)
    }
    ordered = [*(f for f in usual if f.label != LABELS.spent)]
    ordered.insert(2, spent)
    return tuple(f for f in ordered if f.label not in blank and f.text != NOTHING)
