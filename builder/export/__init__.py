"""A report as an office hands it in: the official form as a sheet or a document, and the lists
of a year.

In come documents and their views, out go bytes. Every figure is the one of page and data.
"""

from builder.export.beyond import beyond
from builder.export.blanks import empty
from builder.export.columns import TABLES, Table
from builder.export.data import to_csv, to_json
from builder.export.document import to_docx
from builder.export.lists import Collection
from builder.export.own import Handed, own_tables
from builder.export.sheet import overfull, to_sheets
from builder.export.workbook import form_to_xlsx

__all__ = [
    "TABLES",
    "Collection",
    "Handed",
    "Table",
    "beyond",
    "empty",
    "form_to_xlsx",
    "overfull",
    "own_tables",
    "to_csv",
    "to_docx",
    "to_json",
    "to_sheets",
]
