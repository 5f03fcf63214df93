"""One report: the form, and everything a reader needs to follow its figures.

`worked_out` tells how the form's own columns of the total came about.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from builder.content import Summary, addresses
from builder.model import SELF, Disclosure, Report, Site, Stage
from builder.scoring import Document, Scorecard, worked_out
from builder.text import NOTHING, amount, day, figure, percent, with_units
from builder.views.answer import answer, spoken
from builder.views.beside import report_link_beside
from builder.views.charts import ChartView
from builder.views.citation import CitationView, citation
from builder.views.comparison import YearView, trend
from builder.views.course import project_courses
from builder.views.explanations import (
    Execution,
    Explanation,
    ExplanationGroup,
    Part,
    execution_view,
    explanation_groups,
    parts,
)
from builder.views.followed import FollowedView, followed
from builder.views.form import FormView
from builder.views.layout import form_view
from builder.views.menu import menu
from builder.views.page import (
    LABELS,
    Download,
    Fact,
    Figure,
    Link,
    PageView,
    Piece,
    fact,
)
from builder.views.revisions import NoticeView, RevisionView, notice
from builder.views.stages import (
    NAMES,
    Adjustment,
    ReviewView,
    adjustments,
    review_view,
    stage_links,
)
from builder.views.standing import standing, table_page, topic_of
from builder.views.yearly import yearly_link


@dataclass(frozen=True, slots=True)
class ReportView:
    """One report: the form, and everything a reader needs to follow its figures.

    `subject` says what it is in one sentence, `answer` what it comes to in a few; `menu` leads to
    the parts of its page. `correction` is what it says first where its figures were corrected.
    `worked_out` tells how the form's own columns of the total came about.
    """

    id: str
    name: str
    year: str
    topic: str
    subject: str
    department: Link
    unit: Link
    figures: tuple[Figure, ...]
    answer: tuple[Piece, ...]
    menu: tuple[Piece, ...]
    form: FormView
    is_scored: bool
    rule: str
    rule_summary: str
    rule_page: str
    parts: tuple[Part, ...]
    execution: Execution
    worked_out: tuple[str, ...]
    groups: tuple[ExplanationGroup, ...]
    deviations: tuple[Explanation, ...]
    followed: tuple[FollowedView, ...]
    total: str
    downloads: tuple[Download, ...]
    evidence: tuple[Link, ...]
    facts: tuple[Fact, ...]
    citation: CitationView
    years: tuple[YearView, ...]
    courses: tuple[ChartView, ...]
    yearly: Link | None
    beside: Link
    revisions: tuple[RevisionView, ...]
    correction: NoticeView | None
    stages: tuple[Link, ...]
    adjustments: tuple[Adjustment, ...]
    review: ReviewView | None
    page: PageView


def report_view(
    document: Document, site: Site, *, has_pdf: bool = True, years: Sequence[Summary] = (),
    revisions: Sequence[RevisionView] = (), stages: Sequence[Stage] = (),
) -> ReportView:  # fmt: skip
    """Everything the pages and the PDF of one report show.

    Without `has_pdf` there is no link to a PDF. `years` are all years of the same project,
    `stages` those that have a table of their own.
    """
    report, stem, card, profile = document.report, document.stem, document.card, document.profile
    execution = card.execution
    total, layout = execution.total, document.layout
    columns, unit_ = layout.funds.columns, layout.money_unit
    figures = [
        *(_totals(document, site) if profile.is_scored else ()),
        _known(LABELS.rate, percent(total.rate, sign=False), "%"),
        _known(columns.get("全年预算数", LABELS.budget), amount(total.budget), unit_),
        _known(columns.get("全年执行数", LABELS.spent), amount(total.spent), unit_),
    ]
    groups = tuple(explanation_groups(card, profile))
    place, here = standing(document), addresses.report_page(report.year, stem)
    description = f"{report.unit}{report.year}年度“{report.name}”{layout.form_title}"
    if card.total is not None:
        description += f"，总分{figure(card.total)}分{f'，评为{card.grade}' if card.grade else ''}"
    told, subject = answer(document, site), f"{description}。"
    page = table_page(
        document, site, here, report.name, subject + spoken(told), *place.above,
        has_scores=profile.is_scored,
    )  # fmt: skip
    form, execution_ = form_view(document), execution_view(document)
    deviations = tuple(e for group in groups for e in group.entries if e.mark)
    changes, review = tuple(adjustments(report)), review_view(document)
    modified = next((revision.moment for revision in revisions if revision.kind), "")
    followed_ = tuple(followed(years, f"{report.year}/{stem}"))
    evidence, years_ = tuple(_evidence(report, stem)), trend(years, here)
    return ReportView(
        id=f"{report.year}/{stem}",
        name=report.name,
        year=f"{report.year}年度",
        topic=topic_of(document, NAMES[SELF]),
        subject=subject,
        department=place.department,
        unit=place.unit,
        figures=tuple(entry for entry in figures if entry),
        answer=tuple(replace(piece, text=with_units(piece.text)) for piece in told),
        menu=menu(
            form,
            is_scored=profile.is_scored,
            has_deviations=bool(deviations or execution_.mark),
            has_followed=bool(followed_),
            has_review=review is not None,
            has_adjustments=bool(changes),
            has_years=bool(years_),
            has_revisions=bool(revisions),
            has_evidence=bool(evidence),
        ),
        form=form,
        is_scored=profile.is_scored,
        rule=profile.name,
        rule_summary=profile.summary,
        rule_page=f"{addresses.RULES}#{addresses.rule_anchor(profile.stem)}",
        parts=tuple(parts(card, profile, groups)),
        execution=execution_,
        worked_out=tuple(worked_out(execution.total, profile, layout.funds)),
        groups=groups,
        deviations=deviations,
        followed=followed_,
        total=card.total_formula,
        downloads=tuple(_downloads(document, has_pdf=has_pdf)),
        evidence=evidence,
        facts=tuple(_facts(report, site)),
        citation=citation(document, site, SELF, page, modified),
        years=years_,
        courses=project_courses(years),
        yearly=yearly_link(years),
        beside=report_link_beside(report.year, stem, is_whole=profile.is_whole),
        revisions=tuple(revisions),
        correction=notice(revisions),
        stages=stage_links(report, stem, stages, here),
        adjustments=changes,
        review=review,
        page=page,
    )


def _known(label: str, text: str, unit: str) -> Figure:
    """A figure with its unit; one that is not there has none."""
    return Figure(label, text, unit if text != NOTHING else "")


def _totals(document: Document, site: Site) -> Iterable[Figure]:
    """总分; after 复核 both, that which counts in the statistics first."""
    own, found = document.card, document.recheck
    if found is None:
        yield _total(LABELS.total, own)
        return
    totals = [_total("复核总分", found), _total("自评总分", own)]
    yield from totals if site.counts_review else reversed(totals)


def _total(label: str, card: Scorecard) -> Figure:
    if card.total is None:
        return Figure(label, NOTHING)
    return Figure(label, figure(card.total), "分", card.grade or "")


def _downloads(document: Document, *, has_pdf: bool) -> Iterable[Download]:
    year, stem = document.report.year, document.stem
    data = "JSON 格式" + ("，含各项得分和算式" if document.profile.is_scored else "")
    if has_pdf:
        yield Download("下载 PDF", addresses.report_file(year, stem, ".pdf"), "打印和存档用")
    folder = addresses.report_folder(year, stem)
    yield Download("下载数据", f"{folder}/report.json", data)
    yield Download("下载填报文件", addresses.report_file(year, stem, ".yaml"), "YAML 格式")


def _facts(report: Report, site: Site) -> Iterable[Fact]:
    facts = (
        fact(Report, "code", report.code),
        fact(Report, "published", day(report.published or site.published)),
        fact(Disclosure, "reviewed", day(report.disclosure.reviewed)),
    )
    return (entry for entry in facts if entry.text)


def _evidence(report: Report, stem: str) -> Iterable[Link]:
    """What supports the figures, as far as it is public."""
    for entry in report.evidence:
        if not entry.internal:
            yield Link(entry.name, addresses.evidence_file(report.year, stem, entry.file))
