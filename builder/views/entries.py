"""What only a layout has: texts, and tables with rows and columns of their own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from builder.content import addresses
from builder.layouts import NUMBER, TEXT, Entry
from builder.model import Goals, Report, cells, extras
from builder.records import Record
from builder.scoring import Document
from builder.source import Location
from builder.text import to_inline
from builder.views.form import TABLE as SECTION
from builder.views.form import Cell, FormRow, Section, in_words, whole
from builder.views.head import written
from builder.views.widths import fitted

# How wide its columns would like to be, as the columns of the indicators are measured.
GROUP, ROW, LEAST_FIGURE = 10, 16, 8


def table(
    document: Document, name: str, value: Record | None, widths: Sequence[Decimal]
) -> Iterator[Section]:
    """A table of a layout's own on a grid of columns of these `widths`: a section for each group
    of its rows, the first below a heading. A cell that nobody wrote stands blank."""
    layout = document.layout
    entry = layout.entries[name]
    number = list(layout.entries).index(name) + 1
    labels, wide = _labels(entry), _spans(entry, widths)
    front = sum(wide[:labels])
    heads = (
        Cell(in_words(layout.word(column)), "label", "col", span)
        for column, span in zip(entry.columns, wide[labels:], strict=True)
    )
    corner = Cell(in_words(layout.word(name)), "label", "col", front)
    heading: FormRow | None = FormRow((corner, *heads), "heading named")
    typed = {(row, column): text for row, column, text in cells(value)} if value else {}
    position = 0
    for title, rows in entry.rows.items():
        group = "" if rows == (title,) else title  # a row that is its own group is one cell
        found: list[FormRow] = []
        for row in rows:
            position += 1
            label = in_words(layout.word(row))
            own = [Cell(label, "text", "row", wide[1] if group else front, place=(name, row))]
            if group and not found:
                merged = _in_two(layout.word(group))
                own.insert(0, Cell(merged, "label narrow", "row", wide[0], len(rows)))
            values = (typed.get((row, column)) for column in entry.columns)
            own += _cells(document, entry, values, wide[labels:], (name, row))
            found.append(FormRow(tuple(own), "entry", addresses.table_row(number, position)))
        if found:
            yield Section(SECTION, tuple(found), heading)
            heading = None


def goal_place(label: str) -> Location:
    """Where in the file a text among the goals stands."""
    of_goals = {Goals.label(name) for name in Goals.model_fields}
    return (Report.label("goals"), label) if label in of_goals else (label,)


def goal_texts(report: Report) -> Mapping[str, str]:
    """The texts that may stand among the goals, those of a layout's own with them, by label."""
    own = {label: written(value) for label, value in extras(report).items()}
    return {**own, "预期目标": report.expected, "实际完成情况": report.achieved}


def _cells(
    document: Document, entry: Entry, values: Iterable[Any], wide: Sequence[int], row: Location
) -> Iterator[Cell]:
    kind = "number" if entry.cell == NUMBER else "text"
    for column, value, span in zip(entry.columns, values, wide, strict=True):
        text = to_inline(value or "") if entry.cell == TEXT else written(value)
        yield Cell(text, kind, "", span, label=document.layout.word(column), place=(*row, column))


def _in_two(label: str) -> str:
    """A label for a column of four characters: 分配科学性 has its last three on the second line."""
    if not 4 < len(label) < 8:
        return in_words(label)
    return whole(label[:-3]) + whole(label[-3:])


def _labels(entry: Entry) -> int:
    """How many columns stand in front of the cells: one for rows, another for their groups."""
    return 2 if any(entry.rows) else 1


def _spans(entry: Entry, widths: Sequence[Decimal]) -> tuple[int, ...]:
    """What the labels and each column take of the grid: labels what they need, columns as much
    as one another."""
    labels = [GROUP, ROW][-_labels(entry) :]
    share = (sum(widths, Decimal(0)) - sum(labels)) / len(entry.columns)
    least = LEAST_FIGURE if entry.cell == NUMBER else 0
    count = len(entry.columns)
    wanted = (*map(Decimal, labels), *[share] * count)
    return fitted(wanted, (*[0] * len(labels), *[least] * count), tuple(widths))
