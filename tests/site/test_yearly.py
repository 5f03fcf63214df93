"""The years of a project in a browser: the newest in sight, the others within reach."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from playwright.sync_api import Browser

from builder.content import addresses, summarize
from tests.support.browser import served, watched, wrong
from tests.support.pages import document, make
from tests.support.reports import GOOD

YEARS = range(2017, 2025)
DOCUMENTS = [
    document(GOOD.replace("年度: 2024", f"年度: {year}"), "p", f"{year}") for year in YEARS
]
PAGE = addresses.project_page(summarize(DOCUMENTS[0]).project)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(make(DOCUMENTS).written(tmp_path_factory.mktemp("yearly"))) as address:
        yield address


@pytest.mark.parametrize("width", [1280, 768, 320])
def test_the_newest_years_are_in_sight_and_the_page_is_no_wider(
    browser: Browser, root: str, width: int
) -> None:
    with watched(browser, root) as page:
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(root + PAGE)
        assert page.evaluate("document.documentElement.scrollWidth") == width
        headings = page.locator(".yearly thead th")
        assert headings.count() == 1 + len(YEARS)
        region, name = page.locator(".sideways").bounding_box(), headings.first.bounding_box()
        newest = headings.last.bounding_box()
        assert region
        assert name
        assert newest
        assert newest["x"] + newest["width"] <= region["x"] + region["width"] + 1
        assert name["x"] == region["x"]  # the names of indicators stay
        # Keys bring the oldest year, too.
        page.locator(".sideways").focus()
        page.locator(".sideways").evaluate("region => region.scrollTo({left: -99999})")
        oldest = headings.nth(1).bounding_box()
        assert oldest
        assert oldest["x"] >= region["x"]


@pytest.mark.parametrize("width", [1280, 768, 375])
def test_no_year_is_shown_in_part(browser: Browser, root: str, width: int) -> None:
    with watched(browser, root) as page:
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(root + PAGE)
        lefts = page.locator(".yearly thead th").evaluate_all(
            "(all) => all.map((one) => one.getBoundingClientRect().left)"
        )
        names = page.locator(".yearly thead th").first.bounding_box()
        assert names
        end = names["x"] + names["width"]
        assert min(abs(left - end) for left in lefts[1:]) <= 1


def test_a_few_years_have_room_where_there_is_any(browser: Browser, tmp_path: Path) -> None:
    with (
        served(make(DOCUMENTS[-4:]).written(tmp_path)) as address,
        watched(browser, address) as page,
    ):
        for width in (1280, 768, 375):
            page.set_viewport_size({"width": width, "height": 800})
            page.goto(address + PAGE)
            assert page.locator(".yearly thead th").count() == 5
            beyond = "(region) => region.scrollWidth - region.clientWidth"
            is_wider = page.locator(".sideways").evaluate(beyond) > 0
            assert is_wider == (width == 375)
            assert page.locator(".hint").is_visible() == is_wider


def test_it_is_accessible(browser: Browser, root: str) -> None:
    with watched(browser, root) as page:
        page.goto(root + PAGE)
        assert wrong(page, (1280, 375)) == []


def test_on_paper_stand_all_years(browser: Browser, root: str) -> None:
    with watched(browser, root) as page:
        page.goto(root + PAGE)
        page.emulate_media(media="print")
        page.set_viewport_size({"width": 1010, "height": 700})  # A4 across, without its margins
        region = page.locator(".sideways").bounding_box()
        assert region
        for heading in page.locator(".yearly thead th").all():
            box = heading.bounding_box()
            assert box
            assert box["x"] >= region["x"] - 1
            assert box["x"] + box["width"] <= region["x"] + region["width"] + 1
        with pikepdf.open(BytesIO(page.pdf(prefer_css_page_size=True))) as pdf:
            box_ = pdf.pages[0].mediabox
            assert box_[2] > box_[3]
