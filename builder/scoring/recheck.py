"""复核: what a report comes to when it is scored again with what was found on checking it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from builder.layouts import Layout
from builder.model import Indicator, Recheck, Report
from builder.scoring.points import Points
from builder.scoring.profile import Profile
from builder.scoring.scorecard import Scorecard, score


def rechecked(report: Report, profile: Profile, layout: Layout) -> Scorecard | None:
    """The scorecard after 复核, by the same rules; None of a report that was not rechecked.

    Where 复核 says nothing the author's own result and 得分 stand. Another result is scored by
    the rules, and a 复核得分 counts before them.
    """
    if not report.is_rechecked or report.review is None:
        return None
    card = score(report.with_indicators(_found), profile, layout, report.review.spent)
    own = (indicator.recheck for _, indicator in report.indicators())
    return replace(card, points=tuple(map(_said, card.points, own)))


def _said(point: Points, recheck: Recheck | None) -> Points:
    """A 得分 that 复核 gave is called so."""
    is_given = recheck is not None and recheck.awarded is not None
    formula = point.formula.replace("；填报得分", "；复核得分") if is_given else point.formula
    return replace(point, formula=formula)


def _found(indicator: Indicator) -> Indicator:
    """An indicator as 复核 found it."""
    recheck = indicator.recheck
    if recheck is None:
        return indicator
    changed = {"actual": recheck.actual, "awarded": recheck.awarded}
    # A 得分 that the author gave for another result says nothing of this one.
    known = indicator if recheck.actual is None else indicator.without("awarded")
    return known.model_copy(update={k: v for k, v in changed.items() if v is not None})


def gap(own: Decimal | None, found: Decimal | None) -> Decimal | None:
    """By how much 复核 differs, in points; None where one of the two is not known."""
    return None if own is None or found is None else found - own
