"""Open data: a report as JSON, the tables of a year as CSV and XLSX, and what they mean.

In come documents, out go rows, files and the data package that describes them. Nothing that is
withheld comes in: a column asks for what is public.
"""

from builder.opendata.datapackage import data_package
from builder.opendata.deviations import deviations_file, deviations_path
from builder.opendata.files import (
    DataRows,
    data_rows,
    record,
    report_tables,
    to_json,
    year_files,
    year_paths,
)
from builder.opendata.spreadsheet import OPTIONS, Formats, streamed, write_cell
from builder.opendata.tables import PROJECTS, Cell, Subject

__all__ = [
    "OPTIONS",
    "PROJECTS",
    "Cell",
    "DataRows",
    "Formats",
    "Subject",
    "data_package",
    "data_rows",
    "deviations_file",
    "deviations_path",
    "record",
    "report_tables",
    "streamed",
    "to_json",
    "write_cell",
    "year_files",
    "year_paths",
]
