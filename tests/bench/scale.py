"""Builds of many reports: from nothing, after one change, after none; what they cost in all,
and what rivals take for as many pages and their search."""

from __future__ import annotations

import re
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from subprocess import DEVNULL, PIPE
from tempfile import TemporaryDirectory
from threading import Event, Thread

from tests.bench import _hugo
from tests.bench._measure import say, versions
from tests.support.corpus import write_corpus

COUNTS, MOST = (100, 1_000, 10_000), 30_000  # of the most one build, and none
HEADINGS = ("CPU s", "ms a report", "wall s", "MiB at most", "÷ both rivals")
WIDTHS = (31, *map(len, HEADINGS))
EVERY = 0.3  # seconds between two looks at the memory


@dataclass(frozen=True, slots=True)
class Cost:
    """CPU and wall seconds of a command with all its processes, and their MiB at their most."""

    cpu: float
    wall: float
    memory: float


def main() -> None:
    """Measure every size: rivals, then ours with one and two workers, then what a change costs."""
    lacking = _hugo.lacking()
    rivals = f"Hugo and Pagefind are not measured: {lacking}" if lacking else _hugo.versions()
    say(f"{versions('pydantic', 'jinja2')}; one run each. {rivals}.\n")
    for count in (*COUNTS, MOST):
        with TemporaryDirectory(prefix="jixiao-bench-") as folder:
            _measure(Path(folder), count, beside=not lacking and count != MOST)


def _measure(folder: Path, count: int, *, beside: bool) -> None:
    """One size, beside the rivals or not; each line is told when it is known."""
    write_corpus(folder / "content", count)
    time.sleep(1)  # no build stands that begins in the moment in which its content was written
    say(_line(f"{count:,} reports, no PDFs", *HEADINGS))
    say(_line(*("-" * width for width in WIDTHS)))
    rivals = 0.0
    site = folder / "hugo"
    if beside:
        _hugo.write(folder / "content", site)
        for name, command in _hugo.commands(site).items():
            cost = _ran(command)
            rivals += cost.cpu
            say(_line(name, *_figures(cost, count), ""))
    for name, cost in _most(folder) if count == MOST else _costs(folder):
        times = f"{cost.cpu / rivals:.2f}" if rivals else ""
        say(_line(name, *_figures(cost, count), times))
    say(f"\n{_hugo.compared(folder / 'output', site)}\n" if beside else "")


def _line(*cells: str) -> str:
    texts = (cell.ljust(width) for cell, width in zip(cells, WIDTHS, strict=True))
    return f"| {' | '.join(texts)} |"


def _figures(cost: Cost, count: int) -> tuple[str, ...]:
    each = cost.cpu / count * 1000
    return f"{cost.cpu:.2f}", f"{each:.2f}", f"{cost.wall:.1f}", f"{cost.memory:.0f}"


def _costs(folder: Path) -> Iterator[tuple[str, Cost]]:
    other = folder / "other"  # where the site of before cannot be found to stand
    places = "--output", f"{other / 'output'}", "--cache", f"{other / 'cache'}"
    yield "from nothing, 1 worker", _built(folder, *places, "--jobs", "1")
    yield from _most(folder)
    (path, *_) = sorted(folder.glob("content/20??/*.yaml"))
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"(?m)^(项目名称: .*)$", r"\1二", text), encoding="utf-8")
    yield "one name changed", _built(folder)
    path.write_text(f"{text}# a comment\n", encoding="utf-8")
    yield "one comment more, the name back", _built(folder)


def _most(folder: Path) -> Iterator[tuple[str, Cost]]:
    yield "from nothing, 2 workers", _built(folder)
    yield "nothing changed", _built(folder)


def _built(folder: Path, *options: str) -> Cost:
    places = ["--content", f"{folder / 'content'}", "--output", f"{folder / 'output'}"]
    build = ["build", "--no-pdf", *places, *options]
    program = "import sys; from builder.cli.main import main; sys.exit(main(sys.argv[1:]))"
    return _ran([sys.executable, "-c", program, *build])


def _ran(command: list[str]) -> Cost:
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    with subprocess.Popen(command, stdout=DEVNULL, stderr=PIPE, encoding="utf-8") as process:
        seen, ended = [0.0], Event()
        looking = Thread(target=_look, args=(process.pid, seen, ended))
        looking.start()
        _, told = process.communicate()
        ended.set()
        looking.join()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert process.returncode == 0, told
    used = (after.ru_utime - before.ru_utime) + (after.ru_stime - before.ru_stime)
    return Cost(used, time.perf_counter() - started, max(seen))


def _look(process: int, seen: list[float], ended: Event) -> None:
    """Note what all processes of a command hold together, shared pages once, until it has ended."""
    while not ended.wait(EVERY):
        seen.append(sum(map(_held, _family(process))) / 1024)


def _family(process: int) -> Iterator[int]:
    yield process
    try:
        children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except OSError:
        return
    for child in children:
        yield from _family(int(child))


def _held(process: int) -> int:
    """KiB of a process, what it shares divided by those who share it."""
    try:
        text = Path(f"/proc/{process}/smaps_rollup").read_text()
    except OSError:  # gone meanwhile
        return 0
    found = re.search(r"^Pss:\s+(\d+) kB$", text, re.MULTILINE)
    return int(found[1]) if found else 0
