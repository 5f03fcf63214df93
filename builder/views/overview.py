"""Many reports: figures, charts and the table over a year, a department, a unit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from builder.content import Summary, addresses, grouped, statistics
from builder.scoring import Profile
from builder.text import figure, percent, wan
from builder.views.charts import ChartView, grades_chart, rates_chart, totals_chart
from builder.views.page import (
    LABELS,
    Download,
    Figure,
    Link,
    PagerView,
    PageView,
    SiteView,
    page_view,
)
from builder.views.table import TableView, any_scored, by_weight, of_newest_year, table_view


@dataclass(frozen=True, slots=True)
class StatisticsView:
    """Headline figures and charts over several reports."""

    figures: tuple[Figure, ...]
    charts: tuple[ChartView, ...]


@dataclass(frozen=True, slots=True)
class GroupView:
    """A department, unit or year as a row of a list; its figures are those of `year`."""

    link: Link
    year: str
    count: str
    budget: str
    rate: str
    average: str


@dataclass(frozen=True, slots=True)
class HomeView:
    """The front page: the latest year in figures, then departments and years."""

    latest: Link
    statistics: StatisticsView
    departments: tuple[GroupView, ...]
    years: tuple[GroupView, ...]
    volumes: tuple[Download, ...] = ()


@dataclass(frozen=True, slots=True)
class DirectoryView:
    """All departments, each with its units."""

    departments: tuple[tuple[GroupView, tuple[GroupView, ...]], ...]


@dataclass(frozen=True, slots=True)
class SearchView:
    """The page of the search: what leads on without words, and without a script."""

    departments: tuple[GroupView, ...]
    years: tuple[GroupView, ...]


@dataclass(frozen=True, slots=True)
class ListingView:
    """A year, a department or a unit: statistics of `period`, then one table for each year."""

    name: str
    lead: str
    period: str
    statistics: StatisticsView
    departments: tuple[GroupView, ...]
    units: tuple[GroupView, ...]
    tables: tuple[TableView, ...]
    comparisons: tuple[Link, ...] = ()
    downloads: tuple[Download, ...] = ()
    pager: PagerView | None = None


class Overview:
    """Views over all public reports of a site; `profile` is the site's default."""

    def __init__(
        self,
        site: SiteView,
        summaries: Iterable[Summary],
        profile: Profile,
        volumes: Iterable[tuple[str, int]] = (),
    ) -> None:
        """`volumes` are the bound ones, with their pages."""
        self.site, self.profile, self.volumes = site, profile, tuple(volumes)
        # Newest year first; inside a year by amount, so that what weighs most comes first.
        self.reports = sorted(summaries, key=lambda summary: summary.place)
        self.years = grouped(self.reports, lambda s: str(s.year))
        departments = grouped(self.reports, lambda s: s.department)
        self.departments = dict(sorted(departments.items(), key=by_weight))

    def home(self) -> tuple[HomeView, PageView]:
        """The front page."""
        latest = next(iter(self.years), "")
        newest = self.years.get(latest, ())
        path = addresses.year_page(int(latest)) if latest else ""
        view = HomeView(
            latest=Link(f"{latest}年度" if latest else "", path),
            statistics=self._statistics(newest),
            departments=tuple(
                self._group(Link(name, addresses.department_page(name)), of_newest_year(members))
                for name, members in self.departments.items()
                if str(members[0].year) == latest
            ),
            years=self._years(),
            volumes=self._volumes(latest),
        )
        description = self.site.summary or f"{self.site.publisher}项目支出绩效自评公开"
        scored = any_scored(self.reports)
        return view, page_view(
            self.site, addresses.HOME, self.site.title, description, has_scores=scored
        )

    def search(self) -> tuple[SearchView, PageView]:
        """The page of the search."""
        view = SearchView(
            tuple(
                self._group(Link(name, addresses.department_page(name)), of_newest_year(members))
                for name, members in self.departments.items()
            ),
            self._years(),
        )
        description = "按项目、单位、指标、金额等查找自评表，可按年度、部门、等级等筛选。"
        path, title, scored = addresses.SEARCH, self.site.search.text, any_scored(self.reports)
        return view, page_view(self.site, path, title, description, has_scores=scored)

    def directory(self) -> tuple[DirectoryView, PageView]:
        """The list of departments and units."""
        entries = []
        for name, members in self.departments.items():
            department = self._group(
                Link(name, addresses.department_page(name)), of_newest_year(members)
            )
            is_its_unit = {summary.unit for summary in members} == {name}
            entries.append((department, () if is_its_unit else self._units(name, members)))
        path, title = self.site.directory.path, self.site.directory.text
        description, scored = "按主管部门和实施单位查看自评表。", any_scored(self.reports)
        page = page_view(self.site, path, title, description, has_scores=scored)
        return DirectoryView(tuple(entries)), page

    def year(self, year: int) -> tuple[ListingView, PageView]:
        """All reports of one year, by department."""
        members = self.years[str(year)]
        departments = grouped(members, lambda s: s.department)
        parts = sorted(departments.items(), key=by_weight) if len(departments) > 1 else ()
        data = "各项得分和算式" if any_scored(members) else "各项指标和资金"
        sheets = "XLSX，项目、指标、资金" + "、其他栏目" * any(s.has_own for s in members)
        view = ListingView(
            name=f"{year}年度项目支出绩效自评",
            lead="",
            period="",
            statistics=self._statistics(members),
            departments=tuple(
                self._group(Link(name, addresses.department_page(name)), part)
                for name, part in parts
            ),
            units=(),
            tables=(table_view(f"{year}年度项目", members, by_department=True),),
            comparisons=(
                Link("偏差事项", addresses.deviations_page(year)),
                Link("同类指标", addresses.kinds_page(year)),
            ),
            downloads=(
                *self._volumes(str(year)),
                Download("下载表格", addresses.data_file(year, ".xlsx"), sheets),
                Download("下载 CSV", addresses.data_file(year, ".csv"), "每个项目一行"),
                Download("下载 JSON", addresses.data_file(year, ".json"), data),
            ),
        )
        description = f"{year}年度项目支出绩效自评，共{len(members)}个项目。"
        path, scored = addresses.year_page(year), any_scored(members)
        return view, page_view(self.site, path, f"{year}年度", description, has_scores=scored)

    def department(self, name: str) -> tuple[ListingView, PageView]:
        """All reports of one department, by year."""
        members = self.departments[name]
        units = self._units(name, members)
        view = self._listing(name, LABELS.department, members, units if len(units) > 1 else ())
        description = f"{name}的项目支出绩效自评，共{len(members)}个项目。"
        path = addresses.department_page(name)
        up, scored = self.site.directory, any_scored(members)
        return view, page_view(self.site, path, name, description, up, has_scores=scored)

    def unit(self, department: str, name: str) -> tuple[ListingView, PageView]:
        """All reports of one unit of a department, by year."""
        members = [s for s in self.departments[department] if s.unit == name]
        is_both = name == department  # an office whose projects are its own
        lead = f"{LABELS.unit}，" + (
            f"也是{LABELS.department}" if is_both else f"{LABELS.department}为{department}"
        )
        view = self._listing(name, lead, members, ())
        description = f"{name}的项目支出绩效自评，共{len(members)}个项目。"
        up = [self.site.directory]
        if not is_both:
            up.append(Link(department, addresses.department_page(department)))
        path, scored = addresses.unit_page(department, name), any_scored(members)
        return view, page_view(self.site, path, name, description, *up, has_scores=scored)

    def units_of(self, department: str) -> Iterable[str]:
        """The units of a department, in the order of its reports."""
        return grouped(self.departments[department], lambda s: s.unit)

    def _listing(
        self, name: str, lead: str, members: Sequence[Summary], units: tuple[GroupView, ...]
    ) -> ListingView:
        newest = of_newest_year(members)
        has_units = len({s.unit for s in members}) > 1
        return ListingView(
            name=name,
            lead=lead,
            period=f"{newest[0].year}年度",
            statistics=self._statistics(newest),
            departments=(),
            units=units,
            tables=tuple(
                table_view(f"{year}年度项目", part, has_units=has_units)
                for year, part in grouped(members, lambda s: str(s.year)).items()
            ),
        )

    def _units(self, department: str, members: Sequence[Summary]) -> tuple[GroupView, ...]:
        return tuple(
            self._group(Link(unit, addresses.unit_page(department, unit)), of_newest_year(part))
            for unit, part in grouped(members, lambda s: s.unit).items()
        )

    def _volumes(self, year: str) -> tuple[Download, ...]:
        """The bound volumes of a year."""
        found = [(path, pages) for path, pages in self.volumes if path.startswith(f"{year}/")]
        return tuple(
            Download(
                f"下载{year}年度汇编" + (f"第{place}册" if found[1:] else ""),
                path,
                f"PDF，{pages:,d}页，供打印装订",
            )
            for place, (path, pages) in enumerate(found, start=1)
        )

    def _years(self) -> tuple[GroupView, ...]:
        return tuple(
            self._group(Link(f"{year}年度", addresses.year_page(int(year))), members)
            for year, members in self.years.items()
        )

    def _statistics(self, members: Sequence[Summary]) -> StatisticsView:
        figures = statistics(members, self.profile.execution.rate)
        last = (
            Figure("平均总分", figure(figures.average), "分")
            if figures.average is not None
            else Figure(LABELS.spent, wan(figures.spent), "万元")
        )
        order = [band.grade for band in sorted(self.profile.bands, key=lambda band: -band.lower)]
        charts = (
            grades_chart(figures.grades, order, figures.count),
            rates_chart([(s.name, s.rate) for s in members if s.rate is not None]),
            totals_chart([s.total for s in members if s.total is not None], figures.count),
        )
        return StatisticsView(
            (
                Figure("项目", f"{figures.count:,d}", "个"),
                Figure(LABELS.budget, wan(figures.budget), "万元"),
                Figure(
                    LABELS.rate, percent(figures.rate, sign=False), "%" if figures.budget else ""
                ),
                last,
            ),
            tuple(chart for chart in charts if chart),
        )

    def _group(self, link: Link, members: Sequence[Summary]) -> GroupView:
        figures = statistics(members, self.profile.execution.rate)
        return GroupView(
            link,
            f"{members[0].year}年度",
            f"{figures.count:,d}",
            wan(figures.budget),
            percent(figures.rate),
            figure(figures.average),
        )
