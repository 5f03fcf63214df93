"""What is on a form, in words, for whoever looks for theirs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import starmap

from builder.layouts.entry import TABLE, Entry
from builder.layouts.funds import FundRow
from builder.layouts.layout import GOALS, Layout


def account(layout: Layout, profiles: Iterable[str]) -> str:
    """A layout in lines of text; `profiles` are the scoring profiles that name it."""
    return "\n".join(_lines(layout, profiles))


def _lines(layout: Layout, profiles: Iterable[str]) -> Iterator[str]:
    yield f"{layout.name}：《{layout.form_title}》"
    yield layout.summary
    yield ""
    yield f"区块　　{'、'.join(layout.blocks)}"
    yield f"表头　　{'；'.join('、'.join(map(layout.word, row)) for row in layout.head)}"
    funds = layout.funds
    more = "，可另加行" if funds.open_rows else ""
    more += "，只是总额的一部分" if funds.is_partial else ""
    rows = "、".join(starmap(_row, funds.rows.items())) or "只有年度资金总额"
    yield f"资金　　以{layout.money_unit}计；行：{rows}{more}"
    yield f"　　　　列：{'、'.join(funds.columns.values())}"
    if funds.entries:
        yield f"　　　　另填：{'、'.join(_entries(funds.entries))}"
    for column, formula in funds.computed.items():
        yield f"　　　　算得：{funds.columns.get(column, column)} = {formula}"
    if funds.scored_rows:
        yield f"　　　　总额之外也印分值和得分：{'、'.join(funds.scored_rows)}"
    if layout.has(GOALS):
        yield f"目标　　{'、'.join(layout.goals.columns.values())}"
    block = layout.indicators
    yield f"指标　　列：{'、'.join(block.columns.values())}"
    levels = (*block.levels, "三级指标")
    rubric = "" if block.has_targets else "；量表，得分按评分标准评定"
    yield f"　　　　层次：{' → '.join(levels)}{rubric}"
    if block.with_points:
        yield f"　　　　带分值：{'、'.join(block.with_points)}"
    for group, kinds in block.groups.items():
        yield f"　　　　{group}{'：' if kinds else ''}{'、'.join(kinds)}"
    if block.widths:
        yield f"　　　　列宽：{'、'.join(f'{key} {width}' for key, width in block.widths.items())}"
    own = [*_entries(layout.entries), *_entries(layout.indicators.entries)]
    if own:
        yield f"栏目　　{'、'.join(own)}"
    if layout.is_wide:
        yield "合表　　一个单位各项目的目标，另合成一张表"
    yield f"评分规则　{'、'.join(profiles) or '没有用它的'}"


def _row(name: str, row: FundRow) -> str:
    told = [
        *([f"{row.part_of}的其中一行"] if row.part_of else []),
        *([row.way] if row.way else []),
        *([f"只有{'、'.join(row.columns)}"] if row.columns else []),
    ]
    return f"{name}（{'，'.join(told)}）" if told else name


def _entries(entries: Mapping[str, Entry]) -> Iterator[str]:
    for label, entry in entries.items():
        choices = f"：{'、'.join(entry.choices)}" if entry.choices else ""
        yield f"{label}（{entry.kind}{choices}{_table(entry)}{'，必填' if entry.required else ''}）"


def _table(entry: Entry) -> str:
    if entry.kind != TABLE:
        return ""
    rows = "；".join(
        f"{group}：{'、'.join(rows)}" if group else "、".join(rows)
        for group, rows in entry.rows.items()
    )
    return f"，行为{rows}；列为{'、'.join(entry.columns)}"
