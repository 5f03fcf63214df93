"""Whatever a file holds, it is read or refused: soon, in little memory, and without harm."""

from __future__ import annotations

import io
import random
import struct
import tracemalloc
import zipfile
import zlib

import pikepdf
import pytest

from builder.office import Paper, Refused, limits, read
from tests.support import office_forms
from tests.support.parts import S, docx, word, xlsx, zipped

SHEET = "xl/worksheets/sheet1.xml"


def refused(data: bytes, file: str = "表.xlsx") -> str:
    found = read(file, data)
    assert isinstance(found, Refused), found
    return found.reason


def sheet(inside: str) -> bytes:
    return xlsx("", more={SHEET: inside})


@pytest.mark.parametrize(
    "declared",
    [
        '<!DOCTYPE a [<!ENTITY x "y">]><worksheet>&x;</worksheet>',
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><worksheet>&x;</worksheet>',
        '<!DOCTYPE a SYSTEM "http://localhost/a.dtd"><worksheet/>',
        '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
        '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><worksheet a="&c;&c;&c;"/>',
        '<!DOCTYPE a [<!ENTITY % x SYSTEM "file:///etc/passwd"> %x;]><worksheet/>',
    ],
)
@pytest.mark.parametrize("name", [SHEET, "xl/workbook.xml", "xl/styles.xml", "_rels/.rels"])
def test_declarations_are_refused_in_every_part(name: str, declared: str) -> None:
    for encoding in ("utf-8", "utf-16"):
        assert refused(xlsx("", more={name: declared.encode(encoding)}))


def test_entities_are_refused_in_documents() -> None:
    body = '<!DOCTYPE a [<!ENTITY x "y">]>' + word("document", "<w:body/>")
    assert refused(docx("", {"word/document.xml": body}), "表.docx")


@pytest.mark.parametrize("name", ["../a", "/a", "xl/../../a", "C:/a", "..\\a", "\\a"])
def test_names_that_lead_elsewhere_are_refused(name: str) -> None:
    assert refused(xlsx("", more={name: "x"}))


def test_names_that_come_twice_are_refused() -> None:
    assert refused(xlsx("", more={SHEET.upper(): "x"}))
    out = io.BytesIO(xlsx(""))
    with zipfile.ZipFile(out, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr(SHEET, "x")
    assert refused(out.getvalue())


def test_parts_that_lie_over_each_other_are_refused() -> None:
    """Many names for the same packed bytes: a bomb that needs no nesting."""
    packed = zlib.compress(b"<worksheet/>")[2:-4]
    name = b"a.xml"
    facts = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 33, 0, len(packed), 12, len(name), 0)
    local = b"PK\x03\x04" + facts + name + packed
    entries = b"".join(
        b"PK\x01\x02" + struct.pack("<H", 20) + facts + struct.pack("<HHHII", 0, 0, 0, 0, 0)
        + f"{number:05d}".encode()
        for number in range(50)
    )  # fmt: skip
    end = struct.pack("<HHHHIIH", 0, 0, 50, 50, len(entries), len(local), 0)
    assert refused(local + entries + b"PK\x05\x06" + end)


def test_bombs_are_refused() -> None:
    assert refused(xlsx("", more={SHEET: b" " * (8 * limits.MIB)}))
    assert refused(xlsx("", more={"xl/workbook.xml": bytes(limits.PART + 1)}))
    assert refused(zipped({f"{number}": "" for number in range(limits.PARTS + 1)}))


def test_a_size_that_is_not_true_is_refused() -> None:
    data = bytearray(sheet(" " * 5_000))
    at = data.rindex(SHEET.encode()) - 46
    data[at + 24 : at + 28] = struct.pack("<I", 10)
    assert refused(bytes(data))


def test_no_more_is_unpacked_than_was_said() -> None:
    name = "xl/workbook.xml"
    data = bytearray(xlsx("", more={name: bytes(100 * limits.MIB)}))
    at = data.rindex(name.encode()) - 46
    data[at + 24 : at + 28] = struct.pack("<I", 1_000)
    tracemalloc.start()
    assert refused(bytes(data))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 5 * limits.MIB


def test_tags_are_counted_while_a_part_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    many = "".join(f'<a b="{number}"/>' for number in range(2_000))
    rows = "".join(f'<row r="{number}"/>' for number in range(1, 2_000))
    assert isinstance(read("表.xlsx", sheet(f"<worksheet>{many}</worksheet>")), Paper)
    long = "".join(f' a{number}=""' for number in range(200_000))
    assert refused(sheet(f"<worksheet{long}/>"))
    monkeypatch.setattr(limits, "LONG_TAGS", 1_000)
    assert refused(sheet(f"<worksheet>{many}</worksheet>"))
    assert refused(sheet(f'<worksheet xmlns="{S}"><sheetData>{rows}</sheetData></worksheet>'))
    monkeypatch.setattr(limits, "TAGS", 1_000)
    assert refused(docx("<w:p/>" * 2_000), "表.docx")


def test_other_ways_to_pack_are_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    assert refused(out.getvalue())


def test_depth_has_an_end() -> None:
    deep = "<a>" * 50_000
    assert refused(sheet(deep + "</a>" * 50_000))
    for tag in ("w:sdt", "w:ins", "w:tbl", "w:r", "w:smartTag"):
        inside = f"<{tag}>" * 250 + f"</{tag}>" * 250
        assert isinstance(read("表.docx", docx(f"{inside}<w:p>{inside}</w:p>")), Paper | Refused)


def test_tables_in_tables_have_an_end() -> None:
    body = "<w:tbl><w:tr><w:tc>" * 70 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 70
    assert isinstance(read("表.docx", docx(body)), Paper)
    boxes = "<w:p><w:r><w:pict><w:txbxContent>" * 60 + "</w:txbxContent></w:pict></w:r></w:p>" * 60
    assert isinstance(read("表.docx", docx(boxes)), Paper)


def test_large_numbers_mean_nothing() -> None:
    rows = (
        '<row r="99999999999"><c r="A1"><v>1</v></c></row><row r="2"><c r="ZZZ9"><v>1</v></c>'
        '<c r="A2" s="99999999999"><v>1E999999999</v></c><c t="s"><v>99999999</v></c>'
        f'<c r="C2"><v>{"9" * 5_000}</v></c><c r="D2"><v>1</v></c></row>'
    )
    paper = read("表.xlsx", xlsx(rows, before='<cols><col min="0" max="-1" hidden="1"/></cols>'))
    assert isinstance(paper, Paper)
    facts = '<w:gridSpan w:val="999999999"/><w:vMerge/>'
    body = f"<w:tbl><w:tr><w:tc><w:tcPr>{facts}</w:tcPr><w:p/></w:tc></w:tr></w:tbl>"
    assert isinstance(read("表.docx", docx(body)), Paper)


def test_remarks_have_an_end() -> None:
    rows = "".join(f'<row r="{n}"><c><v>1234567890123456{n}</v></c></row>' for n in range(1, 3_000))
    paper = read("表.xlsx", xlsx(rows))
    assert isinstance(paper, Paper)
    assert len(paper.remarks) == limits.REMARKS + 1


def pdf_with(
    content: bytes, name: str = "表.yaml", relationship: str = "/Source", ballast: int = 0
) -> bytes:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    stream = pikepdf.Stream(pdf, content)
    specification = pikepdf.Dictionary(
        Type=pikepdf.Name.Filespec,
        UF=name,
        EF=pikepdf.Dictionary(F=stream),
        AFRelationship=pikepdf.Name(relationship),
    )
    pdf.Root.AF = pikepdf.Array([pdf.make_indirect(specification)])
    pdf.Root.Ballast = pikepdf.String("x" * ballast)
    out = io.BytesIO()
    pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def test_our_pdfs_carry_their_authors_file() -> None:
    paper = read("表.pdf", pdf_with("项目名称: 甲\n".encode()))
    assert isinstance(paper, Paper)
    assert (paper.ready, paper.tables) == ({"表.yaml": "项目名称: 甲\n"}, ())
    assert refused(pdf_with(b"{}", "report.json"), "表.pdf")
    assert refused(pdf_with(b"a: 1", relationship="/Data"), "表.pdf")
    assert refused(pdf_with(b"\xff\xfe\xfd"), "表.pdf")
    assert refused(pdf_with(bytes(20 * limits.MIB)), "表.pdf")
    # What has to be unpacked before anything is found.
    assert refused(pdf_with(b"a: 1", ballast=limits.PART), "表.pdf")


def whole_files() -> dict[str, bytes]:
    page = "<html><meta charset=gbk><table><tr><td rowspan=2>甲<td>乙<tr><td>丙</table>"
    return {
        "表.xlsx": office_forms.xlsx("202"),
        "表.docx": office_forms.docx("207"),
        "表.html": page.encode("gbk"),
        "表.txt": '项目\t"甲\n乙"\n| 丙 | 丁 |\n'.encode(),
        "表.pdf": pdf_with(b"a: 1\n"),
    }


@pytest.mark.parametrize("file", ["表.xlsx", "表.docx", "表.html", "表.txt", "表.pdf"])
def test_broken_files_are_read_or_refused(file: str) -> None:
    data = whole_files()[file]
    chance = random.Random(17)  # noqa: S311
    for _ in range(40):
        broken = bytearray(data)
        for _ in range(chance.randint(1, 12)):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        cut = chance.choice([len(broken), chance.randrange(len(broken))])
        assert isinstance(read(file, bytes(broken[:cut])), Paper | Refused)


@pytest.mark.parametrize("file", ["表.xlsx", "表.docx"])
def test_broken_parts_are_read_or_refused(file: str) -> None:
    """Archives that are sound, so that the harm reaches the readers behind."""
    with zipfile.ZipFile(io.BytesIO(whole_files()[file])) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    chance = random.Random(17)  # noqa: S311
    for _ in range(25):
        name = chance.choice([name for name in parts if name.endswith((".xml", ".rels"))])
        pieces = parts[name].split(b'"')
        for _ in range(chance.randint(1, 6)):
            at = chance.randrange(len(pieces))
            pieces[at] = chance.choice([b"", b"-1", b"99999999999", b"x", pieces[at // 2]])
        broken = {**parts, name: b'"'.join(pieces)}
        assert isinstance(read(file, zipped(broken)), Paper | Refused)


def test_nothing_is_asked_of_the_network_or_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_args: object, **_kwargs: object) -> None:
        raise AssertionError("asked")

    files = whole_files()
    monkeypatch.setattr("builtins.open", never)
    monkeypatch.setattr("socket.socket", never)
    for file, data in files.items():
        assert isinstance(read(file, data), Paper)


def test_the_namespace_of_a_sheet_does_not_matter_to_its_limits() -> None:
    assert isinstance(read("表.xlsx", sheet(f'<worksheet xmlns="{S}"/>')), Paper)
