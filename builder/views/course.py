"""The course of an office over its years: what there was and was spent, how much of it, how well.

One chart a subject, the oldest year to the left. A year that leaves a figure open is a gap; the
title tells where the course turned, not only where it began and ended.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from builder.content import Statistics, Summary, counted, grouped, statistics
from builder.scoring import Profile
from builder.text import figure, in_wan, percent, with_units
from builder.views.charts import ChartView, Shape
from builder.views.lines import BOTTOM, HEIGHT, Line, Plan, Values, cropped, ends_first
from builder.views.page import LABELS

ZERO = Decimal(0)
MOST = 4  # years that all have their figures written at their points
GAPS = "没有数的年度空着。"


@dataclass(frozen=True, slots=True)
class Subject:
    """What a line is of: how it, its figures, its ups and its downs are told."""

    label: str
    told: Callable[[Decimal], str]
    unit: str = ""
    more: str = "升至"
    less: str = "降至"

    def sentence(self, values: Values) -> str:
        """The course of at least two years: from the first one over its turns to the last one."""
        (first, before), *others = _turns(values)
        if len({*values.values()}) == 1:
            years = "两" if len(values) == 2 else "各"
            return f"{self.label}{years}年都是{self._figure(before)}"
        told = [f"{self.label}{first}年为{self._figure(before)}"]
        for year, after in others:
            way = self.more if after > before else self.less
            told.append(f"{year}年{way}{self._figure(after)}")
            before = after
        return "，".join(told) + ("" if others[1:] else self._wavering(values))

    def _figure(self, value: Decimal) -> str:
        return with_units(f" {self.told(value)} {self.unit}").rstrip()

    def _wavering(self, values: Values) -> str:
        """What a rise or fall hides that nowhere leaves what lies between its ends."""
        steps = [after - before for before, after in pairwise(values.values())]
        is_rise = sum(steps, ZERO) > 0
        if all(step >= 0 if is_rise else step <= 0 for step in steps):
            return ""
        return f"，其间有{'降' if is_rise else '升'}"


BUDGET = Subject("预算", lambda value: f"{value:,f}", "万元", "增至", "减至")
SPENT = Subject("支出", lambda value: f"{value:,f}", "万元", "增至", "减至")
RATE = Subject(LABELS.rate, percent)
AVERAGE = Subject(f"平均{LABELS.total}", figure, "分")
TOTAL = Subject(LABELS.total, figure, "分")


def courses(reports: Iterable[Summary], profile: Profile) -> tuple[ChartView, ...]:
    """Charts over the years of these reports; none of what fewer than two years have.

    Only what is `counted` among all of them is in any year. `profile` is the site's default.
    """
    by_year = grouped(sorted(counted(reports), key=lambda s: s.year), lambda s: s.year)
    figures = {year: statistics(part, profile.execution.rate) for year, part in by_year.items()}
    # Where one report leaves an amount blank, the sum of the others would look like a fall.
    filled = {year: figures[year] for year, part in by_year.items() if _is_filled(part)}
    years = [*by_year]
    budgets, spent = _of(filled, lambda f: in_wan(f.budget)), _of(filled, lambda f: in_wan(f.spent))
    charts = (
        _money(years, budgets, spent),
        _single("course-rate", years, _of(filled, lambda f: f.rate), RATE),
        _single("course-average", years, _of(figures, lambda f: f.average), AVERAGE),
    )
    return tuple(chart for chart in charts if chart)


def project_courses(reports: Iterable[Summary]) -> tuple[ChartView, ...]:
    """Charts over the years of one project, as its forms print their figures; none where a year
    has two: then there is no course to be seen."""
    found = sorted((s for s in reports if not s.is_planned), key=lambda s: s.year)
    years = [s.year for s in found]
    if len({*years}) < len(years):
        return ()
    filled = [s for s in found if _is_filled([s])]
    charts = (
        _money(years, _known(filled, "budget"), _known(filled, "spent")),
        _single("course-rate", years, {s.year: s.rate for s in found if s.rate is not None}, RATE),
        _single(
            "course-total", years, {s.year: s.total for s in found if s.total is not None}, TOTAL
        ),
    )
    return tuple(chart for chart in charts if chart)


def _known(reports: Iterable[Summary], name: str) -> Values:
    """Amounts in 万元 of the years that have them."""
    return {s.year: in_wan(amount) for s in reports if (amount := getattr(s, name)) is not None}


def _money(years: Sequence[int], budgets: Values, spent: Values) -> ChartView | None:
    """Both amounts, in 万元, from zero."""
    most = max([*budgets.values(), *spent.values()], default=ZERO)
    if len(budgets) < 2 or most <= 0:
        return None
    ends = ends_first([*budgets])[: MOST if len(budgets) <= MOST else 2]
    lines = (
        Line(budgets, _labels(budgets, ends, BUDGET, named=True), "thin"),
        Line(spent, _labels(spent, ends, SPENT, named=True)),
    )
    axis = Shape("line", "0%", BOTTOM, "100%", style="axis")
    shapes = (axis, *Plan(years, ZERO, most).drawn(*lines))
    text = f"细线是各年度的{LABELS.budget}，粗线是{LABELS.spent}，从零起，单位：万元。{GAPS}"
    headings = ("年度", LABELS.budget, LABELS.spent)
    rows = tuple(
        (f"{year}", BUDGET.told(budgets[year]), SPENT.told(spent[year])) for year in budgets
    )
    return ChartView("course-money", SPENT.sentence(spent), text, HEIGHT, shapes, headings, rows)


def _single(name: str, years: Sequence[int], values: Values, subject: Subject) -> ChartView | None:
    """One line, of what is seldom far from 100."""
    if len(values) < 2:
        return None
    plan = cropped(years, values)
    chosen = ends_first([*values] if len(values) <= MOST else [year for year, _ in _turns(values)])
    shapes = tuple(plan.drawn(Line(values, _labels(values, chosen, subject))))
    ends = f"{subject.told(plan.low)}到{subject.told(plan.high)}{subject.unit}"
    text = f"折线是各年度的{subject.label}，纵轴从{ends}。{GAPS}"
    rows = tuple((f"{year}", subject.told(value)) for year, value in values.items())
    headings = ("年度", subject.label)
    return ChartView(name, subject.sentence(values), text, HEIGHT, shapes, headings, rows)


def _labels(
    values: Values, years: Sequence[int], subject: Subject, *, named: bool = False
) -> Mapping[int, str]:
    """The figures of `years`, the first one `named` after the subject."""
    name = {min(years): f"{subject.label} "} if named else {}
    return {year: name.get(year, "") + subject.told(values[year]) for year in years}


def _turns(values: Values) -> list[tuple[int, Decimal]]:
    """The first year, the last, and between them where the course lies beyond both."""
    first, *inner, last = values.items()
    ends = (first[1], last[1])
    turns = []
    if inner:
        lowest, highest = (pick(inner, key=lambda one: one[1]) for pick in (min, max))
        turns = [lowest] * (lowest[1] < min(ends)) + [highest] * (highest[1] > max(ends))
    return [first, *sorted(turns), last]


def _of(figures: Mapping[int, Statistics], get: Callable[[Statistics], Decimal | None]) -> Values:
    return {year: value for year, found in figures.items() if (value := get(found)) is not None}


def _is_filled(members: Sequence[Summary]) -> bool:
    return all(None not in (s.budget, s.spent) for s in members)
