"""Documents are read in the order of the page, changes taken as accepted, the rest told."""

from __future__ import annotations

from builder.office import Paper, Row, Table, read
from tests.support.parts import docx, word

Shown = list[list[tuple[str, int, int, int]]]


def opened(data: bytes) -> Paper:
    paper = read("表.docx", data)
    assert isinstance(paper, Paper), paper
    return paper


def shown(table: Table) -> Shown:
    return [[(c.text, c.column, c.columns, c.rows) for c in row] for row in table.rows]


def lines(data: bytes) -> list[list[str]]:
    return [[cell.text for cell in row] for table in opened(data).tables for row in table.rows]


def told(data: bytes) -> list[tuple[str, str]]:
    return [(remark.place, remark.told) for remark in opened(data).remarks]


def p(*texts: str, inside: str = "") -> str:
    runs = "".join(f"<w:r><w:t>{text}</w:t></w:r>" for text in texts)
    return f"<w:p>{runs}{inside}</w:p>"


def r(inside: str) -> str:
    return f"<w:p><w:r>{inside}</w:r></w:p>"


def tc(text: str, facts: str = "") -> str:
    return f"<w:tc><w:tcPr>{facts}</w:tcPr>{p(text)}</w:tc>"


def tbl(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def one(body: str) -> Row:
    ((row,),) = (table.rows for table in opened(docx(body)).tables)
    return row


def test_paragraphs_and_tables_stand_in_their_order() -> None:
    body = p("题目") + p() + p("（2024", "年度）") + tbl(tc("甲") + tc("乙")) + p("单位：丙")
    paper = opened(docx(body))
    assert [(t.name, t.is_aligned) for t in paper.tables] == [
        ("正文", False),
        ("第1个表", True),
        ("第1个表后面的文字", False),
    ]
    assert [[(c.text, c.place) for c in row] for t in paper.tables for row in t.rows] == [
        [("题目", "第1段")],
        [("（2024年度）", "第2段")],
        [("甲", "第1个表第1行第1格"), ("乙", "第1个表第1行第2格")],
        [("单位：丙", "第3段")],
    ]


def test_merged_cells_keep_their_reach() -> None:
    down, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    wide = '<w:gridSpan w:val="2"/>'
    body = tbl(
        tc("甲", down) + tc("乙", wide),
        tc("", on) + tc("丙") + tc("丁", down),
        tc("", on) + tc("戊") + tc("", on),
        f'<w:trPr><w:gridBefore w:val="1"/></w:trPr>{tc("己", wide)}',
    )
    assert shown(opened(docx(body)).tables[0]) == [
        [("甲", 0, 1, 3), ("乙", 1, 2, 1)],
        [("丙", 1, 1, 1), ("丁", 2, 1, 2)],
        [("戊", 1, 1, 1)],
        [("己", 1, 2, 1)],
    ]


def test_text_below_a_merged_cell_is_told() -> None:
    body = tbl(
        tc("甲", '<w:vMerge w:val="restart"/>') + tc("乙"), tc("丙", "<w:vMerge/>") + tc("丁")
    )
    data = docx(body)
    assert lines(data) == [["甲", "乙"], ["丁"]]
    assert told(data)[0][0] == "第1个表第2行第1格"


def test_a_table_in_a_cell_follows_the_outer_one() -> None:
    inner = f"<w:tc>{p('外')}{tbl(tc('里') + tc('面'))}{p()}</w:tc>"
    paper = opened(docx(tbl(inner + tc("旁")) + p("后")))
    assert [(t.name, shown(t)[0][0][0]) for t in paper.tables] == [
        ("第1个表", "外"),
        ("第1个表第1行第1格里的表", "里"),
        ("第1个表后面的文字", "后"),
    ]
    assert paper.remarks[0].place == "第1个表第1行第1格"


def test_signs_of_layout_become_text() -> None:
    body = (
        r("<w:t>甲</w:t><w:br/><w:t>乙</w:t><w:noBreakHyphen/><w:t>丙</w:t>")
        + p("一")
        + r("<w:tab/><w:t>丁</w:t><w:tab/><w:tab/><w:t>戊</w:t>")
    )
    assert lines(docx(body)) == [["甲\n乙-丙"], ["一"], ["丁", "戊"]]
    cell = tbl(f"<w:tc>{p('甲')}{p('乙')}{p()}</w:tc>")
    assert one(cell).texts == ("甲\n乙",)


def test_signs_of_symbol_fonts_become_what_they_look_like() -> None:
    body = p("□甲") + r(
        '<w:sym w:font="Wingdings" w:char="F0FE"/><w:t>乙</w:t>'
        '<w:sym w:font="Wingdings 2" w:char="00A3"/><w:t>丙</w:t>'
    )
    body += r('<w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr><w:t>\uf0a8\uf0fc</w:t>')
    body += r('<w:sym w:font="Marlett" w:char="0031"/><w:t>丁</w:t>')
    data = docx(body)
    assert lines(data) == [["□甲"], ["☑乙□丙"], ["□√"], ["丁"]]
    assert "Marlett" in told(data)[0][1]


def test_fields_show_their_results_and_controls_their_content() -> None:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGEREF a</w:instrText>'
        '</w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>12</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    box = (
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="0"/>'
        "<w:checked/></w:checkBox></w:ffData></w:fldChar></w:r>"
    )
    control = (
        f"<w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent>{p('控件')}</w:sdtContent></w:sdt>"
    )
    inner = "<w:sdt><w:sdtContent><w:r><w:t>选</w:t></w:r></w:sdtContent></w:sdt>"
    body = p("见", inside=field) + p(inside=box) + control + p(inside=inner)
    row = f"<w:sdt><w:sdtContent><w:tr>{tc('格')}</w:tr></w:sdtContent></w:sdt>"
    assert lines(docx(body + f"<w:tbl>{row}</w:tbl>")) == [
        ["见12"],
        ["☑"],
        ["控件"],
        ["选"],
        ["格"],
    ]


def test_signs_that_stand_over_each_other_are_read() -> None:
    def over(code: str) -> str:
        return (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
            + "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in code)
            + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        )

    body = p("是", inside=over("eq \\o\\ac(□,√)")) + p(inside=over("EQ \\o\\ac(○,3)"))
    data = docx(body + p(inside=over("EQ \\o(△,!)")))
    assert lines(data) == [["是☑"], ["③"], ["△!"]]
    assert [place for place, _ in told(data)] == ["第3段"]


def test_hints_of_controls_are_no_text() -> None:
    hint = "<w:sdtPr><w:showingPlcHdr/></w:sdtPr>"
    inline = f"<w:sdt>{hint}<w:sdtContent><w:r><w:t>点此</w:t></w:r></w:sdtContent></w:sdt>"
    block = f"<w:sdt>{hint}<w:sdtContent>{p('点此')}</w:sdtContent></w:sdt>"
    data = docx(p("甲", inside=inline) + block + tbl(f"<w:tc>{p('乙')}{block}</w:tc>"))
    assert lines(data) == [["甲"], ["乙"]]
    assert [place for place, _ in told(data)] == ["第1段", "第1段之后", "第1个表第1行第1格"]


def test_changes_are_accepted_and_told() -> None:
    body = p(
        "预算",
        inside="<w:del><w:r><w:delText>100</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>120</w:t></w:r></w:ins>"
        "<w:moveFrom><w:r><w:t>搬走</w:t></w:r></w:moveFrom>"
        "<w:moveTo><w:r><w:t>搬来</w:t></w:r></w:moveTo>",
    )
    data = docx(body)
    assert lines(data) == [["预算120搬来"]]
    ((place, sentence),) = told(data)
    assert place == "第1段"
    assert all(f"“{text}”" in sentence for text in ("100", "120", "搬走", "搬来"))


def test_rows_that_a_change_takes_away_are_told() -> None:
    gone = f"<w:trPr><w:del/></w:trPr>{tc('走')}"
    data = docx(tbl(tc("甲"), gone, tc("乙")))
    assert lines(data) == [["甲"], ["乙"]]
    assert "“走”" in told(data)[0][1]


def test_hidden_text_is_left_out_and_told() -> None:
    body = p("看", inside="<w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r>")
    body += p(inside='<w:r><w:rPr><w:rStyle w:val="H"/></w:rPr><w:t>暗</w:t></w:r>')
    styles = '<w:style w:styleId="H"><w:rPr><w:vanish/></w:rPr></w:style>'
    data = docx(body, {"word/styles.xml": word("styles", styles)}, "styles")
    assert lines(data) == [["看"]]
    assert ["“藏”" in told(data)[0][1], "“暗”" in told(data)[1][1]] == [True, True]


def test_struck_text_is_read_and_told() -> None:
    data = docx(p("预算", inside="<w:r><w:rPr><w:strike/></w:rPr><w:t>100</w:t></w:r>"))
    assert lines(data) == [["预算100"]]
    assert "“100”" in told(data)[0][1]


def test_comments_and_notes_are_told_where_they_belong() -> None:
    body = tbl(
        "<w:tc><w:p><w:commentRangeStart w:id='3'/><w:r><w:t>甲</w:t></w:r><w:r>"
        "<w:commentReference w:id='3'/></w:r><w:r><w:footnoteReference w:id='2'/></w:r></w:p>"
        "</w:tc>"
    )
    comments = f'<w:comment w:id="3" w:author="某">{p("请改")}</w:comment>'
    footnotes = f'<w:footnote w:id="2">{p("脚注文字")}</w:footnote>'
    more: dict[str, str | bytes] = {
        "word/comments.xml": word("comments", comments),
        "word/footnotes.xml": word("footnotes", footnotes),
        "word/header.xml": word("hdr", p("附件")),
        "word/footer.xml": word("ftr", p("- 1 -")),
    }
    sentences = told(docx(body, more, "comments", "footnotes", "header", "footer"))
    assert [place for place, _ in sentences] == ["页眉", *["第1个表第1行第1格"] * 2]
    assert ["请改" in sentences[1][1], "脚注文字" in sentences[2][1]] == [True, True]


def test_text_boxes_are_read_once() -> None:
    content = f"<w:txbxContent>{p('框里')}{tbl(tc('表里'))}</w:txbxContent>"
    drawing = (
        f"<mc:AlternateContent><mc:Choice><w:drawing><a:g><wps:txbx>{content}</wps:txbx></a:g>"
        f"</w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>{content}</v:textbox>"
        "</v:shape></w:pict></mc:Fallback></mc:AlternateContent>"
    )
    paper = opened(docx(p("前") + r(drawing) + p("后")))
    assert [(t.name, shown(t)[0][0][0]) for t in paper.tables] == [
        ("正文", "前"),
        ("第1段的文本框", "框里"),
        ("第1段的文本框第1个表", "表里"),
        ("正文", "后"),
    ]
    assert len(paper.remarks) == 1


def test_pictures_and_objects_are_told() -> None:
    body = p("甲") + r("<w:drawing><a:blip/></w:drawing>") + r("<w:object/>") + "<w:altChunk/>"
    assert [place for place, _ in told(docx(body))] == ["第1段"] * 2 + ["第1段之后"]


def test_numbers_of_lists_are_counted() -> None:
    def item(text: str, level: int = 0, number: int = 1) -> str:
        facts = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
        return f"<w:p><w:pPr>{facts}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"

    def level(depth: int, kind: str, text: str) -> str:
        return (
            f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
            f'<w:lvlText w:val="{text}"/></w:lvl>'
        )

    levels = level(0, "chineseCounting", "%1、") + level(1, "decimal", "%2.")
    bullets = level(0, "bullet", "\uf06c")
    numbering = (
        f'<w:abstractNum w:abstractNumId="7">{levels}</w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="8">{bullets}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>'
    )
    styles = (
        '<w:style w:styleId="L"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    styled = '<w:p><w:pPr><w:pStyle w:val="L"/></w:pPr><w:r><w:t>末</w:t></w:r></w:p>'
    body = item("甲") + item("子", 1) + item("丑", 1) + item("乙") + item("寅", 1) + styled
    body += item("点", 0, 2) + item("无", 0, 0) + item("缺", 0, 9)
    more: dict[str, str | bytes] = {
        "word/numbering.xml": word("numbering", numbering),
        "word/styles.xml": word("styles", styles),
    }
    assert lines(docx(body, more, "numbering", "styles")) == [
        [text] for text in ("一、甲", "1.子", "2.丑", "二、乙", "1.寅", "三、末", "点", "无", "缺")
    ]
