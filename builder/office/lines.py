"""Text, typed or pasted: lines whose cells are told apart by tabs, by `|`, or not at all."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from io import StringIO

from builder.office.failing import damaged
from builder.office.grid import Room
from builder.office.paper import Cell, Paper, Row, Table
from builder.office.texts import clean

# A cell with line breaks as spreadsheets copy it, its own quotes doubled.
_QUOTED = re.compile(r'"([^"]*(?:""[^"]*)*)"[ \u3000]*(?=[\t\n]|\Z)')
# More line breaks than a cell can have: the quote at its beginning was no more than a quote.
_MOST_BREAKS = 253
_BORDER = re.compile(r"\||│")
_IS_BORDERED = re.compile(r"^\s*[|│]|[|│]\s*$|\s[|│]\s")
_RULE = re.compile(r"[\s|:\-—–─┼├┤┌┐└┘┬┴+=]+")
_HEADING = re.compile(r"\A#{1,6}\s+")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


def read(file: str, text: str) -> Paper:
    """A text whose lines are rows; raises `Unreadable` where there are too many."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    room = Room()
    is_csv = file.lower().endswith(".csv") and text.count(",") > text.count("\t")
    if is_csv:
        tables = [_table("全文", _comma_separated(text, room), is_aligned=True)]
    else:
        tables = _tables(text, room)
    return Paper(file, tuple(table for table in tables if table.rows))


def _tables(text: str, room: Room) -> list[Table]:
    """Everything in one table, except for those that Markdown draws."""
    found: list[Table] = []
    waiting: list[tuple[int, list[str]]] = []
    drawn: list[tuple[int, list[str]]] = []
    for number, cells, is_drawn in _marked(_records(text, room)):
        if is_drawn:
            if waiting:
                found.append(_table("文字", waiting, is_aligned=False))
                waiting = []
            drawn.append((number, cells))
        else:
            if drawn:
                found.append(_table(f"第{drawn[0][0]}行起的表", drawn, is_aligned=True))
                drawn = []
            waiting.append((number, cells))
    found.append(_table(f"第{drawn[0][0]}行起的表" if drawn else "", drawn, is_aligned=True))
    found.append(_table("文字", waiting, is_aligned=False))
    return found


def _marked(
    records: Iterable[tuple[int, list[str]]],
) -> Iterator[tuple[int, list[str], bool]]:
    """Records without the rules between them, each with whether Markdown draws a table of it.

    There a rule stands below the first line, and all lines begin and end with a border.
    """
    before: tuple[int, list[str]] | None = None
    is_drawn = False
    for number, cells in records:
        is_rule = len(cells) > 1 and _RULE.fullmatch("|".join(cells)) and "-" in "".join(cells)
        if is_rule:
            is_drawn = before is not None and _is_framed(before[1])
            continue
        if before is not None:
            yield before[0], _unframed(before[1]) if is_drawn else before[1], is_drawn
        is_drawn = is_drawn and _is_framed(cells) and before is not None
        before = number, cells
    if before is not None:
        yield before[0], _unframed(before[1]) if is_drawn else before[1], is_drawn


def _is_framed(cells: list[str]) -> bool:
    return len(cells) > 2 and not cells[0].strip() and not cells[-1].strip()


def _unframed(cells: list[str]) -> list[str]:
    return [_BREAK.sub("\n", cell) for cell in cells[1:-1]]


def _records(text: str, room: Room) -> Iterator[tuple[int, list[str]]]:
    """Lines with a text, by number, each taken apart; a quoted cell goes on over line ends."""
    at, number = 0, 1
    while at < len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        line = text[at:end]
        if "\t" in line or line.startswith('"'):
            cells, end = _fields(text, at, room)
        elif _IS_BORDERED.search(line) or ("|" in line and _RULE.fullmatch(line)):
            cells = _BORDER.split(line)
        else:
            bare = line.strip()
            cells = [_HEADING.sub("", bare, count=1)]
        room.take(len(cells))
        if any(cell.strip() for cell in cells):
            yield number, cells
        number += text.count("\n", at, end) + 1
        at = end + 1


def _fields(text: str, at: int, room: Room) -> tuple[list[str], int]:
    """The cells between tabs from `at` on, and where their line ends."""
    cells = []
    end_of_line = -1
    while True:
        match = _QUOTED.match(text, at) if text.startswith('"', at) else None
        if match and _is_quoting(match[1]):
            cells.append(match[1].replace('""', '"'))
            at = match.end()
        else:
            if end_of_line < at:
                end_of_line = text.find("\n", at)
                end_of_line = len(text) if end_of_line < 0 else end_of_line
            tab = text.find("\t", at, end_of_line)
            end = end_of_line if tab < 0 else tab
            cells.append(text[at:end])
            at = end
        if at >= len(text) or text[at] == "\n" or not room.has(len(cells)):
            return cells, at
        at += 1


def _is_quoting(inside: str) -> bool:
    """Whether quotes around a text were put there by a program, which does so only for these."""
    return inside.count("\n") <= _MOST_BREAKS and any(sign in inside for sign in '\n\t"')


def _comma_separated(text: str, room: Room) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(StringIO(text, newline=""))
    before = 0
    try:
        for cells in reader:
            room.take(len(cells))
            yield before + 1, cells
            before = reader.line_num
    except csv.Error:
        raise damaged("有一格太长，引号可能不成对") from None


def _table(name: str, records: Iterable[tuple[int, list[str]]], *, is_aligned: bool) -> Table:
    rows = []
    for number, cells in records:
        texts = [clean(cell) for cell in cells]
        if any(texts):
            places = (f"第{number}行第{column}格" for column in range(1, len(texts) + 1))
            pairs = enumerate(zip(texts, places, strict=True))
            row = tuple(Cell(text, place, column) for column, (text, place) in pairs)
            rows.append(Row(row, number))
    return Table(name, tuple(rows), is_aligned)
