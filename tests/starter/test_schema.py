"""The JSON Schema that an editor works with: valid, fresh, and of one mind with the builder."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import simplejson
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from builder.cli.main import main
from builder.starter import report_schema
from tests.conftest import ROOT
from tests.support.reports import GOOD, examine, settings
from tests.support.stages import STAGES, staged
from tests.support.wholes import WHOLE

FILE = ROOT / "content" / "report.schema.json"
SCHEMA: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
CHECK = Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)
FORMS = sorted((ROOT / "content" / "2024").glob("*.yaml"))


def typed(text: str) -> Any:
    """A file as an editor types it (YAML 1.2 core): numbers are numbers, dates are texts."""
    return json.loads(json.dumps(YAML(typ="safe", pure=True).load(text), default=date.isoformat))


def complaints(text: str) -> list[str]:
    """Where the schema objects, as a path of keys."""
    return sorted("/".join(map(str, error.path)) for error in CHECK.iter_errors(typed(text)))


def test_schema_is_valid() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_schema_is_fresh(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    text = simplejson.dumps(report_schema(settings()), ensure_ascii=False, indent=2) + "\n"
    assert FILE.read_text(encoding="utf-8") == text
    assert main(["schema", "--content", str(tmp_path)]) == 0
    assert capsys.readouterr().out == text


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_published_forms_fit(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert complaints(text) == []
    named = text.splitlines()[0].partition("$schema=")[2]
    assert (path.parent / named).resolve() == FILE


def test_only_a_form_about_a_whole_office_needs_no_unit_and_no_name() -> None:
    assert complaints(WHOLE) == []
    assert complaints(WHOLE.replace("安徽部门整体", "财政部2020")) == ["", ""]


@pytest.mark.parametrize("stage", STAGES)
def test_every_stage_fits(stage: str) -> None:
    assert complaints(staged(stage)) == []
    shares = ", 其中: [{三级指标: 线上, 年度指标值: ≥4(期)}]"
    assert complaints(staged("目标").replace("分值: 20.00", f"分值: 20.00{shares}")) == []


@pytest.mark.parametrize(
    ("stage", "old", "new", "place"),
    [
        ("目标", "年初预算数: 100.00", "年初预算数: 一百", "项目资金/当年财政拨款/年初预算数"),
        ("目标", "分值: 30.00", "得份: 30.00", "绩效指标/效益指标/社会效益指标/0"),
        ("目标", "日期: 2024-01-15, ", "", "批复"),
        ("目标", "阶段: 目标", "阶段: 目标表", "阶段"),
        ("复核", "  日期: 2025-07-10\n", "", "复核"),
        ("复核", "得分: 27.00", "得份: 27.00", "绩效指标/效益指标/社会效益指标/0/复核"),
        ("自评", "阶段: 自评", "阶段: 复核", ""),
    ],
)
def test_a_slip_in_any_stage_is_flagged(stage: str, old: str, new: str, place: str) -> None:
    assert complaints(staged(stage).replace(old, new, 1)) == [place]


EVERYTHING = (
    GOOD.replace("分值: 10\n", "分值: 10\n        得分: 9.5\n        类型: 定量\n")
    + """
项目编码: 310000241010100001
阶段: 复核
批复: {日期: 2024-01-15, 文号: 甲〔2024〕1号, 发布日期: 2024-01-28, 预期目标: 培训教师}
复核: {日期: 2025-07-10, 单位: 某市财政局, 全年执行数: 94, 主要偏差原因: 重复统计}
评分规则: 上海市级
预算执行说明: 略有结余。
佐证材料:
  - {名称: 问卷, 文件: 佐证/问卷.pdf, 内部: 是}
公开: {范围: 全文, 理由: 无, 审查日期: 2025-03-20}
发布日期: 2025-03-31
核对: {执行率: 95, 预算执行得分: 9.5, 总分: 99.5, 评分等级: 优, 一级指标分值: {产出指标: 50}}
内部备注: 甲
"""
)


def test_every_field_fits() -> None:
    assert complaints(EVERYTHING) == []
    assert examine(EVERYTHING).document is not None
    of_layouts = {name for layout in settings().layouts.by_name.values() for name in layout.entries}
    assert set(typed(EVERYTHING)) == set(SCHEMA["properties"]) - of_layouts


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("主管部门:", "主管部们:", ""),
        ("实施单位: 某市教师进修学院\n", "", ""),
        ("年度: 2024", "年度: 二〇二四", "年度"),
        ("分值: 30", "分值: 三十", "绩效指标/效益指标/社会效益指标/0/分值"),
        ("分值: 30", "得份: 30", "绩效指标/效益指标/社会效益指标/0"),
        ("分值: 30", "类型: 数量", "绩效指标/效益指标/社会效益指标/0/类型"),
        ("全年执行数: 95.00", "全年执行: 95.00", "项目资金/当年财政拨款"),
        ("全年执行数: 95.00", "全年执行数: 95万元", "项目资金/当年财政拨款/全年执行数"),
        ("  预期目标: 面向", "  目标: 面向", "年度总体目标"),
        ("      - 三级指标: 培训期数", "        三级指标: 培训期数", "绩效指标/产出指标/数量指标"),
    ],
)
def test_mistake_is_flagged(old: str, new: str, place: str) -> None:
    text = GOOD.replace(old, new, 1)
    assert place in complaints(text)
    document = examine(text).document
    assert document is None or not document.is_whole


def test_editor_offers_the_names_of_the_profiles() -> None:
    fields = SCHEMA["properties"]
    for layout in settings().layouts.by_name.values():
        assert set(layout.entries) <= set(fields)
        assert set(layout.funds.rows) <= set(fields["项目资金"]["properties"])
        for name, kinds in layout.indicators.groups.items():
            assert set(kinds) <= set(fields["绩效指标"]["properties"][name]["properties"])
    assert set(settings().profiles.by_name) <= set(fields["评分规则"]["examples"])


def test_what_layouts_mean_differently_by_one_label_fits() -> None:
    """项目类型 is one of three kinds on one form, one of two on another, any text on a third."""
    named = {
        name: "项目类型" in layout.entries for name, layout in settings().layouts.by_name.items()
    }
    assert sum(named.values()) > 1
    for kind in ("常年性项目", "经常性项目", "新增项目"):
        assert complaints(f"{GOOD}项目类型: {kind}\n") == []


def test_examples_are_of_their_own_type() -> None:
    fields = [
        field
        for part in (SCHEMA, *SCHEMA["$defs"].values())
        for field in part["properties"].values()
        if "examples" in field
    ]
    assert len(fields) > 5
    for field in fields:
        for example in field["examples"]:
            shape = {key: value for key, value in field.items() if key in ("type", "enum", "anyOf")}
            Draft202012Validator(shape).validate(example)
