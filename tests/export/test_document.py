"""The form as a .docx: the parts that Word is strict about, and how it is set."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Iterator
from itertools import pairwise

import pytest
from lxml import etree

from builder import content, export, office
from builder.export.blanks import empty
from builder.export.words import Run, before_unit, folded, paragraphs
from builder.text import to_html
from builder.views import form_view
from builder.views.form import in_words
from tests.support.documents import HOSTILE, document, hostile
from tests.support.forms import filled
from tests.support.reports import settings

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# In which order the standard wants what describes a thing (ECMA-376, as far as we use it).
ORDERS = {
    "pPr": ("pStyle", "keepNext", "snapToGrid", "spacing", "ind", "jc", "outlineLvl", "rPr",
            "sectPr"),
    "rPr": ("rFonts", "b", "bCs", "vanish", "sz", "szCs", "lang"),
    "tblPr": ("tblStyle", "tblW", "tblInd", "tblBorders", "tblLayout", "tblCellMar"),
    "tcPr": ("tcW", "gridSpan", "vMerge", "tcBorders", "tcMar", "vAlign"),
    "sectPr": ("footerReference", "pgSz", "pgMar"),
    "tc": ("tcPr", "p"),
    "tr": ("trPr", "tc"),
    "tbl": ("tblPr", "tblGrid", "tr"),
}  # fmt: skip


def parts(data: bytes) -> dict[str, etree._Element]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: etree.fromstring(archive.read(name)) for name in archive.namelist()}


def body(data: bytes) -> etree._Element:
    return parts(data)["word/document.xml"]


def spans(row: etree._Element) -> Iterator[int]:
    for cell in row.iter(f"{W}tc"):
        span = cell.find(f"{W}tcPr/{W}gridSpan")
        yield 1 if span is None else int(span.get(f"{W}val"))


@pytest.mark.parametrize("name", filled())
def test_word_can_read_it(name: str) -> None:
    found = parts(export.to_docx(filled()[name]))
    for root in found.values():
        for element in root.iter(*(f"{W}{kind}" for kind in ORDERS)):
            order = ORDERS[etree.QName(element).localname]
            places = [order.index(etree.QName(child).localname) for child in element]
            assert all(one <= other for one, other in pairwise(places)), etree.tostring(element)
    for table in found["word/document.xml"].iter(f"{W}tbl"):
        columns = len(table.findall(f"{W}tblGrid/{W}gridCol"))
        assert columns <= 63  # Word has no more
        for row in table.iter(f"{W}tr"):
            assert sum(spans(row)) == columns


def test_same_report_gives_same_bytes_and_nobody_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    one = export.to_docx(filled()["2024/anhui"])
    monkeypatch.setattr(time, "time", lambda: 2e9)
    assert export.to_docx(filled()["2024/anhui"]) == one
    told = {etree.QName(each).localname: each.text for each in parts(one)["docProps/core.xml"]}
    assert told["created"] == told["modified"] == "2025-04-08T00:00:00Z"
    assert told.keys() == {"title", "language", "created", "modified"}


@pytest.mark.parametrize("trick", HOSTILE)
def test_no_text_breaks_it_or_gets_lost(trick: str) -> None:
    made = hostile(HOSTILE[trick])
    paper = office.read("form.docx", export.to_docx(made))
    assert isinstance(paper, office.Paper)
    texts = ["".join(c.text.split()) for table in paper.tables for row in table.rows for c in row]
    visible = "".join(c for c in HOSTILE[trick] if c.isprintable() and not c.isspace())
    assert visible in texts


def test_heading_of_the_indicators_is_repeated_and_short_rows_are_whole() -> None:
    first, second, _ = body(export.to_docx(filled()["2024/neimenggu"])).iter(f"{W}tbl")
    assert first.find(f".//{W}tblHeader") is None
    heading, *rest = second.iter(f"{W}tr")
    assert heading.find(f"{W}trPr/{W}tblHeader") is not None
    assert all(row.find(f"{W}trPr/{W}tblHeader") is None for row in rest)
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in (heading, *rest))


def test_a_row_that_is_taller_than_a_page_may_be_divided() -> None:
    made = document({"年度总体目标": {"预期目标": "培训教师。" * 400, "实际完成情况": "无"}})
    table = next(body(export.to_docx(made)).iter(f"{W}tbl"))
    tall = [row.find(f"{W}trPr/{W}cantSplit") is None for row in table.iter(f"{W}tr")]
    assert tall.count(True) == 1


def test_what_is_no_part_of_the_form_stands_on_a_page_without_a_number() -> None:
    plain, more = filled()["2024/dangjian-fuwu"], filled()["2024/neimenggu"]
    assert not export.beyond(plain, form_view(plain))
    for made, sections in ((plain, 1), (more, 2)):
        found = parts(export.to_docx(made))
        assert len([*found["word/document.xml"].iter(f"{W}sectPr")]) == sections
    assert found["word/footer.xml"].find(f".//{W}fldSimple") is not None
    assert not "".join(found["word/no-footer.xml"].itertext()).strip()


def test_tables_that_look_like_one_are_parted_by_what_nobody_sees() -> None:
    data = export.to_docx(filled()["2024/16-mingshan-lincao"])
    tables = [*body(data).iter(f"{W}tbl")]
    widths = {sum(int(c.get(f"{W}w")) for c in table.iter(f"{W}gridCol")) for table in tables}
    hidden = [*body(data).iter(f"{W}vanish")]
    assert len(hidden) == len(tables) - 2  # between those of the form
    assert len(widths) == 1
    paper = office.read("form.docx", data)
    assert isinstance(paper, office.Paper)
    assert not paper.remarks


def test_figures_of_a_column_have_their_points_below_one_another() -> None:
    amounts = {
        "其他资金": {"年初预算数": "1250.00", "全年预算数": "1250.00", "全年执行数": "8.5"},
        "当年财政拨款": {"年初预算数": "2.00", "全年预算数": "0.25", "全年执行数": "8.125"},
    }
    table = next(body(export.to_docx(document({"项目资金": amounts}))).iter(f"{W}tbl"))
    tails = {}
    for paragraph in table.iter(f"{W}p"):
        text = "".join(paragraph.itertext())
        indent = paragraph.find(f"{W}pPr/{W}ind")
        if text in ("8.5", "8.50", "8.125"):
            tails[text] = int(indent.get(f"{W}right"))
    longest, other = tails.pop("8.125"), tails.popitem()
    assert other[1] - longest == 90 * (len("8.125") - len(other[0]))


def test_an_empty_form_has_room_and_no_dashes_for_what_is_to_come() -> None:
    known = settings()
    rules = content.by_profile(known.profiles.by_name["财政部2020"], 2025, known)
    assert rules
    made = empty(rules, 2025, known)
    assert made
    found = body(export.to_docx(made, is_empty=True))
    texts = ["".join(cell.itertext()) for cell in found.iter(f"{W}tc")]
    assert "-" not in texts
    assert "—" in texts  # where nothing can stand
    assert len([*found.iter(f"{W}trHeight")]) == 1
    paper = office.read("form.docx", export.to_docx(made, is_empty=True))
    assert isinstance(paper, office.Paper)
    assert paper.tables[-1].rows[-1].texts == ("评分规则", "财政部2020")


def test_paragraphs_lists_and_bold() -> None:
    found = paragraphs(to_html("总体：1. 甲。2. **乙**。\n\n丙；（一）丁；（二）戊"))
    assert (found[-1].text, found[-1].is_item) == ("丙；\n（一）丁；\n（二）戊", False)
    listed = paragraphs(to_html("3. 甲。\n4. **乙**。"))
    assert [(one.text, one.is_item) for one in listed] == [("3. 甲。", True), ("4. 乙。", True)]
    assert [run.text for run in listed[1].runs if run.is_bold] == ["乙"]
    assert [one.text for one in paragraphs("")] == [""]


def test_a_label_is_broken_between_words() -> None:
    def lines(label: str, room: int) -> list[str]:
        return "".join(run.text for run in folded(paragraphs(in_words(label))[0].runs, room)).split(
            "\n"
        )

    assert lines("服务对象满意度指标", 10) == ["服务对象", "满意度指标"]
    assert lines("服务对象满意度指标", 18) == ["服务对象满意度指标"]
    assert lines("偏差原因分析及改进措施", 16) == ["偏差原因分析及", "改进措施"]
    assert lines("产出指标", 8) == ["产出指标"]


def test_a_unit_stays_whole() -> None:
    assert before_unit([Run("≥95.00(%)")], 8) == [Run("≥95.00\n(%)")]
    for text, room in (("≥95.00(%)", 9), ("达成预期指标", 8), ("（原文缺）", 8), ("1(人次)", 3)):
        found = before_unit([Run(text)], room)
        assert found == [Run(text)] or room == 3
