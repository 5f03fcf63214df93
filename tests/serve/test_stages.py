"""The preview of a file through its year: the tables of targets and of 复核, as in a build."""

from __future__ import annotations

from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import pytest

from builder.diagnostics import Diagnostics
from builder.pipeline import Request, build
from builder.progress import Progress
from builder.serve.places import Cell
from builder.serve.preview import Preview
from builder.serve.report import BROKEN, DRAFT, Look
from tests.support.stages import STAGES, staged

PAGE, TARGETS = "2024/peixun/index.html", "2024/peixun/targets/index.html"
REVIEW = "2024/peixun/review/index.html"


@dataclass
class Desk:
    """One report on an author's desk, and the preview of it."""

    folder: Path
    preview: Preview

    def write(self, text: str, path: str = "2024/peixun.yaml") -> None:
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        self.preview.change([file])

    def look(self, path: str = PAGE) -> Look:
        look = self.preview.look(path)
        assert look, path
        return look

    def cells(self, path: str) -> dict[str, tuple[str, Cell | None]]:
        """Where each kind of problem shows on a page: which page that is, and the cell there."""
        return {p.diagnostic.rule.code: (p.page, p.cell) for p in self.look(path).problems}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    folder = tmp_path / "content"
    folder.mkdir()
    return Desk(folder, Preview(folder, "official"))


@pytest.mark.parametrize("stage", STAGES)
def test_pages_are_those_of_the_site(stage: str, desk: Desk, tmp_path: Path) -> None:
    desk.write(staged(stage))
    output = tmp_path / "output"
    build(Request(desk.folder, output, pdf=False), Diagnostics(), Progress(StringIO()))
    left_out = {"SHA256SUMS", "robots.txt", "sitemap.xml", "feed.xml"}
    for file in output.rglob("*"):
        path = file.relative_to(output).as_posix()
        if file.is_file() and path not in left_out and not path.endswith(".html"):
            assert desk.look(path).data == file.read_bytes(), path
        elif file.is_file() and path not in left_out:  # pages of a preview offer PDFs
            assert desk.look(path).data, path
    assert (desk.preview.look(REVIEW) is not None) == (stage == "复核")
    listed = desk.look("2024/targets/index.html").data or b""
    assert "公益培训项目".encode() in listed


def test_every_table_has_its_pdf(desk: Desk) -> None:
    def printed() -> list[str]:
        paths = ("peixun.pdf", "targets/peixun.pdf", "review/peixun.pdf")
        return [path for path in paths if desk.preview.job(f"2024/peixun/{path}")]

    desk.write(staged("目标"))
    assert printed() == ["targets/peixun.pdf"]
    desk.write(staged("复核"))
    assert printed() == ["peixun.pdf", "targets/peixun.pdf", "review/peixun.pdf"]
    desk.write("复核结果: 不公开\n", "site.yaml")
    assert printed() == ["peixun.pdf", "targets/peixun.pdf"]
    assert desk.preview.look(REVIEW) is None
    assert b"95.20" not in (desk.look("data/2024.csv").data or b"")


def test_a_problem_shows_on_every_page_that_has_its_place(desk: Desk) -> None:
    """What was approved stands in one row less: the indicator that was added has none."""
    text = staged("复核").replace(", 备注: 只有问卷，没有听课记录", "")
    text = text.replace("年度指标值: ≥95.00(%)", "年度指标值: ≥95.00")
    head, _, tail = text.partition("  取消的指标:")
    desk.write(head + tail[tail.index("\n复核:") :])
    own, targets, review = map(desk.cells, (PAGE, TARGETS, REVIEW))
    assert own["C420"] == (PAGE, Cell("#indicator-4", "年度指标值"))
    assert targets["C420"] == (TARGETS, Cell("#indicator-3", "指标值"))
    assert review["C317"] == (REVIEW, Cell("#indicator-5", "复核得分"))
    assert own["C317"] == targets["C317"] == (PAGE, Cell("#indicator-5", "三级指标"))


def test_an_empty_form_of_targets_shows_its_blanks(desk: Desk) -> None:
    text = staged("目标").replace("年度指标值: 提升", "年度指标值: ")
    desk.write(text.replace("年初预算数: 100.00", "年初预算数: "))
    look = desk.look()
    assert look.note == DRAFT
    assert "绩效目标".encode() in (look.data or b"")
    blanks = {p.cell for p in look.problems if p.is_blank}
    assert blanks == {Cell("#indicator-5", "指标值"), Cell("其中：当年财政拨款", "预算数")}


def test_who_turns_to_results_fills_in_a_form(desk: Desk) -> None:
    """That nothing of the results is there yet is no mistake in what there was."""
    desk.write(staged("目标"))
    assert desk.look().note == ""
    desk.write(staged("目标").replace("阶段: 目标", "阶段: 自评"))
    look = desk.look()
    assert look.note == DRAFT
    assert "全年执行数".encode() in (look.data or b"")
    desk.write(staged("自评"))
    assert desk.look().note == ""
    desk.write(staged("自评").replace("分值: 30.00", "分值: 三十"))
    assert desk.look().note == BROKEN
    assert desk.look(TARGETS).data
