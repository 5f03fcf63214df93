"""Places: what stands in a cell of the form is what its author typed there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from itertools import chain

import pytest
from markupsafe import Markup

from builder.layouts import Layout
from builder.records import BLANK
from builder.text import day, to_html, to_inline
from builder.views import Cell, FormView, form_view
from tests.support.exchange import leaves
from tests.support.forms import filled
from tests.support.seed import without_spaces

# What no form of the builder prints where it is typed.
BESIDE = frozenset({
    "年度", "阶段", "评分规则", "批复", "复核", "佐证材料", "公开", "发布日期", "核对", "内部备注",
})  # fmt: skip
OWN = [name for name in filled() if name.count("/") == 1]


@pytest.mark.parametrize("name", OWN)
def test_what_is_typed_stands_at_its_place(name: str) -> None:
    document = filled()[name]
    at = {cell.place: cell for cell in cells(form_view(document)) if cell.place}
    for place, value in leaves(document.source.value):
        if place in at:
            assert is_said(value, at[place]), (place, value, at[place])
        else:
            beside = {*map(str, place)} & BESIDE
            assert beside or place[-1] not in columns(document.layout), place


@pytest.mark.parametrize("name", filled())
def test_no_two_cells_have_one_place_and_no_value_is_without(name: str) -> None:
    document = filled()[name]
    found = list(cells(form_view(document)))
    places = [cell.place for cell in found if cell.place]
    assert len(places) == len(set(places))
    for cell in found:
        said = {"", document.layout.sign, *map(to_html, document.layout.notes)}
        assert cell.place or cell.scope or cell.text in said, cell


def cells(form: FormView) -> Iterator[Cell]:
    """All cells of a form."""
    for rows in (*(one.rows for one in (*form.opening, *form.closing)), *form.groups()):
        yield from chain(*(row.cells for row in rows))


def columns(layout: Layout) -> frozenset[str]:
    """Every label that a layout has a place for."""
    heads = chain(*layout.head)
    goals = layout.goals.columns if layout.has("目标") else ()
    return frozenset({*heads, *layout.funds.columns, *goals, *layout.indicators.columns})


def is_said(value: str, cell: Cell) -> bool:
    """Whether a cell says what is typed."""
    text = cell.text
    if value == BLANK:
        return text in ("", "-", "—")
    shown = (value, to_html(value), to_inline(value))
    if without_spaces(text) in map(without_spaces, shown):
        return True
    plain = text.striptags() if isinstance(text, Markup) else text.replace("\u200b", "")
    return f"■{value}" in plain or plain.endswith(value) or is_equal(value, plain)


def is_equal(value: str, text: str) -> bool:
    """Whether two texts are one figure or one day."""
    try:
        return Decimal(value) == Decimal(text)
    except InvalidOperation:
        return text == day(date.fromisoformat(value)) if value[:4].isdigit() else False
