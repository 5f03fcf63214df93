"""What lies in a year's folder and is neither read nor named is told, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from builder.cli.main import main
from builder.content import Strays, in_years
from builder.diagnostics import Diagnostics
from builder.review.edition import Edition
from builder.review.files import of_bytes
from tests.support.reports import GOOD

NAMED = """佐证材料:
  - {名称: 问卷, 文件: 佐证/问卷.pdf, 内部: 否}
  - {名称: 照片, 文件: 佐证/照片, 内部: 是}
  - {名称: 底稿, 文件: './佐证/底稿.yaml', 内部: 是}
  - {名称: 简历, 文件: "佐证/re\u0301sume\u0301.pdf", 内部: 是}
"""
FILES = {
    "2024/good.yaml": GOOD + NAMED,
    "2024/佐证/问卷.pdf": "%PDF-1.4",
    "2024/佐证/照片/1.jpg": "甲",
    "2024/佐证/照片/晚会/2.jpg": "甲",
    "2024/佐证/底稿.yaml": "甲",
    "2024/佐证/r\u00e9sum\u00e9.pdf": "%PDF-1.5",
    "2024/compendium.md": "前言",
    "site.yaml": "名称: 绩效公开",
    "report.schema.json": "{}",
    "README.md": "说明",
}
LEFTOVERS = (
    "2024/.DS_Store", "2024/.gitkeep", "2024/good.yaml~", "2024/good.yaml.bak",
    "2024/.good.yaml.swp", "2024/~$good.docx", "2024/佐证/Thumbs.db", "2024/desktop.ini",
    "2024/good.tmp", "2024/good.yaml.orig", "2024/#good.yaml#", "2024/.obsidian/app.json",
    ".gitlab-ci.yml",
)  # fmt: skip
STRAYS = (
    "2024/教育局/a.yaml", "2024/b.yaml.txt", "2024/c.ymal", "2024/d．yaml", "2024/e.json",
    "2024/f.yml", "2024/g。yaml", "2024/总结.docx", "2024/佐证/旧.pdf", "2024/Compendium.md",
    "2024/教育局/compendium.md", "site.yml", "site.yaml.txt", "profiles/本区.yml",
)  # fmt: skip


def write(folder: Path, *names: str, **texts: str) -> Path:
    for name, text in {**FILES, **dict.fromkeys(names, "甲"), **texts}.items():
        path = folder / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder / "content"


def told(capsys: pytest.CaptureFixture[str]) -> list[str]:
    lines = "".join(capsys.readouterr()).splitlines()
    return sorted(line.partition(":")[0] for line in lines if "[S311]" in line)


def run(folder: Path, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.chdir(folder)
    return main(list(arguments))


def test_what_is_read_named_or_left_behind_is_not_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, *LEFTOVERS)
    assert run(tmp_path, monkeypatch, "check") == 0
    assert told(capsys) == []


@pytest.mark.parametrize("verb", ["check", "build --no-pdf"])
def test_what_nobody_reads_is_told(
    verb: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, *STRAYS)
    assert run(tmp_path, monkeypatch, *verb.split()) == 0
    assert told(capsys) == sorted(f"content/{name}" for name in STRAYS)


def test_one_report_is_not_asked_what_others_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, "2024/总结.docx", **{"2024/other.yaml": GOOD})
    assert run(tmp_path, monkeypatch, "check", "content/2024/other.yaml") == 0
    assert told(capsys) == []


def test_what_a_broken_report_names_is_not_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = FILES["2024/good.yaml"].replace("年度: 2024", "年度：2024")
    write(tmp_path, "2024/总结.docx", **{"2024/good.yaml": broken})
    assert run(tmp_path, monkeypatch, "check") == 1
    assert told(capsys) == ["content/2024/总结.docx"]


def test_a_folder_of_many_is_one_finding(tmp_path: Path) -> None:
    content = write(tmp_path, *(f"2024/照片/{number}.jpg" for number in range(30)))
    strays, diagnostics = Strays(in_years(content, ())), Diagnostics()
    strays.tell(content, diagnostics)
    places = [f"{found.span}" for found in diagnostics]
    assert [place for place in places if "照片" in place and "佐证" not in place] == [
        "content/2024/照片:1:1"
    ]


def test_a_revision_tells_the_same() -> None:
    files = {**FILES, **dict.fromkeys((*LEFTOVERS, *STRAYS), "甲")}
    edition = Edition("甲", Path("content"), of_bytes({k: v.encode() for k, v in files.items()}))
    places = sorted(found.span.file for found in edition.found if found.rule.code == "S311")
    assert places == sorted(f"content/{name}" for name in STRAYS)
