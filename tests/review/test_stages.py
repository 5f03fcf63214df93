"""A report on its way through the year, as a review tells it."""

from __future__ import annotations

import json
import re

import pytest

from builder.review.alarms import of_settings
from builder.review.comparison import Review
from builder.review.data import data
from builder.review.digest import digest
from builder.review.discretion import in_public
from builder.review.sections import section
from builder.review.text import text
from tests.review.test_review import PATH, compared
from tests.support.stages import STAGES, staged

NO_APPROVAL = staged("目标")[: staged("目标").index("\n批复:") + 1]
KEPT = "年度指标值: ≥11(期), 批复: {年度指标值: ≥12(期), 说明: 汛期停训}"
CHANGED = "已批复的目标表改变了"


def step(before: str, after: str, site: str = "") -> Review:
    """One report before and after, as it may be told in public."""
    old, new = ({PATH: one, "site.yaml": site} for one in (before, after))
    return in_public(compared(old, new))


def alarms(found: Review) -> list[str]:
    return [alarm.words for alarm in digest(found).alarms]


def test_results_come_as_one_statement() -> None:
    found = step(staged("目标"), staged("自评"))
    told = section(found.projects[0])
    first, *rest = told.entries
    assert (first.heading, first.lines) == ("阶段 目标 → 自评", ())
    assert "实际完成值 5 处" in first.remark
    assert "总分 无 → 99.45" in told.effect
    assert "得分有变化" not in told.effect
    kept = [line for entry in rest if "线上课程" not in entry.heading for line in entry.lines]
    assert not [line.label for line in kept if "完成" in line.label or "全年" in line.label]
    assert ("年度指标值", "≥12(期)", "≥10(期)") in [(o.label, o.old, o.new) for o in kept]
    assert alarms(found) == []
    record = json.loads(data(found))["projects"][0]  # programs are told all
    assert sum("实际完成值" in str(one["fields"]) for one in record["indicators"]) == 6


def test_a_review_tells_both_scores() -> None:
    found = step(staged("自评"), staged("复核"))
    (words,) = alarms(found)
    assert "95.20" in words
    assert "99.45" in words
    told = text(found)
    assert "复核总分 无 → 95.20" in told
    assert told.count("复核得分 无 →") == 2  # where it is another one
    assert alarms(step(staged("复核"), staged("复核") + "\n")) == []
    (words,) = alarms(step(staged("复核"), staged("复核").replace("27.00", "29.00")))
    assert "95.20 改为 97.20" in words


@pytest.mark.parametrize(
    ("before", "after"), [("自评", "目标"), ("复核", "自评"), ("复核", "目标")]
)
def test_a_step_back_takes_from_the_site(before: str, after: str) -> None:
    (words,) = alarms(step(staged(before), staged(after)))
    assert words.startswith(f"阶段由{before}退回{after}")


def test_what_is_withheld_is_not_told_by_its_stage() -> None:
    found = step(staged("目标"), staged("复核"), "复核结果: 不公开\n")
    assert alarms(found) == []
    assert section(found.projects[0]).entries[0].heading == "阶段 目标 → 自评"
    for words in (text(found), data(found)):
        told = words.replace("不公开的复核", "")
        assert not any(one in told for one in ("复核", "95.20", "540(", "91.20"))
    assert "95.20" in text(compared({PATH: staged("自评")}, {PATH: staged("复核")}))


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("≥600(人次)", "≥550(人次)"), ("分值: 30.00", "分值: 29.00"),
        ("年初预算数: 100.00", "年初预算数: 90.00"), ("三级指标: 结业率", "三级指标: 结业比例"),
        ("面向全市教师", "面向教师"),
    ],
)  # fmt: skip
def test_the_approved_table_does_not_change_unseen(stage: str, old: str, new: str) -> None:
    found = step(staged(stage), staged(stage).replace(old, new))
    assert [words for words in alarms(found) if words.startswith(CHANGED)]


def test_what_approval_keeps_is_no_change_of_it() -> None:
    target = staged("目标")
    assert alarms(step(target, target.replace("年度指标值: ≥12(期)", KEPT))) == []
    assert [CHANGED in words for words in alarms(step(target, target.replace("≥12", "≥11")))]
    # What is not approved yet is still being set.
    assert alarms(step(NO_APPROVAL, NO_APPROVAL.replace("≥12", "≥11"))) == []


def test_an_address_of_targets_does_not_vanish_unseen() -> None:
    head, tail = staged("自评").split("\n批复:")
    gone = head + tail[tail.index("\n发布日期: 2025") :]
    gone = re.sub(r"^ +批复: .*\n", "", gone, flags=re.MULTILINE)
    for before in ("目标", "自评"):
        (words,) = alarms(step(staged(before), gone))
        assert "目标表" in words
        assert "网址失效" in words
    assert "去掉了“批复”" in alarms(step(staged("目标"), NO_APPROVAL))[0]


def test_a_setting_that_turns_the_review_is_told() -> None:
    def told(old: str, new: str) -> str:
        sides = ({PATH: staged("复核"), "site.yaml": f"复核结果: {one}\n"} for one in (old, new))
        (words,) = of_settings(compared(*sides).settings)
        return words

    assert "消失" in told("以复核为准", "不公开")
    assert "将随网站公开" in told("不公开", "以自评为准")
    assert "复核的得分" in told("以自评为准", "以复核为准")
