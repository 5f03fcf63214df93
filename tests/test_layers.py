"""The house: arrows only downwards, one door per danger, no clock, no long module."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from tests.conftest import ROOT

# From the ground up; a module may import from floors below its own, a package also from itself.
FLOORS = [
    "addresses contrast diagnostics digits garbage history machine output progress prose target",
    "catalogue model reporters wording",
    "slips",
    "source",
    "decode fonts",
    "pdf profile theme",
    "doctor ruling schema",
    "scoring",
    "document summary",
    "checks content explanation feeds manual search tables views",
    "compendium delimited edition formatter selection spreadsheet starter",
    "matching opendata",
    "changes datapackage linked",
    "metadata problems revisions",
    "review site",
    "arguments render",
    "workers",
    "build serve",
    "cli",
]
FLOOR = {name: floor for floor, names in enumerate(FLOORS) for name in names.split()}
DOORS = {
    "ruamel": {"source", "formatter"},
    "jinja2": {"theme"},
    "weasyprint": {"pdf", "compendium"},
    "subprocess": {"history"},
    "socket": {"serve"},
    "http": {"serve"},
    "time": set[str](),
}
WRITES = {"write_text", "write_bytes", "mkdir", "makedirs", "unlink", "rename", "rmtree", "touch"}
WRITES |= {"symlink_to", "hardlink_to", "rmdir", "removedirs", "copytree", "copyfile"}
CLOCK = {"now", "today", "utcnow"}
LONGEST = 300
# Python before 3.11.5 (Debian 12 has 3.11.2) may match a group wrongly that is never to give back.
POSSESSIVE_GROUP = re.compile(r"(?<!\\)\)(?:[*+?]|\{\d*,?\d*\})\+|\(\?>")


def imported(node: ast.AST) -> list[str]:
    """The modules that a statement imports, by full name."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        inner = [f"{node.module}.{alias.name}" for alias in node.names]
        return inner if node.module == "builder" else [f"{node.module}"]
    return []


def is_writing(call: ast.Call) -> bool:
    name = getattr(call.func, "attr", getattr(call.func, "id", ""))
    values = [*call.args, *(keyword.value for keyword in call.keywords)]
    texts = [node.value for node in values if isinstance(node, ast.Constant)]
    modes = [text for text in texts if isinstance(text, str) and set(text) <= set("rwaxbt+")]
    return name in WRITES or (name == "open" and any(set(mode) & set("wax+") for mode in modes))


def complaints(module: str, text: str) -> Iterator[str]:
    """What a module (`slips`, `checks.money`) does that the house does not allow."""
    own = module.partition(".")[0]
    if own not in FLOOR:
        yield f"{module} lives on no floor"
    if text.count("\n") > LONGEST:
        yield f"{module} is too long"
    for node in ast.walk(ast.parse(text)):
        for name in imported(node):
            head, _, rest = name.partition(".")
            other = rest.partition(".")[0]
            if head == "builder" and other != own and FLOOR.get(other, 99) >= FLOOR.get(own, 0):
                yield f"{module} reaches up to {other}"
            for danger, doors in DOORS.items():
                if f"{name}.".startswith(f"{danger}.") and own not in doors:
                    yield f"{module} is no door to {danger}"
        if isinstance(node, ast.Call) and is_writing(node) and own != "output":
            yield f"{module} writes files"
        if isinstance(node, ast.Attribute) and node.attr in CLOCK:
            yield f"{module} looks at the clock"


def test_house_is_in_order() -> None:
    found: list[str] = []
    for path in sorted((ROOT / "builder").rglob("*.py")):
        parts = path.relative_to(ROOT / "builder").with_suffix("").parts
        module = ".".join(part for part in parts if part != "__init__")
        found += complaints(module, path.read_text(encoding="utf-8")) if module else []
    assert found == []


@pytest.mark.parametrize(
    ("module", "text"),
    [
        ("slips", "from builder import scoring"),
        ("slips", "from builder.source import read"),
        ("checks.money", "def check():\n    import builder.cli"),
        ("attic", ""),
        ("slips", "\n" * 400),
        ("checks", "from ruamel.yaml import YAML"),
        ("source", "import jinja2.sandbox"),
        ("cli", "from weasyprint import HTML"),
        ("cli", "import subprocess"),
        ("cli", "from http.client import HTTPConnection"),
        ("cli", "from time import time"),
        ("cli", "import datetime\nx = datetime.date.today()"),
        ("cli", "x = open('file', 'w')"),
        ("cli", "x = path.open(mode='ab')"),
        ("cli", "path.parent.mkdir(parents=True)"),
        ("cli", "shutil.rmtree(path)"),
    ],
)
def test_disorder_is_seen(module: str, text: str) -> None:
    assert list(complaints(module, text))


@pytest.mark.parametrize(
    ("module", "text"),
    [
        ("checks.money", "from builder.checks import texts\nfrom builder import catalogue"),
        ("source", "from ruamel.yaml.cyaml import CParser"),
        ("pdf.engine", "def make():\n    from weasyprint import HTML"),
        ("output", "path.write_bytes(b'')"),
        ("cli", "x = path.open('rb')\ny = open('file')\nz = os.open(os.devnull, os.O_WRONLY)"),
        ("cli", "import datetime\nfrom urllib.parse import quote\nx = datetime.date(2024, 1, 1)"),
    ],
)
def test_order_is_seen(module: str, text: str) -> None:
    assert not list(complaints(module, text))


def has_possessive_group(text: str) -> bool:
    found = [node.value for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Constant)]
    return any(POSSESSIVE_GROUP.search(value) for value in found if isinstance(value, str))


def test_no_pattern_has_a_possessive_group() -> None:
    for path in sorted((ROOT / "builder").rglob("*.py")):
        assert not has_possessive_group(path.read_text(encoding="utf-8")), path
    for wrong in ("r'(?:a|b)*+'", "rf'{y}(?:a|b){{2,}}+'", "r'(?>a|b)'"):
        assert has_possessive_group(wrong)
    assert not has_possessive_group(r"r'(?:a|b)*[ab]*+\)++'")
