"""An imported report beside one that was typed: what says the same, and what does not."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from builder.layouts import FundsBlock
from builder.model import TOTAL_ROW, Indicator, Report
from builder.records import Record
from builder.scoring import Document, read_target
from builder.source import Location

NAME, POINTS = Indicator.label("name"), Indicator.label("awarded")
FUNDS, GROUPS = Report.label("funds"), Report.label("groups")
UNSAID = (None, "", ())


def values(document: Document) -> Mapping[Location, Any]:
    """Every value of a report by its place, but for what goes without saying: blanks, a total that
    is the sum of its rows, the rules. 得分 are those that count, whoever says them."""
    report = document.report
    found = {at: value for at, value in _leaves(report) if value not in UNSAID}
    for point in document.card.points:
        at = (GROUPS, *point.path, POINTS)
        if point.awarded is not None:
            found[at] = point.awarded
    if is_sum(report, document.layout.funds):
        found = {at: value for at, value in found.items() if at[:2] != (FUNDS, TOTAL_ROW)}
    return {at: value for at, value in found.items() if at != (Report.label("profile"),)}


def is_sum(report: Report, funds: FundsBlock) -> bool:
    """Whether the total of a form says no more than its rows."""
    total, rows = report.funds.get(TOTAL_ROW), list(report.rows.values())
    if total is None or not rows or funds.unsummed:
        return False
    return all(
        sum(getattr(row, name) or Decimal(0) for row in rows) == (getattr(total, name) or 0)
        for name in ("initial", "budget", "spent")
    )


def is_same(one: Any, other: Any) -> bool:
    """Whether two values say the same, however they are spelled: widths, blanks, 100.0 and 100,
    a target in one text or put together of its parts."""
    if isinstance(one, str) and isinstance(other, str):
        same = squeezed(one) == squeezed(other)
        return same or (len(one) < 30 and read_target(one) == read_target(other))
    return bool(one == other)


def squeezed(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def unlike(typed: Document, taken: Document) -> dict[Location, tuple[Any, Any]]:
    """The places where two reports say something else, with both values."""
    one, other = values(typed), values(taken)
    return {
        at: (one.get(at), other.get(at))
        for at in {**one, **other}
        if not is_same(one.get(at), other.get(at))
    }


def by_name(at: Location, document: Document) -> str:
    """A place with indicators by their names: 绩效指标/产出指标/数量指标/造林面积/得分."""
    if at[0] != GROUPS or len(at) < 5:
        return "/".join(map(str, at))
    name = next((p.indicator.name for p in document.card.points if p.path == at[1:4]), f"{at[3]}")
    return "/".join(map(str, (*filter(None, at[:3]), name, *at[4:])))


def _leaves(value: Any, at: Location = ()) -> Iterator[tuple[Location, Any]]:
    match value:
        case Record():
            for name in type(value).model_fields:
                if name in value.model_fields_set:
                    yield from _leaves(getattr(value, name), (*at, type(value).label(name)))
        case dict():
            for key, inner in value.items():
                yield from _leaves(inner, (*at, key))
        case tuple():
            for position, inner in enumerate(value):
                yield from _leaves(inner, (*at, position))
        case _:
            yield at, value
