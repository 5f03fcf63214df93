"""Which columns of the form's grid a block takes, and a finer grid for a block of many columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache
from itertools import pairwise

from builder.views.form import TABLE, FormView, Section, widened

FUNDING = "funding"
FINE = 60  # columns of the finer grid, all of one width
FINE_COLUMN = "fine"
TOO_NARROW = 1000


@cache
def fitted(
    wanted: tuple[Decimal | int, ...], least: tuple[int, ...], widths: tuple[Decimal, ...]
) -> tuple[int, ...]:
    """How many columns of the grid each column of a block takes.

    Of all ways to cut the grid, the one that comes nearest to the widths `wanted`; a column below
    its `least` is worse than anything else, and the worse the narrower it is.
    """
    edges = [sum(widths[:place], Decimal(0)) for place in range(len(widths) + 1)]

    def misfit(column: int, left: int, right: int) -> Decimal:
        width = edges[right] - edges[left]
        missing = least[column] - width
        penalty = TOO_NARROW * (1 + missing**2) if missing > 0 else 0
        return (width - wanted[column]) ** 2 + penalty

    # From the last column to the first: the best that each and those behind it can do from an
    # edge on, with the edge where it ends.
    end = len(widths)
    best = {left: (misfit(len(wanted) - 1, left, end), end) for left in range(end)}
    ends = [best]
    for column in reversed(range(len(wanted) - 1)):
        best = {
            left: min((misfit(column, left, right) + best[right][0], right) for right in rights)
            for left in range(end)
            if (rights := [edge for edge in best if edge > left])
        }
        ends.insert(0, best)
    cuts = [0]
    for best in ends:
        cuts.append(best[cuts[-1]][1])
    return tuple(b - a for a, b in pairwise(cuts))


@cache
def fine(wide: tuple[Decimal, ...]) -> tuple[int, ...]:
    """How many columns of the finer grid each column of the indicators is made of, so `wide` in
    print."""
    whole, edges = sum(wide), [0]
    for place in range(1, len(wide) + 1):
        edge = round(sum(wide[:place]) * FINE / whole)
        edges.append(max(edge, edges[-1] + 1))
    return tuple(b - a for a, b in pairwise(edges))


def shared_out(widths: Sequence[Decimal]) -> tuple[Decimal, ...]:
    """The widths of the finer grid's columns, on the scale of the form's own."""
    return (sum(widths, Decimal(0)) / FINE,) * FINE


def finer(view: FormView, units: tuple[int, ...]) -> FormView:
    """A form on the finer grid, on which its blocks with columns of their own lie already."""

    def sections(of: tuple[Section, ...]) -> tuple[Section, ...]:
        return tuple(
            one
            if one.kind in (FUNDING, TABLE)
            else replace(one, rows=tuple(widened(one.rows, units)))
            for one in of
        )

    heading = next(widened([view.heading], units))
    # The narrowest column has no room for padding.
    cells = tuple(replace(cell, kind=f"{cell.kind} figure") for cell in heading.cells)
    return replace(
        view,
        columns=(FINE_COLUMN,) * FINE,
        opening=sections(view.opening),
        heading=replace(heading, cells=cells),
        closing=sections(view.closing),
        widths=shared_out(view.widths),
        units=units,
    )
