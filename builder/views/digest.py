"""What the reports of an office come to, in a few sentences made of their own figures.

They answer what is asked first: what was spent of what there was, how well it went, what fell
short, and what is other than last year. Every figure is one of `Statistics`, as the page prints
it, or one of a single report; where a form leaves a figure open, nothing is said that needs it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from builder.content import Statistics, Summary, statistics
from builder.scoring import Profile
from builder.text import figure, in_wan, percent, wan
from builder.views.comparison import shortfall
from builder.views.page import LABELS, Link
from builder.views.table import noun, report_link

NAMED = 2  # equal reports that one sentence can name


def digest(
    projects: Sequence[Summary], wholes: Sequence[Summary], profile: Profile, register: str = ""
) -> tuple[Link, ...]:
    """The sentences about an office, in pieces that may lead to a report.

    They tell of its `projects`, without any of its newest form about itself as a `whole`: the
    one contains the other, so that no figure is of both. Both have results and stand newest
    year first; `profile` is the site's default, `register` where their deviations are listed.
    """
    members = projects or wholes
    if not members:
        return ()
    year = members[0].year
    newest = [s for s in members if s.year == year]
    before = [s for s in members if s.year == year - 1]
    if not projects:  # the page shows one of them
        newest, before = newest[:1], before if len(before) == 1 else []
    told = _Teller(newest, before, profile, register).told()
    return tuple(piece for piece in told if piece.text)


def year_digest(
    newest: Sequence[Summary], before: Sequence[Summary], profile: Profile, register: str
) -> tuple[Link, ...]:
    """What the headline figures of a year leave open: the grades, what fell short, and what
    differs from the year `before`.

    Both are reports that are counted, at least one of them `newest`; `register` is the page of
    their deviations, and `profile` the site's default.
    """
    told = _Teller(newest, before, profile, register).beyond_figures()
    return tuple(piece for piece in told if piece.text)


@dataclass(frozen=True, slots=True)
class _Teller:
    """`newest` are reports of one year, at least one; `before` those of the year before it.

    The number of their deviations leads to the `register`, where it has them.
    """

    newest: Sequence[Summary]
    before: Sequence[Summary]
    profile: Profile
    register: str

    def told(self) -> Iterator[Link]:
        figures = statistics(self.newest, self.profile.execution.rate)
        results = [*self._points(figures), *self._missed(figures)]
        whose = "整体" if self.newest[0].is_whole else f" {figures.count:,d} 个项目"
        is_filled = _is_filled(self.newest)
        if is_filled or results:
            yield Link(f"{self.newest[0].year}年度{whose}{'' if is_filled else '：'}")
        if is_filled:
            yield from self._money(figures)
        yield from _sentence(results)
        if self.before:
            yield from self._last_year(figures)

    def beyond_figures(self) -> Iterator[Link]:
        figures = statistics(self.newest, self.profile.execution.rate)
        yield from _sentence([*self._points(figures), *self._missed(figures)])
        if self.before:
            yield from self._last_year(figures)

    @staticmethod
    def _money(figures: Statistics) -> Iterator[Link]:
        """What was spent of what there was."""
        yield Link(f"支出 {wan(figures.spent)} 万元")
        yield Link(f"，{LABELS.budget} {wan(figures.budget)} 万元")
        yield Link(f"，{LABELS.rate} {percent(figures.rate)}" if figures.rate is not None else "")
        yield Link("。")

    def _points(self, figures: Statistics) -> Iterator[list[Link]]:
        """The average and the grades; of one report its total and its grade."""
        if figures.average is None:
            return
        totals = [s.total for s in self.newest if s.total is not None]
        grades = _by_band(figures, self.profile)
        if len(self.newest) == 1:
            grade = "".join(f"，评为{grade}" for grade in grades)
            yield [Link(f"{LABELS.total} {figure(totals[0])} 分{grade}")]
            return
        some = f"其中 {figures.scored:,d} 个有总分，" if figures.scored < figures.count else ""
        each = "".join(f"，{grade} {number:,d} 个" for grade, number in grades.items())
        yield [Link(f"{some}平均总分 {figure(figures.average)} 分{each}")]
        lowest = [s for s in self.newest if s.total == min(totals)]
        # Points of other rules may be out of another sum.
        is_alike = len({s.profile for s in self.newest if s.total is not None}) == 1
        if is_alike and len(lowest) <= NAMED and len(lowest) < len(totals):
            yield [Link("最低的是"), *_names(lowest), Link(f"，{figure(min(totals))} 分")]

    def _missed(self, figures: Statistics) -> Iterator[list[Link]]:
        """How many reports have indicators that fell short; where there are no points, which
        has most of them."""
        short = [s for s in self.newest if s.deviations]
        if not short:
            return
        flaw, count = shortfall(self.newest), f"{figures.deviations:,d}"
        if len(self.newest) == 1:
            yield [Link(f"有 {count} 项指标{flaw}", report_link(short[0]))]
            return
        one = noun(self.newest).one
        yield [
            Link(f"{len(short):,d} 个{one}有{flaw}的指标，"),
            Link(f"共 {count} 项", self.register),
        ]
        most = max(len(s.deviations) for s in short)
        worst = [s for s in short if len(s.deviations) == most]
        if figures.average is None and len(worst) <= NAMED and len(worst) < len(short):
            each = "各 " if worst[1:] else ""
            yield [Link("最多的是"), *_names(worst), Link(f"，{each}{most:,d} 项")]

    def _last_year(self, figures: Statistics) -> Iterator[Link]:
        """What differs from the year before, of figures that no form leaves open in either."""
        past = statistics(self.before, self.profile.execution.rate)
        parts: list[list[Link]] = []
        if _is_filled(self.newest) and _is_filled(self.before):
            # As printed, so that readers come to the same difference.
            gap = in_wan(figures.budget) - in_wan(past.budget)
            parts += _gap(LABELS.budget, gap, "增加", "减少", "万元")
            if figures.rate is not None and past.rate is not None:
                gap = figures.rate - past.rate
                parts += _gap(LABELS.rate, gap, "提高", "降低", "个百分点")
        if figures.scored == figures.count and past.scored == past.count:
            new, old = self._score(figures, self.newest), self._score(past, self.before)
            is_one = figures.count == past.count == 1
            label = LABELS.total if is_one else "平均总分"
            if new is not None and old is not None:
                parts += _gap(label, new - old, "提高", "降低", "分")
        if not parts:
            return
        is_itself = self.newest[0].is_whole and len(self.newest) == len(self.before) == 1
        whom = "" if is_itself else f"的 {len(self.before):,d} 个{noun(self.before).one}"
        yield from _sentence([[Link(f"与上年{whom}相比")], *parts], "，")

    @staticmethod
    def _score(figures: Statistics, members: Sequence[Summary]) -> Decimal | None:
        """The average; of one report its total with the decimals that its form prints."""
        return members[0].total if len(members) == 1 else figures.average


def _is_filled(members: Sequence[Summary]) -> bool:
    """Whether both amounts are known of all: else their sums are not of the same reports."""
    return all(s.budget is not None and s.spent is not None for s in members)


def _by_band(figures: Statistics, profile: Profile) -> dict[str, int]:
    """The grades, the best first, as the chart of them has it."""
    order = [band.grade for band in sorted(profile.bands, key=lambda band: -band.lower)]
    known = [grade for grade in order if grade in figures.grades]
    return {g: figures.grades[g] for g in (*known, *sorted(set(figures.grades) - set(order)))}


def _gap(label: str, gap: Decimal, more: str, less: str, unit: str) -> Iterator[list[Link]]:
    if gap:
        yield [Link(f"{label}{more if gap > 0 else less} {abs(gap):,f} {unit}")]


def _names(members: Sequence[Summary]) -> Iterator[Link]:
    """`“甲”和“乙”`, each leading to its page."""
    for place, summary in enumerate(members):
        yield Link("和“" if place else "“")
        yield Link(summary.called, report_link(summary))
        yield Link("”")


def _sentence(parts: Sequence[Sequence[Link]], between: str = "；") -> Iterator[Link]:
    for place, part in enumerate(parts):
        yield Link(between if place else "")
        yield from part
    if parts:
        yield Link("。")
