"""How measurements are taken and shown: in a process of their own, as Markdown tables."""

from __future__ import annotations

import multiprocessing
import platform
import resource
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from importlib.metadata import version
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


def alone(work: Callable[P, T], *arguments: P.args, **options: P.kwargs) -> T:
    """Done in a process of its own, whose memory is that of this work."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(work, *arguments, **options).result()


def cpu() -> float:
    """CPU seconds of this process and of those it has waited for."""
    own, others = (
        resource.getrusage(resource.RUSAGE_SELF),
        resource.getrusage(resource.RUSAGE_CHILDREN),
    )
    return own.ru_utime + own.ru_stime + others.ru_utime + others.ru_stime


def peak() -> float:
    """The peak memory of this process in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def python(program: str, *arguments: str) -> tuple[float, float, int]:
    """CPU seconds and peak MiB of a program of Python from its start to its end, and its exit code.

    To be done `alone`: the program's memory counts from what the process has that starts it.
    """
    command = [sys.executable, "-c", program, *arguments]
    code = subprocess.run(command, check=False, capture_output=True).returncode
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, code


def say(text: str) -> None:
    """One line of the report."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A Markdown table, to be read on a terminal and pasted into docs/benchmarks.md."""
    texts = [list(headings), *([f"{cell}" for cell in row] for row in rows)]
    widths = [max(len(row[i]) for row in texts) for i in range(len(headings))]
    lines = [
        " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        for row in texts
    ]
    lines.insert(1, " | ".join("-" * width for width in widths))
    for line in lines:
        say(f"| {line} |")
    say("")


def versions(*packages: str) -> str:
    """What was measured with: Python and these packages, by version."""
    named = (f"{package} {version(package)}" for package in packages)
    return ", ".join([f"Python {platform.python_version()}", *named])
