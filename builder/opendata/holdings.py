"""All data files: those of each year, and those of all years.

A file is made when its pieces are asked for, run by run, so that whoever writes it holds little of
it. What a run gives is the same in the file of its year and in that of all, and is asked of whoever
remembers it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import chain
from typing import Any

from builder.cache import Remember, at_once, divided
from builder.content import Summary, addresses, deviations_of, grouped, short_lines
from builder.model import Site
from builder.opendata import delimited
from builder.opendata.deviations import DEVIATIONS
from builder.opendata.packed import DataRows
from builder.opendata.paths import records_path, shown, table_path, workbook_path
from builder.opendata.runs import Part, Run, digest_of, fixed
from builder.opendata.sheets import LAST_ROW
from builder.opendata.tables import Table, TableOf
from builder.opendata.workbook import DEFLATED_BY, About, dated, to_xlsx


@dataclass(frozen=True, slots=True)
class DataFile:
    """A data file of a year or of all, which `make` makes anew at every call.

    `table` is that of a CSV, None where a file holds more than one; `rows` are those of the table,
    else the reports. `made_of` gives a digest of all that goes in: where it is the same, so is the
    file. `left_out` are the tables that are too long for a sheet of the workbook. `size` is in
    bytes, 0 until the file has been made.
    """

    path: str
    years: addresses.Years
    table: TableOf[Any] | None
    rows: int
    make: Callable[[], Iterator[bytes]]
    made_of: Callable[[], bytes]
    left_out: tuple[TableOf[Any], ...] = ()
    size: int = 0


def by_content(summary: Summary) -> bytes:
    """A digest of all that a summary says."""
    return digest_of(repr(summary).encode())


def data_files(
    reports: Iterable[DataRows],
    summaries: Sequence[Summary],
    site: Site,
    remember: Remember = at_once,
    digest: Callable[[Summary], bytes] = by_content,
) -> Iterator[DataFile]:
    """All data files: those of all years, then the newest year; `summaries` are those of all public
    reports. The rows of all years are those of the years, in this order.

    `remember` gives what a run comes to in a file, and `digest` stands for a summary in what it is
    asked by.
    """
    by_year = grouped(sorted(reports, key=lambda report: -report.year), lambda report: report.year)
    register = _Register(summaries, digest)
    runs = {
        year: list(divided(members, lambda report: report.id)) for year, members in by_year.items()
    }
    deviations = {year: register.runs(year) for year in by_year}
    if by_year:
        parts = _parts(
            [*chain.from_iterable(runs.values())], [*chain.from_iterable(deviations.values())]
        )
        yield from _tables(addresses.ALL_YEARS, parts, remember)
        yield _workbook(addresses.ALL_YEARS, parts, max(by_year), site, remember)
    for year, members in by_year.items():
        parts = _parts(runs[year], deviations[year])
        yield from _tables(year, parts, remember)
        make, made_of = partial(_records, runs[year], remember), partial(_digest, members)
        yield DataFile(records_path(year), year, None, len(members), make, made_of)
        yield _workbook(year, parts, year, site, remember)


class _Register:
    """The deviations of all years, whose rows tell what became of them in the years after."""

    def __init__(self, summaries: Sequence[Summary], digest: Callable[[Summary], bytes]) -> None:
        self._by_year = grouped(
            (one for one in summaries if not one.is_planned), lambda one: one.year
        )
        self._projects = grouped(summaries, lambda one: one.project)
        self._digest = digest
        self._digests: dict[str, bytes] = {}

    def runs(self, year: int) -> list[Run]:
        """The rows of a year."""
        found = []
        for members in divided(self._by_year.get(year, ()), lambda summary: summary.id):
            number = sum(len(short_lines(summary)) for summary in members)
            made_of = cache(partial(self._made_of, members))
            found.append(Run(number, made_of, partial(self._lines, members)))
        return found

    def _lines(self, members: Sequence[Summary]) -> bytes:
        return delimited.lines(map(DEVIATIONS.row, deviations_of(members, self._projects)))

    def _made_of(self, members: Sequence[Summary]) -> list[bytes]:
        """Of each report that has any: itself and its project in all years."""
        return [
            digest_of(*map(self._known_by, (one, *self._projects[one.project])))
            for one in members
            if short_lines(one)
        ]

    def _known_by(self, summary: Summary) -> bytes:
        if summary.id not in self._digests:
            self._digests[summary.id] = self._digest(summary)
        return self._digests[summary.id]


def _parts(runs: Sequence[Sequence[DataRows]], deviations: Sequence[Run]) -> list[Part]:
    has_own = any(report.has_own for run in runs for report in run)
    return [
        Part(table, [_run(table, run) for run in runs] if isinstance(table, Table) else deviations)
        for table in shown(has_own=has_own)
    ]


def _run(table: Table, reports: Sequence[DataRows]) -> Run:
    number = sum(report.count(table) for report in reports)
    return Run(number, partial(_digests, reports), partial(_lines, table, reports))


def _digests(reports: Sequence[DataRows]) -> list[bytes]:
    return [report.digest for report in reports]


def _lines(table: Table, reports: Sequence[DataRows]) -> bytes:
    return b"".join(report.lines(table) for report in reports)


def _tables(
    years: addresses.Years, parts: Sequence[Part], remember: Remember
) -> Iterator[DataFile]:
    for part in parts:
        path, table = table_path(years, part.table), part.table
        make, made_of = partial(_csv, part, remember), partial(_made_of, [part])
        yield DataFile(path, years, table, part.number, make, made_of)


def _csv(part: Part, remember: Remember) -> Iterator[bytes]:
    yield delimited.heading(part.table)
    for run in part.runs:
        if run.number:
            yield run.csv(part.table, remember)


def _made_of(parts: Iterable[Part], *told: str) -> bytes:
    digests = (digest for part in parts for digest in part.made_of())
    return digest_of(*(text.encode() for text in told), *digests)


def _records(runs: Sequence[Sequence[DataRows]], remember: Remember) -> Iterator[bytes]:
    for number, reports in enumerate(runs):
        yield b",\n" if number else b"[\n"
        yield remember("json", _digests(reports), partial(_joined, reports))
    yield b"\n]\n"


def _joined(reports: Sequence[DataRows]) -> bytes:
    return b",\n".join(report.record() for report in reports)


def _digest(reports: Sequence[DataRows]) -> bytes:
    return digest_of(*_digests(reports))


def _workbook(
    years: addresses.Years, parts: Sequence[Part], newest: int, site: Site, remember: Remember
) -> DataFile:
    """All tables in one file. That of all years goes without those that fill more than a sheet."""
    of_all = years == addresses.ALL_YEARS
    left_out = tuple(part.table for part in parts if of_all and part.number > LAST_ROW)
    held = [
        Part(part.table, [_missing(part)]) if part.table in left_out else part for part in parts
    ]
    about = About(
        f"{site.title}：{'全部年度' if of_all else f'{years}年度'}数据",
        site.publisher or "",
        dated(newest, site),
    )
    return DataFile(
        workbook_path(years), years, None, parts[0].number, partial(to_xlsx, about, held, remember),
        partial(_made_of, held, about.title, about.author, f"{about.day}", DEFLATED_BY), left_out,
    )  # fmt: skip


def _missing(part: Part) -> Run:
    """What stands in a sheet instead of its table."""
    name = table_path(addresses.ALL_YEARS, part.table).rpartition("/")[2]
    told = f"本表共{part.number:,d}行，超过一张工作表的{LAST_ROW:,d}行，没有放进来；请用 {name}"
    return fixed([(told, *[None] * (len(part.table.columns) - 1))])
