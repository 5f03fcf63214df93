"""Long tables over several pages: the first keeps all else, the others are table alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar
from urllib.parse import quote

from builder.content import addresses
from builder.views.comparison import LinesView
from builder.views.listing import NO_PICTURES, ListingView
from builder.views.page import Link, PagerView, PageView
from builder.views.table import SummaryView, TableView
from builder.views.tally import StatisticsView

ROWS = 50  # two thousand pixels on a phone, and about 7 KB when a server deflates them
AROUND = 2  # neighbours of a page that its pager names
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Row:
    """A row with the table and the group that it stands in."""

    table: TableView
    group: Link
    row: SummaryView


def listing_pages(
    view: ListingView, page: PageView, rows: int = ROWS
) -> Iterator[tuple[ListingView, PageView]]:
    """A listing in pages of at most so many rows; a group that is cut says its name again."""
    every = [
        _Row(table, group, row)
        for table in view.tables
        for group, members in table.groups
        for row in members
    ]
    alone = replace(
        view, statistics=StatisticsView((), ()), departments=(), units=(), comparisons=(),
        downloads=(), period="", whole=None, wholes=(), planned=(), wides=(), answer=(),
        pictures=NO_PICTURES,
    )  # fmt: skip
    for part, pager, place in pages_of(every, page, rows):
        shown = view if pager is None or pager.number == 1 else alone
        yield replace(shown, tables=tuple(_tables(part)), pager=pager), place


def line_pages(
    view: LinesView, page: PageView, rows: int = ROWS
) -> Iterator[tuple[LinesView, PageView]]:
    """A table of indicators in pages of at most so many rows."""
    for part, pager, place in pages_of(view.lines, page, rows):
        yield replace(view, lines=tuple(part), pager=pager), place


def pages_of(
    entries: Sequence[T], page: PageView, rows: int = ROWS
) -> Iterator[tuple[Sequence[T], PagerView | None, PageView]]:
    """Entries in parts of at most so many, each with its pager and its page."""
    if len(entries) <= rows:
        yield entries, None, page
        return
    count = -(-len(entries) // rows)
    for number in range(1, count + 1):
        part = entries[(number - 1) * rows : number * rows]
        yield part, _pager(page.path, number, count), _page(page, number)


def _page(page: PageView, number: int) -> PageView:
    if number == 1:
        return page
    path = addresses.further_page(page.path, number)
    root = page.canonical.removesuffix(quote(page.path))
    return replace(
        page,
        path=path,
        title=f"第{number}页 - {page.title}",
        canonical=root + quote(path) if page.canonical else "",
    )


def _pager(path: str, number: int, count: int) -> PagerView:
    def link(text: str, to: int) -> Link:
        return Link(text, addresses.further_page(path, to) if to != number else "")

    near = range(max(1, number - AROUND), min(count, number + AROUND) + 1)
    named = sorted({1, *near, count})
    return PagerView(
        number,
        f"这张表的第{number}页，共{count}页",
        link("上一页", number - 1) if number > 1 else Link(""),
        link("下一页", number + 1) if number < count else Link(""),
        tuple(link(f"{to}", to) for to in named),
    )


def _tables(rows: Sequence[_Row]) -> Iterator[TableView]:
    tables: list[tuple[TableView, list[tuple[Link, list[SummaryView]]]]] = []
    for entry in rows:
        if not tables or tables[-1][0] is not entry.table:
            tables.append((entry.table, []))
        groups = tables[-1][1]
        if not groups or groups[-1][0] is not entry.group:
            groups.append((entry.group, []))
        groups[-1][1].append(entry.row)
    for table, groups in tables:
        yield replace(table, groups=tuple((group, tuple(members)) for group, members in groups))
