"""The house as a table: which wing stands on which floor, what it hands out, how it looks.

`python -m tests.support.house` draws it anew in ARCHITECTURE.md.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from functools import cache
from itertools import pairwise
from pathlib import Path

from tests.conftest import ROOT

BUILDER = ROOT / "builder"
PLAN = ROOT / "ARCHITECTURE.md"

# From the ground up; a wing may import from floors below its own.
FLOORS = [
    "failures home text",
    "diagnostics output progress",
    "cache source standing",
    "office pdf records",
    "layouts",
    "model",
    "scoring",
    "content",
    "checks formatter opendata starter theme views",
    "compendium export intake review site",
    "pipeline",
    "serve",
    "cli",
]
FLOOR = {name: floor for floor, names in enumerate(FLOORS) for name in names.split()}
WIDTH = 79


@cache
def handed_out(wing: str) -> frozenset[str] | None:
    """The names that a wing has for others; None for a module that stands beside the wings."""
    path = BUILDER / wing / "__init__.py"
    if not path.is_file():
        return None
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "__all__":
            return frozenset(ast.literal_eval(node.value))
    return frozenset()


def modules() -> Mapping[str, Path]:
    """Every module of the builder by its name there (`output`, `scoring.ruling`)."""
    found = {}
    for path in sorted(BUILDER.rglob("*.py")):
        parts = path.relative_to(BUILDER).with_suffix("").parts
        found[".".join(part for part in parts if part != "__init__")] = path
    return found


def drawing() -> str:
    """The floors from the top down, each with its wings side by side."""
    floors = [_rooms(names.split()) for names in reversed(FLOORS)]
    walls = [{0, WIDTH - 1}, *(_walls(floor) for floor in floors), {0, WIDTH - 1}]
    lines = []
    for floor, (above, below) in zip([*floors, None], pairwise(walls), strict=True):
        is_end = above is walls[0] or below is walls[-1]
        lines.append("".join(_joint(i, above, below, is_end=is_end) for i in range(WIDTH)))
        if floor:
            lines.append("│" + "│".join(floor) + "│")
    return "\n".join(lines)


def _rooms(names: list[str]) -> list[str]:
    """The names of one floor, each in the middle of its room."""
    space = WIDTH - 1 - len(names)
    share, rest = divmod(space - sum(map(len, names)), len(names))
    return [
        name.center(len(name) + share + (position < rest)) for position, name in enumerate(names)
    ]


def _walls(floor: list[str]) -> set[int]:
    places, at = {0}, 0
    for room in floor:
        at += len(room) + 1
        places.add(at)
    return places


def _joint(place: int, above: set[int], below: set[int], *, is_end: bool) -> str:
    """One sign of the ceiling between two floors."""
    if place in (0, WIDTH - 1):
        corners = {True: "┌┐└┘", False: "├┤├┤"}[is_end]
        is_roof = above == {0, WIDTH - 1} and is_end
        return corners[(place > 0) + 2 * (not is_roof)]
    return "─┴┬┼"[(place in above) + 2 * (place in below)]


def redrawn(text: str) -> str:
    """A text whose first block of code is the drawing."""
    before, _, rest = text.partition("```\n┌")
    _, _, after = rest.partition("┘\n```\n")
    return f"{before}```\n{drawing()}\n```\n{after}"


if __name__ == "__main__":
    PLAN.write_text(redrawn(PLAN.read_text(encoding="utf-8")), encoding="utf-8")
