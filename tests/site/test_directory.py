"""The list of departments and units: the year told once, and every unit found by its words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, Page

from builder.content import summarize
from builder.model import Site
from builder.views import Overview, site_view
from tests.support.browser import served, watched
from tests.support.corpus import document_of
from tests.support.pages import Made, make
from tests.support.reports import profiles

DOCUMENTS = [d for d in map(document_of, range(90)) if d.report.year == 2024]
PAGE = "departments/index.html"


@pytest.fixture(scope="module")
def made() -> Made:
    return make(DOCUMENTS)


@pytest.fixture(scope="module")
def root(made: Made, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(made.written(tmp_path_factory.mktemp("directory"))) as address:
        yield address


@pytest.fixture
def seen(browser: Browser, root: str) -> Iterator[Page]:
    with watched(browser, root) as page:
        page.goto(root + PAGE)
        yield page


def shown(page: Page) -> list[str]:
    return [
        text.strip() for text in page.locator(".directory tbody tr:visible th").all_inner_texts()
    ]


def test_the_year_is_told_once(made: Made) -> None:
    page = made.page(PAGE)
    assert page.text.count("2024年度") == 1
    assert "年度" not in page.rows("directory")[0]
    summaries = [summarize(d) for d in DOCUMENTS]
    older = replace(summaries[0], year=2023, department="乙局", unit="乙中心", stem="older")
    profile = profiles().by_name["上海市级"]
    several, _ = Overview(
        site_view(Site.model_validate({})), [*summaries, older], profile
    ).offices.directory()
    assert several.year == ""


def test_words_of_a_department_find_its_units(seen: Page, made: Made) -> None:
    rows = [cells[0] for cells in made.page(PAGE).rows("directory")[1:]]
    assert all(row.startswith(name) for row, name in zip(rows, shown(seen), strict=True))
    unit = next(d.report.unit for d in DOCUMENTS)
    seen.get_by_label("筛选").fill(unit)
    found = shown(seen)
    assert unit in found
    assert len(found) < 5
    department = next(d.report.department for d in DOCUMENTS if d.report.unit == unit)
    seen.get_by_label("筛选").fill(department)
    units = {d.report.unit for d in DOCUMENTS if d.report.department == department}
    assert {department, *units} <= set(shown(seen))


def test_units_sort_without_their_departments(seen: Page) -> None:
    before = shown(seen)
    heading = seen.locator(".directory thead th").nth(2)
    heading.get_by_role("button").click()
    cells = seen.locator(".directory tbody tr:visible td:nth-child(3)").all_inner_texts()
    amounts = [float(text.replace(",", "")) for text in cells]
    assert amounts == sorted(amounts, reverse=True)
    assert set(shown(seen)) >= {d.report.unit for d in DOCUMENTS}
    lefts = seen.locator(".directory tbody tr:visible th a").evaluate_all(
        "(links) => links.map((link) => link.getBoundingClientRect().left)"
    )
    assert len(set(lefts)) == 1
    heading.get_by_role("button").click()
    heading.get_by_role("button").click()
    assert shown(seen) == before
