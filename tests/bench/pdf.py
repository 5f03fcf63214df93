"""Project PDFs: CPU and size for each beside other printers, and what a build of many takes."""

from __future__ import annotations

import os
import re
import statistics
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from itertools import count
from multiprocessing import active_children
from multiprocessing.process import BaseProcess
from pathlib import Path
from tempfile import TemporaryDirectory

from builder import content, formatter, opendata
from builder.diagnostics import Diagnostics
from builder.pdf import Attachment
from builder.pipeline import workers
from builder.pipeline.desk import PrintFacts, Shared
from builder.pipeline.packing import unpack
from builder.pipeline.reports import load
from builder.pipeline.steps import PRINT
from tests.bench._measure import alone, cpu, say, table, versions
from tests.bench._printers import PRINTERS, SYSTEM_FONT, Job, font_family
from tests.support import verapdf
from tests.support.browser import CHROMIUM
from tests.support.prints import opened
from tests.support.volumes import write_content

ROUNDS, EACH, WARM_UP = 5, 20, 3
"""So many rounds of so many reports; the printers take turns."""
CHECKED = 5
MANY, EARLY, WORKERS = 1_000, 100, 2


@dataclass(frozen=True, slots=True)
class Round:
    """CPU milliseconds for each of the PDFs that a printer made."""

    cpu: float
    pdfs: list[bytes]


def jobs(folder: Path, first: int, count: int) -> list[Job]:
    """Reports of the corpus with what is attached to them."""
    settings = content.settings(folder, Diagnostics())
    found = []
    for entry in content.entries(folder, (), Diagnostics())[first : first + count]:
        source = content.read(entry, Diagnostics())
        document = content.understand(source, entry, settings, Diagnostics())
        assert document
        report = document.report
        data = opendata.record(document)
        yaml, json = formatter.published(report), opendata.to_json(data)
        attachments = (
            Attachment(f"{entry.stem}.yaml", yaml.encode(), "application/yaml", "内容", "Source"),
            Attachment("report.json", json.encode(), "application/json", "得分", "Data"),
        )
        found.append(Job.of(document, attachments))
    return found


def printed(name: str, folder: Path, number: int) -> Round:
    """One round of a printer; nothing is counted until it is warm."""
    work = jobs(folder, number * EACH, EACH)
    with PRINTERS[name]() as printer:
        for job in work[:WARM_UP]:
            printer.print(job)
        before = printer.taken()
        pdfs = [printer.print(job) for job in work]
        return Round((printer.taken() - before) / len(work) * 1000, pdfs)


def main() -> None:
    """Print two tables."""
    with TemporaryDirectory() as scratch:
        folder = Path(scratch, "content")
        write(folder, max(MANY, ROUNDS * EACH))
        compare(folder, Path(scratch))
        build(folder)


def write(folder: Path, reports: int) -> None:
    """The corpus: every target and result has its own figures, for a form of nothing but
    90.00 and 95.00 would flatter a printer that knows what it has set before."""
    write_content(folder, reports)
    numbers = count()
    for path in sorted(folder.glob("*/*.yaml")):
        text = path.read_text(encoding="utf-8")
        varied = re.sub(
            r"(\d\d)\.00\(%\)", lambda found: f"{found[1]}.{next(numbers) * 37 % 100:02}(%)", text
        )
        path.write_text(varied, encoding="utf-8")


def compare(folder: Path, scratch: Path) -> None:
    """Printers side by side."""
    rounds: dict[str, list[Round]] = {}
    for number in range(ROUNDS):
        for name in PRINTERS:
            try:
                rounds.setdefault(name, []).append(alone(printed, name, folder, number))
            except ModuleNotFoundError as error:
                if not number:
                    say(f"{name} is not measured: {error} (pip install it beside ours)")
    medians = {
        name: statistics.median(entry.cpu for entry in found)
        for name, found in rounds.items()
        if found
    }
    rows = []
    for name, taken in medians.items():
        pdfs = [pdf for entry in rounds[name] for pdf in entry.pdfs]
        pages = [_pages(pdf) for pdf in pdfs]
        small = [len(pdf) / 1024 for pdf, count in zip(pdfs, pages, strict=True) if count == 1]
        conforming = _conforming(pdfs[:CHECKED], scratch)
        rows.append(
            [
                name,
                f"{taken:.0f}",
                f"{medians['jixiao'] / taken:.2f}",
                f"{statistics.mean(pages):.2f}",
                f"{statistics.median(small):.0f}",
                *(f"{conforming[profile]} of {CHECKED}" for profile in conforming),
            ]
        )
    family = font_family()
    say(
        f"{ROUNDS} rounds of {EACH} reports, medians. The others set in {family}"
        f"{'' if family == SYSTEM_FONT else ' of the theme, installed: no system font here'}.\n"
    )
    headings = ["", "CPU ms a PDF", "ours ÷ this", "pages", "KB, one page", "PDF/A-3a", "PDF/UA-1"]
    table(headings, rows)
    say(f"{versions('weasyprint', 'pydyf')}, {_chromium()}, {_typst()}\n")


def _pages(pdf: bytes) -> int:
    with opened(pdf) as document:
        return len(document.pages)


def _conforming(pdfs: Sequence[bytes], scratch: Path) -> dict[str, int]:
    named = {f"{number}": pdf for number, pdf in enumerate(pdfs)}
    verdicts = verapdf.check(named, scratch)
    return {
        profile: sum(v.compliant for v in verdicts if v.profile == profile)
        for profile in (verapdf.PDF_A, verapdf.PDF_UA)
    }


def _chromium() -> str:
    run = subprocess.run([CHROMIUM, "--version"], capture_output=True, text=True, check=True)
    return " ".join(run.stdout.split()[:2])


def _typst() -> str:
    try:
        return f"typst {alone(versions, 'typst').rpartition(' ')[2]}"
    except ModuleNotFoundError:
        return "no typst"


@dataclass(frozen=True, slots=True)
class Run:
    """What rendering many reports took: seconds; MiB of the largest worker, early and late."""

    wall: float
    cpu: float
    early: float
    late: float
    size: float


def build(folder: Path) -> None:
    """Many reports, as `jixiao build` renders them."""
    load = os.getloadavg()[0]
    run = alone(rendered, folder)
    say(f"{MANY} reports by {WORKERS} processes: web page, PDF, leaves for the volume, data.\n")
    rows = [
        ("PDFs a second, by the clock", f"{MANY / run.wall:.1f}"),
        ("load of the machine before", f"{load:.1f}"),
        ("CPU ms a report", f"{run.cpu / MANY * 1000:.0f}"),
        (f"PDFs a second that {WORKERS} free cores give", f"{WORKERS * MANY / run.cpu:.1f}"),
        (f"MiB a worker after {EARLY}", f"{run.early:.0f}"),
        (f"MiB a worker after {MANY}", f"{run.late:.0f}"),
        ("KB a PDF, mean", f"{run.size / MANY / 1024:.0f}"),
    ]
    table(("", ""), rows)


def rendered(folder: Path) -> Run:
    """Print many reports by worker processes, as a build does."""
    settings = content.settings(folder, Diagnostics())
    entries = content.entries(folder, (), Diagnostics())[:MANY]
    shared = Shared(settings, folder / "themes", "official", True, False)
    crew = workers.Crew(shared, partial(workers.local, shared, WORKERS))
    early, late, size = 0.0, 0.0, 0
    started, before = time.perf_counter(), cpu()
    seals = {entry: sha256(entry.path.read_bytes()).digest() for entry in entries}
    jobs = ((PRINT, load(entry, seals[entry])) for entry in entries)
    for done, one in enumerate(crew.do(jobs, len(entries)), start=1):
        facts = unpack(PrintFacts, one.facts)
        assert not facts.told, facts.told
        size += sum(len(one.parts[path]) for path in facts.files)
        late = max([late, *map(_held, active_children())])
        if done == EARLY:
            early = late
    crew.close()
    wall = time.perf_counter() - started
    return Run(wall, cpu() - before, early, late, size)


def _held(worker: BaseProcess) -> float:
    """The MiB that a process holds now."""
    pages = int(Path(f"/proc/{worker.pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20
