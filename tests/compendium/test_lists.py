"""The lists of a volume where they are long: contents, indexes, deviations."""

from __future__ import annotations

import re
import zlib
from dataclasses import replace
from functools import cache

import pytest

from builder.compendium.composer import BOTTOM, HEIGHT, TOP, WIDTH
from builder.compendium.halftitle import half_title
from builder.compendium.indexes import indicators, sort_key
from builder.compendium.letters import MORE, REGULAR, SONG, Letters, Style
from builder.compendium.lists import ENTRY, INDEXED, MENTIONED, Line, Setting, set_list
from builder.compendium.order import Form
from builder.compendium.table import Entry, deviations, entries_of
from builder.content import summarize
from builder.pdf import Faces, Sheaf
from builder.views import Figure
from tests.support.documents import document, five, indicator
from tests.support.prints import FOLDER

TARGETS = tuple(f"report-{number}" for number in range(2_000))
LONG = "某市公共服务体系建设三年行动计划配套专项资金及其信息化管理平台（含机房改造）项目经费"


@cache
def setting() -> Setting:
    numbers = {target: f"{place * 2 + 1}" for place, target in enumerate(TARGETS)}
    return Setting(Letters(Faces.of(FOLDER / "fonts")), numbers, frozenset(TARGETS))


def texts(sheaf: Sheaf) -> list[list[tuple[float, float, int]]]:
    """Where each text stands on each page, x and y, and how many characters it has."""
    text = re.compile(rb"1 0 0 1 ([\d.]+) ([\d.-]+) Tm ([^T]*Tf <[0-9a-f]*> Tj ?)+")
    found = []
    for leaf in sheaf.leaves:
        content = zlib.decompress(leaf.content)
        found.append([
            (float(m[1]), float(m[2]), sum(len(s) for s in re.findall(rb"<(\w+)>", m[0])) // 4)
            for m in text.finditer(content)
        ])  # fmt: skip
    return found


def test_an_indicator_of_two_thousand_projects_runs_on_overleaf() -> None:
    lines = [Line("项目按期完成率", TARGETS, MENTIONED), Line("验收合格率", TARGETS[:1], MENTIONED)]
    pages = texts(set_list("指标索引", lines, setting(), columns=2))
    assert len(pages) > 2
    for page in pages:
        assert all(BOTTOM - 1 < y < HEIGHT - TOP for _, y, _ in page)
        assert len({round(x) for x, _, _ in page}) > 2


def test_columns_end_at_one_height() -> None:
    lines = [Line(f"第{n}项工作", TARGETS[:1], MENTIONED) for n in range(31)]
    (page,) = texts(set_list("指标索引", lines, setting(), columns=2))
    columns: dict[float, int] = {}
    for x, _, length in page[1:]:
        columns[x] = columns.get(x, 0) + (length > 4)
    assert sorted(count for count in columns.values() if count) == [15, 16]


def test_names_are_sorted_by_sound_and_not_by_signs() -> None:
    names = [
        "张江建设",
        "重庆援建",
        "《长三角》合作",
        "重点水域禁捕",
        "IPTV运维",
        "12345热线",
        "“安全”培训",
        "长效机制",
        "第10期",
        "第2期",
    ]
    assert "，".join(sorted(names, key=sort_key)) == (
        "12345热线，“安全”培训，《长三角》合作，长效机制，重庆援建，第2期，第10期，IPTV运维，张江建设，重点水域禁捕"
    )


def test_indicators_stand_under_the_name_behind_their_ordinal() -> None:
    names = [
        "指标2：参训人数",
        "安全检查次数",
        "指标10:0-6岁儿童管理数",
        "3.5公里道路",
        "1、办公成本",
    ]
    summary = summarize(five()[0])
    lines = tuple(replace(summary.indicators[0], name=name) for name in names)
    form = Form(replace(summary, indicators=lines), 1, bytes)
    shown = [(entry.text, bool(entry.targets)) for entry in indicators([form])]
    assert shown == [
        ("#", False), ("指标10:0-6岁儿童管理数", True), ("3.5公里道路", True),
        ("A", False), ("安全检查次数", True),
        ("B", False), ("1、办公成本", True),
        ("C", False), ("指标2：参训人数", True),
    ]  # fmt: skip


def test_a_deviation_without_a_reason_or_points_says_so() -> None:
    """As the pages do: an empty cell leaves open whether somebody forgot to print it."""
    made = [{"三级指标": "里程", "年度指标值": "≥100(公里)", "实际完成值": "20(公里)"}]
    changes = {"绩效指标": {"产出指标": {"数量指标": made}}}
    unscored = summarize(document(changes, profile="转移支付"))
    (entry,) = entries_of([Form(unscored, 1, bytes)])
    assert "≥100(公里)" in entry.indicator
    assert "20(公里)" in entry.indicator
    assert entry.reason
    made = [
        indicator(实际完成值="4(次)", 偏差原因分析及改进措施=text) for text in ("无", "场地维修")
    ]
    scored = summarize(document({"绩效指标": {"产出指标": {"数量指标": made}}}))
    first, second = entries_of([Form(scored, 1, bytes)])
    assert (first.indicator, first.reason) == ("次数", entry.reason)
    assert second.reason == "场地维修"


def test_names_and_reasons_of_any_length_stay_in_their_columns() -> None:
    reasons = ["原因" * (900 if number == 3 else 40) for number in range(12)]
    entries = [
        Entry("市教育局", LONG, f"第{number}项", "10.00", "5.00", reason, TARGETS[0])
        for number, reason in enumerate(reasons)
    ]
    sheaf = deviations("偏差事项一览", "说明", entries, setting())
    pages = texts(sheaf)
    assert len(pages) > 3
    assert all(leaf.is_turned for leaf in sheaf.leaves)
    for page in pages:
        left = min(x for x, _, _ in page)
        second = min(x for x, _, _ in page if x > left + 100)
        named = [(x, length) for x, _, length in page if x == left]
        assert len(named) > 1
        assert all(x + 9 * length < second for x, length in named if length != 8)
        assert all(y > 20 / 25.4 * 72 for _, y, _ in page)


STYLE = Style(SONG, REGULAR, 9)
FIGURES = ("12.5%", "1,234.56", "12,345,678.90", "≥1.25", "0.5‰", "2024.12.31", "=98.62")


@pytest.mark.parametrize("figure", FIGURES)
def test_a_figure_stays_whole_wherever_its_line_ends(figure: str) -> None:
    letters = setting().letters
    for before in range(40):
        text = f"{'完成率低于' * 8}"[:before] + f"{figure}，金额{figure}万元，下年改进。"
        lines = letters.lines(text, STYLE, 160)
        assert "".join(lines) == text
        assert sum(line.count(figure) for line in lines) == 2, lines


def test_a_word_longer_than_a_line_is_parted() -> None:
    lines = setting().letters.lines("9" * 300, STYLE, 160)
    assert "".join(lines) == "9" * 300
    assert all(setting().letters.width(line, STYLE) <= 160 for line in lines)


@pytest.mark.parametrize("name", ["更换路灯" * 500, "Optoelectronics" * 130])
def test_a_name_too_long_for_a_list_ends_in_dots(name: str) -> None:
    letters = setting().letters
    for kind, columns in ((ENTRY, 1), (INDEXED, 2), (MENTIONED, 2)):
        lines = [Line(name, TARGETS[:1], kind), Line("验收合格率", TARGETS[:1], kind)]
        (page,) = texts(set_list("目录", lines, setting(), columns=columns))
        assert all(BOTTOM - 1 < y < HEIGHT - TOP for _, y, _ in page)
    short = letters.beginning(name, STYLE, 160, 3)
    assert len(short) == 3
    assert name.startswith("".join(short).removesuffix(MORE))
    assert letters.beginning("更换路灯", STYLE, 160, 3) == ["更换路灯"]
    figures = (Figure("项目数", "1", "个"),)
    (page,) = texts(half_title(name, figures, b"0 g", letters))
    assert all(BOTTOM < y < HEIGHT - TOP for _, y, _ in page)


def test_a_deviation_of_long_names_stays_on_its_page() -> None:
    name = "更换路灯" * 500
    entries = [Entry(name, name, name, "10.00", "5.00", "原因" * 1200, TARGETS[0])] * 3
    for page in texts(deviations("偏差事项一览", "", entries, setting())):
        assert all(15 < y < WIDTH and x < HEIGHT for x, y, _ in page)
