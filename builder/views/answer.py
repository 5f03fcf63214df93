"""What a report comes to, in a few sentences made of its own figures.

They answer what is asked first: what was spent, what was reached, which points were lost, and
why. Every figure is one of the `Scorecard`, as the page prints it; of what is blank, or open,
nothing is said.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from builder.content import addresses
from builder.layouts import AMOUNTS
from builder.model import Site
from builder.scoring import (
    Document,
    Method,
    Points,
    apart,
    deviates,
    missed,
)
from builder.text import amount, figure, percent
from builder.views.lost import NAMED, Counted, lost, names
from builder.views.page import Piece

_LETTER = re.compile(r"[(（][A-Z][)）]$")  # what a form calls a column in its formulas


def answer(document: Document, site: Site) -> tuple[Piece, ...]:
    """The sentences about a report, in pieces; none about a table of targets.

    After 复核 they tell of the results that count on this site, and of both totals.
    """
    if document.report.is_planned:
        return ()
    found = document.recheck
    card = found if found and site.counts_review else document.card
    teller = _Teller(document, card)
    told = (*teller.money(), *teller.indicators(), *teller.review(), *lost(document, card))
    return tuple(piece for piece in told if piece.text)


def spoken(pieces: Iterable[Piece]) -> str:
    """The same as plain text, where nothing leads on."""
    return "".join(piece.text for piece in pieces if not piece.leads_on)


class _Teller(Counted):
    __slots__ = ()

    def money(self) -> Iterator[Piece]:
        """What was spent of what there was; what 复核 found beside it, if that is something else.

        The figures above the form are its author's, so that these are, too.
        """
        profile, unit = self.document.profile, self.document.layout.money_unit
        total = self.document.card.execution.total
        spent, base = total.spent, total.base(profile)
        if spent is None:
            return
        denominator = profile.execution.denominator
        if base is None or base <= 0 or total.rate is None:
            is_idle = not spent and base is not None and not base and denominator in AMOUNTS
            told = "没有预算，也没有支出" if is_idle else f"全年支出 {amount(spent)} {unit}"
            yield Piece(told, addresses.fund_row(0))
        else:
            yield Piece(f"全年支出 {amount(spent)} {unit}", addresses.fund_row(0))
            column = self.document.layout.funds.columns.get(denominator, denominator)
            of_it = f"{_LETTER.sub('', column)} {amount(base)} {unit}"
            yield Piece(f"，占{of_it}的 {percent(total.rate)}")
            if spent > base == total.limit(profile):
                yield Piece(f"，超出 {amount(spent - base)} {unit}")
        found = self.document.recheck
        if found and found.execution.total.spent not in (None, spent):
            other = found.execution.total
            yield Piece("；")
            yield Piece(f"复核认定支出 {amount(other.spent)} {unit}", addresses.RECHECK)
            yield Piece(f"，执行率 {percent(other.rate)}" if other.rate is not None else "")
        yield Piece("。")

    def indicators(self) -> Iterator[Piece]:
        """How many indicators came out how; on a form without points also which fell short."""
        points, count = self.card.points, len(self.card.points)
        if not points:
            return
        after = "复核后 " if self.is_review else ""
        if not any(point.is_measured for point in points):
            full = sum(point.is_full for point in points)
            if self.card.total is not None:
                told = "全部得满分" if full == count else f"中 {full} 个得满分"
                yield Piece(f"{after}{count} 个指标{told}。")
            return
        ways = Counter(map(self._way, points))
        if "达标" not in ways and "未达标" not in ways:
            return
        if len(ways) == 1:
            yield Piece(f"{after}{count} 个指标全部")
            yield Piece(next(iter(ways)), self._place(short="未达标" in ways))
        else:
            yield Piece(f"{after}{count} 个指标中 ")
            for number, way in enumerate(_in_order(ways)):
                yield Piece("，" if number else "")
                yield Piece(f"{ways[way]} 个{way}", self._place(short=way == "未达标"))
        if not self.document.profile.is_scored:
            yield from self._missed()
        yield Piece("。")

    def _way(self, point: Points) -> str:
        """How an indicator came out."""
        if point.is_met is True:
            return "达标"
        is_scored = self.document.profile.is_scored
        if missed(point) or (is_scored and point.is_met is False):
            return "未达标"
        if point.method is Method.NOT_APPLICABLE:
            return "不适用"
        if point.method is Method.EXECUTION:
            return "按执行率计分"
        if point.awarded is not None:
            return "由人工评定"
        if point.is_blank:
            return "没有填全"
        return "尚待评定" if is_scored else "无法由程序判定"

    def _place(self, *, short: bool) -> str:
        """The list of what fell short, if it has that."""
        is_there = any(map(deviates, self.document.card.points))
        return addresses.DEVIATIONS if short and is_there and not self.is_review else ""

    def _missed(self) -> Iterator[Piece]:
        """Which targets were missed, if they are few."""
        short = [n for n, p in enumerate(self.card.points, 1) if self._way(p) == "未达标"]
        if 0 < len(short) <= NAMED:
            yield Piece("：")
            yield from names(self.card, short)

    def review(self) -> Iterator[Piece]:
        """Both totals, after 复核, and which of them counts."""
        found = self.document.recheck
        own, other = self.document.card.total, found.total if found else None
        if own is None or other is None:
            return
        yield Piece(f"复核 {figure(other)} 分", addresses.RECHECK)
        gap = f"比自评{apart(own, other)}" if own != other else "与自评相同"
        yield Piece(f"，{gap}" + (f"，以{'复核' if self.is_review else '自评'}为准。"))


def _in_order(ways: Iterable[str]) -> list[str]:
    """What is known first, then the rest as it came."""
    first = ("达标", "未达标")
    found = list(ways)
    return [*(way for way in first if way in found), *(way for way in found if way not in first)]
