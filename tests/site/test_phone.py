"""The site in one hand: columns that can be compared, targets that can be hit, reports that end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import simplejson
from playwright.sync_api import Browser, Page

from tests.conftest import MANY
from tests.support.browser import served, watched
from tests.support.volumes import pages_of

PHONE, SCREEN = 375, 812
SCREENS = 5
REPORT = "2024/xiangmu-0006/index.html"
UNITS = "departments/index.html"
PAGES = (
    "index.html", "2024/index.html", REPORT, UNITS, "2024/deviations/index.html",
    "2024/indicators/index.html", "glossary/index.html", "rules/index.html",
    "search/index.html", "search/index.html?q=法律援助",
)  # fmt: skip
# What a finger means to hit, with the box that answers it. In running text a line is as high as
# it is (WCAG 2.5.8 excepts it), but its links reach as far as the least of all others.
TARGETS = """() => [...document.querySelectorAll(
        "a, button, summary, select, input:not([type=checkbox], [type=radio]), label:has(input)")]
    .filter((part) => part.checkVisibility({ visibilityProperty: true }))
    .filter((part) => !part.matches(".skip, .meaning"))
    .map((part) => {
        const boxes = [...part.getClientRects()];
        const height = Math.max(...boxes.map((box) => box.height));
        const width = Math.max(...boxes.map((box) => box.width));
        const isPrimary = part.matches(".button, .masthead nav a, .menu a, .pager a, .years a,"
            + " .search input, .filter input, select, :is(.files, .fold, .facets) > summary");
        return [part.outerHTML, width, height, isPrimary];
    })"""
# How far down a table the right edges of figures stand apart, for each of its columns.
EDGES = """(table) => [...table.tHead.rows[0].cells].filter((head) => head.checkVisibility())
    .filter((head) => head.classList.contains("figure")).map((head) => {
        const rows = [...table.tBodies].flatMap((body) => [...body.rows]);
        const cells = rows.map((row) => row.cells[head.cellIndex])
            .filter((cell) => cell?.classList.contains("figure"));
        const ends = [head, ...cells].map((cell) => {
            const range = document.createRange();
            range.selectNodeContents(cell);
            return range.getBoundingClientRect().right;
        });
        return [head.textContent, cells.length, Math.max(...ends) - Math.min(...ends)];
    })"""


@pytest.fixture(scope="module")
def root(many: Path) -> Iterator[str]:
    with served(many) as address:
        yield address


@pytest.fixture
def phone(browser: Browser, root: str) -> Iterator[Page]:
    """A page as wide as a phone, in which nothing goes wrong."""
    with watched(browser, root) as page:
        page.set_viewport_size({"width": PHONE, "height": SCREEN})
        yield page


def visit(page: Page, address: str) -> None:
    page.goto(quote(address, safe=":/?=&#"))
    page.wait_for_function("!document.querySelector('[aria-busy=true]')")


@pytest.mark.parametrize("width", [320, 360, 375, 600, 768, 960])
def test_figures_stand_under_one_another(phone: Page, root: str, width: int) -> None:
    phone.set_viewport_size({"width": width, "height": SCREEN})
    for path in ("index.html", "2024/index.html", "2024/indicators/index.html", UNITS):
        visit(phone, root + path)
        for table in phone.locator(":is(.groups, .projects)").all():
            columns = table.evaluate(EDGES)
            assert len(columns) >= 3, path
            assert [column for column in columns if column[2] > 1] == [], path
        widths = phone.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
        assert widths[0] <= widths[1], path


def test_nothing_of_a_row_is_lost_on_a_phone(phone: Page, root: str) -> None:
    """Whatever a row says on a wide screen it says on a narrow one, in one place or another."""
    for path in ("2024/index.html", UNITS):
        visit(phone, root + path)
        rows = phone.locator(":is(.groups, .projects) tbody tr").all()
        narrow = [re.split(r"\s+", row.inner_text()) for row in rows]
        phone.set_viewport_size({"width": 1280, "height": SCREEN})
        wide = [re.split(r"\s+", row.inner_text()) for row in rows]
        phone.set_viewport_size({"width": PHONE, "height": SCREEN})
        assert len(rows) > 5
        for some, every in zip(narrow, wide, strict=True):
            words = "".join(some)
            assert [word for word in every if word not in words] == []


def test_tables_are_tables_to_those_who_hear_them(phone: Page, root: str) -> None:
    visit(phone, root + "2024/index.html")
    table = phone.get_by_role("table", name="年度项目")
    row = table.get_by_role("row").filter(has=phone.get_by_role("rowheader")).last
    assert row.get_by_role("cell").count() >= 6
    assert table.get_by_role("columnheader", name="全年预算数").count() == 1


def test_all_that_can_be_hit_is_large_enough(phone: Page, root: str) -> None:
    for path in PAGES:
        visit(phone, root + path)
        for part in phone.locator("details").all():
            part.evaluate("(part) => { part.open = true; }")
        found = phone.evaluate(TARGETS)
        assert len(found) > 4, path
        small = [
            (width, height, html)
            for html, width, height, is_primary in found
            if height < (44 if is_primary else 24) or width < 24
        ]
        assert small == [], path


def is_usual(report: Any) -> bool:
    """Whether a report has no more indicators and deviations than nearly all that are published."""
    indicators = report["绩效指标"]
    reasons = [one for one in indicators if one["偏差原因分析及改进措施"]]
    return len(indicators) <= 20 and len(reasons) <= 5


def heights(page: Page, root: str, site: Path) -> dict[str, int]:
    """How long the usual reports of a site are, in pixels."""
    found = {}
    for path in sorted(site.glob("2024/*/report.json")):
        if is_usual(simplejson.loads(path.read_text(encoding="utf-8"))):
            page.goto(f"{root}{path.parent.relative_to(site)}/index.html")
            found[path.parent.name] = page.evaluate("document.documentElement.scrollHeight")
    return found


def test_a_report_ends_after_five_screens(phone: Page, root: str, many: Path) -> None:
    found = heights(phone, root, many)
    assert len(found) > MANY / 2
    assert {name: height for name, height in found.items() if height > SCREENS * SCREEN} == {}


def test_the_five_forms_end_after_five_screens(browser: Browser, published: Path) -> None:
    with served(published) as root, watched(browser, root) as page:
        page.set_viewport_size({"width": PHONE, "height": SCREEN})
        found = heights(page, root, published)
    assert len(found) == 5
    assert max(found.values()) <= SCREENS * SCREEN


def test_funds_that_were_none_take_one_line(browser: Browser, published: Path) -> None:
    with served(published) as root, watched(browser, root) as page:
        page.set_viewport_size({"width": PHONE, "height": SCREEN})
        address = f"{root}2024/dianjiao-yuanjiao/index.html"
        page.goto(address)
        told, zeros = page.locator(".form .brief"), page.locator(".form .zero")
        assert told.inner_text().split() == ["上年结转资金、其他资金", "0.00"]
        assert zeros.count() == 2
        assert not zeros.first.is_visible()
        # Who is led to one of them by a search sees it.
        page.goto(f"{address}#{zeros.last.get_attribute('id')}")
        assert zeros.last.is_visible()
        for width, media in ((1280, "screen"), (PHONE, "print")):
            page.set_viewport_size({"width": width, "height": SCREEN})
            page.emulate_media(media=media)  # type: ignore[arg-type]
            assert zeros.first.is_visible()
            assert not told.is_visible()


def test_an_indicator_takes_two_lines(phone: Page, root: str) -> None:
    visit(phone, root + REPORT)
    names = phone.locator(".form .indicator > th[scope=row]:last-of-type")
    rows = phone.locator(".form .indicator")
    assert rows.count() == names.count() > 5
    for name, row in zip(names.all(), rows.all(), strict=True):
        line = name.bounding_box()
        whole = row.bounding_box()
        assert line
        assert whole
        assert whole["y"] + whole["height"] <= line["y"] + 2 * line["height"] + 16


def test_what_leads_into_the_scoring_opens_it(phone: Page, root: str) -> None:
    fold = phone.locator(".scoring > details.fold")
    visit(phone, root + REPORT)
    assert fold.get_attribute("open") is None
    phone.locator(".form a[href='#points-2']").click()
    assert fold.get_attribute("open") is not None
    assert phone.locator("#points-2").is_visible()
    visit(phone, "about:blank")
    visit(phone, f"{root}{REPORT}#points-2")
    place = phone.locator("#points-2").bounding_box()
    assert place
    assert 0 <= place["y"] < SCREEN
    phone.locator(".scoring > .fold > summary").click()
    assert fold.get_attribute("open") is None
    phone.set_viewport_size({"width": 1280, "height": SCREEN})
    phone.locator("#points-2").wait_for(state="visible")
    assert not phone.locator(".scoring > .fold > summary").is_visible()


def test_the_scoring_is_open_without_scripts(browser: Browser, root: str) -> None:
    context = browser.new_context(
        java_script_enabled=False, viewport={"width": PHONE, "height": SCREEN}
    )
    page = context.new_page()
    page.goto(root + REPORT)
    assert page.locator("#points-2").is_visible()
    context.close()


def test_what_is_folded_is_printed(phone: Page, root: str, tmp_path: Path) -> None:
    visit(phone, root + REPORT)
    assert phone.locator(".scoring > details.fold").get_attribute("open") is None
    phone.pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True)
    assert "得分构成" in "".join(pages_of(tmp_path / "page.pdf"))


def test_nothing_moves_when_scripts_start(phone: Page, root: str) -> None:
    phone.add_init_script("""
        window.moved = [];
        new PerformanceObserver((list) => {
            for (const entry of list.getEntries()) window.moved.push(entry.value);
        }).observe({ type: "layout-shift", buffered: true });
    """)
    for path in PAGES:
        visit(phone, root + path)
        phone.wait_for_timeout(100)
        assert phone.evaluate("window.moved") == [], path
