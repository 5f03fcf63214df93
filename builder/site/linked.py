"""JSON-LD (schema.org): what a page is about, for search engines and catalogues of data.

A data block is no script: a page's policy against inline scripts does not concern it.
With a base address links are absolute; without one they are relative to the page, as
JSON-LD reads them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from markupsafe import Markup
from simplejson.encoder import JSONEncoderForHTML

from builder.content import Summary, addresses
from builder.model import Site
from builder.opendata import DataFile, data_paths
from builder.views import PageView, ReportView, StageView, how_many, topic

Thing = dict[str, Any]

MEDIA = {
    "csv": "text/csv",
    "json": "application/json",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "yaml": "application/yaml",
}


def report(view: ReportView | StageView, site: Site, published: date | None) -> Thing:
    """A `Report` and the files that hold it, and how it was corrected; `published` is its
    发布日期."""
    year, _, _ = view.id.partition("/")
    author = _organization(view.unit.text)
    if view.department.text != view.unit.text:
        author["parentOrganization"] = _organization(view.department.text)
    return {
        "@type": "Report",
        **_identity(view.page),
        "name": view.name,
        "reportNumber": view.id,
        "description": view.page.description,
        "temporalCoverage": year,
        **({"datePublished": published.isoformat()} if published else {}),
        **_changes(view),
        "author": author,
        **_terms(site),
        "encoding": [
            _file("MediaObject", download.path, site, view.page) for download in view.downloads
        ],
    }


def _changes(view: ReportView | StageView) -> Thing:
    """When a report was last changed after it had been public, and what corrected its figures."""
    later = [one for one in view.revisions if one.kind] if isinstance(view, ReportView) else []
    if not later:
        return {}
    comments = [
        {
            "@type": "CorrectionComment",
            "datePublished": one.moment,
            "text": "；".join(filter(None, (*one.words, one.effect))),
        }
        for one in later
        if one.kind == "更正"
    ]
    return {"dateModified": later[0].moment} | ({"correction": comments} if comments else {})


def dataset(year: int, reports: Sequence[Summary], site: Site, page: PageView) -> Thing:
    """The data files of a year as a `Dataset`, on the page of that year."""
    has_own = any(report.has_own for report in reports)
    paths = data_paths(year, has_own=has_own)
    return {
        "@type": "Dataset",
        **_identity(page),
        "name": f"{year}年度{topic(reports)}数据",
        "description": f"{year}年度{how_many(reports)}的资金、绩效指标、得分和偏差原因，"
        "每个项目、每个指标、每种资金来源各一行，附字段说明。",
        "temporalCoverage": str(year),
        "isAccessibleForFree": True,
        **({"datePublished": site.published.isoformat()} if site.published else {}),
        **_terms(site),
        "distribution": [_file("DataDownload", path, site, page) for path in paths],
    }


def catalog(site: Site, page: PageView, files: Sequence[DataFile]) -> Thing:
    """All data `files` as a `DataCatalog`: those of all years, and the years, whose files stand on
    their own pages."""
    years = sorted({file.years for file in files if isinstance(file.years, int)})
    covered = f"{years[0]}" if years[0] == years[-1] else f"{years[0]}/{years[-1]}"
    everything = {
        "@type": "Dataset",
        "name": f"{site.title}：全部年度的数据",
        "description": page.description,
        "temporalCoverage": covered,
        "isAccessibleForFree": True,
        **_terms(site),
        "distribution": [
            _file("DataDownload", file.path, site, page) | {"contentSize": f"{file.size} B"}
            for file in files
            if file.years == addresses.ALL_YEARS
        ],
    }
    by_year = [
        {
            "@type": "Dataset",
            "name": f"{site.title}：{year}年度的数据",
            "url": _link(addresses.year_page(year), site, page),
            "temporalCoverage": f"{year}",
        }
        for year in reversed(years)
    ]
    return {
        "@type": "DataCatalog",
        **_identity(page),
        "name": f"{site.title}的数据",
        "description": page.description,
        **({"datePublished": site.published.isoformat()} if site.published else {}),
        **_terms(site),
        "dataset": [everything, *by_year],
    }


def website(site: Site, page: PageView) -> Thing:
    """The site as a whole, on its front page, and how its search is asked."""
    search = {
        "@type": "SearchAction",
        "target": {
            "@type": "EntryPoint",
            "urlTemplate": f"{_link(addresses.SEARCH, site, page)}?q={{words}}",
        },
        "query-input": "required name=words",
    }
    found = {"@type": "WebSite", **_identity(page), "name": site.title, **_terms(site)}
    return found | {"potentialAction": search}


def breadcrumb(site: Site, page: PageView) -> Thing:
    """The way from the front page down to `page`; the page itself has no link."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": link.text}
            | ({"item": _link(link.path, site, page)} if link.path else {})
            for position, link in enumerate(page.breadcrumb, start=1)
        ],
    }


def to_block(things: Iterable[Thing]) -> Markup:
    """Things as the text of `<script type="application/ld+json">`; "" where there are none."""
    graph = list(things)
    if not graph:
        return Markup()
    data = {"@context": "https://schema.org", "@graph": graph}
    # Safe: this encoder escapes <, > and &, so that nothing in the data can end the element.
    text = JSONEncoderForHTML(ensure_ascii=False).encode(data)
    return Markup(text)  # noqa: S704


def _identity(page: PageView) -> Thing:
    here = {"@id": page.canonical, "url": page.canonical} if page.canonical else {}
    return {**here, "inLanguage": "zh-CN"}


def _terms(site: Site) -> Thing:
    publisher = {"publisher": _organization(site.publisher)} if site.publisher else {}
    licence = {"license": {"@type": "CreativeWork", "name": site.licence}} if site.licence else {}
    return {**publisher, **licence}


def _organization(name: str) -> Thing:
    return {"@type": "Organization", "name": name}


def _file(kind: str, path: str, site: Site, page: PageView) -> Thing:
    media = MEDIA[path.rpartition(".")[2]]
    return {"@type": kind, "encodingFormat": media, "contentUrl": _link(path, site, page)}


def _link(path: str, site: Site, page: PageView) -> str:
    if site.address:
        return addresses.absolute(site.address, path)
    return addresses.relative(path, page.path)
