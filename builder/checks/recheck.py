"""C2, C3: is what 复核 found sound?"""

from __future__ import annotations

from builder.checks.inspection import Inspection, is_explained
from builder.diagnostics import catalogue
from builder.scoring import Method


def recheck_is_sound(inspection: Inspection) -> None:
    document, card = inspection.document, inspection.document.recheck
    for own, point in zip(document.card.points, card.points if card else (), strict=False):
        recheck, weight, name = own.indicator.recheck, point.weight, own.indicator.name
        if recheck is None or weight is None or point.method is Method.UNSCORED:
            continue
        at = document.key(*own.place("复核"))
        awarded, computed = point.awarded, point.computed
        if awarded is None:
            is_open = own.awarded is not None and point.method is not Method.NOT_APPLICABLE
            if is_open:
                inspection.find(catalogue.RECHECK_OPEN, at, name=name, formula=point.formula)
        elif not 0 <= awarded <= weight:
            inspection.find(catalogue.RECHECK_BOUNDS, at, name=name, awarded=awarded, weight=weight)
        elif recheck.awarded is not None and computed is not None and awarded > computed:
            inspection.find(
                catalogue.RECHECK_RAISED, at, name=name, awarded=awarded, computed=computed
            )
        elif awarded != own.awarded and not is_explained(
            document, recheck.note, *own.place("复核", "备注")
        ):
            inspection.find(
                catalogue.RECHECK_UNEXPLAINED, at, name=name, own=own.awarded, found=awarded
            )


def recheck_keeps_the_budget(inspection: Inspection) -> None:
    """A 全年执行数 of 复核 above the budget, where the author's own is not."""
    document, review = inspection.document, inspection.document.report.review
    card, own = document.recheck, document.card.execution.total
    limit = own.limit(document.profile)
    if card is None or review is None or review.spent is None or limit is None or limit <= 0:
        return
    # Reasons explain some more than there was, not the yuan typed for 10,000 yuan.
    is_told = is_explained(document, review.causes, "复核", "主要偏差原因")
    is_over = review.spent > (limit * 2 if is_told else limit)
    if is_over and (own.spent is None or own.spent <= limit):
        inspection.find(
            catalogue.OVERSPENT, document.at("复核", "全年执行数"), row="复核",
            spent=review.spent, denominator="预算数", budget=limit,
            hint="检查金额和单位；确有超支的，在“复核”里写明“主要偏差原因”",
        )  # fmt: skip


def execution_is_explained(inspection: Inspection) -> None:
    """Another score of the execution than the author's: in all there is one place to say why."""
    document, review = inspection.document, inspection.document.report.review
    if document.recheck is None or review is None:
        return
    own, found = document.card.execution.score, document.recheck.execution.score
    if own != found and not is_explained(document, review.causes, "复核", "主要偏差原因"):
        inspection.find(
            catalogue.RECHECK_UNEXPLAINED, document.key("复核", "全年执行数"), name="预算执行",
            own=own, found=found, hint="在“复核”里补上“主要偏差原因: …”，写明依据",
        )  # fmt: skip


def points_are_used(inspection: Inspection) -> None:
    """A 得分 on a form without points. Told once for each field, at the first place."""
    document = inspection.document
    if document.profile.is_scored or document.report.is_planned:
        return
    for field in (("得分",), ("复核", "得分")):
        places = [point.place(*field) for point in document.card.points]
        typed = [at for at in places if document.typed(*at) is not None]
        if typed:
            more = f"，共 {len(typed)} 处" if len(typed) > 1 else ""
            inspection.find(
                catalogue.POINTS_UNUSED, document.key(*typed[0]), label=field[-1], more=more,
                profile=document.profile.name,
            )  # fmt: skip


CHECKS = (
    recheck_is_sound,
    points_are_used,
    recheck_keeps_the_budget,
    execution_is_explained,
)
