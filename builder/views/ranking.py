"""The departments of a year beside each other: money, rate, score, loss, and how large they are.

A department of one project, or of hardly any money, is easily the best or the worst of all. It is
shown, and said to be small; a rank is told among the others, together with how many those are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from builder.content import Statistics, Summary, addresses, counted, mean, statistics
from builder.scoring import Profile
from builder.text import NOTHING, figure, percent, wan
from builder.views.charts import share
from builder.views.page import LABELS, Link
from builder.views.table import PROJECTS, noun

ZERO, HUNDRED = Decimal(0), Decimal(100)
LEAST = Decimal(1)  # % of the year's money, below which a department is small
FEWEST = 3  # projects, below which a mean says little of a department
RANKED = 3  # departments, among fewer than which there are no ranks


@dataclass(frozen=True, slots=True)
class Ranked:
    """A figure with its rank and what that is out of (`2/18`), "" where none is told."""

    text: str
    rank: str = ""


@dataclass(frozen=True, slots=True)
class RankingRow:
    """A department: its part of the year's money with the `length` of its bar, both in %; amounts
    in 万元; `lost` are the points that its projects lost together, `lost_each` their mean.

    `small` says in words why it has no rank.
    """

    link: Link
    share: str
    length: str
    budget: Ranked
    rate: Ranked
    average: Ranked
    lost: str
    lost_each: Ranked
    count: str
    small: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RankingView:
    """Departments by money, the largest first; `one` is what is counted in each (项目). `note`
    says which are small, and among how many others ranks are told."""

    caption: str
    note: str
    one: str
    has_scores: bool
    rows: tuple[RankingRow, ...]


@dataclass(frozen=True, slots=True)
class _Part:
    """What is counted of a department; `part` is its money in % of all, None where there is
    none."""

    name: str
    figures: Statistics
    losses: Sequence[Decimal]
    part: Decimal | None
    small: tuple[str, ...]

    @property
    def lost_each(self) -> Decimal | None:
        return mean(self.losses) if self.losses else None


def ranking_view(
    departments: Mapping[str, Sequence[Summary]], profile: Profile
) -> RankingView | None:
    """The departments of one year, in their order; None of a single one. `profile` is the site's
    default.

    Only what is `counted` of the year is in it, so that rows add up.
    """
    if len(departments) < 2:
        return None
    every = counted(s for members in departments.values() for s in members)
    known, one = {s.id for s in every}, noun(every).one
    groups = {name: [s for s in members if s.id in known] for name, members in departments.items()}
    total = sum((s.budget or ZERO for s in every), ZERO)
    parts = [
        _part(name, members, total, profile, is_of_projects=one == PROJECTS.one)
        for name, members in groups.items()
    ]
    large = [part for part in parts if part.figures.count and not part.small]
    is_ranked = len(large) >= RANKED
    most = max((part.figures.budget for part in parts), default=ZERO)
    ranks = _Ranks(parts, large if is_ranked else [])
    return RankingView(
        caption=f"各{LABELS.department}比较（按{LABELS.budget}从大到小，金额单位：万元）",
        note=_note(len(large), one) if is_ranked else "",
        one=one,
        has_scores=any(part.figures.average is not None for part in parts),
        rows=tuple(_row(part, most, ranks, is_ranked=is_ranked) for part in parts),
    )


def _part(
    name: str, members: Sequence[Summary], total: Decimal, profile: Profile, *, is_of_projects: bool
) -> _Part:
    figures = statistics(members, profile.execution.rate)
    part = figures.budget * HUNDRED / total if total > 0 and members else None
    small = []
    if part is not None and part < LEAST:
        small.append("金额小")
    if is_of_projects and figures.count < FEWEST:
        small.append("项目少")
    losses = [lost for s in members if (lost := s.lost) is not None]
    return _Part(name, figures, losses, part, tuple(small))


class _Ranks:
    """Where a department stands: by money among all, else among those that are not small."""

    def __init__(self, parts: Sequence[_Part], large: Sequence[_Part]) -> None:
        self._known = [part for part in parts if part.figures.count] if large else []
        self._large = large

    def money(self, part: _Part) -> str:
        return _rank(part, self._known, lambda one: -one.figures.budget)

    def rate(self, part: _Part) -> str:
        return _rank(part, self._large, lambda one: _falling(one.figures.rate))

    def average(self, part: _Part) -> str:
        return _rank(part, self._large, lambda one: _falling(one.figures.average))

    def loss(self, part: _Part) -> str:
        return _rank(part, self._large, lambda one: one.lost_each)


def _rank(part: _Part, among: Sequence[_Part], value: Callable[[_Part], Decimal | None]) -> str:
    """How many have a lower value, and one; equal ones share a rank. "" where it has none."""
    values = [known for one in among if (known := value(one)) is not None]
    own = value(part)
    if own is None or part not in among or len(values) < RANKED:
        return ""
    return f"{1 + sum(other < own for other in values)}/{len(values)}"


def _falling(value: Decimal | None) -> Decimal | None:
    return None if value is None else -value


def _row(part: _Part, most: Decimal, ranks: _Ranks, *, is_ranked: bool) -> RankingRow:
    figures, known = part.figures, part.figures.count > 0
    return RankingRow(
        link=Link(part.name, addresses.department_page(part.name)),
        share=percent(_rounded(part.part)),
        length=share(figures.budget, most),
        budget=Ranked(wan(figures.budget) if known else NOTHING, ranks.money(part)),
        rate=Ranked(percent(figures.rate), ranks.rate(part)),
        average=Ranked(figure(figures.average), ranks.average(part)),
        lost=figure(sum(part.losses, ZERO)) if part.losses else NOTHING,
        lost_each=Ranked(figure(part.lost_each), ranks.loss(part)),
        count=f"{figures.count:,d}",
        small=part.small if is_ranked and known else (),
    )


def _rounded(value: Decimal | None) -> Decimal | None:
    return None if value is None else value.quantize(Decimal("0.01"), ROUND_HALF_UP)


def _note(large: int, one: str) -> str:
    few = f"，不到{FEWEST}个项目的标“项目少”" if one == PROJECTS.one else ""
    why = "一两个项目就能让它们最高或最低" if few else "很少的钱就能让它们最高或最低"
    return (
        f"预算不到全年{LEAST}%的标“金额小”{few}：{why}，{LABELS.rate}和得分不排名次。"
        f"其余{large:,d}个的名次写在数的下面：{LABELS.rate}和平均{LABELS.total}从高到低，"
        f"平均扣分从少到多；预算的名次在全部{LABELS.department}中排。"
    )
