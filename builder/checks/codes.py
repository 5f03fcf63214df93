"""C6 across reports: a 项目编码 stands for one project in a year."""

from __future__ import annotations

from builder.checks.inspection import Inspection
from builder.diagnostics import Diagnostics, Span, catalogue
from builder.scoring import Document


class Codes:
    """Where each 项目编码 was first met in its year."""

    def __init__(self) -> None:
        self._first: dict[tuple[int, str], Span] = {}

    def meet(self, document: Document, diagnostics: Diagnostics) -> None:
        """Take note of a report's code, and tell at its place if another one has it.

        Under one code the site joins the years of a project.
        """
        year, code = document.report.year, document.report.code
        if not code:
            return
        at = document.at("项目编码")
        first = self._first.setdefault((year, code), at)
        if first != at:
            inspection = Inspection(document, diagnostics, release=False, review_required=False)
            related = {first: "首次出现在这里"}
            inspection.find(catalogue.SAME_CODE, at, related=related, code=code, year=year)
