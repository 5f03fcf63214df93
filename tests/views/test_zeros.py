"""Funding rows of zeros: only what is wholly zero is told in one line, wherever it stands."""

from __future__ import annotations

from decimal import Decimal

import pytest

from builder.scoring import FundLine
from builder.views.form import Cell, FormRow
from builder.views.zeros import ZERO, in_brief, is_zero

NONE, SOME = Decimal("0.00"), Decimal("0.01")


def line(
    *amounts: Decimal | None, rate: Decimal | None = None, score: Decimal | None = None
) -> FundLine:
    return FundLine("其他资金", dict(zip("abc", amounts, strict=False)), rate, score=score)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (line(NONE, NONE, NONE), True),
        (line(NONE, NONE, NONE, rate=NONE), True),
        (line(NONE, SOME, NONE), False),
        (line(NONE, None, NONE), False),  # a blank is no zero
        (line(), False),
        (line(NONE, rate=SOME), False),
        (line(NONE, score=NONE), False),  # its points are told
    ],
)
def test_a_zero_is_known_to_be_one(row: FundLine, expected: bool) -> None:
    assert is_zero(row, "abc") is expected


def test_an_amount_without_a_column_is_not_asked() -> None:
    assert is_zero(line(NONE, None, NONE), "ac")


def row(name: str, kind: str = "fund") -> FormRow:
    return FormRow((Cell(name, scope="row"), Cell("1.00")), kind)


def test_runs_are_told_at_their_ends() -> None:
    rows = [row("总额"), row("　甲", ZERO), row("乙", ZERO), row("丙"), row("丁", ZERO)]
    made = list(in_brief(rows, "0.00"))
    assert [one.cells for one in made] == [one.cells for one in rows]
    told = [[cell.text for cell in one.brief.cells] if one.brief else [] for one in made]
    assert told == [[], [], ["甲、乙", "0.00"], [], ["丁", "0.00"]]
