"""What has no end on paper is told before a layout is begun, and stops where it was not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from builder.cli.main import main
from builder.pdf import bounds, engine
from tests.support import extremes
from tests.support.extremes import CELLS
from tests.support.prints import report
from tests.support.reports import examine
from tests.support.stages import staged


def errors(text: str) -> list[tuple[str, int]]:
    found = examine(text).found
    return [(d.rule.code, d.span.line) for d in found if d.rule.code.startswith("F")]


def line_of(text: str, cell: str) -> int:
    """The line of the longest text of that cell, from 1."""
    lines = text.splitlines()
    return 1 + max(range(len(lines)), key=lambda at: (f"{cell}:" in lines[at]) * len(lines[at]))


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize(("length", "told"), [(10_000, False), (10_001, True), (20_000, True)])
def test_a_text_too_long_for_its_cell_is_an_error_there(cell: str, length: int, told: bool) -> None:
    text = extremes.extreme(cell, extremes.KINDS["han"](length))
    assert errors(text) == ([("F104", line_of(text, cell))] if told else [])


def test_a_form_of_too_many_pages_is_an_error_at_its_longest_cell() -> None:
    text = report(60, reasons=dict.fromkeys(range(1, 61), 700) | {9: 800})
    assert errors(text) == [("F105", line_of(text, "偏差原因分析及改进措施"))]
    assert errors(report(60, reasons=dict.fromkeys(range(1, 61), 300))) == []


def test_what_was_cancelled_and_what_was_rechecked_take_room_on_their_tables() -> None:
    levels = "一级指标: 产出指标, 二级指标: 数量指标"
    gone = "".join(
        f"    - {{{levels}, 三级指标: {number}{'甲' * 900}, 年度指标值: =2(种), 说明: 停办}}\n"
        for number in range(30)
    )
    text = staged("自评").replace("\n发布日期: 2025", f"\n{gone}发布日期: 2025")
    assert [code for code, _ in errors(text)] == ["F105"]
    notes = dict.fromkeys(("签到表中七十二人次重复", "只有问卷，没有听课记录"), "乙" * 9990)
    text = staged("复核")
    for note, long in notes.items():
        text = text.replace(note, long)
    assert errors(text) == []


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "content/2024").mkdir(parents=True)
    return tmp_path


def build(folder: Path) -> int:
    options = ["--content", str(folder / "content"), "--output", str(folder / "output")]
    return main(["build", *options])


def test_no_layout_is_begun_on_what_is_too_long(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    begun = []
    lay_out = engine.Engine.lay_out

    def note(self: Any, tree: Any) -> Any:
        begun.append("更换路灯" in tree.text_content())
        return lay_out(self, tree)

    monkeypatch.setattr(engine.Engine, "lay_out", note)
    text = extremes.extreme("三级指标", extremes.KINDS["han"](20_000))
    (folder / "content/2024/long.yaml").write_text(text, encoding="utf-8")
    assert build(folder) == 1
    told = capsys.readouterr().err
    assert told.count("[F104]") == 1
    assert f"content/2024/long.yaml:{line_of(text, '三级指标')}:" in told
    assert not any(begun)


def test_a_layout_without_end_is_stopped_and_told_at_the_longest_cell(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bounds, "MOST_PAGES", 3)
    text = report(12, reasons={4: 3000, 7: 200})
    (folder / "content/2024/endless.yaml").write_text(text, encoding="utf-8")
    (folder / "content/2024/short.yaml").write_text(report(3), encoding="utf-8")
    assert build(folder) == 1
    told = capsys.readouterr().err
    assert told.count("[F106]") == 1
    at = line_of(text, "偏差原因分析及改进措施")
    assert f"content/2024/endless.yaml:{at}:" in told
    assert "short.yaml" not in "".join(line for line in told.splitlines() if "F10" in line)
