"""A project's PDF as an archive and a screen reader take it: tags, metadata, attachments."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.support import extremes, prints, verapdf
from tests.support.prints import (
    ATTACHMENTS,
    DAY,
    LONG_GOAL,
    LONG_REASON,
    REPORTS,
    TWO_PAGES,
    Element,
    opened,
    printed,
    report,
    structure,
)


def test_every_pdf_conforms_to_pdf_a_3a_and_pdf_ua_1(tmp_path: Path) -> None:
    pdfs = {name: printed(text) for name, text in REPORTS.items()}
    pdfs["undated"] = prints.print_anew(REPORTS["one"], dated=False)
    pdfs["annex"] = prints.print_anew(REPORTS["two"], annex=True)
    for cell in ("主管部门", "三级指标", "年度指标值"):  # divided where others are not
        text = extremes.extreme(cell, extremes.KINDS["han"](2000))
        pdfs[cell] = prints.print_anew(text, annex=True)
    with opened(pdfs["one"]) as document:
        del document.Root.Metadata
        document.save(tmp_path / "broken")
    pdfs["broken"] = (tmp_path / "broken").read_bytes()  # to see that a fault is seen
    verdicts = verapdf.check(pdfs, tmp_path)
    profiles = (verapdf.PDF_A, verapdf.PDF_UA)
    assert [(v.name, v.profile) for v in verdicts] == [(n, p) for n in pdfs for p in profiles]
    assert [v for v in verdicts if not v.compliant and v.name != "broken"] == []
    assert all(v.checks > 1000 for v in verdicts)
    assert all(v.failures for v in verdicts if v.name == "broken")


@pytest.mark.parametrize("text", REPORTS.values(), ids=REPORTS)
def test_a_table_is_one_however_many_pages_it_takes(text: str) -> None:
    # What was promised and spent is one, the indicators are the other.
    assert len(structure(printed(text)).all("Table")) == 2


def headers_of(tree: Element, text: str) -> list[list[str]]:
    """For each data cell of that text, what its headers say."""
    names = {cell.id: cell.text for cell in tree.all("TH")}
    return [
        [names[name] for name in cell.attributes.get("Headers", ())]
        for cell in tree.all("TD")
        if cell.text == text
    ]


def test_a_cell_knows_its_headings() -> None:
    tree = structure(printed(REPORTS["one"]))
    assert headers_of(tree, "某市教师进修学院") == [["实施单位"]]
    assert headers_of(tree, "957.78") == [["项目资金(万元)", "年度资金总额", "全年执行数"]]
    assert headers_of(tree, "建成并投入使用。") == [["年度总体目标", "实际完成情况"]]
    assert headers_of(tree, "优") == [["评分等级"]]
    assert headers_of(tree, "100.00") == [["总分", "分值"]]
    assert headers_of(tree, "≥90.00(%)")[1] == [
        "产出指标", "数量指标", "第2项工作按期完成率", "年度指标值",
    ]  # fmt: skip


def test_a_cell_overleaf_knows_the_headings_of_its_own_page() -> None:
    assert headers_of(structure(printed(TWO_PAGES)), "≥90.00(%)")[28] == [
        "满意度指标（续）", "服务对象满意度指标（续）", "第29项工作按期完成率", "年度指标值",
    ]  # fmt: skip


def test_headings_have_their_scope() -> None:
    tree = structure(printed(LONG_REASON))
    scopes = {cell.text: str(cell.attributes["Scope"]) for cell in tree.all("TH")}
    assert scopes["全年执行数"] == scopes["三级指标"] == scopes["预期目标"] == "/Column"
    assert scopes["产出指标"] == scopes["项目名称"] == scopes["总分"] == "/Row"
    assert len({cell.id for cell in tree.all("TH")}) == len(tree.all("TH"))


def test_what_repeats_is_no_content() -> None:
    tree = structure(printed(REPORTS["many"]))
    assert [head.text for head in tree.all("THead")] == [
        "一级指标二级指标三级指标年度指标值实际完成值分值得分偏差原因分析及改进措施"
    ]
    assert "页" not in tree.text


def xmp(pdf: bytes) -> str:
    with opened(pdf) as document:
        return bytes(document.Root.Metadata.read_bytes()).decode()


def test_title_language_and_both_identifiers_are_told() -> None:
    pdf = printed(REPORTS["one"])
    with opened(pdf) as document:
        assert document.Root.Lang == "zh-CN"
        assert bool(document.Root.ViewerPreferences.DisplayDocTitle)
        assert bool(document.Root.MarkInfo.Marked)
        assert document.docinfo["/Title"] == "合成项目"
        assert document.docinfo["/Author"] == "某市教师进修学院"
        assert document.docinfo["/CreationDate"] == "D:20250820"
    assert len(re.findall("<rdf:RDF", xmp(pdf))) == 1
    for said in ('pdfaid:part="3"', 'pdfaid:conformance="A"', "<pdfuaid:part>1<", "2025-08-20"):
        assert said in xmp(pdf)


def test_without_a_date_none_is_told() -> None:
    pdf = prints.print_anew(REPORTS["one"], dated=False)
    with opened(pdf) as document:
        assert "/CreationDate" not in document.docinfo
        assert "/ModDate" not in document.docinfo
    assert "Date>" not in xmp(pdf)


def test_what_was_filled_in_and_its_data_are_attached() -> None:
    with opened(printed(REPORTS["one"])) as document:
        files: dict[str, Any] = {str(entry.UF): entry for entry in document.Root.AF}
        assert set(files) == set(document.attachments) == {"report.json", "项目.yaml"}
        for attachment in ATTACHMENTS:
            entry = files[attachment.name]
            assert entry.EF.F.read_bytes() == attachment.content
            assert entry.AFRelationship == f"/{attachment.relationship}"
            assert entry.EF.F.Subtype == f"/{attachment.media_type}"
            assert entry.Desc == attachment.description
        assert files["report.json"].EF.F.Params.ModDate == f"D:{DAY:%Y%m%d}"
        assert "/ModDate" not in files["项目.yaml"].EF.F.Params


def test_the_outline_names_project_and_blocks_once() -> None:
    with opened(printed(LONG_GOAL)) as document, document.open_outline() as outline:
        (project,) = outline.root
        assert project.title == "合成项目"
        assert [entry.title for entry in project.children] == [
            "项目资金(万元)", "年度总体目标", "产出指标", "效益指标", "满意度指标",
        ]  # fmt: skip


def test_the_same_report_gives_the_same_bytes_first_or_last() -> None:
    text = report(20)
    prints.printer.cache_clear()
    first = prints.print_anew(text)
    prints.print_anew(report(40))
    assert prints.print_anew(text) == first


def test_only_the_themes_fonts_are_used_and_embedded() -> None:
    with opened(printed(REPORTS["one"])) as document:
        fonts = document.pages[0].resources.Font.values()
        names = {str(font.BaseFont).partition("+")[2] for font in fonts}
        assert names == {"Jixiao-Song", "Jixiao-Song-Bold"}
        assert all("/FontFile2" in f.DescendantFonts[0].FontDescriptor for f in fonts)


def test_a_page_is_small() -> None:
    assert len(printed(REPORTS["one"])) < 100 * 1024
