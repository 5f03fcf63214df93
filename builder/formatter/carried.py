"""A project carried into another year: who, what, and last year's targets as proposals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from builder.formatter.layout import Collection, Item, Node, Scalar
from builder.formatter.nodes import mapping, node, scalar
from builder.formatter.writing import written
from builder.layouts import Layout
from builder.model import Goals, Indicator, Report, as_written, extras
from builder.records import BLANK
from builder.text import joined

HEAD = """\
# 自 {source} 带来：名称、单位、资金的行、目标和指标都是{before}年度的，作为建议，逐项核对。
# 金额、完成值、得分和说明没有带来；“上次”后面是{before}年度的，只供对照。文字里的年份要改。"""
_BLANK = Scalar("", "", [""])
SAME = ("name", "code", "department", "unit", "profile")


def carried(report: Report, layout: Layout, year: int, source: str) -> str:
    """The text of a form of `year` on a layout, begun from a report of another year.

    `source` is what that one is called. Blank is what the new year has to say: amounts,
    results, points, reasons; what was reached is a comment beside each target.
    """
    root = mapping([("年度", year), *((report.label(name), report.typed(name)) for name in SAME)])
    root.items[0].above = HEAD.format(source=source, before=report.year).split("\n")
    rows = {row: layout.funds.filled_in(row) for row in report.rows or report.funds}
    blank = {row: dict.fromkeys(columns, "") for row, columns in rows.items()}
    _add(root, Report.label("funds"), _nested(blank))
    if report.goals and report.knows("goals"):
        _add(root, Report.label("goals"), _goals(report.goals))
    levels = _levels(as_written(report.groups)) if report.groups else scalar(BLANK)
    _add(root, Report.label("groups"), levels)
    for label, value in extras(report).items():
        kind = layout.entries[label].kind if label in layout.entries else ""
        if kind in ("一行", "选项") and value:
            _add(root, label, node(value, label))
        elif kind and layout.entries[label].required:
            _add(root, label, _BLANK)
    return written(root, type(report))


def _goals(goals: Goals) -> Collection:
    found = Collection(is_mapping=True, is_flow=False, column=0)
    for name in Goals.model_fields:
        if goals.knows(name):
            text = goals.expected if name == "expected" else ""
            _add(found, Goals.label(name), node(text, name))
    return found


def _levels(levels: Mapping[str, object] | Sequence[Indicator]) -> Collection:
    """The levels as their author wrote them, down to the lists of indicators."""
    is_mapping = isinstance(levels, Mapping)
    found = Collection(is_mapping=is_mapping, is_flow=False, column=0)
    if isinstance(levels, Mapping):
        for name, below in levels.items():
            _add(found, name, _levels(below))  # type: ignore[arg-type]
        return found
    for indicator in levels:
        item = Item((0, 0), (), None, _indicator(indicator))
        item.above = list(_reached(indicator))
        found.items.append(item)
    return found


def _indicator(indicator: Indicator) -> Collection:
    found = Collection(is_mapping=True, is_flow=False, column=0)
    kept = ("name", "target", "weight", "kind")
    for name in Indicator.model_fields:
        if name == "actual" and indicator.knows(name):
            _add(found, indicator.label(name), _BLANK)
        elif name in kept and (value := indicator.typed(name)) is not None:
            _add(found, indicator.label(name), node(value, name))
    if indicator.shares:
        entries = Collection(is_mapping=False, is_flow=False, column=0)
        for share in indicator.shares:
            typed = {"三级指标": share.name, "年度指标值": share.target, "实际完成值": ""}
            entries.items.append(Item((0, 0), (), None, _nested(typed)))
        _add(found, indicator.label("shares"), entries)
    for label, value in extras(indicator).items():
        if value not in (None, ""):
            _add(found, label, node(value, label))
    return found


def _reached(indicator: Indicator) -> Iterator[str]:
    """What came of it in the year before, in one line."""
    awarded = f"，得分 {indicator.awarded}" if indicator.awarded is not None else ""
    if indicator.actual or awarded:
        result = " ".join(joined(indicator.actual).split())
        yield f"# 上次：完成值 {result or '空白'}{awarded}"


def _nested(values: Mapping[str, object]) -> Collection:
    found = Collection(is_mapping=True, is_flow=False, column=0)
    for key, value in values.items():
        _add(found, key, _nested(value) if isinstance(value, Mapping) else node(value, key))
    return found


def _add(to: Collection, key: str, value: Node) -> None:
    value = _BLANK if isinstance(value, Scalar) and not value.value else value
    to.items.append(Item((0, 0), (), scalar(key), value))
