"""Where things stand on pages: what looks right only because boxes are where they should be."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page

from tests.support.browser import served
from tests.support.volumes import DEPARTMENTS

HEADINGS = ("项目名称", "实施单位", "全年预算数", "全年执行数", "执行率", "总分", "评分等级")


@pytest.fixture(scope="module")
def root(many: Path) -> Iterator[str]:
    """The site of many reports, below the root of its host."""
    with served(many.parent) as address:
        yield f"{address}{many.name}/"


def opened(browser: Browser, address: str, *, width: int = 1280) -> Page:
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(quote(address, safe=":/?=&"))
    page.wait_for_function("!document.querySelector('[aria-busy=true]')")
    return page


def boxes(page: Page, selector: str) -> list[dict[str, float]]:
    found: list[dict[str, float]] = page.locator(selector).evaluate_all(
        "(parts) => parts.map((part) => part.getBoundingClientRect().toJSON())"
    )
    return found


@pytest.mark.parametrize("width", [1280, 768, 375])
def test_hits_under_the_masthead_stand_below_one_another(
    browser: Browser, root: str, width: int
) -> None:
    page = opened(browser, root + "2024/xiangmu-0000/index.html", width=width)
    page.fill("#q", "事务中心")
    page.wait_for_selector(".panel li")
    found = boxes(page, ".panel .hits > li")
    assert len(found) > 3
    assert len({(box["left"], box["width"]) for box in found}) == 1
    assert all(box["top"] >= above["bottom"] - 1 for above, box in pairwise(found))
    page.close()


def test_hits_have_their_figures_on_a_line_of_their_own(browser: Browser, root: str) -> None:
    page = opened(browser, root + "search/index.html?q=事务中心", width=768)
    page.wait_for_selector(".hits li")
    script = "(facts) => [...facts.children].map((part) => part.getBoundingClientRect().top)"
    all_facts = page.locator(".hits .note:has(> span)").all()
    assert len(all_facts) > 3
    for facts in all_facts:
        year, unit, *figures = facts.evaluate(script)
        assert year == unit < figures[0]
        assert set(figures) == {figures[0]}
    page.close()


def test_every_printed_page_of_a_table_has_its_headings(browser: Browser, root: str) -> None:
    page = opened(browser, root + "2024/index.html")
    assert page.locator("table.reports thead button").count() > len(HEADINGS) - 1
    pdf = page.pdf(prefer_css_page_size=True)
    page.close()
    shown = subprocess.run(
        ["pdftotext", "-raw", "-", "-"], check=True, capture_output=True, input=pdf
    ).stdout.decode()
    pages = ["".join(text.split()) for text in shown.split("\f")[:-1]]
    # The grade cannot be sorted by, so that it is printed whatever becomes of the buttons.
    tables = [text for text in pages if "评分等级" in text]
    assert len(tables) > 1
    assert [(text, h) for text in tables for h in HEADINGS if h not in text] == []
    assert not any(text.endswith(name) for text in pages[:-1] for name in DEPARTMENTS)


def test_only_headings_are_balanced(browser: Browser, root: str) -> None:
    """Lines of one length are worth more than whole words in a heading, and nowhere else."""
    script = """() => [...document.querySelectorAll("main *")]
        .filter((part) => getComputedStyle(part).textWrapStyle === "balance")
        .filter((part) => !part.closest("h1, h2, h3, .form-title, th.label"))
        .map((part) => part.outerHTML)"""
    for path in ("index.html", "2024/index.html", "2024/deviations/index.html",
                 "2024/indicators/index.html", "2024/xiangmu-0006/index.html"):  # fmt: skip
        page = opened(browser, root + path)
        headings = page.locator("h1").first
        assert headings.evaluate("(part) => getComputedStyle(part).textWrapStyle") == "balance"
        assert page.evaluate(script) == [], path
        page.close()


@pytest.mark.parametrize("path", ["没有", "2024/没有", "2024/a/没有", "departments/a/b/没有"])
def test_not_found_is_styled_wherever_it_is_shown(browser: Browser, root: str, path: str) -> None:
    page = opened(browser, root + path, width=320)
    assert page.locator("h1").inner_text() == "没有这个页面"
    assert page.evaluate("getComputedStyle(document.body).display") == "flex"
    widths = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert widths[0] <= widths[1]
    page.close()


@pytest.mark.parametrize("width", [1280, 375])
def test_ticks_stand_at_the_height_of_their_words(browser: Browser, root: str, width: int) -> None:
    page = opened(browser, root + "search/index.html", width=width)
    page.wait_for_selector(".facets label", state="attached")
    page.evaluate("document.querySelector('.facets').open = true")
    off = page.locator(".facets label:visible").evaluate_all("""(labels) => labels.map((label) => {
        const words = document.createRange();
        words.selectNodeContents(label.querySelector("span"));
        const line = words.getClientRects()[0];
        const box = label.firstElementChild.getBoundingClientRect();
        return (line.top + line.bottom - box.top - box.bottom) / 2;
    })""")
    assert len(off) > 5
    assert [pixels for pixels in off if abs(pixels) > 1] == []
    page.close()


@pytest.mark.parametrize(("width", "least"), [(1280, 24), (375, 44)])
def test_what_sorts_can_be_hit(browser: Browser, root: str, width: int, least: int) -> None:
    page = opened(browser, root + "2024/index.html", width=width)
    found = boxes(page, "th button:visible")
    assert len(found) > 8
    assert all(box["height"] >= least and box["width"] >= 24 for box in found)
    page.close()


def test_entries_on_a_phone_can_be_hit(browser: Browser, root: str) -> None:
    page = opened(browser, root + "2024/index.html", width=375)
    found = boxes(page, ".breadcrumb a, :is(.reports, .groups) tbody a")
    assert len(found) > len(DEPARTMENTS)
    assert [box for box in found if box["height"] < 24 or box["width"] < 24] == []
    page.close()
