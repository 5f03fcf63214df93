"""The formulas of what the form comes to: levels, 分值合计, 总分, 评分等级."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from builder.export.workbook.arithmetic import (
    OPEN,
    Formula,
    constant,
    nothing,
    quoted,
    rounded,
    sure,
)
from builder.export.workbook.money import FUNDS, Money
from builder.layouts import LEVEL_POINTS, LEVELS, RECHECKED
from builder.model import TOTAL_ROW
from builder.scoring import Document, Points, plain
from builder.source import Location
from builder.text import NOTHING

WEIGHT, SCORE, EXECUTION = "分值", "得分", "预算执行"
FOUND = ("复核", "得分")
WEIGHT_SUM, TOTAL, GRADE = ("分值合计",), ("总分",), ("评分等级",)
FOUND_TOTAL = (RECHECKED[1],)


class Closing:
    """The sums of one form; `names` are what formulas call its cells, by place, `texts` what
    these show now."""

    def __init__(
        self,
        document: Document,
        names: Mapping[Location, str],
        texts: Mapping[Location, str],
        money: Money,
        *,
        is_empty: bool,
    ) -> None:
        self._document, self._names, self._texts = document, names, texts
        self._money = money
        self._card, self._profile = document.card, document.profile
        self._is_empty = is_empty
        self._weights = self._cells(WEIGHT)

    def formulas(self) -> Iterator[tuple[Location, Formula]]:
        """What is worked out, by place."""
        yield from self._levels()
        if not self._profile.is_scored or not self._weights:
            return
        if weights := self._weight_sum():
            yield WEIGHT_SUM, Formula(weights, self._said(WEIGHT_SUM, self._card.weight_sum))
        if self._document.report.is_planned:
            return
        execution = self._execution()
        if execution is not None and (total := self._total(TOTAL, self._cells(SCORE), execution)):
            yield TOTAL, Formula(total, self._said(TOTAL, self._card.total))
            shown = self._names.get(TOTAL, total)
            yield GRADE, Formula(self._grade(shown), self._card.grade or "")
        yield from self._rechecked()

    def _rechecked(self) -> Iterator[tuple[Location, Formula]]:
        """The total that 复核 comes to, and how far it is from the author's."""
        found = self._document.recheck
        execution = self._names.get((EXECUTION, RECHECKED[1]), "")
        total = self._total(FOUND_TOTAL, self._cells(*FOUND), execution)
        if found is None or total is None or (found.execution.score is not None and not execution):
            return
        yield FOUND_TOTAL, Formula(total, self._said(FOUND_TOTAL, found.total))

    def _said(self, place: Location, value: Decimal | None) -> Decimal | str:
        return self._texts.get(place, "") if value is None else value

    def _none(self, place: Location) -> str:
        return nothing(self._texts.get(place, NOTHING))

    def _cells(self, *column: str, points: Sequence[Points] | None = None) -> str:
        """The cells of a column as one range; what lies between has no figures in it."""
        found = [
            name
            for point in (self._card.points if points is None else points)
            if (name := self._names.get(point.place(*column)))
        ]
        return f"{found[0]}:{found[-1]}" if found else ""

    def _levels(self) -> Iterator[tuple[Location, Formula]]:
        """The points of each level, in a column of their own or behind its name."""
        block = self._document.layout.indicators
        for depth, (level, column) in enumerate(zip(LEVELS, LEVEL_POINTS, strict=True), start=1):
            is_told = level in block.with_points and self._profile.is_scored
            for path, weight in self._card.level_weights(depth).items():
                members = [p for p in self._card.points if p.path[:2][:depth] == path]
                cells = self._cells(WEIGHT, points=members)
                if not cells or not path[-1]:
                    continue
                place = members[0].place()[: depth + 1]
                total = sure(f"SUM({cells})")
                if self._is_empty:
                    total = f'IF(COUNT({cells})=0,"",{total})'
                yield (*place, column), Formula(total, "" if weight is None else weight)
                if is_told and weight is not None:
                    # Where the cell has not room for both, the points stand on a line of their own.
                    is_broken = "\n(" in self._texts.get(place, "")
                    between, feed = ("&CHAR(10)&", "\n") if is_broken else ("&", "")
                    text = f'{quoted(path[-1])}{between}"("&{total}&"分)"'
                    yield place, Formula(text, f"{path[-1]}{feed}({plain(weight)}分)")

    def _execution(self) -> str | None:
        """The 得分 of the execution, "" where it has none of its own; None where it has, and no
        cell or formula tells it."""
        if self._card.execution.weight is None:
            return ""
        for place in ((FUNDS, TOTAL_ROW, SCORE), (EXECUTION, SCORE)):
            if place in self._names:
                return self._names[place]
        return self._money.score()

    def _weight_sum(self) -> str:
        weight = self._card.execution.weight
        more = "" if weight is None else f"+{constant(weight)}"
        total = sure(f"SUM({self._weights}){more}")
        if self._is_empty:
            return f"IF(COUNT({self._weights})=0,{OPEN},{total})"
        return f"IF(COUNT({self._weights})<{self._count},{self._none(WEIGHT_SUM)},{total})"

    def _total(self, place: Location, scores: str, execution: str) -> str | None:
        """Σ of the scores in some cells and of the execution's; where 不适用 rescales, put back
        onto the full points."""
        rounding, scoring = self._profile.total, self._profile.scoring
        if rounding is None or scoring is None or not scores:
            return None
        weights, total = self._weights, f"SUM({scores})"
        known, missing = f"COUNT({scores})", list[str]()
        if execution:
            total += f"+{execution}"
            missing.append(f"NOT(ISNUMBER({execution}))")
        if scoring.not_applicable == "折算":
            known += f'+COUNTIF({scores},"-")'
            weight = self._card.execution.weight
            full = f"(SUM({weights})" + ("" if weight is None else f"+{constant(weight)}")
            left = f'{full}-SUMIF({scores},"-",{weights}))'
            whole = f"IF({left}=0,0,({total})*{full})/{left})"
            total = f'IF(COUNTIF({scores},"-")=0,{total},{whole})'
            missing.append(f'AND(COUNTIF({scores},"-")>0,COUNT({weights})<{self._count})')
        missing.insert(0, f"{known}<{self._count}")
        if self._is_empty:
            missing.insert(0, f"COUNT({weights})=0")
        none = self._none(place)
        return f"IF(OR({','.join(missing)}),{none},{rounded(total, rounding)})"

    @property
    def _count(self) -> str:
        """How many indicators must have points: in an empty form those that have a 分值."""
        return f"COUNT({self._weights})" if self._is_empty else f"{len(self._card.points)}"

    def _grade(self, total: str) -> str:
        found = '""'
        for band in sorted(self._profile.bands, key=lambda band: band.lower):
            found = f"IF({total}>={constant(band.lower)},{quoted(band.grade)},{found})"
        return f'IF(ISNUMBER({total}),{found},"")'
