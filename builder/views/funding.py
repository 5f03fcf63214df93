"""The block of 资金 on the form: the total and the rows below it, under columns of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from builder.content import addresses, in_order
from builder.layouts import RATE, REASON, SCORE, WEIGHT, FundsBlock
from builder.model import TOTAL_ROW, Report, extras
from builder.scoring import Document, FundLine
from builder.source import Location
from builder.text import NOTHING, common_decimals, figure, percent, to_inline
from builder.views.form import Cell, FormRow, in_words
from builder.views.head import written
from builder.views.widths import FINE, fitted
from builder.views.zeros import ZERO, in_brief, is_zero

# How wide its columns would like to be, as the columns of the indicators are measured. Below the
# least a figure would be broken: rather a narrow label; many columns have to share what there is.
FUNDS = Report.label("funds")
LABEL, AMOUNT, TEXT = "", "金额", "文字"
WANTED = {LABEL: 32, AMOUNT: 11, WEIGHT: 7, RATE: 8, SCORE: 10, REASON: 20, TEXT: 14}
LONGEST = 8  # characters of an amount in a column as wide as it would like to be
LEAST = {RATE: 6, AMOUNT: 8, REASON: 14}
LEAST_OF_MANY = {RATE: 7, AMOUNT: 8, WEIGHT: 6, SCORE: 6, LABEL: 9, TEXT: 9, REASON: 12}


def fund_columns(document: Document) -> Mapping[str, str]:
    """The columns of the block with their headings: on a form without scores none of points."""
    is_scored = document.profile.is_scored
    return {
        key: heading
        for key, heading in document.layout.funds.columns.items()
        if is_scored or key not in (WEIGHT, SCORE)
    }


def funding(document: Document, widths: Sequence[Decimal], lead: int = 1) -> Iterator[FormRow]:
    """The rows of the block on a grid of columns of these `widths`, the first `lead` of them for
    its name."""
    layout = document.layout
    columns = fund_columns(document)
    spans = _spans(tuple(columns), document, widths[lead:])
    cells = _Cells(document, _room(document, tuple(columns), spans, widths[lead:]))
    rows = list(in_brief(_rows(document, cells, columns, spans), cells.zero))
    title = in_words(f"{layout.funds.heading}{layout.word(layout.in_unit)}")
    name = Cell(title, "label", "row", lead, rows=len(rows) + 1, place=(FUNDS,))
    kind = "label figure" if lead > 1 else "label"  # many columns have no room for padding
    headings = (
        Cell(in_words(label), kind, "col", span, term=key)
        for (key, label), span in zip(columns.items(), spans[1:], strict=True)
    )
    yield FormRow((name, Cell(columns=spans[0]), *headings), "heading")
    yield from rows


def _rows(
    document: Document, cells: _Cells, columns: Mapping[str, str], spans: Sequence[int]
) -> Iterator[FormRow]:
    """The rows below the headings."""
    layout, kinds = document.layout, ("text", "label")
    for label, line, number in _lines(document):
        if isinstance(label, _Way):
            head = Cell(layout.word(label.name), "text", "row", sum(spans))
            yield FormRow((head,), "fund")
            continue
        is_total = label == TOTAL_ROW
        indent = "\u3000" * layout.funds.depth(label)
        word = layout.word(label) if is_total else indent + layout.funds.word(label)
        place = (FUNDS, label)
        head = Cell(
            in_words(word) if is_total else word, kinds[is_total], "row", spans[0], place=place
        )
        row = cells.of(label, line, columns, spans[1:])
        is_nothing = (
            line
            and not is_total
            and not any(cells.written(label).values())
            and is_zero(line, columns)
        )
        kind, anchor = ZERO if is_nothing else "fund", addresses.fund_row(number) if line else ""
        yield FormRow((head, *row), kind, anchor)


class _Way(NamedTuple):
    """A line that says by which way the rows below it split what they are a part of."""

    name: str


def _lines(document: Document) -> Iterator[tuple[str | _Way, FundLine | None, int]]:
    """The rows of the block: what they are, their amounts, and which of the rows typed they are.

    A row that the form has and nobody wrote stands there blank, as on paper.
    """
    card, funds = document.card, document.layout.funds
    total = (TOTAL_ROW, card.execution.total, 0)
    if not funds.total_last:
        yield total
    typed = {row.label: (row, number) for number, row in enumerate(card.rows, start=1)}
    before = None
    for label in in_order(list(funds.rows), list(typed)):
        whole, way = family = funds.family(label)
        if way is not None and family != before:
            yield _Way(way), None, 0
        # A part of a row comes between it and the next one of its own way.
        before = before if whole is not None and way is None else family
        yield label, *typed.get(label, (None, 0))
    if funds.total_last:
        yield total


class _Cells:
    """The cells of funding rows: all amounts of a form with as many decimals."""

    def __init__(self, document: Document, room: Decimal) -> None:
        """`room` is how wide the narrowest column of amounts is."""
        self._document = document
        lines = (document.card.execution.total, *document.card.rows)
        amounts = [amount for line in lines for amount in line.amounts.values()]
        self._decimals = common_decimals(amounts)
        longest = max(len(figure(amount, self._decimals)) for amount in amounts)
        is_long = longest > (LONGEST if room < 2 * WANTED[AMOUNT] else 2 * LONGEST)
        self._amount = "number amount long" if is_long else "number amount"
        self._sign = document.layout.sign
        rule = document.profile.execution
        self._digits = int(rule.score.digits) if rule.score else 0

    @property
    def zero(self) -> str:
        """No money, as the form prints it."""
        return figure(Decimal(), self._decimals)

    def written(self, row: str) -> dict[str, str]:
        """What is typed in a row beside amounts."""
        typed = self._document.report.funds.get(row)
        if typed is None or not self._document.layout.funds.entries:
            return {}
        amounts = self._document.layout.funds.amounts
        own = extras(typed).items()
        return {key: written(value) for key, value in own if key not in amounts}

    def of(
        self, row: str, line: FundLine | None, columns: Mapping[str, str], spans: Sequence[int]
    ) -> Iterator[Cell]:
        """The cells of one row, blank where nobody wrote it; points and their reason stand beside
        the total, or where the form repeats them."""
        funds = self._document.layout.funds
        texts = self._points(row, line) | (self._figures(row, line) if line else {})
        for (key, heading), span in zip(columns.items(), spans, strict=True):
            text = texts.get(key, "")
            if key in (WEIGHT, SCORE) and text == self._sign:
                kind = "figure unscored"
            elif text in (NOTHING, self._sign):
                kind = "figure"
            elif key in funds.amounts:
                kind = self._amount
            else:
                kind = "text" if key == REASON or key in funds.entries else "number points"
            if not text:
                kind = "text" if line is None else kind
            anchor = "execution" if row == TOTAL_ROW and key == SCORE else ""
            place = self._place(row, key)
            about = "预算执行" if anchor else ""
            yield Cell(text, kind, "", span, label=heading, anchor=anchor, about=about, place=place)

    def _place(self, row: str, key: str) -> Location:
        """Where what stands in a column is typed; nowhere where nothing can stand."""
        if key == REASON:
            return (Report.label("execution_note"),) if row == TOTAL_ROW else ()
        scored = (TOTAL_ROW, *self._document.layout.funds.scored_rows)
        return (FUNDS, row, key) if key not in (WEIGHT, SCORE) or row in scored else ()

    def _points(self, row: str, line: FundLine | None) -> dict[str, str]:
        """分值 and 得分 of the total; elsewhere the sign for what does not apply."""
        digits, execution = self._digits, self._document.card.execution
        if row == TOTAL_ROW:
            note = to_inline(self._document.report.execution_note or "")
            weight, score = execution.weight, execution.score
            return {WEIGHT: figure(weight, digits), SCORE: figure(score, digits), REASON: note}
        if row not in self._document.layout.funds.scored_rows:
            return {WEIGHT: self._sign, SCORE: self._sign}
        if line is None:
            return {}
        return {WEIGHT: figure(line.weight, digits), SCORE: figure(line.score, digits)}

    def _figures(self, row: str, line: FundLine) -> dict[str, str]:
        """What is typed in a row, and what is worked out of it."""
        funds = self._document.layout.funds
        shares = {RATE: line.rate, **line.shares}
        texts = {
            **{
                key: "" if amount is None else figure(amount, self._decimals)
                for key, amount in line.amounts.items()
            },
            **{key: percent(share, sign=funds.percent_sign) for key, share in shares.items()},
        }
        if (known := funds.rows.get(row)) and known.columns:
            missing = {key for key, share in shares.items() if share is None} - {*known.columns}
            texts |= dict.fromkeys(missing, "")
        own = self.written(row).items()
        return texts | {key: text for key, text in own if key not in texts}


def _spans(columns: Sequence[str], document: Document, widths: Sequence[Decimal]) -> Sequence[int]:
    """How many grid columns the row label and each funding column take."""
    funds = document.layout.funds
    kinds = [LABEL, *(_kind(column, funds) for column in columns)]
    wanted = tuple(WANTED[kind] for kind in kinds)
    limits = LEAST_OF_MANY if len(widths) > FINE / 2 else LEAST
    return fitted(wanted, tuple(limits.get(kind, 0) for kind in kinds), tuple(widths))


def _room(
    document: Document, columns: Sequence[str], spans: Sequence[int], widths: Sequence[Decimal]
) -> Decimal:
    """How wide the narrowest column of amounts is; 0 where there is none."""
    edges = [sum(spans[:place]) for place in range(len(spans) + 1)]
    return min(
        (
            sum(widths[left:right], Decimal(0))
            for column, (left, right) in zip(columns, pairwise(edges[1:]), strict=True)
            if column in document.layout.funds.amounts
        ),
        default=Decimal(0),
    )


def _kind(column: str, funds: FundsBlock) -> str:
    """What stands in a column, as far as its width goes."""
    if column in funds.amounts:
        return AMOUNT
    if column in funds.computed:
        return RATE
    return TEXT if column in funds.entries else column
