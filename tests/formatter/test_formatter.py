"""`jixiao fmt`: one way to write a file, and never another meaning."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder import content
from builder.cli.main import main
from builder.content import report_labels
from builder.diagnostics import Diagnostics
from builder.formatter import canonical, mending
from builder.formatter.layout import Collection, lay_out
from builder.model import Report, Site
from builder.output import OutputError, replace_file
from builder.records import decode
from builder.source import Source, parse, without_blanks
from tests.support.reports import GOOD, changed
from tests.support.scribe import Scribe

ROOT = Path(__file__).parents[2]
FILE = "content/2024/case.yaml"


def tidy(text: str) -> str:
    """The canonical form of a report that has one; it is its own canonical form."""
    found = canonical(text, FILE, Report)
    assert found is not None
    assert canonical(found, FILE, Report) == found
    return found


def meant(text: str) -> Report | None:
    """What a text says, as long as nothing is wrong with it."""
    diagnostics = Diagnostics()
    report = decode(parse(text, FILE, report_labels(), diagnostics), Report, diagnostics)
    return None if len(diagnostics) else report


def order(report: Report) -> list[object]:
    """What the form shows in its author's order; records do not compare it."""
    kinds = [[*seconds] for seconds in report.groups.values()]
    return [[*report.funds], [*report.groups], kinds]


@pytest.mark.parametrize("path", sorted((ROOT / "content/2024").glob("*.yaml")), ids=str)
def test_the_reports_that_we_ship_are_canonical(path: Path) -> None:
    assert canonical(path.read_text(encoding="utf-8"), FILE, Report) == path.read_text("utf-8")


def test_settings_have_a_form_of_their_own() -> None:
    text = "# 头\n主办单位: x\n名称:   y  # 名\n联系方式: {邮箱: a@b.cn, 电话: '021-1'}\n# 尾\n"
    assert canonical(text, "content/site.yaml", Site) == (
        "# 头\n名称: y  # 名\n主办单位: x\n联系方式: {电话: 021-1, 邮箱: a@b.cn}\n# 尾\n"
    )


def test_order_spacing_quotes_and_money_rows() -> None:
    assert tidy(GOOD) == GOOD
    untidy = changed(
        ("年度: 2024\n项目名称: 公益培训项目\n",
         '项目名称: "公益培训项目"   # 名\n\n\n年度:   2024\n'),
        ("  当年财政拨款: {年初预算数: 100.00, 全年预算数: 100.00, 全年执行数: 95.00}\n",
         "    当年财政拨款:\n        全年执行数: '95.00'\n        年初预算数: 100.00\n"
         "        全年预算数: 100.00\n"),
        ("  上年结转资金: {", "    上年结转资金: {"), ("  其他资金: {", "    其他资金: {"),
        ("        年度指标值: ≥12(期)\n        实际完成值: 12(期)\n        分值: 25\n",
         "        分值: 25\n        实际完成值: 12(期)\n        年度指标值: '≥12(期)'\n"),
    )  # fmt: skip
    assert tidy(untidy) == GOOD.replace("公益培训项目\n", "公益培训项目  # 名\n", 1)


def test_comments_stay_with_what_they_speak_of() -> None:
    text = changed(
        ("年度: 2024\n", "# yaml-language-server: $schema=x\n\n# 全文\n年度: 2024\n"),
        ("      - 三级指标: 培训期数\n        年度指标值: ≥12(期)\n",
         "      # 第一个\n      - 年度指标值: ≥12(期)  # 见批复\n        # 名称\n"
         "        三级指标: 培训期数\n"),
        ("        分值: 25\n    时效",
         "        分值: 25\n        # 得分: 20\n    # 时效在下\n    时效"),
        ("全年执行数: 95.00}", "全年执行数: 95.00}  # 决算"),
    ) + "\n\n# 末尾\n# 核对: {总分: 1}\n"  # fmt: skip
    assert tidy(text).splitlines() == (
        changed(
            ("年度: 2024\n", "# yaml-language-server: $schema=x\n\n# 全文\n年度: 2024\n"),
            ("      - 三级指标: 培训期数\n        年度指标值: ≥12(期)\n",
             "      # 第一个\n      # 名称\n      - 三级指标: 培训期数\n"
             "        年度指标值: ≥12(期)  # 见批复\n"),
            ("        分值: 25\n    时效",
             "        分值: 25\n        # 得分: 20\n    # 时效在下\n    时效"),
            ("全年执行数: 95.00}", "全年执行数: 95.00}  # 决算"),
        ) + "\n# 末尾\n# 核对: {总分: 1}\n"
    ).splitlines()  # fmt: skip


def test_the_authors_order_of_rows_and_indicators_stays() -> None:
    other = "  其他资金: {年初预算数: 0.00, 全年预算数: 0.00, 全年执行数: 0.00}\n"
    text = changed((other, ""), ("项目资金:\n", f"项目资金:\n{other}"))
    assert tidy(text) == text


def test_slips_are_mended() -> None:
    text = (
        GOOD.replace("年度: 2024", "年度：２０２４").replace("项目名称: ", "项目名称：\u3000")
        .replace("  当年财政拨款: {年初预算数: 100.00, 全年预算数: 100.00, 全年执行数: 95.00}",
                 "  当年财政拨款：｛年初预算数：１00.00，全年预算数：100.00，全年执行数:95.00｝")
        .replace("        实际完成值: 12(期)", "\t\t\t\t实际完成值: 12(期)")
        .replace("  数量指标:", "\u00a0 数量指标：").replace("年度总体目标:", "年度总体目标：")
        .replace("        分值: 30", "        分值:\u00a030").replace("预期目标: ", "预期目标:")
        .replace("分值: 10", "分值: １０．０")
    )  # fmt: skip
    assert meant(text) is None
    assert tidy(text) == GOOD.replace("分值: 10", "分值: 10.0")
    below_a_dash = changed(
        ("      - 三级指标: 培训期数\n", "      -\n        三级指标：培训期数\n")
    )
    assert tidy(below_a_dash) == GOOD


@pytest.mark.parametrize(
    "text",
    [
        "", "- a\n", "年度: [\n", "年度: &a 2024\n", "年度: 2024\n年度: 2025\n",
        "a: 1\n---\nb: 2\n", "年度: >90\n", "项目名称: 第 #3 号\n", "年度: !!int 2024\n",
        "项目名称: a\u2028b\n", "x\ty",
        "年度: \u0007\n", "? {a: 1}\n: 2\n", "项目名称: \"a\n  b\": 1\n",
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_left_alone(text: str) -> None:
    assert canonical(text, FILE, Report) is None


def test_what_does_not_fit_is_tidied_all_the_same() -> None:
    found = canonical("不认识:   1\n年度: '2024'\n", FILE, Report)
    assert found == "年度: 2024\n不认识: 1\n"


MONEY = "{年初预算数: 100.00, 全年预算数: 100.00, 全年执行数: 95.00}\n"
GOAL = "面向全市教师举办公益培训，提升教学能力。\n"
WAYS = {
    "two keys in the second line": changed((MONEY, MONEY.replace(" 全", "\n    全", 1))),
    "a key a line": changed((MONEY, MONEY.replace("{", "{\n    ").replace(", ", ",\n    "))),
    "commas first": changed((MONEY, MONEY.replace(", ", "\n    , "))),
    "a comma last": changed((MONEY, MONEY.replace("}", ",\n  }"))),
    "braces below their key": changed((f" {MONEY}", f"\n    {MONEY}")),
    "braces not indented": changed((", 全年执行数: 95", ",\n  全年执行数:\n  95")),
    "braces in braces": GOOD.replace("资金:\n  当", "资金: {当").replace("95.00}", "95.00},")
    .replace("0.00}\n  ", "0.00},\n  ").replace("0.00}\n\n", "0.00}}\n\n"),
    "carriage returns": GOOD.replace("\n", "\r"),
    "a line of tabs": GOOD.replace("\n\n", "\n\t\t\n"),
    "a line of tabs in braces": changed((MONEY, MONEY.replace(" ", "\n\t\n    "))),
    "a line of other blanks": GOOD.replace("\n\n", "\n \u3000\xa0 \n"),
    "blanks at the end of lines": GOOD.replace("\n", " \t\n"),
    "form feeds between parts": GOOD.replace("\n\n", "\n\x0c\n"),
    "no last line end": GOOD.rstrip("\n"),
    "marks of a document": f"%YAML 1.2\n---\n{GOOD}...\n",
}  # fmt: skip


@pytest.mark.parametrize("name", WAYS)
def test_ways_to_write_are_one(name: str) -> None:
    assert name.startswith("form feeds") or meant(WAYS[name]) == meant(GOOD)
    assert tidy(WAYS[name]) == GOOD


BLOCKS = [
    ">-\n\n    ", ">\n\n\n    ", "|\n\n    ", "|-\n\t\n    ", ">2-\n    ", ">-2\n    ", "|2\n    ",
    "|   \n    ", ">- # 注\n    ", ">+\n    ", ">-\r\n    ", "|\r\n\r\n    ", ">-\r    ",
]  # fmt: skip


@pytest.mark.parametrize("head", BLOCKS)
def test_texts_in_lines_of_their_own_keep_their_words(head: str) -> None:
    text = changed((GOAL, f"{head}{GOAL}"))
    assert meant(text) == meant(GOOD)
    assert meant(tidy(text)) == meant(GOOD)
    assert "# 注" not in head or "# 注" in tidy(text)


def test_line_ends_stay() -> None:
    found = canonical(GOOD.replace("\n", "\r\n").replace("年度: 2024", "年度:  2024"), FILE, Report)
    assert found == GOOD.replace("\n", "\r\n")


def comments(text: str) -> list[str]:
    def below(node: Collection) -> list[str]:
        found = [*node.below]
        for item in node.items:
            found += [*item.above, item.beside]
            if isinstance(item.value, Collection):
                found += below(item.value)
        return found

    root = lay_out(without_blanks(text))
    assert root
    return sorted(filter(None, below(root)))


@given(st.integers(0, 2**32))
def test_meaning_and_comments_stay(seed: int) -> None:
    text = Scribe(seed).file()
    before = meant(text)
    assert before is not None, text
    after = tidy(text)
    again = meant(after)
    assert again == before
    assert again is not None
    assert order(again) == order(before)
    assert comments(after) == comments(text)
    fields = [line.partition(":")[0] for line in after.splitlines() if line[:1] not in " #\n"]
    labels = [field.alias for field in Report.model_fields.values()]
    assert [f for f in fields if f] == sorted((f for f in fields if f), key=labels.index)


# The command.


def write(folder: Path, files: dict[str, bytes]) -> Path:
    for name, data in files.items():
        path = folder / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder / "content"


def test_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    untidy = GOOD.replace("年度: 2024", "年度:  2024").encode()
    bad = "年度: [\n".encode()
    folder = write(tmp_path, {"2024/good.yaml": GOOD.encode(), "2024/untidy.yaml": untidy})
    path = folder / "2024/untidy.yaml"
    path.chmod(0o640)
    arguments = ["fmt", "--content", str(folder)]
    assert main([*arguments, "--check"]) == 1
    out = capsys.readouterr().out
    assert "content/2024/untidy.yaml" in out
    assert "good.yaml" not in out
    assert path.read_bytes() == untidy
    assert main([*arguments, str(folder / "2024/good.yaml"), "--check"]) == 0
    assert main(arguments) == 0
    assert path.read_bytes() == GOOD.encode()
    assert path.stat().st_mode & 0o777 == 0o640
    assert main([*arguments, "--check"]) == 0
    write(tmp_path, {"2024/bad.yaml": bad, "2024/bom.yaml": b"\xef\xbb\xbf" + GOOD.encode()})
    capsys.readouterr()
    assert main(arguments) == 1
    told = capsys.readouterr()
    assert "content/2024/bad.yaml" in told.err
    assert (folder / "2024/bad.yaml").read_bytes() == bad
    assert (folder / "2024/bom.yaml").read_bytes() == GOOD.encode()
    assert sorted(p.name for p in (folder / "2024").iterdir()) == [
        "bad.yaml", "bom.yaml", "good.yaml", "untidy.yaml",
    ]  # fmt: skip


def test_a_file_is_replaced_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"old")
    replace_file(path, b"new")
    assert path.read_bytes() == b"new"
    link = tmp_path / "link.yaml"
    link.symlink_to(path)
    for hopeless in (link, tmp_path / "none.yaml", tmp_path):
        with pytest.raises(OutputError):
            replace_file(hopeless, b"x")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError):
        replace_file(path, b"newer")
    assert path.read_bytes() == b"new"
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["a.yaml", "link.yaml"]
    assert content.entries(tmp_path, (), Diagnostics()) == []


@pytest.mark.parametrize("separator", [",", ",\t"])
def test_a_file_full_of_slips_is_read_a_few_times_only(
    separator: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Mended a hundred slips at a time, a file of 0.7 MB took 49 seconds."""
    text = "{{{" + f"年度:x{separator}" * 10_000
    read: list[int] = []

    def counting(lines: str, *others: Any) -> Source:
        read.append(len(lines))
        return parse(lines, *others)

    monkeypatch.setattr(mending, "parse", counting)
    monkeypatch.setattr(mending, "WORK", 3 * len(text))
    assert canonical(text, "a.yaml", Report) is None
    assert sum(read) < 20 * len(text)
