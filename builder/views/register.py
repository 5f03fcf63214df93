"""The register of deviations of a year: what fell short, why, what is done, what became of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import chain
from urllib.parse import urlencode

from markupsafe import Markup

from builder.content import (
    Deviation,
    Later,
    Line,
    Summary,
    addresses,
    deviations_of,
    grouped,
)
from builder.scoring import Remedy
from builder.text import figure, in_wan, to_html, wan
from builder.views.comparison import shortfall
from builder.views.narrowing import (
    OF_OFFICES,
    OF_PROJECTS,
    Places,
    anchor,
    group_of,
    in_order,
    register_places,
)
from builder.views.page import Download, Link, PagerView, PageView, SiteView, page_view
from builder.views.paging import pages_of
from builder.views.table import any_scored, both, how_many, unit_link

PART = 500  # rows that one script holds
LADDER = (100, 500, 1_000, 5_000, 10_000, 50_000)  # 万元
SOURCES: Mapping[str, str] = {"split": "拆自同一格", "form": "整张表合写"}
GROUPS = {OF_PROJECTS: "项目的各类指标", OF_OFFICES: "部门整体的各类指标"}


@dataclass(frozen=True, slots=True)
class Option:
    """What the rows may be narrowed to: what stands in the address, and what is read."""

    value: str
    text: str


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One deviation. `anchor` is the place of its department, where it is the first of that;
    `group` says of what it is an indicator, "" of 预算执行; `office` is the unit on whose page it
    counts, "" of a form about a whole department; `amount` (万元) and `points` are what rows are
    put in order by, without separators."""

    anchor: str
    name: Link
    kind: str
    group: str
    office: str
    project: Link
    unit: Link
    department: Link
    target: str
    actual: str
    lost: str
    points: str
    budget: str
    amount: str
    cause: Markup
    measure: Markup
    source: str
    later: Link
    later_course: str
    has_measure: bool


@dataclass(frozen=True, slots=True)
class RegisterView:
    """The register, or one of its pages. `parts` are the scripts that hold all of its rows."""

    title: str
    lead: str
    rows: tuple[RegisterRow, ...]
    empty: str
    has_points: bool
    has_later: bool
    has_split: bool
    departments: tuple[Option, ...]
    kinds: tuple[Option, ...]
    amounts: tuple[Option, ...]
    without: str
    downloads: tuple[Download, ...]
    parts: tuple[str, ...]
    pager: PagerView | None = None


class Registers:
    """The registers of all years."""

    def __init__(
        self,
        site: SiteView,
        years: Mapping[str, Sequence[Summary]],
        places: Places | None = None,
    ) -> None:
        """`years` are reports with results; `places` those of `register_places` for all reports,
        where these are not all."""
        self._site, self._years = site, years
        self._places = register_places(years) if places is None else places
        self._projects = grouped(chain.from_iterable(years.values()), lambda s: s.project)
        self._known: dict[int, Sequence[Deviation]] = {}

    def page(self, year: int) -> tuple[RegisterView, PageView]:
        """The register of a year."""
        members, deviations = self._years[f"{year}"], self._deviations(year)
        title, lead, rows = (
            f"{year}年度偏差事项",
            _lead(members, deviations),
            tuple(_rows(deviations)),
        )
        without = sum(not one.remedy.measure for one in deviations)
        view = RegisterView(
            title=title,
            lead=lead,
            rows=rows,
            empty=f"本年度没有{shortfall(members)}的指标，也没有预算执行偏低或超支的。",
            has_points=any(one.line.lost is not None for one in deviations),
            has_later=any(one.later for one in deviations),
            has_split=any(one.remedy.source == "split" for one in deviations),
            departments=tuple(_options(row.department.text for row in rows)),
            kinds=(*_groups(rows), *_options(row.kind for row in rows if row.kind)),
            amounts=tuple(_amounts(deviations)),
            without=f"{without:,d}" if without else "",
            downloads=(
                Download("下载 CSV", addresses.data_file(year, "-deviations.csv"), "每项偏差一行"),
            ),
            parts=tuple(path for path, _ in register_parts(year, rows)),
        )
        up = Link(f"{year}年度", addresses.year_page(year))
        path, scored = addresses.deviations_page(year), any_scored(members)
        return view, page_view(self._site, path, title, lead, up, has_scores=scored)

    def of(self, members: Iterable[Summary]) -> list[Deviation]:
        """The deviations of reports of one year, by department as in its list."""
        known = {summary.id: summary.year for summary in members}
        years = {*known.values()}
        return [d for year in years for d in self._deviations(year) if d.summary.id in known]

    def place(self, members: Sequence[Summary], asked: Mapping[str, str]) -> str:
        """Where the register has the newest year of an office's reports: a page, a place on it,
        and what it is narrowed to where there are scripts; "" if it has none of its department.

        What is `asked` names the office: see `of_department` and `of_unit`.
        """
        department = asked["部门"]
        number = self._places.get((members[0].year, department), 0) if members else 0
        if not number:
            return ""
        page = addresses.further_page(addresses.deviations_page(members[0].year), number)
        return f"{page}?{urlencode(asked)}#{anchor(department)}"

    def _deviations(self, year: int) -> Sequence[Deviation]:
        """The deviations of a year, by department as in its list."""
        if year not in self._known:
            members = in_order(self._years[f"{year}"])
            self._known[year] = tuple(deviations_of(members, self._projects))
        return self._known[year]


def register_pages(view: RegisterView, page: PageView) -> Iterator[tuple[RegisterView, PageView]]:
    """The register in pages."""
    for part, pager, place in pages_of(view.rows, page):
        yield replace(view, rows=tuple(part), pager=pager), place


def register_parts(
    year: int, rows: Sequence[RegisterRow]
) -> Iterator[tuple[str, Sequence[RegisterRow]]]:
    """All rows in parts, each with the site path of its script."""
    for number, start in enumerate(range(0, len(rows), PART), start=1):
        yield addresses.register_rows(year, number), rows[start : start + PART]


def became(later: Later) -> str:
    """What the next form of a project says of a deviation, in a few words."""
    line = later.line
    if line is None:
        return "没有同名指标"
    if not line.is_deviation:
        return "没有偏差"
    return f"仍扣 {figure(line.lost, later.summary.point_digits)} 分" if line.lost else "仍有偏差"


def course(line: Line) -> str:
    """What was meant and what came of it: `≥90% → 88%`."""
    target, actual = both(line)
    return f"{target} → {actual}" if target and actual else ""


def row_of(line: Line) -> str:
    """The place of an indicator in its form; of 预算执行 that of the total of the money."""
    return addresses.indicator_row(line.number) if line.number else addresses.fund_row(0)


def remedy_views(remedy: Remedy) -> tuple[Markup, Markup, str]:
    """Cause and measure as texts, and where the measure is from."""
    cause, measure = (
        to_html(part) if part else Markup() for part in (remedy.cause, remedy.measure)
    )
    return cause, measure, SOURCES.get(remedy.source, "")


def _lead(members: Sequence[Summary], deviations: Sequence[Deviation]) -> str:
    short = sum(bool(summary.deviations) for summary in members)
    lines = sum(one.line.number > 0 for one in deviations)
    counter = "份" if any(summary.is_whole for summary in members) else "个"
    told = f"{how_many(members)}中，{short:,d}{counter}有{shortfall(members)}的指标，共{lines:,d}项"
    spending = len(deviations) - lines
    return told + (f"；{spending:,d}{counter}的预算执行偏低或超支。" if spending else "。")


def _rows(deviations: Sequence[Deviation]) -> Iterator[RegisterRow]:
    known: set[str] = set()
    for one in deviations:
        summary, line = one.summary, one.line
        page = addresses.report_page(summary.year, summary.stem)
        place = addresses.indicator_row(line.number) if line.number else addresses.EXECUTION_NOTE
        department, (target, actual) = summary.department, both(line)
        cause, measure, source = remedy_views(one.remedy)
        yield RegisterRow(
            anchor="" if department in known else anchor(department),
            name=Link(line.name, f"{page}#{place}"),
            kind=line.kind if line.number else line.name,
            group=group_of([summary]) if line.number else "",
            office="" if summary.is_of_department else summary.unit,
            project=Link(summary.called, page),
            unit=unit_link(summary),
            department=Link(department, addresses.department_page(department)),
            target=target,
            actual=actual,
            lost=figure(line.lost, summary.point_digits) if line.lost is not None else "",
            points=f"{line.lost:f}" if line.lost is not None else "",
            budget=wan(summary.budget),
            amount=f"{in_wan(summary.budget):f}" if summary.budget is not None else "",
            cause=cause,
            measure=measure,
            source=source,
            later=_later(one.later),
            later_course=course(one.later.line) if one.later and one.later.line else "",
            has_measure=bool(one.remedy.measure),
        )
        known.add(department)


def _later(later: Later | None) -> Link:
    if later is None:
        return Link("")
    page = addresses.report_page(later.summary.year, later.summary.stem)
    place = f"#{row_of(later.line)}" if later.line else ""
    return Link(f"{later.summary.year}年度{became(later)}", f"{page}{place}")


def _groups(rows: Sequence[RegisterRow]) -> Iterator[Option]:
    """The indicators without what else there is."""
    for group, words in GROUPS.items():
        number = sum(row.group == group for row in rows)
        if 0 < number < len(rows):
            yield Option(group, f"{words}（{number:,d}）")


def _options(texts: Iterable[str]) -> Iterator[Option]:
    """What rows may be narrowed to, in the order in which it first comes, with how many."""
    for text, number in Counter(texts).items():
        yield Option(text, f"{text}（{number:,d}）")


def _amounts(deviations: Sequence[Deviation]) -> Iterator[Option]:
    """The steps of money that divide the rows."""
    known = [in_wan(one.summary.budget) for one in deviations if one.summary.budget is not None]
    for step in LADDER:
        above = sum(amount >= Decimal(step) for amount in known)
        if 0 < above < len(deviations):
            name = f"{step // 10_000}亿元" if step >= 10_000 else f"{step:,d}万元"
            yield Option(f"{step}", f"{name}以上（{above:,d}）")
