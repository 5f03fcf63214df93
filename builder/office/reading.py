"""Which reader a file needs, by what it holds rather than by its name."""

from __future__ import annotations

from builder.office import document, limits, workbook
from builder.office.failing import Unreadable, excessive
from builder.office.package import Package
from builder.office.paper import Paper, Refused


def read(file: str, data: bytes) -> Paper | Refused:
    """Read a file of an office: .xlsx, .docx, HTML, text with tabs, or a PDF of ours.

    `file` is the name that is told, `data` all its bytes. Nothing in it is run, followed or
    fetched, and its size is bounded before anything is unpacked.
    """
    try:
        return _read(file, data)
    except Unreadable as error:
        return Refused(file, error.reason, error.advice)


def _read(file: str, data: bytes) -> Paper:
    if len(data) > limits.FILE:
        raise excessive(f"超过 {limits.FILE // limits.MIB} MiB")
    if data.startswith(b"PK"):
        package = Package(data)
        links = package.links("")
        main = next((link.target for link in links.values() if link.kind == "officeDocument"), "")
        root = package.tree(main)
        if root is not None and root.tag.endswith("}workbook"):
            return workbook.read(file, package, main)
        if root is not None and root.tag.endswith("}document"):
            return document.read(file, package, main)
    raise Unreadable("不认得这种文件", "请用 Excel 或 WPS 另存为 .xlsx 再导入")
