"""Layouts (版式): how a region's form looks, as data.

A layout is a YAML file under `forms/` here (built in) or under `content/layouts/` (the site's
own). Its settings carry their evidence as comments; one without evidence says 假定 and why.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from pydantic import Field

from builder.diagnostics import Diagnostics, catalogue
from builder.layouts.entry import Entry
from builder.layouts.indicators import COLUMNS, IndicatorsBlock
from builder.layouts.widths import PAGE, needed
from builder.records import Kind, Line, Named, Record, Shelf, Text, YesNo, suggestion
from builder.source import Location, Source

BUILT_IN = Path(__file__).parent / "forms"

HEAD, FUNDS, GOALS, INDICATORS, TOTAL = "表头", "资金", "目标", "指标", "合计"
BLOCKS = (HEAD, FUNDS, GOALS, INDICATORS, TOTAL)
HEAD_LABELS = ("项目名称", "主管部门", "实施单位", "项目编码", "年度", "预算执行说明", "总分")
FundColumn = Literal["年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分", "原因"]
GOAL_COLUMNS = ("预期目标", "实际完成情况")


class FundsBlock(Record):
    """资金: its rows below the total and its columns, each with the word that is printed."""

    heading: Line = Field(alias="名称")
    rows: dict[str, Line] = Field(alias="行")
    open_rows: YesNo = Field(False, alias="可增行")
    total_last: YesNo = Field(False, alias="总额在末行")
    columns: dict[FundColumn, Line] = Field(alias="列")
    optional: tuple[FundColumn, ...] = Field((), alias="可空列")
    percent_sign: YesNo = Field(False, alias="执行率带百分号")


class GoalsBlock(Record):
    """目标: what was meant beside what came of it, and texts of the form's own (栏目)."""

    heading: Line = Field(alias="名称")
    columns: dict[Line, Line] = Field(alias="列")


class Layout(Named):
    """One 版式; see the comments in forms/上海市级.yaml for each setting."""

    summary: Text = Field(alias="说明")
    form_title: Line = Field(alias="表名")
    money_unit: Literal["万元", "元"] = Field(alias="资金单位")
    blocks: tuple[Line, ...] = Field(alias="区块")
    head: tuple[tuple[Line, ...], ...] = Field(alias="表头")
    funds: FundsBlock = Field(alias="资金")
    goals: GoalsBlock = Field(alias="目标")
    indicators: IndicatorsBlock = Field(alias="指标")
    entries: dict[Line, Entry] = Field({}, alias="栏目")
    closing: tuple[Literal["总分", "评分等级"], ...] = Field(alias="合计")
    words: dict[Line, Line] = Field({}, alias="字样")
    notes: tuple[Text, ...] = Field((), alias="表注")

    def word(self, label: str) -> str:
        """What the form prints for a label."""
        return self.words.get(label, label)

    def has(self, block: str) -> bool:
        """Whether the form has that block."""
        return block in self.blocks


def _is_sound(layout: Layout, text: Source, diagnostics: Diagnostics) -> bool:
    """Whether every name in it is the name of something; others are reported."""
    is_sound = True
    for location, name, known in _names(layout):
        if name not in known:
            at = text.spans.value(location)
            hint = suggestion(name, known) or f"可以写：{'、'.join(known)}"
            diagnostics.report(catalogue.UNKNOWN_PART, at, name=name, hint=hint)
            is_sound = False
    for location, problem in layout.indicators.flaws() if is_sound else ():
        at = text.spans.value((INDICATORS, *location))
        diagnostics.report(catalogue.LEVELS_DO_NOT_FIT, at, problem=problem)
        is_sound = False
    if is_sound and (width := needed(layout.indicators)) > PAGE:
        at = text.spans.value((INDICATORS, "列"))
        diagnostics.report(catalogue.COLUMNS_TOO_WIDE, at, width=f"{width:g}", page=f"{PAGE:g}")
    return is_sound


def _names(layout: Layout) -> Iterator[tuple[Location, str, tuple[str, ...]]]:
    """Every name of a block, field or column that the layout uses, and what it may be."""
    texts = tuple(name for name, entry in layout.entries.items() if entry.kind == "文字")
    for position, block in enumerate(layout.blocks):
        yield ("区块", position), block, (*BLOCKS, *texts)
    for number, row in enumerate(layout.head):
        for position, label in enumerate(row):
            yield (HEAD, number, position), label, (*HEAD_LABELS, *layout.entries)
    for column in layout.goals.columns:
        yield (GOALS, "列", column), column, (*GOAL_COLUMNS, *texts)
    indicators = layout.indicators
    for column in indicators.columns:
        yield (INDICATORS, "列", column), column, (*COLUMNS, *indicators.entries)
    for column in indicators.widths:
        yield (INDICATORS, "列宽", column), column, tuple(indicators.columns)


LAYOUTS = Kind(Layout, BUILT_IN, "layouts", catalogue.UNKNOWN_LAYOUT, depth=2, is_sound=_is_sound)
Layouts = Shelf[Layout]
