"""Every test file stands with its wing and is run."""

from __future__ import annotations

import subprocess
import sys

from tests.conftest import ROOT
from tests.support.house import FLOOR

TESTS = ROOT / "tests"
# What is no test, or not ours.
ELSEWHERE = {"bench", "editor", "support"}
FILES = [path.relative_to(TESTS) for path in TESTS.rglob("test_*.py")]
OURS = [path for path in FILES if path.parts[0] not in ELSEWHERE]


def test_folders_are_wings() -> None:
    folders = {path.parts[0] for path in OURS if len(path.parts) > 1}
    assert folders <= set(FLOOR)


def test_all_are_collected() -> None:
    """pytest passes over some folders by their names alone, such as `build` and `dist`."""
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider"]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    collected = {line.partition("::")[0] for line in told.splitlines() if "::" in line}
    assert collected == {f"tests/{path.as_posix()}" for path in OURS}
