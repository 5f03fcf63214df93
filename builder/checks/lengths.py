"""Can the form be set on paper? What has no end there is told before a layout is begun."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from builder.checks.inspection import label_of, texts_of
from builder.diagnostics import Diagnostics, catalogue
from builder.model import Report, cells, extras, place
from builder.records import Record
from builder.scoring import Document
from builder.source import Location

MOST = 10_000
"""Characters of a text: forty pages in the narrowest column."""
MOST_OF_NAME = 100
"""Characters of a level, a row of funds or a text in one: such a cell is never divided."""
MOST_PAGES = 45

# About how many characters a line of each column holds on paper, and how many lines a page.
COLUMNS: Mapping[str, int] = MappingProxyType({"name": 9, "target": 5, "actual": 5, "reason": 10})
GOAL, TEXT, LEAST, PAGE = 20, 40, 2, 50


def lengths(document: Document, diagnostics: Diagnostics) -> None:
    """Report every text that is too long for a cell, or a form that is too long in all.

    No profile lowers this: it keeps the printer from work that nobody would wait for.
    """
    measured = [
        *(
            (document.key(*at), label_of(at[:1]), label_of(at), MOST_OF_NAME)
            for at in _names(document)
        ),
        *((document.at(*at), label_of(at), text, MOST) for at, text in texts_of(document)),
        *((document.at(*at), at[-1], text, MOST_OF_NAME) for at, text in _cells(document)),
    ]
    too_long = [entry for entry in measured if len(entry[2]) > entry[3]]
    for at, label, text, most in too_long:
        size = len(text)
        diagnostics.report(catalogue.TEXT_TOO_LONG, at, label=label, length=size, most=most)
    pages = _pages(document.report)
    if pages > MOST_PAGES and not too_long:
        at = document.at(*longest(document))
        diagnostics.report(catalogue.FORM_TOO_LONG, at, pages=pages, most=MOST_PAGES)


def longest(document: Document) -> Location:
    """Where the longest text of a report stands."""
    return max(texts_of(document), key=lambda entry: len(entry[1]))[0]


def _names(document: Document) -> list[Location]:
    report = document.report
    names: list[Location] = [("项目资金", row) for row in report.rows]
    for first, seconds in report.groups.items():
        levels = [place(first), *(place(first, second) for second in seconds)]
        names += [level for level in dict.fromkeys(levels) if len(level) > 1]
    return names


def _cells(document: Document) -> Iterator[tuple[tuple[str, ...], str]]:
    """The texts that a layout has in rows of funds."""
    for row, amounts in document.report.funds.items() if document.layout.funds.entries else ():
        for label, value in extras(amounts).items():
            yield ("项目资金", row, label), f"{value or ''}"


def _lines(value: object) -> float:
    """About how many lines a field of the layout takes; the longest cell tells those of a row."""
    if not isinstance(value, Record):
        return len(f"{value}") / TEXT
    rows: dict[str, list[int]] = {}
    for row, _, cell in cells(value):
        rows.setdefault(row, []).append(len(f"{cell}"))
    return sum(max(LEAST, max(sizes) * len(sizes) / TEXT) for sizes in rows.values())


def _pages(report: Report) -> int:
    """About how many pages a form takes, or the table of its targets, or 复核 of it."""
    lines = max(len(report.expected), len(report.achieved)) / GOAL
    gone = report.approval.cancelled if report.approval else ()
    lines += sum(
        max(len(one.name) / COLUMNS["name"], len(one.target) / COLUMNS["target"]) for one in gone
    )
    lines += sum(_lines(value) for value in extras(report).values())
    for _, indicator in report.indicators():
        note = indicator.recheck.note if indicator.recheck else None
        lines += len(note or "") / COLUMNS["reason"]
        texts = ((getattr(indicator, name) or "", width) for name, width in COLUMNS.items())
        lines += max(LEAST, *(len(text) / width for text, width in texts))
        lines += LEAST * len(indicator.shares)
    return round(lines / PAGE)
