"""Layouts (版式): how a region's form looks, as data.

A layout is a YAML file under `forms/` here (built in) or under `content/layouts/` (the site's
own). Its settings carry their evidence as comments; one without evidence says 假定 and why.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Literal

from pydantic import Field

from builder.diagnostics import Diagnostics, catalogue
from builder.layouts.entry import TABLE, TEXT, Entry, faults
from builder.layouts.funds import FundsBlock, unknown_names
from builder.layouts.funds import faults as faults_of_funds
from builder.layouts.indicators import COLUMNS, IndicatorsBlock
from builder.layouts.widths import PAGE, needed
from builder.records import Kind, Line, Named, Record, Shelf, Text, YesNo, suggestion
from builder.source import Location, Source, Value
from builder.text import NOTHING

BUILT_IN = Path(__file__).parent / "forms"

HEAD, FUNDS, GOALS, INDICATORS, TOTAL = "表头", "资金", "目标", "指标", "合计"
BLOCKS = (HEAD, FUNDS, GOALS, INDICATORS, TOTAL)
HEAD_LABELS = ("项目名称", "主管部门", "实施单位", "项目编码", "年度", "预算执行说明", "总分")
NOT_APPLICABLE = "不适用"
# Words that are printed of themselves, as 字样 calls them; 0000 stands for the year.
PART_OF, OF_YEAR = "其中：", "（0000年度）"

GOAL_COLUMNS = ("预期目标", "实际完成情况")


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
    declared: dict[Line, Entry] = Field({}, alias="栏目")
    closing: tuple[Literal["预算执行", "总分", "评分等级"], ...] = Field(alias="合计")
    words: dict[Line, Line] = Field({}, alias="字样")
    notes: tuple[Text, ...] = Field((), alias="表注")
    is_wide: YesNo = Field(False, alias="合表")

    @property
    def entries(self) -> Mapping[str, Entry]:
        """The fields that stand on the form: blocks, in its head, or among the goals. What a
        layout inherits and has no place for is no field of it: nobody would see what is typed."""
        placed = {*self.blocks, *chain(*self.head), *self.goals.columns}
        return {name: entry for name, entry in self.declared.items() if name in placed}

    def word(self, label: str) -> str:
        """What the form prints for a label."""
        return self.words.get(label, label)

    @property
    def sign(self) -> str:
        """What the form prints in a cell of the funding block where nothing can stand."""
        return self.words.get(NOT_APPLICABLE, NOTHING)

    @property
    def in_unit(self) -> str:
        """The money unit as it stands behind 项目资金, unless 字样 has another way."""
        return f"({self.money_unit})"

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
    for location, rule, name, told in faults_of_funds(layout.funds):
        at = text.spans.value((FUNDS, *location))
        diagnostics.report(rule, at, name=name, told=told)
        is_sound = False
    for location, fault in _faults(layout):
        at = text.spans.key(location)
        diagnostics.report(catalogue.UNFIT_ENTRY, at, name=location[-1], fault=fault)
        is_sound = False
    for location, problem in layout.indicators.flaws() if is_sound else ():
        at = text.spans.value((INDICATORS, *location))
        diagnostics.report(catalogue.LEVELS_DO_NOT_FIT, at, problem=problem)
        is_sound = False
    if is_sound and (width := needed(layout.indicators)) > PAGE:
        at = text.spans.value((INDICATORS, "列"))
        diagnostics.report(catalogue.COLUMNS_TOO_WIDE, at, width=f"{width:g}", page=f"{PAGE:g}")
    return is_sound and _is_all_placed(layout, text, diagnostics)


def _is_all_placed(layout: Layout, text: Source, diagnostics: Diagnostics) -> bool:
    """Whether every field that the file itself declares stands somewhere; others are reported."""
    is_sound = True
    for at, entries in (((), layout.entries), ((INDICATORS,), layout.indicators.entries)):
        value: Value = text.value
        for part in (*at, "栏目"):
            value = value.get(part) if isinstance(value, dict) else None
        for name in value if isinstance(value, dict) else ():
            if name.strip() not in entries:
                where = "写进“指标”的“列”" if at else "写进“区块”（文字、表）、“表头”或“目标”的“列”"
                span = text.spans.key((*at, "栏目", name))
                diagnostics.report(catalogue.ENTRY_NOWHERE, span, name=name, where=where)
                is_sound = False
    return is_sound


def _faults(layout: Layout) -> Iterator[tuple[Location, str]]:
    """What is wrong with the fields that the layout has of its own, and where."""
    own, of_indicators = layout.declared, layout.indicators.declared
    for name, fault in faults(own, tables=True):
        yield ("栏目", name), fault
    for name, fault in faults(of_indicators, tables=False):
        yield (INDICATORS, "栏目", name), fault
    for name, fault in faults(layout.funds.entries, tables=False):
        yield (FUNDS, "栏目", name), fault


def _names(layout: Layout) -> Iterator[tuple[Location, str, tuple[str, ...]]]:
    """Every name of a block, field or column that the layout uses, and what it may be."""
    kinds = {name: entry.kind for name, entry in layout.declared.items()}
    large = tuple(name for name, kind in kinds.items() if kind in (TEXT, TABLE))
    small = tuple(name for name, kind in kinds.items() if kind != TABLE)
    for position, block in enumerate(layout.blocks):
        yield ("区块", position), block, (*BLOCKS, *large)
    for number, row in enumerate(layout.head):
        for position, label in enumerate(row):
            yield (HEAD, number, position), label, (*HEAD_LABELS, *small)
    for column in layout.goals.columns:
        yield (GOALS, "列", column), column, (*GOAL_COLUMNS, *small)
    for location, name, known in unknown_names(layout.funds):
        yield (FUNDS, *location), name, known
    indicators = layout.indicators
    for column in indicators.columns:
        yield (INDICATORS, "列", column), column, (*COLUMNS, *indicators.declared)
    for column in indicators.widths:
        yield (INDICATORS, "列宽", column), column, tuple(indicators.columns)
    printed = tuple(_printed(layout))
    for name in layout.words:
        yield ("字样", name), name, printed


def _printed(layout: Layout) -> Iterator[str]:
    """The labels whose words a layout may change."""
    yield from (*HEAD_LABELS, "年度资金总额", "评分等级", PART_OF, OF_YEAR, NOT_APPLICABLE)
    yield layout.in_unit
    yield from filter(None, (row.way for row in layout.funds.rows.values()))
    for name, entry in layout.declared.items():
        yield from (name, *filter(None, entry.rows), *entry.row_names, *entry.columns)


LAYOUTS = Kind(Layout, BUILT_IN, "layouts", catalogue.UNKNOWN_LAYOUT, depth=2, is_sound=_is_sound)
Layouts = Shelf[Layout]
