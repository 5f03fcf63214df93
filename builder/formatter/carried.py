"""A project carried into another year: who, what, and last year's targets as proposals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from builder.formatter.layout import Collection, Item, Node, Scalar
from builder.formatter.nodes import node, scalar
from builder.formatter.writing import written
from builder.layouts import Layout
from builder.model import Goals, Indicator, Report, as_written, extras
from builder.records import BLANK
from builder.text import joined

HEAD = """\
# 自 {source} 带来：名称、单位、资金的行、目标和指标都是{before}年度的，作为建议，逐项核对。
# 金额、完成值、得分和说明没有带来；“上次”后面是{before}年度的，只供对照。文字里的年份要改。"""
SAME = ("name", "code", "department", "unit", "profile")
KEPT = ("name", "target", "weight", "kind")


def carried(report: Report, layout: Layout, year: int, source: str) -> str:
    """The text of a form of `year` on a layout, begun from a report of another year.

    `source` is what that one is called. Blank is what the new year has to say: amounts,
    results, points, reasons; what was reached is a comment beside each target.
    """
    values: dict[str, object] = {"年度": year}
    values |= {report.label(name): report.typed(name) for name in SAME}
    rows = report.funds if layout.funds.unsummed or not report.rows else report.rows
    values[report.label("funds")] = {
        row: dict.fromkeys(layout.funds.filled_in(row), "") for row in rows
    }
    if report.goals:
        values[report.label("goals")] = _goals(report.goals)
    values[report.label("groups")] = as_written(report.groups) if report.groups else BLANK
    for label, value in extras(report).items():
        kind = layout.entries[label].kind if label in layout.entries else ""
        if kind in ("一行", "选项") and value:
            values[label] = value
        elif kind and layout.entries[label].required:
            values[label] = ""
    root = _collection(values)
    root.items[0].above = HEAD.format(source=source, before=report.year).split("\n")
    return written(root, type(report))


def _goals(goals: Goals) -> dict[str, str]:
    known = (name for name in Goals.model_fields if goals.knows(name))
    return {Goals.label(name): goals.expected if name == "expected" else "" for name in known}


def _indicator(indicator: Indicator) -> dict[str, object]:
    found: dict[str, object] = {}
    for name in Indicator.model_fields:
        if name == "actual" and indicator.knows(name):
            found[indicator.label(name)] = ""
        elif name in KEPT:
            found[indicator.label(name)] = indicator.typed(name)
    if indicator.shares:
        found[indicator.label("shares")] = [
            share.model_dump(by_alias=True) | {share.label("actual"): ""}
            for share in indicator.shares
        ]
    own = extras(indicator).items()
    return found | {label: value for label, value in own if value not in (None, "")}


def _reached(indicator: Indicator) -> Iterator[str]:
    """What came of it in the year before, in one line."""
    awarded = f"，得分 {indicator.awarded}" if indicator.awarded is not None else ""
    if indicator.actual or awarded:
        result = " ".join(joined(indicator.actual).split())
        yield f"# 上次：完成值 {result or '空白'}{awarded}"


def _collection(values: Mapping[str, object] | Sequence[object]) -> Collection:
    """Values as the parts of a file; "" is a key with nothing behind it, None is no key."""
    is_mapping = isinstance(values, Mapping)
    found = Collection(is_mapping=is_mapping, is_flow=False, column=0)
    pairs = values.items() if isinstance(values, Mapping) else ((None, one) for one in values)
    for key, value in pairs:
        if value is None:
            continue
        item = Item((0, 0), (), scalar(key) if key is not None else None, _part(value, key or ""))
        if isinstance(value, Indicator):
            item.above = list(_reached(value))
        found.items.append(item)
    return found


def _part(value: object, key: str) -> Node:
    match value:
        case "":
            return Scalar("", "", [""])
        case Indicator():
            return _collection(_indicator(value))
        case Mapping() | list() | tuple():
            return _collection(value)
    return node(value, key)
