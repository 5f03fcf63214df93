"""One report: the form, and everything a reader needs to follow its figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from markupsafe import Markup

from builder.content import Summary, addresses
from builder.model import Disclosure, Report, Site
from builder.scoring import Document, Method, Points, Profile, Scorecard
from builder.text import NOTHING, day, figure, percent, to_html
from builder.views.charts import ChartView, share, trend_chart
from builder.views.comparison import YearView, trend
from builder.views.form import FormView
from builder.views.layout import form_view
from builder.views.page import (
    LABELS,
    Download,
    Fact,
    Figure,
    Link,
    PageView,
    fact,
    page_view,
    site_view,
)

ZERO = Decimal(0)
EMPTY = "空白"  # beside an arrow a blank would be overlooked


@dataclass(frozen=True, slots=True)
class Explanation:
    """How one indicator came to its points: 指标值 → 完成值 → 规则 → 得分.

    `mark` is 偏差 where points are missing, 说明 where full points carry a reason; `result`
    says in words what was given, with both scores where the author's own counts.
    """

    anchor: str
    row: str
    name: str
    target: str
    actual: str
    method: str
    formula: str
    points: str
    weight: str
    mark: str
    result: str
    reason: Markup


@dataclass(frozen=True, slots=True)
class ExplanationGroup:
    """The explanations of one 一级指标, with its points and full points."""

    name: str
    points: str
    weight: str
    entries: tuple[Explanation, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the total: 预算执行 or a 一级指标, with the length of its bar in %."""

    name: str
    points: str
    weight: str
    length: str


@dataclass(frozen=True, slots=True)
class Execution:
    """预算执行 in words: the formula of its points, and the author's note."""

    rate: str
    formula: str
    note: Markup


@dataclass(frozen=True, slots=True)
class RevisionView:
    """One revision: its day, who made it ("" where not told), what changed, what it did."""

    day: str
    author: str
    words: tuple[str, ...]
    effect: str


@dataclass(frozen=True, slots=True)
class ReportView:
    """One report: the form, and everything a reader needs to follow its figures."""

    id: str
    name: str
    year: str
    department: Link
    unit: Link
    figures: tuple[Figure, ...]
    form: FormView
    is_scored: bool
    rule: str
    rule_summary: str
    parts: tuple[Part, ...]
    execution: Execution
    groups: tuple[ExplanationGroup, ...]
    deviations: tuple[Explanation, ...]
    total: str
    downloads: tuple[Download, ...]
    evidence: tuple[Link, ...]
    facts: tuple[Fact, ...]
    years: tuple[YearView, ...]
    trend: ChartView | None
    revisions: tuple[RevisionView, ...]
    page: PageView


def report_view(
    document: Document, site: Site, *, has_pdf: bool = True, years: Sequence[Summary] = (),
    revisions: Sequence[RevisionView] = (),
) -> ReportView:  # fmt: skip
    """Everything the pages and the PDF of one report show.

    Without `has_pdf` there is no link to a PDF. `years` are all years of the same project.
    """
    report, stem, card, profile = document.report, document.stem, document.card, document.profile
    execution = card.execution
    total, layout = execution.total, document.layout
    columns, unit_ = layout.funds.columns, layout.money_unit
    figures = [
        _total(card) if profile.is_scored else None,
        _known(LABELS.rate, percent(total.rate, sign=False), "%"),
        _known(columns.get("全年预算数", LABELS.budget), figure(total.budget), unit_),
        _known(columns.get("全年执行数", LABELS.spent), figure(total.spent), unit_),
    ]
    groups = tuple(_groups(card, profile))
    department = Link(report.department, addresses.department_page(report.department))
    unit = Link(report.unit, addresses.unit_page(report.department, report.unit))
    year = Link(f"{report.year}年度", addresses.year_page(report.year))
    description = f"{report.unit}{report.year}年度“{report.name}”{layout.form_title}"
    if card.total is not None:
        description += f"，总分{figure(card.total)}分{f'，评为{card.grade}' if card.grade else ''}"
    return ReportView(
        id=f"{report.year}/{stem}",
        name=report.name,
        year=f"{report.year}年度",
        department=department,
        unit=unit,
        figures=tuple(entry for entry in figures if entry),
        form=form_view(document),
        is_scored=profile.is_scored,
        rule=profile.name,
        rule_summary=profile.summary,
        parts=tuple(_parts(card, profile, groups)),
        execution=Execution(
            percent(total.rate),
            execution.formula,
            to_html(report.execution_note) if report.execution_note else Markup(),
        ),
        groups=groups,
        deviations=tuple(e for group in groups for e in group.entries if e.mark),
        total=card.total_formula,
        downloads=tuple(_downloads(report.year, stem, has_pdf=has_pdf)),
        evidence=tuple(_evidence(report, stem)),
        facts=tuple(_facts(report, site)),
        years=trend(years, f"{report.year}/{stem}"),
        trend=trend_chart(
            [(y.year, y.total) for y in sorted(years, key=lambda y: y.year) if y.total is not None]
        ),
        revisions=tuple(revisions),
        page=page_view(
            site_view(site), addresses.report_page(report.year, stem), report.name,
            f"{description}。", year, department, unit,
        ),
    )  # fmt: skip


def _known(label: str, text: str, unit: str) -> Figure:
    """A figure with its unit; one that is not there has none."""
    return Figure(label, text, unit if text != NOTHING else "")


def _total(card: Scorecard) -> Figure:
    if card.total is None:
        return Figure(LABELS.total, NOTHING)
    return Figure(LABELS.total, figure(card.total), "分", card.grade or "")


def _groups(card: Scorecard, profile: Profile) -> Iterable[ExplanationGroup]:
    digits = profile.point_digits
    numbered = enumerate(card.points, start=1)
    for name, members in groupby(numbered, lambda entry: entry[1].path[0]):
        entries = list(members)
        counted = [p for _, p in entries if p.method is not Method.NOT_APPLICABLE]
        known = [p.awarded for p in counted if p.awarded is not None]
        is_known = profile.is_scored and len(known) == len(counted)
        weight = card.group_weights[name] if profile.is_scored else None
        yield ExplanationGroup(
            name,
            figure(sum(known, ZERO) if is_known else None, digits),
            figure(weight, digits),
            tuple(_explanation(number, point, profile) for number, point in entries),
        )


def _explanation(number: int, point: Points, profile: Profile) -> Explanation:
    indicator, digits = point.indicator, profile.point_digits
    return Explanation(
        anchor=f"points-{number}",
        row=addresses.indicator_row(number),
        name=indicator.name,
        target=indicator.target or EMPTY,
        actual=indicator.actual or EMPTY,
        method=point.method,
        formula=point.formula,
        points=figure(point.awarded, digits),
        weight=figure(point.weight, digits),
        mark=_mark(point),
        result=_result(point, digits),
        reason=to_html(indicator.reason) if indicator.reason else Markup(),
    )


def _mark(point: Points) -> str:
    if point.method is Method.UNDECIDED and point.awarded is None:
        return "待评定"
    if point.is_short:
        return "偏差"
    return "说明" if point.indicator.reason else ""


def _result(point: Points, digits: int) -> str:
    if point.method is Method.UNSCORED:
        return ""
    is_open = point.weight is None
    full = "分值空白" if is_open else f"满分 {figure(point.weight, digits)} 分"
    if point.method is Method.NOT_APPLICABLE:
        return f"不适用，{full}"
    if point.awarded is None:
        return f"尚无得分，{full}"
    given = figure(point.awarded, digits)
    if point.is_overridden:
        full += f"（计算得分 {figure(point.computed, digits)}，填报得分 {given}）"
    return f"得 {given} 分，{full}"


def _parts(card: Scorecard, profile: Profile, groups: Iterable[ExplanationGroup]) -> Iterable[Part]:
    execution, weights = card.execution, card.group_weights
    if not profile.is_scored:
        return
    if execution.weight is not None:
        digits = int(profile.execution.score.digits) if profile.execution.score else 0
        score = execution.score
        yield Part(
            "预算执行", figure(score, digits), figure(execution.weight, digits),
            share(score or ZERO, execution.weight),
        )  # fmt: skip
    scores: dict[str, Decimal] = {}
    for point in card.points:
        scores[point.path[0]] = scores.get(point.path[0], ZERO) + (point.awarded or ZERO)
    for group in groups:
        length = share(scores[group.name], weights[group.name] or ZERO)
        yield Part(group.name, group.points, group.weight, length)


def _downloads(year: int, stem: str, *, has_pdf: bool) -> Iterable[Download]:
    if has_pdf:
        yield Download("下载 PDF", addresses.report_file(year, stem, ".pdf"), "打印和存档用")
    folder = addresses.report_folder(year, stem)
    yield Download("下载数据", f"{folder}/report.json", "JSON 格式，含各项得分和算式")
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
