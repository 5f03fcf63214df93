"""What there is in a repository, in the words of the content."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class State:
    """One side of a comparison: `name` is what a reader calls it, `id` that of a commit or
    tree, None for the working tree."""

    name: str
    id: str | None


@dataclass(frozen=True, slots=True)
class Blob:
    """One file of a revision: the id and size of its content; a link is not regular."""

    id: str
    size: int
    is_regular: bool


@dataclass(frozen=True, slots=True)
class Step:
    """What one commit did to one file: where it was and is, which content it had and has.

    Paths are relative to the content folder. None where there was or is no file.
    """

    old_path: str | None
    path: str | None
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class Commit:
    """One commit of the main line, with what it changed in the content folder."""

    id: str
    day: date
    author: str
    steps: tuple[Step, ...]


def commit(head: str, steps: Iterable[Step]) -> Commit:
    """One commit of what git says in front of its steps: id, day and author behind `\\x02`."""
    digest, day, author = head.split("\x02", 2)
    return Commit(digest, _day(day), _shown(author), tuple(steps))


def _day(told: str) -> date:
    """The day of a commit; whoever makes one may write any year, even beyond 9999."""
    try:
        return date.fromisoformat(told)
    except ValueError:
        return date.max


def _shown(name: str) -> str:
    """A name without signs that nobody sees, which could turn round what stands beside it."""
    return "".join(sign for sign in name if not unicodedata.category(sign).startswith("C"))
