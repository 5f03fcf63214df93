"""A project's PDF: what it shows and says, on however many pages."""

from __future__ import annotations

import re
from unittest.mock import Mock

import pytest
from lxml import html
from markupsafe import escape

from tests.support import prints
from tests.support.prints import (
    LONG_GOAL,
    LONG_REASON,
    REPORTS,
    TWO_PAGES,
    printed,
    prose,
    report,
    structure,
)

EVERY = pytest.mark.parametrize("text", REPORTS.values(), ids=REPORTS)
MORE = "（续）"
MM = 72 / 25.4


def rows(text: str) -> list[list[str]]:
    """All rows of the printed form, as they are read."""
    return [row for table in structure(printed(text)).all("Table") for row in table.rows]


def on_one_page(rows: list[list[str]]) -> list[list[str]]:
    """Rows as they would be read of an endless page: no label repeated, no cell in two."""
    whole: list[list[str]] = []
    goals_go_on = False
    for row in rows:
        new = [cell for cell in row if not cell.endswith(MORE)]
        repeated = {cell.removesuffix(MORE) for cell in row if cell.endswith(MORE)}
        if goals_go_on or repeated & set(whole[-1][-6:-1] if whole else ()):
            for position in range(-len(new), 0):
                whole[-1][position] += new[position]
            goals_go_on = False
        elif "年度总体目标" in repeated:
            goals_go_on = True
        else:
            whole.append(new)
    return whole


@pytest.mark.parametrize(("name", "least", "most"), [
    ("one", 1, 1), ("two", 2, 2), ("many", 5, 7), ("reason", 3, 4), ("goal", 2, 3),
    ("hubei", 1, 1), ("unscored", 1, 1),
])  # fmt: skip
def test_a_form_takes_the_pages_it_needs(name: str, least: int, most: int) -> None:
    assert least <= len(prints.words(printed(REPORTS[name]))) <= most


@EVERY
def test_the_form_is_read_row_by_row_and_nothing_is_lost_between_pages(text: str) -> None:
    form = prints.view(text).form
    opening, closing = (
        [section.rows for section in sections] for sections in (form.opening, form.closing)
    )
    blocks = (*opening, (form.heading,), *form.groups(), *closing)
    expected = [
        [
            "".join(html.fromstring(f"<i>{escape(cell.text)}</i>").text_content().split())
            for cell in row.cells
        ]
        for block in blocks
        for row in block
    ]
    assert on_one_page(rows(text)) == expected


def test_merged_cells_end_with_the_page_and_are_labelled_again() -> None:
    labels = [row[:2] for row in rows(TWO_PAGES) if row[0].endswith(MORE)]
    assert labels == [["满意度指标（续）", "服务对象满意度指标（续）"]]
    _, second = prints.words(printed(TWO_PAGES))
    top = sorted(second, key=lambda word: word.top)[:12]
    assert {"一级指标", "三级指标", "得分"} <= {word.text for word in top}


def test_a_reason_goes_on_overleaf_beside_its_name() -> None:
    continued = [row for row in rows(LONG_REASON) if "第5项工作按期完成率（续）" in row]
    assert [row[:2] for row in continued] == [["产出指标（续）", "时效指标（续）"]]
    assert continued[0][3:7] == ["", "", "", ""]


def test_a_list_goes_on_counting_overleaf() -> None:
    numbers = [label.text for label in structure(printed(LONG_GOAL)).all("Lbl")]
    assert numbers == [f"{n}." for n in range(1, 24)]
    assert "年度总体目标（续）" in [row[0] for row in rows(LONG_GOAL)]


def test_an_annex_explains_every_score() -> None:
    opening, indicators, annex = structure(prints.print_anew(REPORTS["one"], annex=True)).all(
        "Table"
    )
    explained = annex.rows
    assert len(explained) == 1 + 1 + 3 + 10 + 1
    assert explained[1][:3] == ["预算执行", "-", "95.44%"]
    assert explained[1][3].startswith("957.78÷1003.5×10=9.54")
    assert explained[1][4:] == ["10.00", "9.54"]
    assert explained[2] == ["产出指标", "45.00", "45.00"]
    assert explained[3][0] == "第1项工作按期完成率"
    assert explained[3][3:] == ["达标满分", "95≥90，得满分9.00", "9.00", "9.00"]
    assert explained[-1] == ["总分", "指标得分90+预算执行得分9.54=99.54"]
    same = structure(printed(REPORTS["one"])).all("Table")
    assert [opening.rows, indicators.rows] == [table.rows for table in same]


@EVERY
def test_text_stays_inside_the_margins(text: str) -> None:
    for page in prints.words(printed(text)):
        for word in page:
            assert 25 * MM < word.left < word.right < (210 - 18) * MM
            assert 24 * MM < word.top < word.bottom < (297 - 12) * MM


def test_figures_stay_in_one_piece() -> None:
    text = report(6, target="≥1234567.89(平方米)", profile="财政部2020")
    shown = [word.text for page in prints.words(printed(text)) for word in page]
    assert {"95.44%", "334.50", "319.26", "95.00(%)", "≥1234567.89", "(平方米)"} <= set(shown)


def test_many_columns_of_funds_stay_on_the_page() -> None:
    row = (
        "{全年预算数: 1252.800000, 统筹整合资金数: 200.000000, 全年到位资金数: 1052.800000, "
        "全年执行数: 1030.800000, 佐证材料: 预算下达文件、资金到位及支出凭证}"
    )
    text = report(6, profile="转移支付带到位", funds=("中央财政资金",))
    text = re.sub(r"中央财政资金: .*", f"中央财政资金: {row}", re.sub(r" +分值: .*\n", "", text))
    page, *_ = prints.words(printed(text))
    assert {"1252.800000", "1052.800000", "100.00%", "97.91%"} <= {word.text for word in page}
    assert all(25 * MM < word.left < word.right < (210 - 18) * MM for word in page)


@pytest.mark.parametrize(("figure", "lines"), [
    ("≤30(分钟/次)", ["≤30", "(分钟/次)"]),
    ("12345.67万元", ["12345.67", "万元"]),
    ("3,200.50万人次", ["3,200.50", "万人次"]),
    ("95.00(人次/月)", ["95.00", "(人次/月)"]),
])  # fmt: skip
def test_a_unit_stays_in_one_piece(figure: str, lines: list[str]) -> None:
    text = report(6).replace("'≥90.00(%)'", f"'{figure}'", 1)
    shown = [word.text for word in prints.words(printed(text))[0]]
    assert shown[shown.index(lines[0]) :][: len(lines)] == lines


def test_lines_and_lists_of_an_author_are_lines_and_lists() -> None:
    goal = "（一）夯实基础。\n    （二）提质增效。\n    （三）扩大覆盖。"
    text = report(6, goal=goal, reasons={1: 9})
    reason = text.partition("改进措施: ")[2].partition("\n")[0]
    text = text.replace(reason, '"原因：\\n\\n1. **甲**晚。\\n2. 乙少。"')
    shown = [word.text for word in prints.words(printed(text))[0]]
    assert {"（一）夯实基础。", "（二）提质增效。", "（三）扩大覆盖。"} <= set(shown)
    assert {"原因：", "1.", "2.", "乙少。"} <= set(shown)
    assert not any("**" in word for word in shown)


def test_a_form_of_many_pages_settles() -> None:
    pages = prints.words(printed(report(6, goal=prose(9500))))
    assert len(pages) > 8
    assert {"效益指标", "（续）"} <= {word.text for word in pages[-1]}


@pytest.mark.parametrize("length", [860, 870, 880])
def test_a_last_row_that_fills_a_page_parts_from_what_closes_the_form(length: int) -> None:
    pages = prints.words(printed(report(2, reasons={2: length})))
    assert [page for page in pages if not any("改进措施" in word.text for word in page)] == []
    assert {"总分", "评分等级"} <= {word.text for word in pages[-1]}


def test_no_line_of_a_text_holds_a_single_character() -> None:
    for extra in range(9):
        reasons = {1: 17 + extra, 2: 33 + extra, 3: 60 + extra}
        name = f"甲{'乙' * (41 + extra)}"
        for page in prints.words(printed(report(4, name=name, reasons=reasons))):
            single = {word.text for word in page if len(word.text) == 1}
            assert single <= {"-", "优", "第", "页", "共", "1"}


@pytest.mark.parametrize(("name", "most"), [("one", 1), ("two", 2), ("many", 3), ("goal", 4)])
def test_layouts_are_few(name: str, most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = prints.printer()._engine
    lay_out = Mock(side_effect=engine.lay_out)
    monkeypatch.setattr(engine, "lay_out", lay_out)
    prints.print_anew(REPORTS[name])
    assert lay_out.call_count <= most


def test_no_line_begins_or_ends_where_chinese_must_not() -> None:
    """避头尾: 。，、 close a line and never open one; “（《 do the opposite."""
    lines = []
    for extra in range(12):
        reasons = {1: 25 + extra, 2: 49 + extra, 3: 80 + extra}
        text = report(4, goal=prose(120 + 3 * extra, extra), reasons=reasons)
        for page in prints.words(printed(text)):
            lines += [word.text for word in page if len(word.text) > 1]
    assert sum(len(line) > 8 for line in lines) > 200  # texts there were
    assert [line for line in lines if line[0] in "。，；：、！？）》”〉】"] == []
    assert [line for line in lines if line[-1] in "（《“〈【"] == []
