"""What a browser prints of a page: whole tables, where the page is, nothing to click."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser

from tests.support.browser import served, watched
from tests.support.volumes import build, pages_of, write_content

ADDRESS = "https://example.gov.cn/jixiao/"
CLICKED = (
    "跳到正文",
    "部门和单位",
    "搜索",
    "筛选",
    "排序",
    "下载",
    "打印本页",
    "查看数据",
    "本页内容",
)
COUNT = 50
REPORT = "2024/xiangmu-0001/index.html"
YEAR = "2024/index.html"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Reports enough for a table of several sheets."""
    folder = tmp_path_factory.mktemp("printing")
    write_content(folder / "content", COUNT, f"网址: {ADDRESS}\n发布日期: 2025-08-20\n")
    return build(folder, "--no-pdf")


def printed(browser: Browser, site: Path, path: str, file: Path) -> list[str]:
    """The text of every sheet inside its margins, which say the same on each of them."""
    with served(site) as root, watched(browser, root) as page:
        page.goto(root + path)
        page.pdf(path=file, prefer_css_page_size=True)
    sheets = pages_of(file)
    for number, sheet in enumerate(sheets, 1):
        assert sheet.startswith(f"{number}/{len(sheets)}{ADDRESS}{path}2025年8月20日")
        assert not [word for word in CLICKED if word in sheet]
    return [sheet.partition("2025年8月20日")[2] for sheet in sheets]


@pytest.mark.parametrize(
    "path",
    [
        "compare/index.html?甲=r-2024-xiangmu-0001&乙=r-2024-xiangmu-0002",
        "2024/deviations/index.html?词=培训 A&排序=amount",
    ],
)
def test_what_was_asked_is_in_the_margin(
    browser: Browser, site: Path, tmp_path: Path, path: str
) -> None:
    """Else nobody could come back to what is printed."""
    asked = path.replace(" ", "%20")
    with served(site) as root, watched(browser, root) as page:
        page.goto(root + asked)
        page.wait_for_function("document.querySelector('td, [role=status]').textContent")
        page.pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True)
    assert f"{ADDRESS}{asked}2025" in pages_of(tmp_path / "page.pdf")[0]


def test_long_tables_repeat_their_headings(browser: Browser, site: Path, tmp_path: Path) -> None:
    heads = "项目名称实施单位全年预算数"
    sheets = printed(browser, site, YEAR, tmp_path / "page.pdf")
    assert sheets[0].startswith("2024年度")
    begun = next(number for number, sheet in enumerate(sheets) if heads in sheet)
    assert len(sheets) > begun + 1
    for sheet in sheets[begun + 1 :]:
        assert sheet.startswith(heads)


def test_the_answer_stands_behind_the_form(browser: Browser, site: Path, tmp_path: Path) -> None:
    sheets = printed(browser, site, REPORT, tmp_path / "page.pdf")
    assert sheets[0].startswith("财政项目支出绩效自评表")
    [answer] = [number for number, sheet in enumerate(sheets) if sheet.startswith("全年支出")]
    assert "评分等级" in sheets[answer - 1]


def test_what_was_asked_is_printed_with_what_was_found(browser: Browser, site: Path) -> None:
    with served(site) as root, watched(browser, root) as page:
        page.emulate_media(media="print")
        page.goto(f"{root}search/index.html?q={quote('法律援助')}")
        page.wait_for_selector(".hits li")
        asked = page.locator("#q")
        assert asked.is_visible()
        assert asked.input_value() == "法律援助"
        assert page.get_by_role("button").locator("visible=true").count() == 0
        page.goto(f"{root}search/index.html")
        asked.wait_for(state="hidden")


@pytest.mark.parametrize(
    "path",
    [YEAR, REPORT, "index.html", "glossary/index.html", "rules/index.html"],
)  # fmt: skip
def test_no_last_sheet_is_nearly_empty(
    browser: Browser, site: Path, tmp_path: Path, path: str
) -> None:
    *others, last = printed(browser, site, path, tmp_path / "page.pdf")
    assert not others or len(last) > 150


def test_no_mark_that_leads_to_a_word_is_printed(browser: Browser, site: Path) -> None:
    with served(site) as root, watched(browser, root) as page:
        for path in ("data/index.html", YEAR):
            page.goto(root + path)
            marks = page.locator(".meaning:visible")
            assert marks.count()
            page.emulate_media(media="print")
            assert not marks.count()
            page.emulate_media(media="screen")


def test_a_column_without_a_word_is_not_printed(browser: Browser, site: Path) -> None:
    with served(site) as root, watched(browser, root) as page:
        page.goto(root + YEAR)
        page.emulate_media(media="print")
        heading = page.locator("th.remarks")
        assert heading.is_visible()
        page.locator("td.remarks").evaluate_all(
            "(cells) => cells.forEach((cell) => cell.replaceChildren())"
        )
        assert not heading.is_visible()
        page.emulate_media(media="screen")
        assert heading.is_visible()
