"""The head of the form: rows of labels, each with its value beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise

from markupsafe import Markup

from builder.model import Report, extras
from builder.scoring import Document
from builder.text import day, figure
from builder.views.form import Cell, FormRow, in_words, whole
from builder.views.page import LABELS

ROOM = 9  # of a column, relatively, in which a label of four characters stands on one line
SHORT = 4  # characters of a label that have room on one line everywhere


def head(
    document: Document, widths: Sequence[Decimal], label: int, middle: int
) -> Iterator[FormRow]:
    """The rows on a grid of columns with these relative `widths`: labels in front take `label` of
    them, and a row of two is divided at `middle`."""
    columns = len(widths)
    half = max(label + 1, min(middle, columns - 2))
    # On a form without results few columns are left behind the middle: the value needs them.
    has_room = widths[half] >= ROOM and not document.layout.indicators.has_results
    second = 1 if has_room else min(2, columns - half - 1)
    usual = {1: (label, columns - label), 2: (label, half - label, second, columns - half - second)}
    for labels in document.layout.head:
        spans = usual.get(len(labels)) or even(columns, 2 * len(labels))
        cells: list[Cell] = []
        for name, own, of_value in zip(labels, spans[::2], spans[1::2], strict=True):
            word = document.layout.word(name)
            heading = word if len(word) <= SHORT else in_words(word)
            cells.append(Cell(heading, "label", "row", own, term=name))
            cells.append(Cell(_value(document, name), columns=of_value, place=(name,)))
        yield FormRow(tuple(cells))


def _value(document: Document, label: str) -> str:
    """What stands beside a label; of a choice all there is to choose, the chosen one marked."""
    entry = document.layout.entries.get(label)
    if label == LABELS.total:
        total, rounding = document.card.total, document.profile.total
        return "" if total is None else figure(total, int(rounding.digits) if rounding else 0)
    if entry is None:
        names = {Report.label(name): name for name in Report.model_fields}
        return written(getattr(document.report, names[label]))
    value = extras(document.report).get(label)
    if entry.kind == "选项":
        marked = "　\n".join(f"{'■' if name == value else '□'}{name}" for name in entry.choices)
        return Markup("").join(map(whole, marked.split("\n")))
    return written(value)


def even(columns: int, count: int) -> Sequence[int]:
    """So many columns cut into `count` spans as alike as can be."""
    cuts = [columns * step // count for step in range(count + 1)]
    return [b - a for a, b in pairwise(cuts)]


def written(value: object) -> str:
    """A field of a layout as its form prints it."""
    match value:
        case None:
            return ""
        case Decimal():
            return f"{value:f}"
        case date():
            return day(value)
    return str(value)
