"""Open data: a report as JSON, the tables of a year as CSV and XLSX, and what they mean.

In come documents, out go rows, files and the data package that describes them. Nothing that is
withheld comes in: a column asks for what is public.
"""

from builder.opendata.datapackage import data_package
from builder.opendata.files import (
    DataRows,
    data_rows,
    record,
    report_tables,
    to_json,
    year_files,
    year_paths,
)

__all__ = [
    "DataRows",
    "data_package",
    "data_rows",
    "record",
    "report_tables",
    "to_json",
    "year_files",
    "year_paths",
]
