"""What people come for, done as they would do it, and in how many steps: docs/tasks.md tells them.

A step is a click, a word typed or a choice; to open the front page is none, and neither is to read
what the screen shows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.support.browser import served, watched

PHONE = {"width": 375, "height": 812}
TASKS = Path(__file__).parents[2] / "docs" / "tasks.md"


@dataclass
class Visitor:
    """Somebody at the front page, whose steps are counted."""

    page: Page
    steps: int = 0

    def click(self, target: Locator) -> None:
        self.steps += 1
        target.click()

    def type(self, target: Locator, text: str) -> None:
        self.steps += 1
        target.fill(text)

    def sees(self, target: Locator) -> None:
        """That it stands on the screen as it is, without a turn of the wheel."""
        expect(target).to_be_in_viewport()


@pytest.fixture
def visitor(browser: Browser, published: Path) -> Iterator[Visitor]:
    with served(published) as root, watched(browser, root) as page:
        page.set_viewport_size({"width": 1280, "height": 800})
        page.goto(root)
        yield Visitor(page)


def told(task: str) -> int:
    """The steps that docs/tasks.md tells of a task."""
    found = re.search(
        rf"(?m)^\| .* \| {re.escape(task)} \|.*\| (\d+)[^|]*\|$", TASKS.read_text("utf-8")
    )
    assert found, task
    return int(found[1])


def find(visitor: Visitor, words: str) -> None:
    """Look for a project, and open the first that is found."""
    visitor.type(visitor.page.locator("#q"), words)
    visitor.click(visitor.page.locator(".panel .hits a, .hits .name a").first)
    visitor.page.wait_for_selector("#form")


def test_how_much_was_spent_and_by_whom(visitor: Visitor) -> None:
    visitor.sees(visitor.page.locator(".figures dt", has_text="全年执行数").first)
    assert visitor.steps == told("本市一年花了多少")


def test_how_much_was_spent_on_something(visitor: Visitor) -> None:
    visitor.type(visitor.page.locator("#q"), "党建")
    visitor.page.locator("#q").press("Enter")  # belongs to typing
    expect(visitor.page.locator("[data-search-sums]")).to_contain_text("万元")
    assert visitor.steps == told("党群一类的项目花了多少")


def test_why_points_were_lost(visitor: Visitor) -> None:
    find(visitor, "电教远教")
    visitor.sees(visitor.page.locator(".answer"))
    assert "扣" in visitor.page.locator(".answer").inner_text()
    assert visitor.steps == told("一个项目为什么扣分")


def test_which_project_spent_least_of_its_money(visitor: Visitor) -> None:
    visitor.click(visitor.page.locator("#latest a"))
    heading = visitor.page.locator("table.reports thead").get_by_role("button", name="执行率").first
    visitor.click(heading)
    visitor.click(heading)
    assert "78.91%" in visitor.page.locator("table.reports tbody tr:not(.group)").first.inner_text()
    assert visitor.steps == told("谁的执行率最低")


def test_all_figures_in_a_spreadsheet(visitor: Visitor) -> None:
    with visitor.page.expect_download() as download:
        visitor.click(visitor.page.get_by_role("link", name="下载表格").first)
    assert download.value.suggested_filename.endswith(".xlsx")
    assert visitor.steps == told("把全年的数放进 Excel")


def test_found_and_quoted_on_a_phone(visitor: Visitor) -> None:
    visitor.page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    find(visitor, "电教远教")
    visitor.click(visitor.page.get_by_role("button", name="复制引用"))
    expect(visitor.page.locator(".copying [role=status]")).not_to_be_empty()
    assert visitor.steps == told("在手机上找到并引用一份表")


def test_deviations_without_a_measure(visitor: Visitor) -> None:
    visitor.click(visitor.page.locator(".answer a", has_text="项").last)
    visitor.click(visitor.page.get_by_label("没有写改进措施的"))
    expect(visitor.page.locator(".sieve [role=status]")).to_have_text(re.compile(r"\d"))
    assert visitor.steps == told("哪些偏差没有写改进措施")


def test_a_score_by_hand(visitor: Visitor) -> None:
    find(visitor, "电教远教")
    visitor.click(visitor.page.locator("table.form a", has_text="9.32"))
    assert "93 ≥ 90" in visitor.page.locator(":target").inner_text()
    assert visitor.steps == told("照着算式核一个得分")


def test_who_is_to_be_asked(visitor: Visitor) -> None:
    visitor.click(visitor.page.get_by_role("link", name="评分规则").first)
    assert visitor.page.locator("h1").inner_text()
    assert visitor.steps == told("分数是怎么算的")
