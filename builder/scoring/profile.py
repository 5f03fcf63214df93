"""Scoring profiles (评分规则): how a region scores its form, as data.

A profile is a YAML file under `profiles/` here (built in) or under `content/profiles/`
(the site's own). Its settings carry their evidence as comments; one without evidence
says 假定 and why.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Literal, get_args

from pydantic import Field

from builder.diagnostics import Diagnostics, Severity, catalogue
from builder.records import Kind, Line, Named, Number, Record, Shelf, Text, YesNo
from builder.source import Source
from builder.text import unnumbered

BUILT_IN = Path(__file__).parent / "profiles"

SEVERITIES: Mapping[str, Severity] = MappingProxyType(
    {"错误": Severity.ERROR, "警告": Severity.WARNING, "提示": Severity.INFO}
)


class Rounding(Record):
    """To how many decimals a figure is printed, and how it gets there."""

    digits: Literal["0", "1", "2", "3", "4"] = Field(alias="小数位")
    mode: Literal["四舍五入", "截断"] = Field(alias="舍入")

    def apply(self, value: Decimal) -> Decimal:
        """`value` with exactly the printed number of decimals."""
        mode = ROUND_HALF_UP if self.mode == "四舍五入" else ROUND_DOWN
        return value.quantize(Decimal(1).scaleb(-int(self.digits)), rounding=mode)

    def in_words(self) -> str:
        """Such as `截断到两位小数`."""
        count = "零一两三四"[int(self.digits)]
        return f"{self.mode}到整数" if self.digits == "0" else f"{self.mode}到{count}位小数"


class ScoreRounding(Rounding):
    """How the execution score comes from the rate."""

    basis: Literal["精确比值", "显示的执行率"] = Field(alias="依据")


class Execution(Record):
    """预算执行: rate and points of the total row; without 分值 the rate is shown, not scored.

    `indicator` is the name of the 三级指标 that it is scored as on forms where it is one of them.
    """

    weight: Number | None = Field(None, alias="分值", gt=0)
    indicator: Line | None = Field(None, alias="列为指标")
    denominator: Line = Field("全年预算数", alias="分母")
    rate: Rounding = Field(alias="执行率")
    score: ScoreRounding | None = Field(None, alias="得分")


class Scoring(Record):
    """How an indicator's points come about."""

    points: Rounding = Field(alias="得分")
    reverse: Literal["线性递减", "反比", "全有或全无"] = Field(alias="反向指标")
    not_applicable: Literal["报错", "折算"] = Field("报错", alias="不适用")


class Tier(Record):
    """One tier of 定性 results: the words that name it and its share of the points, in %."""

    name: str = Field(alias="档次")
    words: tuple[str, ...] = Field(alias="写法")
    upper: Number = Field(alias="上限", le=100)
    lower: Number = Field(alias="下限", ge=0)


class Band(Record):
    """A 评分等级: from `lower` (included) up to the next better band."""

    grade: Line = Field(alias="等级")
    lower: Number = Field(alias="下限")


class Limits(Record):
    """From where on a deviation is worth a word; all in % (of the target, of the budget)."""

    rate: Number | None = Field(None, alias="执行率低于")
    info: Number | None = Field(None, alias="超额提示")
    warning: Number | None = Field(None, alias="超额警告")
    error: Number | None = Field(None, alias="超额错误")


Spending = Literal["项目支出", "转移支付", "部门整体"]
"""What a form is about: a project, money passed on to others, or all that an office spends."""
SPENDING: tuple[Spending, ...] = get_args(Spending)
WHOLE = SPENDING[-1]


class Profile(Named):
    """One 评分规则; see the comments in profiles/上海市级.yaml for each setting."""

    summary: Text = Field(alias="说明")
    kind: Spending = Field("项目支出", alias="支出类别")
    layout: Line = Field(alias="版式")
    targets: Line | None = Field(None, alias="目标版式")
    review: Line | None = Field(None, alias="复核版式")
    weights: dict[str, Number] = Field({}, alias="一级指标分值")
    execution: Execution = Field(alias="预算执行")
    is_scored: YesNo = Field(True, alias="计分")
    scoring: Scoring | None = Field(None, alias="指标计分")
    total: Rounding | None = Field(None, alias="总分")
    tiers: tuple[Tier, ...] = Field((), alias="定性分档")
    bands: tuple[Band, ...] = Field((), alias="评分等级")
    limits: Limits = Field(Limits(), alias="须说明")
    states: tuple[str, ...] = Field((), alias="定性目标词")
    severities: dict[str, Literal["错误", "警告", "提示"]] = Field({}, alias="严重程度")

    @property
    def is_whole(self) -> bool:
        """Whether its forms are about all that an office spends, its projects among it."""
        return self.kind == WHOLE

    def is_execution(self, name: str) -> bool:
        """Whether the indicator of that name is the execution itself."""
        return self.execution.indicator is not None and unnumbered(name) == self.execution.indicator

    @property
    def point_digits(self) -> int:
        """How many decimals it prints for an indicator's points."""
        return int(self.scoring.points.digits) if self.scoring else 0

    def grade(self, total: Decimal) -> str | None:
        """The 评分等级 of a total; bands are half-open, so 89.99 and 90 never meet."""
        bands = sorted(self.bands, key=lambda band: band.lower, reverse=True)
        return next((band.grade for band in bands if total >= band.lower), None)

    def tier_of(self, state: str) -> Tier | None:
        """The tier whose words include `state`."""
        return next((tier for tier in self.tiers if state in tier.words), None)

    @property
    def own_severities(self) -> Mapping[str, Severity]:
        """The severities that this profile gives to rules, by code."""
        return {code: SEVERITIES[word] for code, word in self.severities.items()}

    def severity(self, code: str) -> Severity | None:
        """The severity this profile gives to a rule, if it says anything."""
        word = self.severities.get(code)
        return SEVERITIES[word] if word else None


def _is_sound(profile: Profile, text: Source, diagnostics: Diagnostics) -> bool:
    """What no single setting can show: that the settings fit together."""
    spans = text.spans
    needed = {
        "指标计分": profile.scoring, "总分": profile.total,
        "定性分档": profile.tiers, "评分等级": profile.bands,
    }  # fmt: skip
    missing = [label for label, setting in needed.items() if not setting]
    if profile.is_scored and missing:
        at = spans.key(("名称",))
        diagnostics.report(catalogue.PROFILE_INCOMPLETE, at, missing="、".join(missing))
    execution = profile.execution
    is_worth = execution.weight is not None or execution.indicator is not None
    unrounded = is_worth and execution.score is None
    if unrounded:
        at = spans.key(("预算执行", "列为指标" if execution.indicator else "分值"))
        diagnostics.report(catalogue.PROFILE_INCOMPLETE, at, missing="预算执行的得分")
    is_twice = execution.weight is not None and execution.indicator is not None
    if is_twice:
        at = spans.key(("预算执行", "列为指标"))
        diagnostics.report(catalogue.SCORED_TWICE, at, name=execution.indicator)
    for code, word in profile.severities.items():
        rule, at = catalogue.RULES.get(code), spans.key(("严重程度", code))
        given = SEVERITIES[word]
        if rule is None or not code.startswith("C"):
            diagnostics.report(catalogue.UNKNOWN_CODE, at, code=code)
        # A hint stops nothing, even where it is the rule's own severity.
        elif rule.is_gate and (given is Severity.INFO or rule.severity.is_graver_than(given)):
            diagnostics.report(catalogue.LOWERED_GATE, at, code=code, word=word)
    return not (unrounded or is_twice or (profile.is_scored and missing))


MOVED = {
    "表名": "表名", "资金单位": "资金单位", "资金行": "“资金”下面的“行”",
    "可增资金行": "“资金”下面的“可增行”", "资金列": "“资金”下面的“列”",
    "执行率带百分号": "“资金”下面的“执行率带百分号”", "目标列": "“目标”下面的“列”",
    "指标列": "“指标”下面的“列”", "可增指标类别": "“指标”下面的“可增类别”",
    "一级指标": "名称写在“指标”下面的“类别”；分值仍在评分规则里，写“一级指标分值”",
}  # fmt: skip
PROFILES = Kind(
    Profile,
    BUILT_IN,
    "profiles",
    catalogue.UNKNOWN_PROFILE,
    depth=1,
    is_sound=_is_sound,
    moved=MOVED,
)
Profiles = Shelf[Profile]
