"""Text, typed or pasted, is taken apart where its author parted it."""

from __future__ import annotations

from pathlib import Path

import pytest

from builder.office import Paper, Refused, read

SEED = Path(__file__).parents[1] / "data" / "seed-2024.txt"


def opened(text: str | bytes, file: str = "表.txt") -> Paper:
    paper = read(file, text if isinstance(text, bytes) else text.encode())
    assert isinstance(paper, Paper), paper
    return paper


def rows(text: str | bytes, file: str = "表.txt") -> list[list[str]]:
    return [[c.text for c in row] for table in opened(text, file).tables for row in table.rows]


def test_tabs_part_cells_and_empty_ones_stay() -> None:
    paper = opened("\n# 自评表\n\n\n项目\t\t甲 \t\n\t二\n\t\t\n尾\n")
    (table,) = paper.tables
    assert not table.is_aligned
    assert [[(c.text, c.place) for c in row] for row in table.rows] == [
        [("自评表", "第2行第1格")],
        [("项目", "第5行第1格"), ("", "第5行第2格"), ("甲", "第5行第3格"), ("", "第5行第4格")],
        [("", "第6行第1格"), ("二", "第6行第2格")],
        [("尾", "第8行第1格")],
    ]
    assert [row.number for row in table.rows] == [2, 5, 6, 8]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_text_of_any_encoding_is_read(encoding: str) -> None:
    text = "项目\t甲\r\n≥90%\t乙\r\n"
    assert rows(text.encode(encoding)) == [["项目", "甲"], ["≥90%", "乙"]]


def test_a_few_broken_characters_are_told() -> None:
    data = ("绩效自评" * 100).encode() + b"\xff"
    (remark,) = opened(data).remarks
    assert "1 个字" in remark.told
    assert rows("绩效自评" * 100 + "\x07\x1f") == [["绩效自评" * 100]]


def test_cells_that_were_copied_with_line_breaks_stay_whole() -> None:
    text = '目标\t"一、甲\n二、“乙”""丙"""\t完成\n"单格\n两行"\n末'
    assert rows(text) == [["目标", '一、甲\n二、“乙”"丙"', "完成"], ["单格\n两行"], ["末"]]
    assert [row.number for row in opened(text).tables[0].rows] == [1, 3, 5]


def test_quotes_that_nobody_added_stay() -> None:
    text = '"十四五"规划\t"甲"\n"未完\n5"屏幕\t"乙'
    assert rows(text) == [['"十四五"规划', '"甲"'], ['"未完'], ['5"屏幕', '"乙']]


def test_borders_part_cells() -> None:
    text = "标题\n项目 | 甲 | 乙\n | | 丙 |\n| 丁 |\n比例|不分\n----|----\n"
    assert rows(text) == [
        ["标题"],
        ["项目", "甲", "乙"],
        ["", "", "丙", ""],
        ["", "丁", ""],
        ["比例|不分"],
    ]


def test_tables_of_markdown_lose_their_frame() -> None:
    text = "# 题\n\n| 项目 | 值 |\n|---|:-:|\n| 甲<br>乙 | |\n\n后"
    paper = opened(text)
    assert [(t.name, t.is_aligned) for t in paper.tables] == [
        ("文字", False),
        ("第3行起的表", True),
        ("文字", False),
    ]
    assert rows(text) == [["题"], ["项目", "值"], ["甲\n乙", ""], ["后"]]


def test_commas_part_cells_in_files_that_are_made_so() -> None:
    text = '项目,甲\n"一\n二",","\n'
    assert rows(text, "表.csv") == [["项目", "甲"], ["一\n二", ","]]
    assert rows("甲,乙\n") == [["甲,乙"]]
    assert rows("项目\t甲,乙\n丙\t丁\n", "表.csv") == [["项目", "甲,乙"], ["丙", "丁"]]


def test_the_seed_is_read_whole() -> None:
    text = SEED.read_text(encoding="utf-8")
    (table,) = opened(text).tables
    kept = [line for line in text.splitlines() if line.strip()]
    assert len(table.rows) == len(kept)
    assert all(
        len(row.cells) == line.count("\t") + 1 for row, line in zip(table.rows, kept, strict=True)
    )


def test_too_many_cells_are_refused() -> None:
    assert isinstance(read("表.txt", b"\t" * 600_000 + b"x"), Refused)
    assert isinstance(read("表.csv", b'"' + b"a," * 200_000), Refused)
