"""The block of 资金 of a layout: its rows, its columns, and what is worked out of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pydantic import Field, model_validator

from builder.diagnostics import Rule, catalogue
from builder.layouts.entry import Entry
from builder.records import Line, Record, YesNo

AMOUNTS = ("年初预算数", "全年预算数", "全年执行数")
RATE, WEIGHT, SCORE, REASON = "执行率", "分值", "得分", "原因"
"""What stands in the block of every form: amounts, and what belongs to the execution."""
OF_EXECUTION = (RATE, WEIGHT, SCORE, REASON)

MOST_COLUMNS = 16  # beyond that no figure has room on A4

_FORMULA = re.compile(r"(?P<one>[^÷/−－–-]+)(?P<sign>[÷/−－–-])(?P<other>[^÷/−－–-]+)")


@dataclass(frozen=True, slots=True)
class Formula:
    """A column worked out of two others: a share of one in the other in %, or a difference."""

    one: str
    other: str
    is_share: bool

    def __str__(self) -> str:
        return f"{self.one} {'÷' if self.is_share else '−'} {self.other}"


def read_formula(text: str) -> Formula | None:
    """`甲 ÷ 乙` or `甲 − 乙`, with the signs of a keyboard, too; None for anything else."""
    found = _FORMULA.fullmatch(text)
    if found is None:
        return None
    one, other = found["one"].strip(), found["other"].strip()
    return Formula(one, other, found["sign"] in "÷/") if one and other else None


class FundRow(Record):
    """A row below the total: the word that is printed, and what it is a part of.

    Without `part_of` it is a part of the total; rows with a `way` are another way to split what
    they are a part of. `columns` are those that it has, where it has not all of the block's.
    """

    heading: Line = Field(alias="名称")
    part_of: Line | None = Field(None, alias="属于")
    way: Line | None = Field(None, alias="分法")
    columns: tuple[Line, ...] = Field((), alias="列")

    @model_validator(mode="before")
    @classmethod
    def _of_word(cls, value: Any) -> Any:
        """Most rows are a word and nothing else."""
        return {"名称": value} if isinstance(value, str) else value


class FundsBlock(Record):
    """资金: its rows below the total and its columns, each with the word that is printed.

    On a partial one the rows are some of what makes the total, which has to be written then.
    Whatever is declared in `entries` may be typed in a row, and `formulas` are worked out.
    """

    heading: Line = Field(alias="名称")
    rows: dict[str, FundRow] = Field(alias="行")
    open_rows: YesNo = Field(False, alias="可增行")
    is_partial: YesNo = Field(False, alias="只列其中")
    total_last: YesNo = Field(False, alias="总额在末行")
    columns: dict[Line, Line] = Field(alias="列")
    optional: tuple[Line, ...] = Field((), alias="可空列")
    percent_sign: YesNo = Field(False, alias="执行率带百分号")
    entries: dict[Line, Entry] = Field({}, alias="栏目")
    formulas: dict[Line, Line] = Field({}, alias="计算")
    scored_rows: tuple[Line, ...] = Field((), alias="计分行")

    @cached_property
    def computed(self) -> Mapping[str, Formula]:
        """What is worked out, by its column, in the order in which it can be."""
        read = {column: read_formula(text) for column, text in self.formulas.items()}
        return {column: formula for column, formula in read.items() if formula}

    @cached_property
    def own_amounts(self) -> tuple[str, ...]:
        """The amounts that are typed on this form only."""
        return tuple(label for label, entry in self.entries.items() if entry.kind == "数字")

    @cached_property
    def amounts(self) -> tuple[str, ...]:
        """Every amount that a row has, typed or worked out."""
        differences = (column for column, f in self.computed.items() if not f.is_share)
        return (*AMOUNTS, *self.own_amounts, *differences)

    @cached_property
    def has_parts(self) -> bool:
        """Whether a row of it may be a part of another one."""
        return any(row.part_of for row in self.rows.values())

    @cached_property
    def unsummed(self) -> tuple[str, ...]:
        """The amounts asked of the total that its rows do not make, so that it has to be written:
        all where they are only some of its parts, those that a row has not where it has few."""
        total = tuple(column for column in self.asked("") if column in AMOUNTS)
        if self.is_partial:
            return total
        parts = [row for row in self.rows if self.family(row) == self.family("")]
        return tuple(
            column for column in total if not all(column in self.filled_in(row) for row in parts)
        )

    def word(self, row: str) -> str:
        """What the form prints for a row; of one that the author added its own name."""
        known = self.rows.get(row)
        return known.heading if known else row

    def filled_in(self, row: str) -> tuple[str, ...]:
        """The columns of a row that its author fills in, those that may stay empty among them."""
        known = self.rows.get(row)
        columns = known.columns if known and known.columns else tuple(self.columns)
        return tuple(label for label in (*AMOUNTS, *self.entries) if label in columns)

    def asked(self, row: str) -> tuple[str, ...]:
        """The columns of a row in which something must be typed (or 留空)."""
        known, required = self.rows.get(row), {k for k, e in self.entries.items() if e.required}
        columns = known.columns if known and known.columns else self.columns
        return tuple(
            column
            for column in columns
            if (column in AMOUNTS or column in required) and column not in self.optional
        )

    def sources(self, column: str) -> frozenset[str]:
        """The typed columns that a column is, or is worked out of."""
        formula = self.computed.get(column)
        if formula is None:
            return frozenset({column})
        return self.sources(formula.one) | self.sources(formula.other)

    def family(self, row: str) -> tuple[str | None, str | None]:
        """What a row is a part of, None for the total, and by which way of splitting it.

        A row that the author added is one more of the first way.
        """
        known = self.rows.get(row)
        first = next((r.way for r in self.rows.values() if r.part_of is None), None)
        return (known.part_of, known.way) if known else (None, first)

    def depth(self, row: str) -> int:
        """How many rows a row is a part of."""
        known = self.rows.get(row)
        return 1 + self.depth(known.part_of) if known and known.part_of else 0


def unknown_names(
    funds: FundsBlock,
) -> Iterator[tuple[tuple[str | int, ...], str, tuple[str, ...]]]:
    """Every name that the block uses with its place in it, and the names that it may be."""
    typed = (*AMOUNTS, *funds.entries)
    columns = (*typed, *funds.formulas, *OF_EXECUTION)
    for column in funds.columns:
        yield ("列", column), column, columns
    for position, column in enumerate(funds.optional):
        yield ("可空列", position), column, typed
    operands = [*AMOUNTS, *funds.own_amounts]
    for column, text in funds.formulas.items():
        formula = read_formula(text)
        for operand in (formula.one, formula.other) if formula else ():
            yield ("计算", column), operand, tuple(operands)
        if formula and not formula.is_share:
            operands.append(column)
    above: list[str] = []
    for name, row in funds.rows.items():
        if row.part_of is not None:
            yield ("行", name, "属于"), row.part_of, tuple(above)
        for position, column in enumerate(row.columns):
            yield ("行", name, "列", position), column, columns
        above.append(name)
    for position, name in enumerate(funds.scored_rows):
        yield ("计分行", position), name, tuple(funds.rows)


def faults(funds: FundsBlock) -> Iterator[tuple[tuple[str, ...], Rule, str, str]]:
    """What is wrong with a column of the form's own: its place, the rule, what is told."""
    if len(funds.columns) > MOST_COLUMNS:
        yield ("列",), catalogue.TOO_MANY_COLUMNS, f"{len(funds.columns)}", f"{MOST_COLUMNS}"
    taken = {*AMOUNTS, *OF_EXECUTION}
    for place, columns in (("栏目", funds.entries), ("计算", funds.formulas)):
        for column in columns:
            if column in taken:
                yield (place, column), catalogue.NAME_TAKEN, column, ""
            taken.add(column)
    for column, text in funds.formulas.items():
        if read_formula(text) is None:
            yield ("计算", column), catalogue.NO_FORMULA, column, text
