"""Which reader a file needs, by what it holds rather than by its name."""

from __future__ import annotations

from builder.office.paper import Paper, Refused


def read(file: str, data: bytes) -> Paper | Refused:
    """Read a file of an office: .xlsx, .docx, HTML, text with tabs, or a PDF of ours.

    `file` is the name that is told, `data` all its bytes. Nothing in it is run, followed or
    fetched, and its size is bounded before anything is unpacked.
    """
    return Refused(file, "不认得这种文件", "请用 Excel 或 WPS 另存为 .xlsx 再导入")
