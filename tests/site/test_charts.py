"""The charts of a year, a department and a project in a browser: seen, heard, taken along."""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from lxml import etree
from playwright.sync_api import Browser, Locator, Page, expect

from builder.opendata.delimited import guarded
from tests.support.browser import reached, served, watched, wrong

SVG = "{http://www.w3.org/2000/svg}"
LIMIT = 40_000  # bytes, deflated, with its style


@pytest.fixture(scope="module")
def folder(metropolis: Path) -> Path:
    return metropolis


@pytest.fixture(scope="module")
def root(folder: Path) -> Iterator[str]:
    with served(folder) as address:
        yield address


@pytest.fixture(scope="module")
def pages(folder: Path) -> dict[str, str]:
    """A page of each kind, the one with most charts."""
    kinds = {
        "year": "2024/index.html",
        "department": "departments/*/index.html",
        "unit": "departments/*/*/index.html",
        "report": "2024/*/index.html",
    }
    return {
        kind: str(
            max(
                folder.glob(pattern),
                key=lambda file: (file.read_text("utf-8").count('class="chart"'), file.parts),
            ).relative_to(folder)
        )
        for kind, pattern in kinds.items()
    }


KINDS = ["year", "department", "unit", "report"]


def opened(page: Page) -> Page:
    page.locator(".chart details").evaluate_all("(all) => all.forEach((one) => one.open = true)")
    return page


@pytest.mark.parametrize("kind", KINDS)
def test_it_has_its_charts(pages: dict[str, str], folder: Path, kind: str) -> None:
    text = (folder / pages[kind]).read_text("utf-8")
    expected = {
        "year": ("money", "lost", "spread"),
        "department": ("money", "years", "lost"),
        "unit": ("years", "lost"),
        "report": ("years",),
    }
    places = [text.find(f'<h2 id="{name}">') for name in expected[kind]]
    assert -1 not in places
    assert places == sorted(places)


@pytest.mark.parametrize("kind", KINDS)
def test_its_page_is_small(pages: dict[str, str], folder: Path, kind: str) -> None:
    files = (folder / pages[kind], next(folder.glob("assets/site.*css")))
    assert sum(len(gzip.compress(file.read_bytes())) for file in files) <= LIMIT


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_accessible(browser: Browser, root: str, pages: dict[str, str], kind: str) -> None:
    with watched(browser, root) as page:
        page.goto(root + quote(pages[kind]))
        assert wrong(opened(page), (1280, 375)) == []


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_cut(browser: Browser, root: str, pages: dict[str, str], kind: str) -> None:
    with watched(browser, root) as page:
        page.goto(root + quote(pages[kind]))
        for width in (320, 375, 768):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            boxes = page.locator(".drawing").evaluate_all(
                """(drawings) => drawings.map((drawing) => [...drawing.querySelectorAll("text")]
                    .map((text) => text.getBoundingClientRect().toJSON()))"""
            )
            for texts in boxes:
                assert all(box["left"] >= 0 and box["right"] <= width for box in texts)
                for place, one in enumerate(texts):
                    for other in texts[place + 1 :]:
                        assert (
                            min(one["right"], other["right"]) <= max(one["left"], other["left"])
                            or min(one["bottom"], other["bottom"])
                            <= max(one["top"], other["top"]) + 3
                        )


def test_a_kind_leads_to_as_many_deviations_as_it_says(
    browser: Browser, root: str, pages: dict[str, str]
) -> None:
    with watched(browser, root) as page:
        page.goto(root + quote(pages["year"]))
        rows = page.locator(".losses tbody tr:has(a)")
        asked = [
            (row.locator("a").get_attribute("href") or "", row.locator("td").last.inner_text())
            for row in rows.all()
        ]
        without = page.locator(".extremes li:has(a[href*=deviations])")
        asked.append((
            without.locator("a").get_attribute("href") or "",
            without.locator(".digits").inner_text().removesuffix("项"),
        ))  # fmt: skip
        assert len(asked) > 2
        for href, number in asked:
            page.goto(root + "2024/" + href)
            page.wait_for_function("document.querySelector('.found').textContent")
            found = page.locator(".found").inner_text()
            if parse_qs(urlsplit(href).query).get("类别") == ["预算执行"]:
                continue  # of that, small losses need no reason: the page says so
            assert found == f"符合的有 {number} 项"


@pytest.mark.parametrize(("kind", "by"), [
    ("year", "http"), ("year", "file"), ("department", "http"), ("report", "http"),
    *(pytest.param(kind, "file", marks=pytest.mark.proof) for kind in ("department", "report")),
])  # fmt: skip
def test_charts_are_taken_along(
    browser: Browser, folder: Path, pages: dict[str, str], kind: str, by: str
) -> None:
    with reached(folder, by) as root, watched(browser, root) as page:
        page.emulate_media(color_scheme="dark")
        page.goto(root + quote(pages[kind]))
        charts = opened(page).locator("figure.chart")
        assert charts.count() > 1
        for chart in charts.all():
            title = chart.locator("figcaption").inner_text()
            drawing, table = (_taken(page, chart, name) for name in ("svg", "csv"))
            tree = etree.fromstring(drawing)
            assert tree.tag == f"{SVG}svg"
            assert tree.findtext(f"{SVG}title") == title
            texts = "".join(text.text or "" for text in tree.iter(f"{SVG}text"))
            assert _packed(title) in _packed(texts)
            assert "https://jixiao.example.cn/" in texts
            # It stands alone: nothing is looked up, and nothing is in the colours of night.
            assert not [e for e in tree.iter() if {"class", "style", "href"} & {*e.attrib}]
            inks = {text.get("fill") for text in tree.iter(f"{SVG}text")}
            assert inks <= {"rgb(28, 27, 26)", "rgb(95, 90, 84)"}
            shown = chart.locator("table") if chart.locator("table").count() else None
            rows = list(csv.reader(io.StringIO(table.decode("utf-8-sig"))))
            assert len({len(row) for row in rows}) == 1
            assert len(rows) > 1
            if shown:
                assert len(rows) == shown.locator("tr").count()


def _taken(page: Page, chart: Locator, kind: str) -> bytes:
    page.wait_for_timeout(120)  # browsers let through ten downloads a second
    with page.expect_download() as waited:
        chart.locator(f"[data-save={kind}]").click()
    assert waited.value.suggested_filename.endswith(f".{kind}")
    return waited.value.path().read_bytes()


def _packed(text: str) -> str:
    return "".join(text.split())


def test_keys_take_charts_along(browser: Browser, root: str, pages: dict[str, str]) -> None:
    with watched(browser, root) as page:
        page.goto(root + quote(pages["year"]))
        assert not page.locator("script[src*=saving]").count()
        page.locator("[data-save=csv]").first.focus()
        with page.expect_download() as waited:
            page.keyboard.press("Enter")
        assert waited.value.suggested_filename.endswith(".csv")
        assert page.locator("script[src*=saving]").count() == 1


def test_names_are_guarded_as_in_the_published_data(
    browser: Browser, root: str, pages: dict[str, str]
) -> None:
    names = ["=1+1", "＝1+1", "+86", "-2+3", "＠甲", "'撇号", '"甲",乙', "甲局", "-3.5", "-"]
    with watched(browser, root) as page:
        page.goto(root + quote(pages["year"]))
        chart = page.locator("figure.chart:has(table)").first
        cells = chart.locator("tbody th")
        for cell, name in zip(cells.all(), names, strict=False):
            cell.evaluate("(cell, name) => { cell.textContent = name; }", name)
        rows = [*csv.reader(io.StringIO(_taken(page, chart, "csv").decode("utf-8-sig")))]
        assert cells.count() >= len(names)
        shown = [row[0] for row in rows[1 : len(names) + 1]]
        # A dash alone stands for a figure that is missing.
        assert shown == [name if name == "-" else guarded(name) for name in names]


def test_what_was_not_fetched_is_said_and_asked_for_again(
    browser: Browser, folder: Path, pages: dict[str, str]
) -> None:
    with served(folder) as root:
        page = browser.new_page()
        page.goto(root + quote(pages["year"]))
        page.route("**/saving*.js", lambda route: route.abort())
        button = page.locator("[data-save=csv]").first
        button.click()
        expect(button).to_contain_text("再试")
        page.unroute("**/saving*.js")
        with page.expect_download():
            button.click()
        assert button.inner_text() == "下载 CSV"
        page.close()
