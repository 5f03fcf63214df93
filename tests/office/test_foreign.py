"""Files that are not read are refused with what their owners can do."""

from __future__ import annotations

import pytest

from builder.office import LARGEST_FILE, Paper, Refused, limits, read, too_large
from tests.support.parts import docx, links, word, xlsx, zipped

ODF = "application/vnd.oasis.opendocument"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def stream(name: str) -> bytes:
    return OLE + name.encode("utf-16-le") + bytes(64)


REFUSED = {
    "旧.doc": (stream("WordDocument"), "（*.docx）"),
    "旧.xls": (stream("Workbook"), "（*.xlsx）"),
    "旧.et": (stream("Book"), "（*.xlsx）"),
    "旧.wps": (stream("WordDocument"), "（*.docx）"),
    "旧.ppt": (stream("PowerPoint Document"), "另存为"),
    "不明.bin": (OLE, "另存为"),
    "密.xlsx": (stream("EncryptedPackage"), "密码"),
    "表.ods": (zipped({"mimetype": f"{ODF}.spreadsheet"}), "（*.xlsx）"),
    "文.odt": (zipped({"mimetype": f"{ODF}.text"}), "（*.docx）"),
    "版.ofd": (zipped({"OFD.xml": "<a/>"}), ".xlsx"),
    "表.xlsb": (zipped({"[Content_Types].xml": "", "xl/workbook.bin": ""}), "（*.xlsx）"),
    "片.pptx": (zipped({"[Content_Types].xml": "", "ppt/presentation.xml": "<a/>"}), "另存为"),
    "包.zip": (zipped({"表.xlsx": xlsx("")}), "解压"),
    "包.rar": (b"Rar!\x1a\x07\x01\0", "解压"),
    "包.7z": (b"7z\xbc\xaf\x27\x1c", "解压"),
    "图.png": (b"\x89PNG\r\n\x1a\n", ".xlsx"),
    "图.jpg": (b"\xff\xd8\xff\xe0", ".xlsx"),
    "文.rtf": (rb"{\rtf1 x}", "（*.docx）"),
    "页.mht": (b"MIME-Version: 1.0\r\n", "另存为"),
    "表.xml": (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:'
               b'spreadsheet"/>', "（*.xlsx）"),
    "空.xlsx": (b"", "空"),
    "白.txt": (b" \r\n\0", "空"),
    "坏.xlsx": (xlsx("")[:-40], "另存"),
    "乱.dat": (bytes(range(256)) * 4, ".xlsx"),
    "外.pdf": (b"%PDF-1.7\n", ".xlsx"),
}  # fmt: skip


@pytest.mark.parametrize("file", REFUSED)
def test_it_is_refused_with_what_to_do(file: str) -> None:
    data, word = REFUSED[file]
    refused = read(file, data)
    assert isinstance(refused, Refused), refused
    assert refused.file == file
    assert word in refused.reason + refused.advice


@pytest.mark.parametrize("file", ["表.doc", "表.txt", "表"])
def test_content_counts_and_not_the_name(file: str) -> None:
    assert isinstance(read(file, xlsx("<row><c><v>1</v></c></row>")), Paper)
    assert isinstance(read(file, docx("<w:p/>")), Paper)


def test_a_file_is_measured_before_it_is_read() -> None:
    assert isinstance(read("大.xlsx", b"PK" + bytes(LARGEST_FILE)), Refused)
    assert "33 MiB" in too_large("大.xlsx", LARGEST_FILE + 1).reason


def test_a_locked_part_is_refused() -> None:
    data = bytearray(xlsx(""))
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    refused = read("密.xlsx", bytes(data))
    assert isinstance(refused, Refused)
    assert "密码" in refused.advice


def test_macros_are_told_in_documents_too() -> None:
    paper = read("宏.docm", docx("<w:p/>", {"word/vbaProject.bin": b"\0"}))
    assert isinstance(paper, Paper)
    assert [remark.place for remark in paper.remarks] == ["文件"]


def test_a_main_part_is_found_without_being_named() -> None:
    bare = zipped({"word/document.xml": word("document", "<w:body/>"), "_rels/.rels": links()})
    assert isinstance(read("裸.docx", bare), Paper)


def test_a_file_of_too_many_rows_is_refused() -> None:
    row = "产出指标\t数量指标\n"
    assert isinstance(read("多.txt", (row * limits.ROWS).encode()), Paper)
    found = read("多.txt", (row * (limits.ROWS + 1)).encode())
    assert isinstance(found, Refused)
    assert "50,001 行" in found.reason
