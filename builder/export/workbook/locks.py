"""Which cells of a sheet are filled in, and what may stand in them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from builder.export.workbook.closing import EXECUTION, SCORE, WEIGHT
from builder.export.workbook.figures import Figure
from builder.export.workbook.money import FUNDS
from builder.layouts import CHOICE, LEVEL_POINTS, QUOTIENT, RATE, RECHECKED, Entry
from builder.layouts import NUMBER as NUMERIC
from builder.model import GROUPS
from builder.scoring import Bound, Document, Points, Range
from builder.source import Location
from builder.views import Cell

NAME = "三级指标"
WORKED_OUT = frozenset({RATE, QUOTIENT, RECHECKED[2], *LEVEL_POINTS})
WHOLE = frozenset({"总分", "分值合计", "评分等级", EXECUTION, *RECHECKED})
LONGEST = 255  # characters of all choices together
Check = Mapping[str, Any]


def is_filled_in(cell: Cell, document: Document) -> bool:
    """Whether a cell is the author's, as long as no formula stands in it."""
    place = cell.place
    if not place or place[0] in WHOLE or place[-1] in WORKED_OUT:
        return False
    if cell.scope:
        is_level = place[0] == GROUPS and document.layout.indicators.open_groups
        return place[-1] == NAME or is_level
    if place[0] == FUNDS:
        return len(place) == 3 and place[2] in document.layout.funds.filled_in(str(place[1]))
    return True


def marked(entry: Entry) -> tuple[str, ...]:
    """All there is to choose as the form prints it, one text for each choice."""
    return tuple(
        "　".join(f"{'■' if name == chosen else '□'}{name}" for name in entry.choices)
        for chosen in entry.choices
    )


class Checks:
    """What may stand in the cells of one form."""

    def __init__(
        self,
        document: Document,
        names: Mapping[Location, str],
        figures: Mapping[Location, Figure],
    ) -> None:
        self._document, self._names, self._figures = document, names, figures
        self._entries = document.layout.entries
        block = document.layout.indicators
        self._of_indicators = block.entries
        self._of_funds = document.layout.funds.entries
        self._points = {point.place(): point for point in document.card.points}

    def of(self, place: Location) -> Check | None:
        """The check of a cell at a place, as XlsxWriter takes it; None where anything may stand."""
        if place[0] == FUNDS:
            return self._of_money(str(place[2])) if len(place) == 3 else None
        if place[0] == GROUPS:
            return self._of_indicator(place)
        entry = self._entries.get(str(place[0]))
        if entry is None:
            return None
        if entry.kind == CHOICE:
            return _list(marked(entry))
        is_number = entry.kind == NUMERIC or (len(place) == 3 and entry.cell == NUMERIC)
        return _number(str(place[-1])) if is_number else None

    def _of_money(self, column: str) -> Check | None:
        entry = self._of_funds.get(column)
        if entry and entry.kind != NUMERIC:
            return _list(entry.choices) if entry.kind == CHOICE else None
        unit = self._document.layout.money_unit
        return _number(column, f"填不小于 0 的数，单位：{unit}；没有的空着。")

    def _of_indicator(self, place: Location) -> Check | None:
        key = place[-1]
        entry = self._of_indicators.get(str(key))
        if entry:
            if entry.kind == CHOICE:
                return _list(entry.choices)
            return _number(str(key)) if entry.kind == NUMERIC else None
        if key == WEIGHT:
            return _number(WEIGHT, "分值是 0 到 100 的数，单位：分。", most="100")
        if key == SCORE:
            weight = self._names.get((*place[:-1], WEIGHT)) or self._names.get(
                (*place[:-2], WEIGHT)
            )
            return _number(SCORE, "得分在 0 到这个指标的分值之间，单位：分。", most=f"={weight}")
        if key in ("年度指标值", "实际完成值", "完成值"):
            found = self._figures.get(place)
            around = f"{found.before}…{found.after}" if found else "…"
            if around != "…":
                told = f"填数就行，“{around}”会自己带上；不是数的，照写文字。"
                return {"validate": "any", "input_title": f"{key}"[:32], "input_message": told}
            return self._of_result(place) if key != "年度指标值" else None
        return None

    def _of_result(self, place: Location) -> Check | None:
        """Words for a result that no figure tells; others may be typed as well."""
        words = [word for tier in self._document.profile.tiers for word in tier.words[:1]]
        point = self._point(place)
        is_figure = point is not None and isinstance(point.target, Bound | Range)
        if not words or is_figure or "其中" in place:
            return None
        words_only = _list(words)
        return {**words_only, "show_error": False} if words_only else None

    def _point(self, place: Location) -> Points | None:
        return next(
            (self._points[place[:end]] for end in range(len(place)) if place[:end] in self._points),
            None,
        )


def _list(choices: Collection[str]) -> dict[str, Any] | None:
    """One of some texts; None where they are too long for a sheet, or cannot be told apart."""
    if len(",".join(choices)) > LONGEST or any("," in choice for choice in choices):
        return None
    return {
        "validate": "list", "source": [*choices], "error_title": "从列表中选",
        "error_message": "请从下拉列表中选一项；不填的空着。",
    }  # fmt: skip


def _number(label: str, message: str = "填不小于 0 的数；没有的空着。", most: str = "") -> Check:
    limits = {"criteria": "between", "minimum": 0, "maximum": most} if most else {}
    return {
        "validate": "decimal", "criteria": ">=", "value": 0, "error_title": label[:32],
        "error_message": message, **limits,
    }  # fmt: skip
