"""Everything that a sheet works out itself, by place, with what it comes to now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from builder.export.workbook import points as rules
from builder.export.workbook.arithmetic import Formula, are_numbers, sure
from builder.export.workbook.closing import EXECUTION, FOUND, SCORE, WEIGHT, Closing
from builder.export.workbook.figures import Figure
from builder.export.workbook.money import Money
from builder.layouts import ADJUSTED_TARGET, FIGURE, INITIAL_TARGET, QUOTIENT, RATE, RECHECKED
from builder.model import extras
from builder.scoring import Document, Points
from builder.source import Location

TARGET, ACTUAL = "年度指标值", "实际完成值"
ACTUAL_FOUND = ("复核", "完成值")
SIGNED = "+0.00;-0.00;0.00"


class Formulas:
    """The formulas of a form; `names` are what they call its cells, `texts` what these show now,
    and `figures` those that hold a number, by place. An empty form asks for points of those
    indicators only that have a 分值, and knows no rule for them."""

    def __init__(
        self,
        document: Document,
        names: Mapping[Location, str],
        texts: Mapping[Location, str],
        figures: Mapping[Location, Figure],
        *,
        is_empty: bool,
    ) -> None:
        self._document, self._names, self._figures = document, names, figures
        self._money = Money(document, names, texts, is_empty=is_empty)
        self._closing = Closing(document, names, texts, self._money, is_empty=is_empty)
        self._is_empty = is_empty

    def by_place(self) -> Mapping[Location, Formula]:
        """All of them."""
        found = dict(self._money.formulas()) | dict(self._closing.formulas())
        if self._document.profile.is_scored and not self._document.report.is_planned:
            found |= dict(self._execution())
            found |= dict(self._indicators())
            found |= dict(self._differences())
        if self._is_empty:  # whatever there is to be worked out, it is not there yet
            found = {place: replace(formula, value="") for place, formula in found.items()}
        return {place: formula for place, formula in found.items() if place in self._names}

    def _execution(self) -> Iterator[tuple[Location, Formula]]:
        """The execution as a row among the last ones, where the form has the amounts, too."""
        own = self._document.card.execution
        if rate := self._money.rate():
            yield (EXECUTION, RATE), Formula(rate, _or_dash(own.total.rate))
        if score := self._money.score():
            yield (EXECUTION, SCORE), Formula(score, _or_dash(own.score))

    def _indicators(self) -> Iterator[tuple[Location, Formula]]:
        card, found = self._document.card, self._document.recheck
        for point in card.points:
            yield from self._points(point, (ACTUAL,), (SCORE,))
            score, weight = (self._names.get(point.place(key)) for key in (SCORE, WEIGHT))
            if score and weight:
                share = sure(f"ROUND({sure(f'{score}*100/{weight}')},2)")
                yield point.place(QUOTIENT), Formula(
                    f'IF(AND({are_numbers(score, weight)},N({weight})>0),{share},"")',
                    _share(point), 'General"%"',
                )  # fmt: skip
        for point in found.points if found else ():
            yield from self._points(point, ACTUAL_FOUND, FOUND)

    def _points(
        self, point: Points, actual: tuple[str, ...], score: tuple[str, ...]
    ) -> Iterator[tuple[Location, Formula]]:
        """The points of an indicator, where they are not the author's."""
        profile, names = self._document.profile, self._names
        weight = names.get(point.place(WEIGHT))
        if weight is None or self._is_empty or not rules.is_by_rule(point):
            return
        text = None
        if profile.is_execution(point.indicator.name):
            text = self._money.score(weight=weight)
        elif result := names.get(point.place(*actual)):
            target, figure = self._target(point)
            text = rules.formula(point, rules.Cells(result, weight, target, figure), profile)
        if text:
            yield point.place(*score), Formula(text, _or_dash(point.awarded))

    def _target(self, point: Points) -> tuple[str | None, str | None]:
        """The cell of a target, and that of its figure."""
        # Of two columns that which the view prints the target in that counts.
        is_adjusted = INITIAL_TARGET in extras(point.indicator)
        keys = (TARGET, ADJUSTED_TARGET if is_adjusted else INITIAL_TARGET, FIGURE)
        known = [place for key in keys if (place := point.place(key)) in self._names]
        if not known:
            return None, None
        place = next((place for place in known if place in self._figures), known[0])
        name = self._names[place]
        return name, name if place in self._figures else None

    def _differences(self) -> Iterator[tuple[Location, Formula]]:
        """How far 复核 is from what the author says."""
        found = self._document.recheck
        if found is None:
            return
        apart = RECHECKED[2]
        triples: list[tuple[Location, Location, Location]] = [
            (point.place(apart), point.place(SCORE), point.place(*FOUND)) for point in found.points
        ]
        triples.append(((EXECUTION, apart), (EXECUTION, SCORE), (EXECUTION, RECHECKED[1])))
        triples.append(((apart,), ("总分",), (RECHECKED[1],)))
        for place, own, other in triples:
            if own in self._names and other in self._names:
                one, two = self._names[own], self._names[other]
                text = f'IF({are_numbers(one, two)},{sure(f"{two}-{one}")},"-")'
                yield place, Formula(text, None, SIGNED)


def _or_dash(value: Decimal | None) -> Decimal | str:
    return "-" if value is None else value


def _share(point: Points) -> Decimal | str:
    """得分系数 as a number."""
    if not point.weight or point.awarded is None:
        return ""
    return (point.awarded * 100 / point.weight).quantize(Decimal("0.01"))
