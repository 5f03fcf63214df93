"""Departments and their units: the list of them, and a page for each with all its reports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from builder.content import Summary, addresses, counted, grouped
from builder.scoring import Profile
from builder.text import with_units
from builder.views.beside import department_link_beside, unit_link_beside
from builder.views.digest import digest
from builder.views.listing import DirectoryView, ListingView
from builder.views.narrowing import of_department, of_indicators, of_unit
from builder.views.page import LABELS, Link, PageView, SiteView, page_view
from builder.views.pictures import office_pictures
from builder.views.register import Registers
from builder.views.table import any_scored, how_many, noun, of_newest_year, table_view, topic
from builder.views.tally import GroupView, StatisticsView, group_views, statistics_view
from builder.views.targets import planned_tables
from builder.views.whole import whole_tables, whole_view
from builder.views.wide import WideTables


class Offices:
    """Views of `departments`, which have all their reports, the newest first; `profile` is the
    site's default, `wides` are the tables of targets of whole units."""

    def __init__(
        self,
        site: SiteView,
        departments: Mapping[str, Sequence[Summary]],
        profile: Profile,
        registers: Registers,
        wides: WideTables,
    ) -> None:
        self._site, self._profile = site, profile
        self._registers, self._wides = registers, wides
        self.departments = departments
        self._results = [s for members in departments.values() for s in _with_results(members)]

    def rows(self) -> tuple[GroupView, ...]:
        """All departments as rows of a list."""
        return department_rows(self.departments, self._profile)

    def directory(self) -> tuple[DirectoryView, PageView]:
        """The list of departments and units."""
        entries = []
        for (name, members), department in zip(self.departments.items(), self.rows(), strict=True):
            is_its_unit = {summary.unit for summary in members} == {name}
            entries.append((department, () if is_its_unit else self._units(name, members)))
        path, title = self._site.directory.path, self._site.directory.text
        description, scored = "按主管部门和实施单位查看自评表。", any_scored(self._results)
        page = page_view(self._site, path, title, description, has_scores=scored)
        rows = [row for department, units in entries for row in (department, *units)]
        years = {row.year for row in rows}
        year = years.pop() if len(years) == 1 else ""
        return DirectoryView(year, tuple(entries), noun(self._results)), page

    def department(self, name: str) -> tuple[ListingView, PageView]:
        """All reports of one department, by year."""
        every = self.departments[name]
        members, units = _with_results(every), self._units(name, every)
        view = self._listing(
            name, LABELS.department, every, units if len(units) > 1 else (), of_department(name)
        )
        beside = department_link_beside(members[0].year, name) if counted(members) else None
        view = replace(view, beside=beside)
        description = f"{name}的{topic(members)}，共{how_many(members)}。"
        path = addresses.department_page(name)
        up, scored = self._site.directory, any_scored(members)
        return view, page_view(self._site, path, name, description, up, has_scores=scored)

    def unit(self, department: str, name: str) -> tuple[ListingView, PageView]:
        """All reports of one unit of a department, by year."""
        every = _by_unit(self.departments[department])[name]
        members = _with_results(every)
        is_both = name == department  # an office whose projects are its own
        lead = f"{LABELS.unit}，" + (
            f"也是{LABELS.department}" if is_both else f"{LABELS.department}为{department}"
        )
        view = self._listing(name, lead, every, (), of_unit(department, name))
        beside = unit_link_beside(members[0].year, department, name) if members else None
        view = replace(view, wides=self._wides.of_unit(department, name), beside=beside)
        description = f"{name}的{topic(members)}，共{how_many(members)}。"
        up = [self._site.directory]
        if not is_both:
            up.append(Link(department, addresses.department_page(department)))
        path, scored = addresses.unit_page(department, name), any_scored(members)
        return view, page_view(self._site, path, name, description, *up, has_scores=scored)

    def units_of(self, department: str) -> Iterable[str]:
        """The units of a department, in the order of its reports."""
        return _by_unit(self.departments[department])

    def _listing(
        self, name: str, lead: str, every: Sequence[Summary], units: tuple[GroupView, ...],
        asked: Mapping[str, str],
    ) -> ListingView:  # fmt: skip
        members = _with_results(every)
        projects, wholes = apart(members)
        newest, own = of_newest_year(projects), [s for s in wholes if s.unit == name]
        goals = [s for s in every if s.is_planned]
        has_units = len({s.unit for s in (*projects, *goals)}) > 1
        register = self._registers.place(projects, {**asked, **of_indicators(projects)})
        return ListingView(
            name=name,
            lead=lead,
            answer=tuple(
                replace(piece, text=with_units(piece.text))
                for piece in digest(projects, own, self._profile, register)
            ),
            period=f"{newest[0].year}年度" if newest else "",
            statistics=statistics_view(newest, self._profile) if newest else StatisticsView((), ()),
            ranking=None, units=units,
            tables=tuple(
                table_view(f"{year}年度项目", part, has_units=has_units)
                for year, part in grouped(projects, lambda s: str(s.year)).items()
            ),
            whole=whole_view(own),
            wholes=tuple(whole_tables([s for s in wholes if s.unit != name])),
            planned=tuple(planned_tables(goals, has_units=has_units)),
            noun=noun(members),
            pictures=office_pictures(
                projects, self._registers.of([s for s in members if s.year == newest[0].year])
                if newest else (), self._profile,
                lambda more: self._registers.place(newest, {**asked, **more}),
            ),
        )  # fmt: skip

    def _units(self, department: str, members: Sequence[Summary]) -> tuple[GroupView, ...]:
        units = _by_unit(members).items()
        links = ((Link(unit, addresses.unit_page(department, unit)), part) for unit, part in units)
        return group_views(links, self._profile)


def department_rows(
    departments: Mapping[str, Sequence[Summary]], profile: Profile
) -> tuple[GroupView, ...]:
    """Departments as rows of a list; `profile` is the site's default."""
    links = (Link(name, addresses.department_page(name)) for name in departments)
    return group_views(zip(links, departments.values(), strict=True), profile)


def apart(members: Sequence[Summary]) -> tuple[list[Summary], list[Summary]]:
    """Projects, and forms about whole offices."""
    return [s for s in members if not s.is_whole], [s for s in members if s.is_whole]


def _with_results(members: Sequence[Summary]) -> list[Summary]:
    return [summary for summary in members if not summary.is_planned]


def _by_unit(members: Sequence[Summary]) -> Mapping[str, Sequence[Summary]]:
    """Reports by unit; a form about a whole department is none of a unit's."""
    units = grouped((s for s in members if not s.is_of_department), lambda s: s.unit)
    # Who has targets only comes last.
    return dict(sorted(units.items(), key=lambda unit: all(s.is_planned for s in unit[1])))
