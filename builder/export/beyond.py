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

TARGET, IN_PARTS = Indicator.label("target"), (FIGURE, ADJUSTED_TARGET)


def beyond(document: Document, view: FormView) -> tuple[tuple[str, str], ...]:
    """The public values of a report that no cell of its form shows, each with the labels that
    lead to it (`佐证材料 › 第1份 › 名称`), in the order of the author's file."""
    found = parse(formatter.published(document.report), "", report_labels(), Diagnostics())
    shown = set(_places(view))
    if f"{document.report.year}" in view.year:
        shown.add((Report.label("year"),))
    left = ((at, text) for at, text in _values(found.value) if at not in shown)
    return tuple((STEP.join(_path(at, document, shown)), text) for at, text in left)


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


def _values(value: Value, at: Location = ()) -> Iterator[tuple[Location, str]]:
    """Every text of a file with its place, in order."""
    match value:
        case str():
            yield at, value
        case dict():
            for label, inner in value.items():
                yield from _values(inner, (*at, label))
        case list():
            for position, inner in enumerate(value):
                yield from _values(inner, (*at, position))


def _path(at: Location, document: Document, shown: Set[Location]) -> Iterator[str]:
    """The labels to a place; what stands in a list by its number from 1, and by its name where
    that stands on the form."""
    for depth, part in enumerate(at, start=1):
        if isinstance(part, str):
            yield part
            continue
        name = (*at[:depth], Indicator.label("name"))
        yield numbered(f"{at[0]}", part, f"{document.typed(*name)}" if name in shown else "")
