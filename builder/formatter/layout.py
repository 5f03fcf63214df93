"""How a YAML file is laid out: its keys and values as they are written, and its comments.

libyaml's events tell where every scalar begins and ends; what lies between is structure and
comments. A comment belongs to what it stands beside, else to what follows it, unless it is
indented deeper: then it closes the collection above.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field

from ruamel.yaml.cyaml import CParser  # type: ignore[attr-defined]
from ruamel.yaml.events import (
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamStartEvent,
)

Position = tuple[int, int]  # line and column, from 0
_END = (1 << 60, 0)


@dataclass(slots=True)
class Scalar:
    """A text: its value, its style ('' plain, ', ", | or >) and its lines as written."""

    value: str
    style: str
    lines: list[str]


@dataclass(slots=True)
class Collection:
    """A mapping or a sequence; `below` are the comments that close it."""

    is_mapping: bool
    is_flow: bool
    column: int
    items: list[Item] = field(default_factory=list)
    below: list[str] = field(default_factory=list)
    end: Position = _END  # of a flow collection


Node = Scalar | Collection


@dataclass(slots=True)
class Item:
    """A member of a collection, with the comments above it ("" for a blank line) and beside it."""

    start: Position
    parents: tuple[Collection, ...]
    key: Scalar | None
    value: Node
    above: list[str] = field(default_factory=list)
    beside: str = ""


@dataclass(frozen=True, slots=True)
class _Comment:
    at: Position
    text: str
    before: str  # what stands before it in its line


def lay_out(text: str) -> Collection | None:
    """The layout of a file that parses, with `\\n` as its only line break.

    None for what is no mapping, or has a key over several lines.
    """
    return _Layout(text).read()


class _Layout:
    def __init__(self, text: str) -> None:
        self._parser = CParser(text)
        self._lines = text.split("\n")
        self._items: list[Item] = []
        self._scalars: list[tuple[Position, Position]] = []
        self._is_odd = False

    def read(self) -> Collection | None:
        event = self._next()
        while isinstance(event, StreamStartEvent | DocumentStartEvent):
            event = self._next()
        if not isinstance(event, MappingStartEvent):
            return None
        root = self._collection(event, ())
        if self._is_odd or not root.items:
            return None
        self._items.sort(key=lambda item: (item.start, len(item.parents)))
        for comment in self._comments():
            self._attach(comment, root)
        return root

    def _next(self) -> Event:
        event: Event = self._parser.get_event()
        return event

    def _node(self, event: Event, parents: tuple[Collection, ...]) -> Node:
        if isinstance(event, ScalarEvent):
            return self._scalar(event)
        return self._collection(event, parents)

    def _collection(self, event: Event, parents: tuple[Collection, ...]) -> Collection:
        is_mapping = isinstance(event, MappingStartEvent)
        assert isinstance(event, MappingStartEvent | SequenceStartEvent)
        found = Collection(is_mapping, bool(event.flow_style), event.start_mark.column)
        parents = (*parents, found)
        while not isinstance(event := self._next(), MappingEndEvent | SequenceEndEvent):
            start, key = _start(event), None
            if is_mapping:
                assert isinstance(event, ScalarEvent), "refused when it was read"
                key = self._scalar(event)
                self._is_odd |= len(key.lines) != 1
                event = self._next()
            item = Item(start, parents, key, self._node(event, parents))
            found.items.append(item)
            self._items.append(item)
        if found.is_flow:
            found.end = (event.end_mark.line, event.end_mark.column)
        return found

    def _scalar(self, event: ScalarEvent) -> Scalar:
        start, end = _start(event), (event.end_mark.line, event.end_mark.column)
        style = event.style or ""
        if style in ("|", ">"):
            # The header may hold a comment; the body is whole lines.
            header = self._lines[start[0]][start[1] :]
            length = len(re.split(r"\s#", header, maxsplit=1)[0])
            self._scalars.append((start, (start[0], start[1] + length)))
            last = end[0] if end[1] == 0 else end[0] + 1
            self._scalars.append(((start[0] + 1, 0), (last, 0)))
            return Scalar(event.value, style, self._lines[start[0] + 1 : last])
        self._scalars.append((start, end))
        lines = self._lines[start[0] : end[0] + 1]
        lines[-1] = lines[-1][: end[1]]
        lines[0] = lines[0][start[1] :]
        return Scalar(event.value, style, lines)

    def _comments(self) -> Iterator[_Comment]:
        """What begins with `#` outside of scalars, in order."""
        starts = [start for start, _ in self._scalars]
        for number, line in enumerate(self._lines):
            for found in re.finditer(r"(?:^|(?<=\s))#", line):
                at = (number, found.start())
                before = bisect_left(starts, (at[0], at[1] + 1)) - 1
                if before < 0 or self._scalars[before][1] <= at:
                    yield _Comment(at, line[at[1] :].rstrip(), line[: at[1]])
                    break

    def _attach(self, comment: _Comment, root: Collection) -> None:
        at = bisect_left(self._items, comment.at, key=lambda item: item.start)
        following = self._items[at] if at < len(self._items) else None
        before = (self._items[i] for i in range(at - 1, -1, -1))
        last = next((item for item in before if _is_open(item, comment.at)), None)
        if last and comment.before.strip(" \t-,"):
            if last.beside:
                last.above.append(last.beside)
            last.beside = comment.text
            return
        home = (
            None if following and comment.before.strip() else _closed_by(comment, last, following)
        )
        if following and home is None:
            following.above += self._with_blanks(comment, following.above)
            if self._is_blank(comment.at[0] + 1):
                following.above.append("")
        else:
            below = (home or root).below
            below += self._with_blanks(comment, below)

    def _with_blanks(self, comment: _Comment, lines: list[str]) -> list[str]:
        is_apart = self._is_blank(comment.at[0] - 1) and lines[-1:] != [""]
        return ["", comment.text] if is_apart else [comment.text]

    def _is_blank(self, line: int) -> bool:
        return 0 <= line < len(self._lines) and not self._lines[line].strip()


def _closed_by(comment: _Comment, last: Item | None, following: Item | None) -> Collection | None:
    """The collection that a comment on a line of its own closes: the innermost of those that
    end here and that it is indented for."""
    column = comment.at[1]
    if following and column <= following.parents[-1].column:
        return None
    around = following.parents if following else ()
    ended = (c for c in reversed(last.parents if last else ()) if all(c is not p for p in around))
    return next((c for c in ended if c.column <= column), None)


def _start(event: Event) -> Position:
    return event.start_mark.line, event.start_mark.column


def _is_open(item: Item, at: Position) -> bool:
    """Whether an item is not inside a flow collection that ended before."""
    return all(parent.end > at for parent in item.parents if parent.is_flow)
