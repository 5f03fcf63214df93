"""Places inside WeasyPrint where something of ours stands while a document is printed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

Place = tuple[Any, str, Any]
"""A module or class, the name of something in it, and what takes its place."""


@contextmanager
def taken(places: Sequence[Place]) -> Iterator[None]:
    """Take places while the context lasts."""
    before = [(owner, name, vars(owner)[name]) for owner, name, _ in places]
    try:
        for owner, name, ours in places:
            setattr(owner, name, ours)
        yield
    finally:
        for owner, name, theirs in before:
            setattr(owner, name, theirs)
