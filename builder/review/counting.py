"""Figures over the reports of a year or a department, on both sides of a comparison."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from builder.content import Statistics, Summary, in_order, statistics
from builder.review.edition import Edition
from builder.review.figures import Shift
from builder.scoring import Profile
from builder.text import figure, percent, wan


@dataclass(frozen=True, slots=True)
class Tally:
    """What is counted over the public reports of a year, or of one department."""

    name: str
    figures: tuple[Shift, ...]


class Counting:
    """Figures over reports, counted as each side's settings want it."""

    def __init__(self, before: Edition, after: Edition) -> None:
        self._profiles = [_default_profile(edition) for edition in (before, after)]

    def tally(self, name: str, before: Sequence[Summary], after: Sequence[Summary]) -> Tally:
        olds, news = (
            self._figures(statistics(side, profile.execution.rate))
            for side, profile in zip((before, after), self._profiles, strict=True)
        )
        labels = in_order(list(olds), list(news))
        shifts = (Shift(label, olds.get(label, "0"), news.get(label, "0")) for label in labels)
        return Tally(name, tuple(shift for shift in shifts if shift.old or shift.new))

    def _figures(self, found: Statistics) -> dict[str, str]:
        bands = {band.grade: band.lower for profile in self._profiles for band in profile.bands}
        grades = sorted(bands, key=lambda grade: -bands[grade])
        return {
            "公开的项目": str(found.count),
            "平均总分": "" if found.average is None else figure(found.average),
            **{
                f"评为{grade}": str(found.grades[grade])
                for grade in grades
                if grade in found.grades
            },
            "全年预算数（万元）": wan(found.budget),
            "全年执行数（万元）": wan(found.spent),
            "执行率": "" if found.rate is None else percent(found.rate),
        }


def _default_profile(edition: Edition) -> Profile:
    """The site's default profile; another one where that is broken, as told elsewhere."""
    by_name = edition.settings.profiles.by_name
    return by_name.get(edition.settings.site.profile) or next(iter(by_name.values()))
