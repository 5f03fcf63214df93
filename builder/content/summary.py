"""What is kept of a report once it is rendered, and the statistics over many.

A report streams through the builder on its own; only its summary stays. Amounts are in
元 here, whatever unit the form prints, so that reports of different profiles add up.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import TypeVar

from builder.model import SELF, TARGET, Indicator, Report, Stage, values
from builder.scoring import (
    EXECUTION,
    WHOLE,
    Document,
    Rounding,
    Scorecard,
    deviates,
    execution_needs_reason,
    names_measures,
    reason_of,
)
from builder.text import figure, folded_name

YUAN = {"元": Decimal(1), "万元": Decimal(10_000)}
ZERO = Decimal(0)

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator in a few words, to be set beside those of other projects.

    `number` counts from 1 in the form's order, 0 is 预算执行; `kind` is the 二级指标, `group` the
    一级指标. `measure` is what stands in a field of its own beside the `reason`. `is_deviation`
    says that points are missing, or on a form without points that the target was missed.
    """

    number: int
    kind: str
    name: str
    target: str
    actual: str
    weight: Decimal | None
    awarded: Decimal | None
    reason: str
    is_deviation: bool
    group: str = ""
    measure: str = ""

    @property
    def lost(self) -> Decimal | None:
        """The points that are missing; None where none are given."""
        if self.weight is None or self.awarded is None:
            return None
        return self.weight - self.awarded


@dataclass(frozen=True, slots=True)
class Summary:
    """One public report in a few figures. `rate` is in % as printed, `total` in points; an
    amount that is blank on the form, or a sum with a blank in it, is None. `kind` is the 支出类别
    of its profile.

    `stage` says whether there are results. After 复核 all figures are those that count by the
    site's setting, and `own_total` and `found_total` are both: None where there was none;
    `causes` is what 复核 says of the difference. `execution` is 预算执行 as a line of its own, None
    without an amount of either side; `measures` is what the form says of all deviations at once.

    `published` is the report's own 发布日期; without one, the site's holds. `point_digits` are
    the decimals that its form prints for points, `rounding` is how it rounds a rate; `has_own`
    says that fields are filled in which only its layout knows. `modified` is the day on which it
    was last changed after it had been public, `corrected` that on which a figure was.
    """

    year: int
    stem: str
    name: str
    department: str
    unit: str
    profile: str
    kind: str
    budget: Decimal | None
    spent: Decimal | None
    rate: Decimal | None
    total: Decimal | None
    grade: str | None
    code: str | None
    indicators: tuple[Line, ...]
    point_digits: int
    rounding: Rounding
    published: date | None = None
    modified: date | None = None
    corrected: date | None = None
    has_own: bool = False
    stage: Stage = SELF
    own_total: Decimal | None = None
    found_total: Decimal | None = None
    causes: str = ""
    counts_review: bool = True
    execution: Line | None = None
    measures: str = ""

    @property
    def is_planned(self) -> bool:
        """Whether it is a table of targets: that counts in no sum or average of results."""
        return self.stage == TARGET

    @property
    def is_rechecked(self) -> bool:
        """Whether there are two scores."""
        return self.own_total is not None or self.found_total is not None

    @property
    def id(self) -> str:
        """编号: `<year>/<stem>`, permanent."""
        return f"{self.year}/{self.stem}"

    @property
    def project(self) -> str:
        """What stays the same over the years: the 项目编码 where there is one.

        Else it is the stem, inside a department: two of them may hit upon the same name.
        """
        if self.code and "/" in self.code:  # it must not look like a name of the other sort
            return f"/{self.code}"
        return self.code or f"{folded_name(self.department)}/{self.stem}"

    @property
    def is_whole(self) -> bool:
        """Whether it is about all that an office spends: its money contains that of projects."""
        return self.kind == WHOLE

    @property
    def called(self) -> str:
        """What it is called among others: one about a whole office by that, many are alike."""
        return f"{self.unit}{self.name}" if self.is_whole else self.name

    @property
    def is_of_department(self) -> bool:
        """Whether it is about a whole department, not about one of its units."""
        return self.is_whole and self.unit == self.department

    @property
    def is_scored(self) -> bool:
        """Whether points are given at all; a form that is only shown gives none."""
        return self.total is not None or any(line.weight is not None for line in self.indicators)

    @property
    def lost(self) -> Decimal | None:
        """The points that indicators and 预算执行 lost together; None where there is no total, or
        something has more than its full points.

        Where 不适用 rescales, it is what was lost before that.
        """
        if self.total is None:
            return None
        lines = [*([self.execution] if self.execution else []), *self.indicators]
        found = [lost for line in lines if (lost := line.lost) is not None]
        return None if any(lost < ZERO for lost in found) else sum(found, ZERO)

    @property
    def place(self) -> tuple[int, Decimal, str, str]:
        """Where it stands among others: the newest year first, then by amount, then by name."""
        return -self.year, -(self.budget or ZERO), self.name, self.stem

    @property
    def deviations(self) -> tuple[Line, ...]:
        """The indicators that fell short: of their points, or on a form without of their target."""
        return tuple(line for line in self.indicators if line.is_deviation)


def summarize(document: Document, *, by_review: bool = True) -> Summary:
    """The summary of one report; after 复核 by its figures, unless those of its author count."""
    report, own, profile = document.report, document.card, document.profile
    found = document.recheck
    card = found if found and by_review else own
    factor = YUAN[document.layout.money_unit]
    lines = tuple(
        Line(
            number=number,
            kind=point.kind,
            name=point.indicator.name,
            target=point.indicator.target,
            actual=point.indicator.actual,
            weight=point.weight,
            awarded=point.awarded,
            reason=_reason(point.indicator, of_review=card is found),
            is_deviation=deviates(point),
            group=point.path[0],
            measure=_measures(point.indicator),
        )
        for number, point in enumerate(card.points, start=1)
    )
    total = card.execution.total
    budget = total.approved if report.is_planned else total.budget
    return Summary(
        year=report.year,
        stem=document.stem,
        name=report.name,
        department=report.department,
        unit=report.unit,
        profile=profile.name,
        kind=profile.kind,
        budget=None if budget is None else budget * factor,
        spent=None if total.spent is None else total.spent * factor,
        rate=total.rate,
        total=card.total,
        grade=card.grade,
        code=report.code,
        indicators=lines,
        published=report.published,
        point_digits=profile.point_digits,
        rounding=profile.execution.rate,
        has_own=any(any(values(one)) for one in (report, *(p.indicator for p in card.points))),
        stage=report.stage,
        own_total=own.total if found else None,
        found_total=found.total if found else None,
        causes=reason_of(report.review.causes) if found and report.review else "",
        counts_review=by_review,
        execution=_execution(document, card),
        measures=_measures(report),
    )


def _execution(document: Document, card: Scorecard) -> Line | None:
    """预算执行 beside the indicators: its target is what there was, its result what was spent.

    It is a deviation where somebody has to say why: nearly every form loses a tenth of a point.
    """
    execution, unit = card.execution, document.layout.money_unit
    total = execution.total
    if total.budget is None or total.spent is None:
        return None
    return Line(
        number=0,
        kind=EXECUTION,
        name=EXECUTION,
        target=f"{figure(total.budget)}{unit}",
        actual=f"{figure(total.spent)}{unit}",
        weight=execution.weight,
        awarded=execution.score,
        reason=reason_of(document.report.execution_note),
        is_deviation=execution_needs_reason(execution, document.profile),
    )


def _measures(record: Report | Indicator) -> str:
    """What stands in the fields for measures that only the layout has; in a table of several
    rows each with the name of its row."""
    told = (
        f"{row}：{text}" if row else text
        for label, row, column, value in values(record)
        if isinstance(value, str) and names_measures(column or label) and (text := reason_of(value))
    )
    return "\n\n".join(told)


def _reason(indicator: Indicator, *, of_review: bool) -> str:
    """Why points are missing: what its author says and, where its result counts, what 复核 does."""
    recheck = indicator.recheck if of_review else None
    noted = reason_of(recheck.note) if recheck else ""
    return "\n\n".join(filter(None, (reason_of(indicator.reason), noted and f"复核：{noted}")))


def grouped(things: Iterable[T], key: Callable[[T], K]) -> Mapping[K, Sequence[T]]:
    """Summaries, or other things, by `key`, groups and members in their first order."""
    groups: dict[K, list[T]] = {}
    for thing in things:
        groups.setdefault(key(thing), []).append(thing)
    return MappingProxyType(groups)
