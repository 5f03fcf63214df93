"""The formulas of 资金: sums, what the form works out of a row, rate and points."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import chain

from builder.export.workbook.arithmetic import (
    Formula,
    are_numbers,
    constant,
    listed,
    nothing,
    rounded,
    sure,
    within,
)
from builder.layouts import AMOUNTS, RATE, SCORE, WEIGHT
from builder.model import TOTAL_ROW, Report
from builder.scoring import Document, FundLine, making_the_total
from builder.source import Location
from builder.text import NOTHING

FUNDS = Report.label("funds")
SPENT = AMOUNTS[2]


class Money:
    """The block of one form; `names` are what formulas call its cells, by place, `texts` what
    these show now. Of an empty form some rows may stay blank."""

    def __init__(
        self,
        document: Document,
        names: Mapping[Location, str],
        texts: Mapping[Location, str],
        *,
        is_empty: bool,
    ) -> None:
        self._document, self._names, self._texts = document, names, texts
        self._is_empty = is_empty
        self._funds, self._profile = document.layout.funds, document.profile
        card = document.card
        self._lines = {TOTAL_ROW: card.execution.total, **{row.label: row for row in card.rows}}

    def formulas(self) -> Iterator[tuple[Location, Formula]]:
        """What is worked out in the block, by place."""
        for row in (*self._lines, *(row for row in self._funds.rows if row not in self._lines)):
            line = self._lines.get(row)
            found = chain(self._sums() if row == TOTAL_ROW else (), self._worked_out(row, line))
            yield from (
                ((FUNDS, row, column), formula)
                for column, formula in found
                if (FUNDS, row, column) in self._names
            )

    def rate(self, row: str = TOTAL_ROW) -> str | None:
        """The 执行率 of a row, "-" where there is none; None where the form does not show of what
        it comes about."""
        if shown := self._names.get((FUNDS, row, RATE)):
            return shown
        return self._share(row, RATE, SPENT, self._profile.execution.denominator)

    def score(self, row: str = TOTAL_ROW, weight: str = "") -> str | None:
        """The points of a row's execution, of `weight` or of what the row shows."""
        rule = self._profile.execution.score
        base = self._amount(row, self._profile.execution.denominator)
        spent, rate = self._amount(row, SPENT), self.rate(row)
        full = weight or self._weight(row)
        if rule is None or not self._profile.is_scored or not (base and spent and full and rate):
            return None
        exact = f"{spent}*{full}/{base}" if rule.basis == "精确比值" else f"{rate}*{full}/100"
        points = within(exact, full, rule)
        none = self._none(row, SCORE)
        return f"IF({are_numbers(spent, base)},IF({base}>0,{points},{none}),{none})"

    def _none(self, row: str, column: str) -> str:
        return nothing(self._texts.get((FUNDS, row, column), NOTHING))

    def _weight(self, row: str) -> str:
        weight = self._profile.execution.weight
        shown = self._names.get((FUNDS, row, WEIGHT))
        return shown or ("" if weight is None else constant(weight))

    def _sums(self) -> Iterator[tuple[str, Formula]]:
        """The amounts of the total, where the rows make it."""
        parts = making_the_total(self._document.report, self._funds)
        total = self._lines[TOTAL_ROW]
        taken_away = {f.other for f in self._funds.computed.values() if not f.is_share}
        for column in (*AMOUNTS, *self._funds.own_amounts):
            asked = self._cells(parts, column)
            # A row that is still blank counts as soon as something stands in it.
            cells = self._cells(self._family(parts), column)
            value = total.amounts[column]
            if not asked or self._is_written(column, parts, is_taken_away=column in taken_away):
                continue
            least = 1 if self._is_empty or column in taken_away else len(asked)
            text = f'IF(COUNT({listed(asked)})<{least},"",{sure(f"SUM({listed(cells)})")})'
            yield column, Formula(text, "" if value is None else value)

    def _is_written(self, column: str, parts: Sequence[str], *, is_taken_away: bool) -> bool:
        """Whether the total is what its author writes, since its rows leave it open."""
        blanks = [self._lines[part].amounts[column] is None for part in parts]
        is_open = all(blanks) if is_taken_away else any(blanks)
        is_said = self._lines[TOTAL_ROW].amounts[column] is not None and not self._is_empty
        return is_open and (is_said or column in self._funds.unsummed)

    def _family(self, parts: Sequence[str]) -> Sequence[str]:
        """The rows of the form that are of the same way to split the total."""
        families = {self._funds.family(part) for part in parts}
        known = [row for row in self._funds.rows if self._funds.family(row) in families]
        return [*known, *(part for part in parts if part not in known)]

    def _cells(self, rows: Sequence[str], column: str) -> list[str]:
        places: list[Location] = [(FUNDS, row, column) for row in rows]
        return [self._names[place] for place in places if place in self._names]

    def _worked_out(self, row: str, line: FundLine | None) -> Iterator[tuple[str, Formula]]:
        """What the form works out of the amounts of a row."""
        for column, formula in self._funds.computed.items():
            if formula.is_share:
                share = self._share(row, column, formula.one, formula.other)
                value = line.shares[column] if line else None
            else:
                share = self._difference(row, formula.one, formula.other)
                value = line.amounts[column] if line else None
            if share:
                yield column, Formula(share, self._said(row, column, value))
        rate = self._share(row, RATE, SPENT, self._profile.execution.denominator)
        if rate:
            yield RATE, Formula(rate, self._said(row, RATE, line.rate if line else None))
        if line and line.weight is not None and (score := self.score(row)):
            yield SCORE, Formula(score, self._said(row, SCORE, line.score))

    def _said(self, row: str, column: str, value: Decimal | None) -> Decimal | str:
        return self._texts.get((FUNDS, row, column), "") if value is None else value

    def _share(self, row: str, column: str, part: str, whole: str) -> str | None:
        one, other = self._amount(row, part), self._amount(row, whole)
        if one is None or other is None:
            return None
        share = rounded(f"IF({other}>0,{one}*100/{other},0)", self._profile.execution.rate)
        return f"IF({are_numbers(one, other)},{share},{self._none(row, column)})"

    def _difference(self, row: str, one: str, other: str) -> str | None:
        left, right = self._amount(row, one), self._amount(row, other)
        if left is None or right is None:
            return None
        return f'IF({are_numbers(left)},{sure(f"{left}-N({right})")},"")'

    def _amount(self, row: str, column: str) -> str | None:
        """An amount of a row: its cell, or what the form works out without showing it."""
        if shown := self._names.get((FUNDS, row, column)):
            return shown
        formula = self._funds.computed.get(column)
        if formula and not formula.is_share:
            return self._difference(row, formula.one, formula.other)
        return None
