"""Open data as tables: one row for each project, each funding row and each indicator.

A column stands here once, with its label, its meaning and its value: the heading of the
CSV and the XLSX, the data dictionary and the schema of the data package are read from it.
Labels and descriptions of what authors write come from `model`. All amounts are in 万元,
whatever unit a form prints: a unit is part of the column, never of the cell.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Generic, Literal, TypeVar

from builder.content import addresses
from builder.model import STAGES, Amounts, Declared, Goals, Indicator, Report, Site
from builder.records import Record
from builder.scoring import SPENDING, Document, FundLine, Method, Points, Profile, making_the_total
from builder.text import to_plain

Cell = str | int | Decimal | date | None
Row = tuple[Cell, ...]
Own = tuple[str, str, str, Any]
"""A field that only a layout knows: its label, in a table its row and column, and its value."""
Kind = Literal["string", "integer", "number", "date"]  # as Table Schema names them
KINDS: dict[Kind, str] = {"string": "文字", "integer": "整数", "number": "数值", "date": "日期"}

WAN, PERCENT, POINTS, COUNT = "万元", "%", "分", "个"


@dataclass(frozen=True, slots=True)
class Subject:
    """What a row is about: a report, and in it a funding row or an indicator (from 1), or a
    field that only the layout knows."""

    document: Document
    site: Site
    line: FundLine
    number: int = 0
    points: Points | None = None
    own: Own = ("", "", "", None)

    @property
    def report(self) -> Report:
        return self.document.report

    @property
    def indicator(self) -> Points:
        assert self.points is not None
        return self.points

    @property
    def found(self) -> Points | None:
        """The same indicator after 复核, if there was one."""
        card = self.document.recheck
        return card.points[self.number - 1] if card else None


S = TypeVar("S")


@dataclass(frozen=True, slots=True)
class ColumnOf(Generic[S]):
    """One column: `width` is in characters of a spreadsheet, `unit` that of every cell."""

    label: str
    kind: Kind
    description: str
    value: Callable[[S], Cell]
    unit: str = ""
    width: int = 12
    required: bool = False
    choices: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The heading; an amount and a rate cannot be read without their unit."""
        return f"{self.label}（{self.unit}）" if self.unit in (WAN, PERCENT) else self.label


@dataclass(frozen=True, slots=True)
class TableOf(Generic[S]):
    """One table: `key` names the columns that tell its rows apart."""

    name: str
    title: str
    description: str
    columns: tuple[ColumnOf[S], ...]
    key: tuple[str, ...]

    def row(self, subject: S) -> Row:
        """The cells of one row, in the order of the columns."""
        return tuple(column.value(subject) for column in self.columns)


@dataclass(frozen=True, slots=True)
class Column(ColumnOf[Subject]):
    """A column of the tables that are made report by report."""


@dataclass(frozen=True, slots=True)
class Table(TableOf[Subject]):
    """A table that is made report by report."""


def _own(record: type[Record], name: str, value: Callable[[Subject], Cell], **rest: Any) -> Column:
    """A column for a field of the author's file, under the label and description it has there."""
    described = record.model_fields[name].description or ""
    settings = {"kind": "string", "description": described, **rest}
    return Column(label=record.label(name), value=value, **settings)


def _text(value: str | None) -> str | None:
    return to_plain(value) if value else None


def _wan(subject: Subject, amount: Decimal | None) -> Decimal | None:
    """An amount of the form in 万元, with every digit: 215457.6 元 is 21.54576 万元."""
    is_yuan = subject.document.layout.money_unit == "元"
    return amount.scaleb(-4) if amount is not None and is_yuan else amount


def _short(subject: Subject) -> int | None:
    """How many indicators are short; where none can be, there is nothing to count."""
    points = subject.document.card.points
    return sum(p.is_short for p in points) if subject.document.profile.is_scored else None


def _approved(subject: Subject) -> str | None:
    before = subject.indicator.indicator.approved
    return before.target if before else None


def _checked(subject: Subject) -> str | None:
    recheck = subject.indicator.indicator.recheck
    return recheck.note if recheck else None


def _page(subject: Subject) -> str:
    path = addresses.report_page(subject.report.year, subject.document.stem)
    address = subject.site.address
    return addresses.absolute(address, path) if address else path


ID = Column(
    "编号", "string", "报告的永久编号，即“年度/文件名”；各表以此相连",
    lambda s: f"{s.report.year}/{s.document.stem}", width=28, required=True,
)  # fmt: skip
WHOSE = (
    ID,
    _own(Report, "year", lambda s: s.report.year, kind="integer", description="预算年度",
         required=True, width=8),
    _own(Report, "name", lambda s: _text(s.report.name), width=40, required=True),
    _own(Report, "department", lambda s: _text(s.report.department), width=28, required=True),
    _own(Report, "unit", lambda s: _text(s.report.unit), width=28, required=True),
)  # fmt: skip
AMOUNTS = (
    _own(Amounts, "initial", lambda s: _wan(s, s.line.initial), kind="number", unit=WAN, width=16,
         description="年初批复的预算数"),
    _own(Amounts, "budget", lambda s: _wan(s, s.line.budget), kind="number", unit=WAN, width=16,
         description="年中调整后的全年预算数"),
    _own(Amounts, "spent", lambda s: _wan(s, s.line.spent), kind="number", unit=WAN, width=16,
         description="全年实际支出数"),
    _own(Declared, "rate", lambda s: s.line.rate, kind="number", unit=PERCENT,
         description="全年执行数占预算数的比例，分母和取位由评分规则定"),
)  # fmt: skip

PROJECTS = Table(
    "projects",
    "项目",
    "每个项目一行",
    (
        *WHOSE,
        _own(Report, "code", lambda s: _text(s.report.code), width=20),
        _own(Profile, "kind", lambda s: s.document.profile.kind, required=True, choices=SPENDING,
             description="部门整体的金额已含各项目的，不和项目相加"),
        _own(Report, "stage", lambda s: s.report.stage, required=True, choices=STAGES,
             description="目标：还没有结果，不计入任何合计；复核：有两个得分"),
        _own(Report, "profile", lambda s: s.document.profile.name,
             description="计算得分所依据的评分规则", required=True),
        *AMOUNTS,
        Column("预算执行分值", "number", "预算执行的满分", unit=POINTS,
               value=lambda s: s.document.card.execution.weight),
        _own(Declared, "execution_score", lambda s: s.document.card.execution.score,
             kind="number", unit=POINTS, description="按执行率计算的得分"),
        Column("分值合计", "number", "预算执行与全部指标的分值之和", unit=POINTS,
               value=lambda s: s.document.card.weight_sum),
        _own(Declared, "total", lambda s: s.document.card.total, kind="number", unit=POINTS,
             description="预算执行与全部指标的得分之和；不计分的表为空"),
        _own(Declared, "grade", lambda s: s.document.card.grade,
             description="总分所在的等级，各等级的界限由评分规则定"),
        Column("复核总分", "number", "复核以后的总分；没有复核的为空", unit=POINTS, width=16,
               value=lambda s: s.document.recheck.total if s.document.recheck else None),
        Column("主要偏差原因", "string", "复核与自评相差的主要原因", width=40,
               value=lambda s: _text(s.report.review.causes) if s.report.review else None),
        Column("指标数", "integer", "三级指标的个数", unit=COUNT,
               value=lambda s: len(s.document.card.points)),
        Column("未得满分指标数", "integer", "得分低于分值或尚无得分的指标个数；不计分的表为空",
               unit=COUNT, value=_short, width=16),
        _own(Report, "execution_note", lambda s: _text(s.report.execution_note), width=40),
        _own(Goals, "expected", lambda s: _text(s.report.expected), width=50),
        _own(Goals, "achieved", lambda s: _text(s.report.achieved), width=50),
        _own(Report, "published", lambda s: s.report.published or s.site.published, kind="date",
             description="公开的日期"),
        Column("网页", "string", "本项目网页的地址；没有设置网址的网站，为相对于网站根目录的路径",
               _page, width=40, required=True),
    ),
    key=("编号",),
)  # fmt: skip

FUNDS = Table(
    "funds",
    "资金",
    "每个项目的每种资金来源一行",
    (
        *WHOSE,
        Column("资金来源", "string", "项目资金表的一行，如当年财政拨款",
               lambda s: _text(s.line.label), width=20, required=True),
        *AMOUNTS,
    ),
    key=("编号", "资金来源"),
)  # fmt: skip

INDICATORS = Table(
    "indicators",
    "指标",
    "每个三级指标一行",
    (
        *WHOSE,
        Column("序号", "integer", "指标在表中的顺序，从1起", lambda s: s.number, width=8,
               required=True),
        Column("一级指标", "string", "如产出指标、效益指标、满意度指标；表上没有这一级的为空",
               lambda s: _text(s.indicator.path[0]), width=14),
        Column("二级指标", "string", "如数量指标、质量指标、时效指标；表上没有这一级的为空",
               lambda s: _text(s.indicator.path[1]), width=20),
        _own(Indicator, "name", lambda s: _text(s.indicator.indicator.name), width=36,
             required=True),
        _own(Indicator, "target", lambda s: _text(s.indicator.indicator.target), width=16,
             description="年度目标：比较符号、数值和单位，或定性目标；留空的为空"),
        _own(Indicator, "actual", lambda s: _text(s.indicator.indicator.actual), width=16,
             description="实测数值和单位，或定性目标的达成情况；留空的为空"),
        _own(Indicator, "weight", lambda s: s.indicator.weight, kind="number", unit=POINTS,
             description="本指标的满分；不计分的表为空"),
        _own(Indicator, "awarded", lambda s: s.indicator.awarded, kind="number", unit=POINTS,
             description="计入总分的得分；不计分、不适用的为空"),
        Column("计算得分", "number", "按评分规则算出的得分；规则不能算出的为空", unit=POINTS,
               value=lambda s: s.indicator.computed),
        Column("评分方式", "string", "得分的由来", lambda s: s.indicator.method.value,
               required=True, choices=tuple(method.value for method in Method)),
        Column("评分说明", "string", "得分的算式", lambda s: _text(s.indicator.formula), width=40),
        _own(Indicator, "reason", lambda s: _text(s.indicator.indicator.reason), width=50,
             description="未得满分或大幅偏离目标的原因和改进措施"),
        Column("批复指标值", "string", "批复时与现在不同的指标值；没有改过的为空", width=16,
               value=lambda s: _text(_approved(s))),
        Column("复核完成值", "string", "复核认定的完成值；没有复核的为空", width=16,
               value=lambda s: _text(s.found.indicator.actual) if s.found else None),
        Column("复核得分", "number", "复核以后的得分；没有复核的为空", unit=POINTS,
               value=lambda s: s.found.awarded if s.found else None),
        Column("复核备注", "string", "复核与自评不同的原因", width=40,
               value=lambda s: _text(_checked(s))),
    ),
    key=("编号", "序号"),
)  # fmt: skip

TABLES = (PROJECTS, INDICATORS, FUNDS)


def _sources(document: Document) -> list[FundLine]:
    """The funding rows that make the total: whoever adds a table up counts nothing twice."""
    made_of = making_the_total(document.report, document.layout.funds)
    return [line for line in document.card.rows if line.label in made_of]


def rows(document: Document, site: Site) -> dict[str, list[Row]]:
    """The rows of one report for every table, by the table's name."""
    card = document.card
    project = Subject(document, site, card.execution.total)
    return {
        PROJECTS.name: [PROJECTS.row(project)],
        INDICATORS.name: [
            INDICATORS.row(Subject(document, site, card.execution.total, number, points))
            for number, points in enumerate(card.points, start=1)
        ],
        FUNDS.name: [
            FUNDS.row(Subject(document, site, line))
            for line in _sources(document) or (card.execution.total,)
        ],
    }
