"""What was read of one form: values at their places, and what is to be told of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from builder.model import Report
from builder.office import Cell
from builder.source import Location

_DECLARED = Report.label("declared")

Tree = dict[str, Any]
"""An author's file: labels and what stands under them, all of it text."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that was read, and may be meant otherwise: where, what stands there, and why."""

    place: str
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Lost:
    """A text that found no place; `beside` is what stands next to it in the author's file."""

    place: str
    text: str
    beside: Location


@dataclass(slots=True)
class Draft:
    """One form, as far as it was read.

    `empty` are labels of the form with nothing beside them; `notes` are what stands below a form
    for those who fill it in. Both are told and are no loss.
    """

    values: Tree = field(default_factory=dict)
    doubts: list[Doubt] = field(default_factory=list)
    lost: list[Lost] = field(default_factory=list)
    notes: list[Lost] = field(default_factory=list)
    around: int = 0
    """How many texts around the tables of a web page are no part of the form."""
    empty: list[str] = field(default_factory=list)
    known: set[str] = field(default_factory=set)
    """The places of the cells that were understood, or told of: what is left at the end is lost."""
    last: Location = ()
    """Where the latest value was put."""

    def put(self, at: Location, text: str, cell: Cell) -> None:
        """Put a text at its place; where another one stands already, it is a loss and told.

        More digits than the file shows are told, but of what is worked out: it always has some.
        """
        found: Any = self.values
        for part, following in pairwise(at):
            found = _inside(found, part, [] if isinstance(following, int) else {})
        last = at[-1]
        if isinstance(found, dict) and found.get(f"{last}", text) != text:
            self.lose(cell)
            return
        found[last] = text
        self.know(cell)
        self.last = at
        if cell.exact and at[0] != _DECLARED:
            self.doubt(cell, f"表里存的是 {cell.exact}，按显示的录入")

    def at(self, at: Location) -> Any:
        """What stands at a place; None where nothing does."""
        return found_at(self.values, at)

    def know(self, *cells: Cell) -> None:
        """Cells that say nothing more: labels, what is worked out, strokes for nothing."""
        self.known.update(cell.place for cell in cells)

    def leave_empty(self, cell: Cell, label: str = "") -> None:
        """Tell of a label with nothing beside it."""
        self.know(cell)
        self.empty.append(label or "".join(cell.text.split()))

    def doubt(self, cell: Cell, reason: str) -> None:
        """Tell of a cell that was read and may be meant otherwise."""
        self.doubts.append(Doubt(cell.place, cell.text, reason))

    def lose(self, cell: Cell) -> None:
        """Tell of a cell that found no place, and keep it beside the latest one that did."""
        self.know(cell)
        self.lost.append(Lost(cell.place, cell.text, self.last))

    def note(self, cell: Cell) -> None:
        """Keep what is written below a form for those who fill it in."""
        self.know(cell)
        self.notes.append(Lost(cell.place, cell.text, self.last))


def found_at(values: Mapping[str, Any], at: Location) -> Any:
    """What stands at a place of an author's file; None where nothing does."""
    found: Any = values
    for part in at:
        if isinstance(found, list):
            found = found[part] if isinstance(part, int) and part < len(found) else None
        else:
            found = found.get(part) if isinstance(found, Mapping) else None
    return found


def _inside(found: Any, part: str | int, empty: Any) -> Any:
    if isinstance(found, list):
        assert isinstance(part, int)
        while len(found) <= part:
            found.append({})
        return found[part]
    return found.setdefault(part, empty)
