"""What this machine has for work: the processors and the memory that we may use."""

from __future__ import annotations

import os
import re
from pathlib import Path, PurePosixPath

MIB = 2**20
# A worker that prints holds about 130 MiB, and twice that with a volume's longest forms. The
# main process holds some more, and so does everything else on the machine.
_OF_A_WORKER = 256 * MIB
_OF_THE_REST = 512 * MIB

_ROOT = Path("/")


def processors() -> int:
    """How many processors this process may run on."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def memory() -> int | None:
    """The bytes that can still be taken without swapping; None where the system does not say.

    In a container what its limits leave counts, where that is less (Linux, cgroup v2).
    """
    found = re.search(r"^MemAvailable:\s+(\d+) kB$", _text("proc/meminfo"), re.MULTILINE)
    left = [int(found[1]) * 1024] if found else []
    own = re.search(r"^0::/(.*)$", _text("proc/self/cgroup"), re.MULTILINE)
    group = PurePosixPath("sys/fs/cgroup", own[1] if own else "")
    for folder in (group, *group.parents[:-3]):
        limit, used = _text(folder / "memory.max").strip(), _text(folder / "memory.current")
        if limit.isdigit() and used:
            # Copies of files are given back as soon as somebody asks.
            copies = re.search(
                r"^inactive_file (\d+)$", _text(folder / "memory.stat"), re.MULTILINE
            )
            left.append(max(0, int(limit) - int(used) + (int(copies[1]) if copies else 0)))
    return min(left, default=None)


def jobs() -> int:
    """How many worker processes suit this machine: one for each processor that memory feeds."""
    left = memory()
    if left is None:
        return processors()
    return max(1, min(processors(), (left - _OF_THE_REST) // _OF_A_WORKER))


def _text(path: str | PurePosixPath) -> str:
    """What the system says there; nothing where it has no such file."""
    try:
        return (_ROOT / path).read_text(encoding="ascii", errors="replace")
    except OSError:
        return ""
