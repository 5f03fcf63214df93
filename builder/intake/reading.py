"""A form read by the words of a layout: row by row, each block by its heading."""

from __future__ import annotations

import re
from collections.abc import Sequence

from builder.intake.aligning import Column
from builder.intake.columns import fund_columns, indicator_columns, refined
from builder.intake.draft import Draft
from builder.intake.figures import is_filler, plain
from builder.intake.forms import Form, Line, is_title, money_unit, unit_of, year_of
from builder.intake.funding import Funding
from builder.intake.goals import Goals
from builder.intake.indicators import Indicators
from builder.intake.labels import key
from builder.intake.pairs import Pairs
from builder.intake.supplying import supply
from builder.intake.tables import Tables, table_columns
from builder.intake.words import CLOSING, COLUMN, FUND_ROW, GOAL, HEAD, TEXT, Words

_NOTE = re.compile(
    r"\s*(?:备?注|填表说明|说明)\s*[:：1一]|\s*(?:[0-9一二三四五]{1,2}[.、.]|[(（][0-9][)）]).{12,}"
)
_NUMBERING = {"列次", "行次", "栏次"}
# What a heading has in a row below it: units, (A), (C/B).
_UNIT = re.compile(r"\(?(?:万元|元|%|分|单位|[A-Z](?:[=/÷*×+-][A-Z0-9]+){0,4}(?:[*×]100%)?)\)?")
_NOTE_WORD = re.compile(r"\s*(?:备?注|填[表报]说明)\s*(?:[:：1一]|$)")
_COUNTED = re.compile(r"\s*[(（]?[0-9一二三四五六七八九十]{1,2}[.、．)）]")


def read(form: Form, words: Words) -> Draft:
    """Everything that a layout explains of a form, and what it does not.

    Values are texts at the places of an author's file; amounts in the unit of the layout.
    """
    return _Reader(form, words).read()


class _Reader:
    """One form; which block the next row belongs to is known from the headings before it."""

    def __init__(self, form: Form, words: Words) -> None:
        self._form, self._words = form, words
        self._draft = Draft()
        unit = money_unit([*form.opening, *form.lines]) or words.layout.money_unit
        self._funding = Funding(self._draft, words, unit)
        self._goals = Goals(self._draft, words)
        self._indicators = Indicators(self._draft, words)
        self._tables = Tables(self._draft, words)
        self._pairs = Pairs(self._draft, words, self._funding)
        self._block: Funding | Goals | Indicators | Tables | None = None
        self._heading: tuple[Sequence[Column], int] = ((), 0)
        self._in_notes = False

    def read(self) -> Draft:
        for line in self._form.opening:
            self._opening(line)
        for line in self._form.lines:
            self._take(line)
        self._indicators.finish()
        for line in (*self._form.opening, *self._form.lines):  # nothing goes without a word
            for cell in line.filled:
                if cell.place not in self._draft.known and not is_filler(cell.text):
                    self._draft.lose(cell)
        if self._form.is_page:
            self._leave_menus()
        supply(self._draft, self._form, self._words.layout)
        if self._form.is_below_another:  # what stands above was told with the first
            above = {cell.place for line in self._form.opening for cell in line.filled}
            self._draft.lost = [one for one in self._draft.lost if one.place not in above]
        return self._draft

    def _leave_menus(self) -> None:
        """Of a web page only the tables of the form are the form; what else stands there is
        counted. A page may be laid out by tables, too."""
        lost = self._draft.lost
        used = map(_table, self._draft.known - {one.place for one in lost})
        tables = {place for place in used if place}
        self._draft.lost = [one for one in lost if _table(one.place) in tables]
        self._draft.around = len(lost) - len(self._draft.lost)

    def _opening(self, line: Line) -> None:
        """What stands above the form: its title, its year, the unit of its money, and labels."""
        for cell in line.filled:
            is_year = bool(year_of(cell.text)) and 0 < len(key(cell.text)) <= 10
            is_own_title = is_title(cell.text) and cell.text == self._form.title
            if is_year or is_own_title or unit_of(cell.text):
                self._draft.know(cell)
            elif not (self._pairs.take_alone(cell) or self._pairs.take_frame(cell)):
                self._draft.lose(cell)

    def _take(self, line: Line) -> None:
        if self._below_heading(line):
            return
        if _is_numbering(line) and fund_columns(line.cells, self._words) is None:
            self._draft.know(*line.filled)
            return
        if self._starts_notes(line):
            return
        if not (self._begins(line) or self._goes_on(line)):
            if not isinstance(self._block, Indicators):
                self._block = None
            self._pairs.take(line)

    def _begins(self, line: Line) -> bool:
        """Whether a row is the heading of a block."""
        cells = line.cells
        if columns := indicator_columns(cells, self._words):
            rest = self._indicators.begin(cells, columns, line)
            self._block, self._heading = self._indicators, (columns, rest)
            return True
        if self._indicators.begins_without_heading(line):
            self._block = self._indicators
        columns = fund_columns(cells, self._words)
        if self._indicators is self._block and not columns and self._indicators.take(line):
            return True
        if columns:
            self._funding.begin(columns, line)
            self._block = self._funding
            return True
        if self._goals.begin(line):
            self._block = self._goals
            return True
        if found := table_columns(cells, self._words):
            self._tables.begin(*found, line)
            self._block = self._tables
            return True
        return False

    def _goes_on(self, line: Line) -> bool:
        """Whether a row belongs to the block that was begun."""
        if self._block in (self._funding, self._goals, self._tables) and self._block.take(line):
            return True
        if self._indicators.may_resume(line):  # another table stood between its rows
            self._block = self._indicators
            return self._indicators.take(line)
        is_row = self._words.role(line.filled[0].text, FUND_ROW) is not None
        return (
            is_row and self._funding.is_open and len(line.filled) > 1 and self._funding.take(line)
        )

    def _below_heading(self, line: Line) -> bool:
        """Whether a row is the second one of a heading of indicators."""
        columns, rows = self._heading
        self._heading = ((), 0)
        if self._block is not self._indicators or not columns:
            return False
        if rows <= 0 and not all(self._words.role(c.text, COLUMN) for c in line.filled):
            return False
        if rows > 1:
            self._heading = (columns, rows - 1)
        self._indicators.columns = refined(columns, line.cells, self._words)
        self._draft.know(*line.filled)
        return True

    def _starts_notes(self, line: Line) -> bool:
        """Whether a row is a note below the form, for who fills it in: kept, and no loss."""
        filled = line.filled
        if not filled or len(filled) > 2:
            return False
        first = filled[0].text
        is_label = self._words.role(first, HEAD, TEXT, GOAL, CLOSING, FUND_ROW) is not None
        is_more = (
            self._in_notes
            and len(filled) == 1
            and bool(_NOTE.match(first) or _COUNTED.match(first))
        )
        is_note = bool(_NOTE_WORD.match(first)) and not is_label
        if not (is_note or is_more):
            self._in_notes = False
            return False
        self._in_notes = True
        for cell in filled:
            self._draft.note(cell)
        return True


def _is_numbering(line: Line) -> bool:
    """Whether a row only counts the columns, or says in which units they are."""
    texts = [plain(cell.text) for cell in line.filled]
    is_counted = len(texts) > 3 and texts == [f"{n}" for n in range(1, len(texts) + 1)]
    return texts[0] in _NUMBERING or is_counted or all(map(_UNIT.fullmatch, texts))


def _table(place: str) -> str:
    """The table of a web page that a cell stands in, "" for text around."""
    return place.rpartition("行")[0].rpartition("第")[0]
