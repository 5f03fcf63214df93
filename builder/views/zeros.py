"""Funding rows of nothing but zeros, which a narrow screen tells in one line."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from builder.scoring import FundLine
from builder.views.form import Cell, FormRow

ZERO = "fund zero"


def is_zero(line: FundLine, columns: Collection[str]) -> bool:
    """Whether all amounts that a row has in these columns are known and zero, and it has no points
    of its own."""
    amounts = [amount for key, amount in line.amounts.items() if key in columns]
    shares = line.shares.values()
    has_points = line.weight is not None or line.score is not None
    is_nothing = all(amount == 0 for amount in amounts) and not any((line.rate, *shares))
    return bool(amounts) and is_nothing and not has_points


def in_brief(rows: Iterable[FormRow], zero: str) -> Iterator[FormRow]:
    """The rows, the last of each run of `ZERO` ones with what says all of them: `zero` is how the
    form prints nothing."""
    for kind, members in groupby(rows, lambda row: row.kind):
        *others, last = members
        yield from others
        if kind == ZERO:
            names = "、".join(str(row.cells[0].text).strip() for row in (*others, last))
            cells = (Cell(names, "text", "row"), Cell(zero, "number amount"))
            last = replace(last, brief=FormRow(cells, "brief"))
        yield last
