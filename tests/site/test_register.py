"""The register of deviations in a browser: narrowed over all of its pages, and whole without a
script."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote

import pytest
from lxml import html
from playwright.sync_api import Browser, Page, expect

from tests.support.browser import served
from tests.support.shared import once
from tests.support.volumes import build

PATH = "2024/deviations/index.html"
ROWS = "table.register tbody tr"
TEXT = """年度: {year}
项目名称: 项目{number}
主管部门: {department}
实施单位: {department}第{number}中心
项目资金:
  当年财政拨款: {{年初预算数: {budget}, 全年预算数: {budget}, 全年执行数: {budget}}}
年度总体目标:
  预期目标: 完成全部培训任务，提高人员能力。
  实际完成情况: 完成培训六次，四百余人参加，合格率较高。
绩效指标:
  产出指标:
    数量指标:
      - 三级指标: 培训次数
        年度指标值: ≥6(次)
        实际完成值: 5(次)
        分值: 60
        得分: {points}
        偏差原因分析及改进措施: {reason}
    质量指标:
      - 三级指标: 培训合格率
        年度指标值: ≥90(%)
        实际完成值: 85(%)
        分值: 30
        得分: 20
        偏差原因分析及改进措施: 学员基础较弱
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with more deviations than one page holds."""

    def make(folder: Path) -> None:
        for number in range(1, 121):
            reason = "师资不足。下一步增聘教师。" if number % 3 else "师资不足"
            text = TEXT.format(
                year=2024, number=number, department="甲局" if number % 4 else "乙局",
                budget=f"{number * 10}.00", points=f"{40 + number % 5}", reason=reason,
            )  # fmt: skip
            path = folder / "content" / "2024" / f"p{number:03}.yaml"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        build(folder, "--no-pdf")

    return once(tmp_path_factory, "register", make, "output")


def names(page: Page) -> list[str]:
    return page.locator(f"{ROWS} > .whose > a").all_inner_texts()


def test_it_is_narrowed_over_all_of_its_pages(seen: Page, root: str) -> None:
    page = seen
    page.goto(root + PATH)
    before = page.locator(ROWS).count()
    assert before < 240
    page.get_by_label("没有写改进措施的").check()
    expect(page.get_by_role("status")).to_have_text(re.compile("160"))
    assert page.locator(".pager").is_hidden()
    page.get_by_label("指标类别").select_option("数量指标")
    expect(page.get_by_role("status")).to_have_text(re.compile("40"))
    page.get_by_label("主管部门").select_option("乙局")
    expect(page.get_by_role("status")).to_have_text(re.compile("10"))
    assert page.locator(ROWS).count() == 10
    page.get_by_label("排序").select_option("amount")
    expect(page.locator(ROWS).first).to_contain_text("1,200.00")
    assert names(page) == [f"项目{n}" for n in range(120, 0, -12)]
    address = page.url
    page.get_by_role("button", name="清除筛选").click()
    expect(page.locator(ROWS)).to_have_count(before)
    assert "?" not in page.url
    page.goto(address)
    expect(page.locator(ROWS)).to_have_count(10)
    assert names(page)[0] == "项目120"


def test_words_and_amounts_narrow_too_and_nothing_found_is_told(seen: Page, root: str) -> None:
    page = seen
    page.goto(root + PATH)
    page.get_by_label("查找").fill("乙局第8中心　合格率")
    expect(page.locator(ROWS)).to_have_count(1)
    assert names(page) == ["项目8"]
    page.get_by_label("查找").fill("没有这个词")
    expect(page.locator(ROWS)).to_have_count(0)
    assert page.get_by_role("status").inner_text()
    page.get_by_label("查找").fill("")
    page.get_by_label("全年预算数").select_option("1000")
    expect(page.get_by_role("status")).to_have_text(re.compile("42"))
    assert page.locator(ROWS).count() == 42
    page.locator(f"{ROWS} > th a").first.click()
    assert "#indicator-" in page.url


def test_a_count_leads_to_what_it_counts(seen: Page, root: str) -> None:
    page = seen
    page.goto(root + quote("departments/乙局/index.html"))
    page.locator(".answer").get_by_role("link", name="60 项").click()
    expect(page.get_by_role("status")).to_have_text(re.compile("60"))
    assert set(page.locator(f"{ROWS} .note > a:first-child").all_inner_texts()) == {"乙局"}
    page.goto(root + "2024/index.html")
    page.get_by_role("link", name="2项偏差").first.click()
    assert page.url.endswith("#deviations")
    page.goto(root + "2024/indicators/index.html")
    page.get_by_role("link", name="120，质量指标的偏差").click()
    assert page.url.endswith("#short")


def test_an_address_that_asks_for_what_the_form_has_not_asks_for_nothing(
    seen: Page, root: str
) -> None:
    page = seen
    page.goto(root + PATH)
    before = page.locator(ROWS).count()
    page.goto(
        root + PATH + "?length=3&item=x&constructor=y&部门=没有这个部门&排序=<img src=x>&预算=-1"
    )
    page.get_by_label("指标类别").select_option("数量指标")
    expect(page.get_by_role("status")).to_have_text(re.compile("120"))
    page.get_by_role("button", name="清除筛选").click()
    expect(page.locator(ROWS)).to_have_count(before)


def test_rows_that_did_not_come_are_asked_for_again(browser: Browser, folder: Path) -> None:
    with served(folder) as root:
        page = browser.new_page()  # the browser itself tells what failed
        page.route("**/rows-*.js", lambda route: route.abort())
        page.goto(root + PATH)
        page.get_by_label("没有写改进措施的").check()
        expect(page.get_by_role("status")).to_have_text(re.compile("没有取到"))
        page.unroute("**/rows-*.js")
        page.get_by_label("主管部门").select_option("乙局")
        expect(page.get_by_role("status")).to_have_text(re.compile("40"))
        page.close()


def test_all_rows_can_be_read_without_a_script(folder: Path) -> None:
    rows = 0
    for path in sorted((folder / "2024" / "deviations").glob("index*.html")):
        rows += len(html.parse(str(path)).getroot().xpath("//table[@class='register']/tbody/tr"))
    assert rows == 240
    lines = (folder / "data" / "2024-deviations.csv").read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == 241
