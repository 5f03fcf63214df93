"""What stands in front of the indicators on the form: their levels, and the points of these."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from builder.layouts import LEVEL_POINTS, LEVELS
from builder.model import place
from builder.scoring import Document, Points, plain
from builder.text import figure
from builder.views.form import Level


class Levels:
    """The levels of one form, as far as it prints them."""

    def __init__(self, document: Document, headings: Mapping[str, str]) -> None:
        block, profile = document.layout.indicators, document.profile
        self._headings = headings
        self._told = block.with_points if profile.is_scored else ()
        self._digits = profile.point_digits
        # Only what a layout prints is added up.
        self._points: dict[int, Mapping[tuple[str, ...], Decimal | None]] = {
            depth: document.card.level_weights(depth)
            for depth, names in enumerate(zip(LEVELS, LEVEL_POINTS, strict=True), start=1)
            if names[0] in self._told or names[1] in headings
        }

    def of(self, point: Points) -> tuple[Level, ...]:
        """What stands in front of an indicator, from the left."""
        return tuple(self._of(point))

    def _of(self, point: Points) -> Iterator[Level]:
        for depth, (level, points) in enumerate(zip(LEVELS, LEVEL_POINTS, strict=True), start=1):
            if level not in self._headings:
                return
            path = point.path[:2][:depth]
            name = path[-1]
            weight = self._points[depth][path] if depth in self._points else None
            if level in self._told and weight is not None:
                name = f"{name}({plain(weight)}分)"
            yield Level(self._headings[level], name, place=place(*path))
            if points in self._headings:
                text = "" if weight is None else figure(weight, self._digits)
                at = place(*path, points)
                yield Level(self._headings[points], text, is_points=True, place=at)
