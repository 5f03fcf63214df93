"""Pages of the site, as site paths and bytes. A mistake in a template is reported, never raised."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

import simplejson

from builder.content import Summary, Withdrawn
from builder.diagnostics import Diagnostics
from builder.model import Site
from builder.opendata import DataFile
from builder.site.data import fields, held
from builder.site.metadata import (
    NO_INDEX,
    Metadata,
    data_metadata,
    feed_of,
    page_metadata,
    report_metadata,
)
from builder.text import whole
from builder.theme import Theme
from builder.views import (
    LABELS,
    PageView,
    ReportView,
    SiteView,
    StageView,
    data_view,
    explaining,
    site_view,
    withdrawn_view,
)

Artifact = tuple[str, bytes]
"""A file of the output: its posix path from the root, and its bytes."""


def report_page(
    theme: Theme,
    site: Site,
    shown: SiteView,
    report: ReportView | StageView,
    diagnostics: Diagnostics,
    *,
    published: date | None = None,
) -> list[Artifact]:
    """The page of one report, or of its table of another stage; nothing where its template
    fails. `published` is its own 发布日期."""
    pages = Pages(theme, site, shown, diagnostics)
    metadata = report_metadata(site, report, published)
    template = "report" if isinstance(report, ReportView) else "stage"
    return list(pages.page(template, report.page, metadata, report=report))


def withdrawn_pages(
    theme: Theme,
    site: Site,
    withdrawn: Iterable[Withdrawn],
    diagnostics: Diagnostics,
    *,
    has_corrections: bool,
) -> Iterator[Artifact]:
    """The pages in place of reports that are no longer public. No page leads to them."""
    shown = site_view(site, has_corrections=has_corrections)
    pages = Pages(theme, site, shown, diagnostics)
    for gone in withdrawn:
        for path in gone.pages:
            view, page = withdrawn_view(pages.shown, gone, path)
            metadata = page_metadata(site, page)
            metadata = replace(metadata, tags=(NO_INDEX, *metadata.tags))
            yield from pages.page("withdrawn", page, metadata, withdrawn=view)


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
    pages = Pages(theme, site, shown, diagnostics, feed_of(site) if has_days else "")
    view, page = data_view(shown, site, held(files), fields(files), summaries)
    yield from pages.page("data", page, data_metadata(site, page, files), data=view)


@dataclass(frozen=True, slots=True)
class Pages:
    """Renders pages of one site; `feed` is the site path of its feed, where that is known."""

    theme: Theme
    site: Site
    shown: SiteView
    diagnostics: Diagnostics
    feed: str = ""

    def page(
        self, template: str, page: PageView, metadata: Metadata | None = None, **view: object
    ) -> Iterator[Artifact]:
        """A page; `metadata` is more than what is told of any."""
        metadata = metadata or page_metadata(self.site, page)
        metadata = replace(metadata, feed=self.feed or metadata.feed)
        context = {"site": self.shown, "page": page, "labels": LABELS, "metadata": metadata}
        context |= {"explained": explaining(), "whole": whole, **view}
        name = f"templates/{template}.html"
        text = self.theme.render(name, context, self.diagnostics, page.path)
        if text is not None:
            yield page.path, text.encode()

    def script(self, template: str, path: str, function: str, **view: object) -> Iterator[Artifact]:
        """A piece of a page that a script hands over to a `function` of the page beside it."""
        context = {"site": self.shown, "labels": LABELS, "explained": explaining(), "whole": whole}
        context |= view
        text = self.theme.render(f"templates/{template}.html", context, self.diagnostics, path)
        if text is not None:
            yield path, f"{function}({simplejson.dumps(text, ensure_ascii=False)});\n".encode()
