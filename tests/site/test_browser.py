"""The site as a person meets it: with a keyboard, on a phone, in the dark, with a screen reader."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page

from tests.support.browser import served, watched, wrong

REPORT = "2024/dianjiao-yuanjiao/index.html"
DEPARTMENT = "departments/中共上海市委组织部/index.html"
PAGES = [
    "index.html",
    "2024/index.html",
    REPORT,
    "departments/index.html",
    DEPARTMENT,
    "departments/中共上海市委组织部/上海市党建服务中心/index.html",
    "2024/deviations/index.html",
    "2024/indicators/index.html",
    "2024/indicators/服务对象满意度指标/index.html",
    "glossary/index.html",
    "rules/index.html",
    "data/index.html",
    "compare/index.html",
    "search/index.html",
    "search/index.html?q=党群&年度=2024",
    "search/index.html?q=党群龘龘",
    "2024/deviations/index.html?无改进措施=1",
    "2024/deviations/index.html?词=龘",
]
NOT_FOUND = "404.html"


@pytest.fixture(scope="module")
def folder(published: Path) -> Path:
    return published


def visit(page: Page, root: str, path: str) -> None:
    """Open a page, and wait for what a script sets on it."""
    page.goto(root + quote(path, safe="/?=&"))
    page.wait_for_function("!document.querySelector('[aria-busy=true]')")


def test_pages_work_everywhere(seen: Page, root: str) -> None:
    """No error, no other host, no sideways scrolling on the narrowest phone."""
    seen.set_viewport_size({"width": 320, "height": 640})
    for path in PAGES:
        visit(seen, root, path)
        widths = seen.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
        assert widths[0] <= widths[1], path


def test_pages_are_accessible(browser: Browser, published: Path) -> None:
    widths = (1280, 375)
    with served(published) as root, watched(browser, root) as page:
        for path in (*PAGES, NOT_FOUND):
            visit(page, root, path)
            assert wrong(page, widths) == [], path
        visit(page, root, "index.html")
        page.fill("#q", "党员")
        page.wait_for_selector(".panel li")
        assert wrong(page, widths) == []
        visit(page, root, REPORT)
        page.locator(".files > summary").click()
        assert wrong(page, widths) == []
        visit(page, root, "search/index.html?q=党")
        page.evaluate("document.querySelector('.facets').open = true")
        assert wrong(page, widths) == []


def column(page: Page, number: int) -> list[str]:
    cells = page.locator(f"table.sortable tbody tr:not(.group) > :nth-child({number})")
    return [text.strip() for text in cells.all_inner_texts()]


def test_tables_sort_by_click_and_by_keyboard(seen: Page, root: str) -> None:
    seen.goto(root + "2024/index.html")
    came = column(seen, 6)
    heading = seen.locator("table.sortable thead th").nth(5)
    heading.get_by_role("button").click()
    assert heading.get_attribute("aria-sort") == "descending"
    assert column(seen, 6) == sorted(came, key=float, reverse=True)
    seen.keyboard.press("Enter")
    assert heading.get_attribute("aria-sort") == "ascending"
    assert column(seen, 6) == sorted(came, key=float)
    seen.keyboard.press("Enter")
    assert heading.get_attribute("aria-sort") is None
    assert column(seen, 6) == came


def test_long_tables_filter(seen: Page, root: str) -> None:
    seen.goto(root + quote("2024/indicators/服务对象满意度指标/index.html"))
    assert len(column(seen, 1)) == 9
    seen.get_by_label("筛选").fill("管理人员　电教")
    rows = seen.locator("table.sortable tbody tr:not(.group):visible")
    assert rows.count() == 1
    assert "管理人员满意度" in rows.first.inner_text()


def test_a_figure_leads_to_its_explanation(seen: Page, root: str) -> None:
    seen.goto(root + REPORT)
    seen.locator("table.form a", has_text="9.32").click()
    assert seen.evaluate("location.hash").startswith("#points-")
    explained = seen.locator(":target")
    assert "93 ≥ 90" in explained.inner_text()


def test_paper_gets_the_form_and_no_navigation(seen: Page, root: str) -> None:
    seen.goto(root + REPORT)
    seen.emulate_media(media="print", color_scheme="dark")
    for part in (".masthead", ".search", ".breadcrumb", ".menu", ".files", ".colophon"):
        assert seen.locator(part).first.is_hidden(), part
    assert seen.locator("table.form").is_visible()
    colours = "(part) => getComputedStyle(part).color"
    assert seen.locator("table.form").evaluate(colours) == "rgb(0, 0, 0)"
    assert seen.pdf(prefer_css_page_size=True).startswith(b"%PDF")


def test_all_leads_everywhere_without_scripts(browser: Browser, root: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(root + "index.html")
    page.get_by_role("link", name="2024年度", exact=True).first.click()
    page.locator("table.reports").get_by_role("link", name="电教远教工作经费").click()
    assert page.locator("h1").inner_text() == "电教远教工作经费"
    file = page.get_by_role("link", name="下载 PDF")
    assert not file.is_visible()
    page.locator(".files > summary").focus()
    page.keyboard.press("Enter")
    assert file.is_visible()
    page.locator(".answer").get_by_role("link", name="管理人员满意度").click()
    assert "92" in page.locator(":target").inner_text()
    page.get_by_role("navigation", name="本页内容").get_by_role("link", name="偏差").click()
    assert page.locator(":target").inner_text() == "偏差和说明"
    context.close()
