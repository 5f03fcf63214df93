"""Texts as they are meant: what is taken for markup, and what is left as written."""

from __future__ import annotations

import re

import pytest

from builder.text import folded, joined, markup_of, to_inline, width


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
