"""The house: arrows only downwards, wings by their doors, one door per danger, no long module."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from tests.support.house import FLOOR, handed_out, modules

DOORS = {
    "ruamel": {"source", "formatter"},
    "jinja2": {"theme"},
    "weasyprint": {"pdf"},
    "pikepdf": {"office"},
    "zipfile": {"office", "export"},
    "subprocess": {"review.history"},
    "socket": {"serve"},
    "http": {"serve"},
    "time": set[str](),
}
# Archives are also known by what they begin with: read or written without the library.
ARCHIVE, ARCHIVISTS = b"PK", {"office", "content.kinds", "opendata.archive"}
# Inner modules that another wing may import all the same, each with its reason.
EXCEPTIONS: set[tuple[str, str]] = set()
WRITES = {"write_text", "write_bytes", "mkdir", "makedirs", "unlink", "rename", "rmtree", "touch"}
WRITES |= {"symlink_to", "hardlink_to", "rmdir", "removedirs", "copytree", "copyfile"}
CLOCK = {"now", "today", "utcnow"}
LONGEST = 300
# Python before 3.11.5 (Debian 12 has 3.11.2) may match a group wrongly that is never to give back.
POSSESSIVE_GROUP = re.compile(r"(?<!\\)\)(?:[*+?]|\{\d*,?\d*\})\+|\(\?>")


def imported(node: ast.AST) -> Iterator[tuple[str, list[str]]]:
    """The modules that a statement imports, by full name, each with the names taken from it."""
    if isinstance(node, ast.Import):
        yield from ((alias.name, []) for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        names = [alias.name for alias in node.names]
        if node.module == "builder":
            yield from ((f"builder.{name}", []) for name in names)
        else:
            yield f"{node.module}", names


def whole_wings(tree: ast.Module) -> dict[str, str]:
    """Wings that a module imports as such, by the names that it calls them."""
    return {
        alias.asname or alias.name: alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "builder"
        for alias in node.names
    }


def is_writing(call: ast.Call) -> bool:
    name = getattr(call.func, "attr", getattr(call.func, "id", ""))
    values = [*call.args, *(keyword.value for keyword in call.keywords)]
    texts = [node.value for node in values if isinstance(node, ast.Constant)]
    modes = [text for text in texts if isinstance(text, str) and set(text) <= set("rwaxbt+")]
    return name in WRITES or (name == "open" and any(set(mode) & set("wax+") for mode in modes))


def is_below(module: str, package: str) -> bool:
    return f"{module}.".startswith(f"{package}.")


def misplaced(module: str, name: str, taken: list[str]) -> Iterator[str]:
    """What is wrong with the import of a module of ours."""
    own, other = module.partition(".")[0], name.split(".")[1]
    if other == own:
        return
    if FLOOR.get(other, 99) >= FLOOR.get(own, 0):
        yield f"{module} reaches up to {other}"
    if name.count(".") > 1 and (module, name.removeprefix("builder.")) not in EXCEPTIONS:
        yield f"{module} looks into {name}"
    handed = handed_out(other)
    if name.count(".") == 1 and handed is not None:
        yield from (f"{module} wants {other}.{one}" for one in taken if one not in handed)


def risky(module: str, node: ast.AST) -> Iterator[str]:
    """Which danger a statement of a module opens without being the door to it."""
    for name, _ in imported(node):
        for danger, doors in DOORS.items():
            if is_below(name, danger) and not any(is_below(module, door) for door in doors):
                yield f"{module} is no door to {danger}"
    if isinstance(node, ast.Constant) and isinstance(node.value, bytes):
        is_archive = node.value.startswith(ARCHIVE)
        if is_archive and not any(is_below(module, door) for door in ARCHIVISTS):
            yield f"{module} is no door to archives"
    if isinstance(node, ast.Call) and is_writing(node) and not is_below(module, "output"):
        yield f"{module} writes files"
    if isinstance(node, ast.Attribute) and node.attr in CLOCK:
        yield f"{module} looks at the clock"


def complaints(module: str, text: str) -> Iterator[str]:
    """What a module (`output`, `checks.money`) does that the house does not allow."""
    tree = ast.parse(text)
    wings = whole_wings(tree)
    if module.partition(".")[0] not in FLOOR:
        yield f"{module} lives on no floor"
    if text.count("\n") > LONGEST:
        yield f"{module} is too long"
    for node in ast.walk(tree):
        yield from risky(module, node)
        for name, taken in imported(node):
            if is_below(name, "builder"):
                yield from misplaced(module, name, taken)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            wing = wings.get(node.value.id)
            yield from misplaced(module, f"builder.{wing}", [node.attr]) if wing else ()


def test_house_is_in_order() -> None:
    found: list[str] = []
    for module, path in modules().items():
        found += complaints(module, path.read_text(encoding="utf-8")) if module else []
    assert found == []


def test_a_wing_opens_with_what_it_is_for_and_what_it_hands_out() -> None:
    for wing in FLOOR:
        if handed_out(wing) is not None:
            tree = ast.parse(modules()[wing].read_text(encoding="utf-8"))
            assert ast.get_docstring(tree), wing
            code = [node for node in tree.body[1:] if not isinstance(node, ast.ImportFrom)]
            assert len(code) == bool(handed_out(wing)), wing


@pytest.mark.parametrize(
    ("module", "text"),
    [
        ("source.slips", "from builder import scoring"),
        ("source.slips", "from builder.records import decode"),
        ("checks.money", "def check():\n    import builder.cli"),
        ("views.form", "from builder.theme import open_theme"),
        ("attic.chest", ""),
        ("attic", ""),
        ("checks.money", "from builder.scoring.ruling import HUNDRED"),
        ("checks.money", "from builder.scoring import Ruling"),
        ("checks.money", "from builder import content\nx = content.BACK"),
        ("checks.money", "from builder import content as c\nx = c.folder.YEAR"),
        ("checks.money", "import builder.scoring.ruling"),
        ("source.slips", "\n" * 400),
        ("checks.money", "from ruamel.yaml import YAML"),
        ("source.composer", "import jinja2.sandbox"),
        ("compendium.binder", "from weasyprint import HTML"),
        ("opendata.archive", "from zipfile import ZipFile"),
        ("opendata.workbook", r"x = b'PK\x03\x04'"),
        ("cli.main", "import subprocess"),
        ("review.edition", "import subprocess"),
        ("cli.main", "from http.client import HTTPConnection"),
        ("cli.main", "from time import time"),
        ("cli.main", "import datetime\nx = datetime.date.today()"),
        ("cli.main", "x = open('file', 'w')"),
        ("cli.main", "x = path.open(mode='ab')"),
        ("cli.main", "path.parent.mkdir(parents=True)"),
        ("cli.main", "shutil.rmtree(path)"),
    ],
)
def test_disorder_is_seen(module: str, text: str) -> None:
    assert list(complaints(module, text))


@pytest.mark.parametrize(
    ("module", "text"),
    [
        ("checks.money", "from builder.checks import texts\nfrom builder.diagnostics import Span"),
        ("checks.money", "from builder import content\nx = content.YEAR"),
        ("scoring.scorecard", "from builder.scoring.ruling import within"),
        ("source.composer", "from ruamel.yaml.cyaml import CParser"),
        ("pdf.engine", "def make():\n    from weasyprint import HTML"),
        ("review.history.git", "import subprocess"),
        ("opendata.archive", r"x = b'PK\x03\x04'"),
        ("output", "path.write_bytes(b'')"),
        ("cli.main", "x = path.open('rb')\ny = open('file')\nz = os.open(os.devnull, os.O_WRONLY)"),
        (
            "cli.main",
            "import datetime\nfrom urllib.parse import quote\nx = datetime.date(24, 1, 1)",
        ),
    ],
)
def test_order_is_seen(module: str, text: str) -> None:
    assert not list(complaints(module, text))


def has_possessive_group(text: str) -> bool:
    found = [node.value for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Constant)]
    return any(POSSESSIVE_GROUP.search(value) for value in found if isinstance(value, str))


def test_no_pattern_has_a_possessive_group() -> None:
    for path in modules().values():
        assert not has_possessive_group(path.read_text(encoding="utf-8")), path
    for wrong in ("r'(?:a|b)*+'", "rf'{y}(?:a|b){{2,}}+'", "r'(?>a|b)'"):
        assert has_possessive_group(wrong)
    assert not has_possessive_group(r"r'(?:a|b)*[ab]*+\)++'")
