"""The printing engine: what it may read, what it refuses, and the small parts it is made of."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from lxml import html

from builder.pdf import About, Faces, Part, Printer, PrintError
from builder.pdf.breaks import GOALS, Break, parts, settle
from builder.pdf.cutting import MAY_NOT, cut, length
from builder.pdf.grid import headings
from builder.pdf.sheet import shape
from tests.support.prints import CSS, FOLDER, printer

FACES = Faces.of(FOLDER / "fonts")


def page(body: str) -> str:
    return f'<html lang="zh-CN"><head><title>题</title></head><body>{body}</body></html>'


def print_page(printer: Printer, body: str) -> bytes:
    return printer.print(lambda _: page(body), About("题"))


@pytest.mark.parametrize("address", [
    "http://127.0.0.1:9/x.png", "https://example.com/x.png", "ftp://example.com/x",
    "file:///etc/passwd", "../../../../../etc/passwd", "../macros/form.html",
    "data:image/png;base64,AAAA",
])  # fmt: skip
def test_nothing_is_read_but_the_themes_own_files(address: str) -> None:
    css = f"{CSS} h1 {{ background: url({address}) }}"
    with pytest.raises(PrintError):
        print_page(Printer(css, FACES, (FOLDER / "print",)), "<h1>题</h1>")


def test_no_link_leads_out_of_the_theme(tmp_path: Path) -> None:
    (tmp_path / "print").mkdir()
    (tmp_path / "secret.css").write_text("h1 { color: red }")
    (tmp_path / "print/in.css").symlink_to(tmp_path / "secret.css")
    with pytest.raises(PrintError):
        Printer(f"@import url(in.css); {CSS}", FACES, (tmp_path / "print",))


def test_a_theme_may_use_its_own_files(tmp_path: Path) -> None:
    (tmp_path / "red.css").write_text("h1 { color: red }")
    assert print_page(Printer(f"@import url(red.css); {CSS}", FACES, (tmp_path,)), "<h1>题</h1>")


def test_a_character_without_a_glyph_is_never_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Faces, "covering", lambda *_: ())
    with pytest.raises(PrintError, match=r"U\+E000"):
        print_page(printer(), "<h1>题\ue000</h1>")


def test_a_mistake_in_a_style_sheet_is_told() -> None:
    with pytest.raises(PrintError, match="colour"):
        Printer("h1 { colour: red }", FACES)


def test_printing_goes_on_after_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    before = print_page(printer(), "<h1>题</h1>")
    with monkeypatch.context() as patch:
        patch.setattr(Faces, "covering", lambda *_: ())
        with pytest.raises(PrintError):
            print_page(printer(), "<h1>\ue000</h1>")
    assert print_page(printer(), "<h1>题</h1>") == before


def test_the_environment_is_left_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FONTCONFIG_FILE", "mine.conf")
    Printer(CSS, FACES)
    assert os.environ["FONTCONFIG_FILE"] == "mine.conf"


def test_the_engine_is_loaded_only_to_print() -> None:
    program = "import builder.pdf, builder.pipeline, sys; print('weasyprint' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert run.stdout.split() == [b"False"]


@pytest.mark.parametrize(("content", "count", "head", "rest"), [
    ("<p>甲乙丙丁</p>", 2, "<p>甲乙</p>", "<p>丙丁</p>"),
    ("甲 乙<br>丙丁", 3, "甲 乙<br>丙", "丁"),
    ("<p>甲<strong>乙丙</strong>丁</p>", 2,
     "<p>甲<strong>乙</strong></p>", "<p><strong>丙</strong>丁</p>"),
    ("<p>甲</p><p>乙</p>", 1, "<p>甲</p>", "<p>乙</p>"),
    ("<p>甲</p>", 5, "<p>甲</p>", ""),
])  # fmt: skip
def test_a_text_is_cut_in_two(content: str, count: int, head: str, rest: str) -> None:
    cell = html.fragment_fromstring(f"<div>{content}</div>")
    tail = cut(cell, count)
    assert html.tostring(cell, encoding="unicode") == f"<div>{head}</div>"
    assert html.tostring(tail, encoding="unicode") == f"<div>{rest}</div>"


def test_signs_without_width_are_no_characters() -> None:
    assert length("甲\u2060乙 \u200b丙\n") == 3


@pytest.mark.parametrize(("text", "kept"), [
    ("保障节目传输正常。", "保障节目传输正~常~。"),
    ("满意度调查覆盖率", "满意度调查覆盖~率"),
    ("含“一期”建设", "含“一期”<span class=\"word\">建设</span>"),  # ” may not end a line here
    ("达标", "达标"),
    ("<b>建成</b>平台，完成各项。", "<b>建成</b>平台，完成各~项~。"),
])  # fmt: skip
def test_the_end_of_a_text_stays_in_one_piece(text: str, kept: str) -> None:
    page = html.document_fromstring(f"<table><tr><td class=text>{text}</td></tr></table>")
    shape(page, ())
    (cell,) = page.iter("td")
    inside = html.tostring(cell, encoding="unicode").partition(">")[2].removesuffix("</td>")
    assert inside.replace(MAY_NOT, "~") == kept


@pytest.mark.parametrize(("text", "whole"), [
    ("100%(1000件)", "(1000件)"), ("95%（200户）以上", "（200户）"), ("完成1000台", "1000台"),
])  # fmt: skip
def test_a_count_in_braces_stays_with_its_unit(text: str, whole: str) -> None:
    page = html.document_fromstring(f"<table><tr><td class=figure>{text}</td></tr></table>")
    shape(page, ())
    (cell,) = page.iter("td")
    spans = [span.text for span in cell.iter("span")]
    assert whole in spans or whole in cell.text_content().replace(MAY_NOT, "")
    assert whole in spans or MAY_NOT in cell.text_content()


RATES = """
    <table><colgroup><col class="level1"><col class="weight"><col class="{rate}"></colgroup>
    <tbody class="funding">
    <tr><th>合计</th><td class="number points">10.00</td><td class="number points">{first}</td></tr>
    <tr><th>其中</th><td class="figure">-</td><td class="number points">{second}</td></tr>
    </tbody></table>"""


@pytest.mark.parametrize(("rate", "first", "second", "is_less"), [
    ("score", "97.80%", "97.80%", False),
    ("score", "100.00%", "97.80%", True),
    ("score", "97.80%", "102.59%", True),
    ("reason", "100.00%", "97.80%", False),
    ("reason", "102.59%", "102.59%", False),
])  # fmt: skip
def test_rates_of_a_form_are_set_in_one_size(
    rate: str, first: str, second: str, is_less: bool
) -> None:
    """In smaller print where the longest has no room in its column, and only there."""
    page = html.document_fromstring(RATES.format(rate=rate, first=first, second=second))
    shape(page, ())
    weight, *rates = (cell.get("class") for cell in page.iter("td") if "%" in (cell.text or "")
                      or cell.text == "10.00")  # fmt: skip
    assert weight == "number points"
    assert len(set(rates)) == 1
    assert (rates[0] != weight) is is_less


def test_a_list_cut_amid_an_item_goes_on_counting() -> None:
    cell = html.fragment_fromstring("<div><ol><li>甲乙</li><li>丙丁</li><li>戊</li></ol></div>")
    (items,) = cut(cell, 3)
    assert [item.text for item in items] == ["丁", "戊"]
    assert items[0].get("class") == "goes-on"
    assert items.get("style") == "counter-reset: list-item 1"  # 丁 counts 2, 戊 counts 3
    whole = html.fragment_fromstring("<div><ol><li>甲乙</li><li>丙丁</li></ol></div>")
    (items,) = cut(whole, 2)
    assert items.get("style") == "counter-reset: list-item 1"
    assert items[0].get("class") is None


def test_headings_of_merged_and_spanning_cells() -> None:
    table = html.fragment_fromstring("""
        <table>
        <tr><th scope=row>项目</th><td colspan=3>名</td></tr>
        <tr><th scope=row rowspan=3>资金</th><td></td>
            <th scope=col>预算</th><th scope=col>执行</th></tr>
        <tr><th scope=row>合计</th><td>1</td><td>2</td></tr>
        <tr><th scope=row>其中</th><td>3</td><td>4</td></tr>
        <tr><th scope=row colspan=2>备注</th><td colspan=2>5</td></tr>
        </table>""")
    found = {
        cell.text: [heading.text for heading in of]
        for cell, of in headings(table.iter("tr")).items()
    }
    assert found == {
        "名": ["项目"],
        None: ["资金"],
        "1": ["资金", "合计", "预算"],
        "2": ["资金", "合计", "执行"],
        "3": ["资金", "其中", "预算"],
        "4": ["资金", "其中", "执行"],
        "5": ["备注"],
    }


def test_points_of_a_level_part_no_heading_from_its_cells() -> None:
    table = html.fragment_fromstring("""
        <table>
        <tr><th scope=col>一级</th><th scope=col>分值</th><th scope=col>指标</th>
            <th scope=col>得分</th></tr>
        <tr><th scope=row rowspan=2>产出</th><td class="label points" rowspan=2>50</td>
            <th scope=row>期数</th><td>1</td></tr>
        <tr><th scope=row>人数</th><td>2</td></tr>
        </table>""")
    found = {
        cell.text: [heading.text for heading in of]
        for cell, of in headings(table.iter("tr")).items()
    }
    assert found == {
        "50": ["产出", "分值"],
        "1": ["产出", "期数", "得分"],
        "2": ["产出", "人数", "得分"],
    }


def test_an_indicator_that_is_cut_stands_in_two_parts() -> None:
    breaks = (Break(GOALS, (9, 0)), Break(4), Break(6, (3, 2)), Break(6, (7, 2)))
    assert parts(breaks) == (Part(0, 4), Part(4, 7), Part(6, 7), Part(6, None))
    assert parts(()) == (Part(0, None),)


def test_what_was_planned_behind_a_page_that_ends_elsewhere_is_forgotten() -> None:
    assert settle((), (Break(3), Break(9))) == (Break(3), Break(9))
    assert settle((Break(3), Break(9)), (Break(3), Break(8), Break(12))) == (Break(3), Break(8))
    assert settle((Break(3),), (Break(3), Break(9))) == (Break(3), Break(9))
