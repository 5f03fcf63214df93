"""Lays out the official form, by the scoring profile alone.

The form is one table. Its columns are the indicator columns, with 三级指标 divided so that
the funding block above, which has other columns, finds edges of its own. Nothing here
knows how many funding rows, goal columns or 一级指标 there are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import accumulate

from builder import layouts
from builder.content import addresses
from builder.layouts import INDICATORS, LEVEL_POINTS, LEVELS, QUOTIENT, TABLE
from builder.model import Report, cells, extras
from builder.scoring import Document
from builder.text import to_html
from builder.views.closing import closing
from builder.views.entries import goal_place, goal_texts, table
from builder.views.form import Cell, FormRow, FormView, Section, in_words
from builder.views.funding import fund_columns, funding
from builder.views.grid import NAME, Grid
from builder.views.head import even, head
from builder.views.indicators import (
    ACTUAL,
    COLUMNS,
    PLAIN,
    SCORE,
    TARGET,
    WEIGHT,
    indicator_rows,
)
from builder.views.widths import FUNDING, fine, finer, shared_out

_GOALS = Report.label("goals")
POINTS_COLUMNS = (WEIGHT, SCORE, QUOTIENT, *LEVEL_POINTS, *layouts.RECHECKED[1:3])


def form_view(document: Document) -> FormView:
    """Lay out the official form of one scored report."""
    return _Layout(document).form()


class _Layout:
    """One form on its grid."""

    def __init__(self, document: Document) -> None:
        profile, card, layout = document.profile, document.card, document.layout
        self.report, self.card, self.profile = document.report, card, profile
        self.document, self.layout = document, layout
        scored = profile.is_scored
        self.headings: dict[str, str] = {
            key: label
            for key, label in layout.indicators.columns.items()
            if scored or key not in POINTS_COLUMNS or key in layout.indicators.entries
        }
        self.headings.setdefault(NAME, NAME)
        self.own, columns = layout.entries, fund_columns(document)
        self.extras = extras(document.report)
        self.blocks = tuple(name for name in layout.blocks if not self._is_spare(name))
        is_fine = self._is_crowded(columns)
        # 三级指标 gives as many columns as 资金 needs edges, for its columns and two labels.
        edges = 0 if is_fine else len(columns) + 2
        self.frame = Grid(self.headings, layout.indicators, edges)
        self.grid, self.label = self.frame.keys, self.frame.label
        self.printed = layouts.printed(self.grid, layout.indicators)
        self.units = fine(self.printed) if is_fine else ()
        self.widths = shared_out(self.frame.widths) if is_fine else self.frame.widths

    def _is_spare(self, block: str) -> bool:
        """Whether a block is an annex that nobody filled in."""
        entry, value = self.own.get(block), self.extras.get(block)
        return entry is not None and entry.annex and not (value and any(cells(value)))

    def _is_crowded(self, columns: Mapping[str, str]) -> bool:
        """Whether the columns of the indicators give too few edges for those of other blocks:
        many of 资金, one of reasons among them, or a table. Then all stands on a finer grid."""
        missing = len(LEVELS) - len(self.layout.indicators.levels)
        edges = len(columns) + 2 - (len(self.headings) - 1)
        entries = (self.own[name] for name in self.blocks if name in self.own)
        has_table = any(entry.kind == TABLE for entry in entries)
        return edges > 2 + missing or has_table or layouts.REASON in columns

    def form(self) -> FormView:
        report, layout = self.report, self.layout
        blocks = self.blocks
        middle = blocks.index(INDICATORS) if INDICATORS in blocks else len(blocks)
        opening, closing = (
            tuple(section for name in names for section in self._sections(name))
            for names in (blocks[:middle], blocks[middle + 1 :])
        )
        notes = tuple(self._note(note) for note in layout.notes)
        view = FormView(
            title=layout.form_title,
            year=layout.word(layouts.OF_YEAR).replace("0000", f"{report.year}"),
            summary=f"{report.name}，{report.year}年度{layout.form_title}",
            columns=self.frame.classes,
            opening=opening,
            heading=FormRow(
                tuple(
                    Cell(
                        in_words(label),
                        "label",
                        "col",
                        self.grid.count(key),
                        term=key,
                        column=COLUMNS.get(key, ""),
                    )
                    for key, label in self.headings.items()
                ),
                "heading",
            ),
            indicators=(
                tuple(indicator_rows(self.document, self.headings, self.grid))
                if INDICATORS in blocks
                else ()
            ),
            closing=(*closing, *((Section("notes", notes),) if notes else ())),
            widths=self.printed,
            is_plain=self.headings.keys() <= PLAIN,
        )
        return finer(view, self.units) if self.units else view

    def _sections(self, name: str) -> Iterator[Section]:
        """A block of the form: one section, of a table as many as it has groups of rows."""
        match name:
            case layouts.HEAD:
                rows = head(self.document, self.frame.widths, self.label, self._middle())
                yield Section("head", tuple(rows))
            case layouts.FUNDS:
                lead = self.units[0] if self.units else 1
                yield Section(FUNDING, tuple(funding(self.document, self.widths, lead)))
            case layouts.GOALS:
                yield Section("goals", self._goals())
            case layouts.TOTAL if self.profile.is_scored:
                rows = closing(self.document, self.grid, self.headings, self.label)
                yield Section("closing", tuple(rows))
            case layouts.TOTAL:
                return
            case _ if self.own[name].kind == TABLE:
                yield from table(self.document, name, self.extras.get(name), self.widths)
            case _:
                yield Section("texts", (self._text(name),))

    def _text(self, name: str) -> FormRow:
        """A text with its label beside it, however long."""
        label = Cell(in_words(self.layout.word(name)), "label", "row", self.label)
        text = to_html(self.extras.get(name) or "")
        columns = len(self.grid) - self.label
        return FormRow((label, Cell(text, "prose", columns=columns, place=(name,))))

    def _note(self, note: str) -> FormRow:
        return FormRow((Cell(to_html(note), "prose", columns=len(self.grid)),))

    def _middle(self) -> int:
        """Where what was wanted ends and what came of it begins: after 年度指标值. On a form
        without results, where half of the page is."""
        if ACTUAL not in self.grid:
            passed = accumulate(self.frame.widths)
            half = sum(self.frame.widths) / 2
            return next(at for at, width in enumerate(passed, start=1) if width >= half)
        return self.grid.index(TARGET) + 1 if TARGET in self.grid else len(self.grid) // 2

    def _goals(self) -> tuple[FormRow, ...]:
        goals = goal_texts(self.report)
        columns, heading = self.layout.goals.columns, self.layout.goals.heading
        if [*columns.values()] == [heading]:  # one text, called like its block
            label = Cell(in_words(heading), "label", "row", self.label, term=_GOALS)
            key = next(iter(columns))
            text = Cell(
                to_html(goals.get(key, "")), "prose", "", len(self.grid) - self.label,
                label=heading, place=goal_place(key),
            )  # fmt: skip
            return (FormRow((label, text), "goals", addresses.GOALS),)
        free, left = len(self.grid) - 1, self._middle() - 1
        spans = [left, free - left] if len(columns) == 2 else even(free, len(columns))
        label = Cell(in_words(heading), "label", "row", rows=2, term=_GOALS)
        heads = (
            Cell(text, "label", "col", span)
            for text, span in zip(columns.values(), spans, strict=True)
        )
        texts = (
            Cell(to_html(goals.get(key, "")), "prose", "", span, label=text, place=goal_place(key))
            for (key, text), span in zip(columns.items(), spans, strict=True)
        )
        return FormRow((label, *heads), "heading"), FormRow(tuple(texts), "goals", addresses.GOALS)
