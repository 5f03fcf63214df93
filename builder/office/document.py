"""Documents (.docx): tables and paragraphs in the order of the page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from builder.office.asides import Asides
from builder.office.failing import damaged
from builder.office.grid import Placed, Room, table
from builder.office.package import Package, attribute, local, whole
from builder.office.paper import Paper, Remark, Table
from builder.office.runs import Notes, is_unfilled
from builder.office.texts import clean, quoted

# Word has at most 63 columns.
_COLUMNS = 63


def read(file: str, package: Package, main: str) -> Paper:
    """A document whose text is the part `main`; raises `Unreadable`."""
    root = package.tree(main)
    body = None if root is None else root.find("{*}body")
    if body is None:
        raise damaged("没有正文")
    asides = Asides(package, main)
    story = Story(asides, "", Room(), Count())
    story.read(body)
    return Paper(file, tuple(story.tables), (*asides.around(), *story.remarks))


@dataclass
class Count:
    """How many tables and paragraphs of the document were met."""

    tables: int = 0
    paragraphs: int = 0


@dataclass
class Story:
    """Blocks one below the other: the body, or what a cell or a box holds; `where` says which."""

    asides: Asides
    where: str
    room: Room
    count: Count
    tables: list[Table] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    _lines: list[Placed] = field(default_factory=list)
    _numbers: list[int] = field(default_factory=list)

    def read(self, container: etree._Element) -> None:
        """Read all blocks of a container."""
        self._blocks(container)
        self._close()

    def _blocks(self, container: etree._Element) -> None:
        for element in container:
            kind = local(element)
            if kind == "p":
                self._paragraph(element)
            elif kind == "tbl":
                self._close()
                self.count.tables += 1
                name = f"{self.where}第{self.count.tables}个表"
                TableReader(self, name).read(element)
            elif kind == "altChunk":
                self.remarks.append(Remark(self._here(), "这里嵌入了另一个文件，没有读"))
            elif kind == "sdt" and is_unfilled(element):
                told = "有一处控件没有填，里面的提示文字没有读"
                self.remarks.append(Remark(self._here(), told))
            elif kind in ("del", "moveFrom"):
                notes = Notes(deleted=["".join(element.itertext())])
                self.tell(self._here(), notes)
            elif kind == "AlternateContent":
                self._blocks(element[0] if len(element) else element)
            elif not kind.endswith("Pr"):
                self._blocks(element)

    def _here(self) -> str:
        count = self.count.paragraphs
        return f"{self.where}第{count}段之后" if count else f"{self.where or '正文'}开头"

    def _paragraph(self, element: etree._Element) -> None:
        notes = Notes()
        text = self.asides.text(element, notes)
        parts = [part for part in map(clean, text.split("\t")) if part]
        if parts:
            self.count.paragraphs += 1
        place = f"{self.where}第{self.count.paragraphs}段"
        row = len(self._numbers)
        for column, part in enumerate(parts):
            self._lines.append(Placed(row, column, part, place))
        if parts:
            self._numbers.append(self.count.paragraphs)
        self.tell(place, notes)

    def _close(self) -> None:
        """Make a table of the lines since the last one."""
        after = f"第{self.count.tables}个表后面的文字" if self.count.tables else "正文"
        numbers = list(self._numbers)
        found = table(
            self.where or after,
            self._lines,
            self.room,
            lambda row: numbers[row],
            is_aligned=False,
        )
        self.tables += [found] if found else []
        self._lines, self._numbers = [], []

    def tell(self, place: str, notes: Notes) -> None:
        """Tell what a place holds beside its text; boxes become tables of their own."""
        self.remarks += [Remark(place, told) for told in self.asides.told(notes)]
        for box in notes.boxes:
            inner = Story(self.asides, f"{place}的文本框", self.room, Count())
            inner.read(box)
            if inner.tables:
                self._close()
                self.remarks.append(Remark(place, "这里有文本框，里面的字读在旁边，单独成表"))
            self.tables += inner.tables
            self.remarks += inner.remarks


@dataclass
class TableReader:
    """A table while it is read."""

    story: Story
    name: str
    _cells: list[Placed] = field(default_factory=list)
    # Which merged cell still goes on downwards, by the column where it begins.
    _open: dict[int, int] = field(default_factory=dict)
    _later: list[tuple[str, etree._Element]] = field(default_factory=list)

    def read(self, element: etree._Element) -> None:
        """Read the table and those inside of it."""
        row = 0
        for tr in _within(element, "tr"):
            properties = tr.find("{*}trPr")
            if properties is not None and properties.find("{*}del") is not None:
                texts = [t.text or "" for t in tr.iter("{*}delText", "{*}t")]
                place = f"{self.name}第{row + 1}行"
                self.story.remarks.append(
                    Remark(place, f"修订里删去的一行没有读：{quoted(''.join(texts))}")
                )
                continue
            self._row(tr, properties, row)
            row += 1
        found = table(self.name, self._cells, self.story.room)
        self.story.tables += [found] if found else []
        for place, inner in self._later:
            TableReader(self.story, f"{place}里的表").read(inner)

    def _row(self, tr: etree._Element, properties: etree._Element | None, row: int) -> None:
        before = None if properties is None else properties.find("{*}gridBefore")
        column = 0 if before is None else min(whole(attribute(before, "val")), _COLUMNS)
        still: dict[int, int] = {}
        last = -1
        for number, tc in enumerate(_within(tr, "tc"), 1):
            place = f"{self.name}第{row + 1}行第{number}格"
            facts = tc.find("{*}tcPr")
            span = min(max(whole(_value(facts, "gridSpan"), 1), 1), _COLUMNS)
            merge, across = _value(facts, "vMerge", "-"), _value(facts, "hMerge", "-")
            text = self._text(tc, place)
            if across == "continue" and last >= 0:
                self._hide(text, place)
                self._cells[last] = _wider(self._cells[last], span)
            elif merge in ("continue", "") and column in self._open:
                self._hide(text, place)
                last = self._open[column]
                self._cells[last] = _taller(self._cells[last], row)
                still[column] = last
            else:
                last = len(self._cells)
                self._cells.append(Placed(row, column, text, place, columns=span))
                if merge != "-":
                    still[column] = last
            column += span
        self._open = still

    def _hide(self, text: str, place: str) -> None:
        if text:
            told = f"合并单元格盖住了这一格，没有读：{quoted(text)}"
            self.story.remarks.append(Remark(place, told))

    def _text(self, tc: etree._Element, place: str) -> str:
        notes = Notes()
        lines: list[str] = []
        self._blocks(tc, place, notes, lines)
        self.story.tell(place, notes)
        return clean("\n".join(lines))

    def _blocks(
        self, container: etree._Element, place: str, notes: Notes, lines: list[str]
    ) -> None:
        for element in container:
            kind = local(element)
            if kind == "p":
                lines.append(self.story.asides.text(element, notes).strip())
            elif kind == "tbl":
                self._later.append((place, element))
                notes.told.append("格子里还有一个表，读在外面这个表的后面")
            elif kind == "sdt" and is_unfilled(element):
                notes.told.append("有一处控件没有填，里面的提示文字没有读")
            elif kind == "altChunk":
                notes.told.append("格子里嵌入了另一个文件，没有读")
            elif kind == "AlternateContent":
                self._blocks(element[0] if len(element) else element, place, notes, lines)
            elif not kind.endswith("Pr"):
                self._blocks(element, place, notes, lines)


def _within(element: etree._Element, wanted: str) -> Iterator[etree._Element]:
    """Rows of a table or cells of a row, also those in a content control or a change."""
    for child in element:
        kind = local(child)
        if kind == wanted:
            yield child
        elif kind in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"):
            yield from _within(child, wanted)


def _value(properties: etree._Element | None, name: str, missing: str = "") -> str:
    element = None if properties is None else properties.find(f"{{*}}{name}")
    return missing if element is None else attribute(element, "val")


def _wider(cell: Placed, columns: int) -> Placed:
    return Placed(cell.row, cell.column, cell.text, cell.place, cell.rows, cell.columns + columns)


def _taller(cell: Placed, row: int) -> Placed:
    return Placed(cell.row, cell.column, cell.text, cell.place, row - cell.row + 1, cell.columns)
