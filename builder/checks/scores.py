"""C3: are the scores within the rules, and as declared on paper?"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from builder.checks.inspection import Inspection
from builder.checks.money import base_of, execution_counts
from builder.checks.templates import is_choice, residue
from builder.diagnostics import Severity, catalogue
from builder.scoring import HUNDRED, ZERO, Method, Points, plain, reason_of, within

LOW = 60  # %; below that a form of the best band is worth a second look


def figures_are_as_declared(inspection: Inspection) -> None:
    document, card = inspection.document, inspection.document.card
    declared = document.report.declared
    if declared is None:
        return
    total, execution = card.execution.total, card.execution
    # What hangs on amounts or points that are wrong themselves is told when those are mended.
    has_rate = execution_counts(inspection)
    has_score = has_rate or execution.weight is None
    has_total = has_score and (card.total is not None or not document.profile.is_scored)
    if declared.rate is not None and declared.rate != total.rate and has_rate:
        rounding = document.profile.execution.rate.in_words()
        inspection.find(
            catalogue.DECLARED_RATE,
            document.at("核对", "执行率"),
            computed=total.rate,
            declared=declared.rate,
            formula=f"{total.spent} ÷ {base_of(document)}，{rounding}",
        )
    follows = _follows(inspection)
    if declared.execution_score not in (None, execution.score, follows.score) and has_score:
        inspection.find(
            catalogue.DECLARED_EXECUTION,
            document.at("核对", "预算执行得分"),
            computed="无" if execution.score is None else execution.score,
            declared=declared.execution_score,
            formula=execution.formula or "本表不计分",
        )
    if declared.total not in (None, card.total, follows.total) and has_total:
        inspection.find(
            catalogue.DECLARED_TOTAL,
            document.at("核对", "总分"),
            computed="无" if card.total is None else card.total,
            declared=declared.total,
            formula=card.total_formula or "本表不计分",
        )
    is_known = declared.total is not None and declared.total == follows.total
    grades = (None, card.grade, follows.grade if is_known else None)
    if declared.grade not in grades and has_total and card.total is not None:
        inspection.find(
            catalogue.DECLARED_GRADE,
            document.at("核对", "评分等级"),
            total=card.total,
            computed=card.grade,
            declared=declared.grade,
        )


class _Follows(NamedTuple):
    """What a form comes to with the rate or the execution score that it declares, where that is
    told to be wrong: a score of 10 beside a rate of 100 % is no second mistake."""

    score: Decimal | None = None
    total: Decimal | None = None
    grade: str | None = None


def _follows(inspection: Inspection) -> _Follows:
    document, execution = inspection.document, inspection.document.card.execution
    declared, rule, total = (
        document.report.declared,
        document.profile.execution,
        document.card.total,
    )
    if declared is None or execution.score is None or rule.weight is None or rule.score is None:
        return _Follows()
    score, rate = None, declared.rate
    if rate not in (None, execution.total.rate) and inspection.stops(catalogue.DECLARED_RATE):
        score = within(rule.weight, rate * rule.weight / HUNDRED, rule.score)
    claimed = score
    if declared.execution_score is not None and inspection.stops(catalogue.DECLARED_EXECUTION):
        claimed = declared.execution_score
    if total is None or claimed is None:
        return _Follows(score)
    with_it = total - execution.score + claimed
    return _Follows(score, with_it, document.profile.grade(with_it))


def scores_are_sound(inspection: Inspection) -> None:
    document = inspection.document
    for point in document.card.points:
        weight, awarded, computed = point.weight, point.awarded, point.computed
        if point.method in (Method.UNSCORED, Method.PLANNED) or weight is None:
            continue
        name = point.indicator.name
        if awarded is None:
            is_told = point.is_blank or _is_left_open(inspection, point)
            if point.method is not Method.NOT_APPLICABLE and not is_told:
                at = document.of(point, *(("实际完成值",) if point.is_measured else ()))
                hint = "" if point.is_measured else "补上“得分: …”：按评分标准评定的分数"
                inspection.find(
                    catalogue.NEEDS_SCORE, at, hint=hint, name=name, formula=point.formula
                )
            continue
        at = document.of(point, "得分")
        if weight > 0 and not ZERO <= awarded <= weight:
            inspection.find(catalogue.SCORE_BOUNDS, at, name=name, awarded=awarded, weight=weight)
        elif computed is not None and awarded > computed:
            rule = point.formula.partition("；填报得分")[0]
            inspection.find(
                catalogue.SCORE_RAISED,
                at,
                name=name,
                awarded=awarded,
                computed=computed,
                formula=rule,
            )
        elif point.tier and not is_in_tier(point, awarded):
            inspection.find(
                catalogue.OUT_OF_TIER,
                at,
                name=name,
                tier=point.tier.name,
                awarded=awarded,
                lower=plain(weight * point.tier.lower / HUNDRED),
                upper=plain(weight * point.tier.upper / HUNDRED),
            )


def _is_left_open(inspection: Inspection, point: Points) -> bool:
    """Whether template or choice stands where the rule would look; that is told by itself."""
    texts = (point.indicator.target, point.indicator.actual)
    left = any(map(residue, texts)) and inspection.stops(catalogue.TEMPLATE_TEXT)
    return left or (any(map(is_choice, texts)) and inspection.stops(catalogue.OPTION_LIST))


def is_in_tier(point: Points, awarded: Decimal) -> bool:
    """Tiers are closed below and open above, but for the best one; without a tier all is well."""
    if point.tier is None or not point.weight:
        return True
    share = awarded * HUNDRED / point.weight
    lower, upper = point.tier.lower, point.tier.upper
    return lower <= share and (share < upper or upper == HUNDRED)


def high_total_needs_execution(inspection: Inspection) -> None:
    """Who has said why the rate is low is reminded to look at the results once more."""
    document, card = inspection.document, inspection.document.card
    rate, bands = card.execution.total.rate, document.profile.bands
    if card.total is None or rate is None or not bands or not execution_counts(inspection):
        return
    base, spent = base_of(document), card.execution.total.spent
    if not base or spent is None:
        return
    exact = spent * HUNDRED / base  # 59.58% may print as 60%
    if card.total >= max(band.lower for band in bands) and exact < LOW:
        is_explained = bool(reason_of(document.report.execution_note))
        inspection.find(
            catalogue.HIGH_TOTAL_LOW_RATE,
            document.key("项目资金"),
            severity=Severity.INFO if is_explained else None,
            rate=rate,
            total=card.total,
        )


CHECKS = (
    figures_are_as_declared,
    scores_are_sound,
    high_total_needs_execution,
)
