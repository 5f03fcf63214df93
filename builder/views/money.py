"""The money of a year as one picture: what there was and what was spent of it, by size.

A row is a pair of bars on one scale from zero, with its figures beside it: the picture is its
own table. What has no amounts has no bars, and what was spent beyond its budget juts out.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from builder.content import Summary, addresses, counted, grouped, statistics
from builder.scoring import Profile
from builder.text import count, figure, percent, wan
from builder.views.charts import share
from builder.views.page import LABELS, Link
from builder.views.table import noun, report_link, unit_link

ZERO = Decimal(0)
FEWEST = 3  # of two bars one can read as much from their figures
MOST = 10


@dataclass(frozen=True, slots=True)
class MoneyRow:
    """The money of a department, unit, project or year; amounts in 万元, lengths of bars in %.

    Without a path the link is the rest of them, which has no page.
    """

    link: Link
    count: str
    budget: str
    spent: str
    rate: str
    average: str
    budget_length: str
    spent_length: str


@dataclass(frozen=True, slots=True)
class MoneyTable:
    """Rows of money; `one` is what is counted in each, nothing where each is a single report."""

    rows: tuple[MoneyRow, ...]
    one: str
    has_scores: bool


@dataclass(frozen=True, slots=True)
class MoneyView:
    """The largest of what money is divided among, the largest first, and the others in one row.

    `title` is a sentence that is true of the figures, `description` says what the bars are. `one`
    is what rows are (部门), `heading` the field of it; `number` is how many there are, where not
    each has a row of its own.
    """

    title: str
    description: str
    one: str
    heading: str
    table: MoneyTable
    number: str

    @property
    def is_of_departments(self) -> bool:
        """Whether it says of every department what a table of them would."""
        return self.one == DEPARTMENT.one


@dataclass(frozen=True, slots=True)
class _Level:
    """A way to divide reports: what the parts are, which part a report is in, and its page."""

    one: str
    heading: str
    key: Callable[[Summary], Hashable]
    link: Callable[[Summary], Link]


DEPARTMENT = _Level(
    "部门",
    LABELS.department,
    lambda s: s.department,
    lambda s: Link(s.department, addresses.department_page(s.department)),
)
UNIT = _Level("单位", LABELS.unit, lambda s: (s.department, s.unit), unit_link)
PROJECT = _Level("项目", LABELS.name, lambda s: s.id, lambda s: Link(s.called, report_link(s)))


def money_view(members: Iterable[Summary], profile: Profile) -> MoneyView | None:
    """The money of reports of one year, by department; where there are fewer than three, by unit
    or by project. None where that leaves nothing to compare; `profile` is the site's default.

    Only what is `counted` is in it, so that no money is told twice.
    """
    found = counted(members)
    levels = (DEPARTMENT, UNIT) if noun(found).one == "部门" else (DEPARTMENT, UNIT, PROJECT)
    for level in levels:
        parts = sorted(grouped(found, level.key).values(), key=lambda part: _size(part, level))
        if len(parts) >= FEWEST:
            return _view(level, parts, profile)
    return None


def money_table(
    groups: Sequence[tuple[Link, Sequence[Summary]]], profile: Profile, *, is_single: bool = False
) -> MoneyTable:
    """A row for each group of reports that are `counted`, all on one scale.

    Where groups are single reports, they have their totals as printed, and several none.
    """
    every = [summary for _, part in groups for summary in part]
    amounts = [_amount(part, name) or ZERO for _, part in groups for name in ("budget", "spent")]
    scale = max(amounts, default=ZERO)
    return MoneyTable(
        tuple(_row(link, part, profile, scale, is_single=is_single) for link, part in groups),
        "" if is_single else noun(every).one,
        any(s.total is not None for s in every),
    )


def years_table(
    reports: Iterable[Summary], profile: Profile, page: Callable[[int], str]
) -> MoneyTable:
    """A row for each year, the newest first, of what is counted in all of them; `page` is where
    a year leads, "" if nowhere."""
    every = list(reports)
    known = {s.id for s in counted(every)}
    groups = [
        (Link(f"{year}年度", page(year)), [s for s in part if s.id in known])
        for year, part in grouped(every, lambda s: s.year).items()
    ]
    return money_table(groups, profile)


def _view(level: _Level, parts: Sequence[Sequence[Summary]], profile: Profile) -> MoneyView | None:
    """`parts` are the reports of each, the largest first."""
    groups = [(level.link(part[0]), part) for part in parts]
    if len(groups) > MOST + 1:
        others = [summary for part in parts[MOST:] for summary in part]
        groups[MOST:] = [(Link(f"其余 {len(parts) - MOST:,d} 个{level.one}"), others)]
    table = money_table(groups, profile, is_single=level is PROJECT)
    if all(row.budget_length == row.spent_length == "0%" for row in table.rows):
        return None
    return MoneyView(
        _title(level, parts),
        _description([part for _, part in groups]),
        level.one,
        level.heading,
        table,
        f"{len(parts):,d}" if len(groups) < len(parts) else "",
    )


def _row(
    link: Link, members: Sequence[Summary], profile: Profile, scale: Decimal, *, is_single: bool
) -> MoneyRow:
    figures = statistics(members, profile.execution.rate)
    budget, spent = _amount(members, "budget"), _amount(members, "spent")
    own = members[0].total if len(members) == 1 else None
    return MoneyRow(
        link,
        f"{figures.count:,d}",
        wan(budget),
        wan(spent),
        percent(figures.rate),
        figure(own if is_single else figures.average),
        share(budget or ZERO, scale),
        share(spent or ZERO, scale),
    )


def _amount(members: Sequence[Summary], name: str) -> Decimal | None:
    """A sum in 元 of the amounts that are known; None where none is."""
    known = [amount for s in members if (amount := getattr(s, name)) is not None]
    return sum(known, ZERO) if known else None


def _size(members: Sequence[Summary], level: _Level) -> tuple[Decimal, str]:
    return -(_amount(members, "budget") or ZERO), level.link(members[0]).text


def _title(level: _Level, parts: Sequence[Sequence[Summary]]) -> str:
    """How few have half of it, or which is the largest; of blanks and slips nothing is said."""
    plain = f"各{level.one}的{LABELS.budget}和{LABELS.spent}"
    if any(s.budget is None or s.budget < 0 for part in parts for s in part):
        return plain
    amounts = [sum((s.budget or ZERO for s in part), ZERO) for part in parts]
    total, names = sum(amounts, ZERO), [level.link(part[0]).text for part in parts]
    few = next(n for n in range(1, len(parts) + 1) if 2 * sum(amounts[:n]) >= total)
    if total and 2 * few < len(parts) and few <= MOST:
        who = names[0] if few == 1 else f"预算最多的{count(few)}个{level.one}"
        what = "全部预算" if noun(parts[0]).one == "部门" else "全部项目预算"
        return f"{who}占{what}的一半{'以上' if 2 * sum(amounts[:few]) > total else ''}"
    if amounts[0] > amounts[1]:
        return f"预算最多的是{names[0]}，{wan(amounts[0])}万元"
    return plain


def _description(groups: Sequence[Sequence[Summary]]) -> str:
    amounts = [(_amount(part, "budget") or ZERO, _amount(part, "spent") or ZERO) for part in groups]
    is_over = any(spent > budget for budget, spent in amounts)
    return (
        f"空心条是{LABELS.budget}，实心条是{LABELS.spent}，长度从零起，比例相同；金额单位：万元。"
        + ("实心条长出空心条的部分，是超出预算的支出。" if is_over else "")
    )
