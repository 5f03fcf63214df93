"""What words and scores mean: two pages, and the ways that lead there from forms and tables."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from urllib.parse import parse_qsl, unquote, urlsplit

import pytest

from builder import content, source
from builder.content import addresses, summarize
from builder.diagnostics import Diagnostics
from builder.model import Site
from builder.views import printed_glossary, rule_view, rules_in_use
from builder.views.glossary import GROUPS, PLACES
from builder.views.rules import RuleView
from tests.support.pages import Made, document, make
from tests.support.reports import GOOD, changed, layout_of, profiles

NAMES = sorted(profiles().by_name)
DISTRICT = ("年度: 2024", "年度: 2024\n评分规则: 上海区级")
# Addresses never change: others may have written them down.
ANCHORS = (
    "department unit initial-budget budget spent rate planned-budget objective self-evaluation "
    "recheck level-1 level-2 level-3 output effect satisfaction quantitative qualitative reverse "
    "target-value actual-value weight points total grade deviation"
)
DIGITS = {"0": "整数", "1": "一位小数", "2": "两位小数", "3": "三位小数", "4": "四位小数"}


@pytest.fixture(scope="module")
def made() -> Made:
    return make([document(GOOD), document(changed(DISTRICT), "other")])


def ids(made: Made, path: str) -> list[str]:
    return [name for e in made.page(path).elements if (name := e.attributes.get("id"))]


def explained(made: Made, path: str, kind: str) -> list[str]:
    """The words that a page leads to the glossary, by their places there."""
    links = [e.attributes["href"] for e in made.page(path).all("a", kind)]
    assert all(f"{addresses.GLOSSARY}#" in link for link in links)
    return [link.partition("#")[2] for link in links]


def test_places_stay_for_ever(made: Made) -> None:
    assert [term.anchor for group in GROUPS for term in group.terms] == ANCHORS.split()
    assert set(ANCHORS.split()) == set(PLACES.values())
    found = ids(made, "glossary/index.html")
    assert set(ANCHORS.split()) <= set(found)
    assert len(found) == len(set(found))
    assert addresses.rule_anchor("上海市级") == "rule-上海市级"
    assert addresses.rule_anchor("云南-2024") == "rule-云南-2024"


def test_every_page_leads_to_both(made: Made) -> None:
    for path in made.files:
        if path.endswith(".html") and path != addresses.NOT_FOUND:
            links = [e.attributes.get("href", "") for e in made.page(path).all("a")]
            for page in (addresses.GLOSSARY, addresses.RULES):
                ends = [link.rpartition("/")[0] for link in links]
                is_here = path == page and "index.html" in links
                assert is_here or any(end.endswith(page.partition("/")[0]) for end in ends), path


def test_headings_of_a_form_lead_to_their_words(made: Made) -> None:
    """However the form prints them; each once."""
    found = explained(made, "2024/case/index.html", "term")
    assert {
        "department", "unit", "initial-budget", "budget", "spent", "rate", "weight", "points",
        "objective", "level-1", "level-2", "level-3", "target-value", "actual-value", "deviation",
        "total", "grade",
    } == set(found)  # fmt: skip
    assert max(Counter(found).values()) == 1


def test_headings_of_tables_lead_to_their_words(made: Made) -> None:
    for path in ("2024/index.html", "departments/index.html"):
        found = explained(made, path, "meaning")
        assert {"budget", "rate", "total"} <= set(found), path
        assert max(Counter(found).values()) == 1, path
    page = made.page("2024/index.html")
    assert all(e.attributes["aria-label"] for e in page.all("a", "meaning"))
    headings = [e for e in page.all("th") if "abbr" in e.attributes]
    assert all(f"{e.attributes['abbr']}?" == e.text for e in headings)


def test_a_report_leads_to_its_rules(made: Made) -> None:
    sections = [name for name in ids(made, "rules/index.html") if name.startswith("rule-")]
    for path, name in (("2024/case", "上海市级"), ("2024/other", "上海区级")):
        links = [e.attributes["href"] for e in made.page(f"{path}/index.html").all("a")]
        assert f"../../rules/index.html#rule-{name}" in map(unquote, links)
        assert f"rule-{name}" in sections


def test_no_profile_that_nobody_uses(made: Made) -> None:
    headings = [e.text for e in made.page("rules/index.html").all("h2")]
    assert headings == ["上海市级", "上海区级"]
    assert "用于2024年度1份表。" in made.page("rules/index.html").text


def told(rule: RuleView) -> str:
    kinds = (f"{kind.example}{kind.points}" for kind in rule.kinds)
    return "\n".join([*rule.sentences, *rule.further, *kinds])


@pytest.mark.parametrize("name", NAMES)
def test_figures_are_those_of_the_profile(name: str) -> None:
    profile = profiles().by_name[name]
    rule = rule_view(profile, layout_of(name))
    words, execution = told(rule), profile.execution
    assert f"{execution.rate.mode}到{DIGITS[execution.rate.digits]}" in rule.sentences[0]
    assert execution.denominator in rule.sentences[0]
    if profile.is_scored and execution.weight:
        points = f"×{execution.weight.normalize():f}分"
        (said,) = [sentence for sentence in rule.sentences if points in sentence]
        assert execution.score
        assert f"{execution.score.mode}到{DIGITS[execution.score.digits]}" in said
        assert ("精确" in said) == (execution.score.basis == "精确比值")
    if profile.is_scored:
        for group, weight in profile.weights.items():
            assert f"{group}{weight.normalize():f}分" in words
    if profile.limits.rate is not None:
        assert f"低于{profile.limits.rate.normalize():f}%" in words
    shares = {tier.name: (tier.upper, tier.lower) for tier in profile.tiers}
    for tier, _, part in rule.tiers:
        assert tuple(map(Decimal, re.findall(r"\d+", part))) == shares[tier]
    lowers = [Decimal(re.findall(r"\d+", limits)[0]) for _, limits in rule.bands[:-1]]
    for low, (grade, _) in zip(lowers, rule.bands[:-1], strict=True):
        assert profile.grade(low) == grade


@pytest.mark.parametrize("name", [n for n in NAMES if not profiles().by_name[n].is_scored])
def test_what_is_not_scored_has_no_points(name: str) -> None:
    """Whatever its profile has of another that scores."""
    rule = rule_view(profiles().by_name[name], layout_of(name))
    assert rule.sentences[1:] == ("本规则不计分，只列出目标和完成情况。",)
    assert "得分" not in told(rule)
    assert (rule.kinds, rule.tiers, rule.bands) == ((), (), ())


@pytest.mark.parametrize(
    ("name", "words", "points"),
    [("上海市级", "（1－超出的部分÷指标值）×分值", "8.00"), ("湖北", "指标值÷完成值×分值", "8.33")],
)
def test_what_is_told_is_what_is_done(name: str, words: str, points: str) -> None:
    """≤10 days and 12 days of 10 points."""
    scoring = profiles().by_name[name].scoring
    target, result, weight = Decimal(10), Decimal(12), Decimal(10)
    exact = (1 - (result - target) / target) if name == "上海市级" else target / result
    assert scoring
    assert f"{scoring.points.apply(exact * weight)}" == points
    (kind,) = [
        k for k in rule_view(profiles().by_name[name], layout_of(name)).kinds if "≤" in k.example
    ]
    assert words in kind.points


def test_rules_are_told_as_they_were() -> None:
    """A profile that changes has a section for each version that is in use."""
    change = (
        "自年度: 2025\n预算执行: {分值: 20, 执行率: {小数位: 1, 舍入: 截断}, "
        "得分: {依据: 精确比值, 小数位: 1, 舍入: 截断}}\n"
    )
    diagnostics, own = Diagnostics(), {}
    for stem, more in (("云南", ""), ("云南-2025", change)):
        path, text = f"profiles/{stem}.yaml", f"基于: 云南\n名称: 云南\n{more}"
        own[path] = source.parse(text, path, content.RULE_LABELS, diagnostics)
    settings = content.understand_settings(None, own, diagnostics)
    assert not [d.message for d in diagnostics]
    one = replace(summarize(document(GOOD)), profile="云南")
    later = replace(one, year=2025)
    assert [rule.anchor for rule in rules_in_use(settings, [one])] == ["rule-云南"]
    both = rules_in_use(settings, [one, later])
    assert [(rule.anchor, rule.since) for rule in both] == [
        ("rule-云南-2025", "2025"), ("rule-云南", ""),
    ]  # fmt: skip
    assert "×20分" in "".join(both[0].sentences)
    assert "×10分" in "".join(both[1].sentences)


def test_the_glossary_of_a_volume_has_what_its_forms_have() -> None:
    groups = printed_glossary(results=True, points=True, recheck=False)
    assert [group.name for group in groups] == ["单位和资金", "绩效", "评分"]
    names = [term.name for group in groups for term in group.terms]
    assert {"执行率", "得分", "评分等级"} <= set(names)
    assert {"复核", "一级指标", "预算数"}.isdisjoint(names)
    targets = printed_glossary(results=False, points=True, recheck=False)
    assert [group.name for group in targets] == ["单位和资金", "绩效"]
    told = {term.name: term.text for group in targets for term in group.terms}
    assert {"预算数", "分值"} <= set(told)
    assert {"执行率", "得分", "总分"}.isdisjoint(told)
    assert "自评表" not in "".join(told.values())


@pytest.mark.parametrize("to", ["gk@example.gov.cn", "https://example.gov.cn/gk"])
@pytest.mark.parametrize("address", ["", "https://example.gov.cn/jx/"])
def test_a_report_can_be_written_about(to: str, address: str) -> None:
    """Which one, and where it is, goes along, whatever its name holds."""
    settings = {"联系方式": {"反馈": to}, **({"网址": address} if address else {})}
    name = "年度 & <教师>培训?"
    report = document(changed(("项目名称: 公益培训项目", f"项目名称: '{name}'")))
    page = make([report], Site.model_validate(settings)).page("2024/case/index.html")
    (link,) = [e.attributes["href"] for e in page.all("a") if e.text == "反馈意见"]
    parts = urlsplit(link)
    values = dict(parse_qsl(parts.query, strict_parsing=True))
    here = f"{address}2024/case/index.html"
    if "/" in to:
        assert link.startswith(f"{to}?")
        assert values.get("url") == (here if address else None)
    else:
        assert (parts.scheme, parts.path) == ("mailto", to)
        assert values["body"] == here
    assert f"“{name}”" in values["title" if "/" in to else "subject"]
    assert "反馈意见" not in make([report]).page("2024/case/index.html").text
