"""The reader: what a file says and where, whatever a stranger put into it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder import formatter, source
from builder.content import report_labels
from builder.diagnostics import Diagnostics, lines_of
from builder.model import Disclosure, Report
from builder.records import decode
from builder.source import Location, Source
from builder.source.composer import Composer
from builder.text import HIDDEN, joined, lookalikes, usual
from tests.support.reports import FILE, GOOD, changed, examine


def parse(text: str) -> Source:
    return source.parse(text, FILE, report_labels(), Diagnostics())


PLACES: dict[str, tuple[str, Location, str, str]] = {
    "behind Han": ("年度: 2024\n项目名称: 党建", ("项目名称",), "2:1", "2:7"),
    "beyond the basic plane": ("{名: 𠮷𠮷, 字: 乙}", ("字",), "1:9", "1:12"),
    "carriage returns": ("年度: 2024\r\n\r\n项目名称: 党建\r\n", ("项目名称",), "3:1", "3:7"),
    "old carriage returns": ("年度: 2024\r项目名称: 党建", ("项目名称",), "2:1", "2:7"),
    "next line": ("年度: 2024\x85项目名称: 党建", ("项目名称",), "2:1", "2:7"),
    "line separator": ("年度: 2024\u2028项目名称: 党建", ("项目名称",), "2:1", "2:7"),
    "below a block": ("甲: |\n  党建\n  乙: 丙\n丁: 戊", ("丁",), "4:1", "4:4"),
    "quoted key": ('"项目名称": 党建', ("项目名称",), "1:1", "1:9"),
    "single quotes": ("'项目''名称': '党建'", ("项目'名称",), "1:1", "1:11"),
    "key with spaces": ("项目 名称 : 党建", ("项目 名称",), "1:1", "1:9"),
    "in braces": ("行: {年初: 1, 全年: 2}", ("行", "全年"), "1:12", "1:16"),
    "in brackets": ("行: [甲, {全年: 2}]", ("行", 1, "全年"), "1:9", "1:13"),
    "in a list": ("行:\n  - 名: 甲\n    值: 乙", ("行", 0, "值"), "3:5", "3:8"),
    "a list item": ("行:\n  - 名: 甲", ("行", 0), "2:5", "2:5"),
    "nothing written": ("行:\n列: 甲", ("行",), "1:1", "1:1"),
    "not there": ("行: {列: 甲}", ("行", "值"), "1:1", "1:1"),
    "tabs": ("年度:\t2024\n名:\t甲", ("名",), "2:1", "2:4"),
}


@pytest.mark.parametrize("name", PLACES)
def test_place(name: str) -> None:
    text, location, key, value = PLACES[name]
    spans = parse(text).spans
    assert f"{spans.key(location)}" == f"{FILE}:{key}"
    assert f"{spans.value(location)}" == f"{FILE}:{value}"


def test_everything_stays_text() -> None:
    typed = ["5.00", "2024", "否", "true", "12:30", "0x1F", "1e3", "2024-01-01", "=5"]
    assert parse("\n".join(f"- {value}" for value in typed)).value == typed


def test_null_is_missing() -> None:
    """What other programs write for no value; in quotes it is a text."""
    text = "a: null\nb: ~\nc: Null\nd: NULL\ne: 'null'\nf: \"~\"\nnull: nULL\n"
    found = parse(text)
    assert found.value == {"e": "null", "f": "~", "null": "nULL"}
    assert list(found.blanks) == [("a",), ("b",), ("c",), ("d",)]


def test_empty_is_missing() -> None:
    assert parse("甲:\n乙: ''\n丙: '  '\n丁: # 说明\n戊: {己: }\n庚: []").value == {
        "戊": {},
        "庚": [],
    }


def test_excerpt_is_as_written() -> None:
    text = parse("甲: 乙\n丙: >-\n  一 二\n  三\n丁: 戊")
    assert text.excerpt(text.spans.value(("甲",))) == ["乙"]
    assert text.excerpt(text.spans.value(("丙",)))[1:3] == ["  一 二", "  三"]


def events(text: str, monkeypatch: pytest.MonkeyPatch) -> int:
    """How many events of the parser were asked for until the file was done with."""
    count = 0
    original = Composer._next

    def counting(composer: Any) -> Any:
        nonlocal count
        count += 1
        return original(composer)

    monkeypatch.setattr(Composer, "_next", counting)
    parse(text)
    return count


def bomb(depth: int, width: int) -> str:
    lists = ["a0: &a0 [哈]"]
    lists += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * width)}]" for n in range(1, depth)]
    return "\n".join(lists)


@pytest.mark.parametrize(
    ("text", "most"),
    [
        ("[" * 100_000, 20),
        ("{a: " * 100_000, 40),
        ("- " * 100_000, 20),
        ("a: " + "[" * 100_000, 30),
        ("? " * 100_000, 20),
        ("{" + "a," * 100_000 + "}", 500),
        (bomb(9, 9), 150),
    ],
    ids=["brackets", "braces", "dashes", "value", "keys", "same key", "laughs"],
)
def test_work_is_bounded(text: str, most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    assert events(text, monkeypatch) < most


def hostile() -> Iterator[tuple[str, str]]:
    """Files that cost minutes where any step goes over a text more than once."""
    many = 200_000
    yield "spaces in a key", "{a" + " " * many + "b"
    yield "spaces in a target", changed(("≥12(期)", "≥12" + " " * many + "(期) 甲"))
    yield "digits in a target", changed(("≥12(期)", "9" * many))
    yield "digits in a result", changed(("值: 12(期)", "值: " + "9" * many + "(期)"))
    yield "digits in a name", changed(("培训期数", "1" * many))
    yield "digits in a goal", changed(("目标: 面向", "目标: " + "1" * many))
    yield (
        "long goals",
        changed(("目标: 面", "目标: " + "的确" * many), ("况: 全", "况: " + "确的" * many)),
    )
    yield "labels", "".join(f"甲{number}：\n" for number in range(20_000))
    yield "labels in braces", "{" + ",".join(f"甲{number}：" for number in range(20_000)) + "}"
    yield "commas", "项目名称: {" + "a," * many
    yield "colons", "项目名称: " + ": " * many
    yield "brackets above many lines", "项目名称: " + "[" * many + "\n a" * many
    yield "colons in braces", "项目名称: {" + "a: " * many
    yield "signs", "项目名称: x" + " #" * many
    yield "escapes", '项目名称: "' + "\\" * many
    yield "control characters", "项目名称: " + "\x01" * many
    indicator = GOOD[GOOD.index("      - 三级指标: 培训期数") : GOOD.index("    时效指标")]
    yield "spaces in many texts", changed((indicator, indicator.replace("培训", "培 训") * 2000))


HOSTILE = dict(hostile())


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_file_is_read(name: str) -> None:
    examine(HOSTILE[name])


ODD = st.text("年度项目名称分值：: \n\t-{}[],#'\"|>&*!%@`?~=<p>1２\u3000\x85\u2028\xa0\ufeff\x07")


@given(st.text() | ODD)
def test_any_text_is_read(text: str) -> None:
    diagnostics = Diagnostics()
    source.parse(text, FILE, report_labels(), diagnostics)
    last = len(lines_of(text)) + 1
    assert all(0 < d.span.line <= last and d.span.column > 0 for d in diagnostics)


@given(st.integers(0, len(GOOD)), st.integers(0, 30), st.text(max_size=6) | ODD)
def test_any_slip_of_the_pen_is_told(index: int, length: int, typed: str) -> None:
    """A good report with anything typed over any place of it: told of, or still a report."""
    finding = examine(GOOD[:index] + typed + GOOD[index + length :])
    assert finding.found or finding.document


@given(st.binary())
def test_any_bytes_are_read(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any.yaml"
    path.write_bytes(data)
    examine(path)


WORDS = [
    "<p>",
    "<",
    "p>",
    "&amp;",
    "lt;",
    "&",
    "党",
    "a",
    " ",
    "\n",
    "（一）",
    "。1. ",
    "**",
    "#",
    ": ",
    "- ",
]
TEXTS = (
    st.text(st.characters(exclude_categories=("Cc", "Cf", "Cs", "Cn")))
    | st.text("年度：: -#'\"|>&*!%@`?~=<p>/[]{},.1２\n（一）、1. ** ")
    | st.lists(st.sampled_from(WORDS)).map("".join)
)
DECEITFUL = re.compile(f"{HIDDEN.pattern}|[\ufffc\ufffd]")
TEXT = TEXTS.map(usual).filter(
    lambda text: joined(text) and not lookalikes(text) and not DECEITFUL.search(text)
)
LABEL = TEXT.map(lambda text: " ".join(text.split())[:50])
LINE = LABEL.filter(joined)
NUMBER = st.decimals(-9999, 9999, places=2).map(str) | st.sampled_from(["0", "5.00", "-0.5"])


@st.composite
def reports(draw: st.DrawFn) -> Report:
    """Any report that a file can hold."""
    row = {"年初预算数": draw(NUMBER), "全年预算数": draw(NUMBER), "全年执行数": draw(NUMBER)}
    indicator = {
        "三级指标": draw(LINE), "年度指标值": draw(TEXT), "实际完成值": draw(TEXT),
        "分值": draw(NUMBER), "得分": draw(NUMBER), "偏差原因分析及改进措施": draw(TEXT),
        "类型": draw(st.sampled_from(["定量", "定性"])),
    }  # fmt: skip
    return Report.model_validate(
        {
            "年度": "2024", "项目名称": draw(LINE), "项目编码": draw(LABEL), "主管部门": draw(LINE),
            "实施单位": draw(LINE), "项目资金": {draw(LABEL): row}, "预算执行说明": draw(TEXT),
            "年度总体目标": {"预期目标": draw(TEXT), "实际完成情况": draw(TEXT)},
            "绩效指标": {draw(LABEL): {draw(LABEL): [indicator]}},
            "佐证材料": [{"名称": draw(LINE), "文件": draw(LABEL), "内部": "否"}],
            "发布日期": "2025-03-31", "公开": {"范围": "不公开", "理由": draw(TEXT)},
            "内部备注": draw(TEXT), "核对": {"总分": draw(NUMBER)},
        }
    )  # fmt: skip


@given(reports())
def test_published_text_reads_back_and_is_canonical(report: Report) -> None:
    diagnostics = Diagnostics()
    text = formatter.published(report)
    again = source.parse(text, FILE, report_labels(), diagnostics)
    public = {"disclosure": Disclosure(), "declared": None, "internal_note": None}
    assert decode(again, Report, diagnostics) == report.model_copy(update=public)
    assert not list(diagnostics)
    assert formatter.canonical(text, FILE, Report) == text


def test_published_text_keeps_the_digits(tmp_path: Path) -> None:
    document = examine(GOOD).document
    assert document is not None
    path = tmp_path / "again.yaml"
    path.write_text(formatter.published(document.report), encoding="utf-8")
    again = examine(path)
    assert again.found == []
    assert "全年执行数: 95.00}" in path.read_text(encoding="utf-8")
