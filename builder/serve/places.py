"""From a place in an author's file to the cell of the page that shows it.

A file may be broken while the page still shows the last good one. So a place is first
carried to the text that is shown, and looked up there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter

from builder.content import addresses
from builder.diagnostics import Span, lines_of
from builder.model import TOTAL_ROW, Declared, Indicator, Report, place
from builder.scoring import Document
from builder.source import Location

FUNDS, GOALS, GROUPS, DECLARED, NOTE = (
    Report.label(name) for name in ("funds", "goals", "groups", "declared", "execution_note")
)
APPROVED, RECHECK = (Indicator.label(name) for name in ("approved", "recheck"))
HEAD = frozenset(Report.label(name) for name in ("name", "department", "unit"))
NAME = Indicator.label("name")
RATE, SCORE, GRADE = (Declared.label(name) for name in ("rate", "execution_score", "grade"))
TARGET, WEIGHT = Indicator.label("target"), Indicator.label("weight")
TOTAL, AWARDED = Declared.label("total"), Indicator.label("awarded")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the form: a row by its id (`#indicator-3`) or by the words at its head, and
    the heading of a column. Without a column it is the cell beside those words; without a
    row the only one under that heading."""

    row: str
    column: str = ""


class Places:
    """Where the problems of one file belong on the page of its report, or of a table of it."""

    def __init__(self, shown: Document, text: str, table: Document | None = None) -> None:
        """`shown` is what the page shows, `text` the file as it stands. On a page of another
        stage stands a `table` made of it, which has not all of its places."""
        layout = (table or shown).layout
        self._is_own = table is None
        self._spans = shown.source.spans
        self._old, self._new = lines_of(shown.source.text), lines_of(text)
        self._numbers = dict(_numbers(shown.report, table.report if table else None))
        self._levels = (*layout.indicators.levels, NAME)
        self._layout = layout
        self._funds: dict[str, str] = dict(layout.funds.columns.items())
        self._goals: dict[str, str] = dict(layout.goals.columns.items())
        self._columns: dict[str, str] = dict(layout.indicators.columns.items())

    def cell(self, span: Span) -> Cell | None:
        """The cell that shows what stands at `span`; None where the form has none."""
        return self._cell(self._location(self._carried(span.line), span.column))

    def _carried(self, line: int) -> int:
        """The line in the text shown: those above and below the edited ones stay themselves."""
        above = _common(self._old, self._new)
        if line <= above:
            return line
        below = _common(self._old[above:][::-1], self._new[above:][::-1])
        if line > len(self._new) - below:
            return line + len(self._old) - len(self._new)
        return max(1, min(line, len(self._old) - below))

    def _location(self, line: int, column: int) -> Location:
        """What stands at a place: the last key or value that begins there or before.

        On a line where something begins only later, that.
        """
        place = (line, column)
        starts = [((s.line, s.column), len(at), at) for s, at in self._spans.places()]
        key = itemgetter(0, 1)  # of those that begin together, the innermost
        before = max((start for start in starts if start[0] <= place), key=key, default=None)
        after = min((start for start in starts if start[0] > place), key=key, default=None)
        if after and after[0][0] == line and (before is None or before[0][0] < line):
            return after[2]
        return before[2] if before else ()

    def _cell(self, location: Location) -> Cell | None:
        match location:
            case (str(label), str(row), *columns) if label in self._layout.entries:
                word = self._layout.word
                return Cell(word(row), word(str(columns[0])) if columns else "")
            case (str(label),) if label in self._goals:
                return Cell("", self._goals[label])
            case (str(label), *_) if label in HEAD or label in self._layout.entries:
                return Cell(self._layout.word(label))
            case (str(label), *names) if label in (FUNDS, NOTE):
                row, column, *_ = (*map(str, names), "", "")
                found = self._funds.get(column or RATE, "")
                return Cell(self._row(row or TOTAL_ROW), found) if found or self._is_own else None
            case (str(label), str(goal)) if label == GOALS and goal in self._goals:
                return Cell("", self._goals[goal])
            case (str(label), _, *_) if label == GROUPS:
                return self._indicator(location[1:])
            case (str(label), str(figure)) if label == DECLARED and self._is_own:
                return self._declared(figure)
        return None

    def _row(self, label: str) -> str:
        return self._layout.word(self._layout.funds.word(label))

    def _indicator(self, path: Location) -> Cell | None:
        """The cell of an indicator's field; of a level, its name beside its first indicator."""
        depth = len(self._levels)
        inside = (
            number for known, number in self._numbers.items() if known[: len(path)] == path[:depth]
        )
        number = next(inside, None)
        if number is None:
            return None
        field = _field(path[depth:]) if len(path) > depth else self._levels[len(path) - 1]
        if not self._is_own and field not in self._columns:
            return None
        return Cell(f"#{addresses.indicator_row(number)}", self._columns.get(field, NAME))

    def _declared(self, figure: str) -> Cell | None:
        match figure:
            case label if label == TOTAL:
                return Cell(f"#{addresses.TOTAL_ROW}", self._columns.get(AWARDED, ""))
            case label if label == GRADE:
                return Cell(self._layout.word(GRADE))
            case label if label in (RATE, SCORE):
                column = self._funds.get(RATE if label == RATE else AWARDED, "")
                return Cell(self._row(TOTAL_ROW), column)
        return None


def _field(path: Location) -> str:
    """The column of an indicator's field, whether or not the form has it: of what was approved
    that of today's, of what 复核 found its own."""
    field, inside, *_ = (*map(str, path), "")
    if field == APPROVED:
        return inside if inside in (NAME, WEIGHT) else TARGET
    return f"{RECHECK}{inside or AWARDED}" if field == RECHECK else field


def _numbers(own: Report, table: Report | None) -> Iterator[tuple[Location, int]]:
    """The rows of the indicators of a report in a table of it, by their places. In that of the
    approved targets those are missing that were added since."""
    rows = {path: number for number, (path, _) in enumerate((table or own).indicators(), start=1)}
    kept: Counter[tuple[str, str]] = Counter()
    for (first, second, position), indicator in own.indicators():
        is_added = indicator.approved is not None and indicator.approved.is_added
        if table is None or not (table.is_planned and is_added):
            yield place(first, second, position)[1:], rows[first, second, kept[first, second]]
            kept[first, second] += 1


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """How many items two sequences share at their beginning."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((n for n, (a, b) in pairs if a != b), min(len(one), len(other)))
