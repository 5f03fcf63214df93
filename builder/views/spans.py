"""How a block with columns of its own lies on the grid of the form."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import combinations, pairwise

TOO_NARROW = 1000


def spans(
    widths: Sequence[Decimal], wanted: Sequence[Decimal], least: Sequence[int]
) -> tuple[int, ...]:
    """How many grid columns each column of the block takes.

    Of all ways to cut the grid, the one that comes nearest to the widths the block would like;
    rather any than one with a column below its `least` width.
    """

    def misfit(cuts: tuple[int, ...]) -> Decimal:
        found = [sum(widths[a:b], Decimal(0)) for a, b in pairwise(cuts)]
        narrow = sum(width < limit for width, limit in zip(found, least, strict=True))
        pairs = zip(found, wanted, strict=True)
        return sum(((width - want) ** 2 for width, want in pairs), Decimal(narrow * TOO_NARROW))

    inner = combinations(range(1, len(widths)), len(wanted) - 1)
    cuts = min(((0, *chosen, len(widths)) for chosen in inner), key=misfit)
    return tuple(b - a for a, b in pairwise(cuts))
