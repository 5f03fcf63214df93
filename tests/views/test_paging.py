"""Long tables over several pages: nothing lost, nothing twice, every way leads on."""

from __future__ import annotations

from posixpath import dirname, normpath
from urllib.parse import unquote

import pytest

from builder.content import Summary, summarize
from builder.model import Site
from builder.views import Overview, comparison, line_pages, listing_pages, site_view
from tests.support.corpus import document_of
from tests.support.pages import make
from tests.support.reports import profiles

COUNT = 30


@pytest.fixture(scope="module")
def summaries() -> list[Summary]:
    found = (document_of(number) for number in range(COUNT))
    return [summarize(d) for d in found]


@pytest.fixture(scope="module")
def overview(summaries: list[Summary]) -> Overview:
    site = Site.model_validate({"网址": "https://example.gov.cn/jixiao/"})
    return Overview(site_view(site), summaries, profiles().by_name[site.profile])


@pytest.mark.parametrize("rows", [1, 4, 7])
def test_every_row_stands_once(overview: Overview, rows: int) -> None:
    whole, page = overview.year(2024)
    expected = [row for _, members in whole.tables[0].groups for row in members]
    pages = list(listing_pages(whole, page, rows))
    found = [
        row for view, _ in pages for t in view.tables for _, members in t.groups for row in members
    ]
    assert found == expected
    assert len({place.path for _, place in pages}) == len(pages) == -(-len(expected) // rows)
    for view, place in pages:
        assert view.pager
        assert view.pager.text == f"这张表的第{view.pager.number}页，共{len(pages)}页"
        assert [link.text for link in view.pager.pages if not link.path] == [f"{view.pager.number}"]
        assert place.canonical.endswith(place.path)
        assert bool(view.statistics.figures) == (view.pager.number == 1)


def test_a_group_that_is_cut_says_its_name_again(overview: Overview) -> None:
    whole, page = overview.year(2024)
    names = {row.name.path: group for group, members in whole.tables[0].groups for row in members}
    for view, _ in listing_pages(whole, page, 2):
        for group, members in view.tables[0].groups:
            assert all(names[row.name.path] == group for row in members)


def test_short_tables_stay_on_one_page(overview: Overview) -> None:
    whole, page = overview.year(2024)
    assert list(listing_pages(whole, page)) == [(whole, page)]


def test_indicators_go_on(overview: Overview) -> None:
    whole, page = comparison.kind(overview.site, 2024, "数量指标", overview.years["2024"])
    pages = list(line_pages(whole, page, 5))
    assert [line for view, _ in pages for line in view.lines] == list(whole.lines)
    assert pages[1][1].path == "2024/indicators/数量指标/index-2.html"


def test_every_way_of_a_long_table_leads_on() -> None:
    files = make(document_of(number) for number in range(240)).files
    second = "2024/indicators/数量指标/index-2.html"
    assert second in files
    for path, data in files.items():
        if path.endswith(".html") and path.startswith("2024/indicators/"):
            for link in data.decode().split('href="')[1:]:
                target = unquote(link.partition('"')[0].partition("#")[0])
                if target and not target.endswith((".js", ".xml")):
                    assert normpath(f"{dirname(path)}/{target}") in files, (path, target)
