"""The lists of a volume where they are long: contents, indexes, deviations."""

from __future__ import annotations

import re
import zlib
from functools import cache

from builder.compendium.composer import BOTTOM, HEIGHT, TOP
from builder.compendium.indexes import sort_key
from builder.compendium.letters import Letters
from builder.compendium.lists import MENTIONED, Line, Setting, set_list
from builder.compendium.table import Entry, deviations
from builder.pdf import Faces, Sheaf
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
