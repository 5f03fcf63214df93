"""All data files: those of each year, and those of all years.

A file is made when its pieces are asked for, report by report, so that whoever writes it holds no
more than a piece; a workbook alone is one piece, which XlsxWriter has packed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from builder.content import Deviation, Summary, addresses, deviations_in, grouped
from builder.model import Site
from builder.opendata.delimited import csv_pieces
from builder.opendata.deviations import DEVIATIONS
from builder.opendata.files import DataRows
from builder.opendata.others import ALL
from builder.opendata.paths import records_path, shown, table_path, workbook_path
from builder.opendata.spreadsheet import LAST_ROW, Sheet, to_xlsx
from builder.opendata.tables import Row, Table, TableOf


@dataclass(frozen=True, slots=True)
class DataFile:
    """A data file of a year or of all, which `make` makes anew at every call.

    `table` is that of a CSV, None where a file holds more than one; `rows` are those of the table,
    else the reports. `left_out` are the tables that are too long for a sheet of the workbook.
    `size` is in bytes, 0 until the file has been made.
    """

    path: str
    years: addresses.Years
    table: TableOf[Any] | None
    rows: int
    make: Callable[[], Iterator[bytes]]
    left_out: tuple[TableOf[Any], ...] = ()
    size: int = 0


@dataclass(frozen=True, slots=True)
class _Part:
    """A table with its rows of some years."""

    table: TableOf[Any]
    number: int
    rows: Callable[[], Iterator[Row]]


def data_files(
    reports: Iterable[DataRows], summaries: Sequence[Summary], site: Site
) -> Iterator[DataFile]:
    """All data files: those of all years, then the newest year; `summaries` are those of all public
    reports. The rows of all years are those of the years, in this order."""
    everything = sorted(reports, key=lambda report: -report.year)
    by_year = grouped(everything, lambda report: report.year)
    deviations = {year: list(deviations_in(year, summaries)) for year in by_year}
    if by_year:
        parts = _parts(everything, [one for found in deviations.values() for one in found])
        yield from _tables(addresses.ALL_YEARS, parts)
        yield _workbook(addresses.ALL_YEARS, parts, max(by_year), site)
    for year, members in by_year.items():
        parts = _parts(members, deviations[year])
        yield from _tables(year, parts)
        make = partial(_records, members)
        yield DataFile(records_path(year), year, None, len(members), make)
        yield _workbook(year, parts, year, site)


def _parts(reports: Sequence[DataRows], deviations: Sequence[Deviation]) -> list[_Part]:
    def part(table: TableOf[Any]) -> _Part:
        if not isinstance(table, Table):
            return _Part(table, len(deviations), lambda: map(DEVIATIONS.row, deviations))
        number = sum(report.counts[ALL.index(table)] for report in reports)
        return _Part(table, number, partial(_rows, table, reports))

    return [part(table) for table in shown(has_own=any(report.has_own for report in reports))]


def _rows(table: Table, reports: Sequence[DataRows]) -> Iterator[Row]:
    return (row for report in reports for row in report.of(table))


def _tables(years: addresses.Years, parts: Sequence[_Part]) -> Iterator[DataFile]:
    for part in parts:
        make = partial(_csv, part)
        yield DataFile(table_path(years, part.table), years, part.table, part.number, make)


def _csv(part: _Part) -> Iterator[bytes]:
    return csv_pieces(part.table, part.rows())


def _records(reports: Sequence[DataRows]) -> Iterator[bytes]:
    for number, report in enumerate(reports):
        yield f"{',' if number else '['}\n{report.record()}".encode()
    yield b"\n]\n"


def _workbook(years: addresses.Years, parts: Sequence[_Part], newest: int, site: Site) -> DataFile:
    """All tables in one file. That of all years goes without those that fill more than a sheet."""
    of_all = years == addresses.ALL_YEARS
    left_out = tuple(part.table for part in parts if of_all and part.number > LAST_ROW)

    def make() -> Iterator[bytes]:
        sheets = (
            Sheet(part.table, [(_missing(part),)] if part.table in left_out else part.rows())
            for part in parts
        )
        which = "全部年度" if of_all else f"{years}年度"
        yield to_xlsx(f"{site.title}：{which}数据", sheets, newest, site)

    return DataFile(workbook_path(years), years, None, parts[0].number, make, left_out)


def _missing(part: _Part) -> str:
    name = table_path(addresses.ALL_YEARS, part.table).rpartition("/")[2]
    return f"本表共{part.number:,d}行，超过一张工作表的{LAST_ROW:,d}行，没有放进来；请用 {name}"
