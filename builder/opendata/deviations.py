"""The register of deviations of a year as a table: cause and measure apart, and what became of it.

Unlike the other tables it spans years, so that it is made of summaries when all reports are known.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from builder.content import Deviation, Line, Summary
from builder.model import Amounts, Declared, Indicator, Report
from builder.opendata.tables import PERCENT, POINTS, WAN, Cell, ColumnOf, TableOf
from builder.records import Record
from builder.text import to_plain

CENT = Decimal("0.01")
SOURCES = {
    "own": "单独填写",
    "form": "整张表合写",
    "split": "按规则拆分",
}


@dataclass(frozen=True, slots=True)
class _Column(ColumnOf[Deviation]):
    """A column of the register."""


def _own(
    record: type[Record], name: str, value: Callable[[Deviation], Cell], **rest: Any
) -> _Column:
    settings = {
        "kind": "string",
        "description": record.model_fields[name].description or "",
        **rest,
    }
    return _Column(label=record.label(name), value=value, **settings)


def _text(value: str) -> str | None:
    return to_plain(value) or None


def _wan(yuan: Decimal | None) -> Decimal | None:
    """An amount in 元 as 万元, with every digit that counts and at least two decimals."""
    if yuan is None:
        return None
    exact = yuan.scaleb(-4).normalize()
    exponent = exact.as_tuple().exponent
    return exact if isinstance(exponent, int) and exponent < -2 else exact.quantize(CENT)


def _later(deviation: Deviation) -> Summary | None:
    return deviation.later.summary if deviation.later else None


def _now(deviation: Deviation) -> Line | None:
    return deviation.later.line if deviation.later else None


def _became(deviation: Deviation) -> str | None:
    if deviation.later is None:
        return None
    line = deviation.later.line
    return "没有同名指标" if line is None else "仍有偏差" if line.is_deviation else "没有偏差"


DEVIATIONS: TableOf[Deviation] = TableOf(
    "deviations",
    "偏差",
    "每项偏差一行：未得满分的指标（不计分的表为未达到指标值的），以及预算执行的偏差",
    (
        _Column("编号", "string", "报告的永久编号，即“年度/文件名”；各表以此相连",
                lambda d: d.summary.id, required=True, width=28),
        _own(Report, "year", lambda d: d.summary.year, kind="integer", description="预算年度",
             required=True, width=8),
        _own(Report, "name", lambda d: _text(d.summary.name), required=True, width=40),
        _own(Report, "department", lambda d: _text(d.summary.department), required=True,
             width=28),
        _own(Report, "unit", lambda d: _text(d.summary.unit), required=True, width=28),
        _Column("序号", "integer", "指标在表中的顺序，从1起；预算执行为0", lambda d: d.line.number,
                required=True, width=8),
        _Column("一级指标", "string", "如产出指标；表上没有这一级的为空",
                lambda d: _text(d.line.group), width=14),
        _Column("二级指标", "string", "如数量指标；预算执行也在这一栏",
                lambda d: _text(d.line.kind), width=20),
        _own(Indicator, "name", lambda d: _text(d.line.name), required=True, width=36),
        _own(Indicator, "target", lambda d: _text(d.line.target), width=16,
             description="年度目标；预算执行为全年预算数"),
        _own(Indicator, "actual", lambda d: _text(d.line.actual), width=16,
             description="完成情况；预算执行为全年执行数"),
        _own(Indicator, "weight", lambda d: d.line.weight, kind="number", unit=POINTS,
             description="满分；不计分的表为空"),
        _own(Indicator, "awarded", lambda d: d.line.awarded, kind="number", unit=POINTS,
             description="计入总分的得分；不计分的表为空"),
        _Column("扣分", "number", "分值减得分；不计分的表为空", lambda d: d.line.lost,
                unit=POINTS),
        _own(Amounts, "budget", lambda d: _wan(d.summary.budget), kind="number", unit=WAN,
             description="整个项目的全年预算数", width=16),
        _own(Amounts, "spent", lambda d: _wan(d.summary.spent), kind="number", unit=WAN,
             description="整个项目的全年执行数", width=16),
        _own(Declared, "rate", lambda d: d.summary.rate, kind="number", unit=PERCENT,
             description="全年执行数占预算数的比例"),
        _Column("偏差原因", "string", "为什么有偏差；没有写的为空",
                lambda d: _text(d.remedy.cause), width=50),
        _Column("改进措施", "string", "准备怎么改；没有写的为空",
                lambda d: _text(d.remedy.measure), width=50),
        _Column("措施来源", "string",
                "改进措施从哪里来：表上单独的一栏；整张表合写的一栏；"
                "原因和措施写在一格里，按文字的标签和语气拆开",
                lambda d: SOURCES.get(d.remedy.source), choices=tuple(SOURCES.values())),
        _Column("后来年度", "integer", "同一项目下一份有结果的表的年度；没有的为空",
                lambda d: one.year if (one := _later(d)) else None),
        _Column("后来编号", "string", "那份表的编号",
                lambda d: one.id if (one := _later(d)) else None, width=28),
        _Column("后来指标值", "string", "同名指标在那份表中的年度指标值",
                lambda d: _text(line.target) if (line := _now(d)) else None, width=16),
        _Column("后来完成值", "string", "同名指标在那份表中的实际完成值",
                lambda d: _text(line.actual) if (line := _now(d)) else None, width=16),
        _Column("后来扣分", "number", "同名指标在那份表中扣的分",
                lambda d: line.lost if (line := _now(d)) else None, unit=POINTS),
        _Column("后来情况", "string", "同名指标在那份表中是否还有偏差", _became,
                choices=("没有偏差", "仍有偏差", "没有同名指标")),
    ),
    key=("编号", "序号"),
)  # fmt: skip
