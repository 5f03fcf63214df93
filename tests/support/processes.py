"""The processes that a build starts, as Linux tells of them."""

from __future__ import annotations

from pathlib import Path


def workers_of(parent: int) -> set[int]:
    """The workers that a process has started."""
    found = set()
    for path in Path("/proc").glob("[0-9]*"):
        fields, command = _read(path / "stat").rpartition(")")[2].split(), _read(path / "cmdline")
        if fields and int(fields[1]) == parent and "spawn_main" in command:
            found.add(int(path.name))
    return found


def is_alive(process: int) -> bool:
    """Whether a process still runs."""
    fields = _read(Path(f"/proc/{process}/stat")).rpartition(")")[2].split()
    return bool(fields) and fields[0] != "Z"


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
