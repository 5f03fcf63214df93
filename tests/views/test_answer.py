"""The sentences that a report opens with: true, complete where they count, silent where not."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.model import Report, Site
from builder.records import BLANK
from builder.scoring import Document, Method, Profile, losses
from builder.source import Source, Spans
from builder.text import amount, figure, percent
from builder.views import Piece, report_view
from builder.views.answer import answer, spoken
from tests.support.corpus import document_of
from tests.support.pages import document, make
from tests.support.reports import GOOD, changed, layout_of
from tests.support.scores import PROFILES, indicator, named, report, score
from tests.support.stages import staged
from tests.support.wholes import WHOLE

SITE = Site.model_validate({})
SHANGHAI = named("上海市级")


def made(found: Report, profile: Profile) -> Document:
    layout = layout_of(profile.name)
    source = Source("", "", None, Spans(""))
    return Document("2024", "甲", source, found, profile, layout, score(found, profile))


def told(*entries: dict[str, str], rule: Profile = SHANGHAI, **more: Any) -> str:
    return shown(answer(made(report(*entries, **more), rule), SITE))


def shown(pieces: Iterable[Piece]) -> str:
    return "".join(piece.text for piece in pieces)


FULL = indicator("≥1次", "1次", "90")

CASES: list[tuple[list[dict[str, str]], dict[str, Any], list[str], list[str]]] = [
    ([FULL], {"spent": "100"}, ["支出 100 万元", "预算数 100 万元的 100.00%", "1 个指标全部达标",
                                "没有扣分"], ["扣 ", "满分"]),
    ([FULL], {}, ["扣 0.50 分，都在预算执行。"], ["最多", "没有填写原因"]),
    ([FULL], {"spent": "50"}, ["扣 5.00 分，都在预算执行（没有填写原因）。"], []),
    ([FULL], {"spent": "120"}, ["120.00%，超出 20 万元", "没有扣分"], []),
    ([FULL], {"spent": "0", "budget": "0"}, ["没有预算，也没有支出。"], ["%", "扣"]),
    ([indicator("≥10次", "5次", "90")], {"spent": "100"},
     ["1 个指标全部未达标", "扣 45.00 分，都在“己”，没有达到指标值（没有填写原因）。"], []),
    ([indicator("≥10次", "5次", "50"), indicator("≥1次", "1次", "40")], {},
     ["2 个指标中 1 个达标，1 个未达标", "扣 25.50 分：产出 25.00，预算执行 0.50；最多的是“己”，"
      "没有达到指标值，扣 25.00 分"], []),
    ([indicator("≥1次", "2次", "90", 得分="80", 偏差原因分析及改进措施="场地维修")], {},
     ["1 个指标全部达标", "按规则得 90.00 分，填报 80.00 分，扣 10.00 分（看原因）"], []),
    ([indicator("≥10次", "5次", "30") for _ in range(3)], {"spent": "100"},
     ["扣 45.00 分，都在产出；最多的是“己”等 3 项，各扣 15.00 分。"], []),
    ([indicator("及时", "部分达成", "90")], {}, ["1 个指标全部未达标。"], ["扣", "分"]),
    ([indicator("≥1次", BLANK, "50"), indicator("≥1次", "1次", "40")], {},
     ["1 个达标，1 个没有填全"], ["扣", "分"]),
    ([indicator("≥1次", "1次", "70")], {"spent": "100"}, ["满分 80.00 分，没有扣分"], []),
]  # fmt: skip


@pytest.mark.parametrize(("entries", "more", "said", "unsaid"), CASES)
def test_what_is_said(
    entries: list[dict[str, str]], more: dict[str, Any], said: list[str], unsaid: list[str]
) -> None:
    words = told(*entries, **more)
    for text in said:
        assert text in words, words
    for text in unsaid:
        assert text not in words, words


def test_nothing_is_said_of_blanks_and_targets() -> None:
    assert told(spent=BLANK) == ""
    assert answer(document(staged("目标"), year="2024"), SITE) == ()


def test_rescaled_points_are_told_before_they_are() -> None:
    rule = named("上海市级", not_applicable="折算")
    entries = (indicator("≥10次", "5次", "60"), indicator("≥1次", "/", "30"))
    words = told(*entries, rule=rule, spent="100")
    assert "1 个未达标，1 个不适用" in words
    assert "折算前扣 30.00 分" in words
    none = told(indicator("≥5次", "/", "90"), rule=rule, budget="0", spent="0")
    assert "扣" not in none


def test_forms_without_points_name_what_was_missed() -> None:
    entries = (indicator("≥10次", "5次"), indicator("≥1次", "1次"))
    words = told(*entries, rule=named("转移支付"))
    assert words.endswith("2 个指标中 1 个达标，1 个未达标：“己”。")
    assert "扣" not in words


def test_after_a_recheck_the_score_that_counts_is_told() -> None:
    found = document(staged("复核"))
    assert found.recheck
    counted = {}
    for which, card in (("以复核为准", found.recheck), ("以自评为准", found.card)):
        counted[which] = spoken(answer(found, Site.model_validate({"复核结果": which})))
        assert card.total is not None
        whose = which[1:3]
        assert f"{whose}扣 {figure(100 - card.total)} 分" in counted[which]
        assert f"复核 {found.recheck.total} 分" in counted[which]
        assert f"以{whose}为准" in counted[which]
    assert len(set(counted.values())) == 2
    assert "（见复核）" in shown(answer(found, SITE))
    same = answer(replace(found, recheck=found.card), SITE)
    assert "与自评相同，以复核为准。复核扣" in shown(same)
    assert shown(same).endswith("（看原因）。")


# --- what always holds

NUMBERS = st.integers(0, 30).map("{}".format)
ENTRIES = st.builds(
    lambda sign, target, actual, weight, own: indicator(
        f"{sign}{target}次", actual, weight, **({"得分": own} if own else {})
    ),
    st.sampled_from("≥≤="),
    NUMBERS,
    NUMBERS.map("{}次".format) | st.sampled_from([BLANK, "/", "部分达成", "约5次"]),
    st.sampled_from([BLANK, "10", "30", "7.5"]),
    st.none() | st.sampled_from(["0", "5", "10", "12.25"]),
)
REPORTS = st.builds(
    lambda parts, budget, spent: report(
        budget=budget, spent=spent, 绩效指标={k: {"数量指标": v} for k, v in parts.items()}
    ),
    st.dictionaries(
        st.sampled_from(["产出指标", "效益指标", "满意度指标"]),
        st.lists(ENTRIES, min_size=1, max_size=3), min_size=1,
    ),
    NUMBERS,
    NUMBERS,
)  # fmt: skip
RULES = st.sampled_from(sorted(PROFILES)).flatmap(
    lambda name: (
        st.sampled_from(["报错", "折算"]).map(lambda how: named(name, not_applicable=how))
        if PROFILES[name].is_scored
        else st.just(named(name))
    )
)


@given(REPORTS, RULES)
def test_sums_agree_with_the_scorecard(some: Report, rule: Profile) -> None:
    agrees(made(some, rule))


@pytest.mark.parametrize("number", range(0, 60, 3))
def test_a_citys_reports_agree(number: int) -> None:
    agrees(document_of(number))


def agrees(found: Document) -> None:
    """What is said of points comes to the scorecard, digit by digit; the rest is silent."""
    card, pieces = found.card, answer(found, SITE)
    words = shown(pieces)
    assert all(piece.text for piece in pieces)
    for nothing in ("None", " - ", "空白", "  ", "。。", "，，"):
        assert nothing not in words
    total = card.execution.total
    if total.spent is None:
        assert "支出" not in words
    if "%" in words:
        assert f"支出 {amount(total.spent)} " in words
        assert f"的 {percent(total.rate)}" in words
    ways = sum(int(n) for n in re.findall(r"(\d+) 个(?!指标)", words))
    assert ways in (0, len(card.points)) or "个得满分" in words
    met = re.search(r"(\d+) 个达标", words)
    all_met = f"{len(card.points)} 个指标全部达标" in words
    if met or all_met:
        count = int(met[1]) if met else len(card.points)
        assert count == sum(point.is_met is True for point in card.points)
    if card.total is None:
        assert not re.search("扣[ 分]", words)
        return
    if lost := re.search(r"(?<!各)(折算前)?扣 ([\d.]+) 分", words):
        sums(found, words, lost)
    if "没有扣分" in words:
        assert card.total == card.weight_sum


def sums(found: Document, words: str, lost: re.Match[str]) -> None:
    """The parts that are told come to the points that are missing."""
    card, where = found.card, losses(found.card)
    assert where
    assert card.total is not None
    if "扣分最多的是" in words:
        return
    said = Decimal(lost[2])
    if lost[1]:
        assert any(point.method is Method.NOT_APPLICABLE for point in card.points)
    else:
        assert said == (card.weight_sum or 0) - card.total
    assert ("满分 " in words) == (card.weight_sum != 100)
    parts = re.search(r"扣 [\d.]+ 分：([^；]*)；", words)
    if parts:
        assert sum(Decimal(part.split()[-1]) for part in parts[1].split("，")) == said
    for each in re.findall(r"最多的是.*扣 ([\d.]+) 分", words):
        assert Decimal(each) == where.greatest[0].points


# --- on the page


def anchors(pieces: Iterable[Piece]) -> set[str]:
    return {piece.anchor for piece in pieces if piece.anchor}


PAGES = {
    "good": GOOD,
    "low": changed(("95.00", "60.00"), ("完成值: 12(期)", "完成值: 9(期)")),
    "recheck": staged("复核"),
    "self": staged("自评"),
    "whole": WHOLE,
}


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("which", ["以复核为准", "以自评为准"])
def test_links_hit_and_the_head_says_the_same(name: str, which: str) -> None:
    found = document(PAGES[name])
    site = Site.model_validate({"复核结果": which})
    view = report_view(found, site)
    made_ = make([found], site)
    page = made_.page(view.page.path)
    places = {element.attributes["id"] for element in page.elements if "id" in element.attributes}
    assert view.answer
    assert anchors((*view.answer, *view.menu)) <= places
    [paragraph] = [element for element in page.elements if "answer" in element.classes]
    assert paragraph.text == shown(view.answer)
    told = spoken(view.answer).replace("\u00a0", " ")  # where only the page keeps units
    assert view.page.description == view.subject + told
    assert "看原因" not in view.page.description


def test_a_reports_menu_has_only_what_is_there() -> None:
    names = {piece.text for piece in report_view(document(GOOD), SITE).menu}
    assert "资金" in names
    assert not names & {"复核", "修订", "历年", "佐证", "调整"}


def test_a_draft_says_nothing() -> None:
    found = document(GOOD)
    card = replace(found.card, points=(), total=None)
    assert "指标" not in spoken(answer(replace(found, card=card), SITE))
