"""What a program reads of one report.

`report.json` of each report: keys are the labels of the author's file; decimals are JSON
numbers with their printed digits (`5.00`); what is not scored is null.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import simplejson

from builder.model import (
    TOTAL_ROW,
    Approval,
    Goals,
    Indicator,
    Report,
    Share,
    Site,
    cells,
    extras,
)
from builder.opendata.delimited import to_csv
from builder.opendata.others import OTHERS, other_rows, tables
from builder.opendata.paths import ending
from builder.opendata.tables import rows
from builder.records import Named, Record
from builder.scoring import Document, FundLine, Points, gap


def record(document: Document) -> dict[str, Any]:
    """One report as plain data (design §7): 执行率 in %, amounts in 单位, points in 分."""
    report, card, profile = document.report, document.card, document.profile
    execution = card.execution
    funds: dict[str, Any] = {"单位": document.layout.money_unit}
    funds[TOTAL_ROW] = _amounts(execution.total) | {
        "分值": execution.weight,
        "执行率": execution.total.rate,
        "得分": execution.score,
    }
    funds |= {line.label: _amounts(line) | {"执行率": line.rate} for line in card.rows}
    for line in card.rows:
        if line.weight is not None:
            funds[line.label] |= {"分值": line.weight, "得分": line.score}
    if document.layout.funds.entries:
        for label, row in report.funds.items():
            funds[label] = {**_extras(row), **funds[label]}
    return {
        "编号": f"{report.year}/{document.stem}",
        "年度": report.year,
        "阶段": report.stage,
        "项目名称": report.name,
        **({"项目编码": report.code} if report.code else {}),
        "主管部门": report.department,
        "实施单位": report.unit,
        "支出类别": profile.kind,
        "评分规则": profile.name,
        **_since("评分规则", profile),
        "版式": document.layout.name,
        **_since("版式", document.layout),
        "项目资金": funds,
        "预算执行说明": report.execution_note or None,
        **({} if report.goals is None else {"年度总体目标": _goals(report.goals)}),
        **_extras(report),
        **_approval(report.approval),
        "绩效指标": [_indicator(points, *found) for points, *found in _with_review(document)],
        "分值合计": card.weight_sum,
        "总分": card.total,
        "评分等级": card.grade,
        **_review(document),
    }


def _with_review(document: Document) -> Iterator[tuple[Points, ...]]:
    """The indicators, each with what 复核 made of it, if there was one."""
    found = document.recheck
    return zip(document.card.points, *([found.points] if found else []), strict=True)


def _approval(approval: Approval | None) -> dict[str, Any]:
    """When the targets were approved, and what of them is no longer so."""
    if approval is None:
        return {}
    cancelled = [_said(gone) for gone in approval.cancelled]
    told = _said(approval) | ({"取消的指标": cancelled} if cancelled else {})
    return {Report.label("approval"): told}


def _review(document: Document) -> dict[str, Any]:
    """复核 in all: its figures beside those of the report."""
    found, said = document.recheck, document.report.review
    if found is None or said is None:
        return {}
    return {
        Report.label("review"): {
            **_said(said),
            "执行率": found.execution.total.rate,
            "预算执行得分": found.execution.score,
            "总分": found.total,
            "评分等级": found.grade,
            "相差": gap(document.card.total, found.total),
        }
    }


def _said(record: Record) -> dict[str, Any]:
    """What is written in a record, by label; a list of records is told elsewhere."""
    names = (name for name in type(record).model_fields if name in record.model_fields_set)
    values = ((record.label(name), getattr(record, name)) for name in names)
    return {label: _plain(value) for label, value in values if not isinstance(value, tuple)}


def _since(kind: str, rules: Named) -> dict[str, int]:
    """From which year on the version holds that the report was read by, if it has versions."""
    return {} if rules.since is None else {f"{kind}自年度": rules.since}


def _goals(goals: Goals) -> dict[str, str | None]:
    known = (name for name in Goals.model_fields if goals.knows(name))
    return {Goals.label(name): getattr(goals, name) or None for name in known}


def _extras(record: Record) -> dict[str, Any]:
    return {label: _plain(value) for label, value in extras(record).items()}


def _plain(value: Any) -> Any:
    """A field of a layout: of a table its rows, of a row the cells that are filled in."""
    match value:
        case "":
            return None
        case date():
            return value.isoformat()
        case Record():
            rows: dict[str, dict[str, Any]] = {}
            for row, column, cell in cells(value):
                rows.setdefault(row, {})[column] = _plain(cell)
            return rows
    return value


def _amounts(line: FundLine) -> dict[str, Any]:
    return {**line.amounts, **line.shares}


def _indicator(points: Points, found: Points | None = None) -> dict[str, Any]:
    first, second, _ = points.path
    entry = points.indicator
    return {
        **({"一级指标": first} if first else {}),
        **({"二级指标": second} if second else {}),
        "三级指标": entry.name,
        **({"年度指标值": entry.target or None} if entry.knows("target") else {}),
        **({"实际完成值": entry.actual or None} if entry.knows("actual") else {}),
        "分值": points.weight,
        "得分": points.awarded,
        "计算得分": points.computed,
        "评分方式": points.method.value,
        "评分说明": points.formula,
        "偏差原因分析及改进措施": entry.reason or None,
        **({"其中": [_share(share) for share in entry.shares]} if entry.shares else {}),
        **({Indicator.label("approved"): _said(entry.approved)} if entry.approved else {}),
        **({} if found is None else _rechecked(points, found)),
        **_extras(entry),
    }


def _rechecked(points: Points, found: Points) -> dict[str, Any]:
    recheck = points.indicator.recheck
    return {
        "复核完成值": found.indicator.actual or None,
        "复核得分": found.awarded,
        "复核差异": gap(points.awarded, found.awarded),
        "复核说明": found.formula,
        "复核备注": recheck.note if recheck else None,
    }


def _share(share: Share) -> dict[str, str]:
    found = {"三级指标": share.name, "年度指标值": share.target}
    return found | ({"实际完成值": share.actual} if share.knows("actual") else {})


def to_json(data: dict[str, Any] | Sequence[dict[str, Any]]) -> str:
    """Plain data as JSON text with exact decimals and readable Chinese."""
    text: str = simplejson.dumps(data, use_decimal=True, ensure_ascii=False, indent=2)
    return text + "\n"


def report_tables(document: Document, site: Site) -> Iterator[tuple[str, bytes]]:
    """The rows of one report as CSV, by the end of a file's name: `.csv` has the project."""
    by_table = rows(document, site) | {OTHERS.name: other_rows(document, site)}
    for table in tables(has_own=bool(by_table[OTHERS.name])):
        yield ending(table), to_csv(table, by_table[table.name])
