"""Two projects, or two departments or units of a year, beside each other: what each of them says,
as rows that a script puts side by side by their keys. All texts are finished here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from builder.content import Summary, addresses, counted, grouped, kind_name, mean, statistics
from builder.scoring import Profile
from builder.text import figure, percent, unnumbered, wan
from builder.views.narrowing import narrowed, of_department, of_indicators, of_unit
from builder.views.page import LABELS, Link, PageView, SiteView, page_view
from builder.views.table import any_scored, how_many
from builder.views.yearly import YearlyCell, cell_of

NAME = "并排比较"
FIRST = "甲"
LARGEST = 10  # projects of an office that are listed


@dataclass(frozen=True, slots=True)
class BesideLine:
    """An indicator with what its form says of it."""

    name: str
    cell: YearlyCell


@dataclass(frozen=True, slots=True)
class BesideRow:
    """What one side says of a subject; both sides call it by the same `key`. `projects` are told
    with their amounts."""

    key: str
    label: str
    links: tuple[Link, ...] = ()
    projects: tuple[tuple[Link, str], ...] = ()
    lines: tuple[BesideLine, ...] = ()


@dataclass(frozen=True, slots=True)
class BesideSide:
    """A project of a year, or a department or a unit in a year. `key` stands in the address, `name`
    leads to its page, `about` tells it from others of its name."""

    key: str
    name: Link
    about: str
    rows: tuple[BesideRow, ...]

    @property
    def told(self) -> str:
        """By what it is chosen."""
        return f"{self.name.text}（{self.about}）"


@dataclass(frozen=True, slots=True)
class BesideView:
    """The page on which two are chosen; `years` have a script with their names each."""

    years: tuple[Link, ...]
    lists: tuple[Link, ...]


def beside_page(site: SiteView, years: Sequence[str]) -> tuple[BesideView, PageView]:
    """The page on which two are put beside each other; `years` are those with results, the newest
    first."""
    view = BesideView(
        tuple(Link(f"{year}年度", addresses.beside_names(int(year))) for year in years),
        (
            *(Link(f"{year}年度", addresses.year_page(int(year))) for year in years),
            site.directory,
            site.search,
        ),
    )
    description = "两个项目、单位或部门的资金、得分、指标和偏差并排比较。"
    return view, page_view(site, addresses.BESIDE, NAME, description)


def report_link_beside(year: int, stem: str, *, is_whole: bool) -> Link:
    """The way from a report to the page where it stands beside another one of its kind: `is_whole`
    one about a whole office, or one about a project."""
    kind = "部门整体支出" if is_whole else "项目"
    return _way(f"与别的{kind}比较", addresses.beside_report(year, stem))


def department_link_beside(year: int, department: str) -> Link:
    """The same for a department in a year."""
    return _way("与别的部门比较", addresses.beside_department(year, department))


def unit_link_beside(year: int, department: str, unit: str) -> Link:
    """The same for a unit of a department in a year."""
    return _way("与别的单位比较", addresses.beside_unit(year, department, unit))


def _way(text: str, key: str) -> Link:
    return Link(text, f"{addresses.BESIDE}?{urlencode({FIRST: key})}")


def sides(members: Sequence[Summary], profile: Profile) -> Iterator[BesideSide]:
    """What can be chosen of a year: the departments, the units and the reports among its
    `members`, which have results. `profile` is the site's default."""
    for part in grouped(members, lambda one: one.department).values():
        found = counted(part)
        if found:
            yield department_side(found, profile)
    parts = (one for one in members if not one.is_of_department)
    for part in grouped(parts, lambda one: (one.department, one.unit)).values():
        found = counted(part)
        if found:
            yield unit_side(found, profile)
    often = Counter((summary.called, summary.unit) for summary in members)
    for summary in members:
        yield report_side(summary, is_alike=often[summary.called, summary.unit] > 1)


def report_side(summary: Summary, *, is_alike: bool = False) -> BesideSide:
    """One report with results; where it `is_alike` another one by its name and unit, with its
    编号."""
    page = addresses.report_page(summary.year, summary.stem)
    return BesideSide(
        addresses.beside_report(summary.year, summary.stem),
        Link(summary.called, page),
        f"{summary.year}年度，{summary.unit}{f'，编号{summary.id}' if is_alike else ''}",
        tuple(_report_rows(summary, page)),
    )


def _report_rows(summary: Summary, page: str) -> Iterator[BesideRow]:
    money = f"{page}#{addresses.fund_row(0)}"
    yield _row("budget", f"{LABELS.budget}（万元）", Link(wan(summary.budget), money))
    yield _row("spent", f"{LABELS.spent}（万元）", Link(wan(summary.spent), money))
    yield _row("rate", LABELS.rate, Link(percent(summary.rate), money))
    if summary.is_scored:
        total = f"{page}#{addresses.TOTAL_ROW}"
        yield _row("total", LABELS.total, Link(figure(summary.total), total))
        yield _row("grade", LABELS.grade, Link(summary.grade or "-", total))
    number = len(summary.deviations)
    place = f"{page}#{addresses.DEVIATIONS}" if number else ""
    yield _row("deviations", "偏差", Link(f"{number}项", place))
    for kind, lines in grouped(summary.indicators, lambda line: kind_name(line.kind)).items():
        yield BesideRow(
            f"kind-{unnumbered(kind)}",
            unnumbered(lines[0].kind) or "绩效指标",
            lines=tuple(BesideLine(line.name, cell_of(summary, line)) for line in lines),
        )


def department_side(found: Sequence[Summary], profile: Profile) -> BesideSide:
    """A department with what is `counted` of its reports of a year. `profile` is the site's
    default."""
    year, name = found[0].year, found[0].department
    return BesideSide(
        addresses.beside_department(year, name),
        Link(name, addresses.department_page(name)),
        f"{year}年度，{how_many(found)}",
        tuple(_office_rows(found, profile, of_department(name))),
    )


def unit_side(found: Sequence[Summary], profile: Profile) -> BesideSide:
    """The same for a unit of a department."""
    year, department, name = found[0].year, found[0].department, found[0].unit
    return BesideSide(
        addresses.beside_unit(year, department, name),
        Link(name, addresses.unit_page(department, name)),
        f"{year}年度，{department}，{how_many(found)}",
        tuple(_office_rows(found, profile, of_unit(department, name))),
    )


def _office_rows(
    found: Sequence[Summary], profile: Profile, whose: Mapping[str, str]
) -> Iterator[BesideRow]:
    """What an office's reports of a year come to; the register finds its rows by
    `whose`."""
    figures = statistics(found, profile.execution.rate)
    yield _row("count", "自评表", Link(f"{figures.count:,d}份"))
    yield _row("budget", f"{LABELS.budget}（万元）", Link(wan(figures.budget)))
    yield _row("spent", f"{LABELS.spent}（万元）", Link(wan(figures.spent)))
    yield _row("rate", LABELS.rate, Link(percent(figures.rate)))
    if any_scored(found):
        yield _row("average", f"平均{LABELS.total}", Link(figure(figures.average)))
        grades = "，".join(f"{grade} {number}" for grade, number in figures.grades.items())
        yield _row("grades", LABELS.grade, Link(grades or "-"))
        losses = [lost for one in found if (lost := one.lost) is not None]
        yield _row("lost", "平均扣分", Link(figure(mean(losses) if losses else None)))
    asked = {**whose, **of_indicators(found)}
    place = narrowed(found[0].year, asked) if figures.deviations else ""
    yield _row("deviations", "偏差", Link(f"{figures.deviations:,d}项", place))
    kinds = grouped(
        (line for one in found for line in one.indicators), lambda line: kind_name(line.kind)
    )
    for kind, lines in kinds.items():
        short = sum(line.is_deviation for line in lines)
        told = f"{len(lines):,d}项指标" + (f"，{short:,d}项偏差" if short else "")
        yield _row(f"kind-{unnumbered(kind)}", unnumbered(lines[0].kind) or "绩效指标", Link(told))
    largest = sorted(found, key=lambda one: one.place)[:LARGEST]
    projects = tuple(
        (Link(one.called, addresses.report_page(one.year, one.stem)), f"{wan(one.budget)} 万元")
        for one in largest
    )
    yield BesideRow("largest", "预算最多的", projects=projects)


def _row(key: str, label: str, link: Link) -> BesideRow:
    return BesideRow(key, label, (link,))
