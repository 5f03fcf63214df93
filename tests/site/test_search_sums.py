"""What the search says of money: the sums of what was found are those of every other page."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import quote

import pytest
from lxml import html
from playwright.sync_api import Browser, Page

from builder.content import Summary, grouped, statistics, summarize
from builder.model import STAGES
from builder.scoring import SPENDING
from builder.site import search_files
from builder.site.search.grams import is_han
from builder.site.search.passages import pack
from builder.text import percent, wan
from tests.conftest import PROJECTS, YEARS
from tests.support.browser import served, wrong
from tests.support.corpus import document_of
from tests.support.reports import profiles
from tests.support.searching import DONE, SEARCH, folded, reports, texts, truth

RATE = profiles().by_name["上海市级"].execution.rate
SUMS = """async (asked) => {
    const core = await jixiaoSearch.core();
    return Promise.all(asked.map(([year, numbers]) => jixiaoSearch.sum(core, year, numbers)));
}"""


@pytest.fixture(scope="module")
def folder(years_city: Path) -> Path:
    return years_city


def figures(page: Page) -> dict[str, str]:
    """The sum that the page of the search shows, by its labels."""
    page.wait_for_selector(DONE, state="attached")
    rows = page.locator("[data-search-sums] > dl > div").all()
    return {row.locator("dt").inner_text(): row.locator(".digits").inner_text() for row in rows}


def made_up(random: Random, number: int, like: Summary) -> Summary:
    """A report whose figures are anything: blank, of other decimals, below zero, of a whole
    office, without results, rounded in another way."""

    def amount() -> Decimal | None:
        if random.random() < 0.1:
            return None
        digits = Decimal(random.randint(0, 10 ** random.randint(1, 9)))
        return digits.scaleb(random.choice((0, 0, -2, -2, -6))) * random.choice((1, 1, 1, 1, -1))

    budget, spent = amount(), amount()
    rule = profiles().by_name[random.choice(("上海市级", "上海市级", "财政部2020", "财政部2019"))]
    rounding = rule.execution.rate
    rate = None
    if budget is not None and spent is not None:
        rate = rounding.apply(spent * 100 / budget) if budget > 0 else Decimal("0.00")
        rate = random.choice((rate, rate, rate, Decimal("12.30"), None))
    department = random.choice(("市教育局", "市民政局"))
    return replace(
        like,
        year=random.choice((2023, 2024)),
        stem=f"made-{number}",
        name=f"项目{number}",
        department=department,
        unit=random.choice((department, "某中心")),
        kind=random.choice((SPENDING[0], SPENDING[0], SPENDING[0], SPENDING[-1])),
        stage=random.choice((STAGES[0], STAGES[1], STAGES[1], STAGES[1])),
        budget=budget,
        spent=spent,
        rate=rate,
        rounding=rounding,
    )


def test_sums_are_those_of_every_other_page(page: Page, years_city: Path, tmp_path: Path) -> None:
    """Any reports, in any company: what the browser adds up is what `statistics` does."""
    random = Random("sums")  # noqa: S311  not a secret
    like = summarize(document_of(0))
    summaries = [made_up(random, number, like) for number in range(300)]
    held = pack({"passages": [["", "", "项目"]]})
    copy = shutil.copytree(years_city, tmp_path / "site")
    files = dict(search_files([(summary, held) for summary in summaries], RATE))
    for path, data in files.items():
        (copy / path).parent.mkdir(parents=True, exist_ok=True)
        (copy / path).write_bytes(data)
    by_id = {summary.id: summary for summary in summaries}
    known = [by_id[text["row"][0]] for text in texts(files.__getitem__)]
    asked = []
    for size in (0, 1, 1, 1, 2, 2, 3, 5, 9, 40) * 30:
        year = random.choice((2023, 2024))
        own = [number for number, summary in enumerate(known) if summary.year == year]
        asked.append((year, sorted(random.sample(own, min(size, len(own))))))
    page.goto(f"{copy.as_uri()}/{SEARCH}")
    page.wait_for_selector(DONE, state="attached")
    told = page.evaluate(SUMS, [[f"{year}", numbers] for year, numbers in asked])
    for (_, numbers), sums in zip(asked, told, strict=True):
        true = statistics([known[number] for number in numbers], RATE)
        got = [sums[key] for key in ("count", "budget", "spent", "rate")]
        # Below zero, where no rate ever is, one that rounds to 0 keeps its sign in Python.
        rate = "" if true.rate is None else percent(true.rate or abs(true.rate), sign=False)
        assert got == [f"{true.count:,d}", wan(true.budget), wan(true.spent), rate], numbers
    assert sum(sums["noSpent"] for sums in told) > 20
    assert len({len(sums["rate"].partition(".")[2]) for sums in told}) > 1


def test_a_department_comes_to_what_its_page_says(page: Page, years_city: Path) -> None:
    pages = sorted(years_city.glob("departments/*/index.html"))
    compared = 0
    for path in pages:
        tree = html.fromstring(path.read_bytes())
        name = tree.findtext(".//h1").strip()
        rows = tree.xpath("(//dl[@class='figures'])[1]/div")
        told = {row.findtext("dt"): row.xpath("string(.//*[@class='digits'])") for row in rows}
        if told.get("项目", "0") in ("0", "1"):  # one report needs no sum
            continue
        page.goto(
            f"{years_city.as_uri()}/{SEARCH}?{quote('主管部门')}={quote(name)}&{quote('年度')}=2024"
        )
        sums = figures(page)
        assert sums.keys() == {"项目", "全年预算数", "全年执行数", "执行率"}
        assert {key: sums[key] for key in sums.keys() & told.keys()} == {
            key: told[key] for key in sums.keys() & told.keys()
        }
        assert len(sums.keys() & told.keys()) >= 3
        compared += 1
    assert compared >= 3


def test_no_sum_is_of_two_years(page: Page, root: str, years_city: Path) -> None:
    page.goto(f"{root}{SEARCH}?q={quote('满意度')}")
    page.wait_for_selector(DONE, state="attached")
    known = grouped(summaries_of(years_city), lambda one: one["年度"])
    title = page.locator("[data-search-sums] .of").inner_text()
    assert "2024" in title
    assert figures(page)["项目"] == f"{PROJECTS}"
    page.locator("[data-search-sums] summary").click()
    rows = page.locator("[data-search-sums] tbody tr")
    rows.last.wait_for()
    told = [row.locator("th").inner_text() for row in rows.all()]
    assert told == ["2024", "2023", "2022"]
    for row, year in zip(rows.all(), (2024, 2023, 2022), strict=True):
        funds = [one["项目资金"]["年度资金总额"] for one in known[year]]
        budget = sum(Decimal(f"{line['全年预算数']}") for line in funds)
        spent = sum(Decimal(f"{line['全年执行数']}") for line in funds)
        cells = row.locator("td").all_inner_texts()
        assert cells[:3] == [f"{len(funds)}", f"{budget:,.2f}", f"{spent:,.2f}"]
    rows.nth(1).locator("a").click()
    page.wait_for_function("location.search.includes('2023')")
    page.wait_for_selector(DONE, state="attached")
    assert page.locator("[data-search-sums] details").count() == 0


def summaries_of(site: Path) -> list[dict[str, Any]]:
    """What each report.json of a project says."""
    found = [json.loads(path.read_text("utf-8")) for path in site.glob("2*/xiangmu*/report.json")]
    assert len(found) == PROJECTS * len(YEARS)
    return found


def test_what_does_not_count_is_told(page: Page, years_city: Path) -> None:
    page.goto(f"{years_city.as_uri()}/{SEARCH}?{quote('年度')}=2024")
    page.wait_for_selector(DONE, state="attached")
    note = page.locator("[data-search-sums] .note").inner_text()
    assert "1 份部门整体支出" in note
    assert "1 份目标表" in note


def test_a_sum_is_read_aloud_once(page: Page, years_city: Path) -> None:
    page.goto(f"{years_city.as_uri()}/{SEARCH}")
    page.wait_for_selector(DONE, state="attached")
    page.evaluate("""() => {
        window.heard = [];
        const said = document.querySelector("[data-search-said]");
        new MutationObserver(() => { if (said.textContent) window.heard.push(said.textContent); })
            .observe(said, { childList: true, characterData: true, subtree: true });
    }""")
    page.focus("#q")
    page.clock.install()
    page.clock.pause_at(page.evaluate("Date.now() + 1000"))
    for text in ("满", "意", "度"):
        page.keyboard.insert_text(text)
        page.clock.run_for(300)
        page.wait_for_selector(DONE, state="attached")
    page.clock.run_for(1500)
    page.clock.resume()
    page.wait_for_function("window.heard.length")
    page.clock.run_for(1500)
    heard = page.evaluate("window.heard")
    assert len(heard) == 1
    assert figures(page)["全年执行数"] in heard[0]


def test_a_question_that_is_not_certain_is_looked_into_before_it_is_added_up(
    page: Page, years_city: Path
) -> None:
    page.goto(f"{years_city.as_uri()}/{SEARCH}?q={quote('服务对象满意度')}")
    page.wait_for_selector(DONE, state="attached")
    assert figures(page) == {}
    assert "约" in page.locator("[data-search-count]").inner_text()
    page.get_by_role("button", name="逐份核对并求和").click()
    page.wait_for_selector("[data-search-sums] dl")
    assert "约" not in page.locator("[data-search-count]").inner_text()
    assert int(figures(page)["项目"]) > 1


def test_what_stands_in_a_name_is_added_up_at_once(page: Page, years_city: Path) -> None:
    known = folded(reports(years_city))
    runs = {
        name[at : at + length]
        for texts in known.values()
        for name in texts[:3]
        for length in (4, 5, 6)
        for at in range(len(name) - length + 1)
    }
    many = {run: len(truth(known, run)) for run in runs if is_han(run)}
    asked = sorted(run for run, found in many.items() if found > 20)
    assert len(asked) > 3
    page.goto(f"{years_city.as_uri()}/{SEARCH}")
    for run in asked[:4]:
        page.fill("#q", run)
        page.press("#q", "Enter")
        page.wait_for_selector(DONE, state="attached")
        told = page.locator("[data-search-count]")
        assert told.get_attribute("data-search-count") == f"{many[run]}"
        assert "约" not in told.inner_text()
        assert figures(page)


def test_results_are_shown_without_a_sum_that_cannot_be_read(
    browser: Browser, years_city: Path
) -> None:
    with served(years_city) as root:
        page = browser.new_page()
        page.route("**/amounts-*/*.js", lambda route: route.abort())
        page.goto(f"{root}{SEARCH}?q={quote('满意度')}")
        page.wait_for_selector(DONE, state="attached")
        assert page.locator("[data-search-results] > li").count() == 10
        assert figures(page) == {}
        assert "没有读到" in page.locator("[data-search-sums]").inner_text()
        page.close()


def test_results_show_what_was_spent(page: Page, years_city: Path) -> None:
    page.goto(f"{years_city.as_uri()}/{SEARCH}?{quote('年度')}=2023&{quote('排序')}=budget")
    page.wait_for_selector(DONE, state="attached")
    told = page.locator("[data-search-results] > li").first.locator(".note").inner_text()
    known = [one for one in summaries_of(years_city) if one["年度"] == 2023]
    largest = max(known, key=lambda one: one["项目资金"]["年度资金总额"]["全年预算数"])
    line = largest["项目资金"]["年度资金总额"]
    assert line["全年预算数"] > 1000
    assert f"全年预算数 {line['全年预算数']:,.2f} 万元" in told
    assert f"全年执行数 {line['全年执行数']:,.2f} 万元" in told


def test_the_years_of_a_project_are_one_result(page: Page, root: str) -> None:
    page.goto(f"{root}{SEARCH}?{quote('支出类别')}={quote('项目支出')}")
    page.wait_for_selector(DONE, state="attached")
    told = page.locator("[data-search-count]").inner_text()
    planned = 1
    assert f"{PROJECTS + planned} 个项目" in told
    assert f"{PROJECTS * len(YEARS) + planned} 份自评表" in told
    first = page.locator("[data-search-results] > li").first
    assert (first.locator(".name a").get_attribute("href") or "").split("/")[-3] == "2024"
    others = first.locator(".note a")
    assert others.all_inner_texts() == ["2023", "2022"]
    stem = (first.locator(".name a").get_attribute("href") or "").split("/")[-2]
    others.first.click()
    page.wait_for_url(f"**/2023/{stem}/index.html")


def test_of_ranked_results_the_one_that_ranks_stands_first(page: Page, years_city: Path) -> None:
    page.goto(
        f"{years_city.as_uri()}/{SEARCH}?{quote('支出类别')}={quote('项目支出')}&{quote('排序')}=budget"
    )
    page.wait_for_selector(DONE, state="attached")
    budgets: dict[str, dict[int, Decimal]] = {}
    for one in summaries_of(years_city):
        stem = one["编号"].partition("/")[2]
        amount = Decimal(f"{one['项目资金']['年度资金总额']['全年预算数']}")
        budgets.setdefault(stem, {})[one["年度"]] = amount
    largest = sorted(budgets, key=lambda stem: -max(budgets[stem].values()))
    links = page.locator("[data-search-results] > li .name a").all()
    told = [(link.get_attribute("href") or "").split("/")[-3:-1] for link in links]
    assert [stem for _, stem in told] == largest[: len(told)]
    assert all(budgets[stem][int(year)] == max(budgets[stem].values()) for year, stem in told)
    assert {int(year) for year, _ in told} != {2024}


def test_a_project_found_in_two_years_of_three_shows_these(page: Page, years_city: Path) -> None:
    years = "&".join(f"{quote('年度')}={year}" for year in (2022, 2023))
    page.goto(f"{years_city.as_uri()}/{SEARCH}?{quote('支出类别')}={quote('项目支出')}&{years}")
    page.wait_for_selector(DONE, state="attached")
    for item in page.locator("[data-search-results] > li").all():
        assert "/2023/" in (item.locator(".name a").get_attribute("href") or "")
        assert item.locator(".note a").all_inner_texts() == ["2022"]


def test_the_panel_has_each_project_once(page: Page, years_city: Path) -> None:
    page.goto(f"{years_city.as_uri()}/departments/index.html")
    page.fill("#q", "满意度")
    page.wait_for_selector(".panel:not([hidden]) li")
    links = page.locator(".panel li .name a").all()
    stems = [(link.get_attribute("href") or "").split("/")[-2] for link in links[:-1]]
    assert len(set(stems)) == len(stems) == 6
    assert "全年执行数" in page.locator(".panel li").first.inner_text()


def test_answers_are_accessible(page: Page, years_city: Path) -> None:
    for question in ("满意度", "满意度兴", "dq", "滿意度"):
        page.goto(f"{years_city.as_uri()}/{SEARCH}?q={quote(question)}")
        page.wait_for_selector(DONE, state="attached")
        for more in page.locator("[data-search-sums] details").all():
            more.locator("summary").click()
            more.locator("tbody tr").last.wait_for()
        assert wrong(page, (375, 1280)) == [], question
