"""The departments of a year in a browser: sorted by choice, the small ones never on top."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from builder.model import Site
from tests.support.browser import served, watched
from tests.support.corpus import document_of
from tests.support.pages import make

WIDTHS = [1280, 768, 375, 320]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A year in which some departments have many projects and some have one."""
    folder = tmp_path_factory.mktemp("ranking")
    for path, data in make((document_of(n) for n in range(240)), Site.model_validate({})).files.items():  # fmt: skip  # noqa: E501
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    with served(folder) as address:
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


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
def test_it_is_accessible(browser: Browser, root: str, scheme: str, width: int) -> None:
    with watched(browser, root) as page:
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        opened(page, root, width)
        found = Axe().run(page, context=".ranking", options={"preload": False})
        assert not found.response["violations"], found.generate_report()


def test_bars_are_as_long_as_their_parts(browser: Browser, root: str) -> None:
    with watched(browser, root) as page:
        opened(page, root, 1280)
        lengths = page.locator(".ranking .part .fill").evaluate_all(
            "bars => bars.map(bar => bar.getBoundingClientRect().width)"
        )
        parts = [float(text.split("%")[0]) for text in page.locator(".ranking td.part").all_inner_texts()]  # fmt: skip  # noqa: E501
        for length, part in zip(lengths, parts, strict=True):
            assert length == pytest.approx(part * lengths[0] / parts[0], abs=0.3)
