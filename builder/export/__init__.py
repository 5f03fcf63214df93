"""A report as an office hands it in: the official form as a sheet or a document, and the lists
of a year.

In come documents and their views, out go bytes. Every figure is the one of page and data.
"""

from builder.export.beyond import beyond
from builder.export.data import to_csv, to_json
from builder.export.document import to_docx

__all__ = ["beyond", "to_csv", "to_docx", "to_json"]
