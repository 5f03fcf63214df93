"""Two beside each other in a browser: the address holds both, and each cell is its own form's."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page

from builder.content import addresses, summarize
from builder.views import sides
from tests.support.browser import served, watched, wrong
from tests.support.pages import document, make
from tests.support.reports import GOOD, profiles

PAGE = addresses.BESIDE
NAME = "另一个<3<5项目"  # no markup, however it looks
OTHER = re.sub(r"主管部门: .*", "主管部门: 乙局", GOOD).replace("公益培训项目", NAME)
OTHER = OTHER.replace("  效益指标:", "  别的指标:")
ONE, TWO = addresses.beside_report(2024, "one"), addresses.beside_report(2024, "Two")
OFFICES = [addresses.beside_department(2024, name) for name in ("某市教育局", "乙局")]
UNIT = "某市教师进修学院"
UNITS = [addresses.beside_unit(2024, name, UNIT) for name in ("某市教育局", "乙局")]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = make([document(GOOD, "one"), document(OTHER, "Two")])
    return made.written(tmp_path_factory.mktemp("beside"))


def opened(page: Page, root: str, *keys: str) -> None:
    asked = "&".join(f"{quote(name)}={quote(key)}" for name, key in zip("甲乙", keys, strict=False))
    page.goto(f"{root}{PAGE}?{asked}")


def cells(page: Page, key: str) -> list[str]:
    return page.locator(f".beside [data-row={key}] > *").all_inner_texts()


def test_both_stand_in_one_table_in_the_order_of_the_address(browser: Browser, root: str) -> None:
    for keys in ((ONE, TWO), (TWO, ONE)):
        with watched(browser, root) as page:
            opened(page, root, *keys)
            page.wait_for_selector(".beside:visible")
            names = page.locator(".beside thead th a").all_inner_texts()
            assert names == ["公益培训项目", NAME][:: 1 if keys[0] == ONE else -1]
            assert cells(page, "budget") == ["全年预算数（万元）", "100.00", "100.00"]
            rows = page.locator(".beside tr").all()
            assert len(rows) > 8
            assert {row.locator("> *").count() for row in rows} == {3}
            # Names can be chosen anew, and what was chosen is filled in.
            fields = page.locator(".choosing input")
            assert fields.nth(0).input_value().startswith(names[0])
            assert fields.nth(1).input_value().startswith(names[1])


def test_one_chosen_twice_stands_once(browser: Browser, folder: Path) -> None:
    with served(folder) as root, watched(browser, root) as page:
        opened(page, root, ONE, ONE)
        page.wait_for_selector(".beside:visible")
        assert page.locator(".beside thead th a").all_inner_texts() == ["公益培训项目"]
        assert "再选一个" in page.locator(".choosing [role=status]").inner_text()
        assert page.locator(".choosing input").nth(1).input_value() == ""


@pytest.mark.parametrize("keys", [OFFICES, UNITS], ids=["departments", "units"])
def test_offices_stand_beside_each_other(browser: Browser, root: str, keys: list[str]) -> None:
    with watched(browser, root) as page:
        opened(page, root, *keys)
        page.wait_for_selector(".beside:visible")
        names = [UNIT, UNIT] if keys == UNITS else ["某市教育局", "乙局"]
        assert page.locator(".beside thead th a").all_inner_texts() == names
        assert cells(page, "count") == ["自评表", "1份", "1份"]
        # Units of one name are told apart by their departments.
        fields = page.locator(".choosing input")
        assert fields.nth(0).input_value() != fields.nth(1).input_value()


def test_what_only_one_has_is_open_on_the_other_side(browser: Browser, root: str) -> None:
    with watched(browser, root) as page:
        opened(page, root, ONE, OFFICES[1])
        page.wait_for_selector(".beside:visible")
        assert cells(page, "total")[2] == "—"
        assert cells(page, "count")[1] == "—"


def test_two_are_chosen_by_name(browser: Browser, root: str) -> None:
    with watched(browser, root) as page:
        opened(page, root, ONE)
        page.wait_for_selector(".beside:visible")
        page.wait_for_selector("#names option", state="attached")
        names = page.locator("#names option").evaluate_all("all => all.map(one => one.value)")
        field = page.locator(".choosing input").nth(1)
        field.fill("没有这个")
        page.locator(".choosing button").click()
        assert PAGE in page.url
        assert quote(TWO) not in page.url
        field.fill(next(name for name in names if "另一个" in name))
        page.locator(".choosing button").click()
        page.wait_for_url(f"**{quote('乙')}={quote(TWO)}*")
        page.wait_for_selector(".beside:visible")
        assert page.locator(".beside thead th").count() == 2


def test_no_two_are_chosen_by_one_name() -> None:
    one = replace(summarize(document(GOOD, "one")), unit="本级")
    members = [
        one,
        replace(one, stem="two", department="乙局"),
        replace(one, stem="x", unit="甲所"),
    ]
    told = [side.told for side in sides(members, profiles().by_name["上海市级"])]
    assert len(set(told)) == len(told) == 8
    assert all("编号" not in name for name in told if "甲所" in name)


@pytest.mark.parametrize("key", ["r-2024-nobody", "../search/core", "r-2024-a/../../x"])
def test_an_address_that_names_nobody_says_so(browser: Browser, folder: Path, key: str) -> None:
    page = browser.new_page()  # the browser itself tells that a script is missing
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    opened(page, folder.as_uri() + "/", ONE, key)
    page.wait_for_function("document.querySelector('.choosing [role=status]').textContent.includes('没有找到')")  # fmt: skip  # noqa: E501
    assert page.locator(".beside").is_hidden()
    assert page.locator(".lists a").first.is_visible()
    assert all(url.startswith(folder.as_uri()) for url in asked)
    assert not any(url.endswith("core.js") for url in asked)
    page.close()


def test_every_report_and_office_leads_there(folder: Path) -> None:
    for path, key in (
        (addresses.report_page(2024, "one"), ONE),
        (addresses.department_page("乙局"), OFFICES[1]),
        (addresses.unit_page("乙局", UNIT), UNITS[1]),
    ):
        link = f"{addresses.relative(PAGE, path)}?{quote('甲')}={quote(key)}"
        assert link in (folder / path).read_text(encoding="utf-8")


def test_without_scripts_lists_lead_on(browser: Browser, folder: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{folder.as_uri()}/{PAGE}")
    assert page.locator(".lists a").count() >= 3
    assert page.locator(".choosing").is_hidden()
    context.close()


def test_it_is_accessible(browser: Browser, folder: Path) -> None:
    with served(folder) as root, watched(browser, root) as page:
        opened(page, root, ONE, TWO)
        page.wait_for_selector(".beside:visible")
        assert wrong(page, (1280, 320)) == []
