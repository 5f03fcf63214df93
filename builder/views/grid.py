"""The grid of the form: the columns of the indicators, 三级指标 divided for the other blocks."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from builder.layouts import (
    FIGURE,
    LEVEL_POINTS,
    LEVELS,
    RECHECKED,
    IndicatorsBlock,
    stretched,
)

NAME, REASON = "三级指标", "偏差原因分析及改进措施"

# Class names of the grid columns, and how wide they are relative to one another. A theme sets
# the true widths; these only decide under which columns the funding block lies.
COLUMNS = {
    LEVELS[0]: ("level1", 8), LEVELS[1]: ("level2", 12), NAME: ("name", 20),
    "年度指标值": ("target", 11), "实际完成值": ("actual", 11), "分值": ("weight", 7),
    "得分": ("score", 7), REASON: ("reason", 23), **dict.fromkeys(LEVEL_POINTS, ("weight", 7)),
    RECHECKED[0]: ("actual", 11), **dict.fromkeys(RECHECKED[1:3], ("score", 7)),
    RECHECKED[3]: ("part broad", 11),
}  # fmt: skip
OTHER = ("part", 5)
CHOSEN = {"窄": OTHER, "中": ("part wide", 8), "宽": ("part broad", 11)}
# On a form without reasons some columns share what is left.
FREE, WHOLE = "free", 99
PARTS_OF_NAME = 5  # columns of a name where a missing level leaves room


class Grid:
    """The columns that all rows of a form stand on: the key of each, its class and its width."""

    def __init__(self, headings: Mapping[str, str], block: IndicatorsBlock, edges: int) -> None:
        """`headings` are the columns of the indicators, `edges` what the funding block needs."""
        self._block, self._wants_width = block, REASON in headings
        self._free = frozenset() if self._wants_width else stretched(block)
        missing = len(LEVELS) - len(block.levels)
        # Where a level is missing a row of funds needs a name of several narrow columns.
        self._is_parted = self._wants_width and missing > 0
        least = PARTS_OF_NAME - 1 + missing if self._is_parted else 2
        parts = max(least, edges - (len(headings) - 1))
        self.keys = tuple(key for key in headings for _ in range(parts if key == NAME else 1))
        self.widths = [
            Decimal(self._column(key)[1]) / (parts if key == NAME else 1) for key in self.keys
        ]
        if self._wants_width:  # what others take is taken from the last column
            others = sum(key not in COLUMNS for key in self.keys)
            self.widths[self.keys.index(REASON)] -= min(others, 3) * OTHER[1]
        elif free := [at for at, key in enumerate(self.keys) if key in self._free]:
            left = WHOLE - sum(self.widths) + sum(self.widths[at] for at in free)
            for at in free:
                self.widths[at] = Decimal(left) / len(free)

    @property
    def label(self) -> int:
        """How many columns a label in front of a row takes."""
        return max(1, sum(key in LEVELS for key in self.keys))

    @property
    def classes(self) -> tuple[str, ...]:
        """The classes of its columns."""
        names = [FREE if key in self._free else self._column(key)[0] for key in self.keys]
        if self._is_parted:
            at, count = self.keys.index(NAME), self.keys.count(NAME)
            names[at : at + count] = [OTHER[0]] * count
            if not at:  # what stands beside a block is as wide as a level
                names[0] = COLUMNS[LEVELS[0]][0]
        return tuple(names)

    def _column(self, key: str) -> tuple[str, int]:
        """Class and width of a column of the form."""
        if width := self._block.widths.get(key):
            return CHOSEN[width]
        if key in LEVEL_POINTS and self._wants_width:
            return OTHER
        if key in COLUMNS:
            return COLUMNS[key]
        entry = self._block.entries.get(key)
        if key == FIGURE:
            return "part wide", OTHER[1]
        return "part broad" if entry and entry.kind == "文字" else OTHER[0], OTHER[1]
