"""The figures of a report before and after an edit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from builder.model import Amounts, Declared, Indicator
from builder.scoring import Document
from builder.text import figure, percent

RATE, EXECUTION_SCORE = Declared.label("rate"), Declared.label("execution_score")
TOTAL, GRADE = Declared.label("total"), Declared.label("grade")
BUDGET, SPENT = Amounts.label("budget"), Amounts.label("spent")
AWARDED = Indicator.label("awarded")
FOUND_TOTAL, FOUND_POINTS = "复核总分", "复核得分"

_FIGURE = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")


@dataclass(frozen=True, slots=True)
class Shift:
    """A figure before and after, as it is printed; "" where there was or is none."""

    label: str
    old: str
    new: str

    @property
    def is_same(self) -> bool:
        """Whether nothing happened to it; other digits of the same figure are nothing."""
        if self.old == self.new:
            return True
        is_figures = _FIGURE.fullmatch(self.old) and _FIGURE.fullmatch(self.new)
        return bool(is_figures) and Decimal(self.old) == Decimal(self.new)


def figures(old: Document | None, new: Document | None) -> tuple[Shift, ...]:
    """What a report comes to, on both sides; of one that was rechecked, by 复核, too."""
    olds, news = _of(old), _of(new)
    return tuple(Shift(label, olds.get(label, ""), news.get(label, "")) for label in olds | news)


def _of(document: Document | None) -> dict[str, str]:
    if document is None:
        return {}
    card = document.card
    rate = card.execution.total.rate
    found = {FOUND_TOTAL: printed(document.recheck.total)} if document.recheck else {}
    return {
        RATE: "" if rate is None else percent(rate),
        EXECUTION_SCORE: printed(card.execution.score),
        TOTAL: printed(card.total),
        GRADE: card.grade or "",
        **found,
        BUDGET: printed(card.execution.total.budget),
        SPENT: printed(card.execution.total.spent),
    }


def printed(value: Decimal | None) -> str:
    """An amount or points as they are printed; "" for none."""
    return "" if value is None else figure(value)
