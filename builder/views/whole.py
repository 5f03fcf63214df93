"""What an office spends as a whole: the form that its page leads with, and a table of many."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from builder.content import Summary, addresses, grouped
from builder.text import NOTHING, figure, percent, wan
from builder.views.page import LABELS, Figure, Link
from builder.views.table import TableView, table_view


@dataclass(frozen=True, slots=True)
class WholeView:
    """The newest form about a whole office in figures, and those of `earlier` years."""

    link: Link
    figures: tuple[Figure, ...]
    earlier: tuple[Link, ...]


def whole_view(members: Sequence[Summary]) -> WholeView | None:
    """The forms about one office, the newest first; None without one."""
    if not members:
        return None
    newest, *others = members
    known = (
        Figure(LABELS.total, figure(newest.total), "分", newest.grade or ""),
        Figure(LABELS.rate, percent(newest.rate, sign=False), "%"),
        Figure(LABELS.budget, wan(newest.budget), "万元"),
        Figure(LABELS.spent, wan(newest.spent), "万元"),
    )
    return WholeView(
        _link(newest, newest.name),
        tuple(one for one in known if one.text != NOTHING),
        tuple(_link(summary) for summary in others),
    )


def whole_tables(members: Sequence[Summary]) -> Iterator[TableView]:
    """Forms about whole offices as tables, one for each year."""
    for year, part in grouped(members, lambda s: s.year).items():
        yield table_view(f"{year}年度部门整体支出", part)


def _link(summary: Summary, name: str = "") -> Link:
    page = addresses.report_page(summary.year, summary.stem)
    return Link(f"{summary.year}年度{name}", page)
