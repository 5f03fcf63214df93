"""The search: what it costs to build, what a question costs to load, what it finds.

A browser asks every question of a made-up city's site; the truth is found by looking into
every text. `plain` truth takes a number inside another one (184 in 2184) for a find, which
nobody wants and the index does not give.
"""

from __future__ import annotations

import gzip
import re
import statistics
import subprocess
import sys
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

from playwright.sync_api import Page, sync_playwright

from builder.content import Summary, summarize
from builder.diagnostics import Diagnostics
from builder.model import Site
from builder.site import Spanned, overview_pages, search_files
from builder.site.search.passages import entry
from builder.theme import open_theme
from tests.bench._line import line
from tests.bench._measure import alone, cpu, peak, say, table, versions
from tests.bench.site import build as build_site
from tests.support.browser import ARGUMENTS, CHROMIUM
from tests.support.corpus import document_of, write_corpus
from tests.support.reports import profiles
from tests.support.searching import QUESTIONS, folded, reports, truth

COUNTS = (1_000, 10_000)
BATCH = 500
SESSION = 6  # questions that one reader asks


def build(count: int, folder: Path) -> dict[str, float]:
    """Write the search of so many reports; milliseconds of CPU a report, peak memory in MiB."""
    found: list[tuple[Summary, bytes]] = []
    taken = 0.0
    for start in range(0, count, BATCH):
        batch = [document_of(number) for number in range(start, min(start + BATCH, count))]
        summaries = [summarize(d) for d in batch]
        began = cpu()
        entries = [entry(document) for document in batch]
        taken += cpu() - began
        found += zip(summaries, entries, strict=True)
    sizes: dict[str, int] = {}
    began = cpu()
    for path, data in search_files(
        found, profiles().by_name[Site.model_validate({}).profile].execution.rate
    ):
        taken += cpu() - began  # without the writing, which is not the index's
        sizes[path] = len(data)
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
        began = cpu()
    _pages(folder, [summary for summary, _ in found])
    grams = [path for path in sizes if "/grams/" in path]
    packed = {path: len(gzip.compress((folder / path).read_bytes(), 6)) for path in sizes}
    return {
        "ms": taken * 1000 / count,
        "rss": peak(),
        "shards": len(grams),
        "grams": sum(packed[path] for path in grams) / 1000,
        "core": packed["search/core.js"] / 1000,
        "text": statistics.median(v for path, v in packed.items() if "/text/" in path) / 1000,
        "amounts": max(v for path, v in packed.items() if "/amounts-" in path) / 1000,
        "names": sum(v for path, v in packed.items() if "/pinyin" in path) / 1000,
    }


def changes(count: int) -> list[list[object]]:
    """What one change of so many reports makes new: files and kB gz, of how many files."""
    rate = profiles().by_name[Site.model_validate({}).profile].execution.rate

    def known(number: int, edit: Callable[[str], str] = str) -> tuple[Summary, bytes]:
        document = document_of(number, edit)
        return summarize(document), entry(document)

    def edited(pattern: str, to: str) -> list[tuple[Summary, bytes]]:
        one = known(count // 2, lambda text: re.sub(pattern, to, text, count=1))
        return [*held[: count // 2], one, *held[count // 2 + 1 :]]

    *held, more = (known(number) for number in range(count + 1))
    before = dict(search_files(held, rate))
    rows: list[list[object]] = []
    for name, changed in (
        ("a figure", edited(r"(实际完成值: )(\d+\()", r"\g<1>1\2")),
        ("a word", edited("(预期目标: )", r"\1稳妥推进，")),
        ("a budget", edited("(全年预算数: )", r"\g<1>9")),
        ("a new report", [*held, more]),
    ):
        after = dict(search_files(changed, rate))
        new = [data for path, data in after.items() if before.get(path) != data]
        size = sum(len(gzip.compress(data, 6)) for data in new) / 1000
        rows.append([f"{count:,}", name, len(new), f"{size:.0f}", len(after)])
    return rows


def _pages(folder: Path, summaries: Sequence[Summary]) -> None:
    """The pages that a reader passes, with their assets."""
    diagnostics, site = Diagnostics(), Site.model_validate({})
    theme = open_theme("official", None, diagnostics)
    assert theme
    default = profiles().by_name[site.profile]
    for path, data in overview_pages(Spanned(theme, site, summaries[:50], default), diagnostics):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    assert not list(diagnostics)


def _found(page: Page, question: str) -> tuple[set[int], bool]:
    numbers, exact = page.evaluate(
        "async (q) => { const s = jixiaoSearch; const r = await s.ask(s.words(q));"
        " return [r.numbers, r.exact]; }",
        question,
    )
    return set(numbers), exact


def ask(folder: Path) -> tuple[list[list[object]], dict[str, float]]:
    """Every question as its recall, precision and bytes; then medians and means of all."""
    texts = folded(reports(folder))
    rows: list[list[object]] = []
    recalls, plain, precisions = list[float](), list[float](), list[float]()
    first, later = list[float](), list[float]()
    with sync_playwright() as playwright, line(folder) as (address, sent):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page = browser.new_page()
        page.goto(address + "search/index.html")
        page.wait_for_function("document.querySelector('.finding:not([hidden])')")
        for question in QUESTIONS:
            found, exact = _found(page, question)
            true, plainly = truth(texts, question), truth(texts, question, plainly=True)
            recalls.append(len(found & true) / len(true) if true else 1.0)
            plain.append(len(found & plainly) / len(plainly) if plainly else 1.0)
            precisions.append(len(found & true) / len(found) if found else 1.0)
            if min(recalls[-1], plain[-1], precisions[-1]) < 1:
                mark = "" if exact else "verified when shown"
                rows.append([question, len(found), len(true), len(plainly), mark])
        # What a reader loads: a question in a fresh browser, scripts included; then more of them.
        for number, question in enumerate(QUESTIONS):
            sent.clear()
            if number % SESSION == 0:
                page.context.close()
                page = browser.new_context().new_page()
                page.goto(f"{address}search/index.html?q={quote(question)}")
            else:
                page.fill("#q", question)
                page.press("#q", "Enter")
            page.wait_for_selector("[data-search-results][aria-busy=false]", state="attached")
            size = sum(size for path, size in sent if path.endswith(".js"))
            (later if number % SESSION else first).append(size / 1000)
        browser.close()
    return rows, {
        "questions": len(QUESTIONS),
        "recall": statistics.mean(recalls),
        "plain": statistics.mean(plain),
        "precision": statistics.mean(precisions),
        "first": statistics.median(first),
        "first most": max(first),
        "later": statistics.median(later),
        "later most": max(later),
    }


def rival(folder: Path) -> float | None:
    """Milliseconds of CPU that Pagefind takes for a report's page; None where there is none."""
    if find_spec("pagefind") is None:
        return None
    write_corpus(folder / "content", COUNTS[0])
    assert build_site(folder / "content", folder / "output") == 0
    for page in (folder / "output").glob("2*/xiangmu-*/index.html"):
        copy = folder / "pages" / page.relative_to(folder / "output")
        copy.parent.mkdir(parents=True)
        copy.write_bytes(page.read_bytes())
    began = cpu()
    command = [sys.executable, "-m", "pagefind", "--site", str(folder / "pages")]
    subprocess.run([*command, "--force-language", "zh-cn"], check=True, capture_output=True)
    return (cpu() - began) * 1000 / COUNTS[0]


def main() -> None:
    """Print the tables."""
    say(f"{versions('jinja2', 'playwright')}; gzip level 6; kB are 1000 bytes\n")
    costs, finds, misses = [], [], []
    for count in COUNTS:
        with TemporaryDirectory() as scratch:
            folder = Path(scratch)
            cost = alone(build, count, folder)
            costs.append([
                f"{count:,}", f"{cost['ms']:.2f}", f"{cost['rss']:.0f}", f"{cost['shards']:.0f}",
                f"{cost['grams']:.0f}", f"{cost['core']:.1f}", f"{cost['text']:.1f}",
                f"{cost['amounts']:.1f}", f"{cost['names']:.1f}",
            ])  # fmt: skip
            rows, found = alone(ask, folder)
            finds.append([
                f"{count:,}", f"{found['questions']:.0f}", f"{found['recall']:.3f}",
                f"{found['plain']:.3f}", f"{found['precision']:.3f}",
                f"{found['first']:.0f} ({found['first most']:.0f})",
                f"{found['later']:.0f} ({found['later most']:.0f})",
            ])  # fmt: skip
            misses += [[f"{count:,}", *row] for row in rows]
    table(
        ("reports", "CPU ms a report", "RSS MiB", "shards", "all grams kB gz", "core kB gz",
         "a report's texts kB gz", "largest year's amounts kB gz", "pinyin kB gz"),
        costs,
    )  # fmt: skip
    table(
        ("reports", "questions", "recall", "recall, plain", "precision of the index",
         "first question kB gz (most)", "later ones kB gz (most)"),
        finds,
    )  # fmt: skip
    with TemporaryDirectory() as scratch:
        taken = alone(rival, Path(scratch))
    said = "is not installed" if taken is None else f"takes {taken:.2f} ms of CPU a report"
    table(("reports", "one change", "new files", "kB gz", "of files"), alone(changes, COUNTS[0]))
    say(f"Pagefind {said}, at {COUNTS[0]:,} reports.\n")
    table(("reports", "question", "found", "true", "plainly true", ""), misses)
