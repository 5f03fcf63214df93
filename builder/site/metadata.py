"""What a page tells machines: meta tags, JSON-LD, the feed.

The tags are those that pages of Chinese government sites carry (SiteName, ColumnName,
ArticleTitle, PubDate, ContentSource …) and, where the site has an address, Open Graph.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from markupsafe import Markup

from builder.content import Summary, addresses
from builder.model import Site
from builder.opendata import DataFile
from builder.site import linked
from builder.text import day
from builder.views import PageView, ReportView, StageView

COLUMN_TYPE = "政府信息公开"
TOPIC = "项目支出绩效自评"


@dataclass(frozen=True, slots=True)
class Tag:
    """One `<meta>`; `attribute` is what its key stands in: Open Graph has `property`."""

    key: str
    content: str
    attribute: Literal["name", "property"] = "name"


NO_INDEX = Tag("robots", "noindex")
"""Asks search engines to forget what they know of an address."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What stands in a page's head beside its title.

    `linked` is the text of a JSON-LD data block and `feed` the site path of the Atom feed;
    both may be "". `day` is that of what the page shows (2025年8月20日), "" where none is known.
    """

    tags: tuple[Tag, ...]
    linked: Markup
    feed: str
    day: str


def page_metadata(site: Site, page: PageView) -> Metadata:
    """For a page over many reports, and the one for wrong addresses."""
    things = []
    if page.path == addresses.HOME:
        things = [linked.website(site, page)]
    elif page.breadcrumb:
        things = [linked.breadcrumb(site, page)]
    return _overview(site, page, things)


def year_metadata(site: Site, page: PageView, year: int, reports: Sequence[Summary]) -> Metadata:
    """For the page of a year, which leads to the data of its public reports."""
    things = [linked.breadcrumb(site, page), linked.dataset(year, reports, site, page)]
    return _overview(site, page, things)


def data_metadata(site: Site, page: PageView, files: Sequence[DataFile]) -> Metadata:
    """For the page of the data, which leads to all data `files`."""
    things = [linked.breadcrumb(site, page), linked.catalog(site, page, files)]
    return _overview(site, page, things)


def report_metadata(site: Site, view: ReportView | StageView, published: date | None) -> Metadata:
    """For the page of a report; `published` is its own 发布日期, else the site's holds."""
    published, page = published or site.published, view.page
    things = [linked.breadcrumb(site, page), linked.report(view, site, published)]
    name = page.title.removesuffix(f" - {site.title}")
    tags = (
        *_site(site),
        *_article(view, site, published),
        *_open_graph(site, page, "article", name),
    )
    if page.canonical and published:
        tags += (Tag("article:published_time", published.isoformat(), "property"),)
        later = [one for one in view.revisions if one.kind] if isinstance(view, ReportView) else []
        if later:
            tags += (Tag("article:modified_time", later[0].moment, "property"),)
    return Metadata(tags, linked.to_block(things), _feed(site, published), day(published))


def _overview(site: Site, page: PageView, things: list[linked.Thing]) -> Metadata:
    tags = (*_site(site), *_column(page), *_open_graph(site, page, "website"))
    return Metadata(tags, linked.to_block(things), _feed(site, site.published), day(site.published))


def feed_of(site: Site) -> str:
    """The feed of a site with an address, if any of its reports has a day."""
    return addresses.FEED if addresses.host(site.address or "") else ""


def _feed(site: Site, published: date | None) -> str:
    """The feed where there must be one: it holds every report that has an address and a day."""
    return feed_of(site) if published else ""


def _site(site: Site) -> Iterator[Tag]:
    yield Tag("SiteName", site.title)
    if domain := addresses.host(site.address or ""):
        yield Tag("SiteDomain", domain)
    if site.site_code:
        yield Tag("SiteIDCode", site.site_code)


def _column(page: PageView) -> Iterator[Tag]:
    if page.breadcrumb:
        name = page.breadcrumb[-1].text
        yield Tag("ColumnName", name)
        yield Tag("ColumnDescription", page.description)
        yield Tag("ColumnKeywords", f"{name},{TOPIC}")
        yield Tag("ColumnType", COLUMN_TYPE)


def _article(view: ReportView | StageView, site: Site, published: date | None) -> Iterator[Tag]:
    """A report is an article in the column of its year, the first step below the front page."""
    yield Tag("ColumnName", view.page.breadcrumb[1].text)
    yield Tag("ColumnType", COLUMN_TYPE)
    yield Tag("ArticleTitle", view.name)
    if published:
        yield Tag("PubDate", published.isoformat())
    yield Tag("ContentSource", site.publisher or view.unit.text)
    yield Tag("Author", view.unit.text)
    yield Tag("Keywords", f"{view.name},{view.unit.text},{view.year},{view.topic}")
    if view.page.canonical:
        yield Tag("Url", view.page.canonical)


def _open_graph(site: Site, page: PageView, kind: str, name: str = "") -> Iterator[Tag]:
    if not page.canonical:
        return
    name = name or (page.breadcrumb[-1].text if page.breadcrumb else site.title)
    tags = {
        "og:type": kind,
        "og:site_name": site.title,
        "og:title": name,
        "og:description": page.description,
        "og:url": page.canonical,
        "og:locale": "zh_CN",
    }
    for key, content in tags.items():
        yield Tag(key, content, "property")
