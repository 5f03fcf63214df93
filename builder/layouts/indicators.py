"""The block of 指标: its levels, its columns and how wide they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from builder.layouts.entry import Entry
from builder.records import Line, Record, YesNo
from builder.source import Location

LEVELS = ("一级指标", "二级指标")
LEVEL_POINTS = ("一级指标分值", "二级指标分值")
# What is typed as one text, 年度指标值: ≥90(%), stands on some forms in several columns.
FIGURE = "指标数值"
PARTS = ("指标性质", "指标方向", FIGURE, "计量单位")
# Where targets are adjusted during the year a form has both: the one of the beginning, and the
# one that counts (年度指标值).
INITIAL_TARGET, ADJUSTED_TARGET = "年初指标值", "调整指标值"
TARGETS = ("年度指标值", FIGURE, INITIAL_TARGET, ADJUSTED_TARGET)
RESULT, QUOTIENT = "实际完成值", "得分系数"
# What 复核 found, beside the author's own result and 得分; 偏差 is how far the two 得分 are apart.
RECHECKED = ("复核完成值", "复核得分", "复核偏差", "复核备注")
COLUMNS = (
    LEVELS[0], LEVEL_POINTS[0], LEVELS[1], LEVEL_POINTS[1], "三级指标", "年度指标值", *PARTS,
    INITIAL_TARGET, ADJUSTED_TARGET, RESULT, "分值", "得分", QUOTIENT, "偏差原因分析及改进措施",
    *RECHECKED,
)  # fmt: skip
# Columns that follow from what is typed, unless a layout has them typed (栏目).
COMPUTED = frozenset((*PARTS, INITIAL_TARGET, ADJUSTED_TARGET, QUOTIENT))
_WORDS = {"是": LEVELS[:1], "否": ()}


def _levels(value: object) -> object:
    return _WORDS.get(value, value) if isinstance(value, str) else value


class IndicatorsBlock(Record):
    """指标: the columns as printed, the levels that an indicator may stand under, and fields of
    an indicator beyond those of every form."""

    columns: dict[Line, Line] = Field(alias="列")
    groups: dict[str, tuple[Line, ...]] = Field(alias="类别")
    with_points: Annotated[
        tuple[Literal["一级指标", "二级指标"], ...], BeforeValidator(_levels)
    ] = Field((), alias="类别带分值")
    open_groups: YesNo = Field(False, alias="可增类别")
    widths: dict[Line, Literal["窄", "中", "宽"]] = Field({}, alias="列宽")
    declared: dict[Line, Entry] = Field({}, alias="栏目")

    @property
    def entries(self) -> Mapping[str, Entry]:
        """The fields of an indicator that have a column; an inherited one may have none."""
        return {name: entry for name, entry in self.declared.items() if name in self.columns}

    @property
    def levels(self) -> tuple[str, ...]:
        """The levels above an indicator that the form has: none, 一级指标, or both."""
        return tuple(level for level in LEVELS if level in self.columns)

    @property
    def has_targets(self) -> bool:
        """Whether it says what is to be reached; a rubric has no more than points."""
        return not self.columns.keys().isdisjoint(TARGETS)

    @property
    def has_results(self) -> bool:
        """Whether it says what was reached."""
        return RESULT in self.columns

    def flaws(self) -> Iterator[tuple[Location, str]]:
        """Where its levels do not fit together, and what is wrong there."""
        named = tuple(self.columns)
        known = [column for column in COLUMNS[:4] if column in named]
        levels = self.levels
        if levels == LEVELS[1:]:
            yield ("列", LEVELS[1]), "有二级指标而没有一级指标"
            return
        if list(named[: len(known)]) != known:
            yield ("列",), f"{'、'.join(known)}应依次排在最前面"
        for level, points in zip(LEVELS, LEVEL_POINTS, strict=True):
            if points in named and level not in named:
                yield ("列", points), f"有{points}而没有{level}"
        for position, level in enumerate(self.with_points):
            if level not in named:
                place = ("类别带分值", position) if len(self.with_points) > 1 else ("类别带分值",)
                yield place, f"列里没有{level}"
        if self.groups and not levels:
            yield ("类别",), "列里没有一级指标，类别应写成 {}"
        for group, kinds in self.groups.items():
            if kinds and len(levels) == 1:
                yield ("类别", group), f"列里没有二级指标，应写成“{group}: []”"
