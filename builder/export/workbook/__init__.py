"""The official form of a report as a workbook (.xlsx)."""

from builder.export.workbook.writing import form_workbook

__all__ = ["form_workbook"]
