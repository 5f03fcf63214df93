"""Builds of many reports: from nothing, after one change, after none; what they cost in all."""

from __future__ import annotations

import re
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread

from tests.bench._measure import say, table, versions
from tests.support.corpus import write_corpus

COUNTS = (100, 1_000, 10_000)
EVERY = 0.3  # seconds between two looks at the memory


@dataclass(frozen=True, slots=True)
class Cost:
    """CPU and wall seconds of a build with its workers, the MiB of all processes at their most,
    and what it said at its end."""

    cpu: float
    wall: float
    memory: float
    told: str


def main() -> None:
    """Measure every size: with one and two workers from nothing, then what a change costs."""
    say(f"{versions('pydantic', 'jinja2')}; one run each.\n")
    for count in COUNTS:
        with TemporaryDirectory(prefix="jixiao-bench-") as folder:
            rows = [
                (name, f"{cost.cpu:.2f}", f"{cost.cpu / count * 1000:.2f}", f"{cost.wall:.1f}",
                 f"{cost.memory:.0f}")
                for name, cost in _costs(Path(folder), count)
            ]  # fmt: skip
        head = (f"{count:,} reports, no PDFs", "CPU s", "ms a report", "wall s", "MiB at most")
        table(head, rows)


def _costs(folder: Path, count: int) -> Iterator[tuple[str, Cost]]:
    content = folder / "content"
    write_corpus(content, count)
    yield "from nothing, 1 worker", _built(folder, "--cache", f"{folder / 'other'}", "--jobs", "1")
    yield "from nothing, 2 workers", _built(folder)
    yield "nothing changed", _built(folder)
    (path, *_) = sorted(content.glob("20??/*.yaml"))
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"(?m)^(项目名称: .*)$", r"\1二", text), encoding="utf-8")
    yield "one name changed", _built(folder)
    path.write_text(f"{text}# a comment\n", encoding="utf-8")
    yield "one comment more, the name back", _built(folder)


def _built(folder: Path, *options: str) -> Cost:
    places = ["--content", f"{folder / 'content'}", "--output", f"{folder / 'output'}"]
    build = ["build", "--no-pdf", *places, *options]
    program = "import sys; from builder.cli.main import main; sys.exit(main(sys.argv[1:]))"
    command = [sys.executable, "-c", program, *build]
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    with subprocess.Popen(command, stderr=subprocess.PIPE, encoding="utf-8") as process:
        seen, ended = [0.0], Event()
        looking = Thread(target=_look, args=(process.pid, seen, ended))
        looking.start()
        _, told = process.communicate()
        ended.set()
        looking.join()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert process.returncode == 0, told
    used = (after.ru_utime - before.ru_utime) + (after.ru_stime - before.ru_stime)
    return Cost(used, time.perf_counter() - started, max(seen), told.splitlines()[-1])


def _look(process: int, seen: list[float], ended: Event) -> None:
    """Note what all processes of a build hold together, shared pages once, until it has ended."""
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
