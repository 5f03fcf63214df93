"""The page of the data: true sizes, places for ever, what holds without a licence or an address."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Any, cast
from urllib.parse import quote, unquote

import pytest
from playwright.sync_api import Browser

from builder.content import addresses
from builder.model import Site
from builder.text import file_size
from tests.support.browser import served, watched, wrong
from tests.support.pages import Made, Page, document, make
from tests.support.reports import GOOD, changed

PAGE = "data/index.html"
FULL = {
    "名称": "某市绩效公开", "主办单位": "某市财政局", "网址": "https://example.gov.cn/jixiao/",
    "发布日期": "2025-08-20", "许可协议": "CC BY 4.0",
}  # fmt: skip
WHOSE = "编号 年度 项目名称 主管部门 实施单位"
# Addresses never change: others may have written them down. New ones may come at any place.
PLACES = {
    "projects": f"{WHOSE} 项目编码 支出类别 阶段 评分规则 年初预算数 全年预算数 全年执行数 执行率 "
    "预算执行分值 预算执行得分 分值合计 总分 评分等级 复核总分 主要偏差原因 指标数 未得满分指标数 "
    "预算执行说明 预期目标 实际完成情况 发布日期 网页",
    "indicators": f"{WHOSE} 序号 一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分 "
    "计算得分 评分方式 评分说明 偏差原因分析及改进措施 批复指标值 复核完成值 复核得分 复核备注",
    "funds": f"{WHOSE} 资金来源 年初预算数 全年预算数 全年执行数 执行率",
    "deviations": f"{WHOSE} 序号 一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分 扣分 "
    "全年预算数 全年执行数 执行率 偏差原因 改进措施 措施来源 后来年度 后来编号 后来指标值 "
    "后来完成值 后来扣分 后来情况",
}


@cache
def site(**changes: str) -> Made:
    older = changed(("年度: 2024", "年度: 2023"), ("完成值: 12(期)", "完成值: 9(期)"))
    reports = [document(GOOD), document(older, year="2023")]
    return make(reports, Site.model_validate({k: v for k, v in (FULL | changes).items() if v}))


def page(**changes: str) -> Page:
    made = site(**changes)
    assert not made.found
    return made.page(PAGE)


def described(found: Page, kind: str) -> dict[str, Any]:
    (block,) = [e for e in found.all("script") if e.attributes.get("type", "").endswith("ld+json")]
    (thing,) = [one for one in json.loads(block.text)["@graph"] if one["@type"] == kind]
    return cast("dict[str, Any]", thing)


def test_every_file_is_listed_with_its_size_and_its_rows() -> None:
    files, told = site().files, {}
    for element in page().elements:
        if element.tag == "a" and "download" in element.attributes:
            path = normpath(join(dirname(PAGE), unquote(element.attributes["href"])))
        elif element.tag == "span" and "note" in element.classes:
            told[path] = element.text
    data = {name for name in files if name.startswith("data/")}
    assert set(told) == data - {PAGE, addresses.DATA_PACKAGE}
    for name, note in told.items():
        assert note.endswith(file_size(len(files[name])))
        if name.endswith(".csv"):
            text = io.StringIO(files[name].decode("utf-8-sig"), newline="")
            assert note.startswith(f"{len(list(csv.reader(text))) - 1}\u00a0行")


def test_places_of_fields_stay_for_ever() -> None:
    ids = [e.attributes["id"] for e in page().elements if "id" in e.attributes]
    for table, labels in PLACES.items():
        assert table in ids
        assert {f"{table}-{label}" for label in labels.split()} <= set(ids)
    assert {"licence", "files", "notes", "fields", "records", "checking"} <= set(ids)
    assert {"addresses", "encoding", "apostrophe", "amounts", "blanks", "wholes", "planned",
            "rechecked"} <= set(ids)  # fmt: skip


def test_every_column_is_explained_and_terms_lead_to_the_glossary() -> None:
    found = page()
    rows = {e.attributes["id"]: e for e in found.all("tr") if "id" in e.attributes}
    for table, name in (("projects", ".csv"), ("indicators", "-indicators.csv"),
                        ("funds", "-funds.csv"), ("deviations", "-deviations.csv")):  # fmt: skip
        heading = site().files[f"data/2024{name}"].decode("utf-8-sig").splitlines()[0]
        shown = [e.text for key, e in rows.items() if key.startswith(f"{table}-")]
        assert len(shown) == len(heading.split(","))
        assert all(s.startswith(c) for s, c in zip(shown, heading.split(","), strict=True))
    places = [e.attributes["href"].partition("#")[2] for e in found.all("a", "meaning")]
    assert {"budget", "rate", "total", "grade", "target-value", "points"} <= set(places)
    assert len(places) == len(set(places))


def test_pages_lead_there() -> None:
    for path in ("index.html", "2024/index.html", "glossary/index.html", "2024/case/index.html"):
        links = [e.attributes.get("href", "") for e in site().page(path).all("a")]
        found = [normpath(join(dirname(path), unquote(link))) for link in links]
        assert found.count(PAGE) == (2 if path in ("index.html", "2024/index.html") else 1)


@pytest.mark.parametrize(
    ("licence", "allowed", "asked"),
    [
        ("CC BY 4.0", ("改编", "也可以用于商业用途"), "注明出处"),
        ("CC BY-SA 4.0", ("改编", "也可以用于商业用途"), "同一协议"),
        ("CC BY-NC-ND 4.0", ("转载", "不得用于商业用途"), "不公开改编过的"),
        ("CC0 1.0", ("任意使用", "不附条件"), ""),
        ("某市公共数据开放协议", ("以它的条款为准",), ""),
        ("CC BY-XX 4.0", ("以它的条款为准",), ""),
        ("", ("没有注明许可协议", "请先询问某市财政局"), "注明出处"),
    ],
)
def test_what_may_be_done(licence: str, allowed: tuple[str, ...], asked: str) -> None:
    (told,) = [
        e.text for e in page(许可协议=licence).all("div") if e.attributes.get("id") == "licence"
    ]
    assert all(words in told for words in (licence, *allowed, asked))
    if "-ND" in licence:
        assert "可以复制、转载，" in told


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, "某市财政局. 某市绩效公开: 2023至2024年度数据[DB/OL]. (2025-08-20)[引用日期]. "
             "https://example.gov.cn/jixiao/data/index.html."),
        ({"发布日期": ""}, "某市财政局. 某市绩效公开: 2023至2024年度数据[DB/OL]. [引用日期]. "
                       "https://example.gov.cn/jixiao/data/index.html."),
        ({"网址": ""}, "某市财政局. 某市绩效公开: 2023至2024年度数据[DB/OL]. 某市财政局, 2025."),
        ({"网址": "", "主办单位": "", "发布日期": ""}, "某市绩效公开: 2023至2024年度数据[DB/OL]."),
    ],
)  # fmt: skip
def test_how_it_is_cited(changes: dict[str, str], expected: str) -> None:
    (cited,) = [e.text for e in page(**changes).all("span") if e.attributes.get("id") == "citation"]
    assert cited == expected


@pytest.mark.parametrize("day", ["", "2025-08-20"])
@pytest.mark.parametrize("address", ["", FULL["网址"]])
def test_of_sitemap_and_feed_only_those_that_there_are(address: str, day: str) -> None:
    found = page(网址=address, 发布日期=day)
    links = [e.attributes["href"] for e in found.all("a") if "href" in e.attributes]
    assert ("../sitemap.xml" in links) == bool(address)
    assert ("../feed.xml" in links) == bool(address and day)
    assert {"../SHA256SUMS", "datapackage.json"} <= set(links)


def test_which_score_counts_is_told_as_the_site_counts() -> None:
    def told(setting: str) -> str:
        found = page(复核结果=setting)
        return "".join(e.text for e in found.all("div") if e.attributes.get("id") == "rechecked")

    assert "采用复核后的得分" in told("以复核为准")
    assert "采用自评的得分" in told("以自评为准")
    assert not told("不公开")


def test_it_is_a_catalogue_for_machines() -> None:
    catalogue = described(page(), "DataCatalog")
    assert catalogue["url"] == f"{FULL['网址']}{PAGE}"
    assert catalogue["license"] == {"@type": "CreativeWork", "name": "CC BY 4.0"}
    everything, *years = catalogue["dataset"]
    assert everything["temporalCoverage"] == "2023/2024"
    sizes = {f["contentUrl"]: f["contentSize"] for f in everything["distribution"]}
    found = {unquote(url).removeprefix(FULL["网址"]): size for url, size in sizes.items()}
    assert len(found) == 5
    assert all(size == f"{len(site().files[path])} B" for path, size in found.items())
    assert [year["temporalCoverage"] for year in years] == ["2024", "2023"]
    assert all(unquote(year["url"]).removeprefix(FULL["网址"]) in site().files for year in years)


def test_the_example_is_a_report_that_there_is() -> None:
    (link,) = [e for e in page().all("a") if e.attributes.get("href", "").endswith("report.json")]
    assert normpath(join(dirname(PAGE), link.attributes["href"])) == "2024/case/report.json"
    assert link.text == "公益培训项目"


def test_no_day_but_that_of_the_content() -> None:
    assert set(re.findall(r"20\d\d-\d\d-\d\d", site().files[PAGE].decode())) == {"2025-08-20"}
    assert not re.findall(r"\d{4}-\d\d-\d\d", site(发布日期="").files[PAGE].decode())


@pytest.fixture(scope="module")
def root(many: Path) -> Iterator[str]:
    """The site of many reports."""
    with served(many) as address:
        yield address


def test_it_fits_and_can_be_used_by_all(browser: Browser, root: str) -> None:
    with watched(browser, root) as seen:
        seen.goto(root + PAGE)
        assert wrong(seen, (1280, 320)) == []
        for width in (1280, 768, 375, 320):
            seen.set_viewport_size({"width": width, "height": 900})
            assert seen.evaluate("document.documentElement.scrollWidth") <= width
            small = seen.locator("main a:visible").evaluate_all(
                """(links) => links.filter((a) => !a.closest("p, dd") && !a.matches(".meaning"))
                    .filter((a) => a.getBoundingClientRect().height < 23.5)
                    .map((a) => a.outerHTML)"""
            )
            assert not small


def test_the_citation_can_be_copied(browser: Browser, root: str) -> None:
    with watched(browser, root) as seen:
        seen.goto(root + PAGE)
        seen.get_by_role("button", name="复制引用").click()
        seen.get_by_text("已复制引用").wait_for()


def test_a_row_whose_place_was_asked_for_is_marked(browser: Browser, root: str) -> None:
    with watched(browser, root) as seen:
        seen.goto(f"{root}{PAGE}#{quote('indicators-得分')}")
        assert seen.locator("tr:target th").inner_text().startswith("得分")


def test_paper_repeats_headings(browser: Browser, root: str) -> None:
    with watched(browser, root) as seen:
        seen.goto(root + PAGE)
        seen.emulate_media(media="print")
        heads = seen.locator(".fields thead").evaluate_all(
            "(heads) => heads.map((head) => getComputedStyle(head).display)"
        )
        assert set(heads) == {"table-header-group"}
        breaks = seen.locator(".fields tbody tr").evaluate_all(
            "(rows) => rows.map((row) => getComputedStyle(row).breakInside)"
        )
        assert set(breaks) == {"avoid"}


def test_it_is_light(many: Path) -> None:
    files = [many / PAGE, *(many / "assets").glob("site.*.css")]
    assert sum(len(gzip.compress(file.read_bytes())) for file in files) <= 30_000
