"""By what results are narrowed and ordered: a value of each report, and ranks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from builder.content import Summary
from builder.model import STAGES, Declared, Report
from builder.scoring import HUNDRED, SPENDING, Profile
from builder.site.search.index import SIGNS, column
from builder.text import WAN

Band = tuple[Decimal | None, str]  # up to below this; None: all above

AMOUNT_BANDS: tuple[Band, ...] = (
    (10 * WAN, "不到10万元"),
    (50 * WAN, "10万至不到50万元"),
    (100 * WAN, "50万至不到100万元"),
    (500 * WAN, "100万至不到500万元"),
    (1000 * WAN, "500万至不到1000万元"),
    (None, "1000万元以上"),
)
RATE_BANDS: tuple[Band, ...] = (
    (Decimal(60), "不到60%"),
    (Decimal(80), "60%至不到80%"),
    (Decimal(95), "80%至不到95%"),
    (HUNDRED, "95%至不到100%"),
    (HUNDRED.next_plus(), "100%"),
    (None, "超过100%"),
)
NO_AMOUNT, NO_RATE, NO_GRADE = "没有预算数", "没有执行率", "没有等级"
DEVIATIONS = ("有偏差", "无偏差", "不计分", "尚无结果")


def band(value: Decimal, bands: Sequence[Band]) -> str:
    """The name of the first band whose upper limit lies above `value`."""
    return next(name for limit, name in bands if limit is None or value < limit)


@dataclass(frozen=True, slots=True)
class Facet:
    """One way to narrow results. Where there is no fixed `order`, what is met most comes first.

    `within` is the label of another one, of which each value has few of these.
    """

    label: str
    value: Callable[[Summary], str]
    order: Callable[[str], Any] | None = None
    within: str = ""


def _rank(bands: Sequence[Band], *last: str) -> Callable[[str], int]:
    return [*(name for _, name in bands), *last].index


def _deviation(summary: Summary) -> str:
    if summary.is_planned:
        return DEVIATIONS[3]
    if summary.deviations:
        return DEVIATIONS[0]
    return DEVIATIONS[1 if summary.is_scored else 2]


FACETS = (
    Facet(Report.label("year"), lambda s: f"{s.year}", lambda year: -int(year)),
    Facet(Report.label("department"), lambda s: s.department),
    Facet(Report.label("unit"), lambda s: s.unit, within=Report.label("department")),
    Facet(Profile.label("kind"), lambda s: s.kind, SPENDING.index),
    Facet(Declared.label("grade"), lambda s: s.grade or NO_GRADE, lambda grade: (
        "优良中差".find(grade) % 9, grade
    )),
    Facet(Report.label("stage"), lambda s: s.stage, STAGES.index),
    Facet(
        "金额段",
        lambda s: NO_AMOUNT if s.budget is None else band(s.budget, AMOUNT_BANDS),
        _rank(AMOUNT_BANDS, NO_AMOUNT),
    ),
    Facet(
        "执行率段",
        lambda s: NO_RATE if s.rate is None else band(s.rate, RATE_BANDS),
        _rank(RATE_BANDS, NO_RATE),
    ),
    Facet("偏差", _deviation, DEVIATIONS.index),
)  # fmt: skip

ORDERS: dict[str, Callable[[Summary], Decimal | None]] = {
    "total": lambda s: s.total,
    "budget": lambda s: s.budget,
    "rate": lambda s: s.rate,
}


def facets(summaries: Sequence[Summary]) -> list[dict[str, Any]]:
    """Every facet with its values and, for each report, the number of its value.

    Of values that are met as often that of the first in tables of many reports comes first.
    Those `within` another facet are numbered anew for each value of it: `sizes` says how many
    there are, and their values follow one another. One that two of them have stands twice.
    """
    found: dict[str, dict[str, Any]] = {}
    placed = sorted(summaries, key=lambda summary: summary.place)
    for facet in FACETS:
        own = [facet.value(summary) for summary in summaries]
        values = _values(facet, map(facet.value, placed))
        more: dict[str, Any] = {}
        numbers = _numbers(own, values)
        if facet.within:
            over = next(one for one in FACETS if one.label == facet.within)
            above = [over.value(summary) for summary in summaries]
            parts = {value: dict[str, int]() for value in found[over.label]["values"]}
            for _, value, name in sorted(zip(numbers, own, above, strict=True)):
                parts[name].setdefault(value, len(parts[name]))
            numbers = [parts[name][value] for name, value in zip(above, own, strict=True)]
            values = [value for part in parts.values() for value in part]
            more = {"within": facet.within, "sizes": [len(part) for part in parts.values()]}
        width, signs = column(numbers)
        found[facet.label] = {
            "label": facet.label,
            "isOrdered": facet.order is not None,
            "values": values,
            **more,
            "width": width,
            "column": signs,
        }
    return list(found.values())


def shared(found: Sequence[dict[str, Any]]) -> list[tuple[list[str], str]]:
    """Facets of few values taken out of these, with columns that one sign tells of several: a
    server deflates that better. The first named facet changes fastest."""
    groups, room = list[list[dict[str, Any]]](), 0
    for facet in found:
        size = len(facet["values"])
        if facet["width"] > 1 or "within" in facet or size == 0:
            continue
        if size > room:
            groups.append([])
            room = len(SIGNS)
        groups[-1].append(facet)
        room //= size
    columns = list[tuple[list[str], str]]()
    for group in groups:
        numbers = [0] * len(group[0]["column"])
        for facet in reversed(group):
            own, size = map(SIGNS.index, facet.pop("column")), len(facet["values"])
            numbers = [number * size + one for number, one in zip(numbers, own, strict=True)]
            del facet["width"]
        columns.append(([facet["label"] for facet in group], column(numbers)[1]))
    return columns


def _values(facet: Facet, own: Iterable[str]) -> list[str]:
    often = Counter(own).most_common()  # of two as frequent ones the first met comes first
    values = [value for value, _ in often]
    return sorted(values, key=facet.order) if facet.order else values


def _numbers(own: Sequence[str], values: Sequence[str]) -> list[int]:
    place = {value: number for number, value in enumerate(values)}
    return [place[value] for value in own]


def order(name: str, summaries: Sequence[Summary]) -> dict[str, Any]:
    """The rank of each report from the highest down; equals share one, so that whoever sorts
    by it leaves them as they are. `valued` ranks are of values; who has none comes after all.
    """
    keys = [ORDERS[name](summary) for summary in summaries]
    values = sorted({key for key in keys if key is not None}, reverse=True)
    rank = {value: number for number, value in enumerate(values)}
    width, signs = column([len(rank) if key is None else rank[key] for key in keys])
    return {"valued": len(rank), "width": width, "column": signs}


def place(summaries: Sequence[Summary]) -> dict[str, Any]:
    """The place of each report of a year in tables of many."""
    placed = sorted(summaries, key=lambda summary: summary.place)
    rank = {summary.id: number for number, summary in enumerate(placed)}
    width, signs = column([rank[summary.id] for summary in summaries])
    return {"width": width, "column": signs}
