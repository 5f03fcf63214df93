"""What a page over many reports draws: their money, its course, where points were lost, how they
are spread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from builder.content import Deviation, Summary
from builder.scoring import Profile
from builder.views.charts import ChartView
from builder.views.course import courses
from builder.views.money import MoneyTable, MoneyView, money_view, years_table
from builder.views.shortfalls import LossView, Narrowed, causes_chart, loss_view
from builder.views.table import of_newest_year


@dataclass(frozen=True, slots=True)
class Pictures:
    """Drawings of a year, and of all years an office has; each None or empty where it would show
    nothing."""

    money: MoneyView | None = None
    courses: tuple[ChartView, ...] = ()
    years: MoneyTable | None = None
    losses: LossView | None = None
    causes: ChartView | None = None


def year_pictures(
    members: Sequence[Summary], deviations: Sequence[Deviation], profile: Profile,
    narrowed: Narrowed,
) -> Pictures:  # fmt: skip
    """Those of the reports of one year; `profile` is the site's default.

    `deviations` are those that the register lists, of `members` and of what is not counted.
    """
    return Pictures(
        money=money_view(members, profile),
        losses=loss_view(members, deviations, narrowed),
        causes=causes_chart(deviations, narrowed),
    )


def office_pictures(
    projects: Sequence[Summary], deviations: Sequence[Deviation], profile: Profile,
    narrowed: Narrowed,
) -> Pictures:  # fmt: skip
    """Those of the projects of a department or a unit, the newest year first, with their course;
    none where it has forms about itself only."""
    if not projects:
        return Pictures()
    found = year_pictures(of_newest_year(projects), deviations, profile, narrowed)
    drawn = courses(projects, profile)
    years = years_table(projects, profile, lambda _: "") if drawn else None
    return replace(found, courses=drawn, years=years)
