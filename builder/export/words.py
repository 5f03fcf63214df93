"""The text of a cell as paragraphs of an office program: the little Markup that views make."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from math import ceil
from typing import NamedTuple

from markupsafe import Markup

from builder.text import width

# What XML cannot carry, and a mark of the page for where a figure may be broken.
_NOT_FOR_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_BREAK_HERE = "\u200b"
_UNIT = re.compile(r"([^\n]+?)\s*([(（][^()（）\n]+[)）])")


class Run(NamedTuple):
    """A piece of text; a whole one is not to be divided where a line ends."""

    text: str
    is_bold: bool = False
    is_whole: bool = False


@dataclass(slots=True)
class Paragraph:
    """Runs, in which a line feed is a line break; an item of a list begins with its mark."""

    runs: list[Run] = field(default_factory=list)
    is_item: bool = False

    @property
    def text(self) -> str:
        """What stands in it, without its looks."""
        return "".join(run.text for run in self.runs)


def paragraphs(text: str) -> list[Paragraph]:
    """The paragraphs of a cell: at least one, which may be empty."""
    if not isinstance(text, Markup):
        lines = "\n".join(printable(text).splitlines())
        return [Paragraph([Run(lines)] if lines else [])]
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return reader.found or [Paragraph()]


def printable(text: str) -> str:
    """A text without what no office file can hold."""
    return _NOT_FOR_XML.sub("", text.replace(_BREAK_HERE, ""))


def folded(runs: Sequence[Run], room: int) -> list[Run]:
    """A label in a column with room for so many half-width characters: broken in front of a word
    that would be divided at the end of a line, as an office breaks it by hand."""
    found: list[Run] = []
    left = room
    for run in runs:
        length = width(run.text)
        if run.is_whole and left < length <= room:
            if found and left < room:
                found.append(Run("\n"))
            left = room
        left = (left - length) if length <= left else room - (length - left) % room
        found.append(run)
    return found


def before_unit(runs: list[Run], room: int) -> list[Run]:
    """A figure with its unit on a line of its own, where both have no room on one: never `(%` and
    `)`."""
    match runs:
        case [Run(text)] if width(text) > room and (found := _UNIT.fullmatch(text)):
            figure, unit = found.groups()
            return [Run(f"{figure}\n{unit}")] if width(figure) <= room else runs
    return runs


class _Reader(HTMLParser):
    """Reads `p`, `ol`, `ul`, `li`, `br`, `strong` and the spans of whole words."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Paragraph] = []
        self._marks: list[int] = []  # the next number of each list that is open; 0: no numbers
        self._item = ""
        self._is_open = self._is_bold = self._is_whole = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        match tag:
            case "p":
                self._is_open = False
            case "ol":
                self._marks.append(int(dict(attrs).get("start") or 1))
            case "ul":
                self._marks.append(0)
            case "li":
                self._item = self._mark()
                self._is_open = False
            case "br":
                self._add("\n")
            case "strong":
                self._is_bold = True
            case "span":
                self._is_whole = True

    def handle_endtag(self, tag: str) -> None:
        match tag:
            case "p" | "li":
                self._is_open = False
                self._item = self._item if tag == "p" else ""
            case "ol" | "ul":
                self._marks.pop()
                self._is_open = False
            case "strong":
                self._is_bold = False
            case "span":
                self._is_whole = False

    def handle_data(self, data: str) -> None:
        text = printable(data)
        # Line feeds are those of the markup; a wanted one is a `br`.
        if text := text.strip("\n") if not self._is_open else text.replace("\n", ""):
            self._add(text)

    def _mark(self) -> str:
        number = self._marks[-1]
        if not number:
            return "- "
        self._marks[-1] += 1
        return f"{number}. "

    def _add(self, text: str) -> None:
        if not self._is_open:
            self.found.append(Paragraph(is_item=bool(self._item)))
            if self._item:
                self.found[-1].runs.append(Run(self._item))
            self._item, self._is_open = "", True
        self.found[-1].runs.append(Run(text, self._is_bold, self._is_whole))


def lines(items: Sequence[Paragraph], room: float) -> int:
    """About how many lines paragraphs take in a column of so many half-width characters."""
    parts = (line for one in items for line in one.text.split("\n"))
    return sum(max(1, ceil(width(line) / max(room, 1))) for line in parts)
