"""The rows of a table in their order, what they come to, and what is missing in them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from builder.content import (
    Settings,
    Summary,
    counted,
    disclosed,
    grouped,
    statistics,
    summarize,
)
from builder.export.columns import NUMBER, Column, Table
from builder.opendata import Cell, Subject
from builder.scoring import WHOLE, ZERO, Document
from builder.views import by_weight


@dataclass(frozen=True, slots=True)
class Row:
    """One row, and what it is about."""

    summary: Summary
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class List:
    """One sheet: its rows, below them what they come to, if anything, and remarks on that."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: tuple[Cell, ...] = ()
    notes: tuple[str, ...] = ()


class Collection:
    """One table of several years, filled report by report.

    What is withheld or was taken back leaves nothing in it, unless it is `for_finance`; nor does
    复核 where the site withholds that.
    """

    def __init__(self, table: Table, settings: Settings, *, for_finance: bool) -> None:
        self.columns = tuple(c for c in table.columns if for_finance or not c.is_confidential)
        self._table = table
        self._settings = settings
        self._for_finance = for_finance
        self._rows: list[Row] = []

    def meet(self, document: Document) -> None:
        """Take what a report has for the table."""
        site = self._settings.site
        if not self._for_finance:
            if not document.report.is_public:
                return
            document = disclosed(document, site)
        for told in self._table.rows(document, self._settings):
            subject = Subject(told, site, told.card.execution.total)
            cells = tuple(column.value(subject) for column in self.columns)
            # Of the texts of its indicators nothing is asked any more: there may be many reports.
            summary = replace(summarize(told, by_review=False), indicators=())
            self._rows.append(Row(summary, cells))

    def years(self) -> dict[int, list[List]]:
        """The sheets of each year that has rows."""
        by_year = grouped(self._rows, lambda row: row.summary.year)
        return {year: list(self._sheets(by_year[year])) for year in sorted(by_year)}

    def gaps(self) -> Iterator[tuple[str, int, str]]:
        """Columns with empty cells that should not be: name, how many, and what can be done."""
        for at, column in enumerate(self.columns):
            empty = sum(row.cells[at] is None for row in self._rows) if column.missing else 0
            if empty:
                yield column.heading or column.name, empty, column.missing

    def _sheets(self, rows: Sequence[Row]) -> Iterator[List]:
        """Where amounts are added up, those about whole offices on a sheet of their own: they
        contain those of projects."""
        if not self._table.has_total:
            yield self._list(self._table.name, rows)
            return
        for is_whole, members in grouped(rows, lambda row: row.summary.is_whole).items():
            name = WHOLE if is_whole else self._table.name
            yield self._list(name, members)

    def _list(self, name: str, rows: Sequence[Row]) -> List:
        filled = [any(cells) for cells in zip(*(row.cells for row in rows), strict=True)]
        kept = [
            at for at, column in enumerate(self.columns) if filled[at] or not column.is_optional
        ]
        columns = tuple(self.columns[at] for at in kept)
        ordered = [
            replace(row, cells=tuple(row.cells[at] for at in kept)) for row in in_order(rows)
        ]
        found = List(name, columns, tuple(_numbered(ordered, columns)))
        if not self._table.has_total:
            return found
        total, notes = self._total(ordered, columns)
        return replace(found, total=total, notes=notes)

    def _total(
        self, rows: Sequence[Row], columns: Sequence[Column]
    ) -> tuple[tuple[Cell, ...], tuple[str, ...]]:
        """What those of the rows come to that may be added up, and what it leaves out."""
        within = {summary.id for summary in counted(row.summary for row in rows)}
        members = [row for row in rows if row.summary.id in within]
        profile = self._settings.profiles.by_name[self._settings.site.profile]
        rate = statistics((row.summary for row in members), profile.execution.rate).rate
        cells: list[Cell] = []
        notes: list[str] = []
        if len(members) < len(rows):
            notes.append(f"合计不含下属单位的 {len(rows) - len(members)} 行，部门的已含。")
        for at, column in enumerate(columns):
            amounts = [row.cells[at] for row in members]
            known = [amount for amount in amounts if isinstance(amount, Decimal)]
            if column.in_total == "sum":
                cells.append(sum(known, ZERO) if known else None)
                if known and len(known) < len(amounts):
                    shown = column.heading or column.name
                    notes.append(f"{shown}的合计不含空白的 {len(amounts) - len(known)} 行。")
            else:
                cells.append(rate if column.in_total == "rate" else None)
        if columns and not columns[0].in_total:
            cells[0] = "合计"
        return tuple(cells), tuple(notes)


def in_order(rows: Iterable[Row]) -> Iterator[Row]:
    """Departments, in them units, in them projects: each by its amount, the largest first, as in
    a volume. Of a project its targets stand before its results."""
    for of_department in _by_weight(rows, lambda row: row.summary.department):
        for of_unit in _by_weight(of_department, lambda row: row.summary.unit):
            yield from sorted(
                of_unit, key=lambda row: (row.summary.place, not row.summary.is_planned)
            )


def _by_weight(rows: Iterable[Row], key: Callable[[Row], str]) -> Iterator[Sequence[Row]]:
    def weight(group: tuple[str, Sequence[Row]]) -> tuple[object, ...]:
        return by_weight((group[0], [row.summary for row in group[1]]))

    return (members for _, members in sorted(grouped(rows, key).items(), key=weight))


def _numbered(rows: Iterable[Row], columns: Sequence[Column]) -> Iterator[tuple[Cell, ...]]:
    """The cells of the rows, each with its number, if the table has one."""
    numbered = [column.name == NUMBER.name for column in columns]
    for number, row in enumerate(rows, start=1):
        cells = zip(row.cells, numbered, strict=True)
        yield tuple(number if is_number else cell for cell, is_number in cells)
