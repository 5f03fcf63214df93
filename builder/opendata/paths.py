"""Where the data files lie. An address is kept for ever: programs have it written down."""

from __future__ import annotations

from typing import Any

from builder.content import addresses
from builder.opendata.deviations import DEVIATIONS
from builder.opendata.others import OTHERS
from builder.opendata.tables import PROJECTS, TABLES, TableOf


def shown(*, has_own: bool) -> tuple[TableOf[Any], ...]:
    """All tables that there are; `has_own` says whether fields are filled in that only a layout
    knows."""
    return (*TABLES, DEVIATIONS, *((OTHERS,) if has_own else ()))


def ending(table: TableOf[Any]) -> str:
    """What the name of a table's CSV ends in; that of the projects says nothing."""
    return ".csv" if table is PROJECTS else f"-{table.name}.csv"


def table_path(years: addresses.Years, table: TableOf[Any]) -> str:
    """The CSV of a table: `data/2024.csv` has the projects, the others say what they have."""
    return addresses.data_file(years, ending(table))


def workbook_path(years: addresses.Years) -> str:
    """All tables as a workbook: `data/2024.xlsx`."""
    return addresses.data_file(years, ".xlsx")


def records_path(year: int) -> str:
    """All records of a year: `data/2024.json`.

    There is none of all years: it would be the largest file, and whoever reads it has to hold it.
    """
    return addresses.data_file(year, ".json")


def data_paths(years: addresses.Years, *, has_own: bool = False) -> tuple[str, ...]:
    """The site paths of the data files of a year, or of all; `has_own` says whether fields are
    filled in that only a layout knows."""
    paths = [table_path(years, table) for table in shown(has_own=has_own)]
    if years != addresses.ALL_YEARS:
        paths.append(records_path(years))
    return (*paths, workbook_path(years))
