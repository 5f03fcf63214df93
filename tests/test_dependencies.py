"""What is imported is declared: an environment made from pyproject.toml alone has it all."""

from __future__ import annotations

import ast
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.conftest import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
WANTED = [Requirement(line) for line in PROJECT["dependencies"]]
WANTED_FOR_TESTS = [Requirement(line) for line in PROJECT["optional-dependencies"]["test"]]
OURS = {"builder", "tests"}
COMPARED = {"typst"}  # what the benchmarks set ours beside, where somebody has it
LOADED_BY_RUAMEL = "ruamel-yaml-clib"
# Whose inner workings we rely on: another release may move them.
WORKED_INSIDE = {"cssselect2", "fonttools", "pydyf", "weasyprint"}
SOLD_AS = packages_distributions()


def names(requirements: list[Requirement]) -> set[str]:
    return {canonicalize_name(requirement.name) for requirement in requirements}


def imported(text: str) -> Iterator[tuple[str, set[str]]]:
    """The modules of others that a source imports, and the packages that have them."""
    for node in ast.walk(ast.parse(text)):
        modules: list[str] = []
        if isinstance(node, ast.Import):
            modules = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and not node.level:
            modules = [f"{node.module}"]
        for module in modules:
            head = module.partition(".")[0]
            if head not in sys.stdlib_module_names | OURS:
                yield module, {canonicalize_name(name) for name in (head, *SOLD_AS.get(head, ()))}


def undeclared(text: str, declared: set[str]) -> list[str]:
    return [module for module, packages in imported(text) if not packages & declared]


@pytest.mark.parametrize(
    ("folder", "declared"),
    [
        ("builder", names(WANTED)),
        ("tests", names(WANTED + WANTED_FOR_TESTS) | COMPARED),
        ("themes", names(WANTED + WANTED_FOR_TESTS)),  # only scripts for developers
    ],
)
def test_what_is_imported_is_declared(folder: str, declared: set[str]) -> None:
    paths = sorted((ROOT / folder).rglob("*.py"))
    found = {
        f"{path.relative_to(ROOT)}: {module}"
        for path in paths
        if "node_modules" not in path.parts
        for module in undeclared(path.read_text(encoding="utf-8"), declared)
    }
    assert paths
    assert not found


def test_what_is_not_declared_is_seen() -> None:
    text = "import os, pytest\nfrom builder import cli\ndef f():\n    from pydyf import PDF\n"
    assert undeclared(text, {"pytest"}) == ["pydyf"]
    assert undeclared(text, names(WANTED)) == ["pytest"]
    assert undeclared("import nowhere.to.be.found", names(WANTED))


def test_what_a_build_does_not_import_is_not_asked_for() -> None:
    used = {LOADED_BY_RUAMEL}
    for path in (ROOT / "builder").rglob("*.py"):
        used.update(*(packages for _, packages in imported(path.read_text(encoding="utf-8"))))
    assert names(WANTED) <= used


def test_what_we_work_inside_is_bounded() -> None:
    bounded = {
        requirement.name
        for requirement in WANTED
        if any(part.operator in ("<", "==", "~=") for part in requirement.specifier)
    }
    assert bounded >= WORKED_INSIDE
