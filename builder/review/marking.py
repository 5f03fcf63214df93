"""Old and new in one: texts and the official form with what is gone and what is new marked."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from markupsafe import Markup

from builder.content import in_order, pair_indicators
from builder.scoring import Document
from builder.text import Run, runs, visible
from builder.views import Cell, FormRow, FormView, IndicatorRow, Section, form_view, goal_texts

_TAG = re.compile("<[^<>]*>")
# The words are for those who do not see the marks.
_MARKS = {
    "kept": Markup("{}"),
    "gone": Markup(
        '<del><span class="hidden">【删去：</span>{}<span class="hidden">】</span></del>'
    ),
    "new": Markup(
        '<ins><span class="hidden">【加上：</span>{}<span class="hidden">】</span></ins>'
    ),
    "instead": Markup(
        '<ins class="instead"><span class="hidden">【改为：</span>{}'
        '<span class="hidden">】</span></ins>'
    ),
}


def marked(old: str | None, new: str | None) -> Markup:
    """A text with what is gone in `del` and what is new in `ins`; None: there is no such text."""
    return told(runs(old or "", new or ""))


def told(found: Iterable[Run]) -> Markup:
    """Runs as HTML, in one line; what stands in the place of something gone says so."""
    html, before = Markup(), ""
    for run in found:
        kind = "instead" if (before, run.kind) == ("gone", "new") else run.kind
        html += _MARKS[kind].format(visible(run.text))
        before = run.kind
    return html


def marked_form(old: Document, new: Document) -> FormView:
    """The official form as it will be, cell by cell with what it was."""
    before = form_view(old)
    after = form_view(new)
    if old.layout != new.layout or before.columns != after.columns:
        return after  # another layout, another form: its cells have no counterparts
    return replace(
        after,
        opening=tuple(_sections(old, new, before.opening, after.opening)),
        closing=tuple(_sections(old, new, before.closing, after.closing)),
        indicators=tuple(_indicators(old, new, before, after)),
    )


def _sections(
    old: Document, new: Document, before: Sequence[Section], after: Sequence[Section]
) -> Iterator[Section]:
    for one, other in zip(before, after, strict=True):
        match other.kind:
            case "funding":
                rows = _funding(one.rows, other.rows)
            case "goals":
                rows = tuple(_goals(old, new, other.rows))
            case _:
                rows = _rows(one.rows, other.rows)
        yield replace(other, rows=rows)


def _rows(old: Sequence[FormRow], new: Sequence[FormRow]) -> tuple[FormRow, ...]:
    """Rows cell by cell, where both sides have the same ones."""
    if [len(row.cells) for row in old] != [len(row.cells) for row in new]:
        return tuple(new)
    return tuple(_row(before, after) for before, after in zip(old, new, strict=True))


def _row(old: FormRow, new: FormRow) -> FormRow:
    cells = zip(old.cells, new.cells, strict=True)
    return replace(new, cells=tuple(_cell(before.text, after) for before, after in cells))


def _cell(old: str, new: Cell) -> Cell:
    if old == new.text:
        return new
    return replace(new, text=marked(_plain(old), _plain(new.text)))


def _plain(text: str) -> str:
    """A text without its tags; each line and paragraph of it is a line."""
    if not isinstance(text, Markup):
        return text
    lines = re.split(r"<br>\n?|</(?:p|li)>", text)
    bare = (html.unescape(_TAG.sub("", line)).strip() for line in lines)
    return "\n".join(filter(None, bare))


def _whole(row: FormRow, kind: str) -> FormRow:
    """A row that only one side has."""
    cells = (
        replace(cell, text=_MARKS[kind].format(visible(_plain(cell.text)))) if cell.text else cell
        for cell in row.cells
    )
    return replace(row, cells=tuple(cells))


def _funding(old: Sequence[FormRow], new: Sequence[FormRow]) -> tuple[FormRow, ...]:
    """The heading, then the rows by their labels; the unit's cell spans them all."""
    olds, news = ({row.cells[0].text: row for row in rows[1:]} for rows in (old, new))
    rows = []
    for label in in_order(list(olds), list(news)):
        before, after = olds.get(label), news.get(label)
        if before and after:
            rows.append(_row(before, after))
        elif before or after:
            rows.append(_whole(after, "new") if after else _whole(before or old[0], "gone"))
    heading = _row(old[0], new[0])
    unit = replace(heading.cells[0], rows=len(rows) + 1)
    return replace(heading, cells=(unit, *heading.cells[1:])), *rows


def _goals(old: Document, new: Document, rows: Sequence[FormRow]) -> Iterator[FormRow]:
    """年度总体目标 by the texts themselves: their HTML has no counterparts."""
    olds, news = (goal_texts(document.report) for document in (old, new))
    for row in rows:
        labels, cells = iter(new.layout.goals.columns), list(row.cells)
        for position, cell in enumerate(row.cells):
            if cell.scope:  # a heading, or the label of the only text
                continue
            label = next(labels)
            before, after = olds.get(label, ""), news.get(label, "")
            if before != after:
                cells[position] = replace(cell, text=_paragraphs(marked(before, after)))
        yield replace(row, cells=tuple(cells))


def _paragraphs(text: Markup) -> Markup:
    return Markup("<p>{}</p>").format(text.replace("⏎", Markup("<br>")))


def _indicators(
    old: Document, new: Document, before: FormView, after: FormView
) -> list[IndicatorRow]:
    olds, news = (
        dict(zip((path for path, _ in document.report.indicators()), view.indicators, strict=True))
        for document, view in ((old, before), (new, after))
    )
    rows: list[IndicatorRow] = []
    gone: list[IndicatorRow] = []
    for one, other in pair_indicators(old.report, new.report):
        was = olds[one.first, one.second, one.position] if one else None
        now = news[other.first, other.second, other.position] if other else None
        if was and now:
            rows.append(replace(now, row=_row(was.row, now.row)))
        elif now:
            rows.append(replace(now, row=_whole(now.row, "new")))
        elif was:
            gone.append(replace(was, row=_whole(was.row, "gone")))
    return _with_gone(rows, gone)


def _with_gone(rows: Sequence[IndicatorRow], gone: Sequence[IndicatorRow]) -> list[IndicatorRow]:
    """All rows; one that is gone stands behind its own 二级指标, else behind its 一级指标."""
    last = {
        row.levels[:depth]: position
        for position, row in enumerate(rows)
        for depth in range(len(row.levels) + 1)
    }
    behind: dict[int, list[IndicatorRow]] = {}
    for entry in gone:
        homes = (entry.levels[:depth] for depth in range(len(entry.levels), -1, -1))
        home = next((last[levels] for levels in homes if levels in last), -1)
        behind.setdefault(home, []).append(entry)
    found = behind.get(-1, [])
    for position, row in enumerate(rows):
        found += [row, *behind.get(position, ())]
    return found
