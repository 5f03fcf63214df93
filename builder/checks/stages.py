"""S3, C3, C4: what belongs to which stage, what was approved, and what 复核 found."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from builder.checks.inspection import Inspection, is_explained
from builder.diagnostics import catalogue
from builder.model import REVIEW, SELF, TARGET, Indicator, Report, place
from builder.records import Record
from builder.scoring import Method, Points, adjustment, cancellation
from builder.source import Location

DAYS = 20  # from approval to publication: 预决算公开 asks for it (notes on field practice)
NOTE = "说明"
ADVICE = {
    TARGET: "已有结果的，把“阶段: 目标”改为“阶段: 自评”；还没有的，去掉它",
    SELF: "这一栏只印在目标表上：补上“批复: {日期: 2025-01-15}”，目标表就留着；没有批复的，去掉它",
    REVIEW: "已经复核的，把“阶段”写为“复核”；还没有的，去掉它",
}


def nothing_is_too_early(inspection: Inspection) -> None:
    """What the form of this stage cannot have. Told once for each field, at the first place."""
    document, found = inspection.document, dict[str, list[Location]]()
    for location in _early(document.report):
        found.setdefault(str(location[-1]), []).append(location)
    stage = document.report.stage
    for label, places in found.items():
        advice = ADVICE[TARGET if stage == TARGET else REVIEW if label == "复核" else SELF]
        more = f"，共 {len(places)} 处" if len(places) > 1 else ""
        at = document.key(*places[0])
        inspection.find(catalogue.TOO_EARLY, at, stage=stage, label=label, more=more, advice=advice)


def _early(report: Report) -> Iterator[Location]:
    """The places that are filled in and that no form of the stage has."""
    yield from _filled(report, ())
    for row, amounts in report.funds.items():
        yield from _filled(amounts, (Report.label("funds"), row))
    if report.goals:
        yield from _filled(report.goals, (Report.label("goals"),))
    for path, indicator in report.indicators():
        yield from _filled(indicator, place(*path))
        for number, share in enumerate(indicator.shares):
            yield from _filled(share, place(*path, Indicator.label("shares"), number))


def _filled(record: Record, at: Location) -> Iterator[Location]:
    for name in sorted(record.model_fields_set):
        if not record.knows(name) and getattr(record, name) not in (None, "", ()):
            yield *at, record.label(name)


def review_is_dated(inspection: Inspection) -> None:
    document = inspection.document
    report = document.report
    if report.is_rechecked and not report.review and not document.is_unread("复核"):
        inspection.find(catalogue.NO_REVIEW, document.at(Report.label("stage")))


def targets_are_approved(inspection: Inspection) -> None:
    """When, and whether the public was told in time. With results all that is past."""
    document, report = inspection.document, inspection.document.report
    approval = report.approval
    if not report.is_planned or not report.is_public or document.is_unread("批复"):
        return
    if approval is None:
        at = document.at(Report.label("stage"))
        inspection.find(catalogue.NOT_APPROVED, at, year=report.year)
    elif (published := approval.published or report.published) is not None:
        days = (published - approval.day).days
        if days > DAYS:
            at = (
                document.key("批复", "发布日期") if approval.published else document.key("发布日期")
            )
            inspection.find(
                catalogue.PUBLISHED_LATE, at, day=approval.day, published=published, days=days
            )


def changes_are_explained(inspection: Inspection) -> None:
    """What is no longer as it was approved."""
    document, report = inspection.document, inspection.document.report
    for point in document.card.points:
        what = adjustment(point.indicator)
        explained = point.indicator.approved and point.indicator.approved.note
        if what and not is_explained(document, explained or "", *point.place("批复", NOTE)):
            inspection.find(catalogue.CHANGED_TARGET, document.key(*point.place("批复")), what=what)
    levels = document.layout.indicators.levels
    for number, gone in enumerate(report.approval.cancelled if report.approval else ()):
        at = document.at("批复", "取消的指标", number, "三级指标")
        given = dict(zip(("一级指标", "二级指标"), (gone.first, gone.second), strict=True))
        for level in levels:
            if not given[level]:
                inspection.find(catalogue.CANCELLED_NOWHERE, at, name=gone.name, level=level)
        if not is_explained(document, gone.note or "", "批复", "取消的指标", number, NOTE):
            inspection.find(catalogue.CHANGED_TARGET, at, what=cancellation(gone))


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
        elif _is_silent(own, awarded) and not document.is_unread(*own.place("复核", "备注")):
            inspection.find(
                catalogue.RECHECK_UNEXPLAINED, at, name=name, own=own.awarded, found=awarded
            )


def _is_silent(own: Points, found: Decimal) -> bool:
    """Whether 复核 gives other points and says nothing of it."""
    recheck = own.indicator.recheck
    return found != own.awarded and not (recheck and recheck.note)


CHECKS = (
    nothing_is_too_early,
    review_is_dated,
    targets_are_approved,
    changes_are_explained,
    recheck_is_sound,
)
