"""A report together with where it was written and how it is scored."""

from __future__ import annotations

from dataclasses import dataclass

from builder.diagnostics import Span
from builder.layouts import Layout
from builder.model import Report
from builder.scoring.profile import Profile
from builder.scoring.scorecard import Points, Scorecard
from builder.source import Source


@dataclass(frozen=True, slots=True)
class Document:
    """One file of content/<year>/, understood: what checks and pages work on."""

    folder: str
    stem: str
    source: Source
    report: Report
    profile: Profile
    layout: Layout
    card: Scorecard

    def at(self, *location: str | int) -> Span:
        """Where the value at `location` stands (labels and positions, as in the file)."""
        return self.source.spans.value(location)

    def key(self, *location: str | int) -> Span:
        """Where the key at `location` stands."""
        return self.source.spans.key(location)

    def of(self, points: Points, *field: str) -> Span:
        """Where a field of an indicator stands; without a field, its name."""
        first, second, position = points.path
        return self.at("绩效指标", first, second, position, *(field or ("三级指标",)))
