"""The bound annual volume, as a printer, a binder and a screen reader take it."""

from __future__ import annotations

import re
import subprocess
from itertools import chain
from pathlib import Path

import pikepdf
import pytest
import simplejson

from tests.conftest import MANY
from tests.support import verapdf
from tests.support.prints import Word
from tests.support.volumes import DEPARTMENTS, WITHHELD, Volume, build, pages_of, write_content

MM = 72 / 25.4
FRONT = ["封面", "扉页", "前言", "编制说明", "目录", "汇总表", "图表", "偏差事项一览"]
BACK = ["附录一　评分规则", "附录二　名词解释", "附录三　项目索引", "附录四　指标索引"]


def forms(volume: Volume) -> dict[str, int]:
    """Where each form begins."""
    return {name: place for name, place in volume.places.items() if ":" not in name}


def test_the_volume_conforms_to_pdf_a_3a_and_pdf_ua_1(volume: Volume, tmp_path: Path) -> None:
    verdicts = verapdf.check({"volume": volume.path.read_bytes()}, tmp_path)
    assert [v.profile for v in verdicts if v.compliant and v.checks > 10_000] == [
        verapdf.PDF_A, verapdf.PDF_UA,
    ]  # fmt: skip


def test_parts_follow_each_other_as_in_a_book(volume: Volume) -> None:
    parts = [title for level, title, _ in volume.bookmarks if level == 1]
    middle = parts[len(FRONT) : -len(BACK)]
    assert parts == [*FRONT, *middle, *BACK]
    assert sorted(middle) == sorted(DEPARTMENTS)
    places = [volume.places[target] for _, _, target in volume.bookmarks]
    assert places == sorted(places)
    assert volume.places["volume:封底"] == len(volume.labels) - 1
    assert len(volume.labels) % 2 == 0


def test_bookmarks_are_departments_with_their_projects(volume: Volume) -> None:
    assert {level for level, _, _ in volume.bookmarks} == {1, 2}
    department, found = "", set()
    for level, title, target in volume.bookmarks:
        if level == 1:
            department = title
        else:
            assert volume.texts[volume.places[target]].endswith(department + title)
            found.add(target)
    assert found == set(forms(volume))


def test_parts_and_departments_begin_on_right_hand_pages(volume: Volume) -> None:
    parts = [(title, volume.places[target]) for level, title, target in volume.bookmarks
             if level == 1]  # fmt: skip
    *opening, _, _, _ = parts  # short appendices behind the first one run on
    assert [title for title, place in opening if place % 2] == []
    assert all(int(volume.labels[place]) % 2 for _, place in opening[len(FRONT) :])
    appendix = volume.places["volume:附录二　名词解释"]
    assert "附录一" in "".join(volume.texts[appendix - 2 : appendix])


def test_forms_follow_one_another(volume: Volume) -> None:
    for place in forms(volume).values():
        assert volume.texts[place - 1]  # a form, the half-title or the list on its back
    lengths = {name: pages_of(volume.path.parent / name / f"{name}.pdf") for name in forms(volume)}
    wide = [place for name, place in forms(volume).items() if len(lengths[name]) == 2]
    assert sum(place % 2 for place in wide) > len(wide) * 0.6  # open as a whole, at no cost


def test_lists_of_projects_stand_where_a_page_would_be_blank(volume: Volume) -> None:
    lists = {name: place for name, place in volume.places.items() if name.startswith("list:")}
    assert 0 < len(lists) < len(DEPARTMENTS)
    for name, place in lists.items():
        department = name.removeprefix("list:")
        assert place == volume.places[f"department:{department}"] + 1
        links = [str(link.Dest) for link in volume.pdf.pages[place].Annots]
        of_chapter = [target for level, target in chapter_of(volume, department) if level == 2]
        assert links == of_chapter
        for target in of_chapter:
            assert volume.labels[volume.places[target]] in volume.texts[place]


def chapter_of(volume: Volume, department: str) -> list[tuple[int, str]]:
    """The bookmarks of a department: its own and those of its forms."""
    found: list[tuple[int, str]] = []
    for level, title, target in volume.bookmarks:
        if level == 1 and found:
            break
        if title == department or found:
            found.append((level, target))
    return found


def test_few_pages_are_blank_and_those_truly(volume: Volume) -> None:
    blank = [page for page in volume.pdf.pages if "/Contents" not in page]
    empty = [text for text in volume.texts if not text]
    assert 0 < len(blank) == len(empty) < len(volume.texts) / 18
    assert all("/StructParents" not in page for page in blank)


def test_numbers_stand_at_the_outer_edge_roman_in_front(volume: Volume) -> None:
    first = volume.places[f"department:{volume.bookmarks[len(FRONT)][1]}"]
    assert volume.labels[2:6] == ["i", "ii", "iii", "iv"]
    assert volume.labels[first : first + 3] == ["1", "2", "3"]
    bare = set(range(4)) | {len(volume.texts) - 1}  # covers, title page and its back
    bare |= {place for name, place in volume.places.items() if name.startswith("department:")}
    upright = 0
    for place, (text, words) in enumerate(zip(volume.texts, volume.words, strict=True)):
        if not text or place in bare:
            assert "—" not in text
            continue
        assert f"—{volume.labels[place]}—" in text
        if "/Rotate" not in volume.pdf.pages[place]:
            number = next(w for w in reversed(words) if w.text == volume.labels[place])
            assert number.top > 275 * MM
            assert (number.left > 150 * MM) if place % 2 == 0 else (number.right < 60 * MM)
            upright += 1
    assert upright > MANY


def test_wide_tables_lie_with_their_head_to_the_left(volume: Volume) -> None:
    """On both sides of a sheet, as GB/T 9704 has it: turned clockwise, they can be read."""
    start = volume.places["volume:偏差事项一览"]
    turned = [place for place, page in enumerate(volume.pdf.pages) if page.get("/Rotate") == 90]
    assert turned == list(range(start, start + len(turned)))
    assert len(turned) > 1
    for place in turned:
        head = next(word for word in volume.words[place] if word.text == "项目")
        assert head.top < 60 * MM
        streams = volume.pdf.pages[place].Contents
        assert b"0 1 -1 0 " in b"".join(stream.read_bytes() for stream in streams)


def test_the_margin_at_the_binding_is_wider(volume: Volume) -> None:
    """By 装订线, on either side of a sheet; covers go round the book."""
    first = set(forms(volume).values())
    turns = set()
    for place in range(min(first), volume.places["volume:附录一　评分规则"]):
        head = [word for word in volume.words[place] if word.top < 20 * MM]
        if not head:
            continue
        left, right = min(w.left for w in head), max(w.right for w in head)
        inner, outer = left, 210 * MM - right
        if place % 2:
            inner, outer = outer, inner
        turns.add(place % 2)
        assert inner - outer == pytest.approx(10 * MM, abs=0.5)
        if place in first:
            title = next(w for w in volume.words[place] if w.text == "财政项目支出绩效自评表")
            assert (title.left + title.right) / 2 == pytest.approx((left + right) / 2, abs=0.5)
    assert turns == {0, 1}
    moves = [volume.pdf.pages[n].Contents[0].read_bytes().split()[5] for n in (0, 2, -1)]
    assert [float(move) / MM for move in moves] == [0, pytest.approx(5, abs=0.01), 0]


def test_nothing_stands_outside_the_margins(volume: Volume) -> None:
    for page, words in zip(volume.pdf.pages, volume.words, strict=True):
        width, height = (297, 210) if "/Rotate" in page else (210, 297)
        for word in words:
            assert 11 * MM < word.left < word.right < (width - 11) * MM
            assert 11 * MM < word.top < word.bottom < (height - 11) * MM


def test_lists_lead_to_the_page_they_print(volume: Volume) -> None:
    led: dict[str, set[str]] = {}
    for page in volume.pdf.pages:
        for link in page.get("/Annots", ()):
            assert str(link.Dest) in volume.places
            assert link.Contents
            led.setdefault(part_of(volume, page.index), set()).add(str(link.Dest))
    departments = {name for name in volume.places if name.startswith("department:")}
    everywhere = set(forms(volume))
    listed = {target for _, title, target in volume.bookmarks if title in (*FRONT[2:], *BACK)}
    assert led["目录"] == everywhere | departments | listed - {"volume:目录"}
    assert led["汇总表"] == departments
    assert led["附录三　项目索引"] == led["附录四　指标索引"] == everywhere
    assert led["偏差事项一览"] < everywhere
    for title in ("目录", "附录三　项目索引"):
        text = volume.part("".join(title.split())).text
        for _, name, target in volume.bookmarks:
            if target in everywhere:
                label = volume.labels[volume.places[target]]
                assert re.search(rf"{re.escape(name)}{label}(?=\D|$)", text), name


def part_of(volume: Volume, page: int) -> str:
    """The title of the part that a page stands in."""
    return [title for _, title, target in volume.bookmarks if volume.places[target] <= page][-1]


def test_what_is_withheld_is_in_no_object(volume: Volume) -> None:
    assert not any(WITHHELD in text for text in volume.texts)
    for item in volume.pdf.objects:
        data = bytes(item.unparse()) if not isinstance(item, pikepdf.Stream) else item.read_bytes()
        for encoding in ("utf-8", "utf-16-be"):
            assert WITHHELD.encode(encoding) not in data
            assert WITHHELD.encode(encoding).hex().encode() not in data.lower()


def test_a_withheld_report_makes_no_difference(tmp_path: Path) -> None:
    files = []
    for name in ("with", "without"):
        write_content(tmp_path / name / "content", 3)
        if name == "without":
            (tmp_path / name / "content/2024/xiangmu-9999.yaml").unlink()
        files.append((build(tmp_path / name) / "2024/compendium.pdf").read_bytes())
    assert files[0] == files[1]


def test_each_face_is_embedded_once(volume: Volume) -> None:
    fonts = volume.pdf.pages[-2].Resources.Font
    programs = [f.DescendantFonts[0].FontDescriptor.FontFile2.objgen for f in fonts.values()]
    assert len(set(programs)) == 2  # Song, regular and bold
    embedded = [o for o in volume.pdf.objects if isinstance(o, pikepdf.Stream) and "/Length1" in o]
    assert len(embedded) == 2


def test_annexes_are_bound_behind_their_forms(tmp_path: Path) -> None:
    write_content(tmp_path / "content", 4, "附评分说明: 是\n")
    output = build(tmp_path)
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
        report = simplejson.loads((path.parent / "report.json").read_bytes(), use_decimal=True)
        told = "".join(alone[annex:])
        for point in report["绩效指标"]:
            assert "".join(point["评分说明"].split()) in told
    pdfs = {"volume": volume.path.read_bytes()}
    pdfs |= {name: path.read_bytes() for name, path in files.items()}
    assert [v for v in verapdf.check(pdfs, tmp_path) if not v.compliant] == []


@pytest.mark.parametrize("split", ["部门", "10"])
def test_a_year_may_be_divided_into_volumes(
    split: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site = f"汇编: {{分册: {split}, 裁切标记: 是, 装订线: 12, 纸厚: 0.25}}\n"
    write_content(tmp_path / "content", 8, site)
    output = build(tmp_path)
    log = capsys.readouterr().err
    files = sorted(output.glob("2024/compendium*.pdf"))
    assert len(files) > 1
    index = (output / "2024/index.html").read_text(encoding="utf-8")
    last, listed, volumes = 0, set(), []
    for number, path in enumerate(files, start=1):
        assert path.name == f"compendium-{number}.pdf"
        assert path.name in index
        volume = Volume(path)
        blank = volume.texts.count("")
        assert f"{path.name}：{len(volume.labels)} 页，其中空白 {blank} 页" in log
        assert f"书脊约 {len(volume.labels) * 0.25 / 2:.1f} 毫米" in log
        numbers = [int(label) for label in volume.labels if label.isdecimal()]
        assert numbers[0] == last + 1 + last % 2
        last = max(int(n) for n, text in zip(volume.labels, volume.texts, strict=True)
                   if n.isdecimal() and "—" in text)  # fmt: skip
        listed.add(volume.part("目录").text)
        volumes.append(volume)
        marked = [page.mediabox[0] < 0 and page.trimbox[0] == 0 for page in volume.pdf.pages]
        assert all(marked)
    assert len(listed) == 1, "the contents are not the same in all volumes"
    contents = listed.pop()
    for volume, names, ordinal in ((volumes[0], FRONT[5:], "一"), (volumes[-1], BACK, ".")):
        for name in names:
            label = volume.labels[volume.places[f"volume:{name}"]]
            assert re.search(rf"{''.join(name.split())}第{ordinal}册{label}(?!\d)", contents)


def test_every_form_on_a_right_hand_page_for_who_wants_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_content(tmp_path / "content", 8, "汇编: {每表单页起: 是}\n")
    volume = Volume(build(tmp_path) / "2024/compendium.pdf")
    places = forms(volume).values()
    assert len(places) == 8
    assert all(place % 2 == 0 and int(volume.labels[place]) % 2 for place in places)
    assert not any(name.startswith("list:") for name in volume.places)
    assert "每份自评表都从单数页起排" in volume.part("编制说明").text
    assert f"其中空白 {volume.texts.count('')} 页" in capsys.readouterr().err


def test_the_summary_stands_in_even_columns(volume: Volume) -> None:
    """The same air between all, figures under one another to the point, zeros quiet."""
    place = volume.places["volume:汇总表"]
    words = volume.words[place]
    head = next(word for word in words if word.text == "主管部门")
    headings = [word for word in words if abs(word.top - head.top) < 2][1:]
    assert [word.text for word in headings][-4:] == ["优", "良", "中", "差"]
    ends = [word.right for word in headings]
    cells: list[list[Word]] = [[] for _ in ends]
    for word in words:
        if word.top > head.bottom and word.text[0].isdecimal():
            column = min(range(len(ends)), key=lambda n: abs(ends[n] - word.right))
            cells[column].append(word)
            assert word.right == pytest.approx(ends[column], abs=0.1)
    assert {len(column) for column in cells} == {len(DEPARTMENTS) + 1}
    starts = [min(word.left for word in (heading, *column))
              for heading, column in zip(headings, cells, strict=True)]  # fmt: skip
    gaps = [start - end for start, end in zip(starts[1:], ends, strict=False)]
    assert gaps == pytest.approx([4 * MM] * len(gaps), abs=1)
    for word in chain.from_iterable(cells):
        assert (darkness(volume, place, word) < 0.5) == (word.text == "0"), word.text


def darkness(volume: Volume, place: int, word: Word) -> float:
    """Of the darkest point of a word, where ink is nearly 1."""
    box = [f"{round(n * 200 / 72)}" for n in
           (word.left, word.top, word.right - word.left, word.bottom - word.top)]  # fmt: skip
    page = f"{place + 1}"
    shown = subprocess.run(
        ["pdftoppm", "-r", "200", "-gray", "-f", page, "-l", page, "-x", box[0], "-y", box[1],
         "-W", box[2], "-H", box[3], str(volume.path)],
        check=True, capture_output=True,
    ).stdout  # fmt: skip
    return 1 - min(shown.split(b"\n", 3)[3]) / 255
