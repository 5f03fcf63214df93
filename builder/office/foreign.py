"""Files that are not read, known by how they begin, and what their owners can do."""

from __future__ import annotations

import re
from typing import Final

from builder.office.failing import Unreadable, damaged

_TABLE: Final = (
    "请用 Excel 或 WPS 打开，点“文件”→“另存为”，文件类型选“Excel 工作簿（*.xlsx）”，再导入"
)
_TEXT: Final = "请用 Word 或 WPS 打开，点“文件”→“另存为”，文件类型选“Word 文档（*.docx）”，再导入"
_EITHER: Final = (
    "请用 WPS 或 Office 打开，点“文件”→“另存为”，表格选“Excel 工作簿（*.xlsx）”，"
    "文字选“Word 文档（*.docx）”，再导入"
)
_ARCHIVE: Final = "请先解压，再导入里面的 .xlsx 或 .docx 文件"
_PICTURE: Final = "图片里的字读不到，请导入原来的 .xlsx 或 .docx 文件"
_LOCKED: Final = (
    "请打开文件，点“文件”→“信息”→“保护”→“用密码进行加密”（WPS 为“文件”→“文档加密”→"
    "“密码加密”），删去密码，保存后再导入"
)

_BEGINNINGS: Final = (
    (rb"\{\\rtf", "是 RTF 文件", _TEXT),
    (rb"Rar!\x1a\x07", "是压缩包（.rar）", _ARCHIVE),
    (rb"7z\xbc\xaf\x27\x1c", "是压缩包（.7z）", _ARCHIVE),
    (rb"\x1f\x8b", "是压缩包（.gz）", _ARCHIVE),
    (rb"\x89PNG|\xff\xd8\xff|GIF8|BM.{4}\0\0\0\0|II\*\0|MM\0\*|RIFF.{4}WEBP", "是图片", _PICTURE),
    (rb"MIME-Version:", "是单个文件网页（.mht）", _EITHER),
    (rb"%!PS", "是打印文件", "请导入原来的 .xlsx 或 .docx 文件"),
    (rb"MZ|\x7fELF", "是程序，不是文档", "请核对文件来源，不要打开"),
)
_COMPOUND: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# What a compound file holds, by the names of its streams.
_STREAMS: Final = (
    ("EncryptedPackage", "文件有密码", _LOCKED),
    ("WordDocument", "是旧格式的 Word 文件（.doc 或 .wps）", _TEXT),
    ("Workbook", "是旧格式的 Excel 文件（.xls 或 .et）", _TABLE),
    ("Book", "是旧格式的 Excel 文件（.xls 或 .et）", _TABLE),
    ("PowerPoint Document", "是幻灯片（.ppt 或 .dps）", _EITHER),
)
_OFFICE_XML: Final = (
    (b"urn:schemas-microsoft-com:office:spreadsheet", "是 Excel 2003 的 XML 文件", _TABLE),
    (b"schemas.microsoft.com/office/word/2003/wordml", "是 Word 2003 的 XML 文件", _TEXT),
    (b"schemas.microsoft.com/office/2006/xmlPackage", "是单个 XML 的 Word 文件", _TEXT),
)


def refuse(data: bytes) -> None:
    """Raises `Unreadable` for files of a known kind that are not read."""
    for pattern, reason, advice in _BEGINNINGS:
        if re.match(pattern, data, re.DOTALL):
            raise Unreadable(reason, advice)
    if data.startswith(_COMPOUND):
        for name, reason, advice in _STREAMS:
            if name.encode("utf-16-le") in data:
                raise Unreadable(reason, advice)
        raise Unreadable("是旧格式的文件", _EITHER)
    for sign, reason, advice in _OFFICE_XML:
        if sign in data[:4096]:
            raise Unreadable(reason, advice)


def archive(names: set[str], kind: bytes) -> Unreadable:
    """Why an archive that is no .xlsx or .docx is not read.

    `names` are those of its parts in lower case, `kind` what its part `mimetype` says.
    """
    if kind.startswith(b"application/vnd.oasis.opendocument.text"):
        return Unreadable("是 OpenDocument 文字（.odt）", _TEXT)
    if kind.startswith(b"application/vnd.oasis.opendocument"):
        return Unreadable("是 OpenDocument 表格（.ods）", _TABLE)
    if "xl/workbook.bin" in names:
        return Unreadable("是二进制的 Excel 文件（.xlsb）", _TABLE)
    if any(name.startswith("ppt/") for name in names):
        return Unreadable("是幻灯片（.pptx）", _EITHER)
    if "ofd.xml" in names:
        return Unreadable("是 OFD 版式文件", "请导入原来的 .xlsx 或 .docx 文件")
    if "[content_types].xml" in names:
        return damaged("没有工作簿，也没有正文")
    return Unreadable("是压缩包（.zip）", _ARCHIVE)
