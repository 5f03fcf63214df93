"""A target as an author types it, from one column of a form or from several."""

from __future__ import annotations

from collections.abc import Mapping

from builder.intake.figures import is_number, plain
from builder.intake.texts import line as in_one_line
from builder.intake.texts import measure
from builder.layouts import ADJUSTED_TARGET, FIGURE, INITIAL_TARGET
from builder.office import Cell

TARGET = "年度指标值"
_NATURE, _DIRECTION, _UNIT = "指标性质", "指标方向", "计量单位"
_SIGNS = {
    "=": "=", "等于": "=", "≥": "≥", ">=": "≥", "≧": "≥", "大于等于": "≥", "大于或等于": "≥",
    "不低于": "≥", "≤": "≤", "<=": "≤", "≦": "≤", "小于等于": "≤", "小于或等于": "≤", "不高于": "≤",
    ">": ">", "大于": ">", "<": "<", "小于": "<", "==": "=",
}  # fmt: skip


def target_of(texts: Mapping[str, Cell]) -> tuple[str, Cell] | None:
    """The text of 年度指标值 and the cell that it comes from; None where the form has none.

    Sign, figure and unit in columns of their own become `≥90(%)`; of two columns for the
    beginning of the year and what was adjusted, the adjusted one counts.
    """
    if TARGET in texts:
        return measure(texts[TARGET].text), texts[TARGET]
    for label in (ADJUSTED_TARGET, INITIAL_TARGET):
        if label in texts and texts[label].text.strip() not in ("", "/", "—", "-"):
            return _with_unit(texts[label], texts), texts[label]
    if FIGURE not in texts:
        return None
    return _with_unit(texts[FIGURE], texts), texts[FIGURE]


def _with_unit(cell: Cell, texts: Mapping[str, Cell]) -> str:
    figure = measure(cell.text)
    sign = ""
    for label in (_DIRECTION, _NATURE):
        if label in texts and not sign:
            sign = _SIGNS.get(plain(texts[label].text), "")
    unit = in_one_line(texts[_UNIT].text) if _UNIT in texts else ""
    unit = "" if plain(unit) in ("/", "-", "—", "无") else unit
    if not is_number(figure):
        return f"{sign}{figure}"
    if unit and plain(figure).endswith(plain(unit)):
        unit = ""
    return f"{sign}{figure}{f'({unit})' if unit else ''}"
