"""What a spreadsheet holds beside its cells: told, because no table shows it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml import etree

from builder.office.package import Link, Package
from builder.office.paper import Remark
from builder.office.sheet import Sheet


def of_workbook(package: Package, links: Iterable[Link], root: etree._Element) -> Iterator[Remark]:
    """What the whole workbook has: macros, other files that its formulas ask."""
    yield from ()


def of_sheet(package: Package, part: str, sheet: Sheet) -> Iterator[Remark]:
    """What lies on a sheet: comments, drawings, text on the edges of the printed page."""
    yield from ()
