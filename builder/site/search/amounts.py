"""The money of a year's reports, small enough that a browser can add up what it found.

Amounts are whole numbers of the smallest place that any amount of the year has, and stand as
differences: a budget from the one before, what was spent from its budget. `sums.js` reads them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Any

from builder.content import Summary
from builder.scoring import HUNDRED, Rounding
from builder.site.search.index import column, encode, signs_of


def amounts(summaries: Sequence[Summary], default: Rounding) -> dict[str, Any]:
    """What `statistics` needs of the reports of one year, each by its place among them.

    `exponent` is the power of ten that the numbers count 元 in. `blank` are the reports without
    a budget and those without what was spent. `rates` are the printed ones in % that do not
    come of both amounts as they are rounded here, such as a share of another denominator.
    """
    budgets, spent = [s.budget for s in summaries], [s.spent for s in summaries]
    exponent = min((_exponent(one) for one in (*budgets, *spent) if one), default=0)
    lines = [_filled(budgets, exponent), _filled(spent, exponent)]
    roundings = list(dict.fromkeys([default, *(s.rounding for s in summaries)]))
    width, own = column([roundings.index(s.rounding) for s in summaries])
    return {
        "exponent": exponent,
        "budget": _signed(b - a for a, b in pairwise([0, *lines[0]])),
        "spent": _signed(b - s for b, s in zip(*lines, strict=True)),
        "blank": [_blank(budgets), _blank(spent)],
        "roundings": [[int(one.digits), one.mode == "截断"] for one in roundings],
        "width": width,
        "column": own,
        "rates": {place: told for place, told in enumerate(map(_odd_rate, summaries)) if told},
    }


def _exponent(amount: Decimal) -> int:
    exponent = amount.normalize().as_tuple().exponent
    assert isinstance(exponent, int), "not a number"
    return exponent


def _filled(values: Iterable[Decimal | None], exponent: int) -> list[int]:
    """Amounts as whole numbers; a blank one is 0."""
    return [int((value or Decimal(0)).scaleb(-exponent)) for value in values]


def _blank(values: Sequence[Decimal | None]) -> str:
    return encode([place for place, value in enumerate(values) if value is None], len(values))


def _signed(numbers: Iterable[int]) -> str:
    """Numbers of either sign: 0, -1, 1, -2 are 0, 1, 2, 3."""
    return "".join(signs_of(2 * n if n >= 0 else -2 * n - 1) for n in numbers)


def _odd_rate(summary: Summary) -> list[str | None] | None:
    """The printed rate in a list of its own, if it is not what the two amounts come to."""
    if not summary.budget or summary.spent is None:
        return None
    usual = summary.rounding.apply(summary.spent * HUNDRED / summary.budget)
    if summary.rate is None:
        return [None]
    return None if f"{summary.rate:f}" == f"{usual:f}" else [f"{summary.rate:f}"]
