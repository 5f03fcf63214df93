"""What a new content repository begins with: its files, an empty form, the editor's schema.

In comes a folder or a profile, out go files around what is there; nothing is ever replaced.
"""

from builder.starter.form import empty_form
from builder.starter.repository import begin
from builder.starter.schema import report_schema

__all__ = ["begin", "empty_form", "report_schema"]
