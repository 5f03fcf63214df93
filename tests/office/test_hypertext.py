"""Web pages, and what offices save as such, are read as browsers show them."""

from __future__ import annotations

import pytest

from builder.office import Paper, Refused, Table, read


def opened(page: str, encoding: str = "utf-8", file: str = "表.html") -> Paper:
    paper = read(file, page.encode(encoding))
    assert isinstance(paper, Paper), paper
    return paper


def shown(table: Table) -> list[list[tuple[str, int, int, int]]]:
    return [[(c.text, c.column, c.columns, c.rows) for c in row] for row in table.rows]


def lines(page: str) -> list[list[str]]:
    return [[cell.text for cell in row] for table in opened(page).tables for row in table.rows]


def test_cells_keep_their_reach() -> None:
    page = (
        "<table><thead><tr><th rowspan=2>甲<th colspan=2>乙</thead>"
        "<tr><td>丙<td rowspan=0>丁<tr><td colspan=2>戊</table>"
    )
    (table,) = opened(page).tables
    assert shown(table) == [
        [("甲", 0, 1, 2), ("乙", 1, 2, 1)],
        [("丙", 1, 1, 1), ("丁", 2, 1, 2)],
        [("戊", 0, 2, 1)],
    ]
    assert table.rows[1].cells[1].place == "第1个表第2行第2格"


def test_text_and_tables_stand_in_their_order() -> None:
    page = (
        "<html><head><title>页</title><style>p{}</style></head><body>跳过<script>x</script>"
        "<h1>题\n 目</h1><p>一<br>二&nbsp;三<b>四</b><o:p>五</o:p>六</p>"
        "<table><caption>表名</caption><tr><td>甲"
        "</table><div>尾<div>巴</div></div></body></html>"
    )
    paper = opened(page)
    assert [(t.name, t.is_aligned) for t in paper.tables] == [
        ("正文", False),
        ("第1个表的标题", False),
        ("第1个表", True),
        ("第1个表后面的文字", False),
    ]
    assert lines(page) == [
        ["跳过"],
        ["题 目"],
        ["一\n二 三四五六"],
        ["表名"],
        ["甲"],
        ["尾"],
        ["巴"],
    ]


def test_a_table_in_a_cell_follows_the_outer_one() -> None:
    page = "<table><tr><td>外<table><tr><td>里</table>又<td>旁</table>"
    paper = opened(page)
    assert [t.name for t in paper.tables] == ["第1个表", "第1个表第1行第1格里的表"]
    assert lines(page) == [["外\n又", "旁"], ["里"]]
    assert len(paper.remarks) == 1


def test_fields_show_what_is_chosen() -> None:
    page = (
        "<table><tr><td><input type=checkbox checked>甲<input type=checkbox>乙"
        "<td><input value=丙><input type=hidden value=丁>"
        "<td><select><option>戊<option selected>己</select><td><textarea>庚\n辛</textarea></table>"
    )
    assert lines(page) == [["☑甲□乙", "丙", "己", "庚\n辛"]]


def test_what_a_table_hides_is_told() -> None:
    page = (
        "<table>漏<tr><td>甲<span style='display:none'>藏</span><td><img src=a>乙<del>丁</del>"
        "<tr style='display: none'><td>行</table><div hidden>页</div>"
    )
    assert lines(page) == [["甲", "乙"]]
    sentences = [remark.told for remark in opened(page).remarks]
    assert all(any(word in told for told in sentences) for word in ("漏", "藏", "图片", "行", "丁"))


@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "utf-8", "utf-8-sig", "utf-16"])
def test_pages_of_any_encoding_are_read(encoding: str) -> None:
    declared = "gb2312" if encoding.startswith("gb") else encoding.removesuffix("-sig")
    page = f"<html><meta charset={declared}><table><tr><td>项目—≥</table>"
    assert [[c.text for c in row] for row in opened(page, encoding).tables[0].rows] == [["项目—≥"]]


def test_a_page_that_names_another_encoding_is_read_all_the_same() -> None:
    # Valid in both encodings, and sense in one.
    page = "<html><meta charset=gb2312><table><tr><td>项目支出绩效自评</table>"
    assert "椤圭洰" in page.encode().decode("gb18030")
    (row,) = opened(page, "utf-8").tables[0].rows
    assert row.texts == ("项目支出绩效自评",)


def test_pages_that_excel_saved_keep_their_numbers() -> None:
    page = (
        '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><!--[if gte mso 9]><xml/>'
        '<![endif]--><table><col width=9><tr><td x:num="0.8749">87%<td x:num="1234.5">1,234.50'
        "<td x:num>7<td sdval=45292>2024年1月1日<td sdval='0.125'>0.13"
        "<![if supportMisalignedColumns]><tr style='display:none'><td></tr><![endif]>"
        "</table></html>"
    )
    paper = opened(page, file="表.xls")
    (row,) = paper.tables[0].rows
    assert [(c.text, c.exact) for c in row] == [
        ("87%", "0.8749"),
        ("1,234.50", ""),
        ("7", ""),
        ("2024年1月1日", ""),
        ("0.13", "0.125"),
    ]
    assert paper.remarks == ()


def test_pages_that_are_too_large_are_refused() -> None:
    wide = "<table>" + "<tr><td colspan=1000 rowspan=65534>甲" * 2_000 + "</table>"
    deep = "<div>" * 100_000 + "甲"
    tables = "<table><tr><td>" * 300 + "甲"
    for page in (wide, deep, tables):
        assert isinstance(read("表.html", page.encode()), Refused | Paper)
    assert isinstance(read("表.html", wide.encode()), Refused)
