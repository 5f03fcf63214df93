"""Every test file stands with its wing and is run."""

from __future__ import annotations

from fnmatch import fnmatch

import pytest

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


def test_all_are_collected(pytestconfig: pytest.Config) -> None:
    """pytest passes over some folders by their names alone, such as `build` and `dist`."""
    closed, files = (pytestconfig.getini(name) for name in ("norecursedirs", "python_files"))
    assert fnmatch("build", closed[closed.index("build")])
    for path in OURS:
        assert any(fnmatch(path.name, pattern) for pattern in files), path
        for folder in ("tests", *path.parts[:-1]):
            assert not any(fnmatch(folder, pattern) for pattern in closed), path
