"""Which files may be published beside a report, and whether one is what its name says.

A file of 佐证材料 is copied as it is, to the publisher's own address: what a browser would run
there, what nobody can look into and what is not what it seems may be anybody's script.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from types import MappingProxyType

LIMIT = 50 * 1024 * 1024  # bytes; told from the file's size alone, before it is read

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PARTS, _OFD = b"[Content_Types].xml", b"OFD.xml"  # every package of that kind has this member
_OFFICE = "application/vnd.openxmlformats-officedocument."
# A text that a browser could take for a page, a picture with scripts, or a program.
_PAGE = re.compile(rb"[\s\x00]*<(?:[A-Za-z!?/]|\x00[A-Za-z!?/])|MZ|\x7fELF|#!")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: its media type, how it may begin, and what must stand in it for that.

    Without beginnings it is a text.
    """

    media: str
    begins: Mapping[bytes, bytes] = field(default_factory=dict)


_LEGACY = {_OLE: b""}
KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        ".pdf": Kind("application/pdf", {b"%PDF-": b""}),
        ".ofd": Kind("application/ofd", {_ZIP: _OFD}),
        ".docx": Kind(f"{_OFFICE}wordprocessingml.document", {_ZIP: _PARTS}),
        ".xlsx": Kind(f"{_OFFICE}spreadsheetml.sheet", {_ZIP: _PARTS}),
        ".pptx": Kind(f"{_OFFICE}presentationml.presentation", {_ZIP: _PARTS}),
        ".doc": Kind("application/msword", {**_LEGACY, b"{\\rtf": b""}),
        ".xls": Kind("application/vnd.ms-excel", _LEGACY),
        ".ppt": Kind("application/vnd.ms-powerpoint", _LEGACY),
        # WPS writes either container.
        ".wps": Kind("application/vnd.ms-works", {**_LEGACY, _ZIP: _PARTS}),
        ".et": Kind("application/octet-stream", {**_LEGACY, _ZIP: _PARTS}),
        ".dps": Kind("application/octet-stream", {**_LEGACY, _ZIP: _PARTS}),
        ".png": Kind("image/png", {b"\x89PNG\r\n\x1a\n": b""}),
        ".jpg": Kind("image/jpeg", {b"\xff\xd8\xff": b""}),
        ".jpeg": Kind("image/jpeg", {b"\xff\xd8\xff": b""}),
        ".gif": Kind("image/gif", {b"GIF87a": b"", b"GIF89a": b""}),
        ".webp": Kind("image/webp", {b"RIFF": b"WEBP"}),
        ".csv": Kind("text/csv"),
        ".txt": Kind("text/plain"),
    }
)
"""By ending. No zip or rar: nobody who reviews an edit sees what is in it."""


def kind_of(file: str) -> Kind | None:
    """The kind of a file by its name; None for one that may not be published."""
    return KINDS.get(PurePosixPath(file).suffix.lower())


def unfit_name(file: str) -> str:
    """Why no file of that name (as written in 佐证材料) may be published; "" if one may."""
    parts = PurePosixPath(file).parts
    if any(part.startswith(".") and part != ".." for part in parts):
        return "是隐藏的文件，或在隐藏的文件夹里"
    if re.search(r"[\x00-\x1f\x7f\\]", file):
        return "的名称里有反斜线或控制字符"
    if kind_of(file) is None:
        return f"是 {PurePosixPath(file).suffix or '没有扩展名'} 文件" if parts else "没有名称"
    return ""


def unfit_content(file: str, content: bytes) -> str:
    """Why this content may not be published under that name; "" if it may.

    An empty file contradicts nothing.
    """
    kind = kind_of(file)
    if kind is None or not content:
        return ""
    ending = PurePosixPath(file).suffix.lower().removeprefix(".")
    if not kind.begins:
        start = content.removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe")
        return f"不是 {ending} 文本，而是网页或程序" if _PAGE.match(start) else ""
    found = next((start for start in kind.begins if content.startswith(start)), None)
    if found is None or kind.begins[found] not in content:
        return f"的内容不是 {ending} 格式"
    return ""
