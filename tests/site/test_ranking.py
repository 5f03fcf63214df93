"""The departments of a year in a browser: sorted by choice, the small ones never on top."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.support.browser import served, watched, wrong

WIDTHS = [1280, 768, 375, 320]


@pytest.fixture(scope="module")
def root(metropolis: Path) -> Iterator[str]:
    with served(metropolis) as address:
        yield address


def opened(page: Page, root: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(root + "2024/index.html")


def column(page: Page, kind: str) -> list[float]:
    texts = page.locator(f".ranking tbody tr:not(.minor) td.{kind}").all_inner_texts()
    return [float(text.split("%")[0].split("\n")[0].replace(",", "")) for text in texts]


@pytest.mark.parametrize("kind", ["part", "budget", "rate", "average", "each"])
def test_it_sorts_by_each_figure(browser: Browser, root: str, kind: str) -> None:
    with watched(browser, root) as page:
        opened(page, root, 1280)
        button = page.locator(f".ranking thead .{kind} button")
        button.click()
        assert column(page, kind) == sorted(column(page, kind), reverse=True)
        button.click()
        assert column(page, kind) == sorted(column(page, kind))
        minor = page.locator(".ranking tbody tr").evaluate_all(
            "rows => rows.map(row => row.classList.contains('minor'))"
        )
        assert any(minor)
        assert not all(minor)
        if kind in ("rate", "average", "each"):
            assert minor == sorted(minor)


@pytest.mark.parametrize("width", WIDTHS)
def test_figures_stand_below_their_headings(browser: Browser, root: str, width: int) -> None:
    with watched(browser, root) as page:
        opened(page, root, width)
        assert page.evaluate("document.documentElement.scrollWidth") == width
        for kind in ("budget", "rate", "average", "each"):
            heading = page.locator(f".ranking thead .{kind}").bounding_box()
            assert heading
            for cell in page.locator(f".ranking tbody .{kind}").all()[:5]:
                box = cell.bounding_box()
                assert box
                assert box["x"] + box["width"] == pytest.approx(
                    heading["x"] + heading["width"], abs=1
                )


def test_it_is_accessible(browser: Browser, root: str) -> None:
    with watched(browser, root) as page:
        opened(page, root, 1280)
        assert wrong(page, (1280, 320), ".ranking") == []


def test_bars_are_as_long_as_their_parts(browser: Browser, root: str) -> None:
    with watched(browser, root) as page:
        opened(page, root, 1280)
        lengths = page.locator(".ranking .part .fill").evaluate_all(
            "bars => bars.map(bar => bar.getBoundingClientRect().width)"
        )
        parts = [float(text.split("%")[0]) for text in page.locator(".ranking td.part").all_inner_texts()]  # fmt: skip  # noqa: E501
        for length, part in zip(lengths, parts, strict=True):
            assert length == pytest.approx(part * lengths[0] / parts[0], abs=0.3)
