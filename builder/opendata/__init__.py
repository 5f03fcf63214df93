"""Open data: a report as JSON, tables of a year and of all years, and what they mean.

In come documents, out go rows, files and the data package that describes them. Nothing that is
withheld comes in: a column asks for what is public.
"""

from builder.opendata.datapackage import data_package
from builder.opendata.files import DataRows, data_rows, record, report_tables, to_json
from builder.opendata.holdings import DataFile, data_files
from builder.opendata.paths import data_paths
from builder.opendata.spreadsheet import OPTIONS, Formats, streamed, write_cell
from builder.opendata.tables import KINDS, PROJECTS, Cell, Subject, TableOf

__all__ = [
    "KINDS",
    "OPTIONS",
    "PROJECTS",
    "Cell",
    "DataFile",
    "DataRows",
    "Formats",
    "Subject",
    "TableOf",
    "data_files",
    "data_package",
    "data_paths",
    "data_rows",
    "record",
    "report_tables",
    "streamed",
    "to_json",
    "write_cell",
]
