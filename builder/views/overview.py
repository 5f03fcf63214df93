"""Many reports: the front page, what a year comes to, and what the search begins with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from builder.content import Summary, addresses, grouped
from builder.model import TARGET
from builder.scoring import Profile
from builder.views.files import data_files, volume_files
from builder.views.front import HomeView, front_view, lead
from builder.views.listing import ListingView, SearchView
from builder.views.narrowing import Places, narrowed
from builder.views.offices import Offices, apart, department_rows
from builder.views.page import Download, Link, PageView, SiteView, page_view
from builder.views.pictures import year_pictures
from builder.views.ranking import ranking_view
from builder.views.register import Registers
from builder.views.spending import spending_listing, spendings
from builder.views.table import (
    any_scored,
    by_weight,
    how_many,
    noun,
    table_view,
    topic,
)
from builder.views.tally import GroupView, group_views, statistics_view
from builder.views.targets import targets_listing
from builder.views.whole import whole_tables
from builder.views.wide import WideTables
from builder.views.yearly import YearlyView, yearly


class Overview:
    """Views over all public reports of a site; `profile` is the site's default."""

    def __init__(
        self,
        site: SiteView,
        summaries: Iterable[Summary],
        profile: Profile,
        volumes: Iterable[tuple[str, int]] = (),
        targets: Iterable[Summary] = (),
        *,
        wides: Mapping[str, bytes] = MappingProxyType({}),
        places: Places | None = None,
    ) -> None:
        """`volumes` are the bound ones, with their pages; `targets` are the tables of targets as
        they were approved, of reports with and without results, and `wides` what they give to
        those of whole units, by 编号. `places` are for `Registers`, where `summaries` are not all
        of the site's."""
        self.site, self.profile, self.volumes = site, profile, tuple(volumes)
        # Newest year first; inside a year by amount, so that what weighs most comes first.
        everything = sorted(summaries, key=lambda summary: summary.place)
        self.reports = [summary for summary in everything if not summary.is_planned]
        self.years = grouped(self.reports, lambda s: str(s.year))
        approved = sorted(targets, key=lambda summary: summary.place)
        self.targets = grouped(approved, lambda s: str(s.year))
        self.wides = WideTables(site, approved, wides)
        departments = grouped(everything, lambda s: s.department)
        self.registers = Registers(site, self.years, places)
        self.offices = Offices(
            site, dict(sorted(departments.items(), key=by_weight)), profile, self.registers,
            self.wides,
        )  # fmt: skip

    @property
    def all_years(self) -> list[str]:
        """Every year that has a page, the newest first."""
        return sorted({*self.years, *self.targets}, reverse=True)

    def home(self) -> tuple[HomeView, PageView]:
        """The front page."""
        latest = next(iter(self.years), "")
        newest = self.years.get(latest, ())
        departments = dict(sorted(grouped(newest, lambda s: s.department).items(), key=by_weight))
        sentence = self.site.summary or lead(self.site.publisher, self.reports)
        view = front_view(sentence, self.reports, self.profile)
        is_told = len(departments) == 1 or (view.money and view.money.is_of_departments)
        view = replace(
            view,
            departments=() if is_told else department_rows(departments, self.profile),
            targets=self._newest_targets(),
            downloads=tuple(self._files(int(latest), newest)) if latest else (),
        )
        description = sentence or f"{self.site.publisher}{topic(self.reports)}公开"
        scored = any_scored(self.reports)
        return view, page_view(
            self.site, addresses.HOME, self.site.title, description, has_scores=scored
        )

    def search(self) -> tuple[SearchView, PageView]:
        """The page of the search."""
        view = SearchView(self.offices.rows(), self._years(), noun(self.reports))
        description = "按项目、单位、指标、金额等查找自评表，可按年度、部门、等级等筛选。"
        path, title, scored = addresses.SEARCH, self.site.search.text, any_scored(self.reports)
        return view, page_view(self.site, path, title, description, has_scores=scored)

    def year(self, year: int) -> tuple[ListingView, PageView]:
        """All reports of one year, by department."""
        members = self.years.get(f"{year}", [])
        if not members:
            return self._planned_year(year)
        departments = dict(sorted(grouped(members, lambda s: s.department).items(), key=by_weight))
        projects, wholes = apart(members)
        name = f"{year}年度{topic(members)}"
        drawn = year_pictures(
            members, self.registers.of(members), self.profile,
            lambda asked: narrowed(year, asked),
        )  # fmt: skip
        view = ListingView(
            name=name,
            lead="",
            period="",
            statistics=statistics_view(members, self.profile),
            ranking=ranking_view(departments, self.profile),
            units=(),
            tables=(
                (table_view(f"{year}年度项目", projects, by_department=True),) if projects else ()
            ),
            comparisons=tuple(self._comparisons(year)),
            downloads=tuple(self._files(year, members)),
            wholes=tuple(whole_tables(wholes)),
            noun=noun(members),
            pictures=drawn,
        )
        description = f"{name}，共{how_many(members)}。"
        path, scored = addresses.year_page(year), any_scored(members)
        return view, page_view(self.site, path, f"{year}年度", description, has_scores=scored)

    def spendings(self, year: int) -> Iterable[tuple[ListingView, PageView]]:
        """The reports of one year by 支出类别, where it has several."""
        members = self.years.get(f"{year}", ())
        for kind in spendings(members):
            yield spending_listing(self.site, self.profile, year, kind, members)

    def _planned_year(self, year: int) -> tuple[ListingView, PageView]:
        """A year without any result: its targets, on the page of the year."""
        view, page = self.targets_of(year)
        path = addresses.year_page(year)
        comparisons = (Link("绩效目标", addresses.targets_page(year)),)
        downloads = (*view.downloads, *data_files(year, self.targets[f"{year}"]))
        view = replace(view, comparisons=comparisons, downloads=downloads)
        title = f"{year}年度"
        return view, page_view(self.site, path, title, page.description)

    def targets_of(self, year: int) -> tuple[ListingView, PageView]:
        """All tables of targets of one year, as they were approved."""
        volumes = tuple(volume_files(self.volumes, year, TARGET))
        view, page = targets_listing(self.site, year, self.targets[f"{year}"], volumes)
        return replace(view, wides=self.wides.of_year(year)), page

    def _comparisons(self, year: int) -> Iterable[Link]:
        yield Link("偏差事项", addresses.deviations_page(year))
        yield Link("同类指标", addresses.kinds_page(year))
        for kind in spendings(self.years[f"{year}"]):
            yield Link(kind, addresses.spending_page(year, kind))
        if str(year) in self.targets:
            yield Link("绩效目标", addresses.targets_page(year))
        if any(summary.modified for summary in self.years[f"{year}"]):
            yield Link("更正", addresses.CORRECTIONS)

    def _newest_targets(self) -> Link | None:
        """The way to the targets of the running year."""
        year = next(iter(self.targets), None)
        if year is None:
            return None
        count = len(self.targets[year])
        return Link(f"{year}年度绩效目标（{count:,d}份）", addresses.targets_page(int(year)))

    def projects(self, department: str) -> Iterable[tuple[YearlyView, PageView]]:
        """The years side by side of every project that has several, and is now one of this
        department."""
        for years in grouped(self.reports, lambda s: s.project).values():
            found = yearly(self.site, years) if years[0].department == department else None
            if found:
                yield found

    def _files(self, year: int, members: Sequence[Summary]) -> Iterable[Download]:
        yield from volume_files(self.volumes, year)
        yield from data_files(year, members)

    def _years(self) -> tuple[GroupView, ...]:
        links = (Link(f"{year}年度", addresses.year_page(int(year))) for year in self.years)
        return group_views(zip(links, self.years.values(), strict=True), self.profile)
