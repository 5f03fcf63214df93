"""The reports of a year by 支出类别, where it has several."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from builder.content import Summary, addresses
from builder.scoring import SPENDING, Profile
from builder.views.listing import ListingView
from builder.views.page import Link, PageView, SiteView, page_view
from builder.views.table import any_scored, how_many, noun, table_view
from builder.views.tally import statistics_view


def spendings(members: Iterable[Summary]) -> Sequence[str]:
    """The 支出类别 of these reports in their usual order; none where there is only one."""
    found = {summary.kind for summary in members}
    return [kind for kind in SPENDING if kind in found] if len(found) > 1 else []


def spending_listing(
    site: SiteView, profile: Profile, year: int, kind: str, members: Sequence[Summary]
) -> tuple[ListingView, PageView]:
    """Those of `members`, the reports of a year, that are of one 支出类别: projects by department,
    whole offices in one table."""
    own = [summary for summary in members if summary.kind == kind]
    name = f"{year}年度{kind}"
    view = ListingView(
        name=f"{name}绩效自评",
        lead="",
        period="",
        statistics=statistics_view(own, profile),
        ranking=None,
        units=(),
        tables=(table_view(name, own, by_department=not own[0].is_whole),),
        noun=noun(own),
    )
    path, up = addresses.spending_page(year, kind), Link(f"{year}年度", addresses.year_page(year))
    description, scored = f"{name}绩效自评，共{how_many(own)}。", any_scored(own)
    return view, page_view(site, path, name, description, up, has_scores=scored)
