"""Tables of targets: those of a year as they were approved, and those without results yet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from builder.content import Summary, addresses, grouped
from builder.scoring import ZERO
from builder.text import wan
from builder.views.listing import ListingView
from builder.views.page import Download, Figure, Link, PageView, SiteView, page_view
from builder.views.table import TableView, table_view
from builder.views.tally import StatisticsView

LEAD = "目标表按批复的内容公开，有了自评结果也不变；批复以后的调整，写在各项目的网页上。"


def targets_listing(
    site: SiteView, year: int, members: Sequence[Summary], volumes: Sequence[Download]
) -> tuple[ListingView, PageView]:
    """All tables of targets of a year. What a whole office may spend is in no sum."""
    amounts = [s.budget for s in members if s.budget is not None and not s.is_whole]
    count = Figure("目标表", f"{len(members):,d}", "份")
    total = Figure("项目预算数", wan(sum(amounts, ZERO)), "万元")
    caption = f"{year}年度绩效目标"
    view = ListingView(
        name=caption,
        lead=LEAD,
        period="",
        statistics=StatisticsView((count, *((total,) if amounts else ())), ()),
        ranking=None,
        units=(),
        tables=(table_view(caption, members, by_department=True),),
        downloads=tuple(volumes),
    )
    path, up = addresses.targets_page(year), Link(f"{year}年度", addresses.year_page(year))
    description = f"{caption}，共{len(members):,d}份目标表。"
    return view, page_view(site, path, caption, description, up)


def planned_tables(members: Sequence[Summary], *, has_units: bool) -> Iterator[TableView]:
    """Targets without results as tables, one for each year."""
    for year, part in grouped(members, lambda s: s.year).items():
        yield table_view(f"{year}年度绩效目标，尚无自评结果", part, has_units=has_units)
