"""What takes long to make and that nobody changes, made once in a run, whatever worker asks."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable
from pathlib import Path

import pytest


def once(
    factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object], result: str = ""
) -> Path:
    """`result` in the folder `name`, which `make` fills for who asks first, while others wait."""
    base = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:  # the folders of all workers lie side by side
        base = base.parent
    folder = base / name
    with (base / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            making = base / f"{name}-{os.getpid()}"
            making.mkdir()
            make(making)
            making.rename(folder)
    return folder / result
