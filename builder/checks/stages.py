"""S3, C4: what belongs to which stage, and what was approved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from builder.checks.inspection import Inspection, is_explained
from builder.checks.shape import known_groups
from builder.diagnostics import catalogue
from builder.layouts import LEVELS
from builder.model import REVIEW, SELF, TARGET, Approved, Cancelled, Indicator, Report, place
from builder.records import Record, suggestion
from builder.scoring import HUNDRED, ZERO, adjustment, cancellation, plain
from builder.source import Location
from builder.text import folded_name

DAYS = 20  # from approval to publication: 预决算公开 asks for it (notes on field practice)
APPROVED, NOTE = "批复", "说明"
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
    """When, and whether the public was told in time. With results the latter is past."""
    document, report = inspection.document, inspection.document.report
    approval = report.approval
    if approval is None:
        if report.is_planned and report.is_public and not document.is_unread(APPROVED):
            at = document.at(Report.label("stage"))
            inspection.find(catalogue.NOT_APPROVED, at, year=report.year)
        if not report.is_planned and not document.is_unread(APPROVED):
            _tell_unapproved(inspection)
        return
    if not report.is_planned and report.published and report.published < approval.day:
        at = document.key("发布日期")
        inspection.find(catalogue.PUBLISHED_EARLY, at, day=approval.day, published=report.published)
    published = approval.published or (report.published if report.is_planned else None)
    if published is None:
        return
    at = document.key(*((APPROVED,) if approval.published else ()), "发布日期")
    day, days = approval.day, (published - approval.day).days
    if days < 0:
        inspection.find(catalogue.PUBLISHED_EARLY, at, day=day, published=published)
    elif days > DAYS and report.is_planned and report.is_public:
        inspection.find(catalogue.PUBLISHED_LATE, at, day=day, published=published, days=days)


def _tell_unapproved(inspection: Inspection) -> None:
    """What was approved is said of indicators only: of such a report no table is kept."""
    document = inspection.document
    for point in document.card.points:
        if adjustment(point.indicator):
            at, year = document.key(*point.place(APPROVED)), document.report.year
            inspection.find(catalogue.CHANGED_UNAPPROVED, at, year=year)
            return  # one line mends them all


def changes_are_explained(inspection: Inspection) -> None:
    """What is no longer as it was approved."""
    document = inspection.document
    for point in document.card.points:
        before, where = point.indicator.approved, point.place(APPROVED)
        what = adjustment(point.indicator)
        explained = before and before.note
        if what and not is_explained(document, explained or "", *where, NOTE):
            inspection.find(catalogue.CHANGED_TARGET, document.key(*where), what=what)
        for label in _approved_all_the_same(before) if before else ():
            at, name = document.key(*where, label), point.indicator.name
            inspection.find(catalogue.ADDED_AND_APPROVED, at, name=name, label=label)


def _approved_all_the_same(before: Approved) -> list[str]:
    """What is said to have been approved of an indicator that was not yet there."""
    said = [name for name in ("name", "target", "weight") if getattr(before, name) is not None]
    return [before.label(name) for name in said] if before.is_added else []


def cancelled_indicators_have_a_place(inspection: Inspection) -> None:
    """They stand in the approved table, under the levels that they had."""
    document, approval = inspection.document, inspection.document.report.approval
    for number, gone in enumerate(approval.cancelled if approval else ()):
        where = (APPROVED, "取消的指标", number)
        at = document.at(*where, "三级指标")
        if document.is_unread(*where, "三级指标"):
            continue  # told, and nothing is known of it
        if not is_explained(document, gone.note or "", *where, NOTE):
            inspection.find(catalogue.CHANGED_TARGET, at, what=cancellation(gone))
        for level in _missing(gone, document.layout.indicators.levels):
            inspection.find(catalogue.CANCELLED_NOWHERE, at, name=gone.name, level=level)
        _tell_unknown_levels(inspection, gone, where)


def _missing(gone: Cancelled, levels: Sequence[str]) -> list[str]:
    given = dict(zip(LEVELS, (gone.first, gone.second), strict=True))
    return [level for level in levels if not given[level]]


def _tell_unknown_levels(inspection: Inspection, gone: Cancelled, where: Location) -> None:
    document = inspection.document
    known = known_groups(document)
    if known is None or not gone.first:
        return
    if gone.first not in known:
        at, hint = document.at(*where, LEVELS[0]), suggestion(gone.first, known)
        name = document.layout.name
        inspection.find(catalogue.UNKNOWN_GROUP, at, hint=hint, layout=name, name=gone.first)
    elif gone.second and gone.second not in known[gone.first]:
        at, hint = document.at(*where, LEVELS[1]), suggestion(gone.second, known[gone.first])
        inspection.find(catalogue.UNKNOWN_KIND, at, hint=hint, group=gone.first, name=gone.second)


def cancelled_indicators_are_gone(inspection: Inspection) -> None:
    """The approved table has each indicator once: what is left of it, and what was cancelled."""
    document, report = inspection.document, inspection.document.report
    for number, told in enumerate(_standing_twice(report)):
        where = (APPROVED, "取消的指标", number, "三级指标")
        if told and report.approval and not document.is_unread(*where):
            name = report.approval.cancelled[number].name
            inspection.find(
                catalogue.CANCELLED_STILL_THERE, document.at(*where), name=name, where=told
            )


def _standing_twice(report: Report) -> Iterator[str]:
    """Where else each of the cancelled indicators stands, in words; "" for one that is gone."""
    kept = [
        (first, second, folded_name(before.name if before and before.name else one.name))
        for (first, second, _), one in report.indicators()
        if not ((before := one.approved) and before.is_added)
    ]
    met: list[tuple[str | None, str | None, str]] = []
    for gone in report.approval.cancelled if report.approval else ():
        same = (gone.first, gone.second, folded_name(gone.name))
        is_kept = any(
            name == same[2] and gone.first in (None, first) and gone.second in (None, second)
            for first, second, name in kept
        )
        yield "还在“绩效指标”里" if is_kept else "写了两次" if same in met else ""
        met.append(same)


def approved_points_make_the_sum(inspection: Inspection) -> None:
    """Points are shared out with the targets: what is given to one is taken from another."""
    document, report = inspection.document, inspection.document.report
    now, approval = document.card.weight_sum, report.approval
    where = (APPROVED, "取消的指标")
    gone = tuple(enumerate(approval.cancelled)) if approval else ()
    is_open = any(document.is_blank(*where, number, "分值") for number, _ in gone)
    if approval is None or now != HUNDRED or is_open or not document.is_whole:
        return
    if any(_standing_twice(report)):
        return  # told, and counted twice
    total = now + sum((one.weight or ZERO for _, one in gone), ZERO)
    for point in document.card.points:
        before = point.indicator.approved
        if before is None or point.weight is None:
            continue
        if document.is_blank(*point.place(APPROVED, "分值")):
            return
        total -= point.weight
        total += (
            ZERO if before.is_added else point.weight if before.weight is None else before.weight
        )
    if total != now:
        at = document.key(APPROVED)
        inspection.find(catalogue.APPROVED_SUM, at, total=plain(total), now=plain(now))


def days_are_near(inspection: Inspection) -> None:
    """Targets are approved before or in their year, and checked again in it or soon after."""
    report = inspection.document.report
    year, review = report.year, report.review if report.is_rechecked else None
    if report.approval:
        usual = "目标在本年度或上一年度批复"
        _tell_far(inspection, APPROVED, report.approval.day, range(year - 1, year + 1), usual)
    if review:
        usual = "复核在本年度或其后三年之内"
        _tell_far(inspection, "复核", review.day, range(year, year + 4), usual)


def _tell_far(inspection: Inspection, label: str, day: date, years: range, usual: str) -> None:
    if day.year not in years:
        at, year = inspection.document.at(label, "日期"), inspection.document.report.year
        inspection.find(catalogue.FAR_DAY, at, what=label, day=day, year=year, usual=usual)


CHECKS = (
    nothing_is_too_early,
    review_is_dated,
    targets_are_approved,
    changes_are_explained,
    cancelled_indicators_have_a_place,
    cancelled_indicators_are_gone,
    approved_points_make_the_sum,
    days_are_near,
)
