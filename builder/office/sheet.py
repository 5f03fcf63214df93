"""One sheet of a workbook: which cells stand where, and which of them nobody sees."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from builder.office import limits
from builder.office.failing import excessive, suspicious
from builder.office.grid import Placed, Room, table
from builder.office.package import Package, attribute, local, whole
from builder.office.paper import Remark, Table
from builder.office.references import Range, coordinates, letters, rectangle, spans
from builder.office.texts import quoted, several
from builder.office.values import Values

_WIDTH, _HEIGHT = 16_384, 1_048_576
_EDGES = ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter")
_ELEMENTS = ("row", "col", "mergeCell", "sheetView", "hyperlink", *_EDGES)


@dataclass
class Sheet:
    """A sheet while it is read."""

    name: str
    values: Values
    room: Room
    remarks: list[Remark] = field(default_factory=list)
    # What is printed on the edges of pages, and which cells link to what (by its id).
    edges: list[str] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    _cells: dict[tuple[int, int], Placed] = field(default_factory=dict)
    _hidden_rows: list[int] = field(default_factory=list)
    _hidden_columns: list[Range] = field(default_factory=list)
    _uncomputed: list[str] = field(default_factory=list)
    _merged: list[Range] = field(default_factory=list)
    _has_zeros: bool = True

    def place(self, row: int, column: int) -> str:
        """How a reader finds a place of the sheet, counted from 0."""
        return f"{self.name}!{letters(column)}{row + 1}"

    def read(self, package: Package, part: str) -> Table | None:
        """The sheet's table; None where nothing stands in it or it is too large."""
        row, rows = -1, 0
        for element in package.elements(part, *_ELEMENTS):
            kind = local(element)
            if kind == "row":
                rows += 1
                if rows > _HEIGHT:
                    raise excessive("工作表的行数超过表格软件的限度")
                row = whole(element.get("r"), row + 2) - 1
                self._row(element, row)
                if not self.room.has(len(self._cells)):
                    break
            elif kind == "mergeCell" and len(self._merged) < limits.MERGED:
                one = rectangle(element.get("ref", ""))
                self._merged += [one] if one else []
            elif kind == "col" and _is_set(element.get("hidden")):
                start, stop = whole(element.get("min")), whole(element.get("max"))
                self._hidden_columns.append(Range(0, start - 1, _HEIGHT, stop - 1))
            elif kind == "sheetView":
                self._has_zeros = _is_set(element.get("showZeros", "1"))
            elif kind == "hyperlink":
                self.links.append((element.get("ref", ""), attribute(element, "id")))
            elif kind in _EDGES:
                self.edges.append(element.text or "")
        self._tell_uncomputed()
        return self._table() if self._cells else None

    def text(self, row: int, column: int) -> str:
        """What stands at a place of the sheet."""
        cell = self._cells.get((row, column))
        return cell.text if cell else ""

    def _row(self, element: etree._Element, row: int) -> None:
        column = -1
        count = len(self._cells)
        for cell in element if 0 <= row < _HEIGHT else ():
            found = coordinates(cell.get("r", ""))
            column = found[1] if found else column + 1
            if len(cell) and column < _WIDTH:
                self._cell(cell, row, column)
        if len(self._cells) > count and _is_set(element.get("hidden")):
            self._hidden_rows.append(row + 1)

    def _cell(self, cell: etree._Element, row: int, column: int) -> None:
        place = self.place(row, column)
        text, exact, is_uncomputed = self.values.shown(
            cell, place, self.remarks, has_zeros=self._has_zeros
        )
        if is_uncomputed:
            self._uncomputed.append(f"{letters(column)}{row + 1}")
        elif text:
            self._cells[row, column] = Placed(row, column, text, place, exact=exact)

    def _table(self) -> Table | None:
        rows = sorted({row for row, _ in self._cells})
        columns = {column for _, column in self._cells}
        box = Range(rows[0], min(columns), rows[-1], max(columns))
        if not self.room.has(len(rows) * (box.right - box.left + 1)):
            told = "这张工作表太大，没有读；请删去表外多余的内容，另存后再导入"
            self.remarks.append(Remark(self.name, told))
            return None
        merged = dict(self._merges(box, rows))
        placed = [_reaching(cell, merged.pop(key, None)) for key, cell in self._cells.items()]
        for (row, column), one in merged.items():
            placed.append(_reaching(Placed(row, column, "", self.place(row, column)), one))
        self._tell_hidden(columns)
        return table(self.name, placed, self.room, fill=self.place)

    def _merges(self, box: Range, rows: list[int]) -> Iterator[tuple[tuple[int, int], Range]]:
        """Merged ranges, cut at the used box, by their first place.

        What stands below them is told and taken out.
        """
        taken: set[tuple[int, int]] = set()
        passed = 0
        for one in self._merged:
            inside = one.within(box)
            reached = rows[bisect_left(rows, inside.top) : bisect_right(rows, inside.bottom)]
            passed += len(reached) * max(inside.right - inside.left + 1, 0)
            if not self.room.has(passed):
                raise suspicious("合并单元格互相重叠")
            places = {
                (row, column) for row in reached for column in range(inside.left, inside.right + 1)
            }
            if places & taken:
                continue
            taken |= places
            for place in sorted(places & self._cells.keys()):
                if place != (one.top, one.left):
                    hidden = self._cells.pop(place)
                    told = f"合并单元格盖住了这一格，没有读：{quoted(hidden.text)}"
                    self.remarks.append(Remark(hidden.place, told))
            if places:
                yield (inside.top, inside.left), inside

    def _tell_hidden(self, used: set[int]) -> None:
        if self._hidden_rows:
            told = f"第 {several(spans(self._hidden_rows))} 行是隐藏的，照样读了；不要的请删去"
            self.remarks.append(Remark(self.name, told))
        hidden = [
            letters(column)
            for column in sorted(used)
            if any(one.left <= column <= one.right for one in self._hidden_columns)
        ]
        if hidden:
            told = f"{several(hidden)} 列是隐藏的，照样读了；不要的请删去"
            self.remarks.append(Remark(self.name, told))

    def _tell_uncomputed(self) -> None:
        if self._uncomputed:
            told = (
                f"{several(self._uncomputed)} 是公式，文件里没有存下算好的数，"
                "当作空的；请用 Excel 或 WPS 打开，保存一次再导入"
            )
            self.remarks.append(Remark(self.name, told))


def _reaching(cell: Placed, one: Range | None) -> Placed:
    if one is None:
        return cell
    return replace(cell, rows=one.bottom - one.top + 1, columns=one.right - one.left + 1)


def _is_set(text: str | None) -> bool:
    return text in ("1", "true", "on")
