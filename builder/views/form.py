"""The official form: a grid of cells, ready to be set as one table on screen and on paper."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from itertools import groupby, takewhile
from typing import Literal, NamedTuple

from markupsafe import Markup, escape

from builder.source import Location

TABLE = "table"  # the kind of a section of rows that only a layout has
# Where the labels of the forms may be broken: in front of these words.
_WORD = re.compile(
    r"(?=指标|满意度|成本|影响|效益|总体|目标|预算|执行|(?<!未)完成|原因|改进|性质|方向|单位|过程|结果|资金总额|主管部门|审核|应用|情况|分值|得分|权重|系数|核心|[（(])"
)

_UNIT = re.compile(r"(?<=.)(?=[（(])")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. With a `scope` it is a heading; `kind` holds its classes: label, text, prose,
    figure (centred), number (on the point; with amount or points).

    `label` repeats the column's heading where a narrow screen shows the cell alone;
    `anchor` is the id of the explanation of a figure, on pages that have one, and `about` says
    what the figure is of, to those who hear it as a link. `place` is where
    in the author's file its value stands, or would (`项目资金`, row, column; `绩效指标`, levels,
    number from 0, column); what is worked out has the place of the label that it goes by, and the
    label of a level, of a row or of what is part of an indicator that of what it names. `term` is
    the word that a heading prints in its own way, as a glossary has it. `column` is how a style
    sheet knows what nearly every form asks of an indicator: target, actual, weight, score, reason.
    """

    text: str = ""
    kind: str = "text"
    scope: Literal["", "row", "col"] = ""
    columns: int = 1
    rows: int = 1
    label: str = ""
    anchor: str = ""
    about: str = ""
    place: Location = ()
    term: str = ""
    column: str = ""


@dataclass(frozen=True, slots=True)
class FormRow:
    """One row of the form; `anchor` is its id, `kind` its class.

    `brief` is what a narrow screen shows instead of this row and those of its kind right before
    it: on wide screens and on paper there is no such row.
    """

    cells: tuple[Cell, ...]
    kind: str = ""
    anchor: str = ""
    brief: FormRow | None = None


class Level(NamedTuple):
    """What stands in front of indicators, over all that share it: a level, or its points."""

    heading: str
    text: str
    is_points: bool = False
    place: Location = ()

    def cell(self, rows: int, *, continues: bool) -> Cell:
        """Its cell, over so many rows."""
        if self.is_points:
            return Cell(
                self.text, "label number points", rows=rows, label=self.heading, place=self.place
            )
        text = in_words(self.text) + ("（续）" if continues else "")
        return Cell(text, "label", "row", rows=rows, label=self.heading, place=self.place)


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """An indicator with the levels it stands under, before cells are merged, and the rows of
    what is part of it (其中), which stay with it."""

    levels: tuple[Level, ...]
    row: FormRow
    shares: tuple[FormRow, ...] = ()

    @property
    def height(self) -> int:
        """How many rows it takes."""
        return 1 + len(self.shares)


@dataclass(frozen=True, slots=True)
class Section:
    """One block of the form; `kind` is its class: head, funding, goals, closing, texts, table,
    notes. A `heading` stands above its rows, and above sections without one that follow."""

    kind: str
    rows: tuple[FormRow, ...]
    heading: FormRow | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """Sections that are one table on paper, with the heading that is repeated overleaf."""

    heading: FormRow | None
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class FormView:
    """The official form: sections, then the indicators below their heading, then sections.

    All rows stand on the same grid of `columns`, so many mm wide on paper (`widths`). Where that
    is finer than the columns of the indicators, `units` says how many of it each of those is
    made of. `is_plain` where an indicator has nothing but a name, a target, a result, points and
    a reason, so that two lines hold it.
    """

    title: str
    year: str
    summary: str
    columns: tuple[str, ...]
    opening: tuple[Section, ...]
    heading: FormRow
    indicators: tuple[IndicatorRow, ...]
    closing: tuple[Section, ...]
    widths: tuple[Decimal, ...] = ()
    units: tuple[int, ...] = ()
    is_plain: bool = False

    def rows(self, kind: str) -> tuple[FormRow, ...]:
        """The rows of all sections of a kind."""
        sections = (*self.opening, *self.closing)
        return tuple(row for section in sections if section.kind == kind for row in section.rows)

    def sheets(self, sections: Sequence[Section]) -> tuple[Sheet, ...]:
        """The tables that sections are on paper: one begins where a heading stands, and behind
        what is under one."""
        found: list[tuple[FormRow | None, list[Section]]] = []
        for section in sections:
            is_under = section.kind == TABLE and not section.heading
            is_behind = bool(found and found[-1][0]) and not is_under
            if section.heading or not found or is_behind:
                found.append((section.heading, []))
            found[-1][1].append(section)
        return tuple(Sheet(heading, tuple(members)) for heading, members in found)

    def groups(self, start: int = 0, stop: int | None = None) -> tuple[tuple[FormRow, ...], ...]:
        """The indicator rows from `start` up to `stop`, by 一级指标, with merged level cells.

        A part that begins inside a group says so: 产出指标（续）. The parts of a form, put
        one after the other, hold every indicator once.
        """
        part = self.indicators[start:stop]
        before = self.indicators[start - 1].levels if 0 < start <= len(self.indicators) else ()
        groups = []
        for _, members in groupby(part, lambda entry: entry.levels[:1]):
            merged = _merged(tuple(members), before)
            groups.append(tuple(widened(merged, self.units) if self.units else merged))
            before = ()
        return tuple(groups)


def widened(rows: Iterable[FormRow], units: Sequence[int]) -> Iterator[FormRow]:
    """Rows on a finer grid: every cell takes all that its columns are made of."""
    taken = [0] * len(units)  # for how many rows a cell from above still fills a column
    for row in rows:
        place, cells = 0, []
        for cell in row.cells:
            while taken[place]:
                place += 1
            end = place + cell.columns
            cells.append(replace(cell, columns=sum(units[place:end])))
            taken[place:end] = [cell.rows] * cell.columns
            place = end
        taken = [max(0, rows - 1) for rows in taken]
        yield replace(row, cells=tuple(cells))


def _merged(rows: Sequence[IndicatorRow], before: tuple[Level, ...]) -> Iterator[FormRow]:
    """Rows of one group with their level cells in front, each over all rows that share it."""
    above: tuple[Level, ...] = ()
    for position, entry in enumerate(rows):
        cells = []
        for depth, level in enumerate(entry.levels, start=1):
            if entry.levels[:depth] == above[:depth]:
                continue
            path = entry.levels[:depth]
            span = sum(row.height for row in takewhile(_stands_under(path), rows[position:]))
            continues = entry.levels[:depth] == before[:depth]
            cells.append(level.cell(span, continues=continues))
        yield replace(entry.row, cells=(*cells, *entry.row.cells))
        yield from entry.shares
        above, before = entry.levels, ()


def _stands_under(path: tuple[Level, ...]) -> Callable[[IndicatorRow], bool]:
    return lambda row: row.levels[: len(path)] == path


@lru_cache(maxsize=1000)  # all forms of a layout have the same labels
def in_words(label: str) -> Markup:
    """A label whose short words stay whole where a narrow column breaks it.

    `服务对象满意度指标` breaks after 服务对象 or 满意度, never inside 指标.
    """
    words = _WORD.split(label)
    return Markup("").join(whole(word) if _is_whole(word) else escape(word) for word in words)


def before_unit(measure: str) -> str:
    """A figure that a narrow column breaks in front of its unit, never inside: `≥95.00` `(%)`."""
    return _UNIT.sub("\u200b", measure)


def whole(text: str) -> Markup:
    """A text that no line break divides."""
    return Markup('<span class="word">{}</span>').format(text)


def _is_whole(word: str) -> bool:
    """Whether a word is short enough to stay on one line: 指标, （10分）."""
    return 1 < len(word) <= (6 if word[0] in "（(" else 4)
