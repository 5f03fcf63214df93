"""How many processes suit a machine, by its processors and by the memory that is left to us."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from builder.pipeline import machine

GIB = 2**30
FREE = {"proc/meminfo": f"MemTotal: 99 kB\nMemAvailable:   {8 * GIB // 1024} kB\n"}
GROUP = FREE | {"proc/self/cgroup": "0::/jobs/build\n"}
INNER, OUTER = "sys/fs/cgroup/jobs/build/", "sys/fs/cgroup/jobs/"


@pytest.mark.parametrize(("files", "left"), [
    ({}, None),
    (FREE, 8 * GIB),
    (GROUP, 8 * GIB),
    (GROUP | {f"{INNER}memory.max": "max\n", f"{INNER}memory.current": "5\n"}, 8 * GIB),
    (GROUP | {f"{INNER}memory.max": f"{2 * GIB}\n", f"{INNER}memory.current": f"{GIB}\n"}, GIB),
    (GROUP | {f"{OUTER}memory.max": f"{GIB}\n", f"{OUTER}memory.current": "0\n"}, GIB),
    (GROUP | {f"{INNER}memory.max": f"{GIB}\n", f"{INNER}memory.current": f"{GIB}\n",
              f"{INNER}memory.stat": f"anon 1\ninactive_file {GIB // 2}\n"}, GIB // 2),
    (FREE | {"sys/fs/cgroup/memory.max": f"{GIB}\n", "sys/fs/cgroup/memory.current": "0\n"}, GIB),
])  # fmt: skip
def test_memory_that_is_left(
    files: Mapping[str, str], left: int | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="ascii")
    monkeypatch.setattr(machine, "_ROOT", tmp_path)
    assert machine.memory() == left


@pytest.mark.parametrize(
    ("processors", "left", "jobs"),
    [(8, None, 8), (8, 64 * GIB, 8), (8, 2 * GIB, 6), (8, GIB, 2), (8, 0, 1), (1, 64 * GIB, 1)],
)
def test_processes_that_suit(
    processors: int, left: int | None, jobs: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(machine, "processors", lambda: processors)
    monkeypatch.setattr(machine, "memory", lambda: left)
    assert machine.jobs() == jobs
