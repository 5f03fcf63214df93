"""What no layout may leave empty or name twice, and how much it may ask for.

A row without a field has no width. And a form is laid out in
time that grows much faster than its columns: at a hundred nobody would wait for it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import chain

from builder.diagnostics import Diagnostics, catalogue
from builder.layouts import HEAD, INDICATORS, Layout
from builder.source import Location, Source

MOST = 24  # columns of indicators, or fields in a row: twice what the widest known form has


def is_in_bounds(layout: Layout, text: Source, diagnostics: Diagnostics) -> bool:
    """Whether there is something in every list, and not too much; others are reported."""
    found = list(_out_of_bounds(layout))
    for location, problem in found:
        label = next(part for part in reversed(location) if isinstance(part, str))
        at = text.spans.value(location)
        diagnostics.report(catalogue.OUT_OF_BOUNDS, at, label=label, problem=problem)
    return not found


def _out_of_bounds(layout: Layout) -> Iterator[tuple[Location, str]]:
    for number, row in enumerate(layout.head):
        if not row:
            yield (HEAD, number), "有一行里没有字段"
        elif len(row) > MOST:
            yield (HEAD, number), f"有一行里写了 {len(row)} 个字段，最多 {MOST} 个"
    for place, names in (("区块", layout.blocks), (HEAD, tuple(chain(*layout.head)))):
        twice = [name for name, count in Counter(names).items() if count > 1]
        if twice:
            yield (place,), f"里有两个“{twice[0]}”"
    columns = len(layout.indicators.columns)
    if not columns:
        yield (INDICATORS, "列"), "里没有一列"
    elif columns > MOST:
        yield (INDICATORS, "列"), f"写了 {columns} 列，最多 {MOST} 列"
