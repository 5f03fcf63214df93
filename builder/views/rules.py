"""The scoring profiles that reports were scored by, in words: for the site and the volume."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from builder.content import Settings, Summary, addresses, by_profile
from builder.layouts import Layout
from builder.scoring import HUNDRED, Profile
from builder.text import figure
from builder.views.page import LABELS, Link, PageView, SiteView, page_view


@dataclass(frozen=True, slots=True)
class Scored:
    """How one kind of indicators is scored: its name, how such a target is written, its points."""

    kind: str
    example: str
    points: str


@dataclass(frozen=True, slots=True)
class RuleView:
    """A scoring profile in words.

    `anchor` is its place on the page of the rules, `since` the year that it holds from (""
    where from the beginning), `used` by how many forms of which years. `sentences` are all of it
    in short, `kinds` the indicators one kind after another (none where nothing is scored by
    targets, and then no `tiers`), `further` what else there is to know.
    """

    name: str
    summary: str
    anchor: str
    since: str
    used: str
    sentences: tuple[str, ...]
    kinds: tuple[Scored, ...]
    further: tuple[str, ...]
    tiers: tuple[tuple[str, str, str], ...]
    bands: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class RulesView:
    """The page of the rules; `contents` leads to each where there are several."""

    title: str
    lead: str
    contents: tuple[Link, ...]
    rules: tuple[RuleView, ...]


def rules(site: SiteView, used: Sequence[RuleView]) -> tuple[RulesView, PageView]:
    """The page of the rules that are in use."""
    title = site.rules.text
    lead = "本站各张表的执行率、得分、总分和等级都按下面的规则计算。"
    links = tuple(Link(_title(rule), f"{addresses.RULES}#{rule.anchor}") for rule in used)
    page = page_view(site, addresses.RULES, title, lead)
    return RulesView(title, lead, links if links[1:] else (), tuple(used)), page


def rules_in_use(settings: Settings, summaries: Iterable[Summary]) -> tuple[RuleView, ...]:
    """What reports were scored by, each profile as it was in their years: those of the newest
    year first, in the order in which they are met."""
    found: dict[str, tuple[Profile, Layout, list[Summary]]] = {}
    for summary in sorted(summaries, key=lambda summary: -summary.year):
        profile = settings.profiles.of(summary.profile, summary.year)
        read_by = by_profile(profile, summary.year, settings) if profile else None
        if read_by:
            entry = (read_by.profile, read_by.form, list[Summary]())
            found.setdefault(read_by.profile.stem, entry)[2].append(summary)
    return tuple(rule_view(profile, form, used) for profile, form, used in found.values())


def rule_view(profile: Profile, layout: Layout, used: Sequence[Summary] = ()) -> RuleView:
    """A scoring profile in words, for the forms of its layout."""
    years = "、".join(f"{year}" for year in sorted({summary.year for summary in used}))
    kinds = tuple(_kinds(profile, layout))
    return RuleView(
        name=profile.name,
        summary=profile.summary,
        anchor=addresses.rule_anchor(profile.stem),
        since=f"{profile.since}" if profile.since else "",
        used=f"{years}年度{len(used):,d}份表" if used else "",
        sentences=tuple(_sentences(profile, layout)),
        kinds=kinds,
        further=tuple(_further(profile)),
        tiers=tuple(
            (tier.name, "、".join(tier.words), f"{_plain(tier.upper)}%至{_plain(tier.lower)}%")
            for tier in profile.tiers
            if kinds
        ),
        bands=_bands(profile) if profile.is_scored else (),
    )


def _title(rule: RuleView) -> str:
    return f"{rule.name}（{rule.since}年度起）" if rule.since else rule.name


def _sentences(profile: Profile, layout: Layout) -> Sequence[str]:
    execution = profile.execution
    said = [
        f"{LABELS.rate}＝全年执行数÷{execution.denominator}，{execution.rate.in_words()}。",
    ]
    if not profile.is_scored:
        return [*said, "本规则不计分，只列出目标和完成情况。"]
    if execution.score is not None and (execution.weight or execution.indicator):
        basis = "精确的执行率" if execution.score.basis == "精确比值" else "表上的执行率"
        weight = f"{_plain(execution.weight)}分" if execution.weight else "这一项的分值"
        name = f"“{execution.indicator}”一项的得分" if execution.indicator else "预算执行得分"
        said.append(f"{name}＝{basis}×{weight}，{execution.score.in_words()}，不超过{weight}。")
    if not layout.indicators.has_targets:
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
    return said


def _kinds(profile: Profile, layout: Layout) -> Iterator[Scored]:
    """What `scoring.ruling` does, kind by kind."""
    scoring = profile.scoring
    if not (profile.is_scored and scoring and layout.indicators.has_targets):
        return
    yield Scored(
        "越多越好",
        "≥90%、=2次",
        "达到指标值得满分，超过不加分；没有达到的，得分＝完成值÷指标值×分值。",
    )
    over = {
        "线性递减": "得分＝（1－超出的部分÷指标值）×分值，扣完为止",
        "反比": "得分＝指标值÷完成值×分值",
        "全有或全无": "不得分",
    }[scoring.reverse]
    yield Scored("越少越好", "≤10天", f"没有超过指标值得满分；超过的，{over}。")
    yield Scored(
        "区间", "5-10个",
        "在区间之内得满分；低于下限的，得分＝完成值÷下限×分值；高于上限的，得分＝上限÷完成值×分值。",
    )  # fmt: skip
    yield Scored("零", "=0次", "完成值也是零得满分，否则不得分。")
    yield Scored("期限", "11月底前", "没有超过期限得满分；超过的，由实施单位评定得分并写明原因。")
    full = [tier.name for tier in profile.tiers if tier.upper == HUNDRED]
    yield Scored(
        "定性", "及时",
        f"{'、'.join(full)}得满分；其余各档，由实施单位在这一档的比例之内评定得分并写明原因。",
    )  # fmt: skip
    if scoring.not_applicable == "折算":
        yield Scored("不适用", "", "这一项的分值不计，其余得分按比例折算回满分。")


def _further(profile: Profile) -> Iterator[str]:
    if profile.is_scored and profile.weights:
        weights = "、".join(f"{name}{_plain(points)}分" for name, points in profile.weights.items())
        yield f"通行的分值：{weights}。各表的分值可以不同，以表上所列为准。"
    if profile.limits.rate is not None:
        yield f"{LABELS.rate}低于{_plain(profile.limits.rate)}%或者超支的，须说明原因。"


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
