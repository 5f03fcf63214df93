"""The tables of the other stages of a report: its targets as approved, and 复核."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from builder.content import Summary, addresses
from builder.model import REVIEW, SELF, TARGET, Approval, Report, Review, Site, Stage
from builder.scoring import Document, Points, adjustment, cancellation, gap, reason_of
from builder.text import amount, day, figure, percent, signed, to_html
from builder.views.citation import CitationView, citation
from builder.views.comparison import trend
from builder.views.form import FormView
from builder.views.layout import form_view
from builder.views.page import Download, Fact, Figure, Link, PageView, fact
from builder.views.standing import standing, table_page, topic_of
from builder.views.wide import wide_link
from builder.views.yearly import yearly_link

NAMES = {TARGET: "绩效目标", SELF: "绩效自评", REVIEW: "复核"}


@dataclass(frozen=True, slots=True)
class Adjustment:
    """What is no longer as it was approved, and why; `row` is its place in the form, if any."""

    words: str
    reason: Markup
    row: str


@dataclass(frozen=True, slots=True)
class Recheck:
    """What 复核 says of one indicator, or of the execution (without a place in the form)."""

    row: str
    name: str
    own: str
    found: str
    own_points: str
    found_points: str
    apart: str
    formula: str
    note: Markup


@dataclass(frozen=True, slots=True)
class ReviewView:
    """复核 of a report: both scores and by how much they differ in words, and where; without
    points `formula` is ""."""

    lead: str
    formula: str
    causes: Markup
    entries: tuple[Recheck, ...]


@dataclass(frozen=True, slots=True)
class StageView:
    """A table of another stage, on a page of its own. Nothing of it is scored there. `wide` leads
    to the targets of its unit in one table."""

    id: str
    name: str
    stage: str
    year: str
    topic: str
    subject: str
    department: Link
    unit: Link
    stages: tuple[Link, ...]
    years: tuple[Link, ...]
    yearly: Link | None
    figures: tuple[Figure, ...]
    form: FormView
    adjustments: tuple[Adjustment, ...]
    review: ReviewView | None
    downloads: tuple[Download, ...]
    facts: tuple[Fact, ...]
    citation: CitationView
    page: PageView
    is_scored: bool = False
    wide: Link | None = None


def stage_view(
    document: Document,
    site: Site,
    stage: Stage,
    *,
    stages: Iterable[Stage],
    at: Stage | None = None,
    years: Sequence[Summary] = (),
    has_pdf: bool = True,
) -> StageView:
    """The table of a stage: the approved targets, those of today, or 复核.

    `stages` are those that have a table; `at` is whose page it stands on, if not its own: a
    report without results has its targets on its own page, too. `years` are all years of the
    same project.
    """
    report, stem = document.report, document.stem
    place, here = standing(document), addresses.report_page(report.year, stem, at or stage)
    project = Link(report.name, addresses.report_page(report.year, stem))
    subject = f"{report.unit}{report.year}年度“{report.name}”{document.layout.form_title}。"
    page = table_page(
        document, site, here, report.name if at else f"{report.name}（{NAMES[stage]}）", subject,
        *place.above, *([] if at else [project]),
        has_scores=stage == REVIEW and document.profile.is_scored,
    )  # fmt: skip
    if not at:  # below the project its name says no more
        page = replace(page, breadcrumb=(*page.breadcrumb[:-1], Link(NAMES[stage])))
    return StageView(
        id=f"{report.year}/{stem}",
        name=report.name,
        stage=NAMES[stage],
        year=f"{report.year}年度",
        topic=topic_of(document, NAMES[stage]),
        subject=subject,
        department=place.department,
        unit=place.unit,
        stages=stage_links(report, stem, stages, here),
        years=tuple(year.link for year in reversed(trend(years, here))),
        yearly=yearly_link(years),
        figures=tuple(_figures(document, stage)),
        form=form_view(document),
        adjustments=tuple(adjustments(report)) if stage == TARGET else (),
        review=review_view(document) if stage == REVIEW else None,
        downloads=tuple(_downloads(report, stem, stage, has_pdf=has_pdf)),
        facts=tuple(_facts(report, site, stage)),
        citation=citation(document, site, stage, page),
        page=page,
        wide=wide_link(document) if stage == TARGET else None,
    )  # fmt: skip


def stage_links(report: Report, stem: str, stages: Iterable[Stage], here: str) -> tuple[Link, ...]:
    """The tables of a report, where there are several; without a path the one that is `here`."""
    pages = [(NAMES[stage], addresses.report_page(report.year, stem, stage)) for stage in stages]
    links = tuple(Link(name, "" if page == here else page) for name, page in pages)
    return links if len(links) > 1 else ()


def adjustments(report: Report) -> Iterator[Adjustment]:
    """What is no longer as it was approved."""
    for number, (_, indicator) in enumerate(report.indicators(), start=1):
        if words := adjustment(indicator):
            note = indicator.approved.note if indicator.approved else None
            yield Adjustment(words, _reason(note), addresses.indicator_row(number))
    for gone in report.approval.cancelled if report.approval else ():
        yield Adjustment(cancellation(gone), _reason(gone.note), "")


def _reason(text: str | None) -> Markup:
    reason = reason_of(text)
    return to_html(reason) if reason else Markup()


def review_view(document: Document) -> ReviewView | None:
    """复核 of a report; None where it was not rechecked."""
    card, found, said = document.card, document.recheck, document.report.review
    if found is None or said is None:
        return None
    own, other = figure(card.total), figure(found.total)
    apart = signed(gap(card.total, found.total))
    lead = f"{day(said.day)}{f'，{said.office}' if said.office else ''}复核"
    if document.profile.is_scored:
        lead += f"：自评 {own} 分，复核 {other} 分，相差 {apart} 分"
    return ReviewView(
        lead=f"{lead}。",
        formula=found.total_formula,
        causes=_reason(said.causes),
        entries=tuple(_rechecks(document)),
    )


def _rechecks(document: Document) -> Iterator[Recheck]:
    card, found, said = document.card, document.recheck, document.report.review
    assert found is not None
    if said and said.spent is not None:
        own, other = card.execution, found.execution
        yield Recheck(
            "", "预算执行", percent(own.total.rate), percent(other.total.rate),
            figure(own.score), figure(other.score), signed(gap(own.score, other.score)),
            other.formula, Markup(),
        )  # fmt: skip
    digits = document.profile.point_digits
    for number, (before, after) in enumerate(zip(card.points, found.points, strict=True), start=1):
        # An indicator that is the execution itself follows 全年执行数, and says nothing of it.
        if before.indicator.recheck or before.awarded != after.awarded:
            yield _recheck(number, before, after, digits)


def _recheck(number: int, own: Points, found: Points, digits: int) -> Recheck:
    recheck = own.indicator.recheck
    return Recheck(
        addresses.indicator_row(number), own.indicator.name,
        own.indicator.actual, found.indicator.actual,
        figure(own.awarded, digits), figure(found.awarded, digits),
        signed(gap(own.awarded, found.awarded), digits),
        found.formula, _reason(recheck.note if recheck else None),
    )  # fmt: skip


def _figures(document: Document, stage: Stage) -> Iterator[Figure]:
    card, unit = document.card, document.layout.money_unit
    if stage == TARGET:
        approved = card.execution.total.approved
        yield Figure("预算数", amount(approved), unit if approved is not None else "")
        yield Figure("绩效指标", f"{len(card.points)}", "个")
        return
    if not document.profile.is_scored:
        return
    found = document.recheck
    own_total, found_total = card.total, found.total if found else None
    grade = found.grade if found else None
    yield Figure(
        "复核得分", figure(found_total), "分" if found_total is not None else "", grade or ""
    )
    yield Figure("自评得分", figure(own_total), "分" if own_total is not None else "")
    yield Figure("相差", signed(gap(own_total, found_total)), "分")


def _downloads(report: Report, stem: str, stage: Stage, *, has_pdf: bool) -> Iterator[Download]:
    if has_pdf:
        path = addresses.report_file(report.year, stem, ".pdf", stage)
        yield Download("下载 PDF", path, "打印和存档用")
    if stage == TARGET:
        folder = addresses.report_folder(report.year, stem, stage)
        yield Download("下载数据", f"{folder}/report.json", "JSON 格式，指标和分值")
        path = addresses.report_file(report.year, stem, ".yaml", stage)
        yield Download("下载填报文件", path, "YAML 格式")


def _facts(report: Report, site: Site, stage: Stage) -> Iterator[Fact]:
    approval, review = report.approval, report.review
    facts = [fact(Report, "code", report.code)]
    if stage == TARGET and approval:
        facts += [Fact("批复日期", day(approval.day)), fact(Approval, "number", approval.number)]
        facts.append(fact(Approval, "published", day(approval.published)))
    elif stage == TARGET:
        facts.append(fact(Report, "published", day(report.published or site.published)))
    elif review:
        facts += [Fact("复核日期", day(review.day)), Fact("复核单位", review.office or "")]
        facts.append(fact(Review, "spent", figure(review.spent) if review.spent else ""))
    return (entry for entry in facts if entry.text)
