"""An office printed from the browser: one sheet that says what it came to, then the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from builder.content import addresses
from builder.scoring import Document
from tests.support.browser import served, watched
from tests.support.pages import document, make
from tests.support.reports import GOOD

FEW, MANY = 8, 40
WIDE, HIGH = 182 / 25.4 * 96, 265 / 25.4 * 96  # A4 inside its margins, in pixels


def reports(department: str, count: int) -> Iterator[Document]:
    for year in (2023, 2024):
        for n in range(count):
            text = GOOD.replace("年度: 2024", f"年度: {year}")
            text = re.sub(r"主管部门: .*", f"主管部门: {department}", text)
            text = re.sub(r"实施单位: .*", f"实施单位: 第{n % 2}中心", text)
            yield document(text, f"{department}{n}", f"{year}")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    made = make([*reports("少局", 1), *reports("中局", FEW), *reports("多局", MANY)])
    with served(made.written(tmp_path_factory.mktemp("sheet"))) as address:
        yield address


def printed(page: Page, root: str, path: str) -> None:
    page.set_viewport_size({"width": round(WIDE), "height": round(HIGH)})
    page.goto(root + path)
    page.emulate_media(media="print")


def tops(page: Page, *parts: str) -> list[float]:
    boxes = [page.locator(part).bounding_box() for part in parts]
    return [box["y"] for box in boxes if box]


@pytest.mark.parametrize("department", ["少局", "中局", "多局"])
def test_the_sum_stands_before_the_rest(browser: Browser, root: str, department: str) -> None:
    order = ["h1", "main > .lead", ".answer", ".figures", ".reports >> nth=0"]
    rest = [*([] if department == "少局" else [".groups"]), ".charts", ".reports >> nth=1"]
    with watched(browser, root) as page:
        printed(page, root, addresses.department_page(department))
        if department == "多局":  # its earlier years are on the next pages
            rest = rest[:-1]
        first, behind = tops(page, *order), tops(page, *rest)
        assert (len(first), len(behind)) == (len(order), len(rest))
        assert first == sorted(first)
        assert max(first) < min(behind)


@pytest.mark.parametrize("department", ["少局", "中局"])
def test_a_few_projects_take_one_sheet(browser: Browser, root: str, department: str) -> None:
    with watched(browser, root) as page:
        printed(page, root, addresses.department_page(department))
        box = page.locator(".reports").first.bounding_box()
        assert box
        assert box["y"] + box["height"] <= HIGH
        rows = page.locator(".reports").first.locator("tbody tr").all()
        assert len(rows) == (1 if department == "少局" else FEW)


def test_a_unit_prints_alike(browser: Browser, root: str) -> None:
    with watched(browser, root) as page:
        printed(page, root, addresses.unit_page("中局", "第0中心"))
        found = tops(page, "h1", ".figures", ".reports >> nth=0", ".charts", ".reports >> nth=1")
        assert len(found) == 5
        assert found == sorted(found)
