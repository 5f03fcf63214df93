"""The pages over many reports, in scopes: pages that are made of the same.

Who makes a scope is handed what it is made of and nothing else, so that what was made of the same
before is the same now. What one report says stands on the front page, on those of its year, of
its department and of its project; the register tells of it in earlier years, too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from hashlib import sha256
from types import MappingProxyType

import simplejson

from builder.content import Summary, addresses, grouped
from builder.diagnostics import Diagnostics
from builder.model import Site
from builder.scoring import Profile
from builder.site.metadata import feed_of, year_metadata
from builder.site.pages import Artifact, Pages
from builder.theme import Theme
from builder.views import (
    Overview,
    PageView,
    RevisionView,
    RuleView,
    beside_page,
    comparison,
    correction_pages,
    corrections,
    glossary,
    line_pages,
    listing_pages,
    register_pages,
    register_parts,
    register_places,
    rules,
    sides,
    site_view,
)

Made = Iterator[Artifact]


@dataclass(frozen=True, slots=True)
class Scope:
    """Some pages under one name: of which reports and tables of targets they are made, what else
    they are `told` beside the site's settings and its theme, and how they are made."""

    name: str
    summaries: Sequence[Summary]
    targets: Sequence[Summary]
    told: tuple[str, ...]
    make: Callable[[Diagnostics], Made]


@dataclass(frozen=True, slots=True)
class Spanned:
    """What all pages over many reports are made of.

    `summaries` are those of all public reports; `profile` is the site's default one; `volumes`
    are the bound ones, with their pages; `targets` are the tables of targets, and `wides` what
    each gives to that of its unit, by 编号; `used` are the rules that reports were scored by,
    `revised` is what was changed of reports after they had been public.
    """

    theme: Theme
    site: Site
    summaries: Sequence[Summary]
    profile: Profile
    volumes: Sequence[tuple[str, int]] = ()
    targets: Sequence[Summary] = ()
    wides: Mapping[str, bytes] = field(default_factory=dict)
    used: Sequence[RuleView] = ()
    revised: Sequence[tuple[Summary, RevisionView]] = ()


def overview_pages(spanned: Spanned, diagnostics: Diagnostics) -> Made:
    """Every page over many reports, the page for wrong addresses and the assets."""
    for scope in scopes(spanned):
        yield from scope.make(diagnostics)


def scopes(spanned: Spanned) -> Iterator[Scope]:
    """All of these pages by what they are made of; together each once."""
    return _Scopes(spanned).every()


class _Scopes:
    def __init__(self, spanned: Spanned) -> None:
        site = spanned.site
        self._all, self._site = spanned, site
        self._shown = site_view(site, has_corrections=bool(spanned.revised))
        everything = sorted(spanned.summaries, key=lambda summary: summary.place)
        results = [summary for summary in everything if not summary.is_planned]
        self._everything = everything
        self._years = grouped(results, lambda s: s.year)
        self._targets = grouped(spanned.targets, lambda s: s.year)
        self._projects = grouped(results, lambda s: s.project)
        self._places = register_places({f"{year}": own for year, own in self._years.items()})
        has_days = any(one.published or site.published for one in (*results, *spanned.targets))
        self._feed = feed_of(site) if has_days else ""

    def every(self) -> Iterator[Scope]:
        """The scopes of the site as a whole, of its years, of its departments."""
        spanned = self._all
        yield self._scope(
            "首页", _front, spanned.summaries, spanned.targets, volumes=spanned.volumes
        )
        yield self._scope("名词和评分规则", self._words, told=repr(spanned.used))
        yield self._scope("更正", self._corrections, told=repr(spanned.revised))
        for year in sorted({*self._years, *self._targets}, reverse=True):
            yield from self._of_year(year)
        for name, members in grouped(self._everything, lambda s: s.department).items():
            projects = {one.project for one in members if not one.is_planned}
            elsewhere = [
                one
                for project in projects
                for one in self._projects[project]
                if one.department != name
            ]
            targets = [one for one in spanned.targets if one.department == name]
            places = {key: page for key, page in self._places.items() if key[1] == name}
            yield self._scope(
                name, partial(_department, name), [*members, *elsewhere], targets,
                places=places, told="department",
            )  # fmt: skip

    def _of_year(self, year: int) -> Iterator[Scope]:
        members, targets = self._years.get(year, ()), self._targets.get(year, ())
        volumes = [one for one in self._all.volumes if one[0].startswith(f"{year}/")]
        name = f"{year}年度"
        yield self._scope(name, partial(_year, year), members, targets, volumes=volumes)
        if members:
            projects = {one.project for one in members}
            later = [
                one for project in projects for one in self._projects[project] if one.year > year
            ]
            yield self._scope(f"{name}偏差", partial(_register, year), [*members, *later])
            yield self._scope(f"{name}同类指标", partial(_kinds, year), members)
            yield self._scope(f"{name}比较", partial(_beside, year), members)

    def _scope(
        self, name: str, make: Callable[[Pages, Overview], Made], summaries: Sequence[Summary] = (),
        targets: Sequence[Summary] = (), *, volumes: Sequence[tuple[str, int]] = (),
        places: Mapping[tuple[int, str], int] = MappingProxyType({}), told: str = "",
    ) -> Scope:  # fmt: skip
        """A scope whose maker sees no more than this, and what it is `told`."""
        spanned, known = self._all, {one.id for one in targets}
        wides = {key: part for key, part in spanned.wides.items() if key in known}
        ordered = sorted(summaries, key=lambda summary: summary.place)

        def made(diagnostics: Diagnostics) -> Made:
            overview = Overview(
                self._shown, ordered, spanned.profile, volumes, targets, wides=wides, places=places
            )
            pages = Pages(spanned.theme, self._site, self._shown, diagnostics, self._feed)
            return make(pages, overview)

        seals = [f"{key} {sha256(part).hexdigest()}" for key, part in wides.items()]
        has = (f"{bool(spanned.revised)}", self._feed, repr(volumes), repr(sorted(places.items())))
        return Scope(name, ordered, targets, (*has, *seals, told), made)

    def _words(self, pages: Pages, _overview: Overview) -> Made:
        """What holds for every page."""
        terms, page = glossary(self._shown)
        yield from pages.page("glossary", page, glossary=terms)
        ruling, page = rules(self._shown, self._all.used)
        yield from pages.page("rules", page, rules=ruling)
        page = PageView(addresses.NOT_FOUND, f"没有这个页面 - {self._site.title}", "")
        yield from pages.page("notfound", page)
        yield from self._all.theme.assets()

    def _corrections(self, pages: Pages, _overview: Overview) -> Made:
        revised = self._all.revised
        told = correction_pages(*corrections(self._shown, revised)) if revised else ()
        for corrected, page in told:
            yield from pages.page("corrections", page, corrections=corrected)


def _front(pages: Pages, overview: Overview) -> Made:
    """The pages that lead to all others."""
    home, page = overview.home()
    yield from pages.page("home", page, home=home)
    directory, page = overview.offices.directory()
    yield from pages.page("departments", page, directory=directory)
    lists, page = overview.search()
    yield from pages.page("search", page, lists=lists)
    view, page = beside_page(pages.shown, list(overview.years))
    yield from pages.page("beside", page, beside=view)


def _year(year: int, pages: Pages, overview: Overview) -> Made:
    """The list of a year, of its 支出类别, and its tables of targets."""
    members = overview.years.get(f"{year}", ())
    for listing, page in listing_pages(*overview.year(year)):
        is_first = page.path == addresses.year_page(year)
        metadata = year_metadata(pages.site, page, year, members) if is_first else None
        yield from pages.page("year", page, metadata, listing=listing)
    further = list(overview.spendings(year))
    further += [overview.targets_of(year)] if f"{year}" in overview.targets else []
    for one in further:
        for listing, page in listing_pages(*one):
            yield from pages.page("year", page, listing=listing)


def _register(year: int, pages: Pages, overview: Overview) -> Made:
    """The register of deviations in pages, and all of its rows as scripts that narrow it."""
    view, page = overview.registers.page(year)
    for part, place in register_pages(view, page):
        yield from pages.page("register", place, register=part)
    for path, rows in register_parts(year, view.rows):
        register = replace(view, rows=tuple(rows))
        yield from pages.script("register-rows", path, "jixiaoRows", register=register)


def _kinds(year: int, pages: Pages, overview: Overview) -> Made:
    """Indicators of one kind over all projects of a year."""
    members = overview.years[f"{year}"]
    kinds, page = comparison.kinds(pages.shown, year, members)
    yield from pages.page("kinds", page, kinds=kinds)
    for name in comparison.kind_names(members):
        for lines, page in line_pages(*comparison.kind(pages.shown, year, name, members)):
            yield from pages.page("lines", page, lines=lines)


def _beside(year: int, pages: Pages, overview: Overview) -> Made:
    """A script for each that can be put beside another one, and one with the names of all."""
    names = []
    for side in sides(overview.years[f"{year}"], overview.profile):
        names.append([side.key, side.told])
        path = addresses.beside_script(side.key)
        yield from pages.script("beside-rows", path, "jixiaoBeside", side=side)
    text = simplejson.dumps(names, ensure_ascii=False)
    yield addresses.beside_names(year), f"jixiaoNames({text});\n".encode()


def _department(name: str, pages: Pages, overview: Overview) -> Made:
    """A department, its units, and the projects that are its own by now, over their years."""
    offices = overview.offices
    for listing, page in listing_pages(*offices.department(name)):
        yield from pages.page("department", page, listing=listing)
    for unit in offices.units_of(name):
        for listing, page in listing_pages(*offices.unit(name, unit)):
            yield from pages.page("unit", page, listing=listing)
        for wide, page in overview.wides.pages(name, unit):
            yield from pages.page("wide", page, wide=wide)
    for view, page in overview.projects(name):
        yield from pages.page("yearly", page, yearly=view)
