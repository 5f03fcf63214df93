"""Data files: what those of the years cost and those of all, each in a process of its own."""

from __future__ import annotations

from collections.abc import Callable

from builder.content import addresses, summarize
from builder.opendata import DataFile, data_files, data_rows
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


def measured(case: str, count: int) -> tuple[float, float, float, float]:
    """CPU ms a report, MiB above what was held before, the largest piece in MB, all in MB."""
    rows, summaries = [], []
    for document in map(document_of, range(count)):
        rows.append(data_rows(document, SITE))
        summaries.append(summarize(document))
    files = [file for file in data_files(rows, summaries, SITE) if CASES[case](file)]
    before, held = cpu(), peak()
    largest = size = 0
    for file in files:
        for piece in file.make():
            largest, size = max(largest, len(piece)), size + len(piece)
    return (cpu() - before) / count * 1000, peak() - held, largest / 1e6, size / 1e6


def main() -> None:
    """Print the table."""
    say(f"{versions('XlsxWriter', 'simplejson')}; {COUNT:,} reports, five years.\n")
    rows = []
    for case in CASES:
        milliseconds, above, largest, size = alone(measured, case, COUNT)
        rows.append([case, f"{milliseconds:.2f}", f"{above:.0f}", f"{largest:.2f}", f"{size:.2f}"])
    table(("files", "CPU ms a report", "MiB above", "largest piece MB", "together MB"), rows)
