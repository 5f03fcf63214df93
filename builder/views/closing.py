"""The last rows of the form: what stands under the columns of points."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import groupby

from builder.content import addresses
from builder.layouts import RATE, RECHECKED
from builder.scoring import Document, gap
from builder.source import Location
from builder.text import NOTHING, figure, percent, signed
from builder.views.form import Cell, FormRow
from builder.views.page import LABELS

WEIGHT, SCORE, ACTUAL, EXECUTION = "分值", "得分", "实际完成值", "预算执行"
WEIGHT_SUM = "分值合计"


def closing(
    document: Document, grid: Sequence[str], headings: Mapping[str, str], label: int
) -> Iterator[FormRow]:
    """预算执行 and 总分 under the columns they belong to, 评分等级 where the profile has grades,
    as far as the layout has these rows; `label` is how many columns a label takes."""
    card, found, profile = document.card, document.recheck, document.profile
    asked, layout = document.layout.closing, document.layout
    digits = int(profile.total.digits) if profile.total else 0
    if EXECUTION in asked:
        texts = _execution(document)
        places: dict[str, Location] = {key: (EXECUTION, key) for key in texts}
        places[ACTUAL] = (EXECUTION, RATE)
        yield FormRow(tuple(_row(layout.word(EXECUTION), texts, grid, headings, places)), "total")
    sums: dict[str, Decimal | None] = {WEIGHT: card.weight_sum, SCORE: card.total}
    if found:
        sums[RECHECKED[1]] = found.total
    texts = {key: figure(value, digits) for key, value in sums.items()}
    if found:
        texts[RECHECKED[2]] = signed(gap(card.total, found.total), digits)
    if LABELS.total not in asked:
        return
    # How it came about stands on the report's own page.
    anchor = "" if RECHECKED[1] in grid else "total"
    places = {WEIGHT: (WEIGHT_SUM,), SCORE: (LABELS.total,), **{key: (key,) for key in RECHECKED}}
    word, term = layout.word(LABELS.total), LABELS.total
    row = tuple(_row(word, texts, grid, headings, places, anchor=anchor, term=term))
    yield FormRow(row, "total", addresses.TOTAL_ROW)
    if profile.bands and LABELS.grade in asked:
        heading = Cell(layout.word(LABELS.grade), "label", "row", label, term=LABELS.grade)
        columns = len(grid) - label
        grade = Cell(card.grade or "", "text", columns=columns, place=(LABELS.grade,))
        yield FormRow((heading, grade), "grade")


def _execution(document: Document) -> dict[str, str]:
    """The execution as a row among the indicators: its rate is what was reached."""
    own, found = document.card.execution, document.recheck
    digits = document.profile.point_digits
    texts = {
        WEIGHT: figure(own.weight, digits),
        ACTUAL: percent(own.total.rate),
        SCORE: figure(own.score, digits),
    }
    if found:
        other = found.execution
        texts |= {
            RECHECKED[0]: percent(other.total.rate),
            RECHECKED[1]: figure(other.score, digits),
            RECHECKED[2]: signed(gap(own.score, other.score), digits),
        }
    return texts


def _row(
    label: str,
    texts: Mapping[str, str],
    grid: Sequence[str],
    headings: Mapping[str, str],
    places: Mapping[str, Location],
    *,
    anchor: str = "",
    term: str = "",
) -> Iterator[Cell]:
    """A label as far as the first text, then each text in its column, at its place; `anchor` is
    where the score is explained."""
    shown = {key: text for key, text in texts.items() if key in grid}
    first = min((grid.index(key) for key in shown), default=len(grid))
    yield Cell(label, "label", "row", first, term=term)
    for is_shown, keys in groupby(grid[first:], lambda key: key in shown):
        if not is_shown:
            yield Cell(columns=len(list(keys)))
            continue
        for key in keys:
            text = shown[key]
            is_known = text != NOTHING and key not in (ACTUAL, RECHECKED[0])
            kind = "number points" if is_known else "figure"
            leads = anchor if key == SCORE and is_known else ""
            about = label if leads else ""
            yield Cell(
                text, kind, label=headings[key], anchor=leads, about=about, place=places[key]
            )
