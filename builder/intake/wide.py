"""Tables with a row for each indicator of many projects, as forms of one project each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from builder.intake.aligning import Column, nearest
from builder.intake.forms import Form, Line, Marks
from builder.office import Cell


def parted(form: Form, marks: Marks) -> Iterator[Form]:
    """The forms of the projects in a table of many, in order; any other form as it is.

    What stands to the left of the levels is about the project: it becomes labels with a value
    beside them, as on a form of one project. Rows below the table go to the last one.
    """
    at = next((n for n, line in enumerate(form.lines) if marks.is_wide_heading(line)), None)
    if at is None:
        yield form
        return
    heading = form.lines[at]
    split = next((n for n, cell in enumerate(heading.filled) if marks.is_level(cell)), 0)
    about, rest = heading.filled[:split], heading.filled[split:]
    columns = [Column.over(cell) for cell in heading.filled]
    name = next((n for n, cell in enumerate(about) if marks.names_project(cell)), None)
    if name is None:  # it stands behind the indicators
        yield form
        return
    found: list[Form] = []
    for line in form.lines[at + 1 :]:
        places = [(nearest(cell, columns), cell) for cell in line.filled]
        own = {place: cell for place, cell in places if place is not None and place < split}
        is_new = name in own and (not found or own[name].text != _name(found[-1]))
        if is_new:
            opening = [*form.opening, *form.lines[:at]]
            lines = [_pair(about[place], cell, line) for place, cell in sorted(own.items())]
            lines.insert(0, lines.pop([*sorted(own)].index(name)))
            found.append(
                Form(
                    opening,
                    [*lines, replace(heading, cells=rest)],
                    is_page=form.is_page,
                    is_below_another=bool(found),
                )
            )
        if not found:
            found.append(Form([*form.opening], [replace(heading, cells=rest)]))
        kept = [c for c in line.cells if not c.text or c not in own.values()]
        if any(cell.text for cell in kept):
            found[-1].lines.append(replace(line, cells=tuple(kept)))
    if found:
        found[-1].beyond = form.beyond
    yield from found or [form]


def _pair(label: Cell, value: Cell, line: Line) -> Line:
    """A label with its value beside it, in a row of their own."""
    return Line(
        (replace(label, column=0, columns=1), replace(value, column=1, columns=1)), line.is_aligned
    )


def _name(form: Form) -> str:
    return form.lines[0].cells[1].text if form.lines[0].cells[1:] else ""
