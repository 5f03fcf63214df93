"""What a site offers to those that come back for news: sitemap, Atom feed, robots.txt.

The first two need absolute addresses. Dates come from the content: a page without one has
none in the sitemap, a report without one is not in the feed. There a report whose figures were
corrected is news again; the sitemap knows every change.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from urllib.parse import quote, urlsplit
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from builder.content import Summary, addresses
from builder.diagnostics import Diagnostics, Span, catalogue
from builder.model import Site
from builder.text import day, figure, percent, to_plain, wan
from builder.views import report_link

SITEMAPS = "http://www.sitemaps.org/schemas/sitemap/0.9"
ATOM = "http://www.w3.org/2005/Atom"
PAGES_OF_A_SITEMAP = 50_000  # the protocol's limit
ENTRIES_OF_A_FEED = 100
SUBTITLE = "新公开和更正过的绩效自评表"


def site_files(
    site: Site,
    pages: Iterable[str],
    summaries: Iterable[Summary],
    at: Span,
    diagnostics: Diagnostics,
) -> Iterator[tuple[str, bytes]]:
    """robots.txt, sitemaps and feed as site paths and bytes.

    `pages` are the site paths of all pages, `summaries` those of all public reports and of their
    tables of targets. Without
    an address of the site only robots.txt is left, and one info at `at` says so.
    """
    robots = "User-agent: *\nAllow: /\n"
    address = site.address or ""
    if not addresses.host(address):
        diagnostics.report(catalogue.NO_ADDRESS, at)
        yield addresses.ROBOTS, robots.encode()
        return
    sitemap = addresses.absolute(address, addresses.SITEMAP)
    yield addresses.ROBOTS, f"{robots}Sitemap: {sitemap}\n".encode()
    dated = [
        (since, summary) for summary in summaries if (since := summary.published or site.published)
    ]
    days = {report_link(s): max(since, s.modified or since) for since, s in dated}
    public = [page for page in pages if page != addresses.NOT_FOUND]
    yield from _sitemaps(address, public, days)
    if dated:
        newest_first = sorted(
            dated,
            key=lambda pair: (-_updated(*pair).toordinal(), -pair[1].year, pair[1].id),
        )
        yield addresses.FEED, _feed(site, address, newest_first[:ENTRIES_OF_A_FEED])


def _sitemaps(
    address: str, pages: list[str], days: Mapping[str, date]
) -> Iterator[tuple[str, bytes]]:
    """sitemap.xml with all pages; an index of several sitemaps where one may not hold them."""
    if len(pages) <= PAGES_OF_A_SITEMAP:
        yield addresses.SITEMAP, _sitemap(address, pages, days)
        return
    index = Element("sitemapindex", xmlns=SITEMAPS)
    for start in range(0, len(pages), PAGES_OF_A_SITEMAP):
        path = f"sitemap-{start // PAGES_OF_A_SITEMAP + 1}.xml"
        entry = SubElement(index, "sitemap")
        SubElement(entry, "loc").text = addresses.absolute(address, path)
        yield path, _sitemap(address, pages[start : start + PAGES_OF_A_SITEMAP], days)
    yield addresses.SITEMAP, _to_xml(index)


def _sitemap(address: str, pages: Iterable[str], days: Mapping[str, date]) -> bytes:
    root = Element("urlset", xmlns=SITEMAPS)
    for page in pages:
        entry = SubElement(root, "url")
        SubElement(entry, "loc").text = addresses.absolute(address, page)
        if page in days:
            SubElement(entry, "lastmod").text = days[page].isoformat()
    return _to_xml(root)


def _feed(site: Site, address: str, dated: list[tuple[date, Summary]]) -> bytes:
    root = Element("feed", {"xmlns": ATOM, "xml:lang": "zh-CN"})
    here = addresses.absolute(address, addresses.FEED)
    SubElement(root, "id").text = here
    SubElement(root, "title").text = to_plain(site.title)
    SubElement(root, "subtitle").text = to_plain(site.summary or SUBTITLE)
    SubElement(root, "updated").text = _moment(_updated(*dated[0]))
    _author(root, site.publisher or site.title)
    home = addresses.absolute(address, addresses.HOME)
    SubElement(root, "link", rel="alternate", type="text/html", href=home)
    SubElement(root, "link", rel="self", type="application/atom+xml", href=here)
    if site.licence:
        SubElement(root, "rights").text = to_plain(site.licence)
    for since, summary in dated:
        entry = SubElement(root, "entry")
        page = addresses.absolute(address, report_link(summary))
        SubElement(entry, "id").text = _tag(address, summary)
        kind = _kind(summary)
        title = f"{summary.year}年度{'绩效目标' if summary.is_planned else ''} {summary.name}"
        SubElement(entry, "title").text = to_plain(title)
        SubElement(entry, "link", rel="alternate", type="text/html", href=page)
        SubElement(entry, "published").text = _moment(since)
        SubElement(entry, "updated").text = _moment(_updated(since, summary))
        _author(entry, summary.unit)
        SubElement(entry, "category", term=to_plain(summary.department))
        SubElement(entry, "category", term=kind)
        SubElement(entry, "summary").text = _in_words(summary)
    return _to_xml(root)


def _kind(summary: Summary) -> str:
    return "绩效目标" if summary.is_planned else "绩效自评"


def _in_words(summary: Summary) -> str:
    parts = [f"{summary.unit}{summary.year}年度“{summary.name}”{_kind(summary)}"]
    if summary.is_planned and summary.budget is not None:
        parts.append(f"预算{wan(summary.budget)}万元")
    if summary.rate is not None:
        parts.append(f"执行率{percent(summary.rate)}")
    if summary.total is not None:
        parts.append(f"总分{figure(summary.total)}分")
    if summary.grade:
        parts.append(f"评为{summary.grade}")
    corrected = f"{day(summary.corrected)}更正。" if summary.corrected else ""
    return to_plain(f"{'，'.join(parts)}。{corrected}")


def _updated(published: date, summary: Summary) -> date:
    """The day on which a report was last news."""
    return max(published, summary.corrected or published)


def _author(parent: Element, name: str) -> None:
    SubElement(SubElement(parent, "author"), "name").text = to_plain(name)


def _tag(address: str, summary: Summary) -> str:
    """A `tag:` id (RFC 4151): it outlives a change from http to https."""
    folder = urlsplit(address).path.strip("/")
    stage = "/targets" if summary.is_planned else ""
    place = quote(f"{folder}/{summary.id}{stage}".lstrip("/"), safe="/%")
    return f"tag:{addresses.host(address)},{summary.year}:{place}"


def _moment(of: date) -> str:
    """The beginning of a day in China."""
    return f"{of.isoformat()}T00:00:00+08:00"


def _to_xml(root: Element) -> bytes:
    ElementTree.indent(root)
    text: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"
