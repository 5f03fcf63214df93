"""A project carried into another year: who, what, and last year's targets as proposals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from builder.content import Rules
from builder.formatter.layout import Collection, Item, Node, Scalar
from builder.formatter.nodes import node, scalar
from builder.formatter.writing import written
from builder.layouts import GOALS
from builder.model import (
    TARGET,
    TOTAL_ROW,
    Goals,
    Indicator,
    Report,
    Share,
    as_written,
    extras,
)
from builder.records import BLANK
from builder.text import joined

HEAD = (
    "# 自 {source} 带来：名称、单位、资金的行、目标和指标都是{before}年度的，作为建议，逐项核对。"
)
PLANNED = "# 这是年初的目标表；年底在同一份文件里接着填，把“阶段: 目标”改为“阶段: 自评”。"
LEFT = {True: "金额没有带来", False: "金额、完成值、得分和说明没有带来"}
BESIDE = "；“上次”后面是{before}年度的，只供对照"
APPROVAL = f"# {Report.label('approval')}: {{日期: , 发布日期: }}  # 批复以后填上，去掉行首的 #"
SAME = ("name", "code", "department", "unit", "profile")
KEPT = ("name", "target", "weight", "kind")


def carried(report: Report, rules: Rules, year: int, source: str) -> str:
    """The text of a form of `year`, begun from a report of another year.

    `rules` are those of the new form: its stage says whether it is one of targets. `source` is
    what the report is called. Blank is what the new year has to say: amounts, results, points,
    reasons; what was reached is a comment beside each target.
    """
    return _Carrying(report, rules).text(year, source)


class _Carrying:
    """One report on its way to the form of another year."""

    def __init__(self, report: Report, rules: Rules) -> None:
        self._report, self._rules, self._layout = report, rules, rules.layout
        self._is_planned = rules.stage == TARGET

    def text(self, year: int, source: str) -> str:
        report, layout = self._report, self._layout
        values: dict[str, object] = {report.label("year"): year}
        if self._is_planned:
            values[report.label("stage")] = TARGET
        values |= {report.label(name): report.typed(name) for name in SAME}
        values[report.label("funds")] = {
            row: dict.fromkeys(layout.funds.filled_in(row), "") for row in self._rows()
        }
        if layout.has(GOALS):
            values[report.label("goals")] = self._goals()
        values[report.label("groups")] = as_written(report.groups) if report.groups else BLANK
        own = extras(report)
        for label, entry in layout.entries.items():
            if entry.kind in ("一行", "选项") and own.get(label):
                values[label] = own[label]
            elif entry.required:
                values[label] = ""
        root = self._collection(values)
        root.items[0].above = list(self._head(source))
        root.below = ["", APPROVAL] if self._is_planned else []
        return written(root, self._rules.record)

    def _head(self, source: str) -> Iterator[str]:
        before = self._report.year
        yield HEAD.format(source=source, before=before)
        if self._is_planned:
            yield PLANNED
        beside = "" if self._report.is_planned else BESIDE.format(before=before)
        yield f"# {LEFT[self._is_planned]}{beside}。文字里的年份要改。"

    def _rows(self) -> tuple[str, ...]:
        report, is_unsummed = self._report, self._layout.funds.unsummed
        if not is_unsummed:
            return tuple(report.rows or report.funds)
        return (*(() if TOTAL_ROW in report.funds else (TOTAL_ROW,)), *report.funds)

    def _goals(self) -> dict[str, str]:
        columns = self._layout.goals.columns
        known = (name for name in Goals.model_fields if Goals.label(name) in columns)
        return {
            Goals.label(name): self._report.expected if name == "expected" else "" for name in known
        }

    def _indicator(self, indicator: Indicator) -> dict[str, object]:
        found: dict[str, object] = {}
        has_result = not self._is_planned and self._layout.indicators.has_results
        for name in Indicator.model_fields:
            if name == "actual" and has_result:
                found[indicator.label(name)] = ""
            elif name in KEPT:
                found[indicator.label(name)] = indicator.typed(name)
        if indicator.shares:
            left = {} if self._is_planned else {Share.label("actual"): ""}
            found[indicator.label("shares")] = [
                {
                    share.label("name"): share.name,
                    share.label("target"): share.typed("target"),
                    **left,
                }
                for share in indicator.shares
            ]
        own = extras(indicator)
        for label, entry in self._layout.indicators.entries.items():
            value = _result(indicator) if entry.is_result_before else own.get(label)
            if value not in (None, ""):
                found[label] = value
            elif entry.required:
                found[label] = ""
        return found

    def _collection(self, values: Mapping[str, object] | Sequence[object]) -> Collection:
        """Values as the parts of a file; "" is a key with nothing behind it, None is no key."""
        is_mapping = isinstance(values, Mapping)
        found = Collection(is_mapping=is_mapping, is_flow=False, column=0)
        pairs = values.items() if isinstance(values, Mapping) else ((None, one) for one in values)
        for key, value in pairs:
            if value is None:
                continue
            item = Item(
                (0, 0), (), None if key is None else scalar(key), self._part(value, key or "")
            )
            if isinstance(value, Indicator):
                item.above = list(_reached(value))
            found.items.append(item)
        return found

    def _part(self, value: object, key: str) -> Node:
        match value:
            case "":
                return Scalar("", "", [""])
            case Indicator():
                return self._collection(self._indicator(value))
            case Mapping() | list() | tuple():
                return self._collection(value)
        return node(value, key)


def _result(indicator: Indicator) -> str:
    """What was reached, in one line: as 复核 found it, if it found otherwise."""
    found = indicator.recheck.actual if indicator.recheck else None
    return " ".join(joined(found or indicator.actual).split())


def _reached(indicator: Indicator) -> Iterator[str]:
    """What came of it in the year before, in one line."""
    recheck = indicator.recheck
    awarded = recheck.awarded if recheck and recheck.awarded is not None else indicator.awarded
    told = f"，得分 {awarded}" if awarded is not None else ""
    if recheck and (recheck.actual or recheck.awarded is not None):
        told += "（复核）"
    if _result(indicator) or told:
        yield f"# 上次：完成值 {_result(indicator) or '空白'}{told}"
