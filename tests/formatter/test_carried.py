"""A project carried into another year."""

from __future__ import annotations

from pathlib import Path

import pytest

from builder import content
from builder.cli.main import main
from builder.content import Entry
from builder.diagnostics import Diagnostics, Severity
from builder.formatter import canonical, carried
from builder.model import SELF, STAGES, TARGET, Stage
from builder.scoring import Document
from tests.conftest import ROOT
from tests.support.reports import GOOD, changed, changed_rules, examine, settings
from tests.support.stages import staged

FORMS = ROOT / "tests/data/forms/content"
PATHS = sorted(FORMS.glob("2*/*.yaml"))
# What a form that is still to be filled in is told of.
OPEN = {"S103", "S105", "S106", "S306", "S307", "C310", "C101", "C106"}
# What was wrong in a goal or a target is carried, too.
CARRIED = {"C403", "C408", "C502"}


def read(path: Path) -> tuple[Document, content.Settings]:
    known, found = content.settings(FORMS, Diagnostics()), Diagnostics()
    entry = Entry(path, f"content/{path.parent.name}/{path.name}", path.parent.name, path.stem)
    document = content.understand(content.read(entry, found), entry, known, found)
    assert document
    return document, known


def begun(document: Document, known: content.Settings, stage: Stage, year: int) -> str:
    """A form of a stage that is begun from a report, as `fmt` would leave it."""
    rules = content.by_profile(document.profile, year, known, stage)
    assert rules
    assert rules.stage == stage
    text = carried(document.report, rules, year, "2024/case")
    assert canonical(text, "乙.yaml", rules.record) == text
    return text


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_a_real_form_is_carried_with_its_targets(path: Path) -> None:
    document, known = read(path)
    text = begun(document, known, document.report.stage, document.report.year)
    told = examine(text.replace(f"年度: {document.report.year}", "年度: 2024", 1), known=known)
    errors = {d.rule.code for d in told.found if d.severity is Severity.ERROR}
    assert errors <= OPEN | CARRIED
    assert told.document
    pairs = zip(document.report.indicators(), told.document.report.indicators(), strict=True)
    for (old_path, old), (new_path, new) in pairs:
        assert (new_path, new.name, new.target) == (old_path, old.name, old.target)
        assert not new.actual
        assert new.awarded is None
        assert new.weight == old.weight
    assert told.document.report.expected == document.report.expected
    assert not told.document.report.achieved
    assert all(row.spent is None for row in told.document.report.funds.values())


def test_what_was_reached_stands_beside_the_target_and_counts_for_nothing() -> None:
    document = examine(GOOD).document
    assert document
    text = begun(document, settings(), SELF, 2025)
    for _, indicator in document.report.indicators():
        assert f"完成值 {indicator.actual}" in text
    assert "内部备注" not in text
    assert "年度: 2025" in text


@pytest.mark.parametrize("stage", STAGES)
def test_targets_are_proposed_from_every_stage(stage: str) -> None:
    """Filled in, nothing is said of them."""
    document = examine(staged(stage)).document
    assert document
    text = begun(document, settings(), TARGET, 2024)
    filled = text.replace("年初预算数: ", "年初预算数: 100.00")
    filled = filled.replace("# 批复: {日期: , 发布日期: }", "批复: {日期: 2024-01-15}")
    finding = examine(filled)
    assert finding.codes == []
    assert finding.document
    assert finding.document.report.is_planned
    assert [one.target for _, one in finding.document.report.indicators()] == [
        one.target for _, one in document.report.indicators()
    ]
    found = "完成值 540(人次)" if stage == "复核" else "完成值 612(人次)"
    assert (found in text) == (stage != "目标")
    assert "完成值:" not in text


def test_a_form_that_asks_for_last_years_result_gets_it() -> None:
    known = changed_rules("profiles", "版式: 财政部2020\n目标版式: 湖北目标表")
    document = examine(staged("复核"), known=known).document
    assert document
    text = begun(document, known, TARGET, 2025)
    assert "上年实际实现值: 540(人次)" in text
    again = examine(text.replace("年初预算数: ", "年初预算数: 100.00"), known=known).document
    assert again
    assert "上年实际实现值" not in begun(again, known, TARGET, 2026)


def test_new_begins_from_another_year(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "content"
    (folder / "2024").mkdir(parents=True)
    (folder / "2024/gongyi.yaml").write_text(GOOD, encoding="utf-8")
    (folder / "2024/huai.yaml").write_text(changed(("项目名称", "项目名")), encoding="utf-8")

    def new(*more: str) -> int:
        return main(["new", "2025", "gongyi", "--content", str(folder), *more])

    assert new("--from", "2024/meiyou") == 2
    assert new("--from", "2024/huai") == 2
    assert new("--from", "2024/gongyi", "--profile", "四川") == 2
    assert not (folder / "2025").exists()
    assert new("--from", "2024/gongyi") == 0
    assert "自 2024/gongyi 带来" in (folder / "2025/gongyi.yaml").read_text(encoding="utf-8")
    assert new("--from", "2024/gongyi") == 2
    assert "已有" in capsys.readouterr().err
    assert "阶段: 目标" in (folder / "2025/gongyi.yaml").read_text(encoding="utf-8")
    assert main(["new", "2025", "ziping", "--content", str(folder), "--stage", "自评",
                 "--from", "2024/gongyi"]) == 0  # fmt: skip
    assert "阶段" not in (folder / "2025/ziping.yaml").read_text(encoding="utf-8")


def test_new_has_an_empty_form_for_targets(tmp_path: Path) -> None:
    def new(stem: str, *more: str) -> int:
        return main(["new", "2025", stem, "--content", str(tmp_path), "--stage", "目标", *more])

    assert new("kong") == 0
    text = (tmp_path / "2025/kong.yaml").read_text(encoding="utf-8")
    assert "阶段: 目标" in text
    assert "完成" not in text.split("项目名称", 1)[1]
    assert new("zhuanyi", "--layout", "转移支付目标表", "--profile", "转移支付") == 0
    assert new("zhengti", "--profile", "重庆部门整体") == 2
