"""What the printed front and back of a volume say, as views for the theme's templates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from markupsafe import Markup

from builder.compendium.book import Book
from builder.compendium.order import Chapter
from builder.compendium.totals import SummaryRow
from builder.content import Summary
from builder.layouts import Layout
from builder.model import Site
from builder.scoring import Profile
from builder.text import day, figure, to_html
from builder.views import LABELS, any_scored, how_many, topic


@dataclass(frozen=True, slots=True)
class RuleView:
    """A scoring profile in words."""

    name: str
    summary: str
    sentences: tuple[str, ...]
    tiers: tuple[tuple[str, str, str], ...]
    bands: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class VolumeView:
    """One volume; `part` names it among several (第一册), `parts` what each of them holds.

    `has_results` is false of targets. Projects are scored, or some, or none: `has_scores` (of
    targets: that they have points) and `has_unscored` say so; `has_wholes`: some forms are about
    a whole office, and in no sums. `rechecked` says of how many there was a 复核, "" of none;
    `counts_review`: its scores are those that are counted. `is_apart`: every form begins on a
    right-hand page.
    """

    title: str
    year: str
    publisher: str
    date: str
    part: str
    parts: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    scope: str
    preface: Markup
    rules: tuple[RuleView, ...]
    has_results: bool
    has_scores: bool
    has_unscored: bool
    has_wholes: bool
    rechecked: str
    counts_review: bool
    is_apart: bool
    headings: tuple[str, ...]
    rows: tuple[SummaryRow, ...]
    total: SummaryRow


def volume_view(book: Book, names: Sequence[str], number: int) -> VolumeView:
    """The volume of that number (from 0) of those that `names` names."""
    site, totals, here = book.press.settings.site, book.totals, book.parts[number]
    layouts = book.press.settings.layouts.by_name
    summaries = book.summaries
    rechecked = [form.summary for form in book.forms if form.is_rechecked]
    return VolumeView(
        title=f"{topic(summaries)}{'' if book.is_planned else '表'}汇编",
        year=f"{book.year}年度",
        publisher=site.publisher or "",
        date=day(book.published),
        part=names[number],
        parts=tuple(map(_holds, names, book.parts)) if names[1:] else (),
        facts=facts(site, book.published),
        scope=scope(book.year, summaries, site),
        preface=to_html(book.preface) if book.preface else Markup(),
        rules=tuple(rule_view(profile, layouts[profile.layout]) for profile in book.profiles),
        has_results=not book.is_planned,
        has_scores=any_scored(summaries) if book.is_planned else bool(totals.grades),
        has_unscored=any(summary.total is None for summary in summaries),
        has_wholes=any(summary.is_whole for summary in summaries),
        rechecked=how_many(rechecked) if rechecked else "",
        counts_review=site.counts_review,
        is_apart=site.binding.forms_apart,
        headings=totals.headings,
        rows=tuple(
            totals.row(
                chapter.department, chapter.target if chapter in here else "", chapter.summaries
            )
            for chapter in book.chapters
        ),
        total=totals.row("合计", "", summaries),
    )


def _holds(name: str, part: Sequence[Chapter]) -> str:
    """`第一册　某局等3个部门`."""
    return f"{name}　{part[0].department}" + (f"等{len(part)}个部门" if part[1:] else "")


def scope(year: int, summaries: Sequence[Summary], site: Site) -> str:
    """What a book holds, in one sentence."""
    departments = len({summary.department for summary in summaries})
    units = len({(summary.department, summary.unit) for summary in summaries})
    publisher = f"{site.publisher}公开的" if site.publisher else ""
    return (
        f"本汇编收录{publisher}{year}年度{topic(summaries)}表{len(summaries):,d}份，"
        f"涉及{departments:,d}个主管部门、{units:,d}个实施单位。"
    )


def rule_view(profile: Profile, layout: Layout) -> RuleView:
    """A scoring profile in words, for the forms of its layout."""
    return RuleView(
        name=profile.name,
        summary=profile.summary,
        sentences=tuple(_sentences(profile, layout)),
        tiers=tuple(
            (tier.name, "、".join(tier.words), f"{_plain(tier.upper)}%至{_plain(tier.lower)}%")
            for tier in profile.tiers
        ),
        bands=_bands(profile),
    )


def _sentences(profile: Profile, layout: Layout) -> Sequence[str]:
    execution = profile.execution
    said = [
        f"{LABELS.rate}＝全年执行数÷{execution.denominator}，{execution.rate.in_words()}。",
    ]
    if execution.score is not None and (execution.weight or execution.indicator):
        basis = "精确的执行率" if execution.score.basis == "精确比值" else "表上的执行率"
        weight = f"{_plain(execution.weight)}分" if execution.weight else "这一项的分值"
        name = f"“{execution.indicator}”一项的得分" if execution.indicator else "预算执行得分"
        said.append(f"{name}＝{basis}×{weight}，{execution.score.in_words()}，不超过{weight}。")
    if profile.is_scored and not layout.indicators.has_targets:
        said.append("表上没有指标值，各项得分由实施单位按评分标准评定。")
    elif profile.scoring:
        reverse = {
            "线性递减": "反向指标超出目标值的，按超出的比例扣减",
            "反比": "反向指标超出目标值的，按目标值与完成值之比计分",
            "全有或全无": "反向指标超出目标值的，不得分",
        }[profile.scoring.reverse]
        said.append(
            "定量指标达到目标值的得满分，未达到的按完成值与目标值之比计分；"
            f"{reverse}；得分{profile.scoring.points.in_words()}。"
        )
        said.append("定性指标按完成情况分档计分。")
        said.append("填报得分低于计算得分的，以填报得分为准，并写明原因。")
    if profile.total:
        said.append(f"总分为各项得分之和，{profile.total.in_words()}。")
    if not profile.is_scored:
        said.append("本规则不计分，只列出目标和完成情况。")
    return said


def _bands(profile: Profile) -> tuple[tuple[str, str], ...]:
    upper: Decimal | None = None
    found = []
    for band in sorted(profile.bands, key=lambda entry: -entry.lower):
        limits = [f"{_plain(band.lower)}分及以上"] if band.lower or upper is None else []
        limits += [f"不到{_plain(upper)}分"] if upper is not None else []
        found.append((band.grade, "，".join(limits)))
        upper = band.lower
    return tuple(found)


def _plain(value: Decimal) -> str:
    """A figure of a rule in running text: `10` for 10.00."""
    return figure(value.quantize(Decimal(1)) if value == value.to_integral_value() else value)


def facts(site: Site, published: date | None) -> tuple[tuple[str, str], ...]:
    """What the title page's back says of the publisher."""
    contact = site.contact
    entries: Mapping[str, str | None] = {
        "编制单位": site.publisher,
        "编制日期": day(published),
        "电话": contact.phone if contact else None,
        "网址": site.address,
        "许可协议": site.licence,
    }
    return tuple((label, text) for label, text in entries.items() if text)
