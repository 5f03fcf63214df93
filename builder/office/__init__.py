"""Files as offices have them: the door to .xlsx, .docx, HTML, pasted text and our own PDFs.

In come bytes that anybody may have made, out go tables of cells as a reader sees them, with what
the file hides told as remarks. Nothing here knows a form.
"""

from builder.office.limits import FILE as LARGEST_FILE
from builder.office.paper import Cell, Paper, Refused, Remark, Row, Table
from builder.office.reading import read, too_large

__all__ = [
    "LARGEST_FILE",
    "Cell",
    "Paper",
    "Refused",
    "Remark",
    "Row",
    "Table",
    "read",
    "too_large",
]
