"""The door to zip archives: the parts of an .xlsx or .docx, unpacked within limits.

Nothing is written to disk, so that names of parts are only names; wrong ones are refused all the
same, because no office program writes them.
"""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import IO

from lxml import etree

from builder.office import limits
from builder.office.failing import Unreadable, damaged, excessive, suspicious

_DIRECTORY_ENTRY = b"PK\x01\x02"
_ENCRYPTED = 1
# Nothing is fetched, no entity stands for anything, and nothing nests deeper than 256.
_SAFE = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}


# What zipfile raises at archives that are broken.
_UNPACKING = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError)


class _Counted:
    """A part as it is unpacked, and how many tags it had so far."""

    def __init__(self, part: IO[bytes]) -> None:
        self._part = part
        self._tags = 0
        self._length = 0

    def read(self, size: int) -> bytes:
        """The next bytes; raises `Unreadable` for more, or longer, tags than honest parts have."""
        piece = self._part.read(size)
        self._tags += piece.count(b"<")
        self._length = 0 if b">" in piece else self._length + len(piece)
        if self._tags > limits.LONG_TAGS or self._length > limits.SMALL:
            raise excessive("表格太大")
        return piece


@dataclass(frozen=True, slots=True)
class Link:
    """What one part says of another: its kind (last word of the type), where, and if outside."""

    kind: str
    target: str
    is_outside: bool


class Package:
    """An archive in memory whose parts can be asked for by name, in any case."""

    def __init__(self, data: bytes) -> None:
        """Raises `Unreadable` for anything but an honest archive."""
        if data.count(_DIRECTORY_ENTRY) > limits.PARTS:
            raise excessive(f"压缩包里有超过 {limits.PARTS} 个文件")
        try:
            self._archive = zipfile.ZipFile(BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OverflowError, EOFError, NotImplementedError):
            raise damaged("压缩包不完整，可能没有下载完") from None
        self._infos: dict[str, zipfile.ZipInfo] = {}
        self._left = limits.UNPACKED
        for info in self._archive.infolist():
            self._admit(info)
        self._refuse_overlaps()

    def _admit(self, info: zipfile.ZipInfo) -> None:
        name = info.filename.replace("\\", "/")
        if name.startswith("/") or ":" in name or ".." in name.split("/"):
            raise suspicious("压缩包里的文件名指向别处")
        if name.lower() in self._infos:
            raise suspicious("压缩包里有两个同名的文件")
        if info.flag_bits & _ENCRYPTED:
            raise Unreadable("文件有密码", "请打开文件，去掉密码后另存一份再导入")
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise suspicious("压缩方法不是 Office 用的")
        self._infos[name.lower()] = info

    def _refuse_overlaps(self) -> None:
        end = 0
        for info in sorted(self._infos.values(), key=lambda info: info.header_offset):
            if info.header_offset < end:
                raise suspicious("压缩包里的文件互相重叠")
            end = info.header_offset + 30 + info.compress_size

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._infos

    def __iter__(self) -> Iterator[str]:
        """The names of all parts, in lower case."""
        return iter(self._infos)

    def read(self, name: str, most: int = limits.PART) -> bytes:
        """The bytes of a part; KeyError where there is none, `Unreadable` where it is too much."""
        info = self._measured(name, most)
        try:
            with self._archive.open(info) as part:
                # Asked for without a number, zipfile unpacks everything before it counts.
                return part.read(info.file_size)
        except _UNPACKING:
            raise damaged("压缩包里有一部分解不开") from None

    def _open(self, name: str) -> IO[bytes]:
        info = self._measured(name, limits.LONG_PART)
        try:
            return self._archive.open(info)
        except _UNPACKING:
            raise damaged("压缩包里有一部分解不开") from None

    def _measured(self, name: str, most: int) -> zipfile.ZipInfo:
        """A part that is not larger than may be unpacked, by what it says of itself."""
        info = self._infos[name.lower()]
        size = info.file_size
        if size > most or size > self._left:
            raise excessive("解开以后超过限度")
        if size > limits.SMALL and size > info.compress_size * limits.RATIO:
            raise suspicious("有一部分压缩得太多，像压缩炸弹")
        self._left -= size
        return info

    def tree(self, name: str) -> etree._Element | None:
        """The root of a part of XML; None where there is no such part."""
        return parse(self.read(name)) if name in self else None

    def elements(self, name: str, *tags: str) -> Iterator[etree._Element]:
        """The elements with one of these local names as they end, from a part that may be long.

        What was handed out is emptied afterwards, so that little stays in memory.
        """
        events = etree.iterparse(
            _Counted(self._open(name)),
            events=("end",),
            tag=[f"{{*}}{tag}" for tag in tags],
            remove_comments=True,
            remove_pis=True,
            **_SAFE,
        )
        is_first = True
        try:
            for _, element in events:
                if is_first:
                    _refuse_declarations(element)
                    is_first = False
                yield element
                element.clear()
                while (before := element.getprevious()) is not None:
                    element.getparent().remove(before)
        except etree.XMLSyntaxError:
            raise damaged("有一部分不是完整的 XML") from None
        except _UNPACKING:
            raise damaged("压缩包里有一部分解不开") from None
        if is_first:
            _refuse_declarations(events.root)

    def links(self, name: str) -> dict[str, Link]:
        """What a part points to, by the ids that it uses."""
        folder, file = posixpath.split(name)
        root = self.tree(posixpath.join(folder, "_rels", f"{file}.rels"))
        found = {}
        for element in () if root is None else root:
            target, kind = element.get("Target", ""), element.get("Type", "")
            is_outside = element.get("TargetMode") == "External"
            if not is_outside:
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            link = Link(kind.rpartition("/")[2], target, is_outside)
            found[element.get("Id", "")] = link
        return found


def parse(data: bytes, *, recover: bool = False) -> etree._Element:
    """The root of some XML, comments left out; raises `Unreadable`."""
    if data.count(b"<") > limits.TAGS:
        raise excessive("正文太长")
    parser = etree.XMLParser(remove_comments=True, remove_pis=True, recover=recover, **_SAFE)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise damaged("有一部分不是完整的 XML") from None
    if root is None:
        raise damaged("有一部分是空的")
    _refuse_declarations(root)
    return root


def _refuse_declarations(element: etree._Element) -> None:
    """No part of an office file has a DTD; those who write one want entities."""
    if element.getroottree().docinfo.internalDTD is not None:
        raise suspicious("XML 里有 DTD 或实体声明")


def local(element: etree._Element) -> str:
    """The name of an element without its namespace, of which strict files have others."""
    tag: str = element.tag
    return tag.rpartition("}")[2]


def attribute(element: etree._Element, name: str, default: str = "") -> str:
    """An attribute by its local name, whatever its namespace."""
    for key, value in element.items():
        if key.rpartition("}")[2] == name:
            return str(value)
    return default


def whole(text: str | None, default: int = 0) -> int:
    """A whole number as files write it, without sign; `default` for anything else."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else default
