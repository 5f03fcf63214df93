"""C6 across reports: an office has one name, however wide its brackets are typed."""

from __future__ import annotations

from builder.checks.inspection import Inspection
from builder.diagnostics import Diagnostics, Span, catalogue
from builder.scoring import Document
from builder.text import folded_name


class Names:
    """How each 主管部门 and 实施单位 was first spelt, and where."""

    def __init__(self) -> None:
        self._first: dict[tuple[str, ...], tuple[str, Span]] = {}

    def meet(self, document: Document, diagnostics: Diagnostics) -> None:
        """Take note of a report's names, and tell at its place one that was spelt otherwise.

        Each spelling is an office of its own on the site and in the sums.
        """
        department, unit = document.report.department, document.report.unit
        names = {"主管部门": (department,), "实施单位": (department, unit)}
        for label, path in names.items():
            name, at = path[-1], document.at(label)
            key = (label, *("".join(folded_name(one).split()) for one in path))
            first, place = self._first.setdefault(key, (name, at))
            if first != name:
                inspection = Inspection(document, diagnostics, release=False, review_required=False)
                related = {place: f"这里写作“{first}”"}
                inspection.find(
                    catalogue.SPELT_TWICE, at, related=related, label=label, name=name, other=first
                )
