"""What can be found of a report: its texts and figures, each with the place it stands at."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

import simplejson

from builder.content import addresses
from builder.layouts import TABLE, Layout
from builder.model import (
    Amounts,
    Declared,
    Evidence,
    Goals,
    Indicator,
    Report,
    Review,
    cells,
    extras,
)
from builder.records import Record
from builder.scoring import Document, FundLine, Points, Profile, reason_of
from builder.site.search.grams import grams
from builder.text import common_decimals, figure, percent, to_plain


class Passage(NamedTuple):
    """A text of a report in one line. `anchor` is the id of its place on the page, or ""."""

    anchor: str
    label: str
    text: str


# Name, department and unit come first, in this order: search.js knows them by their places.
NAMES = tuple(Report.label(name) for name in ("name", "department", "unit"))
YEAR, CODE, GROUPS = (Report.label(name) for name in ("year", "code", "groups"))
FUNDS, NOTE = Report.label("funds"), Report.label("execution_note")
EXPECTED, ACHIEVED = Goals.label("expected"), Goals.label("achieved")
BUDGET, SPENT = Amounts.label("budget"), Amounts.label("spent")
RATE, TOTAL, GRADE = (Declared.label(name) for name in ("rate", "total", "grade"))
REVIEW_NOTE, APPROVAL = "复核备注", "批复以后的调整"
CAUSES = Review.label("causes")
REASON, EVIDENCE = Indicator.label("reason"), Evidence.label("name")


def passages(document: Document) -> Iterator[Passage]:
    """All that can be found of a public report, as a reader of its page sees it.

    A word is looked for inside one passage, never across two. ValueError for a withheld report.
    """
    report = document.report
    if not report.is_public:
        raise ValueError(f"{report.year}/{document.stem} is withheld")
    for anchor, label, text in _all(document):
        if text:
            yield Passage(anchor, label, to_plain(text))


def _all(document: Document) -> Iterator[tuple[str, str, str | None]]:
    report, card, layout = document.report, document.card, document.layout
    yield from zip(("",) * 3, NAMES, (report.name, report.department, report.unit), strict=True)
    yield "", YEAR, f"{report.year}年度"
    yield "", CODE, report.code
    yield from _funds(document)
    yield addresses.EXECUTION_NOTE, NOTE, reason_of(report.execution_note)
    for label, goal in ((EXPECTED, report.expected), (ACHIEVED, report.achieved)):
        if label in layout.goals.columns:
            yield addresses.GOALS, label, goal
    for number, points in enumerate(card.points, start=1):
        row = addresses.indicator_row(number)
        yield row, points.kind or GROUPS, _indicator(points, document.profile)
        yield addresses.reason(row), REASON, reason_of(points.indicator.reason)
        for share in points.indicator.shares:
            yield row, points.kind or GROUPS, f"{share.name}：{share.target} → {share.actual}"
        yield from _own(points.indicator, row)
        yield from _other_stages(points.indicator, row)
    yield from _own(report, "")
    if report.review:
        yield addresses.RECHECK, CAUSES, report.review.causes
    yield from _tables(document)
    if card.total is not None:
        grade = f"，{GRADE} {card.grade}" if card.grade else ""
        yield addresses.TOTAL_ROW, TOTAL, f"{TOTAL} {figure(card.total)} 分{grade}"
    for evidence in report.evidence:
        if not evidence.internal:
            yield addresses.EVIDENCE, EVIDENCE, evidence.name
    # Last: of passages that tell as much the first is shown.
    kinds = dict.fromkeys(name for points in card.points for name in points.levels)
    yield addresses.indicator_row(1), GROUPS, "、".join(kinds)


def _other_stages(indicator: Indicator, row: str) -> Iterator[tuple[str, str, str | None]]:
    """Why its target is another one than approved, and what 复核 says of it."""
    if approved := indicator.approved:
        yield row, APPROVAL, approved.note
    if recheck := indicator.recheck:
        yield row, REVIEW_NOTE, recheck.note


def _funds(document: Document) -> Iterator[tuple[str, str, str | None]]:
    report, card, layout = document.report, document.card, document.layout
    lines = (card.execution.total, *card.rows)
    decimals = common_decimals(amount for line in lines for amount in line.amounts.values())
    for number, line in enumerate(lines):
        anchor = addresses.fund_row(number)
        if any(line.amounts.values()):
            yield anchor, FUNDS, _money(layout.funds.word(line.label), line, layout, decimals)
        if layout.funds.entries and line.label in report.funds:
            yield from _own(report.funds[line.label], anchor, *layout.funds.own_amounts)


def _own(
    record: Report | Indicator | Amounts, anchor: str, *told: str
) -> Iterator[tuple[str, str, str | None]]:
    """The fields that only the layout knows, but for tables and those `told` elsewhere."""
    for label, value in extras(record).items():
        if value is not None and not isinstance(value, Record) and label not in told:
            yield anchor, label, f"{value}"


def _tables(document: Document) -> Iterator[tuple[str, str, str | None]]:
    """The cells of tables that only the layout knows, each with the row that it stands in."""
    entries, found = document.layout.entries, extras(document.report)
    for number, (label, entry) in enumerate(entries.items(), start=1):
        if entry.kind == TABLE and label in found:
            rows = {row: at for at, row in enumerate(entry.row_names, start=1)}
            for row, column, value in cells(found[label]):
                text = f"{row} {column}：{value}" if value not in (None, "") else None
                yield addresses.table_row(number, rows[row]), label, text


def _money(label: str, line: FundLine, layout: Layout, decimals: int) -> str:
    parts = [
        f"{name} {figure(amount, decimals)} {layout.money_unit}"
        for name, amount in line.amounts.items()
        if amount is not None
    ]
    parts += [
        f"{name} {percent(share)}" for name, share in line.shares.items() if share is not None
    ]
    parts += [f"{RATE} {percent(line.rate)}"] if line.rate is not None else []
    return "，".join([label, *parts])


def _indicator(points: Points, profile: Profile) -> str:
    indicator = points.indicator
    text = f"{indicator.name}：{indicator.target} → {indicator.actual}".rstrip("： →")
    if points.awarded is None:
        return text
    return f"{text}，得 {figure(points.awarded, profile.point_digits)} 分"


def _grouped(amount: Decimal) -> str:
    """An amount with the digits that its form prints, and separators to count them by."""
    return f"{amount:,f}"


def entry(document: Document) -> bytes:
    """What a result shows of a report, its passages and what the index holds of them, packed."""
    report, card = document.report, document.card
    unit, total = document.layout.money_unit, card.execution.total
    budget, label = total.budget, BUDGET
    if report.is_planned:
        budget, label = total.approved, "绩效目标，预算数"
    money = [(label, budget), (SPENT, total.spent)]
    rate = [] if total.rate is None else [f"{RATE} {percent(total.rate)}"]
    facts = [
        f"{report.year}年度",
        report.unit,
        *(f"{name} {_grouped(amount)} {unit}" for name, amount in money if amount is not None),
        *rate,
    ]
    if card.total is not None:
        facts.append(f"{TOTAL} {figure(card.total)} {card.grade or ''}".strip())
    found = document.recheck.execution.total.spent if document.recheck else None
    if found is not None and found != total.spent:
        facts.append(f"复核{SPENT} {_grouped(found)} {unit}")
    if document.recheck and document.recheck.total is not None:
        facts.append(f"复核{TOTAL} {figure(document.recheck.total)}")
    data = {
        "path": addresses.report_page(report.year, document.stem),
        "facts": [to_plain(fact) for fact in facts],
        "passages": list(passages(document)),
    }
    return pack(data)


class Unpacked(NamedTuple):
    """An `entry`: an object as JSON, and the `grams` of its passages, of these the runs of three
    Han characters, and the grams of its name."""

    data: str
    grams: list[str]
    triples: list[str]
    named: list[str]


def pack(data: Mapping[str, Any]) -> bytes:
    """An `entry` of an object with `passages` (about 3 KB). All that the index needs of a report
    alone is worked out here: it changes with that report, and is done where that is rendered.
    """
    text = simplejson.dumps(
        data, ensure_ascii=False, separators=(",", ":"), namedtuple_as_object=False
    )
    texts = [passage for _, _, passage in data["passages"]]
    told = (*grams("\n".join(texts)), grams(texts[0])[0])
    lines = [text, *(" ".join(sorted(found)) for found in told)]
    return zlib.compress("\n".join(lines).encode(), 1)


def unpack(entry: bytes) -> Unpacked:
    """What was packed."""
    data, *lines = zlib.decompress(entry).decode().split("\n")
    return Unpacked(data, *(line.split() for line in lines))
