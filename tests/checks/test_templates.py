"""What is left of a template is told from what authors write."""

from __future__ import annotations

import time

import pytest

from builder.checks.templates import is_choice, residue

LEFT = [
    "指标1：", "指标 2:", "指标1", "指标1：……", "指标1：XXX", "指标一：", "目标1：", "……", "…",
    "对照年度目标", "对照年度目标,说明相关任务目标的完成情况", "200字以内", "（200字以内）", "...",
    "达成指标（100字以内）", "结合自评情况，分析存在的问题及原因。", "请填写", "（此处填写）",
    "目标1：……；目标2：……；……", "目标1：\n目标2：", "目标1：建设平台。目标2：……", "待填",
    "1.……\n2.……", "≥**人", "≥XX%", "XX%", "XXX", "X个", "培训人数(≥**人)",
]  # fmt: skip
WRITTEN = [
    "指标1:开展精品示范村建设数量", "指标1：培训期数", "指标体系建设", "实现目标1：1配比",
    "目标1:造林1.2万亩, 目标2森林经营", "完成道路、桥梁……", "培训、调研等。……", "每篇200字以内",
    "对照年度目标，各项任务全面完成。", "≥12(期)", "12", "100", "1.5", "0.9‰", "5*3=15", "/", "—",
    "无", "建设XX镇道路", "X光机台数", "2×3米", "请第三方填写问卷200份", "待定区域治理面积",
    "填报人数", "1.维修幕墙等;2.验收", "5.", "填写项目名称有误", "请填报单位核实", "信息（500字）",
]  # fmt: skip


@pytest.mark.parametrize("text", LEFT)
def test_residue(text: str) -> None:
    assert residue(text)
    assert residue(f" {text}\n")


@pytest.mark.parametrize("text", WRITTEN)
def test_what_authors_write_is_no_residue(text: str) -> None:
    assert residue(text) == ""


def test_a_choice_is_known_whatever_parts_it() -> None:
    assert all(is_choice(text) for text in ("优良中差", "优/良/中/差", "优、良、中、差", "是 / 否"))
    assert not any(is_choice(text) for text in ("优", "是", "优良", "好"))


@pytest.mark.parametrize(
    "piece", ["……", "目标1：……；", "(", "≥", "x", "1.", "指标1", "（200字", "  "]
)
def test_a_long_text_costs_little(piece: str) -> None:
    began = time.process_time()
    residue(piece * 5000)
    assert time.process_time() - began < 1
