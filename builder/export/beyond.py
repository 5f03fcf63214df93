"""What a form has no place for: the rest of the public report, as labels and texts.

A form is filled in again from an exported file only if nothing of its report is missing there:
评分规则, 阶段, 佐证材料, an amount that the form has no column for. 内部备注, 公开 and internal
佐证材料 are not for the public, and 核对 repeats figures of paper that stand on the form.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from itertools import chain

from builder import formatter
from builder.content import report_labels
from builder.diagnostics import Diagnostics
from builder.layouts import ADJUSTED_TARGET, FIGURE
from builder.model import STEP, Indicator, Report, numbered
from builder.scoring import Document
from builder.source import Location, Value, parse
from builder.views import FormView

NAME, TARGET = Indicator.label("name"), Indicator.label("target")
IN_PARTS = (FIGURE, ADJUSTED_TARGET)


def beyond(document: Document, view: FormView) -> tuple[tuple[str, str], ...]:
    """The public values of a report that no cell of its form shows, each with the labels that
    lead to it (`佐证材料 › 第1份 › 名称`), in the order of the author's file."""
    text = formatter.published(document.report)
    value = parse(text, document.source.file, report_labels(), Diagnostics()).value
    shown = set(_places(view))
    if f"{document.report.year}" in view.year:
        shown.add((Report.label("year"),))
    left = (one for one in _values(value, shown) if one[0] not in shown)
    return tuple((STEP.join(words), text) for _, words, text in left)


def _places(view: FormView) -> Iterator[Location]:
    """Where in the author's file the cells of a form have what they show."""
    sections = (*view.opening, *view.closing)
    rows = (*(section.rows for section in sections), *view.groups())
    for cell in chain.from_iterable(row.cells for row in chain.from_iterable(rows)):
        if cell.place:
            yield cell.place
            # A target that stands in several columns is shown as a whole.
            if cell.place[-1] in IN_PARTS:
                yield (*cell.place[:-1], TARGET)


def _values(
    value: Value, shown: Set[Location], at: Location = (), words: tuple[str, ...] = ()
) -> Iterator[tuple[Location, tuple[str, ...], str]]:
    """Every text of a file with its place and the labels that lead there, in order; what stands
    in a list by its number, and by its name where that is `shown`."""
    match value:
        case str():
            yield at, words, value
        case dict():
            for label, inner in value.items():
                yield from _values(inner, shown, (*at, label), (*words, label))
        case list():
            for position, inner in enumerate(value):
                here = (*at, position)
                known = inner if isinstance(inner, dict) and (*here, NAME) in shown else {}
                number = numbered(f"{at[0]}", position, f"{known.get(NAME, '')}")
                yield from _values(inner, shown, here, (*words, number))
