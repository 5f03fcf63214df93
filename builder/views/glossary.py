"""What the words of forms and tables mean: one text for the site's page and the volume's appendix.

A term has a place on the page of the site that never changes: other pages, of this site and of
others, lead there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Literal

from builder.content import addresses
from builder.views.page import PageView, SiteView, page_view

Use = Literal["always", "results", "targets", "points", "scores", "recheck", "site"]


@dataclass(frozen=True, slots=True)
class Term:
    """One word with its meaning; `anchor` is its place on the page.

    `use` is whose forms have it: those of results, of targets, with points, with results and
    points, with 复核. What only the `site` explains are columns, of which the reader of a volume
    has the form in hand.
    """

    anchor: str
    name: str
    text: str
    use: Use = "always"


@dataclass(frozen=True, slots=True)
class TermGroup:
    """Terms under a heading."""

    name: str
    terms: tuple[Term, ...]


UNIT = Term("unit", "实施单位", "承担项目、使用资金并填报自评表的单位。")
GROUPS = (
    TermGroup("单位和资金", (
        Term("department", "主管部门", "主管项目实施单位的预算部门。"),
        UNIT,
        Term("initial-budget", "年初预算数", "年初批复的项目预算。", "results"),
        Term("budget", "全年预算数", "年中调整后的项目预算。", "results"),
        Term("spent", "全年执行数", "全年实际支出的金额。", "results"),
        Term("rate", "执行率", "全年执行数与预算数之比，以百分数表示。", "results"),
        Term("planned-budget", "预算数", "年初批复的项目预算。", "targets"),
    )),
    TermGroup("绩效", (
        Term("objective", "绩效目标", "项目计划在年度内达到的产出和效果，随预算批复。"),
        Term("self-evaluation", "绩效自评",
             "实施单位在年度结束后，对照年初设定的绩效目标，对资金执行和目标完成情况所作的评价。",
             "results"),
        Term("recheck", "复核", "财政部门、主管部门对自评结果所作的核查。", "recheck"),
        Term("level-1", "一级指标", "绩效指标的大类，如产出指标、效益指标、满意度指标。", "site"),
        Term("level-2", "二级指标", "一级指标下面的类别，如产出指标分数量、质量、时效、成本。",
             "site"),
        Term("level-3", "三级指标", "具体考核的一件事，有自己的指标值和完成值。", "site"),
        Term("output", "产出指标", "项目提供的产品和服务，看数量、质量、时效和成本。"),
        Term("effect", "效益指标", "项目带来的经济、社会、生态和可持续影响。"),
        Term("satisfaction", "满意度指标", "服务对象对项目的满意程度。"),
        Term("quantitative", "定量指标", "目标可以用数字写明、完成情况可以计量的指标。"),
        Term("qualitative", "定性指标", "目标不能用数字写明、按完成情况分档评定的指标。"),
        Term("reverse", "反向指标", "数值越小越好的指标，如成本、差错率。"),
        Term("target-value", "年度指标值", "一项指标年初定下、年内要达到的数值或状态。", "site"),
        Term("actual-value", "实际完成值", "一项指标年末实际达到的数值或状态。", "site"),
    )),
    TermGroup("评分", (
        Term("weight", "分值", "一项指标的满分。", "points"),
        Term("points", "得分",
             "按评分规则算出的分数；实施单位可以填报更低的得分，并写明原因。", "scores"),
        Term("total", "总分", "预算执行得分与各项指标得分之和。", "scores"),
        Term("grade", "评分等级", "按总分所在的分数段评定的等级。", "scores"),
        Term("deviation", "偏差", "指标没有得到满分。表中写明原因和改进措施。", "scores"),
    )),
)  # fmt: skip
# What forms and tables call otherwise, as their columns are named in a layout.
_OTHERWISE = {"偏差原因分析及改进措施": "偏差", "年度总体目标": "绩效目标"}
_ANCHORS = {term.name: term.anchor for group in GROUPS for term in group.terms}
PLACES: Mapping[str, str] = MappingProxyType(
    _ANCHORS | {label: _ANCHORS[name] for label, name in _OTHERWISE.items()}
)
"""The place of each label that is explained, on the page of the glossary."""


@dataclass(frozen=True, slots=True)
class GlossaryView:
    """The page of the glossary."""

    title: str
    lead: str
    groups: tuple[TermGroup, ...]


def glossary(site: SiteView) -> tuple[GlossaryView, PageView]:
    """Every term: a page that others lead to keeps all its places."""
    title = site.glossary.text
    lead = "自评表和本站各张表里的用词是什么意思。各项得分怎样算，见"
    page = page_view(site, addresses.GLOSSARY, title, "自评表和本站各张表里的用词是什么意思。")
    return GlossaryView(title, lead, GROUPS), page


def printed_glossary(*, results: bool, points: bool, recheck: bool) -> tuple[TermGroup, ...]:
    """The terms of a volume: of forms with `results` or of targets, with `points`, with 复核."""
    wanted = {
        "always": True, "results": results, "targets": not results, "points": points,
        "scores": points and results, "recheck": recheck, "site": False,
    }  # fmt: skip
    groups = [
        replace(group, terms=tuple(term for term in group.terms if wanted[term.use]))
        for group in GROUPS
    ]
    if not results:  # what is left of the last group says no more than that there are points
        *groups, money, goals, points_ = groups
        named = tuple(
            replace(term, text=term.text.replace("自评表", "目标表")) for term in money.terms
        )
        groups = [replace(money, terms=named), replace(goals, terms=goals.terms + points_.terms)]
    return tuple(group for group in groups if group.terms)


def explaining() -> Callable[[str], str]:
    """A function for one page: the site path of what explains a label, once for each term.

    It gives "" for a label that is explained nowhere, or has been already.
    """
    told: set[str] = set()

    def explained(label: str) -> str:
        place = PLACES.get(label, "")
        if not place or place in told:
            return ""
        told.add(place)
        return f"{addresses.GLOSSARY}#{place}"

    return explained
