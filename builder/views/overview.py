"""Many reports: figures, charts and the table over a year, a department, a unit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from builder.content import Summary, addresses, grouped
from builder.model import TARGET
from builder.scoring import Profile
from builder.text import with_units
from builder.views.digest import digest
from builder.views.files import data_files, volume_files
from builder.views.front import HomeView, front_view, lead
from builder.views.listing import DirectoryView, ListingView, SearchView
from builder.views.page import LABELS, Download, Link, PageView, SiteView, page_view
from builder.views.pictures import office_pictures, year_pictures
from builder.views.register import Registers
from builder.views.spending import spending_listing, spendings
from builder.views.table import (
    any_scored,
    by_weight,
    how_many,
    noun,
    of_newest_year,
    table_view,
    topic,
)
from builder.views.tally import GroupView, StatisticsView, group_views, statistics_view
from builder.views.targets import planned_tables, targets_listing
from builder.views.whole import whole_tables, whole_view
from builder.views.wide import WideTables


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
    ) -> None:
        """`volumes` are the bound ones, with their pages; `targets` are the tables of targets as
        they were approved, of reports with and without results, and `wides` what they give to
        those of whole units, by 编号."""
        self.site, self.profile, self.volumes = site, profile, tuple(volumes)
        # Newest year first; inside a year by amount, so that what weighs most comes first.
        everything = sorted(summaries, key=lambda summary: summary.place)
        self.reports = [summary for summary in everything if not summary.is_planned]
        self.planned = [summary for summary in everything if summary.is_planned]
        self.years = grouped(self.reports, lambda s: str(s.year))
        approved = sorted(targets, key=lambda summary: summary.place)
        self.targets = grouped(approved, lambda s: str(s.year))
        self.wides = WideTables(site, approved, wides)
        departments = grouped(everything, lambda s: s.department)
        self.departments = dict(sorted(departments.items(), key=by_weight))
        self.registers = Registers(site, self.years)

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
            departments=() if is_told else self._departments(departments),
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
        view = SearchView(self._departments(self.departments), self._years(), noun(self.reports))
        description = "按项目、单位、指标、金额等查找自评表，可按年度、部门、等级等筛选。"
        path, title, scored = addresses.SEARCH, self.site.search.text, any_scored(self.reports)
        return view, page_view(self.site, path, title, description, has_scores=scored)

    def directory(self) -> tuple[DirectoryView, PageView]:
        """The list of departments and units."""
        entries = []
        for (name, members), department in zip(
            self.departments.items(), self._departments(self.departments), strict=True
        ):
            is_its_unit = {summary.unit for summary in members} == {name}
            entries.append((department, () if is_its_unit else self._units(name, members)))
        path, title = self.site.directory.path, self.site.directory.text
        description, scored = "按主管部门和实施单位查看自评表。", any_scored(self.reports)
        page = page_view(self.site, path, title, description, has_scores=scored)
        rows = [row for department, units in entries for row in (department, *units)]
        years = {row.year for row in rows}
        year = years.pop() if len(years) == 1 else ""
        return DirectoryView(year, tuple(entries), noun(self.reports)), page

    def year(self, year: int) -> tuple[ListingView, PageView]:
        """All reports of one year, by department."""
        members = self.years.get(f"{year}", [])
        if not members:
            return self._planned_year(year)
        departments = dict(sorted(grouped(members, lambda s: s.department).items(), key=by_weight))
        projects, wholes = _apart(members)
        name = f"{year}年度{topic(members)}"
        drawn = year_pictures(
            members, self.registers.of(members), self.profile,
            lambda asked: self.registers.narrowed(year, asked),
        )  # fmt: skip
        view = ListingView(
            name=name,
            lead="",
            period="",
            statistics=statistics_view(members, self.profile),
            departments=self._departments(departments) if len(departments) > 1 else (),
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

    def department(self, name: str) -> tuple[ListingView, PageView]:
        """All reports of one department, by year."""
        every = self.departments[name]
        members, units = _with_results(every), self._units(name, every)
        view = self._listing(name, LABELS.department, every, units if len(units) > 1 else (), name)
        description = f"{name}的{topic(members)}，共{how_many(members)}。"
        path = addresses.department_page(name)
        up, scored = self.site.directory, any_scored(members)
        return view, page_view(self.site, path, name, description, up, has_scores=scored)

    def unit(self, department: str, name: str) -> tuple[ListingView, PageView]:
        """All reports of one unit of a department, by year."""
        every = _by_unit(self.departments[department])[name]
        members = _with_results(every)
        is_both = name == department  # an office whose projects are its own
        lead = f"{LABELS.unit}，" + (
            f"也是{LABELS.department}" if is_both else f"{LABELS.department}为{department}"
        )
        view = self._listing(name, lead, every, (), department)
        view = replace(view, wides=self.wides.of_unit(department, name))
        description = f"{name}的{topic(members)}，共{how_many(members)}。"
        up = [self.site.directory]
        if not is_both:
            up.append(Link(department, addresses.department_page(department)))
        path, scored = addresses.unit_page(department, name), any_scored(members)
        return view, page_view(self.site, path, name, description, *up, has_scores=scored)

    def units_of(self, department: str) -> Iterable[str]:
        """The units of a department, in the order of its reports."""
        return _by_unit(self.departments[department])

    def _listing(
        self, name: str, lead: str, every: Sequence[Summary], units: tuple[GroupView, ...],
        department: str,
    ) -> ListingView:  # fmt: skip
        members = _with_results(every)
        projects, wholes = _apart(members)
        newest, own = of_newest_year(projects), [s for s in wholes if s.unit == name]
        has_units = len({s.unit for s in projects}) > 1
        register = self.registers.place(members, department, name)
        return ListingView(
            name=name,
            lead=lead,
            answer=tuple(
                replace(piece, text=with_units(piece.text))
                for piece in digest(projects, own, self.profile, register)
            ),
            period=f"{newest[0].year}年度" if newest else "",
            statistics=statistics_view(newest, self.profile) if newest else StatisticsView((), ()),
            departments=(), units=units,
            tables=tuple(
                table_view(f"{year}年度项目", part, has_units=has_units)
                for year, part in grouped(projects, lambda s: str(s.year)).items()
            ),
            whole=whole_view(own),
            wholes=tuple(whole_tables([s for s in wholes if s.unit != name])),
            planned=tuple(planned_tables([s for s in every if s.is_planned])),
            noun=noun(members),
            pictures=office_pictures(
                projects, self.registers.of([s for s in members if s.year == newest[0].year])
                if newest else (), self.profile,
                lambda asked: self.registers.place(newest, department, name, asked),
            ),
        )  # fmt: skip

    def _departments(self, members: Mapping[str, Sequence[Summary]]) -> tuple[GroupView, ...]:
        return self._rows(
            (Link(name, addresses.department_page(name)), part) for name, part in members.items()
        )

    def _units(self, department: str, members: Sequence[Summary]) -> tuple[GroupView, ...]:
        return self._rows(
            (Link(unit, addresses.unit_page(department, unit)), part)
            for unit, part in _by_unit(members).items()
        )

    def _rows(self, groups: Iterable[tuple[Link, Sequence[Summary]]]) -> tuple[GroupView, ...]:
        return group_views(groups, self.profile)

    def _files(self, year: int, members: Sequence[Summary]) -> Iterable[Download]:
        yield from volume_files(self.volumes, year)
        yield from data_files(year, members)

    def _years(self) -> tuple[GroupView, ...]:
        return self._rows(
            (Link(f"{year}年度", addresses.year_page(int(year))), members)
            for year, members in self.years.items()
        )


def _with_results(members: Sequence[Summary]) -> list[Summary]:
    return [summary for summary in members if not summary.is_planned]


def _apart(members: Sequence[Summary]) -> tuple[list[Summary], list[Summary]]:
    """Projects, and forms about whole offices."""
    return [s for s in members if not s.is_whole], [s for s in members if s.is_whole]


def _by_unit(members: Sequence[Summary]) -> Mapping[str, Sequence[Summary]]:
    """Reports by unit; a form about a whole department is none of a unit's."""
    units = grouped((s for s in members if not s.is_of_department), lambda s: s.unit)
    # Who has targets only comes last.
    return dict(sorted(units.items(), key=lambda unit: all(s.is_planned for s in unit[1])))
