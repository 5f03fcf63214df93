"""Open data: a report as JSON, tables of a year and of all years, and what they mean.

In come documents, out go rows, files and the data package that describes them. Nothing that is
withheld comes in: a column asks for what is public.
"""

from builder.opendata.datapackage import data_package
from builder.opendata.files import record, report_tables, to_json
from builder.opendata.holdings import DataFile, data_files
from builder.opendata.packed import DataRows, data_rows
from builder.opendata.paths import data_paths
from builder.opendata.sheets import EXACT, cut
from builder.opendata.tables import KINDS, PROJECTS, Cell, Subject, TableOf
from builder.opendata.workbook import dated

__all__ = [
    "EXACT",
    "KINDS",
    "PROJECTS",
    "Cell",
    "DataFile",
    "DataRows",
    "Subject",
    "TableOf",
    "cut",
    "data_files",
    "data_package",
    "data_paths",
    "data_rows",
    "dated",
    "record",
    "report_tables",
    "to_json",
]
