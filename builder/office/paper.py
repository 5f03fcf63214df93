"""What a file of an office shows: tables of cells, whatever program wrote it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Remark:
    """What a reader of the file would not see, or could take otherwise: where, and what, as a
    Chinese sentence that also says what was done about it."""

    place: str
    told: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as it is shown; a merged one is one cell.

    `text` is what stands there, lines parted by `\\n`, outer blanks taken away; "" is an empty
    cell, which has its place all the same. `column` counts from 0 on the grid of its table.
    `exact` is the number that is stored where the shown digits are fewer, as plain digits
    (`0.8749` below `87%`); "" elsewhere.
    """

    text: str
    place: str
    column: int
    columns: int = 1
    rows: int = 1
    exact: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """Cells from left to right, without what cells of rows above reach into."""

    cells: tuple[Cell, ...]
    number: int

    def __iter__(self) -> Iterator[Cell]:
        return iter(self.cells)

    @property
    def texts(self) -> tuple[str, ...]:
        """What stands in it, from left to right, without empty cells."""
        return tuple(cell.text for cell in self.cells if cell.text)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows one below the other: a sheet, a table of a document, or lines of text between tables.

    `name` is how a reader finds it (a sheet's name, 第2个表). Where cells were told apart by
    tabs or blanks only, `is_aligned` is false: which column a cell belongs to is not certain.
    """

    name: str
    rows: tuple[Row, ...]
    is_aligned: bool = True


@dataclass(frozen=True, slots=True)
class Paper:
    """A file, read: its tables in the order in which they stand.

    Lines of text outside of tables are tables of one-cell rows, at their place among the others.
    `ready` are authors' files (YAML) that the file carries of itself: what is attached to our
    own PDFs, by file name. `is_page` tells a web page: around its tables
    stand menus, and more of the kind.
    """

    file: str
    tables: tuple[Table, ...] = ()
    remarks: tuple[Remark, ...] = ()
    ready: dict[str, str] = field(default_factory=dict)
    is_page: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that is not read: why, and what its owner can do, in Chinese."""

    file: str
    reason: str
    advice: str
