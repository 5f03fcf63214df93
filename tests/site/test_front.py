"""The front page in a browser: answers on the first screen, bars as long as their figures."""

from __future__ import annotations

import gzip
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.support.browser import served, watched, wrong

SCREENS = [(1280, 800), (768, 1024), (375, 812)]


@pytest.fixture(scope="module")
def root(metropolis: Path) -> Iterator[str]:
    with served(metropolis) as address:
        yield address


@contextmanager
def opened(browser: Browser, root: str, width: int, height: int = 900) -> Iterator[Page]:
    with watched(browser, root) as page:
        page.set_viewport_size({"width": width, "height": height})
        page.goto(root + "index.html")
        yield page


@pytest.mark.parametrize("screen", SCREENS, ids=str)
def test_the_first_screen_answers(browser: Browser, root: str, screen: tuple[int, int]) -> None:
    with opened(browser, root, *screen) as page:
        for part in ("h1", ".lead", ".search", ".figures > div:last-child", ".answer"):
            box = page.locator(f"main {part}").first.bounding_box()
            assert box, part
            assert box["y"] + box["height"] <= screen[1], part


@pytest.mark.parametrize("screen", SCREENS, ids=str)
def test_bars_are_as_long_as_their_figures(
    browser: Browser, root: str, screen: tuple[int, int]
) -> None:
    script = """(rows) => rows.map((row) => ({
        amounts: [...row.querySelectorAll("td.figure")].slice(0, 2)
            .map((cell) => Number(cell.textContent.replaceAll(",", ""))),
        bars: [...row.querySelectorAll("rect")].map((bar) => [bar.getBoundingClientRect().x,
            bar.width.baseVal.value]),
    }))"""
    with opened(browser, root, *screen) as page:
        rows = page.locator(".drawn tbody tr").evaluate_all(script)
        assert len(rows) == 11
        pairs = [pair for row in rows for pair in zip(row["amounts"], row["bars"], strict=True)]
        most, (_, longest) = max(pairs)
        assert len({round(bar[0]) for row in rows for bar in row["bars"]}) <= 2  # a hairline apart
        for amount, (_, wide) in pairs:
            assert wide == pytest.approx(amount * longest / most, abs=0.2)


def test_it_is_accessible(browser: Browser, root: str) -> None:
    with opened(browser, root, 1280) as page:
        assert wrong(page, (1280, 375)) == []


@pytest.mark.parametrize("width", [320, 360, 768])
def test_nothing_is_cut_and_everything_can_be_hit(browser: Browser, root: str, width: int) -> None:
    with opened(browser, root, width) as page:
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        texts = page.locator(".drawing text").evaluate_all(
            "(texts) => texts.map((text) => text.getBoundingClientRect().toJSON())"
        )
        assert all(box["left"] >= 0 and box["right"] <= width for box in texts)
        if width < 760:
            heights = page.locator(".money tbody a").evaluate_all(
                "(links) => links.map((link) => link.getBoundingClientRect().height)"
            )
            assert min(heights) >= 24


def test_scripts_move_nothing(browser: Browser, root: str) -> None:
    script = """() => [...document.querySelectorAll("main *")]
        .map((part) => Math.round(part.getBoundingClientRect().y))"""
    places = []
    for is_enabled in (True, False):
        context = browser.new_context(java_script_enabled=is_enabled)
        page = context.new_page()
        page.goto(root + "index.html")
        places.append(page.evaluate(script))
        context.close()
    assert places[0] == places[1]


def test_it_is_small(metropolis: Path) -> None:
    files = (metropolis / "index.html", next(metropolis.glob("assets/site.*css")))
    assert sum(len(gzip.compress(file.read_bytes())) for file in files) <= 30_000


def test_paper_has_the_picture_and_no_buttons(browser: Browser, root: str) -> None:
    with opened(browser, root, 1280) as page:
        pdf = page.pdf(prefer_css_page_size=True)
        title = page.locator("figcaption").first.inner_text()
    shown = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], check=True, capture_output=True, input=pdf
    ).stdout.decode()
    text = "".join(shown.split())
    assert "".join(title.split()) in text
    assert "临江市财政局" in text
    assert "下载" not in text
    assert "查看" not in text
