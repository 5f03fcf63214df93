"""C4: is each indicator plausible: its result, its unit, its name?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from builder.checks.inspection import Inspection
from builder.checks.rates import COUNT_UNITS, measures, outgrows
from builder.diagnostics import Severity, Span, catalogue
from builder.scoring import (
    Amount,
    Bound,
    Comparator,
    Deadline,
    Document,
    Points,
    Quality,
    Range,
    is_cost,
    normalized,
    reason_of,
)
from builder.text import unnumbered

EMPTY_DECIMALS = re.compile(r"[0-9]\.0+(?![0-9])")  # not the 1.2 of 1.2万人


def results_are_in_reach(inspection: Inspection) -> None:
    document, limits = inspection.document, inspection.document.profile.limits
    for point in document.card.points:
        percent = point.achievement
        # A share above the whole and a cost without a sign are told as that.
        is_told = outgrows(point.pair.result, point) or is_cost(point)
        if percent is None or reason_of(point.indicator.reason) or is_told:
            continue
        steps = (
            (limits.error, Severity.ERROR),
            (limits.warning, Severity.WARNING),
            (limits.info, Severity.INFO),
        )
        severity = next((s for limit, s in steps if limit is not None and percent >= limit), None)
        if severity:
            inspection.find(
                catalogue.OVERACHIEVED,
                document.of(point, "实际完成值"),
                severity=severity,
                name=point.indicator.name,
                percent=f"{percent:.0f}",
            )


def _results(document: Document) -> Iterator[tuple[Points, Span]]:
    """Every result and where it is typed: what the author says, and what 复核 found instead."""
    yield from ((point, document.of(point, "实际完成值")) for point in document.card.points)
    for point in document.recheck.points if document.recheck else ():
        recheck = point.indicator.recheck
        if recheck and recheck.actual:
            yield point, document.of(point, "复核", "完成值")


def results_are_results(inspection: Inspection) -> None:
    for point, at in _results(inspection.document):
        name, actual = point.indicator.name, point.indicator.actual
        is_same = normalized(actual) == normalized(point.indicator.target)
        is_open = isinstance(point.target, Range) or "前" in actual
        match point.target, point.result:
            case _, Amount(comparator=Comparator()):
                inspection.find(catalogue.COPIED_TARGET, at, name=name, actual=actual)
            case Bound(written=True), Amount() if is_same:  # 达到50次 on both sides
                inspection.find(catalogue.COPIED_TARGET, at, name=name, actual=actual)
            # 5-10个 is no figure, 11月底前 no day.
            case (Range(), Quality()) | (Deadline(), Deadline()) if is_same and is_open:
                inspection.find(catalogue.COPIED_TARGET, at, name=name, actual=actual)
            case _, Amount(approximate=True):
                inspection.find(catalogue.APPROXIMATE, at, name=name, actual=actual)
            case Bound() | Range(), Quality() if point.tier is not None:
                inspection.find(
                    catalogue.NO_MEASURE,
                    at,
                    name=name,
                    target=point.indicator.target,
                    actual=actual,
                )


def units_agree(inspection: Inspection) -> None:
    document = inspection.document
    for point, at in _results(document):
        target, result, doubt = point.pair.target, point.pair.result, point.pair.doubt
        if doubt:
            one, other = doubt.readings
            inspection.find(
                catalogue.UNIT_MISSING,
                at if doubt.label == "实际完成值" else document.of(point, doubt.label),
                name=point.indicator.name,
                label=doubt.label,
                one=one,
                other=other,
            )
        elif not isinstance(target, Bound | Range) or not isinstance(result, Amount):
            continue
        elif target.unit != result.unit:
            inspection.find(
                catalogue.UNIT_DIFFERS,
                at,
                name=point.indicator.name,
                target=target.unit,
                actual=result.unit,
            )


def names_differ(inspection: Inspection) -> None:
    document = inspection.document
    first: dict[str, Span] = {}
    for point in filter(document.is_named, document.card.points):
        name, at = normalized(unnumbered(point.indicator.name)), document.of(point)
        if name in first:
            related = {first[name]: "首次出现在这里"}
            inspection.find(catalogue.SAME_NAME, at, related=related, name=point.indicator.name)
        first.setdefault(name, at)


def counts_are_whole(inspection: Inspection) -> None:
    document = inspection.document
    for point in document.card.points:
        for label, text, value in measures(point):
            if value.unit in COUNT_UNITS and EMPTY_DECIMALS.search(text):
                at = document.of(point, label)
                inspection.find(
                    catalogue.DECIMAL_COUNT, at, name=point.indicator.name, label=label, text=text
                )


CHECKS = (
    results_are_in_reach,
    results_are_results,
    units_agree,
    names_differ,
    counts_are_whole,
)
