"""Lays out the official form, by the scoring profile alone.

The form is one table. Its columns are the indicator columns, with 三级指标 divided so that
the funding block above, which has other columns, finds edges of its own. Nothing here
knows how many funding rows, goal columns or 一级指标 there are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from itertools import accumulate

from builder import layouts
from builder.content import addresses
from builder.layouts import INDICATORS, LEVEL_POINTS, LEVELS, QUOTIENT, TABLE
from builder.model import Share, cells, extras
from builder.scoring import HUNDRED, Document, Points, gap, plain, split_target
from builder.text import NOTHING, figure, signed, to_html, to_inline
from builder.views.closing import closing
from builder.views.entries import goal_texts, table
from builder.views.form import (
    Cell,
    FormRow,
    FormView,
    IndicatorRow,
    Section,
    before_unit,
    in_words,
)
from builder.views.funding import fund_columns, funding
from builder.views.grid import NAME, REASON, Grid
from builder.views.head import even, head, written
from builder.views.levels import Levels
from builder.views.widths import FUNDING, fine, finer, shared_out

WEIGHT, SCORE = "分值", "得分"
TARGET, ACTUAL = "年度指标值", "实际完成值"
POINTS_COLUMNS = (WEIGHT, SCORE, QUOTIENT, *LEVEL_POINTS, *layouts.RECHECKED[1:3])
IN_FRONT = (*LEVELS, *LEVEL_POINTS)
COMPUTED = {layouts.INITIAL_TARGET, layouts.ADJUSTED_TARGET, QUOTIENT}
CENT = Decimal("0.01")

KINDS = {
    WEIGHT: "number points", SCORE: "number points", REASON: "text",
    layouts.INITIAL_TARGET: "figure",
    **dict.fromkeys(layouts.RECHECKED[1:3], "number points"), layouts.RECHECKED[3]: "text",
}  # fmt: skip
OWN_KINDS = {"文字": "text", "一行": "text", "数字": "number"}


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
        self.units = fine(layouts.printed(self.grid, layout.indicators)) if is_fine else ()
        self.widths = shared_out(self.frame.widths) if is_fine else self.frame.widths
        self.grid_has_parts = not {*layouts.PARTS}.isdisjoint(self.headings)
        self.grid_has_computed = not COMPUTED.isdisjoint(self.headings)
        self.found = document.recheck.points if document.recheck else ()

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
                    Cell(in_words(label), "label", "col", self.grid.count(key))
                    for key, label in self.headings.items()
                ),
                "heading",
            ),
            indicators=tuple(self._indicators()) if INDICATORS in blocks else (),
            closing=(*closing, *((Section("notes", notes),) if notes else ())),
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
        return FormRow((label, Cell(text, "prose", columns=len(self.grid) - self.label)))

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
            label = Cell(in_words(heading), "label", "row", self.label)
            text = Cell(
                to_html(goals.get(next(iter(columns)), "")),
                "prose", "", len(self.grid) - self.label, label=heading,
            )  # fmt: skip
            return (FormRow((label, text), "goals", addresses.GOALS),)
        free, left = len(self.grid) - 1, self._middle() - 1
        spans = [left, free - left] if len(columns) == 2 else even(free, len(columns))
        label = Cell(in_words(heading), "label", "row", rows=2)
        heads = (
            Cell(text, "label", "col", span)
            for text, span in zip(columns.values(), spans, strict=True)
        )
        texts = (
            Cell(to_html(goals.get(key, "")), "prose", "", span, label=text)
            for (key, text), span in zip(columns.items(), spans, strict=True)
        )
        return FormRow((label, *heads), "heading"), FormRow(tuple(texts), "goals", addresses.GOALS)

    def _indicators(self) -> Iterator[IndicatorRow]:
        levels = Levels(self.document, self.headings)
        for number, point in enumerate(self.card.points, start=1):
            yield IndicatorRow(
                levels.of(point),
                FormRow(
                    tuple(self._cells(point, number)), "indicator", addresses.indicator_row(number)
                ),
                tuple(map(self._share, point.indicator.shares)),
            )

    def _computed(self, point: Points) -> dict[str, str]:
        """What some forms print and nobody types: the share of the points that were given, and a
        target in two columns, of which the second is for one that was adjusted."""
        target, own = point.indicator.target, extras(point.indicator)
        is_adjusted = layouts.INITIAL_TARGET in own
        texts = {
            layouts.INITIAL_TARGET: target,
            layouts.ADJUSTED_TARGET: target if is_adjusted else "",
        }
        if point.weight and point.awarded is not None:
            share = (point.awarded * HUNDRED / point.weight).quantize(CENT, ROUND_HALF_UP)
            texts[QUOTIENT] = f"{plain(share)}%"
        return texts

    def _share(self, share: Share) -> FormRow:
        """A row of what is part of an indicator: a name, a target and a result."""
        texts = {
            NAME: f"{self.layout.word(layouts.PART_OF)}{share.name}",
            TARGET: share.target, ACTUAL: share.actual,
            **self._parts(share.target),
        }  # fmt: skip
        return FormRow(
            tuple(
                Cell(texts.get(key, ""), "text" if key == NAME else "figure",
                     "row" if key == NAME else "", self.grid.count(key), label=heading)
                for key, heading in self.headings.items() if key not in IN_FRONT
            ),
            "share",
        )  # fmt: skip

    def _parts(self, target: str) -> dict[str, str]:
        """A target in several columns, where the form has them."""
        if not self.grid_has_parts:
            return {}
        found = zip(layouts.PARTS, split_target(target), strict=True)
        own = self.layout.indicators.entries
        return {key: text for key, text in found if key not in own}

    def _cells(self, point: Points, number: int) -> Iterator[Cell]:
        indicator = point.indicator
        texts: dict[str, str] = {
            NAME: indicator.name, TARGET: indicator.target,
            **self._parts(indicator.target),
            ACTUAL: indicator.actual, REASON: to_inline(indicator.reason or ""),
            WEIGHT: self._points(point.weight, point), SCORE: self._points(point.awarded, point),
            **(self._computed(point) if self.grid_has_computed else {}),
            **{label: written(value) for label, value in extras(indicator).items()},
            **(self._rechecked(point, self.found[number - 1]) if self.found else {}),
        }  # fmt: skip
        for key, heading in self.headings.items():
            if key == NAME:
                yield Cell(texts[key], "text", "row", self.grid.count(key), label=heading)
            elif key not in IN_FRONT:
                text = texts.get(key, "")
                kind = self._kind(key, text) if text != NOTHING else "figure"
                anchor = f"points-{number}" if self._is_explained(key, text) else ""
                if kind == "figure" and self.found:  # no form has narrower columns
                    text = before_unit(text)
                yield Cell(text, kind, "", label=heading, anchor=anchor)

    def _is_explained(self, key: str, text: str) -> bool:
        """Whether a cell leads to how it came about: that stands on the report's own page."""
        is_own = layouts.RECHECKED[1] not in self.headings
        return is_own and key == SCORE and text != NOTHING

    def _rechecked(self, own: Points, found: Points) -> dict[str, str]:
        """What 复核 found, in the columns of its form."""
        recheck, digits = own.indicator.recheck, self.profile.point_digits
        actual, points, apart, note = layouts.RECHECKED
        return {
            actual: found.indicator.actual,
            points: figure(found.awarded, digits),
            apart: signed(gap(own.awarded, found.awarded), digits),
            note: to_inline(recheck.note or "") if recheck else "",
        }

    def _points(self, points: Decimal | None, of: Points) -> str:
        """Points as printed: nothing where a blank keeps them open."""
        is_open = points is None and of.is_blank
        return "" if is_open else figure(points, self.profile.point_digits)

    def _kind(self, key: str, text: str) -> str:
        if key == layouts.FIGURE and text[:1].isdigit() and text.isascii():  # no date
            return "number points bound"
        entry = self.layout.indicators.entries.get(key)
        return KINDS.get(key) or OWN_KINDS.get(entry.kind if entry else "", "figure")
