"""A project carried into another year."""

from __future__ import annotations

from pathlib import Path

import pytest

from builder import content
from builder.cli.main import main
from builder.content import Entry
from builder.diagnostics import Diagnostics, Severity
from builder.formatter import canonical, carried
from builder.model import report_on
from builder.scoring import Document
from tests.conftest import ROOT
from tests.support.reports import GOOD, changed, examine

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


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_a_real_form_is_carried_with_its_targets(path: Path) -> None:
    document, known = read(path)
    text = carried(document.report, document.layout, document.report.year, "甲")
    assert canonical(text, "乙.yaml", report_on(document.layout)) == text
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
    text = carried(document.report, document.layout, 2025, "2024/case")
    for _, indicator in document.report.indicators():
        assert f"完成值 {indicator.actual}" in text
    assert "内部备注" not in text
    assert "年度: 2025" in text


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
