"""What tests of pages in a browser need: where a site is, and a page that tells what goes wrong."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from builder.model import Site
from tests.support.browser import reached, watched
from tests.support.corpus import document_of
from tests.support.pages import document, make
from tests.support.reports import GOOD
from tests.support.shared import once

SITE = Site.model_validate({
    "名称": "临江市财政项目支出绩效自评公开", "主办单位": "临江市财政局",
    "网址": "https://jixiao.example.cn/",
})  # fmt: skip


@pytest.fixture(scope="session")
def metropolis(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of several years, of departments with many projects and with one, and of one with a
    form in each year."""

    def write(folder: Path) -> None:
        several = [
            document(GOOD.replace("年度: 2024", f"年度: {year}"), year=f"{year}")
            for year in (2022, 2023, 2024)
        ]
        make([*map(document_of, range(150)), *several], SITE).written(folder)

    return once(tmp_path_factory, "metropolis", write)


@pytest.fixture(scope="module", params=["http", "file"])
def root(request: pytest.FixtureRequest, folder: Path) -> Iterator[str]:
    """The address of the site in a module's `folder`, on a server and in that folder."""
    with reached(folder, request.param) as address:
        yield address


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that fails the test when anything goes wrong in it."""
    with watched(browser) as page:
        yield page


@pytest.fixture
def seen(browser: Browser, root: str) -> Iterator[Page]:
    """A page that fails the test when anything goes wrong or asks another host."""
    with watched(browser, root) as page:
        yield page
