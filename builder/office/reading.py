"""Which reader a file needs, by what it holds rather than by its name."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from builder.office import document, encoding, foreign, hypertext, limits, lines, workbook
from builder.office.failing import Unreadable, excessive
from builder.office.package import Package, local
from builder.office.paper import Paper, Refused, Remark

_ZIP = b"PK"
_PDF = re.compile(rb"\s{0,1024}%PDF-")
_PAGE = re.compile(r"<(?:!doctype\s+html|html|body|table|div|meta|head|p|span)[\s>]", re.IGNORECASE)
_READERS: dict[str, Callable[[str, Package, str], Paper]] = {
    "workbook": workbook.read,
    "document": document.read,
}
_USUAL = ("xl/workbook.xml", "word/document.xml")


def read(file: str, data: bytes) -> Paper | Refused:
    """Read a file of an office: .xlsx, .docx, HTML, text with tabs, or a PDF of ours.

    `file` is the name that is told, `data` all its bytes. Nothing in it is run, followed or
    fetched, and its size is bounded before anything is unpacked.
    """
    if len(data) > limits.FILE:
        return too_large(file, len(data))
    try:
        paper = _read(file, data)
        if (rows := sum(len(table.rows) for table in paper.tables)) > limits.ROWS:
            raise excessive(f"有 {rows:,} 行，超过 {limits.ROWS:,} 行")
    except Unreadable as error:
        return Refused(file, error.reason, error.advice)
    if len(paper.remarks) > limits.REMARKS:
        rest = Remark("文件", f"还有 {len(paper.remarks) - limits.REMARKS} 处说明没有列出")
        return replace(paper, remarks=(*paper.remarks[: limits.REMARKS], rest))
    return paper


def too_large(file: str, size: int) -> Refused:
    """What is said of a file of more than `LARGEST_FILE` bytes, which need not be read for it."""
    error = excessive(f"有 {-(-size // limits.MIB)} MiB，超过 {limits.FILE // limits.MIB} MiB")
    return Refused(file, error.reason, error.advice)


def _read(file: str, data: bytes) -> Paper:
    if not data.strip(b"\0 \t\r\n"):
        raise Unreadable("文件是空的", "请核对文件，重新下载或另存一份再导入")
    if data.startswith(_ZIP):
        return _packed(file, Package(data))
    if _PDF.match(data):
        # pikepdf takes longer to import than to read ten forms.
        from builder.office import attachments

        return attachments.read(file, data)
    foreign.refuse(data)
    if len(data) > limits.TEXT:
        raise excessive(f"文字或网页超过 {limits.TEXT // limits.MIB} MiB")
    decoded = encoding.decode(data, hypertext.charset(data))
    if decoded is None:
        raise Unreadable("不认得这种文件", "请用 Excel 或 WPS 另存为 .xlsx 再导入")
    text, lost = decoded
    # What stands in front of the first element of a page is short: a declaration, a comment.
    is_page = text.lstrip("\ufeff \t\r\n").startswith("<") and _PAGE.search(text[:4096])
    paper = hypertext.read(file, text) if is_page else lines.read(file, text)
    if lost:
        told = f"有 {lost} 个字的编码不对，认不出来，读成了 �，请对照原文改正"
        return replace(paper, remarks=(Remark("文件", told), *paper.remarks))
    return paper


def _packed(file: str, package: Package) -> Paper:
    """An archive, by what its main part is."""
    links = package.links("").values()
    named = [link.target for link in links if link.kind == "officeDocument"]
    for main in (*named, *_USUAL):
        if main.endswith(".xml") and main in package:
            root = package.tree(main)
            reader = None if root is None else _READERS.get(local(root))
            if reader:
                return reader(file, package, main)
    mime = package.read("mimetype") if "mimetype" in package else b""
    raise foreign.archive(set(package), mime)
