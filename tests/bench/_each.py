"""Run in a tree of the builder, today's or an older one: what a page and a PDF cost there.

`python _each.py CONTENT FIRST COUNT` prints as JSON, a report: CPU and wall milliseconds, and calls
of functions, which no work beside it changes; for all that a report becomes but its PDF, and with
it. Uses only what both trees have.
"""

from __future__ import annotations

import cProfile
import json
import pstats
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import builder
from builder import content, pipeline
from builder.diagnostics import Diagnostics
from builder.pipeline import Task
from builder.theme import open_theme

WARM_UP, COUNTED = 3, 8


def cpu() -> float:
    """CPU seconds of this process."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Measure one after the other, each when it is warm."""
    assert Path(builder.__file__).is_relative_to(Path.cwd()), builder.__file__
    folder, first, count = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    settings = content.settings(folder, Diagnostics())
    entries = content.entries(folder, (), Diagnostics())[first : first + count]
    tasks = [Task(entry, content.read(entry, Diagnostics()), ()) for entry in entries]
    found = {}
    for name, pdf in (("page", False), ("pdf", True)):
        make = _maker(settings, folder, pdf=pdf)
        for task in tasks[:WARM_UP]:
            make(task)
        started, before = time.perf_counter(), cpu()
        made = [found for task in tasks for found in make(task)]
        used = cpu() - before, time.perf_counter() - started
        assert all(one.artifacts and not one.found for one in made), [one.found for one in made]
        found[name] = [seconds / len(tasks) * 1000 for seconds in used]
        with cProfile.Profile() as profile:
            for task in tasks[:COUNTED]:
                make(task)
        calls = pstats.Stats(profile).total_calls  # type: ignore[attr-defined]
        found[name].append(calls / COUNTED)
        pages = sum(one.leaves["自评"].pages for one in made if getattr(one, "leaves", None))
    sys.stdout.write(json.dumps({**found, "pages": pages / len(tasks)}))


def _maker(settings: content.Settings, folder: Path, *, pdf: bool) -> Callable[[Any], list[Any]]:
    """What makes the page of a report and, with `pdf`, its PDF: in older trees both at once."""
    if not hasattr(pipeline, "Printing"):
        both: Any = pipeline.Renderer
        old = both(settings, folder / "themes", "official", pdf=pdf)
        return lambda task: [old.render(task)]
    theme = open_theme("official", None, Diagnostics())
    assert theme
    renderer = pipeline.Renderer(settings, theme, pdf=pdf)
    printing = pipeline.Printing(settings, theme) if pdf else None
    return lambda task: [renderer.render(task), *([printing.print(task)] if printing else [])]


main()
