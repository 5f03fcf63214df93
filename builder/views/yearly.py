"""One project over its years: each indicator in a row, each year in a column, texts in full.

That a target was raised or lowered is said only where both are figures of one unit, beyond doubt;
of any other change only that there was one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from builder.content import Course, Line, Summary, addresses, courses, timeless, with_results
from builder.scoring import Bound, read_target, side_by_side
from builder.text import figure, percent, unnumbered, wan
from builder.views.page import LABELS, Link, PageView, SiteView, page_view
from builder.views.table import any_scored, review_note, unit_link

MOST = 4  # years that a wide screen has room for
NAME = "历年指标对照"
RAISED, LOWERED, OTHER = "调高", "调低", "目标改了"


@dataclass(frozen=True, slots=True)
class YearlyColumn:
    """A year with its form; `name` and `unit` only where they differ from those of the newest."""

    link: Link
    name: str
    unit: str


@dataclass(frozen=True, slots=True)
class YearlyFact:
    """A figure of a form that is no indicator's, such as 总分; `links` and `notes` are by year."""

    label: str
    links: tuple[Link, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class YearlyCell:
    """What one year's form says of an indicator. `path` is its row there, `points` are out of
    `weight`, both "" on a form without points; `change` says how the target differs from that of
    the last year before that had it."""

    path: str
    target: str
    actual: str
    points: str
    weight: str
    is_deviation: bool
    change: str


@dataclass(frozen=True, slots=True)
class YearlyRow:
    """An indicator, with a cell for each year; None in those that have it not."""

    name: str
    cells: tuple[YearlyCell | None, ...]


@dataclass(frozen=True, slots=True)
class YearlySection:
    """Indicators under one heading: their levels, or the years that alone have them."""

    heading: str
    rows: tuple[YearlyRow, ...]


@dataclass(frozen=True, slots=True)
class YearlyView:
    """The years of a project, the oldest first: what there was to spend, each indicator, and what
    it came to. `lead` counts what goes on and what was changed; `is_many` says that a screen has
    no room for all."""

    name: str
    unit: Link
    lead: str
    caption: str
    columns: tuple[YearlyColumn, ...]
    funds: tuple[YearlyFact, ...]
    sections: tuple[YearlySection, ...]
    closing: tuple[YearlyFact, ...]
    is_many: bool


def yearly_link(years: Sequence[Summary]) -> Link | None:
    """The way from each report of a project to its years side by side; None where there are none.

    `years` are all reports of the project.
    """
    found = with_results(years)
    if not found:
        return None
    return Link(NAME, addresses.project_page(found[-1].project))


def yearly(site: SiteView, years: Sequence[Summary]) -> tuple[YearlyView, PageView] | None:
    """The years of a project side by side; None where they are not.

    `years` are all reports of the project.
    """
    found = with_results(years)
    if not found:
        return None
    newest, span = found[-1], _told([one.year for one in found])
    rows = [(course, _row(found, course)) for course in courses(found)]
    unit, title = unit_link(newest), f"{newest.called}{NAME}"
    view = YearlyView(
        name=newest.called,
        unit=unit,
        lead=_lead(rows),
        caption=f"{span}的指标值、完成值和得分，金额单位：万元",
        columns=tuple(_column(one, newest) for one in found),
        funds=tuple(_funds(found)),
        sections=tuple(_sections(found, rows)),
        closing=tuple(_closing(found)),
        is_many=len(found) > MOST,
    )
    path = addresses.project_page(newest.project)
    department = Link(newest.department, addresses.department_page(newest.department))
    above = [site.directory, department, *([] if newest.is_of_department else [unit])]
    if unit.text == department.text:
        above = above[:2]
    report = Link(newest.called, addresses.report_page(newest.year, newest.stem))
    description = f"{newest.unit}“{newest.called}”{span}的绩效指标并排比较。"
    scored = any_scored(found)
    page = page_view(site, path, title, description, *above, report, has_scores=scored)
    # Below the project its name says no more.
    return view, replace(page, breadcrumb=(*page.breadcrumb[:-1], Link(NAME)))


def _column(summary: Summary, newest: Summary) -> YearlyColumn:
    page = addresses.report_page(summary.year, summary.stem)
    return YearlyColumn(
        Link(f"{summary.year}年度", page),
        summary.name if summary.name != newest.name else "",
        summary.unit if summary.unit != newest.unit else "",
    )


def _row(years: Sequence[Summary], course: Course) -> YearlyRow:
    cells: list[YearlyCell | None] = []
    before: tuple[Summary, Line] | None = None
    for summary, line in zip(years, course, strict=True):
        if line is None:
            cells.append(None)
            continue
        cells.append(cell_of(summary, line, _change(*before, summary, line) if before else ""))
        before = summary, line
    assert before
    return YearlyRow(before[1].name, tuple(cells))


def cell_of(summary: Summary, line: Line, change: str = "") -> YearlyCell:
    """What a form says of one of its indicators."""
    page, is_scored = addresses.report_page(summary.year, summary.stem), line.weight is not None
    return YearlyCell(
        path=f"{page}#{addresses.indicator_row(line.number)}",
        target=line.target,
        actual=line.actual,
        points=figure(line.awarded, summary.point_digits) if is_scored else "",
        weight=figure(line.weight, summary.point_digits) if is_scored else "",
        is_deviation=line.is_deviation,
        change=change,
    )


def _change(before: Summary, old: Line, after: Summary, new: Line) -> str:
    """How the target of a year differs from that of a year before; "" where one has none, or they
    want the same."""
    if not old.target or not new.target or old.target == new.target:
        return ""
    match read_target(old.target), read_target(new.target):
        case Bound() as was, Bound() as now:
            return _compared(was, now)
    # A date goes on with its year.
    is_same = timeless(old.target, before.year) == timeless(new.target, after.year)
    return "" if is_same else OTHER


def _compared(was: Bound, now: Bound) -> str:
    """A bare number may be anything: on some forms it is the points."""
    is_certain = all(one.written or one.unit for one in (was, now)) and was.is_upper == now.is_upper
    figures = side_by_side(was, now) if is_certain else None
    if figures is None:
        return OTHER
    if figures[0] == figures[1]:
        return "" if was.comparator == now.comparator else OTHER
    return ("上限" if now.is_upper else "目标") + (RAISED if figures[1] > figures[0] else LOWERED)


def _sections(
    years: Sequence[Summary], rows: Sequence[tuple[Course, YearlyRow]]
) -> Iterator[YearlySection]:
    """What every year has, by its levels; then what only some have, by those years."""
    lasting = [(course, row) for course, row in rows if None not in course]
    for heading, part in groupby(lasting, key=lambda one: _levels(one[0][-1])):
        yield YearlySection(heading, tuple(row for _, row in part))
    others: dict[str, list[YearlyRow]] = {}
    for course, row in rows:
        if None in course:
            own = [one.year for one, line in zip(years, course, strict=True) if line]
            others.setdefault(f"只在{_told(own)}", []).append(row)
    for heading, found in others.items():
        yield YearlySection(heading, tuple(found))


def _levels(line: Line | None) -> str:
    """Where an indicator stands in its form; the names of levels with their ordinals left out."""
    levels = (line.group, line.kind) if line else ()
    names = dict.fromkeys(unnumbered(level) for level in levels if level)
    return "　".join(names) or "各年度都有的指标"


def _funds(years: Sequence[Summary]) -> Iterator[YearlyFact]:
    yield from _fact(years, LABELS.budget, lambda s: wan(s.budget), addresses.fund_row(0))
    yield from _fact(years, LABELS.spent, lambda s: wan(s.spent), addresses.fund_row(0))
    notes = tuple(_execution(summary) for summary in years)
    yield from _fact(years, LABELS.rate, lambda s: percent(s.rate), addresses.fund_row(0), notes)


def _execution(summary: Summary) -> str:
    """The points for 预算执行, out of their full points."""
    line = summary.execution
    if line is None or line.weight is None:
        return ""
    return f"{figure(line.awarded, summary.point_digits)} / {figure(line.weight)} 分"


def _closing(years: Sequence[Summary]) -> Iterator[YearlyFact]:
    if not any_scored(years):
        return
    notes = tuple(review_note(summary) for summary in years)
    yield from _fact(years, LABELS.total, lambda s: figure(s.total), addresses.TOTAL_ROW, notes)
    if any(summary.grade for summary in years):
        yield from _fact(years, LABELS.grade, lambda s: s.grade or "", addresses.TOTAL_ROW)


def _fact(
    years: Sequence[Summary], label: str, told: Callable[[Summary], str], place: str,
    notes: tuple[str, ...] = (),
) -> Iterator[YearlyFact]:  # fmt: skip
    links = tuple(
        Link(told(one), f"{addresses.report_page(one.year, one.stem)}#{place}") for one in years
    )
    yield YearlyFact(label, links, notes or ("",) * len(years))


def _lead(rows: Sequence[tuple[Course, YearlyRow]]) -> str:
    """How many indicators go on, how many come or go, and what became of the targets."""
    lasting = sum(None not in course for course, _ in rows)
    told = [f"{lasting}项指标各年度都有"] if lasting else []
    if lasting < len(rows):
        told.append(f"{len(rows) - lasting}项只在部分年度有")
    changes = Counter(cell.change for _, row in rows for cell in row.cells if cell and cell.change)
    others = changes.pop(OTHER, 0)
    told += [f"{words}{number}次" for words, number in sorted(changes.items())]
    told += [f"目标另改{others}次"] if others else []
    return f"{'，'.join(told)}。" if told else "各年度都没有填写指标。"


def _told(years: Sequence[int]) -> str:
    """`2022、2024年度`; of three and more without a gap only the ends: `2022至2024年度`."""
    runs: list[list[int]] = [[years[0]]]
    for before, year in pairwise(years):
        if year == before + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    told = (
        f"{run[0]}至{run[-1]}" if len(run) > 2 else "、".join(f"{year}" for year in run)
        for run in runs
    )  # fmt: skip
    return f"{'、'.join(told)}年度"
