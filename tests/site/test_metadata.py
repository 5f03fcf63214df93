"""What machines read of the pages: sitemap, feed, JSON-LD, meta tags; true, and only if known."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from urllib.parse import unquote, urljoin
from xml.etree import ElementTree

import pytest
from lxml import html

from builder import opendata
from builder.content import Summary, addresses, summarize
from builder.diagnostics import Diagnostics, Span, catalogue
from builder.model import Site
from builder.scoring import Document
from builder.site import feeds
from builder.site.metadata import Metadata, page_metadata, report_metadata, year_metadata
from builder.text import to_plain
from builder.views import Overview, PageView, ReportView, report_view, site_view
from tests.support.documents import ADDRESS, HOSTILE, SITE, document, five, hostile, profiles

BASED = Site.model_validate({"网址": ADDRESS, "主办单位": "甲局", "网站标识码": "3100000001"})
DATED = BASED.model_copy(update={"published": date(2025, 8, 20)})
AT = Span("content/site.yaml")
PAGES = ("index.html", "404.html", "2024/index.html", "departments/甲部-乙/index.html")
S = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
A = "{http://www.w3.org/2005/Atom}"


def summaries(documents: Iterable[Document]) -> list[Summary]:
    return [summarize(d) for d in documents]


def files(
    site: Site, documents: Iterable[Document], pages: Iterable[str] = PAGES
) -> tuple[dict[str, bytes], list[str]]:
    """What is offered, and the codes of what is said about it."""
    diagnostics = Diagnostics()
    made = dict(feeds.site_files(site, pages, summaries(documents), AT, diagnostics))
    return made, [diagnostic.rule.code for diagnostic in diagnostics]


def published(day: str, stem: str, **changes: str) -> Document:
    return document({"发布日期": day, **changes}, stem=stem)


def view_of(made: Document, site: Site) -> ReportView:
    return report_view(made, site)


def of_report(made: Document, site: Site) -> Metadata:
    return report_metadata(site, view_of(made, site), made.report.published)


def pages_of(site: Site) -> dict[str, PageView]:
    overview = Overview(site_view(site), summaries(five()), profiles().by_name["上海市级"])
    department = next(iter(overview.offices.departments))
    (unit,) = overview.offices.units_of(department)
    return {
        "home": overview.home()[1],
        "directory": overview.offices.directory()[1],
        "year": overview.year(2024)[1],
        "department": overview.offices.department(department)[1],
        "unit": overview.offices.unit(department, unit)[1],
    }


def tags(metadata: Metadata) -> dict[str, str]:
    found = {tag.key: tag.content for tag in metadata.tags}
    assert len(found) == len(metadata.tags)
    assert all(found.values())
    return found


def graph(metadata: Metadata) -> dict[str, dict[str, Any]]:
    """The things of a page's JSON-LD by their type, read as a browser reads the page."""
    page = html.fromstring(f'<html><script type="application/ld+json">{metadata.linked}</script>')
    (block,) = page.xpath("//script")
    data = json.loads(block.text)
    assert data["@context"] == "https://schema.org"
    assert not page.xpath("//script/following::*")
    return {thing["@type"]: thing for thing in data["@graph"]}


def test_sitemap_names_every_page_once() -> None:
    report = published("2025-03-31", "培训")
    page = addresses.report_page(2024, "培训")
    made, said = files(BASED, [report], [*PAGES, page])
    assert said == []
    root = ElementTree.fromstring(made["sitemap.xml"])  # noqa: S314  our own
    assert root.tag == f"{S}urlset"
    locations = [url.findtext(f"{S}loc") or "" for url in root]
    assert [unquote(loc.removeprefix(ADDRESS)) for loc in locations] == [
        "index.html",
        "2024/index.html",
        "departments/甲部-乙/index.html",
        "2024/培训/index.html",
    ]
    assert all(loc.startswith(ADDRESS) and loc.isascii() for loc in locations)
    days = [url.findtext(f"{S}lastmod") for url in root]
    assert days == [None, None, None, "2025-03-31"]
    assert all(url[0].tag == f"{S}loc" for url in root)
    robots = made["robots.txt"].decode().splitlines()
    assert robots == ["User-agent: *", "Allow: /", f"Sitemap: {ADDRESS}sitemap.xml"]


def test_a_large_site_has_an_index_of_sitemaps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "PAGES_OF_A_SITEMAP", 2)
    made, _ = files(BASED, [], [f"{n}.html" for n in range(5)])
    index = ElementTree.fromstring(made["sitemap.xml"])  # noqa: S314
    assert index.tag == f"{S}sitemapindex"
    paths = [(entry.findtext(f"{S}loc") or "").removeprefix(ADDRESS) for entry in index]
    assert paths == ["sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml"]
    found = [
        url.findtext(f"{S}loc")
        for path in paths
        for url in ElementTree.fromstring(made[path])  # noqa: S314
    ]
    assert found == [f"{ADDRESS}{n}.html" for n in range(5)]


def test_feed_is_newest_first_and_sound() -> None:
    documents = [
        published("2025-03-31", "old"),
        published("2025-05-06", "新-b"),
        published("2025-05-06", "a"),
        document(stem="undated"),
    ]
    feed = feed_of(BASED, documents)
    entries = feed.findall(f"{A}entry")
    assert [required(e, "link", "href") for e in entries] == [
        f"{ADDRESS}2024/a/index.html",
        f"{ADDRESS}2024/%E6%96%B0-b/index.html",
        f"{ADDRESS}2024/old/index.html",
    ]
    assert required(feed, "updated") == required(entries[0], "updated")
    assert required(entries[0], "id") == "tag:example.gov.cn,2024:jixiao/2024/a"
    https = [e.findtext(f"{A}id") for e in entries]
    insecure = BASED.model_copy(update={"address": "http://EXAMPLE.gov.cn:8080/jixiao"})
    assert [e.findtext(f"{A}id") for e in feed_of(insecure, documents).iter(f"{A}entry")] == https


def test_feed_of_one_date_begins_with_the_newest_year(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "ENTRIES_OF_A_FEED", 3)
    documents = [
        document({"年度": str(year)}, stem=stem)
        for year in (2022, 2023, 2024)
        for stem in ("b", "a")
    ]
    entries = feed_of(DATED, documents).findall(f"{A}entry")
    pages = [required(e, "link", "href").removeprefix(ADDRESS) for e in entries]
    assert pages == [f"{name}/index.html" for name in ("2024/a", "2024/b", "2023/a")]


def feed_of(site: Site, documents: Iterable[Document]) -> ElementTree.Element:
    """The feed, held against what RFC 4287 asks of every one."""
    made, _ = files(site, documents)
    feed = ElementTree.fromstring(made["feed.xml"])  # noqa: S314
    assert feed.tag == f"{A}feed"
    for thing in (feed, *feed.iter(f"{A}entry")):
        assert required(thing, "id")
        assert required(thing, "title")
        assert datetime.fromisoformat(required(thing, "updated")).utcoffset()
        assert thing.findtext(f"{A}author/{A}name")
        links = [link.get("rel") for link in thing.findall(f"{A}link")]
        assert links.count("alternate") == 1
    assert [link.get("href") for link in feed.findall(f"{A}link") if link.get("rel") == "self"]
    ids = [entry.findtext(f"{A}id") for entry in feed.iter(f"{A}entry")]
    assert len(set(ids)) == len(ids)
    days = [entry.findtext(f"{A}updated") or "" for entry in feed.iter(f"{A}entry")]
    assert days == sorted(days, reverse=True)
    return feed


def required(thing: ElementTree.Element, name: str, attribute: str = "") -> str:
    """An element that stands once, or the attribute of one that may stand often."""
    found = thing.findall(f"{A}{name}")
    assert attribute or len(found) == 1
    text = found[0].get(attribute) if attribute else found[0].text
    assert text
    return text


def test_feed_is_as_long_as_a_reader_wants(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "ENTRIES_OF_A_FEED", 3)
    feed = feed_of(DATED, five())
    assert len(feed.findall(f"{A}entry")) == 3
    assert required(feed, "updated") == "2025-08-20T00:00:00+08:00"


def test_nothing_dated_no_feed() -> None:
    made, said = files(BASED, five())
    assert set(made) == {"robots.txt", "sitemap.xml"}
    assert said == []


@pytest.mark.parametrize(
    "address",
    [None, "", "example.gov.cn", "/jixiao/", "http://", "http://[", "javascript:alert(1)"],
)
def test_without_an_address_one_info_and_no_absolute_link(address: str | None) -> None:
    site = DATED.model_copy(update={"address": address})
    made, said = files(site, five())
    assert made == {"robots.txt": b"User-agent: *\nAllow: /\n"}
    assert said == [catalogue.NO_ADDRESS.code]
    assert of_report(five()[0], site).feed == ""
    assert "SiteDomain" not in tags(of_report(five()[0], site))


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_stays_text_everywhere(name: str) -> None:
    made = hostile(HOSTILE[name])
    plain = to_plain(made.report.name)
    feed = feed_of(DATED, [made])
    assert feed.findtext(f"{A}entry/{A}title") == f"2024年度 {plain}"
    assert feed.findtext(f"{A}entry/{A}author/{A}name") == plain
    report = graph(of_report(made, DATED))["Report"]
    assert report["name"] == made.report.name
    assert not re.search("[<>&]", of_report(made, DATED).linked)
    assert tags(of_report(made, DATED))["ArticleTitle"] == made.report.name


def test_report_is_described() -> None:
    made = published("2025-03-31", "培训")
    things = graph(of_report(made, DATED))
    report = things["Report"]
    address = f"{ADDRESS}2024/%E5%9F%B9%E8%AE%AD"
    assert report["url"] == report["@id"] == f"{address}/index.html"
    assert report["reportNumber"] == "2024/培训"
    assert report["datePublished"] == "2025-03-31"
    assert report["author"]["name"] == "乙单位"
    assert report["author"]["parentOrganization"]["name"] == "甲部"
    assert {file["contentUrl"]: file["encodingFormat"] for file in report["encoding"]} == {
        f"{address}/%E5%9F%B9%E8%AE%AD.pdf": "application/pdf",
        f"{address}/report.json": "application/json",
        f"{address}/%E5%9F%B9%E8%AE%AD.yaml": "application/yaml",
    }
    steps = things["BreadcrumbList"]["itemListElement"]
    assert [step["position"] for step in steps] == [1, 2, 3, 4, 5]
    assert [step["name"] for step in steps] == ["首页", "2024年度", "甲部", "乙单位", "培训项目"]
    assert [step.get("item", "").startswith(ADDRESS) for step in steps] == [True] * 4 + [False]


def test_year_offers_its_data() -> None:
    page = pages_of(BASED)["year"]
    data = graph(year_metadata(BASED, page, 2024, list(map(summarize, five()))))["Dataset"]
    offered = [file["contentUrl"].removeprefix(ADDRESS) for file in data["distribution"]]
    rows = [opendata.data_rows(made, BASED) for made in five()]
    made = opendata.data_files(rows, list(map(summarize, five())), BASED)
    assert offered == [file.path for file in made if file.years == 2024]
    assert "5个项目" in data["description"]
    assert "datePublished" not in data


def test_links_without_an_address_are_relative_to_the_page() -> None:
    page = pages_of(SITE)["year"]
    data = graph(year_metadata(SITE, page, 2024, list(map(summarize, five()))))["Dataset"]
    found = [
        urljoin(f"http://host/under/{page.path}", f["contentUrl"]) for f in data["distribution"]
    ]
    assert found == [f"http://host/under/{path}" for path in opendata.data_paths(2024)]
    assert not {"url", "@id"} & set(data)


@pytest.mark.parametrize("kind", ["directory", "year", "department", "unit"])
def test_columns_carry_what_government_pages_carry(kind: str) -> None:
    page = pages_of(DATED)[kind]
    found = tags(page_metadata(DATED, page))
    assert found["SiteName"] == DATED.title
    assert found["SiteDomain"] == "example.gov.cn"
    assert found["SiteIDCode"] == "3100000001"
    assert found["ColumnName"] == page.breadcrumb[-1].text
    assert {"ColumnDescription", "ColumnKeywords", "ColumnType"} <= set(found)
    assert not {"ArticleTitle", "PubDate", "ContentSource"} & set(found)
    assert found["og:url"] == page.canonical
    assert set(graph(page_metadata(DATED, page))) == {"BreadcrumbList"}


def test_reports_carry_what_government_articles_carry() -> None:
    made = published("2025-03-31", "a")
    found = tags(of_report(made, DATED))
    assert found["ColumnName"] == "2024年度"
    assert found["ArticleTitle"] == found["og:title"] == "培训项目"
    assert found["PubDate"] == found["article:published_time"] == "2025-03-31"
    assert found["ContentSource"] == "甲局"
    assert found["og:type"] == "article"
    assert of_report(made, DATED).feed == "feed.xml"
    kinds = {tag.key: tag.attribute for tag in of_report(made, DATED).tags}
    assert {kinds[key] for key in kinds if ":" in key} == {"property"}
    assert {kinds[key] for key in kinds if ":" not in key} == {"name"}


def test_what_is_not_known_is_left_out() -> None:
    found = tags(of_report(document(), SITE))
    assert found["ContentSource"] == "乙单位"
    absent = {"SiteDomain", "SiteIDCode", "PubDate", "Url", "og:title", "article:published_time"}
    assert not absent & set(found)
    report = graph(of_report(document(), SITE))["Report"]
    assert not {"url", "datePublished", "publisher", "license"} & set(report)


def test_home_and_the_page_for_wrong_addresses() -> None:
    home = page_metadata(DATED, pages_of(DATED)["home"])
    assert set(graph(home)) == {"WebSite"}
    search = graph(home)["WebSite"]["potentialAction"]["target"]["urlTemplate"]
    assert search.startswith(DATED.address)
    assert search.endswith("/search/index.html?q={words}")
    assert "ColumnName" not in tags(home)
    assert tags(home)["og:title"] == DATED.title
    lost = page_metadata(DATED, PageView(addresses.NOT_FOUND, "没有这个页面", ""))
    assert lost.linked == ""
    assert set(tags(lost)) == {"SiteName", "SiteDomain", "SiteIDCode"}


def test_same_content_gives_same_bytes() -> None:
    assert files(DATED, five()) == files(DATED, reversed(five()))
    assert of_report(five()[0], DATED) == of_report(five()[0], DATED)
