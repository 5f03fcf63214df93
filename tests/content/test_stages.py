"""One file through the year: 目标, 自评, 复核."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from builder import content, source
from builder.diagnostics import Diagnostics
from builder.formatter import canonical, published
from builder.model import REVIEW, TARGET, Site
from builder.scoring import Document, Method
from tests.support.reports import changed_rules, examine, settings
from tests.support.stages import STAGES, staged

D = Decimal


def read(stage: str) -> Document:
    """The report in one of its stages, about which nothing is said."""
    finding = examine(staged(stage))
    assert finding.codes == []
    assert finding.document
    assert finding.document.is_whole
    return finding.document


@pytest.mark.parametrize("stage", STAGES)
def test_it_is_written_as_fmt_writes_it(stage: str) -> None:
    text = staged(stage)
    assert canonical(text, "peixun.yaml", type(read(stage).report)) == text


def test_targets_have_points_to_reach_and_no_score() -> None:
    document = read("目标")
    card = document.card
    assert document.layout.name == "目标表"
    assert (card.weight_sum, card.total, card.grade) == (D(100), None, None)
    assert {point.method for point in card.points} == {Method.PLANNED}
    assert card.execution.total.initial == D(100)
    assert card.execution.total.rate is None


def test_targets_without_goals_are_as_whole_as_their_report() -> None:
    """Some forms of results have goals that may be missing; their forms of targets ask for them."""
    form = Path(__file__).parents[1] / "data/forms/content/2020/17-fuwumaoyi.yaml"
    told = "批复: {日期: 2020-01-15, 发布日期: 2020-01-28}\n"
    document = examine(f"{form.read_text(encoding='utf-8')}\n{told}").document
    assert document
    table = content.approved(document, settings())
    assert table
    assert table.report.goals is None
    goals = told.replace("}", ", 预期目标: 扶持服务贸易企业}")
    document = examine(f"{form.read_text(encoding='utf-8')}\n{goals}").document
    assert document
    approved = content.approved(document, settings())
    assert approved
    assert approved.report.expected == "扶持服务贸易企业"


def test_results_are_not_asked_for_and_not_taken_before_their_time() -> None:
    text = staged("目标").replace("分值: 30.00", "分值: 30.00, 实际完成值: 达成指标, 得分: 30")
    assert [d.rule.code for d in examine(text).found] == ["S335", "S335"]


def test_what_was_approved_is_the_same_in_every_stage() -> None:
    """As it was in January: the target that fell, the indicator that went, none that came."""
    now, then, last = map(read, STAGES)
    tables = [content.approved(document, settings()) for document in (now, then, last)]
    found = {published(table.report) for table in tables if table}
    assert len(found) == 1
    (text,) = found
    assert "≥12(期)" in text
    assert "编印教材" in text
    assert "线上课程" not in text
    assert "完成" not in text.replace("预期目标", "")
    assert all(table and table.card.weight_sum == 100 for table in tables)
    assert all(table and table.report.is_planned for table in tables)


def test_the_approved_table_reads_back() -> None:
    table = content.approved(read("复核"), settings())
    assert table
    finding = examine(published(table.report))
    assert finding.document
    assert finding.document.report.groups == table.report.groups
    assert finding.codes == []


def test_without_a_word_of_approval_there_is_no_such_table() -> None:
    head, _, tail = staged("自评").partition("\n批复:")
    finding = examine(f"{head}\n{tail[tail.index('发布日期: 2025') :]}")
    assert finding.document
    assert content.approved(finding.document, settings()) is None


def test_the_review_is_scored_by_the_same_rules() -> None:
    document = read("复核")
    own, found = document.card, document.recheck
    assert found
    assert (own.total, found.total) == (D("99.45"), D("95.20"))
    assert (own.execution.score, found.execution.score) == (D("9.75"), D("9.50"))
    apart = {
        point.indicator.name: (before.awarded, point.awarded)
        for before, point in zip(own.points, found.points, strict=True)
        if before.awarded != point.awarded
    }
    assert apart == {"培训人次": (D(10), D(9)), "参训教师教学能力": (D(30), D(27))}


def test_a_review_that_is_withheld_leaves_the_self_evaluation() -> None:
    site = Site.model_validate({"复核结果": "不公开"})
    shown = content.disclosed(read("复核"), site)
    assert shown.recheck is None
    assert not any(point.indicator.recheck for point in shown.card.points)
    assert published(shown.report) == published(read("自评").report)


def test_of_a_withdrawn_one_not_even_the_address_is_left() -> None:
    finding = examine(staged("复核") + "公开: {范围: 撤回, 理由: 有误, 撤回日期: 2025-08-01}\n")
    assert finding.document
    site = Site.model_validate({"复核结果": "不公开"})
    gone = content.Withdrawn.of(content.disclosed(finding.document, site))
    assert gone
    assert REVIEW not in gone.stages


def test_a_profile_may_have_no_form_for_targets() -> None:
    """S337: the levels of its form are others than those of the form of targets."""
    flat = (
        "指标: {列: {三级指标: 指标, 年度指标值: 指标值, 实际完成值: 完成值, 分值: 分值}, 类别: {}}"
    )
    known = changed_rules("layouts", flat)
    finding = examine(staged("目标"), known=known)
    assert finding.codes == ["S337"]
    assert finding.document is None


@pytest.mark.parametrize("name", sorted(settings().profiles.by_name))
def test_a_file_of_targets_can_be_carried_on(name: str) -> None:
    """In the same unit, and, where the form of targets is shared, with the same funding rows."""
    profile = settings().profiles.by_name[name]
    rules = content.by_profile(profile, 2025, settings(), TARGET)
    assert rules
    if rules.targets is None:  # a rubric, or a form that has no levels
        block = rules.form.indicators
        assert not block.has_targets or not block.levels
        return
    assert rules.targets.money_unit == rules.form.money_unit
    assert rules.form.funds.open_rows or rules.targets.funds.rows.keys() <= {*rules.form.funds.rows}


@pytest.mark.parametrize(
    ("named", "told"),
    [
        ("目标版式: 目标表\n复核版式: 复核表", []),
        ("目标版式: 财政部2020", ["P119"]),  # it has results
        ("复核版式: 重庆部门整体", ["P119"]),  # it has no levels
    ],
)
def test_a_form_of_another_stage_must_fit(named: str, told: list[str]) -> None:
    diagnostics = Diagnostics()
    text = f"基于: 财政部2020\n名称: 本区\n{named}\n"
    own = source.parse(text, "profiles/本区.yaml", content.RULE_LABELS, diagnostics)
    content.understand_settings(None, {"profiles/本区.yaml": own}, diagnostics)
    assert [d.rule.code for d in diagnostics] == told
