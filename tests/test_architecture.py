"""ARCHITECTURE.md and CONTRIBUTING.md are true: what they draw and name is there."""

from __future__ import annotations

import re
from pkgutil import resolve_name

import pytest

from tests.conftest import ROOT
from tests.support.house import FLOOR, PLAN, redrawn

TEXT = PLAN.read_text(encoding="utf-8")
# `pdf.ways`, `scoring.notation.read_target`: a name that begins with a wing.
NAMED = re.compile(rf"(?<![\w/.])(?:{'|'.join(FLOOR)})(?:\.[A-Za-z_]\w*)+(?![\w/(])")
FILES = re.compile(r"`((?:builder|tests|docs|themes)/[^`*<\s]+)[`\s]")
ROOMS = re.compile(r"^\|[^|]+\| `([^`]+)` \|", re.MULTILINE)


def test_the_drawing_is_that_of_the_table() -> None:
    assert redrawn(TEXT) == TEXT, "python -m tests.support.house draws it anew"


@pytest.mark.parametrize("name", sorted(set(NAMED.findall(TEXT))))
def test_what_is_named_is_there(name: str) -> None:
    assert resolve_name(f"builder.{name}")


def test_files_are_there() -> None:
    changes = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    rooms = ROOMS.findall(changes)
    assert len(rooms) == 13
    named = [*FILES.findall(TEXT), *FILES.findall(changes), *(f"builder/{room}" for room in rooms)]
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_the_way_of_a_figure_is_long() -> None:
    way = TEXT[TEXT.index("## The way of one figure") :].split("```")[1]
    assert len(NAMED.findall(way)) > 20


@pytest.mark.parametrize("name", ["scoring.target.nothing", "scoring.attic", "views.layout.Form"])
def test_what_is_not_there_is_seen(name: str) -> None:
    assert NAMED.fullmatch(name)
    with pytest.raises((AttributeError, ImportError)):
        resolve_name(f"builder.{name}")
