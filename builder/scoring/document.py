"""A report together with where it was written and how it is scored."""

from __future__ import annotations

from dataclasses import dataclass

from builder.diagnostics import Span
from builder.layouts import Layout
from builder.model import Report
from builder.records import BLANK
from builder.scoring.profile import Profile
from builder.scoring.scorecard import Points, Scorecard
from builder.source import Location, Source, Value


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
    recheck: Scorecard | None = None
    """What it came to when it was checked again."""
    beside: Layout | None = None
    """The layout of the other stage that the file lives through."""
    unread: frozenset[Location] = frozenset()
    """Where a value is missing, or one stands that does not fit: blank in the report, and told."""

    @property
    def is_scored(self) -> bool:
        """Whether there are points, not only those that may be reached."""
        return self.profile.is_scored and not self.report.is_planned

    @property
    def is_whole(self) -> bool:
        """Whether the file was understood everywhere: others are judged, never published."""
        return not self.unread

    def is_blank(self, *location: str | int) -> bool:
        """Whether a place is blank for a reason that is told elsewhere: on purpose or unread."""
        return self.is_unread(*location) or self.typed(*location) == BLANK

    def is_unread(self, *location: str | int) -> bool:
        """Whether a place, or one that it lies in, could not be understood."""
        return any(location[:length] in self.unread for length in range(1, len(location) + 1))

    def typed(self, *location: str | int) -> Value:
        """What is written at a place; None where nothing is."""
        value = self.source.value
        for part in location:
            if isinstance(value, dict):
                value = value.get(f"{part}")
            else:
                value = value[int(part)] if isinstance(value, list) else None
        return value

    def at(self, *location: str | int) -> Span:
        """Where the value at `location` stands (labels and positions, as in the file)."""
        return self.source.spans.value(location)

    def key(self, *location: str | int) -> Span:
        """Where the key at `location` stands."""
        return self.source.spans.key(location)

    def is_named(self, points: Points) -> bool:
        """Whether the name of an indicator is its own, none that stands for a missing one."""
        return not self.is_unread(*points.place("三级指标"))

    def of(self, points: Points, *field: str) -> Span:
        """Where a field of an indicator stands; without a field, its name."""
        return self.at(*points.place(*(field or ("三级指标",))))
