"""Pages of the site, as site paths and bytes. A mistake in a template is reported, never raised."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

import simplejson

from builder.content import Summary, Withdrawn, addresses
from builder.diagnostics import Diagnostics
from builder.model import Site
from builder.opendata import DataFile
from builder.scoring import Profile
from builder.site.data import fields, held
from builder.site.metadata import (
    NO_INDEX,
    Metadata,
    data_metadata,
    feed_of,
    page_metadata,
    year_metadata,
)
from builder.text import whole
from builder.theme import Theme
from builder.views import (
    LABELS,
    Overview,
    PageView,
    ReportView,
    RevisionView,
    RuleView,
    SiteView,
    StageView,
    beside_page,
    comparison,
    correction_pages,
    corrections,
    data_view,
    explaining,
    glossary,
    line_pages,
    listing_pages,
    register_pages,
    register_parts,
    rules,
    sides,
    site_view,
    withdrawn_view,
)

Artifact = tuple[str, bytes]
"""A file of the output: its posix path from the root, and its bytes."""


def report_page(
    theme: Theme,
    site: SiteView,
    report: ReportView | StageView,
    metadata: Metadata,
    diagnostics: Diagnostics,
) -> list[Artifact]:
    """The page of one report, or of its table of another stage; nothing where its template
    fails."""
    pages = _Pages(theme, site, diagnostics)
    template = "report" if isinstance(report, ReportView) else "stage"
    return list(pages.page(template, report.page, metadata, report=report))


def withdrawn_pages(
    theme: Theme, site: Site, withdrawn: Iterable[Withdrawn], diagnostics: Diagnostics
) -> Iterator[Artifact]:
    """The pages in place of reports that are no longer public. No page leads to them."""
    pages = _Pages(theme, site_view(site), diagnostics)
    for gone in withdrawn:
        for path in gone.pages:
            view, page = withdrawn_view(pages.site, gone, path)
            metadata = page_metadata(site, page)
            metadata = replace(metadata, tags=(NO_INDEX, *metadata.tags))
            yield from pages.page("withdrawn", page, metadata, withdrawn=view)


def overview_pages(
    theme: Theme,
    site: Site,
    summaries: Iterable[Summary],
    profile: Profile,
    diagnostics: Diagnostics,
    *,
    volumes: Iterable[tuple[str, int]] = (),
    targets: Sequence[Summary] = (),
    wides: Mapping[str, bytes] = MappingProxyType({}),
    used: Sequence[RuleView] = (),
    revised: Sequence[tuple[Summary, RevisionView]] = (),
) -> Iterator[Artifact]:
    """Every page over many reports, the page for wrong addresses and the assets.

    `summaries` are those of all public reports; `profile` is the site's default one;
    `volumes` are the bound ones, with their pages; `targets` are the tables of targets,
    and `wides` what each gives to that of its unit, by 编号; `used` are the rules that reports
    were scored by, `revised` is what was changed of reports after they had been public.
    """
    shown = site_view(site, has_corrections=bool(revised))
    overview = Overview(shown, summaries, profile, volumes, targets, wides=wides)
    has_days = any(one.published or site.published for one in (*overview.reports, *targets))
    pages = _Pages(theme, shown, diagnostics, feed_of(site) if has_days else "")
    home, page = overview.home()
    yield from pages.page("home", page, page_metadata(site, page), home=home)
    directory, page = overview.offices.directory()
    yield from pages.page("departments", page, page_metadata(site, page), directory=directory)
    lists, page = overview.search()
    yield from pages.page("search", page, page_metadata(site, page), lists=lists)
    terms, page = glossary(shown)
    yield from pages.page("glossary", page, page_metadata(site, page), glossary=terms)
    ruling, page = rules(shown, used)
    yield from pages.page("rules", page, page_metadata(site, page), rules=ruling)
    if revised:
        for corrected, page in correction_pages(*corrections(shown, revised)):
            metadata = page_metadata(site, page)
            yield from pages.page("corrections", page, metadata, corrections=corrected)
    yield from _years(pages, site, overview)
    for department in overview.offices.departments:
        for listing, page in listing_pages(*overview.offices.department(department)):
            yield from pages.page("department", page, page_metadata(site, page), listing=listing)
        for unit in overview.offices.units_of(department):
            for listing, page in listing_pages(*overview.offices.unit(department, unit)):
                yield from pages.page("unit", page, page_metadata(site, page), listing=listing)
            for wide, page in overview.wides.pages(department, unit):
                yield from pages.page("wide", page, page_metadata(site, page), wide=wide)
    yield from _beside(pages, site, overview)
    for view, page in overview.projects():
        yield from pages.page("yearly", page, page_metadata(site, page), yearly=view)
    page = PageView(addresses.NOT_FOUND, f"没有这个页面 - {site.title}", "")
    yield from pages.page("notfound", page, page_metadata(site, page))
    yield from theme.assets()


def data_page(
    theme: Theme,
    site: Site,
    files: Sequence[DataFile],
    summaries: Sequence[Summary],
    diagnostics: Diagnostics,
    *,
    targets: Sequence[Summary] = (),
    has_corrections: bool = False,
) -> Iterator[Artifact]:
    """The page that leads to the data `files`, of which the sizes are known by now.

    `summaries` and `targets` are those of `overview_pages`.
    """
    shown = site_view(site, has_corrections=has_corrections)
    results = [summary for summary in summaries if not summary.is_planned]
    has_days = any(one.published or site.published for one in (*results, *targets))
    pages = _Pages(theme, shown, diagnostics, feed_of(site) if has_days else "")
    view, page = data_view(shown, site, held(files), fields(files), summaries)
    yield from pages.page("data", page, data_metadata(site, page, files), data=view)


def _years(pages: _Pages, site: Site, overview: Overview) -> Iterator[Artifact]:
    """The pages of every year: its list, its comparisons, and its tables of targets."""
    for year in overview.all_years:
        for listing, page in listing_pages(*overview.year(int(year))):
            metadata = page_metadata(site, page)
            if page.path == addresses.year_page(int(year)):
                members = overview.years.get(year, ())
                metadata = year_metadata(site, page, int(year), members)
            yield from pages.page("year", page, metadata, listing=listing)
        if year in overview.years:
            yield from _register(pages, site, overview, int(year))
            yield from _comparisons(pages, site, int(year), overview.years[year])
        for one in overview.spendings(int(year)):
            for listing, page in listing_pages(*one):
                yield from pages.page("year", page, page_metadata(site, page), listing=listing)
        if year in overview.targets:
            for listing, page in listing_pages(*overview.targets_of(int(year))):
                yield from pages.page("year", page, page_metadata(site, page), listing=listing)


def _beside(pages: _Pages, site: Site, overview: Overview) -> Iterator[Artifact]:
    """The page on which two are put beside each other, a script for each that can be chosen, and
    one with the names of each year."""
    view, page = beside_page(pages.site, list(overview.years))
    yield from pages.page("beside", page, page_metadata(site, page), beside=view)
    for year, members in overview.years.items():
        names = []
        for side in sides(members, overview.profile):
            names.append([side.key, side.told])
            path = addresses.beside_script(side.key)
            yield from pages.script("beside-rows", path, "jixiaoBeside", side=side)
        text = simplejson.dumps(names, ensure_ascii=False)
        yield addresses.beside_names(int(year)), f"jixiaoNames({text});\n".encode()


def _register(pages: _Pages, site: Site, overview: Overview, year: int) -> Iterator[Artifact]:
    """The register of deviations in pages, and all of its rows as scripts that narrow it."""
    view, page = overview.registers.page(year)
    for part, place in register_pages(view, page):
        yield from pages.page("register", place, page_metadata(site, place), register=part)
    for path, rows in register_parts(year, view.rows):
        yield from pages.script(
            "register-rows", path, "jixiaoRows", register=replace(view, rows=tuple(rows))
        )


def _comparisons(
    pages: _Pages, site: Site, year: int, members: Sequence[Summary]
) -> Iterator[Artifact]:
    kinds, page = comparison.kinds(pages.site, year, members)
    yield from pages.page("kinds", page, page_metadata(site, page), kinds=kinds)
    for name in comparison.kind_names(members):
        for lines, page in line_pages(*comparison.kind(pages.site, year, name, members)):
            yield from pages.page("lines", page, page_metadata(site, page), lines=lines)


@dataclass(frozen=True, slots=True)
class _Pages:
    """Renders pages of one site; `feed` is the site path of its feed, where that is known."""

    theme: Theme
    site: SiteView
    diagnostics: Diagnostics
    feed: str = ""

    def page(
        self, template: str, page: PageView, metadata: Metadata, **view: object
    ) -> Iterator[Artifact]:
        metadata = replace(metadata, feed=self.feed or metadata.feed)
        context = {"site": self.site, "page": page, "labels": LABELS, "metadata": metadata}
        context |= {"explained": explaining(), "whole": whole, **view}
        name = f"templates/{template}.html"
        text = self.theme.render(name, context, self.diagnostics, page.path)
        if text is not None:
            yield page.path, text.encode()

    def script(self, template: str, path: str, function: str, **view: object) -> Iterator[Artifact]:
        """A piece of a page that a script hands over to a `function` of the page beside it."""
        context = {"site": self.site, "labels": LABELS, "explained": explaining(), "whole": whole}
        context |= view
        text = self.theme.render(f"templates/{template}.html", context, self.diagnostics, path)
        if text is not None:
            yield path, f"{function}({simplejson.dumps(text, ensure_ascii=False)});\n".encode()
