"""The official form of a report as a workbook (.xlsx)."""

from builder.export.workbook.writing import form_to_xlsx

__all__ = ["form_to_xlsx"]
