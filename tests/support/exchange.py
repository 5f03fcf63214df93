"""What a report says, to be compared with what comes back from an office's file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from builder import formatter, office, source
from builder.content import report_labels
from builder.diagnostics import Diagnostics
from builder.intake.choosing import Catalogue
from builder.intake.taking import Taken, take
from builder.model import TOTAL_ROW
from builder.records import BLANK
from builder.scoring import Document, Scorecard, split_target
from builder.source import Location, Value
from builder.text import to_html

SCORE, TARGET = "得分", "年度指标值"
NOTHING = {BLANK, "—", "-", "/"}


def imported(file: str, data: bytes, known: Catalogue) -> Taken:
    """The one form of an office's file, read."""
    paper = office.read(file, data)
    assert isinstance(paper, office.Paper), paper
    assert not paper.remarks
    (found,) = take(paper, known)
    return found


def said(document: Document) -> dict[Location, object]:
    """All that is public of a report by its place, as far as it means something: amounts as
    numbers, texts as they are set, and scores as they come out."""
    typed = leaves(published(document))
    found = {at: meant(at, text) for at, text in typed if not _is_worked_out(at)}
    for name, card in (("自评", document.card), ("复核", document.recheck)):
        found |= {(name, *at): number for at, number in _scores(card)} if card else {}
    return {at: text for at, text in found.items() if text is not None}


def published(document: Document) -> Value:
    """The public part of a report as an author would write it."""
    text = formatter.published(document.report)
    return source.parse(text, "", report_labels(), Diagnostics()).value


def leaves(value: Value, at: Location = ()) -> Iterator[tuple[Location, str]]:
    """Every text of a file with its place."""
    if isinstance(value, str):
        yield at, value
    elif value is not None:
        members = value.items() if isinstance(value, dict) else enumerate(value)
        for part, inner in members:
            yield from leaves(inner, (*at, part))


def meant(at: Location, text: str) -> object:
    """What a text means at its place; None for nothing."""
    if text in NOTHING:
        return None
    if at[-1] == TARGET:
        return split_target(text)
    try:
        return Decimal(text)
    except InvalidOperation:
        # A form shows what is bold, and no file of an office is asked for that.
        return re.sub(r"\s|</?strong>", "", to_html(text))


def _is_worked_out(at: Location) -> bool:
    """Whether a value is one that an author may leave to the rules, so that it is compared as it
    comes out."""
    return at[-1] == SCORE or TOTAL_ROW in at


def _scores(card: Scorecard) -> Iterator[tuple[Location, object]]:
    yield ("总分",), card.total
    yield ("评分等级",), card.grade
    total = card.execution.total
    yield from (((TOTAL_ROW, key), value) for key, value in total.amounts.items())
    yield from (((TOTAL_ROW, key), value) for key, value in total.shares.items())
    yield ((TOTAL_ROW, SCORE), card.execution.score)
    for number, point in enumerate(card.points):
        yield (("绩效指标", number, SCORE), point.awarded)
