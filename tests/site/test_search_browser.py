"""The search as a person meets it: typed, narrowed, ordered, sent to somebody, by keyboard."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page

from builder.site.search.grams import fold
from tests.support.browser import served
from tests.support.corpus import write_corpus
from tests.support.searching import DONE, QUESTIONS, SEARCH, folded, reports, truth
from tests.support.shared import once
from tests.support.volumes import build

COUNT = 80
ASKED = """async (question) => {
    const s = jixiaoSearch, words = s.words(question), found = await s.ask(words);
    const records = await Promise.all(found.numbers.map(s.report));
    const sure = found.numbers.filter((_, i) => s.holds(records[i], words));
    return [found.numbers, found.exact, sure];
}"""


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The published site of a made-up city."""

    def make(folder: Path) -> None:
        write_corpus(folder / "content", COUNT)
        build(folder, "--no-pdf")

    return once(tmp_path_factory, "city", make, "output")


@pytest.fixture(scope="module")
def folder(city: Path) -> Path:
    return city


@pytest.fixture(scope="module")
def records(city: Path) -> list[dict[str, Any]]:
    """What each report.json says."""
    found = [json.loads(path.read_text("utf-8")) for path in city.glob("2*/*/report.json")]
    assert len(found) == COUNT
    return found


def ask(page: Page, question: str) -> None:
    page.fill("#q", question)
    page.press("#q", "Enter")
    page.wait_for_selector(DONE, state="attached")


def hits(page: Page) -> Locator:
    return page.locator("[data-search-results] > li")


def all_hits(page: Page) -> list[str]:
    """The addresses of all results, below the site's root."""
    page.wait_for_selector(DONE, state="attached")
    while page.locator("[data-search-more]").is_visible():
        before = hits(page).count()
        page.click("[data-search-more]")
        page.wait_for_function(
            "n => document.querySelectorAll('[data-search-results] > li').length > n", arg=before
        )
    links = page.locator("[data-search-results] > li .name a")
    found = [link.get_attribute("href") or "" for link in links.all()]
    return ["/".join(address.split("/")[-3:-1]) for address in found]


def count(page: Page) -> int:
    return int(page.locator("[data-search-count]").get_attribute("data-search-count") or "0")


def test_finds_exactly_what_the_texts_hold(page: Page, root: str, city: Path) -> None:
    known = folded(reports(city))
    page.goto(root + SEARCH)
    page.wait_for_selector(DONE, state="attached")
    found_any = 0
    for question in QUESTIONS:
        numbers, exact, sure = page.evaluate(ASKED, question)
        true = truth(known, question)
        assert set(sure) == true, question
        assert set(numbers) >= true, question
        if exact:
            assert set(numbers) == true, question
        found_any += bool(true)
    assert found_any > len(QUESTIONS) / 2


def test_texts_are_folded_as_by_the_builder(page: Page, city: Path) -> None:
    texts = [*QUESTIONS, "1,234,567.80", "12,34", "，１００", "ﬁ㎡℃ⅣＡ", "1,234，5", "𡋾垚"]
    page.goto(city.as_uri() + "/" + SEARCH)
    got = page.evaluate("texts => texts.map((text) => jixiaoSearch.fold(text).text)", texts)
    assert got == [fold(text) for text in texts]


def test_results_say_how_many_and_show_why(page: Page, root: str, city: Path) -> None:
    page.goto(root + SEARCH)
    ask(page, "满意度 率")
    true = truth(folded(reports(city)), "满意度 率")
    assert count(page) == len(true) > 10
    assert f"{len(true)} 份自评表" in page.locator("[data-search-count]").inner_text()
    assert hits(page).count() == 10
    for item in hits(page).all():
        marked = set(item.locator("mark").all_inner_texts())
        assert {"满意度", "率"} <= marked
    assert len(set(all_hits(page))) == len(true)


def test_an_excerpt_leads_to_its_place(page: Page, root: str) -> None:
    page.goto(root + SEARCH)
    ask(page, "招标时间推迟")
    link = hits(page).first.locator(".excerpt a")
    place = (link.get_attribute("href") or "").partition("#")[2]
    link.click()
    page.wait_for_url("**/xiangmu-*/index.html#*")
    assert page.locator(":target").get_attribute("id") == place
    assert "招标时间推迟" in page.locator(":target").inner_text()


def test_facets_narrow_and_count(page: Page, root: str, records: list[dict[str, Any]]) -> None:
    page.goto(root + SEARCH)
    page.wait_for_selector(DONE, state="attached")
    year = page.locator("[data-facet=年度]")
    told = {
        row.locator("input").get_attribute("value"): int(row.locator(".number").inner_text())
        for row in year.locator("label").all()
    }
    years = [f"{record['年度']}" for record in records]
    assert told == {year: years.count(year) for year in years}
    year.get_by_label("2024").check()
    page.wait_for_selector(DONE, state="attached")
    page.locator("[data-facet=执行率段]").get_by_label("60%至不到80%").check()
    page.wait_for_function("document.querySelectorAll('[data-facet] :checked').length == 2")
    page.wait_for_selector(DONE, state="attached")
    low = [r for r in records if 60 <= r["项目资金"]["年度资金总额"]["执行率"] < 80]
    wanted = [record for record in low if record["年度"] == 2024]
    assert len(wanted) > 1
    assert count(page) == len(wanted)
    assert set(all_hits(page)) == {record["编号"] for record in wanted}
    # Another year would add its own: a facet does not narrow itself.
    other = year.locator("label", has_text="2023").locator(".number")
    assert int(other.inner_text()) == sum(record["年度"] == 2023 for record in low)


@pytest.mark.parametrize(
    ("order", "field"),
    [("-total", "总分"), ("total", "总分"), ("budget", "全年预算数")],
)
def test_results_are_ordered(
    page: Page, city: Path, records: list[dict[str, Any]], order: str, field: str
) -> None:
    page.goto(city.as_uri() + "/" + SEARCH)
    page.wait_for_selector(DONE, state="attached")
    page.select_option("[data-search-order]", order, force=True)
    page.wait_for_function("document.querySelectorAll('[data-search-results] > li').length")
    assert {record["项目资金"]["单位"] for record in records} == {"万元"}
    funds = {record["编号"]: record["项目资金"]["年度资金总额"] for record in records}
    # Equals stay in the index's own order, whichever way the rest goes: by year and amount.
    known = sorted(
        records,
        key=lambda r: (-r["年度"], -funds[r["编号"]]["全年预算数"], r["项目名称"], r["编号"]),
    )
    values = {r["编号"]: r[field] if field in r else funds[r["编号"]][field] for r in known}
    assert len(set(values.values())) < COUNT or field != "总分"
    way = 1 if order.startswith("-") else -1
    assert all_hits(page) == sorted(values, key=lambda name: way * values[name])


def test_a_search_can_be_sent_and_taken_back(page: Page, root: str, browser: Browser) -> None:
    page.goto(root + SEARCH)
    ask(page, "养护")
    before = all_hits(page)
    page.locator("[data-facet=年度]").get_by_label("2024").check()
    page.wait_for_function("location.search.includes('2024')")
    page.wait_for_selector(DONE, state="attached")
    narrowed = all_hits(page)
    assert set(narrowed) < set(before)
    asked = parse_qs(urlsplit(page.url).query)
    assert asked == {"q": ["养护"], "年度": ["2024"]}
    other = browser.new_page()
    other.goto(page.url)
    assert all_hits(other) == narrowed
    other.close()
    page.go_back()
    page.wait_for_function("!location.search.includes('2024')")
    assert all_hits(page) == before


def test_an_outdated_address_can_be_cleared(page: Page, city: Path) -> None:
    asked = (
        "?utm_source=x&" + "q=" + quote("满意度") + "&" + quote("实施单位") + "=" + quote("已撤销")
    )
    page.goto(city.as_uri() + "/" + SEARCH + asked)
    page.wait_for_selector(DONE, state="attached")
    assert count(page) == 0
    page.get_by_role("button", name="清除筛选").click()
    page.wait_for_function("document.querySelectorAll('[data-search-results] > li').length")
    assert parse_qs(urlsplit(page.url).query) == {"q": ["满意度"]}
    assert page.get_by_role("button", name="清除筛选").is_hidden()


def test_every_page_searches(page: Page, root: str) -> None:
    page.goto(root + "departments/index.html")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.insert_text("党员教育")
    page.wait_for_selector(".panel:not([hidden])")
    assert 0 < hits(page).count() <= 7
    page.keyboard.press("ArrowDown")
    first = page.evaluate("document.activeElement.href")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.href") == first
    page.keyboard.press("Escape")
    assert page.locator(".panel").is_hidden()
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/index.html?q=*")
    assert count(page) == len(all_hits(page)) > 0


@pytest.mark.parametrize("where", ["departments/index.html", SEARCH])
def test_a_late_answer_does_not_lose_the_keyboard(page: Page, root: str, where: str) -> None:
    page.goto(root + where)
    page.keyboard.press("/")
    page.keyboard.insert_text("党员教育")
    page.wait_for_selector("[data-search-results] > li")
    page.keyboard.press("ArrowDown")
    page.evaluate("""() => {
        document.activeElement.dataset.seen = '';
        const input = document.querySelector('#q');
        input.value = '水质监测';
        input.dispatchEvent(new InputEvent('input', { bubbles: true }));
    }""")
    page.wait_for_selector("[data-seen]", state="detached")
    assert page.evaluate("document.activeElement.matches('[data-search-results] a')")
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.press("Escape")
    assert page.locator("[data-search-results] > li").locator("visible=true").count() == 0


def test_the_keyboard_is_enough(page: Page, root: str) -> None:
    page.goto(root + SEARCH + "?q=" + quote("水质监测"))
    page.wait_for_selector(DONE, state="attached")
    page.keyboard.press("/")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/xiangmu-*/index.html")
    page.go_back()
    page.wait_for_selector(DONE, state="attached")
    page.keyboard.press("/")
    page.keyboard.press("Escape")
    page.wait_for_function("!location.search")
    assert page.locator("#q").input_value() == ""
    assert page.locator(".browsing").is_visible()


def test_the_order_is_chosen_by_keyboard(page: Page, city: Path) -> None:
    page.goto(city.as_uri() + "/" + SEARCH + "?q=" + quote("满意度"))
    page.wait_for_selector(DONE, state="attached")
    page.focus("[data-search-order]")
    page.keyboard.press("ArrowDown")
    page.wait_for_function("location.search.includes('total')")
    assert page.evaluate("document.activeElement.tagName") == "SELECT"


def test_more_is_set_once(page: Page, city: Path) -> None:
    page.goto(city.as_uri() + "/" + SEARCH + "?q=" + quote("满意度"))
    page.wait_for_selector(DONE, state="attached")
    page.locator("[data-search-more]").dblclick()
    page.wait_for_function("document.querySelectorAll('[data-search-results] > li').length > 10")
    found = all_hits(page)
    assert len(set(found)) == len(found) == COUNT


def test_names_come_first(page: Page, city: Path) -> None:
    page.goto(city.as_uri() + "/" + SEARCH)
    for word in ("道路养护", "档案数字化", "信息化运维", "工作经费"):
        ask(page, word)
        all_hits(page)
        names = page.locator("[data-search-results] > li .name a").all_inner_texts()
        held = [word in name for name in names]
        assert held == sorted(held, reverse=True), word


def test_a_list_that_was_left_stays_closed(page: Page, city: Path) -> None:
    page.goto(city.as_uri() + "/departments/index.html")
    page.click("#q")
    page.wait_for_selector(".panel", state="attached")
    page.keyboard.type("党群")
    page.keyboard.press("Escape")
    page.wait_for_timeout(500)
    assert page.locator(".panel").is_hidden()


def test_failures_are_told_and_pass(browser: Browser, city: Path) -> None:
    with served(city) as root:
        page = browser.new_page()
        page.goto(root + SEARCH)
        page.wait_for_selector(DONE, state="attached")
        page.route("**/grams/*.js", lambda route: route.abort())
        ask(page, "党群")
        assert "没有读到搜索数据" in page.locator("[data-search-count]").inner_text()
        assert page.locator("[data-search-more]").is_hidden()
        page.unroute("**/grams/*.js")
        ask(page, "党群服务")
        ask(page, "党群")
        assert count(page) == len(all_hits(page)) > 0
        page.close()


def test_a_department_filters_its_rows(page: Page, city: Path) -> None:
    page.goto(city.as_uri() + "/2024/index.html")
    table = page.locator("table.reports")
    group = table.locator("tbody", has=page.locator(".group")).first
    name, rows = group.locator(".group").inner_text(), group.locator("tr:not(.group)").count()
    page.get_by_label("筛选").last.fill(name)
    shown = table.locator("tbody tr:not(.group):visible")
    assert shown.count() >= rows
    assert group.locator(".group").is_visible()
    assert table.locator(".group:visible").count() < table.locator(".group").count()


def test_a_tablet_is_wide_enough(page: Page, city: Path) -> None:
    page.set_viewport_size({"width": 768, "height": 1024})
    paths = ("2024/index.html", "2024/deviations/index.html", "departments/index.html")
    for path in paths:
        page.goto(f"{city.as_uri()}/{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 768, path


def test_false_hits_do_not_load_the_whole_index(page: Page, city: Path) -> None:
    """½ is 1 and 2 to the index, which nearly every report holds."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(city.as_uri() + "/" + SEARCH + "?q=" + quote("½"))
    page.wait_for_selector(DONE, state="attached")
    texts = [address for address in asked if "/text/" in address]
    assert 10 <= len(texts) <= 20
    assert count(page) == 0


def test_a_list_of_false_hits_claims_none(page: Page, city: Path) -> None:
    page.goto(city.as_uri() + "/departments/index.html")
    page.fill("#q", "½")
    page.wait_for_selector(".panel:not([hidden])")
    assert count(page) == 0
    assert "约" not in page.locator("[data-search-count]").inner_text()


def test_nothing_found_says_what_to_do(page: Page, root: str) -> None:
    page.goto(root + SEARCH)
    ask(page, "不存在的词语")
    assert count(page) == 0
    assert "没有找到" in page.locator("[data-search-count]").inner_text()


def test_a_narrow_phone_is_wide_enough(page: Page, city: Path) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(city.as_uri() + "/" + SEARCH + "?q=" + quote("满意度"))
    page.wait_for_selector(DONE, state="attached")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.locator(".facets summary").click()
    assert page.locator("[data-facet=年度]").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_lists_lead_on_without_scripts(browser: Browser, city: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(city.as_uri() + "/index.html")
    page.fill("#q", "党群")
    page.press("#q", "Enter")
    assert "search/index.html" in page.url
    assert page.locator(".finding").is_hidden()
    page.get_by_role("link", name="2024年度", exact=True).click()
    assert page.locator("h1").inner_text().startswith("2024年度")
    context.close()


def test_a_missing_index_is_told(browser: Browser, city: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(city, tmp_path / "site")
    (copy / "search" / "core.js").unlink()
    page = browser.new_page()
    page.goto(f"{copy.as_uri()}/{SEARCH}?q=" + quote("党群"))
    page.wait_for_selector(DONE, state="attached")
    assert "没有读到搜索数据" in page.locator("[data-search-count]").inner_text()
    assert page.locator(".browsing").is_visible()
    page.close()


def test_hostile_texts_stay_texts(page: Page, tmp_path: Path) -> None:
    write_corpus(tmp_path / "content", 2)
    path = next((tmp_path / "content").glob("2*/*.yaml"))
    text = path.read_text("utf-8")
    name = "<img src=x onerror=alert(1)>培训 constructor"
    values = {"项目名称": f"'{name}'", "主管部门": "X" * 90, "实施单位": "W" * 135}
    keys = [line.partition(":")[0] for line in text.splitlines()]
    lines = [f"{key}: {values[key]}" if key in values else line
             for key, line in zip(keys, text.splitlines(), strict=True)]  # fmt: skip
    path.write_text("\n".join(lines) + "\n", "utf-8")
    output = build(tmp_path, "--no-pdf")
    for question in ("onerror", "constructor", "__proto__", "alert(1)", "<img"):
        page.goto(f"{output.as_uri()}/{SEARCH}?q={quote(question)}")
        page.wait_for_selector(DONE, state="attached")
        assert count(page) == (question != "__proto__"), question
        assert page.locator("main img").count() == 0
    page.set_viewport_size({"width": 320, "height": 640})
    # 404.html looks for its styles above the folder, too, where there are none.
    for found in (path for path in output.rglob("*.html") if path.name != "404.html"):
        page.goto(found.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, found.name
