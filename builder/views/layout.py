"""Lays out the official form, by the scoring profile alone.

The form is one table. Its columns are the indicator columns, with 三级指标 divided so that
the funding block above, which has other columns, finds edges of its own. Nothing here
knows how many funding rows, goal columns or 一级指标 there are.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby

from builder import layouts
from builder.content import addresses
from builder.layouts import INDICATORS, TABLE
from builder.model import Share, extras
from builder.scoring import Document, Points, plain, split_target
from builder.text import NOTHING, figure, to_html, to_inline
from builder.views.entries import edges, table
from builder.views.form import (
    Cell,
    FormRow,
    FormView,
    IndicatorRow,
    Section,
    in_words,
)
from builder.views.funding import fund_columns, funding
from builder.views.head import head, written
from builder.views.page import LABELS
from builder.views.widths import FUNDING, fine, finer, shared_out

RATE, WEIGHT, SCORE, REASON = "执行率", "分值", "得分", "偏差原因分析及改进措施"
LEVELS = ("一级指标", "二级指标")
NAME, TARGET, ACTUAL = "三级指标", "年度指标值", "实际完成值"
POINTS_COLUMNS = (WEIGHT, SCORE)

# Class names of the grid columns, and how wide they are relative to one another. A theme sets
# the true widths; these only decide under which columns the funding block lies.
COLUMNS = {
    "一级指标": ("level1", 8), "二级指标": ("level2", 12), NAME: ("name", 20),
    "年度指标值": ("target", 11), "实际完成值": ("actual", 11), WEIGHT: ("weight", 7),
    SCORE: ("score", 7), REASON: ("reason", 23),
}  # fmt: skip
OTHER = ("part", 5)
KINDS = {WEIGHT: "number points", SCORE: "number points", REASON: "text"}
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
            if scored or key not in POINTS_COLUMNS
        }
        self.headings.setdefault(NAME, NAME)
        # 三级指标 gives as many grid columns as other blocks need edges, two at least. A funding
        # block of many columns would leave no room for others: it stands on a finer grid of its
        # own.
        self.own, self.own_of_indicators = layout.entries, layout.indicators.entries
        placed = (self.own[name] for name in layout.blocks if name in self.own)
        tables = [edges(entry) for entry in placed if entry.kind == TABLE]
        missing = len(fund_columns(document)) + 2 - (len(self.headings) - 1)
        self.is_fine = missing > 2
        self.parts = max(2, max(tables, default=0) - (len(self.headings) - 1))
        self.grid = tuple(
            key for key in self.headings for _ in range(self.parts if key == NAME else 1)
        )

        self.grid_has_parts = not {*layouts.PARTS}.isdisjoint(self.headings)
        self.label = max(1, sum(key in LEVELS for key in self.grid))
        self.extras = extras(document.report)

        self.widths = [
            Decimal(COLUMNS.get(key, OTHER)[1]) / (self.parts if key == NAME else 1)
            for key in self.grid
        ]
        if REASON in self.grid:  # what others take is taken from the last column
            others = sum(key not in COLUMNS for key in self.grid)
            self.widths[self.grid.index(REASON)] -= min(others, 3) * OTHER[1]

    def form(self) -> FormView:
        report, layout = self.report, self.layout
        blocks = layout.blocks
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
            columns=tuple(self._class(key) for key in self.grid),
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
        if not self.is_fine:
            return view
        units = fine(self.grid)
        return finer(view, units, funding(self.document, shared_out(self.widths), units[0]))

    def _sections(self, name: str) -> Iterator[Section]:
        """A block of the form: one section, of a table as many as it has groups of rows."""
        match name:
            case layouts.HEAD:
                rows = head(self.document, len(self.grid), self.label, self._middle())
                yield Section("head", tuple(rows))
            case layouts.FUNDS:
                of_funds = () if self.is_fine else funding(self.document, self.widths)
                yield Section(FUNDING, tuple(of_funds))
            case layouts.GOALS:
                yield Section("goals", self._goals())
            case layouts.TOTAL if self.profile.is_scored:
                yield Section("closing", tuple(self._closing()))
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
        """Where what was wanted ends and what came of it begins: after 年度指标值."""
        return self.grid.index(TARGET) + 1 if TARGET in self.grid else len(self.grid) // 2

    def _goals(self) -> tuple[FormRow, ...]:
        goals = {
            "预期目标": self.report.expected,
            "实际完成情况": self.report.achieved,
        }
        columns = self.layout.goals.columns
        free, left = len(self.grid) - 1, self._middle() - 1
        spans = [left, free - left] if len(columns) == 2 else [free]
        label = Cell(in_words(self.layout.goals.heading), "label", "row", rows=2)
        heads = (
            Cell(text, "label", "col", span)
            for text, span in zip(columns.values(), spans, strict=True)
        )
        texts = (
            Cell(to_html(goals[key]), "prose", "", span, label=text)
            for (key, text), span in zip(columns.items(), spans, strict=True)
        )
        return FormRow((label, *heads), "heading"), FormRow(tuple(texts), "goals", addresses.GOALS)

    def _indicators(self) -> Iterator[IndicatorRow]:
        levels = [key for key in LEVELS if key in self.headings]
        for number, point in enumerate(self.card.points, start=1):
            first, second, _ = point.path
            path = dict(zip(LEVELS, (self._group(first), second), strict=True))
            yield IndicatorRow(
                tuple((self.headings[key], path[key]) for key in levels),
                FormRow(
                    tuple(self._cells(point, number)), "indicator", addresses.indicator_row(number)
                ),
                tuple(map(self._share, point.indicator.shares)),
            )

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
                for key, heading in self.headings.items() if key not in LEVELS
            ),
            "share",
        )  # fmt: skip

    def _parts(self, target: str) -> dict[str, str]:
        """A target in three columns, where the form has them."""
        if not self.grid_has_parts:
            return {}
        return dict(zip(layouts.PARTS, split_target(target), strict=True))

    def _group(self, name: str) -> str:
        """A 一级指标 as the form prints it: 产出指标(50分) where it tells the points."""
        if not (self.layout.indicators.with_points and self.profile.is_scored):
            return name
        weight = self.card.group_weights[name]
        return name if weight is None else f"{name}({plain(weight)}分)"

    def _cells(self, point: Points, number: int) -> Iterator[Cell]:
        indicator = point.indicator
        texts: dict[str, str] = {
            NAME: indicator.name, TARGET: indicator.target,
            **self._parts(indicator.target),
            ACTUAL: indicator.actual, REASON: to_inline(indicator.reason or ""),
            WEIGHT: self._points(point.weight, point), SCORE: self._points(point.awarded, point),
            **{label: written(value) for label, value in extras(indicator).items()},
        }  # fmt: skip
        for key, heading in self.headings.items():
            if key == NAME:
                yield Cell(texts[key], "text", "row", self.grid.count(key), label=heading)
            elif key not in LEVELS:
                text = texts.get(key, "")
                kind = self._kind(key, text) if text != NOTHING else "figure"
                anchor = f"points-{number}" if key == SCORE and text != NOTHING else ""
                yield Cell(text, kind, "", label=heading, anchor=anchor)

    def _class(self, key: str) -> str:
        """The class of a column of the grid."""
        if key == NAME and self.parts > 2:
            return f"{COLUMNS[NAME][0]} of-{self.parts}"
        if key in COLUMNS:
            return COLUMNS[key][0]
        if key == layouts.PARTS[1]:
            return "part wide"
        entry = self.own_of_indicators.get(key)
        return "remark" if entry and entry.kind == "文字" else "part"

    def _points(self, points: Decimal | None, of: Points) -> str:
        """Points as printed: nothing where a blank keeps them open."""
        is_open = points is None and of.is_blank
        return "" if is_open else figure(points, self.profile.point_digits)

    def _kind(self, key: str, text: str) -> str:
        if key == layouts.PARTS[1] and text[:1].isdigit() and text.isascii():  # no date
            return "number points"
        entry = self.own_of_indicators.get(key)
        return KINDS.get(key) or OWN_KINDS.get(entry.kind if entry else "", "figure")

    def _closing(self) -> Iterator[FormRow]:
        """总分 under the columns it sums up; 评分等级 where the profile has grades."""
        card, profile = self.card, self.profile
        digits = int(profile.total.digits) if profile.total else 0
        sums = {WEIGHT: card.weight_sum, SCORE: card.total}
        figures = {key: value for key, value in sums.items() if key in self.grid}
        first = min((self.grid.index(key) for key in figures), default=len(self.grid))
        if LABELS.total not in self.layout.closing:
            return
        cells = [Cell(self.layout.word(LABELS.total), "label", "row", first)]
        for is_figure, keys in groupby(self.grid[first:], lambda key: key in figures):
            if not is_figure:
                cells.append(Cell(columns=len(list(keys))))
                continue
            for key in keys:
                text, heading = figure(figures[key], digits), self.headings[key]
                is_known = text != NOTHING
                anchor = "total" if key == SCORE and is_known else ""
                kind = KINDS[key] if is_known else "figure"
                cells.append(Cell(text, kind, label=heading, anchor=anchor))
        yield FormRow(tuple(cells), "total", addresses.TOTAL_ROW)
        if profile.bands and LABELS.grade in self.layout.closing:
            yield FormRow(
                (
                    Cell(self.layout.word(LABELS.grade), "label", "row", self.label),
                    Cell(card.grade or "", "text", columns=len(self.grid) - self.label),
                ),
                "grade",
            )
