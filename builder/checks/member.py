"""One report as others see it: the little that is kept of each, when all have been seen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from builder.checks.points import holds_points
from builder.content import YUAN
from builder.diagnostics import Rule, Severity, Span
from builder.model import GROUPS, Indicator
from builder.scoring import Bound, Document, is_cost, reason_of

NAME, CODE, DEPARTMENT, UNIT = "项目名称", "项目编码", "主管部门", "实施单位"
TARGET = "年度指标值"


@dataclass(frozen=True, slots=True)
class Aim:
    """One indicator as another year of its project sees it: texts as typed, not yet understood.

    `kind` is its 二级指标, "" on a form without. `is_figure` says that the target is one quantity,
    `is_cost` that less of it is better; `at` is where the target stands.
    """

    kind: str
    name: str
    target: str
    actual: str
    is_figure: bool
    is_cost: bool
    is_explained: bool
    at: Span


@dataclass(frozen=True, slots=True)
class Member:
    """One report; `budget` is in 元, None where it is blank.

    `severities` are those that its profile gives to rules, by code; `limit` is how far above its
    target (in % of it) a result calls for a word. `places` are those of the fields that are
    compared, none where one of them is missing; that of 绩效指标 is only there where every
    indicator could be read.
    """

    year: int
    stem: str
    name: str
    department: str
    unit: str
    code: str
    is_public: bool
    severities: Mapping[str, Severity]
    limit: Decimal | None
    budget: Decimal | None
    aims: tuple[Aim, ...]
    places: Mapping[str, Span]

    @classmethod
    def of(cls, document: Document) -> Member:
        """What is kept of a report; `code` is "" where none is written."""
        report, labels = document.report, (NAME, CODE, DEPARTMENT, UNIT)
        is_named = not any((label,) in document.unread for label in labels)
        at = {label: document.at(label) for label in labels}
        for label in (NAME, UNIT):
            if document.typed(label) is None:  # a form about a whole office says only whose it is
                at[label] = at[DEPARTMENT]
        places = at if is_named else {}
        if is_named and all(location[0] != GROUPS for location in document.unread):
            places[GROUPS] = document.key(GROUPS)
        total = document.card.execution.total
        budget = total.approved if report.is_planned else total.budget
        return cls(
            report.year, document.stem, report.name, report.department, report.unit,
            report.code or "", report.is_public, document.profile.own_severities,
            document.profile.limits.warning,
            None if budget is None else budget * YUAN[document.layout.money_unit],
            tuple(_aims(document)), places,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Meeting:
    """What a rule finds: at a place of one report, because of places of another one."""

    rule: Rule
    one: Member
    at: Span
    related: Mapping[Span, str]
    severity: Severity | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    """What the message says beside the fields of `one`."""


def _aims(document: Document) -> Iterator[Aim]:
    """The indicators of a form, but for the execution, which has its rate elsewhere.

    None of a form in another folder than that of its year: which one it is of is not certain.
    """
    if f"{document.report.year}" != document.folder:
        return
    has_points = holds_points(document)
    for point in document.card.points:
        entry = point.indicator
        if document.is_named(point) and not document.profile.is_execution(entry.name):
            yield Aim(
                point.path[1], entry.name, entry.target, entry.actual,
                isinstance(point.target, Bound) and not has_points,
                is_cost(point), _is_explained(entry), document.of(point, TARGET),
            )  # fmt: skip


def _is_explained(indicator: Indicator) -> bool:
    """Whether its author says why the target is another one than before."""
    return bool(indicator.approved and reason_of(indicator.approved.note))
