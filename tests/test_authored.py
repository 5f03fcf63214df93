"""The authored files of 2024 say what the published forms say, cell by cell."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from tests.support.seed import FORMS, STEMS, Form, Row, without_spaces

FOLDER = Path(__file__).parents[1] / "content" / "2024"
# Per form: number of indicators, sum of their 得分, and 分值 of 产出, 效益 and 满意度.
SHAPES = {
    "dangjian-fuwu": (10, "90.00", ["30.00", "30.00", "30.00"]),
    "dianjiao-yuanjiao": (11, "88.58", ["50.00", "20.00", "20.00"]),
    "yuancheng-wangluo-yunwei": (12, "90.00", ["55.00", "15.00", "20.00"]),
    "xinxihua-yunwei": (11, "90.00", ["50.00", "24.00", "16.00"]),
    "xinxihua-jianshe": (9, "90.00", ["50.00", "30.00", "10.00"]),
}

each_form = pytest.mark.parametrize("stem", STEMS)


def authored(stem: str) -> dict[str, Any]:
    """Return the file with every scalar as the text that its author typed."""
    document: dict[str, Any] = YAML(typ="base", pure=True).load(FOLDER / f"{stem}.yaml")
    return document


@each_form
def test_head(stem: str) -> None:
    form = FORMS[stem]
    sections = {"项目资金", "年度总体目标", "绩效指标", "核对"}
    head = {key: value for key, value in authored(stem).items() if key not in sections}
    assert head == {
        "年度": str(form.year),
        "项目名称": form.name,
        "主管部门": form.department,
        "实施单位": form.unit,
    }


@each_form
def test_funds(stem: str) -> None:
    _, *parts = FORMS[stem].rows
    assert list(authored(stem)["项目资金"].items()) == [
        (
            row.label.removeprefix("其中："),
            {"年初预算数": row.initial, "全年预算数": row.budget, "全年执行数": row.spent},
        )
        for row in parts
    ]


@each_form
def test_goals(stem: str) -> None:
    form = FORMS[stem]
    goals = authored(stem)["年度总体目标"]
    assert {key: without_spaces(text) for key, text in goals.items()} == {
        "预期目标": without_spaces(form.goal),
        "实际完成情况": without_spaces(form.result),
    }


@each_form
def test_indicators(stem: str) -> None:
    levels = authored(stem)["绩效指标"]
    assert [
        (level1, level2, indicator)
        for level1, groups in levels.items()
        for level2, indicators in groups.items()
        for indicator in indicators
    ] == [(row.level1, row.level2, dict(as_authored(row))) for row in FORMS[stem].indicators]


@each_form
def test_declared_figures(stem: str) -> None:
    form = FORMS[stem]
    assert authored(stem)["核对"] == {
        "执行率": form.rows[0].rate,
        "预算执行得分": form.rows[0].score,
        "总分": form.total,
        "评分等级": form.grade,
    }


@each_form
def test_printed_sums_hold(stem: str) -> None:
    form = FORMS[stem]
    funds, *parts = form.rows
    scores = total(row.score for row in form.indicators)
    for column in ("initial", "budget", "spent"):
        assert total(getattr(row, column) for row in parts) == Decimal(getattr(funds, column))
    assert total(row.weight for row in form.indicators) == 90
    assert 90 + Decimal(funds.points) == Decimal(form.total_weight) == 100
    assert scores + Decimal(funds.score) == Decimal(form.total)
    assert (len(form.indicators), str(scores), weights_by_level1(form)) == SHAPES[stem]


def as_authored(row: Row) -> Iterator[tuple[str, str]]:
    yield "三级指标", row.name
    yield "年度指标值", row.target
    yield "实际完成值", row.actual
    yield "分值", row.weight
    if row.score != row.weight:
        yield "得分", row.score
    if row.reason:
        yield "偏差原因分析及改进措施", row.reason


def weights_by_level1(form: Form) -> list[str]:
    return [
        str(total(row.weight for row in form.indicators if row.level1 == level1))
        for level1 in ("产出指标", "效益指标", "满意度指标")
    ]


def total(figures: Iterator[str]) -> Decimal:
    return sum(map(Decimal, figures), Decimal())
