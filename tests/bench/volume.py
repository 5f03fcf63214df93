"""Binding: CPU, peak memory and size of volumes of so many forms; one document of typst beside.

The rendering of the forms is not included: some are rendered once and bound again and again,
each copy with a name of its own. typst is no dependency: `pip install typst` to see its rows.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

import simplejson

from builder import content
from builder.compendium import Form, Press, bind, books
from builder.content import summarize
from builder.diagnostics import Diagnostics
from builder.opendata import record, to_json
from builder.pipeline import Printing, Task
from builder.pipeline.printing import theme_faces
from builder.theme import open_theme
from tests.bench._measure import alone, peak, say, table, versions
from tests.bench._typst import typeset
from tests.support.volumes import write_content

RENDERED = 60
COUNTS = (100, 1_000, 5_000)
RUNS = 3
"""Of which the median CPU time is shown; one where there are thousands of forms."""


def rendered(folder: Path) -> tuple[list[Form], list[Any]]:
    """The forms of a content folder, printed, and what their report.json says."""
    diagnostics = Diagnostics()
    settings = content.settings(folder, diagnostics)
    theme = open_theme("official", None, diagnostics)
    assert theme
    printing = Printing(settings, theme)
    forms, reports = [], []
    for entry in content.entries(folder, (), diagnostics):
        source = content.read(entry, diagnostics)
        document = content.understand(source, entry, settings, diagnostics)
        assert document
        if document.report.is_public:
            summary = summarize(document)
            found = printing.print(Task(entry, source, ()))
            assert found.leaves
            forms.append(
                Form(summary, found.leaves["自评"].pages, _given(found.leaves["自评"].sheaf))
            )
            data = to_json(record(document))
            reports.append(simplejson.loads(data, use_decimal=True))
    return forms, reports


def _given(sheaf: bytes) -> Callable[[], bytes]:
    return lambda: sheaf


def many(forms: list[Form], count: int) -> list[Form]:
    """So many forms with names and stems of their own; one department for every forty."""
    departments = max(4, count // 40)
    return [
        Form(
            replace(
                form.summary,
                stem=f"{form.summary.stem}-{number}",
                name=f"{form.summary.name}（{number}）",
                department=f"第{number * 7 % departments + 1}主管部门",
            ),
            form.pages,
            # Bytes of its own, as every form may have: memory must be that of so many.
            _given(bytes(bytearray(form.sheaf()))),
        )
        for number, form in ((n, forms[n % len(forms)]) for n in range(count))
    ]


def bound(forms: list[Form], count: int, folder: Path, *, tagged: bool) -> dict[str, float]:
    """Bind so many forms; what it took, from loading what binding needs on."""
    diagnostics = Diagnostics()
    settings = content.settings(folder, diagnostics)
    theme = open_theme("official", None, diagnostics)
    assert theme
    parts = many(forms, count)
    started, size, pages = time.process_time(), 0, 0
    press = Press(settings, theme, theme_faces(theme), diagnostics)

    def sink(data: bytes) -> None:
        nonlocal size
        size += len(data)

    for book in books(parts, press, {}):
        pages += bind(book, 0, sink, tagged=tagged).pages
    return {
        "pages": pages,
        "cpu": time.process_time() - started,
        "rss": peak(),
        "size": size / 1e6,
    }


def main() -> None:
    """Print a table."""
    rows = []
    with TemporaryDirectory() as scratch:
        folder = Path(scratch, "content")
        write_content(folder, RENDERED)
        forms, reports = alone(rendered, folder)
        for name, tagged in (("tagged", True), ("untagged", False)):
            for count in COUNTS:
                runs = [alone(bound, forms, count, folder, tagged=tagged) for _ in _runs(count)]
                rows.append(_row(name, count, runs))
    packages = ["weasyprint", "fonttools"]
    if find_spec("typst"):
        packages.append("typst")
        for name, tagged in (("typst, tagged", True), ("typst, untagged", False)):
            rows += [
                _row(name, count, [alone(typeset, reports, count, tagged=tagged)])
                for count in COUNTS[:2]
            ]
    else:
        say("typst is not installed (pip install typst)")
    say(f"{versions(*packages)}; CPU is the median of {RUNS} runs, of one for 5,000 and typst")
    headings = ("volume", "forms", "pages", "CPU s", "ms/form", "peak MiB", "MB", "KB/form")
    table(headings, rows)


def _runs(count: int) -> range:
    return range(RUNS if count <= COUNTS[1] else 1)


def _row(name: str, count: int, runs: Sequence[Mapping[str, float]]) -> tuple[object, ...]:
    """What was measured, as a row of the table."""
    cpu, first = median(run["cpu"] for run in runs), runs[0]
    return (
        name, f"{count:,d}", f"{first['pages']:,.0f}", f"{cpu:.2f}", f"{cpu * 1000 / count:.2f}",
        f"{first['rss']:,.0f}", f"{first['size']:.1f}", f"{first['size'] * 1000 / count:.1f}",
    )  # fmt: skip


if __name__ == "__main__":
    main()
