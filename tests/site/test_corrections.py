"""Corrections as a site shows them: on the report, on a page of their own, to machines."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from posixpath import dirname, join, normpath

import pytest
from lxml import html
from playwright.sync_api import Browser

from builder.cli.main import main
from tests.conftest import fingerprint
from tests.support.browser import served, watched, wrong
from tests.support.reports import GOOD
from tests.support.repositories import Made, make

SITE = "修订记录: 是\n发布日期: 2025-01-02\n网址: https://example.gov.cn/jixiao/\n"
NAME = "项目名称: "
LESS = GOOD.replace("全年执行数: 95.00", "全年执行数: 90.00")
HIDDEN = "公开: {范围: 不公开, 理由: 依法}\n"
GONE = "公开: {范围: 撤回, 撤回日期: 2025-01-02, 理由: 有误}\n"
PAGE = "corrections/index.html"


def called(name: str, text: str = GOOD) -> str:
    """A report of another name."""
    first = next(line for line in text.splitlines() if line.startswith(NAME))
    return text.replace(first, f"{NAME}{name}", 1)


def build(made: Made, folder: Path) -> Path:
    """The site of a repository."""
    arguments = ["build", "--content", str(made.content), "--output", str(folder), "--no-pdf"]
    assert main(arguments) == 0
    return folder


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    """甲 corrected twice, 乙 edited in words, 丙 never, 丁 corrected and withheld since, 戊
    withdrawn."""
    patch = pytest.MonkeyPatch()
    made = make(tmp_path_factory.mktemp("corrected") / "r", patch)
    names = {"a": "甲项目", "b": "乙项目", "c": "丙项目", "d": "丁项目"}
    made.commit(
        {"site.yaml": SITE, "2024/e.yaml": called("戊项目") + GONE}
        | {f"2024/{s}.yaml": called(name) for s, name in names.items()},
        day=1,
    )
    made.commit({"2024/a.yaml": called("甲项目", LESS), "2024/d.yaml": called("丁项目", LESS)}, 5)
    made.commit({"2024/b.yaml": called("乙项目").replace("预期目标: ", "预期目标: 再")}, day=7)
    made.commit({"2024/a.yaml": called("甲项目")}, day=9)
    made.commit({"2024/d.yaml": called("丁项目", LESS) + HIDDEN}, day=11)
    yield made
    patch.undo()


@pytest.fixture(scope="module")
def site(made: Made, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(made, tmp_path_factory.mktemp("corrected") / "output")


def tree(site: Path, path: str) -> html.HtmlElement:
    return html.document_fromstring((site / path).read_bytes().decode())


def test_a_corrected_report_says_so_first(site: Path) -> None:
    page = tree(site, "2024/a/index.html")
    notices = page.find_class("correction")
    assert [one.getparent().get("class") for one in notices] == ["opening", "on-paper"]
    first = notices[0]
    assert first.find("time").get("datetime") == "2025-01-09"
    assert "90.00 → 95.00" in first.text_content()
    assert "99.00 → 99.50" in first.text_content()
    assert first.find("a").get("href") == "#revisions"
    assert page.get_element_by_id("revisions") is not None
    assert not tree(site, "2024/b/index.html").find_class("correction")  # words alone
    assert not tree(site, "2024/c/index.html").find_class("correction")


@pytest.mark.parametrize("path", ["index.html", "2024/c/index.html", "2024/e/index.html"])
def test_the_foot_of_a_page_leads_to_all_corrections(site: Path, path: str) -> None:
    [link] = [a for a in tree(site, path).xpath("//footer//a") if a.text_content() == "更正"]
    assert normpath(join(dirname(path), link.get("href"))) == PAGE


def test_all_corrections_on_one_page(site: Path) -> None:
    page = tree(site, PAGE)
    entries = page.xpath("//main//ol[@class='revisions']/li")
    days = [entry.find(".//time").get("datetime") for entry in entries]
    assert days == ["2025-01-09", "2025-01-07", "2025-01-05"]
    links = [entry.xpath(".//a/@href")[0] for entry in entries]
    assert links == ["../2024/a/index.html", "../2024/b/index.html", "../2024/a/index.html"]
    assert [entry.find_class("tag")[0].text for entry in entries] == [
        "数字更正", "文字修改", "数字更正",
    ]  # fmt: skip
    for path in ("index.html", "2024/index.html", "2024/c/index.html", PAGE):
        links = tree(site, path).xpath("//footer//nav//@href")
        assert PAGE in {normpath(join(dirname(path), link)) for link in links}, path
    year = tree(site, "2024/index.html").xpath("//main//a[@class='button']/@href")
    assert f"../{PAGE}" in year


def test_what_is_withheld_is_in_no_correction(site: Path) -> None:
    for file in site.rglob("*"):
        assert not file.is_file() or "丁项目".encode() not in file.read_bytes(), file


def test_machines_are_told(site: Path) -> None:
    block = tree(site, "2024/a/index.html").xpath("//script[@type='application/ld+json']/text()")
    report = next(t for t in json.loads(block[0])["@graph"] if t["@type"] == "Report")
    assert report["datePublished"] == "2025-01-02"
    assert report["dateModified"] == "2025-01-09"
    assert [one["datePublished"] for one in report["correction"]] == ["2025-01-09", "2025-01-05"]
    edited = tree(site, "2024/b/index.html").xpath("//script[@type='application/ld+json']/text()")
    report = next(t for t in json.loads(edited[0])["@graph"] if t["@type"] == "Report")
    assert report["dateModified"] == "2025-01-07"
    assert "correction" not in report
    sitemap = (site / "sitemap.xml").read_text(encoding="utf-8").split("<url>")
    days = {stem: next(u for u in sitemap if f"2024/{stem}/" in u) for stem in "abc"}
    assert "<lastmod>2025-01-09" in days["a"]
    assert "<lastmod>2025-01-07" in days["b"]
    assert "<lastmod>2025-01-02" in days["c"]
    feed = (site / "feed.xml").read_text(encoding="utf-8")
    head, *entries = feed.split("<entry>")
    assert "<updated>2025-01-09" in head
    assert "2024/a/index.html" in entries[0]
    assert all("<published>2025-01-02" in entry for entry in entries)
    assert [entry.split("<updated>")[1][:10] for entry in entries] == [
        "2025-01-09", "2025-01-02", "2025-01-02",
    ]  # fmt: skip


def test_without_corrections_there_is_no_page(made: Made, tmp_path: Path) -> None:
    quiet = Made(tmp_path / "quiet")
    made.git("clone", "--quiet", f"file://{made.root}", str(quiet.root))
    quiet.git("checkout", "--quiet", "HEAD~4")
    site = build(quiet, tmp_path / "output")
    assert not (site / PAGE).exists()
    assert "corrections" not in (site / "index.html").read_text(encoding="utf-8")
    assert "corrections" not in (site / "2024/a/index.html").read_text(encoding="utf-8")


def test_the_same_bytes_each_time(made: Made, site: Path, tmp_path: Path) -> None:
    assert fingerprint(build(made, tmp_path / "again")) == fingerprint(site)


def test_a_correction_is_printed(browser: Browser, site: Path) -> None:
    with served(site) as root, watched(browser, root) as page:
        page.goto(f"{root}2024/a/index.html")
        page.emulate_media(media="print")
        assert page.locator(".opening .correction").is_hidden()
        printed = page.locator(".on-paper .correction")
        assert printed.is_visible()
        form = page.locator("table.form").bounding_box()
        place = printed.bounding_box()
        assert form is not None
        assert place is not None
        assert place["y"] > form["y"] + form["height"] - 1
        page.goto(f"{root}{PAGE}")
        assert page.locator(".revisions li").count() == 3


def test_corrections_are_accessible(browser: Browser, site: Path) -> None:
    with served(site) as root, watched(browser, root) as page:
        for path in (PAGE, "2024/a/index.html"):
            page.goto(root + path)
            assert wrong(page, (1280, 320)) == [], path
