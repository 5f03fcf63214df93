"""What no text may hold: each at its own place, in every file that we read."""

from __future__ import annotations

from pathlib import Path

import pytest

from builder.cli.main import main
from builder.diagnostics import Diagnostics
from builder.formatter import canonical
from builder.model import Report
from builder.source import tell_blemishes
from builder.text import HIDDEN, folded_name, joined, lookalikes, usual
from tests.support.reports import FILE, GOOD, examine

CONFLICT = "<<<<<<< HEAD\n{}\n=======\n{}\n>>>>>>> 分支/修订\n"


def told(text: str, *, is_yaml: bool = True) -> list[str]:
    diagnostics = Diagnostics()
    tell_blemishes(text, FILE, diagnostics, is_yaml=is_yaml)
    return [f"{d.rule.code} {d.span.line}" for d in diagnostics]


def test_each_unfinished_merge_is_one_finding() -> None:
    text = "甲\n" + CONFLICT.format("乙", "丙") + "丁\n" + CONFLICT.format("戊", "己")
    assert told(text) == told(text, is_yaml=False) == ["Y107 2", "Y107 8"]


def test_half_removed_marks_are_told() -> None:
    assert told("<<<<<<< HEAD\n甲\n") == ["Y107 1"]
    assert told("甲\n>>>>>>> 分支\n") == ["Y107 2"]
    assert told("甲\n=======\n乙\n>>>>>>> 分支\n", is_yaml=False)[-1] == "Y107 4"


def test_what_only_resembles_a_mark_is_none() -> None:
    text = "标题\n=======\n\n> 引用\n<<<<<<<< 甲\n  <<<<<<< 乙\n|||||||\n========\n<<<<<<<甲\n"
    assert told(text, is_yaml=False) == []


@pytest.mark.parametrize(
    ("file", "line"),
    [("2024/good.yaml", 2), ("2024/compendium.md", 3), ("site.yaml", 2), ("profiles/本区.yaml", 2)],
)
def test_every_file_is_looked_at(
    file: str, line: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    texts = {
        "2024/good.yaml": GOOD,
        "2024/compendium.md": "前言\n\n甲\n",
        "site.yaml": "名称: 甲\n说明: 乙\n",
        "profiles/本区.yaml": "基于: 上海市级\n名称: 本区\n说明: 甲\n",
    }
    lines = texts[file].split("\n")
    lines[line - 1] = CONFLICT.format(lines[line - 1], lines[line - 1]).rstrip()
    texts[file] = "\n".join(lines)
    for name, text in texts.items():
        path = tmp_path / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    content = ["--content", str(tmp_path / "content")]
    output = ["--output", str(tmp_path / "output"), "--no-pdf"]
    for command in (["check", *content], ["build", *content, *output]):
        assert main(command) == 1
        lines = [line for line in "".join(capsys.readouterr()).splitlines() if ": 错误 [" in line]
        assert [line.partition(" ")[0] for line in lines] == [f"content/{file}:{line}:1:"]
        assert "[Y107]" in lines[0]
    assert not (tmp_path / "output").exists()


LOOKALIKE = "上海市\u2f54务局"


def test_what_looks_the_same_is_read_as_the_same() -> None:
    finding = examine(GOOD.replace("某市教育局", LOOKALIKE))
    assert finding.codes == ["Y108"]
    assert finding.document
    assert finding.document.report.department == "上海市水务局"


def test_the_formatter_puts_the_usual_character() -> None:
    text = GOOD.replace("某市教育局", LOOKALIKE).replace("主管部门", "主管部\u2ed4")
    assert canonical(text, FILE, Report) == canonical(
        GOOD.replace("某市教育局", "上海市水务局"), FILE, Report
    )
    radical = GOOD.replace("某市教育局", "某\u2ea1市教育局")
    assert canonical(radical, FILE, Report) == radical  # told, and left as it is


def test_only_what_deceives_is_changed() -> None:
    text = "①㎡％（）：，１２Ａ㈠Ⅳ・々〇﨎﨑﨤℃㎏½²…—《》“”·㊣仝"
    assert usual(text) == text
    assert lookalikes(text) == {}
    every = "".join(map(chr, (*range(0x2E80, 0x2FD6), *range(0xF900, 0xFADA))))
    assert len(usual(every)) == len(every)
    assert not lookalikes(usual(every)) or set(lookalikes(usual(every)).values()) == {""}


def test_names_are_compared_folded() -> None:
    assert folded_name("某局（本级）") == folded_name("某局(本级)")
    assert folded_name(LOOKALIKE) == "上海市水务局"
    assert folded_name("甲局") != folded_name("乙局")


@pytest.mark.parametrize("code", ["115f", "3164", "200b", "202e", "e0041", "34f", "2066", "ad"])
def test_nobody_smuggles_in_what_nobody_sees(code: str) -> None:
    character = chr(int(code, 16))
    assert HIDDEN.fullmatch(character)
    assert joined(f"甲&#x{code};乙") == f"甲&#x{code};乙"
    escape = f'"甲\\U{int(code, 16):08x}乙"'
    for typed in (character, escape):
        text = GOOD.replace("项目名称: 公益培训项目", f"项目名称: {typed}")
        assert "Y106" in examine(text).codes
