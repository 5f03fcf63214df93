"""What a report comes to, in a few sentences made of its own figures.

They answer what is asked first: what was spent, what was reached, which points were lost, and
why. Every figure is one of the `Scorecard`, as the page prints it; of what is blank, or open,
nothing is said.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from builder.content import addresses
from builder.layouts import AMOUNTS
from builder.model import Site
from builder.scoring import (
    EXECUTION,
    HUNDRED,
    Document,
    Loss,
    Losses,
    Method,
    Points,
    Scorecard,
    apart,
    deviates,
    execution_needs_reason,
    losses,
    missed,
    reason_of,
)
from builder.text import figure, percent, unnumbered

_LETTER = re.compile(r"[(（][A-Z][)）]$")  # what a form calls a column in its formulas
_NAMED = 2  # indicators that one sentence can name; of more it says how many


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of running text; with an `anchor` it leads to that place of the page.

    What `leads_on` says nothing by itself: 看原因.
    """

    text: str
    anchor: str = ""
    leads_on: bool = False


def answer(document: Document, site: Site) -> tuple[Piece, ...]:
    """The sentences about a report, in pieces; none about a table of targets.

    After 复核 they tell of the results that count on this site, and of both totals.
    """
    if document.report.is_planned:
        return ()
    found = document.recheck
    card = found if found and site.counts_review else document.card
    teller = _Teller(document, card)
    told = (*teller.money(), *teller.indicators(), *teller.review(), *teller.lost())
    return tuple(piece for piece in told if piece.text)


def spoken(pieces: Iterable[Piece]) -> str:
    """The same as plain text, where nothing leads on."""
    return "".join(piece.text for piece in pieces if not piece.leads_on)


@dataclass(frozen=True, slots=True)
class _Teller:
    """`card` is the scorecard that counts."""

    document: Document
    card: Scorecard

    @property
    def _is_review(self) -> bool:
        return self.card is self.document.recheck

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
            told = "没有预算，也没有支出" if is_idle else f"全年支出 {figure(spent)} {unit}"
            yield Piece(told, addresses.fund_row(0))
        else:
            yield Piece(f"全年支出 {figure(spent)} {unit}", addresses.fund_row(0))
            column = self.document.layout.funds.columns.get(denominator, denominator)
            of_it = f"{_LETTER.sub('', column)} {figure(base)} {unit}"
            yield Piece(f"，占{of_it}的 {percent(total.rate)}")
            if spent > base == total.limit(profile):
                yield Piece(f"，超出 {figure(spent - base)} {unit}")
        found = self.document.recheck
        if found and found.execution.total.spent not in (None, spent):
            other = found.execution.total
            yield Piece("；")
            yield Piece(f"复核认定支出 {figure(other.spent)} {unit}", addresses.RECHECK)
            yield Piece(f"，执行率 {percent(other.rate)}" if other.rate is not None else "")
        yield Piece("。")

    def indicators(self) -> Iterator[Piece]:
        """How many indicators came out how; on a form without points also which fell short."""
        points, count = self.card.points, len(self.card.points)
        if not points:
            return
        after = "复核后 " if self._is_review else ""
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
        return addresses.DEVIATIONS if short and is_there and not self._is_review else ""

    def _missed(self) -> Iterator[Piece]:
        """Which targets were missed, if they are few."""
        short = [n for n, p in enumerate(self.card.points, 1) if self._way(p) == "未达标"]
        if 0 < len(short) <= _NAMED:
            yield Piece("：")
            yield from self._names(short)

    def review(self) -> Iterator[Piece]:
        """Both totals, after 复核, and which of them counts."""
        found = self.document.recheck
        own, other = self.document.card.total, found.total if found else None
        if own is None or other is None:
            return
        yield Piece(f"复核 {figure(other)} 分", addresses.RECHECK)
        gap = f"比自评{apart(own, other)}" if own != other else "与自评相同"
        yield Piece(f"，{gap}" + (f"，以{'复核' if self._is_review else '自评'}为准。"))

    def lost(self) -> Iterator[Piece]:
        """Which points were lost, where, and the greatest loss; that none were."""
        found = losses(self.card)
        if found is None:
            return
        whose = ("复核" if self._is_review else "自评") if self.document.recheck else ""
        full = f"满分 {figure(found.full)} 分，" if found.full != HUNDRED else ""
        if not found.entries:
            yield Piece(f"{full}{whose}没有扣分。" if found.is_sum else "")
            return
        if found.is_sum or found.is_rescaled:
            before = "折算前" if found.is_rescaled else ""
            yield Piece(f"{full}{whose}{before}扣 {self._all(found)} 分")
            if len(found.entries) > 1:
                yield Piece(f"{self._parts(found)}；最多的是")
            else:
                yield Piece("，都在")
        else:
            yield Piece(f"{whose}扣分最多的是")
        yield from self._greatest(found)
        yield Piece("。")

    def _all(self, found: Losses) -> str:
        rounding = self.document.profile.total
        return figure(found.lost, int(rounding.digits) if rounding else 0)

    def _parts(self, found: Losses) -> str:
        """`：产出 14.14，预算执行 0.33`; of one part only its name."""
        told = [f"{_short(part)} {self._points(part, lost)}" for part, lost in found.parts.items()]
        return (
            f"：{'，'.join(told)}" if len(told) > 1 else f"，都在{_short(next(iter(found.parts)))}"
        )

    def _points(self, part: str, lost: Decimal) -> str:
        profile = self.document.profile
        if part != EXECUTION:
            return figure(lost, profile.point_digits)
        return figure(lost, int(profile.execution.score.digits) if profile.execution.score else 0)

    def _greatest(self, found: Losses) -> Iterator[Piece]:
        """The greatest loss: how much, in what way, and where its reason stands."""
        greatest, is_alone = found.greatest, len(found.entries) == 1
        first = greatest[0]
        part = EXECUTION if first.number == 0 else ""
        lost = f"扣 {self._points(part, first.points)} 分"
        if len(greatest) > 1:
            yield from self._names([entry.number for entry in greatest])
            yield Piece(f"，各{lost}")
            return
        yield from self._names([first.number])
        yield Piece(f"，{how}" if (how := self._how(first)) else "")
        # 预算执行 is a part, whose points are told where there is a sum of them.
        needs_sum = not (found.is_sum or found.is_rescaled) or bool(first.number and not is_alone)
        yield Piece(f"，{lost}" if needs_sum else "")
        yield from self._reason(first)

    def _names(self, numbers: list[int]) -> Iterator[Piece]:
        """`“甲”和“乙”`, or `“甲”等 3 项`, each leading to its row of the form."""
        shown = numbers if len(numbers) <= _NAMED else numbers[:1]
        for at, number in enumerate(shown):
            yield Piece("和" if at else "")
            if number == 0:
                yield Piece(EXECUTION, addresses.EXECUTION_NOTE if not self._is_review else "")
                continue
            name = self.card.points[number - 1].indicator.name
            yield Piece("“")
            yield Piece(name, addresses.indicator_row(number))
            yield Piece("”")
        if len(numbers) > len(shown):
            yield Piece(f"等 {len(numbers)} 项")

    def _how(self, loss: Loss) -> str:
        """In what way points were lost; "" where nothing more is to say than that they were."""
        if loss.number == 0:
            return ""
        point, digits = self.card.points[loss.number - 1], self.document.profile.point_digits
        if point.is_overridden:
            recheck = point.indicator.recheck
            is_found = self._is_review and recheck is not None and recheck.awarded is not None
            given = f"{'复核' if is_found else '填报'} {figure(point.awarded, digits)} 分"
            return f"按规则得 {figure(point.computed, digits)} 分，{given}"
        return missed(point)

    def _reason(self, loss: Loss) -> Iterator[Piece]:
        """Where the reason stands, or that there is none."""
        own, at = self.document.card, loss.number - 1
        if self._is_review:
            if loss.number and own.points[at].awarded != self.card.points[at].awarded:
                yield from _aside("见复核", addresses.RECHECK, leads_on=True)
            return
        if loss.number == 0:
            note = reason_of(self.document.report.execution_note)
            is_due = execution_needs_reason(own.execution, self.document.profile)
            anchor = addresses.EXECUTION_NOTE
        else:
            note, is_due = reason_of(own.points[at].indicator.reason), True
            anchor = addresses.reason(addresses.indicator_row(loss.number))
        if note or is_due:
            yield from _aside("看原因" if note else "没有填写原因", anchor, leads_on=bool(note))


def _aside(text: str, anchor: str, *, leads_on: bool) -> Iterator[Piece]:
    yield Piece("（", leads_on=leads_on)
    yield Piece(text, anchor, leads_on)
    yield Piece("）", leads_on=leads_on)


def _in_order(ways: Iterable[str]) -> list[str]:
    """What is known first, then the rest as it came."""
    first = ("达标", "未达标")
    found = list(ways)
    return [*(way for way in first if way in found), *(way for way in found if way not in first)]


def _short(part: str) -> str:
    """`产出` for 产出指标; what the form calls all its indicators stays."""
    name = unnumbered(part)
    bare = name.removesuffix("指标")
    return bare if bare and bare != "绩效" else name
