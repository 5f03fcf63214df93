"""The block of 资金 on the form: the total and the rows below it, under columns of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from builder.content import addresses, in_order
from builder.model import TOTAL_ROW
from builder.scoring import Document, FundLine
from builder.text import NOTHING, common_decimals, figure, percent, to_inline
from builder.views.form import Cell, FormRow, in_words
from builder.views.spans import spans

RATE, WEIGHT, SCORE, REASON = "执行率", "分值", "得分", "原因"
AMOUNTS = ("年初预算数", "全年预算数", "全年执行数")
# How wide its columns would like to be, as the columns of the indicators are measured.
WANTED = {WEIGHT: 7, RATE: 8, SCORE: 10, REASON: 20}
WANTED_LABEL, WANTED_AMOUNT = 32, 11
# Below that a figure would be broken: rather a narrow label.
LEAST = {RATE: 6, **dict.fromkeys(AMOUNTS, 8)}


def fund_columns(document: Document) -> Mapping[str, str]:
    """The columns of the block with their headings: on a form without scores none of points."""
    is_scored = document.profile.is_scored
    return {
        key: heading
        for key, heading in document.layout.funds.columns.items()
        if is_scored or key not in (WEIGHT, SCORE)
    }


def funding(document: Document, widths: Sequence[Decimal]) -> Iterator[FormRow]:
    """The rows of the block on a grid of columns of these `widths`, the first for its name."""
    layout = document.layout
    columns = fund_columns(document)
    spans = _spans(tuple(columns), widths[1:])
    lines = list(_lines(document))
    title = in_words(f"{layout.funds.heading}{layout.word(layout.in_unit)}")
    name = Cell(title, "label", "row", rows=len(lines) + 1)
    headings = (
        Cell(in_words(label), "label", "col", span)
        for label, span in zip(columns.values(), spans[1:], strict=True)
    )
    yield FormRow((name, Cell(columns=spans[0]), *headings), "heading")
    cells = _Cells(document)
    for key, line, number in lines:
        is_total = key == TOTAL_ROW
        label = layout.word(key) if is_total else layout.funds.rows.get(key, key)
        head = Cell(label, "label" if is_total else "text", "row", spans[0])
        if line is None:
            blanks = (
                Cell("", "text", "", span, label=heading)
                for heading, span in zip(columns.values(), spans[1:], strict=True)
            )
            yield FormRow((head, *blanks), "fund")
        else:
            row = cells.of(line, columns, spans[1:], is_total=is_total)
            yield FormRow((head, *row), "fund", addresses.fund_row(number))


def _lines(document: Document) -> Iterator[tuple[str, FundLine | None, int]]:
    """The rows of the block: what they are, their amounts, and which of the rows typed they are.

    A row that the form has and nobody wrote stands there blank, as on paper.
    """
    card, funds = document.card, document.layout.funds
    typed = {row.label: (row, number) for number, row in enumerate(card.rows, start=1)}
    rows = [
        (label, *typed.get(label, (None, 0))) for label in in_order(list(funds.rows), list(typed))
    ]
    total = (TOTAL_ROW, card.execution.total, 0)
    yield from (*rows, total) if funds.total_last else (total, *rows)


class _Cells:
    """The cells of funding rows: all amounts of a form with as many decimals."""

    def __init__(self, document: Document) -> None:
        self._document = document
        lines = (document.card.execution.total, *document.card.rows)
        amounts = [amount for line in lines for amount in (line.initial, line.budget, line.spent)]
        self._decimals = common_decimals(amounts)
        longest = max(len(figure(amount, self._decimals)) for amount in amounts)
        self._amount = "number amount long" if longest > 8 else "number amount"

    def of(
        self, line: FundLine, columns: Mapping[str, str], spans: Sequence[int], *, is_total: bool
    ) -> Iterator[Cell]:
        """The cells of one row; points and their reason stand beside the total."""
        document = self._document
        execution, rule = document.card.execution, document.profile.execution
        digits = int(rule.score.digits) if rule.score else 0
        amounts = dict(zip(AMOUNTS, (line.initial, line.budget, line.spent), strict=True))
        texts: dict[str, str] = {
            **{
                key: "" if value is None else figure(value, self._decimals)
                for key, value in amounts.items()
            },
            RATE: percent(line.rate, sign=document.layout.funds.percent_sign),
            WEIGHT: figure(execution.weight if is_total else None, digits),
            SCORE: figure(execution.score if is_total else None, digits),
            REASON: to_inline(document.report.execution_note or "") if is_total else "",
        }
        for (key, heading), span in zip(columns.items(), spans, strict=True):
            kind = self._amount if key in amounts else "number points"
            kind = "figure" if texts[key] == NOTHING else "text" if key == REASON else kind
            anchor = "execution" if is_total and key == SCORE else ""
            yield Cell(texts[key], kind, "", span, label=heading, anchor=anchor)


def _spans(columns: Sequence[str], widths: Sequence[Decimal]) -> tuple[int, ...]:
    """How many grid columns the row label and each funding column take."""
    wanted = [WANTED_LABEL] + [WANTED.get(key, WANTED_AMOUNT) for key in columns]
    least = [0] + [LEAST.get(key, 0) for key in columns]
    return spans(widths, list(map(Decimal, wanted)), least)
