"""The bound annual volume, as a printer, a screen reader and an accountant take it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import simplejson

from builder.cli import main
from tests import verapdf
from tests.conftest import ROOT
from tests.volumes import DEPARTMENTS, WITHHELD, pages_of, write_content

COUNT = 42
MM = 72 / 25.4


@dataclass
class Volume:
    """A built volume: its file, and the text of each of its pages."""

    path: Path

    @cached_property
    def texts(self) -> list[str]:
        return pages_of(self.path)

    @cached_property
    def pdf(self) -> pikepdf.Pdf:
        return pikepdf.open(self.path)

    @cached_property
    def places(self) -> dict[str, int]:
        """The page (from 0) of every named destination."""
        pages: dict[Any, int] = {page.objgen: number for number, page in enumerate(self.pdf.pages)}
        names = pikepdf.NameTree(self.pdf.Root.Names.Dests)
        return {name: pages[place[0].objgen] for name, place in names.items()}

    @cached_property
    def labels(self) -> list[str]:
        return [page.label for page in self.pdf.pages]


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of many reports."""
    folder = tmp_path_factory.mktemp("volume")
    site = "主办单位: 某市财政局\n发布日期: 2025-08-20\n"
    write_content(folder / "content", COUNT, site)
    return built(folder)


def built(folder: Path, *options: str) -> Path:
    content, output = str(folder / "content"), folder / "output"
    assert main(["build", "--content", content, "--output", str(output), *options]) == 0
    return output


@pytest.fixture(scope="module")
def volume(output: Path) -> Volume:
    return Volume(output / "2024/compendium.pdf")


@pytest.fixture(scope="module")
def reports(output: Path) -> list[Any]:
    """What was published of every report."""
    found = [
        simplejson.loads(path.read_text(encoding="utf-8"), use_decimal=True)
        for path in sorted(output.glob("2024/*/report.json"))
    ]
    assert len(found) == COUNT
    return found


def stem(report: Any) -> str:
    return str(report["编号"]).removeprefix("2024/")


def test_the_volume_conforms_to_pdf_a_3a_and_pdf_ua_1(volume: Volume, tmp_path: Path) -> None:
    verdicts = verapdf.check({"volume": volume.path.read_bytes()}, tmp_path)
    assert [v.profile for v in verdicts if v.compliant and v.checks > 10_000] == [
        verapdf.PDF_A, verapdf.PDF_UA,
    ]  # fmt: skip


def test_every_form_says_what_the_project_pdf_says(
    volume: Volume, reports: list[Any], output: Path
) -> None:
    for report in reports:
        first = volume.places[stem(report)]
        alone = pages_of(output / "2024" / stem(report) / f"{stem(report)}.pdf")
        for number, text in enumerate(alone):
            shown = volume.texts[first + number]
            label = f"—{volume.labels[first + number]}—"
            head = report["主管部门"] + report["项目名称"]
            assert shown == re.sub(r"第\d+页，共\d+页", "", text) + label + head


def test_every_figure_of_the_summary_is_that_of_the_reports(
    volume: Volume, reports: list[Any]
) -> None:
    text = volume.texts[volume.places["volume:汇总表"]]
    for name in (*DEPARTMENTS, "合计"):
        members = [r for r in reports if name in (r["主管部门"], "合计")]
        unit = {"元": Decimal(10_000), "万元": Decimal(1)}
        funds = [r["项目资金"] for r in members]
        budget, spent = (
            sum(f["年度资金总额"][key] / unit[f["单位"]] for f in funds)
            for key in ("全年预算数", "全年执行数")
        )
        average = sum(r["总分"] for r in members) / len(members)
        grades = "".join(str(sum(r["评分等级"] == g for r in members)) for g in "优良中差")
        rate = int(spent / budget * 10_000) / Decimal(100)  # truncated, as the site's rule says
        row = f"{name}{len(members)}{budget:,.2f}{spent:,.2f}{rate:.2f}%"
        assert row in text
        rest = text.partition(row)[2]
        assert abs(Decimal(rest[:5]) - average) <= Decimal("0.005")
        assert rest[5:].startswith(grades)


def test_every_deviation_is_listed_with_its_points(volume: Volume, reports: list[Any]) -> None:
    start, end = volume.places["volume:偏差事项一览"], volume.labels.index("1")
    text = "".join(volume.texts[start:end])
    short = [
        (report, line)
        for report in reports
        for line in report["绩效指标"]
        if line["得分"] is not None and line["得分"] < line["分值"]
    ]
    assert len(short) >= 10
    for report, line in short:
        page = volume.labels[volume.places[stem(report)]]
        row = rf"{line['三级指标']}{line['分值']:.2f}{line['得分']:.2f}.{{1,200}}?{page}"
        assert re.search(row, text), row


def test_forms_and_chapters_begin_on_right_hand_pages(volume: Volume) -> None:
    assert {place % 2 for place in volume.places.values()} <= {0, 1}
    assert [n for n, place in volume.places.items() if place % 2 and n != "volume:封底"] == []
    for name, place in volume.places.items():
        if not name.startswith("volume:"):
            assert int(volume.labels[place]) % 2 == 1
    assert len(volume.labels) % 2 == 0
    assert volume.places["volume:封底"] == len(volume.labels) - 1


def test_pages_between_are_truly_blank(volume: Volume) -> None:
    blank = [page for page in volume.pdf.pages if "/Contents" not in page]
    empty = [text for text in volume.texts if not text]
    assert len(blank) == len(empty) > COUNT / 2
    assert all("/StructParents" not in page for page in blank)


def test_contents_and_index_lead_to_the_page_they_print(volume: Volume) -> None:
    led = set()
    for page in volume.pdf.pages:
        for link in page.get("/Annots", ()):
            target = str(link.Dest)
            assert target in volume.places
            assert link.Contents
            led.add(target)
    assert led >= {name for name in volume.places if not name.startswith("volume:")}
    text = "".join(volume.texts[volume.places["volume:目录"] : volume.places["volume:汇总表"]])
    for name, place in volume.places.items():
        if name.startswith("xiangmu"):
            title = title_of(volume, name)
            assert re.search(rf"{re.escape(title)}{volume.labels[place]}(?=\D|$)", text), title


def title_of(volume: Volume, name: str) -> str:
    return next(title for title, target in bookmarks(volume.pdf.Root.Outlines) if target == name)


def bookmarks(node: Any) -> Iterator[tuple[str, str]]:
    """Bookmarks with their destinations, in order, and those below."""
    child = node.get("/First")
    while child is not None:
        yield str(child.Title), str(child.Dest)
        yield from bookmarks(child)
        child = child.get("/Next")


def test_bookmarks_are_departments_with_their_projects(volume: Volume, reports: list[Any]) -> None:
    found = list(bookmarks(volume.pdf.Root.Outlines))
    titles = [title for title, _ in found]
    assert titles[:3] == ["封面", "扉页", "前言"]
    assert {r["项目名称"] for r in reports} <= set(titles)
    department = ""
    by_stem = {stem(report): report for report in reports}
    for title, target in found:
        if target.startswith("department:"):
            department = title
        elif target in by_stem:
            assert by_stem[target]["主管部门"] == department


def test_what_is_withheld_is_in_no_object(volume: Volume) -> None:
    assert not any(WITHHELD in text for text in volume.texts)
    for item in volume.pdf.objects:
        data = bytes(item.unparse()) if not isinstance(item, pikepdf.Stream) else item.read_bytes()
        for encoding in ("utf-8", "utf-16-be"):
            assert WITHHELD.encode(encoding) not in data
            assert WITHHELD.encode(encoding).hex().encode() not in data.lower()


def test_each_face_is_embedded_once(volume: Volume) -> None:
    fonts = volume.pdf.pages[-2].Resources.Font
    programs = [f.DescendantFonts[0].FontDescriptor.FontFile2.objgen for f in fonts.values()]
    assert len(set(programs)) == 2  # Song, regular and bold
    embedded = [o for o in volume.pdf.objects if isinstance(o, pikepdf.Stream) and "/Length1" in o]
    assert len(embedded) == 2


def test_the_margin_at_the_binding_is_wider(volume: Volume) -> None:
    """By 装订线, on either side of a sheet."""
    moves = {0: 0.0, 1: 0.0}
    for place in (volume.labels.index("3"), volume.places["volume:项目索引"]):
        streams = volume.pdf.pages[place].Contents
        moves[place % 2] = float(streams[0].read_bytes().split()[5]) / MM
    assert moves[0] == pytest.approx(5, abs=0.01)


def test_content_of_one_kind_gives_the_same_bytes(tmp_path: Path) -> None:
    files = []
    for jobs in ("1", "2"):
        output = tmp_path / jobs / "output"
        arguments = ["build", "--content", str(ROOT / "content"), "--output", str(output)]
        assert main([*arguments, "--jobs", jobs]) == 0
        files.append((output / "2024/compendium.pdf").read_bytes())
    assert files[0] == files[1]


def test_annexes_are_bound_behind_their_forms(tmp_path: Path) -> None:
    write_content(tmp_path / "content", 4, "附评分说明: 是\n")
    output = built(tmp_path)
    volume = Volume(output / "2024/compendium.pdf")
    files = {path.stem: path for path in output.glob("2024/*/xiangmu-*.pdf")}
    assert len(files) == 4
    for name, path in files.items():
        alone, first = pages_of(path), volume.places[name]
        assert len(alone) > 1
        annex = next(n for n, text in enumerate(alone) if text.startswith("附：评分说明"))
        assert 0 < annex < len(alone)
        for number, text in enumerate(alone):
            footer = f"第{number + 1}页，共{len(alone)}页"
            assert text.endswith(footer)
            label = f"—{int(volume.labels[first]) + number}—"
            assert volume.texts[first + number].startswith(text.removesuffix(footer) + label)
        assert (first + 1) % 2 == 1
        report = simplejson.loads((path.parent / "report.json").read_bytes(), use_decimal=True)
        told = "".join(alone[annex:])
        for point in report["绩效指标"]:
            assert "".join(point["评分说明"].split()) in told
    pdfs = {"volume": volume.path.read_bytes()}
    pdfs |= {name: path.read_bytes() for name, path in files.items()}
    assert [v for v in verapdf.check(pdfs, tmp_path) if not v.compliant] == []


@pytest.mark.parametrize("split", ["部门", "10"])
def test_a_year_may_be_divided_into_volumes(split: str, tmp_path: Path) -> None:
    site = f"汇编: {{分册: {split}, 裁切标记: 是, 装订线: 12}}\n"
    write_content(tmp_path / "content", 8, site)
    output = built(tmp_path)
    files = sorted(output.glob("2024/compendium*.pdf"))
    assert len(files) > 1
    index = (output / "2024/index.html").read_text(encoding="utf-8")
    last, listed = 0, set()
    for number, path in enumerate(files, start=1):
        assert path.name == f"compendium-{number}.pdf"
        assert path.name in index
        volume = Volume(path)
        numbers = [int(label) for label in volume.labels if label.isdecimal()]
        assert numbers[0] == last + 1 + last % 2
        last = max(int(volume.labels[p]) for n, p in volume.places.items() if ":" not in n)
        last += last % 2
        listed.add(re.sub(r"[^一-鿿]", "", volume.texts[volume.places["volume:目录"]]))
        assert float(volume.pdf.pages[0].mediabox[0]) < 0
    contents = {
        re.sub("编制说明|前言|汇总表|图表|偏差事项一览|附录|项目索引|指标索引", "", t)
        for t in listed
    }
    assert len(contents) == 1
