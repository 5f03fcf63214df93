"""Which points a report lost, in sentences: how many, where, the greatest loss and its reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from builder.content import addresses
from builder.scoring import (
    EXECUTION,
    HUNDRED,
    Document,
    Loss,
    Losses,
    Scorecard,
    execution_needs_reason,
    losses,
    missed,
    reason_of,
)
from builder.text import figure, unnumbered
from builder.views.page import Piece

NAMED = 2  # indicators that one sentence can name; of more it says how many


def lost(document: Document, card: Scorecard) -> Iterator[Piece]:
    """Which points were lost, where, and the greatest loss; that none were. `card` is the
    scorecard that counts."""
    yield from _Teller(document, card).told()


def names(card: Scorecard, numbers: Sequence[int], execution: str = "") -> Iterator[Piece]:
    """`“甲”和“乙”`, or `“甲”等 3 项`, each leading to its row of the form.

    Indicators are counted from 1; 0 is 预算执行, of which the page tells at `execution`.
    """
    shown = numbers if len(numbers) <= NAMED else numbers[:1]
    for at, number in enumerate(shown):
        yield Piece("和" if at else "")
        if number == 0:
            yield Piece(EXECUTION, execution)
            continue
        name = card.points[number - 1].indicator.name
        yield Piece("“")
        yield Piece(name, addresses.indicator_row(number))
        yield Piece("”")
    if len(numbers) > len(shown):
        yield Piece(f"等 {len(numbers)} 项")


@dataclass(frozen=True, slots=True)
class Counted:
    """A report, and that of its scorecards that counts."""

    document: Document
    card: Scorecard

    @property
    def is_review(self) -> bool:
        """Whether the one of 复核 does."""
        return self.card is self.document.recheck


class _Teller(Counted):
    __slots__ = ()

    def told(self) -> Iterator[Piece]:
        found = losses(self.card)
        if found is None:
            return
        whose = ("复核" if self.is_review else "自评") if self.document.recheck else ""
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
            yield from names(self.card, [entry.number for entry in greatest], self._execution)
            yield Piece(f"，各{lost}")
            return
        yield from names(self.card, [first.number], self._execution)
        yield Piece(f"，{how}" if (how := self._how(first)) else "")
        # 预算执行 is a part, whose points are told where there is a sum of them.
        needs_sum = not (found.is_sum or found.is_rescaled) or bool(first.number and not is_alone)
        yield Piece(f"，{lost}" if needs_sum else "")
        yield from self._reason(first)

    def _how(self, loss: Loss) -> str:
        """In what way points were lost; "" where nothing more is to say than that they were."""
        if loss.number == 0:
            return ""
        point, digits = self.card.points[loss.number - 1], self.document.profile.point_digits
        if point.is_overridden:
            recheck = point.indicator.recheck
            is_found = self.is_review and recheck is not None and recheck.awarded is not None
            given = f"{'复核' if is_found else '填报'} {figure(point.awarded, digits)} 分"
            return f"按规则得 {figure(point.computed, digits)} 分，{given}"
        return missed(point)

    def _reason(self, loss: Loss) -> Iterator[Piece]:
        """Where the reason stands, or that there is none."""
        own = self.document.card
        if self._is_changed(loss.number):
            yield from _aside("见复核", addresses.RECHECK, leads_on=True)
            return
        if loss.number == 0:
            note = reason_of(self.document.report.execution_note)
            is_due = execution_needs_reason(own.execution, self.document.profile)
            anchor = addresses.EXECUTION_NOTE
        else:
            note, is_due = reason_of(own.points[loss.number - 1].indicator.reason), True
            anchor = addresses.reason(addresses.indicator_row(loss.number))
        if note or is_due:
            yield from _aside("看原因" if note else "没有填写原因", anchor, leads_on=bool(note))

    @property
    def _execution(self) -> str:
        """Where it is told of 预算执行."""
        return addresses.RECHECK if self._is_changed(0) else addresses.EXECUTION_NOTE

    def _is_changed(self, number: int) -> bool:
        """Whether 复核 came to other points there than the author."""
        own, card = self.document.card, self.card
        if number == 0:
            return own.execution.score != card.execution.score
        return own.points[number - 1].awarded != card.points[number - 1].awarded


def _aside(text: str, anchor: str, *, leads_on: bool) -> Iterator[Piece]:
    yield Piece("（", leads_on=leads_on)
    yield Piece(text, anchor, leads_on)
    yield Piece("）", leads_on=leads_on)


def _short(part: str) -> str:
    """`产出` for 产出指标; what the form calls all its indicators stays."""
    name = unnumbered(part)
    bare = name.removesuffix("指标")
    return bare if bare and bare != "绩效" else name
