"""Screens between a phone and a desk, and paper: all on one line that belongs together, and no line
that is left alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.support.browser import served, watched, wrong
from tests.support.forms import filled
from tests.support.pages import document, make
from tests.support.reports import GOOD
from tests.support.stages import staged
from tests.support.volumes import pages_of
from tests.support.wholes import whole

WIDTH = 768
PAPER: ViewportSize = {"width": 688, "height": 1000}  # A4 without its margins
LONG = "城乡居民基本养老保险和基本医疗保险经办服务能力提升信息化建设与运行维护专项资金"
PLAIN = "2021/204-caidian-senlinfanghuo"
BLANK = "2024/16-mingshan-lincao"  # its 总体目标 was left blank
RECHECKED, WHOLE = "2024/fuhe/index.html", "2024/zhengti/index.html"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    large = GOOD.replace(": 100.00", ": 118511.76").replace(
        "全年执行数: 95.00", "全年执行数: 71107.06"
    )
    documents = [
        document(staged("复核"), "fuhe"),
        document(large.replace("公益培训项目", LONG), "long"),
        whole(),
        whole("某市公安局", "gongan"),
        filled()[PLAIN],
        filled()[BLANK],
    ]
    with served(make(documents).written(tmp_path_factory.mktemp("between"))) as address:
        yield address


@pytest.fixture
def tablet(browser: Browser, root: str) -> Iterator[Page]:
    with watched(browser, root) as page:
        page.set_viewport_size({"width": WIDTH, "height": 1024})
        yield page


def tops(page: Page, selector: str) -> list[float]:
    found: list[float] = page.locator(selector).evaluate_all(
        "(parts) => parts.map((part) => part.getBoundingClientRect().top)"
    )
    return found


def test_headline_figures_stand_on_one_line(tablet: Page, root: str) -> None:
    for path, count in ((RECHECKED, 5), (WHOLE, 4), ("index.html", 6)):
        tablet.goto(root + path)
        found = tops(tablet, ".figures > div")
        assert len(found) == count, path
        assert len(set(found)) == 1, path


def test_figures_stand_beside_the_first_line_of_a_name(tablet: Page, root: str) -> None:
    tablet.goto(root + "2024/index.html")
    row = tablet.locator(".projects tbody tr", has_text=LONG)
    [name] = row.locator("th a").evaluate_all(
        "(parts) => parts.map((part) => [...part.getClientRects()].map((box) => box.top))"
    )
    assert len(name) > 2
    figure = row.locator(".budget").bounding_box()
    assert figure
    assert figure["y"] < name[1]


def test_a_form_of_two_sheets_leaves_none_empty(
    browser: Browser, root: str, tmp_path: Path
) -> None:
    with watched(browser, root) as page:
        page.goto(f"{root}{BLANK}/index.html")
        page.pdf(path=tmp_path / "form.pdf", prefer_css_page_size=True)
    _, last = pages_of(tmp_path / "form.pdf")
    assert "未完成原因和改进措施" in last
    assert "全年支出" in last


def test_what_was_left_blank_is_accessible(browser: Browser, root: str) -> None:
    with watched(browser, root) as page:
        page.goto(f"{root}{BLANK}/index.html")
        assert page.locator("tr.goals td.blank").count() == 2
        assert wrong(page, (375, WIDTH)) == []


def test_a_whole_office_is_compared_with_its_kind(tablet: Page, root: str) -> None:
    for path, kind in ((WHOLE, "部门整体支出"), (RECHECKED, "项目")):
        tablet.goto(root + path)
        tablet.get_by_role("link", name=f"与别的{kind}比较").click()
        expect(tablet.locator(".choosing input").first).to_have_value(re.compile(kind))


def test_whole_offices_stand_in_one_table(tablet: Page, root: str) -> None:
    tablet.goto(root + "2024/index-offices.html")
    assert tablet.locator("h2#projects").inner_text() == "部门"
    assert tablet.locator(".projects .group").count() == 0
    assert tablet.locator(".projects tbody tr").count() == 2


def test_no_character_of_a_common_result_is_printed_alone(browser: Browser, root: str) -> None:
    with watched(browser, root) as page:
        page.emulate_media(media="print")
        page.set_viewport_size(PAPER)
        page.goto(f"{root}{PLAIN}/index.html")
        lines = page.locator(".form td", has_text="达成预期指标").evaluate_all(
            """(cells) => cells.map((cell) => {
                const range = document.createRange();
                range.selectNodeContents(cell.firstElementChild.firstChild);
                return new Set([...range.getClientRects()].map((box) => box.bottom)).size;
            })"""
        )
        assert len(lines) > 5
        assert set(lines) == {1}


def test_no_figure_of_the_register_parts_from_its_unit(browser: Browser, root: str) -> None:
    """Nor does an arrow stand on a line without either of them, or a heading in pieces."""
    with watched(browser, root) as page:
        page.goto(root + "2024/deviations/index.html")
        page.emulate_media(media="print")
        page.set_viewport_size(PAPER)
        cells = page.locator(".register .course", has_text="万元")
        assert cells.count() > 1
        lines = cells.evaluate_all("""(cells) => cells.map((cell) => {
            const range = document.createRange();
            return [...cell.childNodes].map((part) => {
                range.selectNodeContents(part);
                return [...range.getClientRects()].filter((box) => box.width > 1)
                    .map((box) => Math.round(box.bottom));
            });
        })""")
        for target, arrow, actual in lines:
            assert len(target) == len(arrow) == len(actual) == 1
            assert arrow[0] in (target[0], actual[0])
        heads = tops(page, ".register thead th")
        assert len(heads) == 7
        shown = page.get_by_role("columnheader", name="扣分", exact=True).bounding_box()
        first = page.get_by_role("columnheader").first.bounding_box()
        assert shown
        assert first
        assert shown["height"] == first["height"] < 2 * 18


def test_the_form_is_printed_with_all_its_lines(browser: Browser, root: str) -> None:
    """Half of an outer line that merged cells share is outside the table, where paper ends."""
    with watched(browser, root) as page:
        page.emulate_media(media="print")
        page.set_viewport_size(PAPER)
        page.goto(root + RECHECKED)
        form = page.locator("table.form").bounding_box()
        assert form
        assert form["x"] >= 0
        assert form["x"] + form["width"] < PAPER["width"]
