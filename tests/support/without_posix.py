"""A run of `jixiao` without what Windows has not.

    python -X warn_default_encoding tests/support/without_posix.py VERB …

What is missing here is missing in the workers, too: they are started with this file as their
main module.
"""

from __future__ import annotations

import ctypes
import os
import subprocess  # it takes a module named msvcrt for a sign of Windows
import sys
import warnings
from types import ModuleType

assert subprocess
MODULES = ("fcntl", "grp", "pwd", "resource", "termios")
FUNCTIONS = (
    "chown", "fchmod", "fork", "forkpty", "getuid", "register_at_fork",
    "sched_getaffinity", "sync", "sysconf",
)  # fmt: skip


def take_away() -> None:
    """Leave this process with what Windows has, as far as that can be seen from Python."""
    for name in MODULES:
        sys.modules[name] = None  # type: ignore[assignment]  # its import fails now
    lock, try_ = os.lockf, os.F_TLOCK
    for name in FUNCTIONS:
        vars(os).pop(name, None)
    own = ModuleType("msvcrt")
    vars(own).update(LK_NBLCK=2, locking=lambda file, _mode, size: lock(file, try_, size))
    sys.modules["msvcrt"] = own
    # What is read and written there without naming an encoding is in that of the region.
    warnings.filterwarnings("error", category=EncodingWarning, module=r"builder\b")
    vars(ctypes)["CDLL"] = _no_library


def _no_library(name: str | None) -> ctypes.CDLL:
    raise TypeError(f"bad argument {name!r}")


take_away()

from builder.cli.main import main  # noqa: E402
from builder.pipeline import workers  # noqa: E402

workers.WORTH = 2  # so that a handful of reports is given to workers, too

if __name__ == "__main__":
    sys.exit(main())
