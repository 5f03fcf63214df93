"""Web pages, and what Word, Excel and WPS save as such: tables, and the text between them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from builder.office import figures
from builder.office.failing import damaged, excessive
from builder.office.grid import Placed, Room, table
from builder.office.items import mark
from builder.office.package import whole
from builder.office.paper import Paper, Remark, Table
from builder.office.texts import clean, quoted

_NEVER: Final = {
    "script", "style", "head", "noscript", "template", "object", "embed", "iframe", "svg",
    "math", "canvas", "audio", "video", "datalist", "colgroup", "col",
}  # fmt: skip
# What begins a line of its own; all else stands in its line, also what no browser knows.
_BLOCKS: Final = {
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details",
    "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form",
    "frameset", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html", "legend",
    "li", "main", "menu", "nav", "noframes", "ol", "optgroup", "option", "p", "pre", "search",
    "section", "summary", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
}  # fmt: skip
_GROUPS: Final = {"thead", "tbody", "tfoot", "form"}
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w-]{1,40})""", re.IGNORECASE)
_DEEP = "Excessive depth"
# The form on a page that we made; what stands around it is made of it.
_OURS = "//body[starts-with(@class, 'report')]//table[@class='form']"
# What browsers allow.
_WIDEST, _TALLEST = 1_000, 65_534


def charset(data: bytes) -> str:
    """What a page says of its own encoding; "" where it says nothing."""
    match = _CHARSET.search(data[:4096])
    return match[1].decode("ascii") if match else ""


def read(file: str, text: str) -> Paper:
    """The page's tables and texts in their order; raises `Unreadable`."""
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        raise damaged("不是完整的网页") from None
    if any(_DEEP in entry.message for entry in parser.error_log):
        raise excessive("网页里的内容套了两百多层")
    if root is None:
        raise damaged("网页里什么也没有")
    page = Page(Room())
    own = root.xpath(_OURS)
    if own:
        page.read_tables(own)
    else:
        page.read(root)
    return Paper(file, tuple(page.tables), tuple(page.remarks), is_page=True)


@dataclass
class Flow:
    """Text while it is gathered into lines."""

    hidden: list[str] = field(default_factory=list)
    # What Word saved as taken away by a change.
    deleted: list[str] = field(default_factory=list)
    images: int = 0
    _mark: str = ""  # of an item that begins
    _pieces: list[str] = field(default_factory=list)

    def events(self, element: etree._Element) -> Iterator[str | etree._Element]:
        """Lines of text and tables inside of an element, in their order."""
        yield from self._inside(element)
        yield from self._line()

    def _inside(self, element: etree._Element) -> Iterator[str | etree._Element]:
        is_kept = element.tag in ("pre", "textarea")
        self._add(element.text, is_kept=is_kept)
        for child in element:
            yield from self._element(child)
            self._add(child.tail, is_kept=is_kept)

    def _element(self, child: etree._Element) -> Iterator[str | etree._Element]:
        tag = child.tag
        if tag in _NEVER or not isinstance(tag, str):
            return
        if is_hidden(child) or tag == "del":
            text = clean(" ".join("".join(child.itertext()).split()))
            (self.deleted if tag == "del" else self.hidden).extend([text] if text else [])
        elif tag == "table":
            yield from self._line()
            yield child
        elif tag == "br":
            self._pieces.append("\n")
        elif tag == "input":
            self._pieces.append(_typed(child))
        elif tag == "select":
            chosen = [option for option in child.iter("option") if "selected" in option.attrib]
            self._pieces += ["".join(option.itertext()) for option in chosen]
        elif tag in _BLOCKS:
            yield from self._line()
            self._mark = mark(child) if tag == "li" else self._mark
            yield from self._inside(child)
            yield from self._line()
        else:
            self.images += tag == "img"
            yield from self._inside(child)

    def _add(self, text: str | None, *, is_kept: bool) -> None:
        if text:
            self._pieces.append(text if is_kept else _BLANKS.sub(" ", text))

    def _line(self) -> Iterator[str]:
        lines = "".join(self._pieces).split("\n")
        self._pieces.clear()
        text = "\n".join(_BLANKS.sub(" ", line).strip() for line in lines)
        if text := clean(text):
            yield f"{self._mark}{text}"
            self._mark = ""


@dataclass
class Page:
    """A page while it is read."""

    room: Room
    tables: list[Table] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    _count: int = 0

    def read(self, root: etree._Element) -> None:
        """Read everything that is shown."""
        flow = Flow()
        lines: list[str] = []
        total = 0
        for event in flow.events(root):
            if isinstance(event, str):
                lines.append(event)
                if not self.room.has(len(lines)):
                    raise excessive("网页太长")
                continue
            self._close(lines, total)
            total += len(lines)
            lines = []
            self._count += 1
            self._table(event, f"第{self._count}个表")
        self._close(lines, total)
        self._tell_deleted(flow, "正文")

    def read_tables(self, tables: Iterable[etree._Element]) -> None:
        """Read these tables and nothing else of a page of ours."""
        for element in tables:
            self._count += 1
            self._table(element, f"第{self._count}个表")
        told = "是本软件做的网页，只读了其中的表；页面上“下载填报文件”更全，可以直接放进内容文件夹"
        self.remarks.append(Remark("网页", told))

    def _tell_deleted(self, flow: Flow, place: str) -> None:
        for text in flow.deleted:
            told = f"有没有接受的修订，按接受读：删去{quoted(text)}"
            self.remarks.append(Remark(place, told))

    def _close(self, lines: list[str], before: int) -> None:
        """Make a table of the lines since the last one."""
        name = f"第{self._count}个表后面的文字" if self._count else "正文"
        cells = [
            Placed(row, 0, line, f"正文第{before + row + 1}段") for row, line in enumerate(lines)
        ]
        found = table(name, cells, self.room, lambda row: before + row + 1, is_aligned=False)
        self.tables += [found] if found else []

    def _table(self, element: etree._Element, name: str) -> None:
        """Read a table, and those inside of it behind it."""
        cells: list[Placed] = []
        later: list[tuple[str, etree._Element]] = []
        until: dict[int, int] = {}
        passed = 0
        for row, tr in enumerate(self._rows(element, name)):
            column = 0
            for number, td in enumerate((td for td in tr if td.tag in ("td", "th")), 1):
                while until.get(column, 0) > row:
                    column += 1
                    passed += 1
                columns = min(whole(td.get("colspan"), 1) or 1, _WIDEST)
                rows = min(whole(td.get("rowspan"), 1) or _TALLEST, _TALLEST)
                passed += columns
                if not self.room.has(passed):
                    raise excessive("表格太大")
                for reached in range(column, column + columns):
                    until[reached] = row + rows
                place = f"{name}第{row + 1}行第{number}格"
                text, inner = self._cell(td, place)
                later += [(place, one) for one in inner]
                exact = _exact(td, text)
                cells.append(Placed(row, column, text, place, rows, columns, exact))
                column += columns
            self._tell_stray(tr, f"{name}第{row + 1}行", {"td", "th"})
        found = table(name, cells, self.room)
        self.tables += [found] if found else []
        for index, (place, one) in enumerate(later, 1):
            told = "格子里还有一个表，读在外面这个表的后面"
            self.remarks.append(Remark(place, told))
            more = f"（{index}）" if len(later) > 1 else ""
            self._table(one, f"{place}里的表{more}")

    def _rows(self, element: etree._Element, name: str) -> Iterator[etree._Element]:
        self._tell_stray(element, name, {"tr", "caption", *_GROUPS})
        for child in element:
            if child.tag == "caption":
                self.tables += self._caption(child, name)
            elif is_hidden(child):
                if text := clean(" ".join("".join(child.itertext()).split())):
                    told = f"表里有看不见的行，没有读：{quoted(text)}"
                    self.remarks.append(Remark(name, told))
            elif child.tag == "tr":
                yield child
            elif child.tag in _GROUPS:
                yield from self._rows(child, name)

    def _caption(self, element: etree._Element, name: str) -> list[Table]:
        lines = [event for event in Flow().events(element) if isinstance(event, str)]
        cells = [Placed(row, 0, line, f"{name}的标题") for row, line in enumerate(lines)]
        found = table(f"{name}的标题", cells, self.room, is_aligned=False)
        return [found] if found else []

    def _tell_stray(self, element: etree._Element, place: str, known: set[str]) -> None:
        """Tell text that stands where a table has none; browsers show it above the table."""
        pieces = [element.text or ""]
        for child in element:
            if child.tag not in known and child.tag not in _NEVER:
                pieces += child.itertext() if isinstance(child.tag, str) else []
            pieces.append(child.tail or "")
        if text := clean(" ".join("".join(pieces).split())):
            told = f"表格里有不在任何一格里的文字，没有读：{quoted(text)}"
            self.remarks.append(Remark(place, told))

    def _cell(self, td: etree._Element, place: str) -> tuple[str, list[etree._Element]]:
        """The text of a cell, and the tables in it."""
        flow = Flow()
        lines, inner = [], []
        if is_hidden(td):
            flow.hidden.append(clean(" ".join("".join(td.itertext()).split())))
        else:
            for event in flow.events(td):
                if isinstance(event, str):
                    lines.append(event)
                else:
                    inner.append(event)
        for text in filter(None, flow.hidden):
            told = f"有看不见的文字，没有读：{quoted(text)}"
            self.remarks.append(Remark(place, told))
        self._tell_deleted(flow, place)
        if flow.images:
            self.remarks.append(Remark(place, "有图片，图片里的字没有读"))
        return clean("\n".join(lines)), inner


def is_hidden(element: etree._Element) -> bool:
    """Whether a browser shows nothing of an element."""
    if not isinstance(element.tag, str):
        return True
    return "hidden" in element.attrib or bool(_HIDDEN.search(element.get("style", "")))


def _typed(element: etree._Element) -> str:
    """What an input field shows."""
    kind = element.get("type", "text").lower()
    if kind in ("checkbox", "radio"):
        return "☑" if "checked" in element.attrib else "□"
    return "" if kind in ("hidden", "password", "image") else element.get("value", "")


def _exact(td: etree._Element, text: str) -> str:
    """The number that Excel (`x:num`) or LibreOffice (`sdval`) wrote beside the one shown.

    A date has such a number too, which nobody would want.
    """
    stored = figures.number(td.get("x:num") or td.get("sdval") or "")
    bare = text.replace(",", "")
    shown = figures.number(bare.removesuffix("%"))
    if stored is None or shown is None:
        return ""
    if bare.endswith("%"):
        shown = shown.scaleb(-2)
    return "" if shown == stored else figures.plain(stored)
