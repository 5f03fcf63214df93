"""佐证材料: what may be published, and what nobody publishes who keeps it elsewhere."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from builder.cli.main import main
from builder.content import kinds
from builder.diagnostics import catalogue
from tests.support.reports import GOOD

PDF, OLE = b"%PDF-1.4 1", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 1"
DOCX, OFD = b"PK\x03\x04 [Content_Types].xml", b"PK\x03\x04 OFD.xml"
PNG, JPEG, WEBP = b"\x89PNG\r\n\x1a\n 1", b"\xff\xd8\xff 1", b"RIFF1234WEBP"
HTML = b"<html><script>alert(1)</script></html>"


@pytest.fixture
def year(tmp_path: Path) -> Path:
    """An empty year folder."""
    folder = tmp_path / "content" / "2024"
    folder.mkdir(parents=True)
    return folder


def report(*items: str, more: str = "") -> str:
    """A report that names files: `a.pdf 否`."""
    lines = (line.rpartition(" ") for line in items)
    listed = (
        f"  - {{名称: 材料, 文件: {file}, 内部: {internal}}}\n" for file, _, internal in lines
    )
    return f"{GOOD}{more}佐证材料:\n{''.join(listed)}"


def write(year: Path, **reports: str) -> None:
    for stem, text in reports.items():
        named = text.replace("项目名称: ", f"项目名称: {stem}", 1)
        (year / f"{stem}.yaml").write_text(named, encoding="utf-8")


def build(year: Path, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """Files, lines and codes of the errors, and that nothing was published if there are any."""
    output = year.parents[1] / "output"
    options = ["--content", str(year.parent), "--output", str(output), "--no-pdf"]
    code = main(["build", *options])
    found = re.findall(r"(\w+)\.yaml:(\d+):\d+: 错误 \[(\w+)\]", capsys.readouterr().err)
    assert (code == 0) is output.exists() is (not found)
    return [f"{stem}:{int(line) - GOOD.count(chr(10))} {told}" for stem, line, told in found]


FIT = {
    "a.pdf": PDF, "a.PDF": b"\n%PDF-1.7".lstrip(), "a.ofd": OFD, "a.docx": DOCX, "a.xlsx": DOCX,
    "a.pptx": DOCX, "a.doc": OLE, "b.doc": b"{\\rtf1", "a.xls": OLE, "a.ppt": OLE, "a.wps": OLE,
    "b.wps": DOCX, "a.et": OLE, "a.dps": DOCX, "a.png": PNG, "a.jpg": JPEG, "a.jpeg": JPEG,
    "a.gif": b"GIF89a", "a.webp": WEBP, "a.csv": "甲,乙".encode("gbk"), "a.txt": "统计".encode(),
    "empty.pdf": b"", "b.txt": "< 5 天".encode(),
}  # fmt: skip
UNFIT = {
    "a.pdf": HTML, "b.pdf": b"\n\n" + HTML + b"%PDF-1.4", "a.png": b"<svg onload='alert(1)'/>",
    "a.jpg": b"MZ\x90\0", "a.gif": PDF, "a.webp": b"RIFF1234WAVE", "a.docx": b"PK\x03\x04 a.htm",
    "b.docx": OLE, "a.ofd": DOCX, "a.xls": b"<table><tr><td>1</table>", "a.txt": HTML,
    "b.txt": b"\xef\xbb\xbf \n<!DOCTYPE html>", "c.txt": "<html>".encode("utf-16"),
    "a.csv": b"MZ\x90\0", "d.txt": b"#!/bin/sh", "c.pdf": b"version https://git-lfs.github.com/spec",
}  # fmt: skip


@pytest.mark.parametrize("name", FIT)
def test_what_is_what_it_says_is_published(name: str) -> None:
    assert not kinds.unfit_name(name)
    assert not kinds.unfit_content(name, FIT[name])


def test_what_only_seems_so_is_refused(year: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, data in UNFIT.items():
        (year / name).write_bytes(data)
    write(year, a=report(*(f"{name} 否" for name in UNFIT)))
    assert build(year, capsys) == [f"a:{line} S318" for line in range(2, 2 + len(UNFIT))]
    write(year, a=report(*(f"{name} 是" for name in UNFIT)))
    assert build(year, capsys) == []


def test_every_kind_is_offered_and_tried() -> None:
    """The advice of S317 names the kinds that there are, and each of them is tried above."""
    told = set(re.findall(r"[a-z]+", catalogue.UNFIT_KIND.hint.partition("；")[0]))
    endings = {ending.removeprefix(".") for ending in kinds.KINDS}
    assert endings - {"jpeg"} == told
    assert {Path(name).suffix.lower() for name in FIT} == kinds.KINDS.keys()


def test_a_large_file_is_not_read(
    year: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with (year / "大.pdf").open("wb") as file:
        file.truncate(kinds.LIMIT + 1)  # no byte of it is on disk
    read = Path.read_bytes

    def refuse(path: Path) -> bytes:
        assert path.name != "大.pdf"
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    write(year, a=report("大.pdf 否"))
    assert build(year, capsys) == ["a:2 S317"]


def test_names_that_no_site_could_hold(year: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Case is told apart by the copies' own names; a backslash parts folders on some systems."""
    for name in ("A.pdf", "a.pdf", "a\\b.pdf"):
        (year / name).write_bytes(PDF + name.encode())
    write(year, a=report("A.pdf 否", "a.pdf 否", "a\\b.pdf 否"))
    assert build(year, capsys) == ["a:4 S317"]
    write(year, a=report("A.pdf 否", "a.pdf 否"))
    assert build(year, capsys) == []


def test_internal_wins_over_all_reports_of_a_year(
    year: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (year / "签到册.pdf").write_bytes(PDF)
    write(year, a=report("签到册.pdf 是"), b=report("签到册.pdf 否"), c=report("签到册.pdf 否"))
    assert build(year, capsys) == ["a:2 S316", "b:2 S316", "c:2 S316"]


def test_all_material_of_a_withheld_report_is_internal(
    year: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (year / "名单.pdf").write_bytes(PDF)
    withheld = report("名单.pdf 否", more="公开: {范围: 不公开, 理由: 依法}\n")
    write(year, a=withheld, b=report("名单.pdf 否"))
    assert build(year, capsys) == ["a:3 S316", "b:2 S316"]


@pytest.mark.parametrize("way", ["hard link", "copy", "link to it"])
def test_another_name_makes_no_other_material(
    way: str, year: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (year / "签到册.pdf").write_bytes(PDF)
    internal = "签到册.pdf"
    if way == "hard link":
        os.link(year / "签到册.pdf", year / "乙.pdf")
    elif way == "copy":
        (year / "乙.pdf").write_bytes(PDF)
    else:
        (year / "乙.pdf").write_bytes(PDF + b"2")
        (year / "丙.pdf").symlink_to(year / "乙.pdf")
        internal = "丙.pdf"
    write(year, a=report(f"{internal} 是"), b=report("乙.pdf 否"))
    assert build(year, capsys) == ["a:2 S316", "b:2 S316"]


def test_other_material_may_be_published(year: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Equal in size, in name but for its folder, or empty: no reason to withhold it."""
    (year / "佐证").mkdir()
    for name, data in {
        "a.pdf": PDF,
        "佐证/a.pdf": PDF[:-1] + b"2",
        "b.pdf": b"",
        "c.pdf": b"",
    }.items():
        (year / name).write_bytes(data)
    write(
        year, a=report("a.pdf 是", "b.pdf 是", "没有.pdf 是"), b=report("佐证/a.pdf 否", "c.pdf 否")
    )
    assert build(year, capsys) == []
