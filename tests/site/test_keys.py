"""Keys, names of links and what can be copied, as a reader meets them in a browser."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page

from builder.content import addresses
from tests.support.browser import served, watched, wrong
from tests.support.volumes import build, write_content

REPORT = "2024/dianjiao-yuanjiao/index.html"
ADDRESS = "https://example.gov.cn/jixiao/"
DAY = re.compile(r"\[[0-9]{4}-[0-9]{2}-[0-9]{2}\]")
FOCUSED = "document.activeElement.id"
# What a screen reader says of each link of a page, and where it leads.
NAMES = """[...document.querySelectorAll('a[href]')].map((link) => [
  link.getAttribute('aria-label') ?? link.textContent.trim().replace(/\\s+/g, ' '), link.href,
  link.textContent.trim().replace(/\\s+/g, ' ')])"""
SHIFTS = """(() => { window.moved = 0; new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.moved += entry.value;
}).observe({ type: 'layout-shift', buffered: true }); })()"""


@pytest.fixture(scope="module")
def folder(published: Path) -> Path:
    return published


@pytest.fixture(scope="module")
def addressed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with an address and a day."""
    folder = tmp_path_factory.mktemp("addressed")
    site = f"网址: {ADDRESS}\n发布日期: 2025-08-20\n主办单位: 某市财政局\n"
    write_content(folder / "content", 2, site)
    return build(folder, "--no-pdf")


def test_the_keys_are_told_and_the_focus_returns(seen: Page, root: str) -> None:
    seen.goto(root + REPORT)
    button = seen.get_by_role("button", name="键盘")
    button.focus()
    seen.keyboard.press("?")
    dialog = seen.get_by_role("dialog", name="键盘")
    assert dialog.is_visible()
    assert [sign.inner_text() for sign in dialog.locator("kbd").all()] == [
        "/", "j", "k", "t", "?", "Esc",
    ]  # fmt: skip
    seen.keyboard.press("/")  # no key works behind it
    assert dialog.is_visible()
    seen.keyboard.press("Escape")
    assert dialog.is_hidden()
    assert button.evaluate("(it) => it === document.activeElement")
    button.click()
    assert dialog.is_visible()
    dialog.get_by_role("button", name="关闭").click()
    assert dialog.is_hidden()
    seen.goto(root + "index.html")
    seen.keyboard.press("?")
    assert seen.locator("dialog kbd").all_inner_texts() == ["/", "t", "?", "Esc"]


def test_keys_lead_through_a_report(seen: Page, root: str) -> None:
    seen.goto(root + REPORT)
    places = seen.locator("#execution-note, [id^=reason-]")
    ids = places.evaluate_all("(all) => all.map((one) => one.id)")
    assert len(ids) > 1
    for place in (*ids, ids[-1]):
        seen.keyboard.press("j")
        assert seen.evaluate(FOCUSED) == place
        box = seen.locator(f"#{place}").bounding_box()
        assert box
        assert box["y"] > 0
    seen.keyboard.press("k")
    assert seen.evaluate(FOCUSED) == ids[-2]
    seen.keyboard.press("t")
    assert seen.evaluate("window.scrollY") == 0
    assert seen.evaluate(FOCUSED) == "content"
    seen.keyboard.press("/")
    assert seen.evaluate(FOCUSED) == "q"
    seen.keyboard.type("j?")
    assert seen.locator("#q").input_value() == "j?"
    assert not seen.locator("dialog").count()


def test_keys_can_be_turned_off_and_stay_so(seen: Page, root: str) -> None:
    seen.goto(root + REPORT)
    seen.keyboard.press("?")
    seen.get_by_label("使用这些键").uncheck()
    seen.keyboard.press("Escape")
    for page in (REPORT, "index.html"):
        seen.goto(root + page)
        for key in ("?", "/", "j"):
            seen.keyboard.press(key)
        assert not seen.locator("dialog").count()
        assert seen.evaluate(FOCUSED) == ""
    seen.get_by_role("button", name="键盘").click()
    seen.get_by_label("使用这些键").check()
    seen.keyboard.press("Escape")
    seen.reload()
    seen.keyboard.press("/")
    assert seen.evaluate(FOCUSED) == "q"


def test_where_nothing_is_kept_the_keys_work_all_the_same(browser: Browser, root: str) -> None:
    forbid = "Object.defineProperty(window, 'localStorage', { get() { throw new Error('no'); } });"
    with watched(browser, root) as page:
        page.add_init_script(forbid)
        page.goto(root + REPORT)
        page.keyboard.press("?")
        page.get_by_label("使用这些键").uncheck()
        page.keyboard.press("Escape")
        page.keyboard.press("/")
        assert page.evaluate(FOCUSED) != "q"


def test_the_dialog_is_accessible(browser: Browser, published: Path) -> None:
    with served(published) as root, watched(browser, root) as page:
        page.set_viewport_size({"width": 1280, "height": 640})
        page.goto(root + REPORT)
        page.keyboard.press("?")
        assert wrong(page, (1280, 320)) == []


def test_nothing_moves_when_buttons_appear(browser: Browser, published: Path) -> None:
    with served(published) as root:
        for width in (1280, 375):
            page = browser.new_page(viewport={"width": width, "height": 8000})
            page.add_init_script(SHIFTS)
            for path in (REPORT, "glossary/index.html"):
                page.goto(root + path)
                assert page.get_by_role("button", name="键盘").is_visible()
                assert page.evaluate("window.moved") == 0, path
            page.close()


def test_without_scripts_there_are_no_keys_and_the_citation_stays(
    browser: Browser, root: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(root + REPORT)
    assert page.locator("button[data-keys]").is_hidden()
    assert page.locator(".copying").is_hidden()
    assert "[EB/OL]" in page.locator("#citation").inner_text()
    context.close()


def test_links_of_a_report_say_where_they_lead(seen: Page, root: str) -> None:
    """No two of one name lead to different places, and what is heard begins with what is seen."""
    for stem in ("dianjiao-yuanjiao", "xinxihua-jianshe"):
        path = f"2024/{stem}/index.html"
        seen.goto(root + path)
        led: dict[str, str] = {}
        for name, target, shown in seen.evaluate(NAMES):
            assert name
            assert name.startswith(shown)
            assert led.setdefault(name, target) == target, name
        points = seen.locator("#form a[href^='#points-']").first
        assert "评分说明" in (points.get_attribute("aria-label") or "")
        assert "评分说明" not in seen.locator("#form").inner_text()  # what is copied with the table


def test_links_of_listed_indicators_name_the_project(seen: Page, root: str) -> None:
    for path in ("2024/deviations/index.html", "2024/indicators/服务对象满意度指标/index.html"):
        seen.goto(root + quote(path))
        for link in seen.locator("main tbody th a").all():
            project = link.locator("xpath=ancestor::tr").locator("td a").first.inner_text()
            name = link.get_attribute("aria-label") or ""
            assert name.startswith(link.inner_text())
            assert project in name


def pasted(page: Page) -> str:
    """What is in the clipboard, put into the search field and read there."""
    page.locator("#q").fill("")
    page.locator("#q").focus()
    page.keyboard.press("Control+V")
    return page.locator("#q").input_value()


def test_citation_and_links_are_copied(seen: Page, root: str) -> None:
    seen.goto(root + REPORT)
    seen.get_by_role("button", name="复制引用").click()
    status = seen.locator(".copying [role=status]")
    status.get_by_text("已复制引用").wait_for()
    cited = seen.locator("#citation").inner_text()
    assert pasted(seen) == cited[:100]  # all that the field takes
    seen.get_by_role("button", name="复制链接").click()
    status.get_by_text("已复制链接").wait_for()
    assert pasted(seen) == (root + REPORT)[:100]
    row = seen.locator(f"#{addresses.indicator_row(2)}")
    row.hover()
    mark = row.get_by_role("link", name="这一行的链接")
    assert mark.is_visible()
    mark.click()
    status.get_by_text("已复制这一行的链接").wait_for()
    assert seen.evaluate("location.hash") == ""
    assert pasted(seen) == f"{root}{REPORT}#{addresses.indicator_row(2)}"[:100]


def test_the_mark_of_a_row_is_reached_by_keyboard(seen: Page, root: str) -> None:
    seen.goto(root + REPORT)
    seen.locator("#indicator-3 a[href^='#points-']").focus()
    seen.keyboard.press("Tab")
    assert seen.evaluate("document.activeElement.getAttribute('href')") == "#indicator-3"
    assert seen.locator(".row-link").count() == 1


def test_what_cannot_be_copied_is_selected(browser: Browser, root: str) -> None:
    refuse = """document.execCommand = () => false;
    Object.defineProperty(navigator, 'clipboard', { value: undefined });"""
    with watched(browser, root) as page:
        page.add_init_script(refuse)
        page.goto(root + REPORT)
        page.get_by_role("button", name="复制引用").click()
        cited = page.locator("#citation").inner_text()
        assert page.evaluate("getSelection().toString()") == cited
        assert "Ctrl" in page.locator(".copying [role=status]").inner_text()
        page.get_by_role("button", name="复制链接").click()
        assert page.evaluate("getSelection().toString()") == root + REPORT


def test_with_an_address_the_day_of_access_is_put_in(browser: Browser, addressed: Path) -> None:
    path = "2024/xiangmu-0001/index.html"
    with served(addressed) as root, watched(browser, root) as page:
        page.goto(root + path)
        cited = page.locator("#citation")
        assert not DAY.search(cited.inner_text())
        assert cited.inner_text().endswith(f"(2025-08-20)[引用日期]. {ADDRESS}{path}.")
        page.get_by_role("button", name="复制引用").click()
        page.get_by_text("已复制引用").wait_for()
        assert DAY.search(cited.inner_text())
        page.get_by_role("button", name="复制链接").click()
        page.get_by_text("已复制链接").wait_for()
        assert pasted(page) == f"{ADDRESS}{path}"


def test_the_feed_is_visible_where_there_is_one(
    browser: Browser, addressed: Path, published: Path
) -> None:
    with served(addressed) as root, watched(browser, root) as page:
        for path in ("index.html", "2024/index.html", "2024/xiangmu-0001/index.html"):
            page.goto(root + path)
            link = page.get_by_role("contentinfo").get_by_role("link", name="订阅更新（Atom）")
            assert link.evaluate("(it) => it.href") == f"{root}feed.xml"
    assert (addressed / "feed.xml").is_file()
    assert not (published / "feed.xml").exists()
    assert "订阅更新" not in (published / "index.html").read_text(encoding="utf-8")
