"""Texts as they are meant: what is taken for markup, and what is left as written."""

from __future__ import annotations

import re
import time

import pytest

from builder.text import folded, has_stray_space, joined, markup_of, to_html, to_inline, width


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("研发&amp;推广", "研发&推广"),
        ("甲&nbsp;乙", "甲乙"),
        ("A&nbsp;B", "A\u00a0B"),
        ("&lt;90 &#215; &#xD7; &times; &ldquo;优&rdquo;", "<90 × × × “优”"),
        # No entity without a semicolon, and none but those of HTML, whole.
        ("AT&T&region=sh&copy=2&notit; &amp", "AT&T&region=sh&copy=2&notit; &amp"),
        ("&bogus; &#; &#x; &;", "&bogus; &#; &#x; &;"),
        # What nobody could see, or could break a line, stays in sight.
        ("a&#8238;b&shy;&#8232;&#0;&#10;&#xD800;", "a&#8238;b&shy;&#8232;&#0;&#10;&#xD800;"),
        ("&#99999999;&#1114112;", "&#99999999;&#1114112;"),
    ],
)
def test_entities(written: str, meant: str) -> None:
    assert joined(written) == meant


def test_markup_is_what_is_taken_away() -> None:
    assert markup_of("<p>研发&amp;推广&region=1&times;</p>") == ["<p>", "</p>", "&amp;", "&times;"]
    for clean in ("AT&T", "a &region b", "x&bogus;", "1 < 2"):
        assert markup_of(clean) == []
        assert joined(clean) == clean


@pytest.mark.parametrize("columns", [20, 33, 80])
def test_folded_lines_keep_to_the_terminal(columns: int) -> None:
    text = (
        "  指标值 ≥12(期)，完成值 10(期)，没有达到指标值（差两期）：10 ÷ 12 × 15 = 12.50 分。\n"
        "\n短\n    content/2024/gonggong-ziyuan.yaml 改为“content/2024/ggzy.yaml”，网址失效。\n"
    )
    told = folded(text, columns)
    lines = told.split("\n")
    assert re.sub(r"\n? +", " ", told).replace(" ", "").replace("\n", "") == (
        text.replace(" ", "").replace("\n", "")
    )
    for line in lines:
        assert width(line) <= columns or " " not in line.strip(), line
        assert not re.match(r"\s*[，。；：）”、]", line), line
        assert not re.search(r"[（“]$", line), line
    assert "短" in lines
    assert "12.50" in told
    begun = next(i for i, line in enumerate(lines) if line.startswith("    content"))
    assert all(line.startswith("      ") for line in lines[begun + 1 :] if line)


def test_what_fits_is_not_folded() -> None:
    assert folded("一二三\n    四\n", 80) == "一二三\n    四\n"
    assert folded("字" * 40, 80) == "字" * 40
    assert folded("a" * 100, 80) == "a" * 100


@pytest.mark.parametrize(("text", "shown"), [
    ("甲、乙<丙", "甲、乙&lt;丙"),
    ("**甲**乙", "<strong>甲</strong>乙"),
    ("一、甲\n二、乙", "一、甲<br>\n二、乙"),
    ("甲\n\n乙", "<p>甲</p>\n<p>乙</p>\n"),
    ("1. 甲。\n2. 乙。", "<ol>\n<li>甲。</li>\n<li>乙。</li>\n</ol>\n"),
    ("", ""),
])  # fmt: skip
def test_a_text_in_a_cell_has_blocks_only_where_it_must(text: str, shown: str) -> None:
    assert to_inline(text) == shown


SERIES = {
    # As offices publish them: a mark without a colon, a space for a full stop.
    "目标1:造林1.2万亩, 目标2森林经营16.3万亩 目标3:病虫害防治": ["目标1", "目标2", "目标3"],
    "目标1：建设平台；目标2：维护平台。": ["目标1", "目标2"],
    "目标一：建设平台\n目标二：维护平台": ["目标一", "目标二"],
    "目标1：建设平台\n\n目标2：维护平台": ["目标1", "目标2"],
    "**目标1：**建设平台；**目标2：**维护平台": ["目标1", "目标2"],
    "主要任务：（1）建设平台；（2）维护平台。": ["主要", "（1）", "（2）"],
    "1)建设平台；2)维护平台": ["1)", "2)"],
    "①建设平台；②维护平台，③培训": ["①", "②", "③"],
    "一、建设平台。二、维护平台。": ["一、", "二、"],
    "目标1：①建设；②培训。目标2：①维护。": ["目标1", "①", "②", "目标2", "①"],
    "1.建设平台;2.维护平台;3.培训": ["建设", "维护", "培训"],
}  # fmt: skip


@pytest.mark.parametrize("text", SERIES)
def test_each_mark_of_a_series_begins_a_line(text: str) -> None:
    shown = re.sub(r"</?strong>", "", to_html(joined(text)))
    lines = [line for line in re.split(r"\s*<[^>]+>\s*", shown) if line]
    assert len(lines) == len(SERIES[text])
    for line, mark in zip(lines, SERIES[text], strict=True):
        assert line.startswith(mark)
    assert not has_stray_space(text)


PROSE = [
    "实现目标1：1配比", "按目标1：1配比，目标2：1配比", "2024年目标1完成，目标2未完成",
    "见附件①、②", "完成（1）甲、（2）乙两项", "达到年度目标10%", "十一、甲。十二、乙。", "（1）甲",
    "一是甲；二是乙", "目标1：3配比，目标5：7配比",
]  # fmt: skip


@pytest.mark.parametrize("text", PROSE)
def test_what_is_no_series_stays_in_its_line(text: str) -> None:
    assert to_html(joined(text)) == f"<p>{text}</p>\n"


def test_paragraphs_of_a_series_stay_paragraphs() -> None:
    assert to_html(joined("目标1：甲\n\n目标2：乙")).count("<p>") == 2
    assert to_html(joined("1. 目标1：甲\n2. 目标2：乙")).count("<li>") == 2


@pytest.mark.parametrize("piece", ["目标1：", "（1）", "①；", "目标", " ", "甲 ", "1)", "一、"])
def test_a_long_series_costs_little(piece: str) -> None:
    began = time.process_time()
    to_html(joined(f"甲{piece * 5000}乙"))
    assert time.process_time() - began < 2
