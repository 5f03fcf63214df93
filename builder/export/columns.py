"""The tables that an office hands in every year: their columns, and what stands in a cell.

A column stands here once. Its figures are those of the open data: whoever has both sees no
difference. An amount is in 万元, a rate in %, a score in 分.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Literal

from builder.content import Settings, addresses, approved
from builder.export.reasons import measures, problems, reasons
from builder.model import SELF, TARGET, Stage, extras
from builder.opendata import PROJECTS, Cell, Subject
from builder.scoring import Document, gap
from builder.text import to_plain

# In characters of a spreadsheet: a sheet across holds some 150 of them at full size.
SCORE, FIGURE, NAME, PROJECT, ADDRESS, PROSE, LONG = 8, 11, 14, 20, 23, 26, 40

_DATA = {column.label: column.value for column in PROJECTS.columns}
_NO_ADDRESS = "在 site.yaml 里填写网址"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `width` is in characters of a spreadsheet.

    `in_total` says what stands in it below all rows. `is_confidential` is for the finance office
    alone. An `is_optional` one is left out where nothing stands in it. `missing` tells what can be
    done about a cell that is None, "" where that is nothing to tell; one that is "" is no gap.
    """

    name: str
    value: Callable[[Subject], Cell]
    width: int = NAME
    in_total: Literal["", "sum", "rate"] = ""
    is_confidential: bool = False
    is_optional: bool = False
    missing: str = ""
    heading: str = ""
    """What the site calls it, if not by its name."""


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a year; `rows` makes of a report what it has a row for."""

    name: str
    title: str
    units: str
    columns: tuple[Column, ...]
    rows: Callable[[Document, Settings], Iterator[Document]]

    @property
    def has_total(self) -> bool:
        """Whether its amounts are added up."""
        return any(column.in_total for column in self.columns)


def own(label: str, **rest: str) -> Column:
    """A column for a field that only some layouts have; empty for reports on others."""

    def value(subject: Subject) -> Cell:
        found = extras(subject.report).get(label)
        if isinstance(found, str):
            return to_plain(found) or None
        return found if isinstance(found, Decimal | date) else None

    return Column(label, value, **rest)  # type: ignore[arg-type]


def fixed(name: str, text: str) -> Column:
    """A column with the same text in every row, or with none, to be filled in by hand."""
    return Column(name, lambda _: to_plain(text) or None)


def _same(label: str, name: str = "", **rest: object) -> Column:
    """A column of the open data, under its name there or another one."""
    return Column(name or label, _DATA[label], **rest)  # type: ignore[arg-type]


def _amount(subject: Subject) -> Cell:
    """What there is to spend: of targets what was approved."""
    initial, budget = _DATA["年初预算数"](subject), _DATA["全年预算数"](subject)
    return initial if subject.report.is_planned and initial is not None else budget


def _address(subject: Subject) -> Cell:
    site, report = subject.site.address, subject.report
    if not report.is_public:
        return ""
    if not site:
        return None
    stage: Stage = TARGET if report.is_planned else SELF
    return addresses.absolute(
        site, addresses.report_page(report.year, subject.document.stem, stage)
    )


def _updated(subject: Subject) -> Cell:
    report = subject.report
    if report.is_withdrawn:
        return report.disclosure.withdrawn
    return _DATA["发布日期"](subject) if report.is_public else ""


def _basis(subject: Subject) -> Cell:
    """Why a report is not public, as its author says in the file."""
    disclosure = subject.report.disclosure
    if subject.report.is_public:
        return None
    reason = to_plain(disclosure.basis or "")
    return f"撤回：{reason}" if subject.report.is_withdrawn else reason or None


def _gap(subject: Subject) -> Cell:
    found = subject.document.recheck
    return gap(subject.document.card.total, found.total) if found else None


def _self_evaluated(document: Document, _: Settings) -> Iterator[Document]:
    if not document.report.is_planned:
        yield document


def _disclosed(document: Document, settings: Settings) -> Iterator[Document]:
    """What has an address of its own: the approved targets, and the self-evaluation."""
    if targets := approved(document, settings):
        yield targets
    yield from _self_evaluated(document, settings)


def _rechecked(document: Document, _: Settings) -> Iterator[Document]:
    if document.recheck:
        yield document


NUMBER = Column("序号", lambda _: None, 5)
"""Which row it is, told when all rows are there."""

_BASIS = Column("不公开原因", _basis, is_confidential=True, is_optional=True)

_SUMMARY = Table(
    "汇总表",
    "绩效自评情况汇总表",
    "万元、%、分",
    (
        NUMBER,
        _same("主管部门"),
        _same("实施单位"),
        _same("项目名称", width=PROJECT),
        _same("年初预算数", "年初预算", width=FIGURE, in_total="sum"),
        _same("全年预算数", "全年预算", width=FIGURE, in_total="sum"),
        _same("全年执行数", "执行数", width=FIGURE, in_total="sum"),
        _same("执行率", width=SCORE, in_total="rate"),
        _same("总分", "自评得分", width=SCORE),
        _same("评分等级", "等级", width=6),
        Column("主要问题", problems, PROSE, is_optional=True),
        Column("偏差原因及改进措施", reasons, LONG),
        Column("改进措施", measures, PROSE, is_optional=True),
        Column("公开网址", _address, ADDRESS, missing=_NO_ADDRESS),
        _BASIS,
    ),
    _self_evaluated,
)
_DISCLOSURE = Table(
    "公开表",
    "绩效公开情况表",
    "万元",
    (
        _same("主管部门", "部门"),
        _same("实施单位", "单位"),
        _same("项目编码", width=20, missing="在自评表里填写项目编码"),
        _same("项目名称", width=PROJECT),
        Column("预算金额", _amount, FIGURE),
        own("项目来源", missing="版式里有“项目来源”这一栏的才有，其余由填表人补"),
        Column("公开类型", lambda s: "年初目标" if s.report.is_planned else "绩效自评", 9),
        Column("是否公开", lambda s: "是" if s.report.is_public else "否", 6),
        Column("公开金额", lambda s: _amount(s) if s.report.is_public else None, FIGURE,
               is_confidential=True),
        Column("公开地址", _address, ADDRESS, missing=_NO_ADDRESS),
        replace(_BASIS, is_optional=False),
        Column("更新时间", _updated, FIGURE, missing="在 site.yaml 或自评表里填写发布日期"),
    ),
    _disclosed,
)  # fmt: skip
_RECHECK = Table(
    "复核汇总表",
    "绩效自评复核汇总表",
    "分",
    (
        _same("主管部门", "部门"),
        _same("实施单位", "单位"),
        _same("项目名称", width=PROJECT),
        _same("总分", "自评得分", width=FIGURE),
        _same("复核总分", "复核得分", width=FIGURE),
        Column("偏差", _gap, FIGURE),
        _same("主要偏差原因", width=PROSE),
        _BASIS,
    ),
    _rechecked,
)
TABLES = {table.name: table for table in (_DISCLOSURE, _RECHECK, _SUMMARY)}
"""The tables by name."""
