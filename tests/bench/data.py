"""Data files: what those of the years cost and those of all, each in a process of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from builder.content import Summary, addresses, summarize
from builder.opendata import DataFile, DataRows, data_files, data_rows
from tests.bench._measure import alone, cpu, peak, say, table, versions
from tests.support.corpus import document_of
from tests.support.documents import SITE

COUNT = 1_000


def _is_all(file: DataFile) -> bool:
    return file.years == addresses.ALL_YEARS


CASES: dict[str, Callable[[DataFile], bool]] = {
    "each year: CSV, JSON": lambda file: not _is_all(file) and not file.path.endswith(".xlsx"),
    "each year: XLSX": lambda file: not _is_all(file) and file.path.endswith(".xlsx"),
    "all years: CSV": lambda file: _is_all(file) and file.table is not None,
    "all years: XLSX": lambda file: _is_all(file) and file.table is None,
}
TOGETHER, AGAIN = "all of them, runs made once", "again, one report changed"


def _made(count: int) -> tuple[list[DataRows], list[Summary]]:
    rows, summaries = [], []
    for document in map(document_of, range(count)):
        rows.append(data_rows(document, SITE))
        summaries.append(summarize(document))
    return rows, summaries


def _written(files: Iterable[DataFile]) -> tuple[float, float]:
    """The largest piece and all of them in MB."""
    largest = size = 0
    for file in files:
        for piece in file.make():
            largest, size = max(largest, len(piece)), size + len(piece)
    return largest / 1e6, size / 1e6


def measured(case: str, count: int) -> tuple[float, float, float, float]:
    """CPU ms a report, MiB above what was held before, the largest piece in MB, all in MB."""
    rows, summaries = _made(count)
    before, held = cpu(), peak()
    written = _written(file for file in data_files(rows, summaries, SITE) if CASES[case](file))
    return (cpu() - before) / count * 1000, peak() - held, *written


def remembered(count: int) -> list[tuple[float, float, float, float]]:
    """The same of all files with a memory: at first, and with one report changed."""
    known: dict[tuple[str, bytes], bytes] = {}

    def remember(step: str, made_of: Sequence[bytes], make: Callable[[], bytes]) -> bytes:
        key = step, b"".join(made_of)
        if key not in known:
            known[key] = make()
        return known[key]

    rows, summaries = _made(count)
    digests = {summary.id: summary.id.encode() for summary in summaries}
    other = document_of(count // 2)
    other = replace(other, report=other.report.model_copy(update={"name": "另一个项目"}))
    found = []
    for _ in range(2):
        before, held = cpu(), peak()
        files = data_files(rows, summaries, SITE, remember, lambda one: digests[one.id])
        written = _written(files)
        found.append(((cpu() - before) / count * 1000, peak() - held, *written))
        rows[count // 2], summaries[count // 2] = data_rows(other, SITE), summarize(other)
        digests[summaries[count // 2].id] = b"changed"
    return found


def main() -> None:
    """Print the table."""
    say(f"{versions('simplejson')}; {COUNT:,} reports, five years.\n")
    found = {case: alone(measured, case, COUNT) for case in CASES}
    found |= zip((TOGETHER, AGAIN), alone(remembered, COUNT), strict=True)
    rows = [
        [case, f"{milliseconds:.2f}", f"{above:.0f}", f"{largest:.2f}", f"{size:.2f}"]
        for case, (milliseconds, above, largest, size) in found.items()
    ]
    table(("files", "CPU ms a report", "MiB above", "largest piece MB", "together MB"), rows)
