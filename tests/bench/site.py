"""Pages: what a first visit to each kind loads, what moves while it does, what holds it up."""

from __future__ import annotations

import sys
from contextlib import redirect_stderr, redirect_stdout
from os import devnull
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

from playwright.sync_api import sync_playwright

from builder.cli.main import main as jixiao
from tests.bench._line import line
from tests.bench._measure import alone, say, table, versions
from tests.support.browser import ARGUMENTS, CHROMIUM
from tests.support.corpus import write_corpus

COUNT = 1_000
SHIFT = """() => new Promise((resolve) => {
    let sum = 0;
    new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) sum += entry.value;
    }).observe({type: "layout-shift", buffered: true});
    setTimeout(() => resolve(sum), 500);
})"""
BLOCKING = "document.querySelectorAll('head script[src]:not([defer]):not([async])').length"


def build(content: Path, output: Path) -> int:
    """Build a site without PDFs, and say nothing."""
    arguments = ["--content", str(content), "--output", str(output), "--no-pdf"]
    with (
        Path(devnull).open("w", encoding="utf-8") as sink,
        redirect_stdout(sink),
        redirect_stderr(sink),
    ):
        return jixiao(["build", *arguments])


def visit(output: Path) -> list[list[object]]:
    """Each kind of page in a fresh browser: its first and largest one by size."""
    kinds: dict[str, list[Path]] = {}
    for path in output.rglob("*.html"):
        kinds.setdefault(_kind(path.relative_to(output)), []).append(path)
    rows: list[list[object]] = []
    with sync_playwright() as playwright, line(output) as (address, sent):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for kind, paths in sorted(kinds.items()):
            largest = max(paths, key=lambda path: path.stat().st_size)
            page = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
            sent.clear()
            page.goto(address + quote(largest.relative_to(output).as_posix()))
            shift, blocking = page.evaluate(SHIFT), page.evaluate(BLOCKING)
            own = next(size for path, size in sent if path.endswith(".html"))
            style = sum(size for path, size in sent if path.endswith(".css"))
            script = sum(size for path, size in sent if path.endswith(".js"))
            rows.append([
                kind, len(paths), f"{(own + style) / 1000:.1f}", f"{own / 1000:.1f}",
                f"{style / 1000:.1f}", f"{script / 1000:.1f}", f"{shift:.3f}", blocking,
            ])  # fmt: skip
            page.context.close()
        browser.close()
    return rows


def _kind(path: Path) -> str:
    match path.parts:
        case ("departments", "index.html"):
            return "departments"
        case ("departments", *rest):
            return "department" if len(rest) == 2 else "unit"
        case (first, "index.html"):
            return first if first == "search" else "year"
        case (_, "indicators", "index.html"):
            return "indicators"
        case (_, "indicators", *_):
            return "indicators of a kind"
        case (_, "deviations", _):
            return "deviations"
        case (_, _, "index.html"):
            return "report"
    return {"index.html": "home"}.get(path.name, path.name)


def main() -> None:
    """Print the tables: the five published forms, then a made-up city's site."""
    say(f"{versions('jinja2', 'playwright')}; gzip level 6; kB are 1000 bytes\n")
    own = Path(__file__).parents[2] / "content"
    with TemporaryDirectory() as scratch:
        folder = Path(scratch)
        write_corpus(folder / "city", COUNT)
        for title, content in (
            ("five published forms", own),
            (f"{COUNT:,} reports", folder / "city"),
        ):
            output = folder / f"site of {content.name}"
            if alone(build, content, output):
                sys.exit("the site could not be built")
            say(f"{title}:\n")
            table(
                ("largest page of its kind", "pages", "page and CSS kB gz", "page", "CSS",
                 "scripts", "layout shift", "blocking scripts"),
                alone(visit, output),
            )  # fmt: skip
