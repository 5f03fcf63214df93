"""What was found, taken home as a table."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Page

from builder.opendata.delimited import guarded
from tests.support.documents import HOSTILE
from tests.support.searching import DONE, SEARCH


@pytest.fixture(scope="module")
def folder(years_city: Path) -> Path:
    return years_city


def taken(page: Page, folder: Path) -> list[dict[str, str]]:
    """The rows of the table that the page hands over."""
    with page.expect_download() as found:
        page.click("[data-search-save]")
    path = folder / found.value.suggested_filename
    found.value.save_as(path)
    text = path.read_bytes().decode("utf-8")
    assert text.startswith("\ufeff")
    assert text.count("\r\n") == text.count("\n")
    return list(csv.DictReader(io.StringIO(text[1:], newline="")))


def published(site: Path) -> dict[str, dict[str, str]]:
    """The rows of the site's own data, by 编号."""
    rows: dict[str, dict[str, str]] = {}
    for path in site.glob("data/[0-9]*[0-9].csv"):
        text = path.read_bytes().decode("utf-8-sig")
        rows |= {row["编号"]: row for row in csv.DictReader(io.StringIO(text, newline=""))}
    return rows


def comparable(row: dict[str, str]) -> dict[str, str | Decimal]:
    """A row whose amounts are figures: 200 is 200.00."""
    return {key: Decimal(text) if "万元" in key and text else text for key, text in row.items()}


def test_results_are_taken_home_as_the_site_publishes_them(
    page: Page, root: str, years_city: Path, tmp_path: Path
) -> None:
    page.goto(f"{root}{SEARCH}?q={quote('满意度')}")
    page.wait_for_selector(DONE, state="attached")
    many = int(page.locator("[data-search-count]").get_attribute("data-search-count") or "")
    rows = taken(page, tmp_path)
    assert len(rows) == many > 20
    known = published(years_city)
    for row in rows:
        true = known[row["编号"]]
        assert row.keys() <= true.keys()
        if row["阶段"] != "目标":  # there what was approved is the budget
            assert comparable(row) == comparable({key: true[key] for key in row})


def test_the_table_has_only_what_is_shown_and_in_that_order(
    page: Page, root: str, tmp_path: Path
) -> None:
    asked = f"{quote('年度')}=2023&{quote('排序')}=budget"
    page.goto(f"{root}{SEARCH}?{asked}")
    page.wait_for_selector(DONE, state="attached")
    rows = taken(page, tmp_path)
    assert {row["年度"] for row in rows} == {"2023"}
    budgets = [float(row["全年预算数（万元）"]) for row in rows]
    assert budgets == sorted(budgets, reverse=True)
    assert list(tmp_path.glob("*2023*.csv"))


def test_an_uncertain_question_is_looked_into_first(
    page: Page, root: str, years_city: Path, tmp_path: Path
) -> None:
    page.goto(f"{root}{SEARCH}?q={quote('服务对象满意度')}")
    page.wait_for_selector(DONE, state="attached")
    ids = {row["编号"] for row in taken(page, tmp_path)}
    held = {
        path.parent.relative_to(years_city).as_posix()
        for path in years_city.glob("2*/*/report.json")
        if "服务对象满意度" in json.dumps(json.loads(path.read_text("utf-8")), ensure_ascii=False)
    }
    assert ids == held


ROWS = """async (texts) => {
    const { table } = await jixiaoSearch.load(
        "csv", document.querySelector(".finding").dataset.csv);
    const core = await jixiaoSearch.core();
    const row = ["2024/a", "", "", "", "", ""];
    const passages = (text) => [["", "", text], ["", "", text], ["", "", text]];
    return texts.map((text) => table(
        core, [0], [{ path: "2024/a/index.html", passages: passages(text), row }], ""));
}"""


def test_nothing_in_the_table_is_run(page: Page, years_city: Path) -> None:
    texts = [*HOSTILE.values(), "-12.50", "-1e5", "1,5"]
    page.goto(f"{years_city.as_uri()}/{SEARCH}")
    page.wait_for_selector(DONE, state="attached")
    made: list[str] = page.evaluate(ROWS, texts)
    for text, table in zip(texts, made, strict=True):
        row = list(csv.reader(io.StringIO(table, newline="")))[1]
        assert row[2:5] == [guarded(text)] * 3
