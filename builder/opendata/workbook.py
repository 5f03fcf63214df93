"""Tables as a workbook, put together from blocks of rows that may have been made before.

XlsxWriter takes 1.6 ms for the rows of a report, again for every file that they stand in; this
takes a tenth of it, once.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import chain, islice
from typing import Any
from xml.sax.saxutils import escape

from builder.cache import Remember
from builder.model import Site
from builder.opendata.archive import Block, zipped
from builder.opendata.delimited import cells
from builder.opendata.dictionary import DICTIONARY, dictionary
from builder.opendata.runs import Part, Run, fixed
from builder.opendata.sheets import LAST_ROW, MAIN, XML, area, body, closing, opening, styles
from builder.opendata.tables import TableOf
from builder.text import to_plain

_OFFICE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DEFLATED_BY = zlib.ZLIB_RUNTIME_VERSION  # the same content gives other bytes with another one


@dataclass(frozen=True, slots=True)
class About:
    """What a file manager shows of a workbook."""

    title: str
    author: str
    day: date


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One sheet of a table: of each run the rows from one to another, counted from 0."""

    name: str
    table: TableOf[Any]
    slices: Sequence[tuple[Run, int, int]]

    @property
    def rows(self) -> int:
        return sum(stop - start for _, start, stop in self.slices)

    def blocks(self, remember: Remember, *, is_first: bool) -> Iterator[Block]:
        columns = self.table.columns
        yield _block(opening(columns, self.rows, is_first=is_first))
        for run, start, stop in self.slices:
            part = "" if stop - start == run.number else f" {start}-{stop}"
            made_of = (*run.made_of(), DEFLATED_BY.encode())
            make = partial(self._rows, run, start, stop, remember)
            yield Block.read(remember(f"xlsx {self.table.name}{part}", made_of, make))
        yield _block(closing(columns, self.rows))

    def _rows(self, run: Run, start: int, stop: int, remember: Remember) -> bytes:
        rows = islice(cells(run.csv(self.table, remember)), start, stop)
        return Block.of(body(self.table.columns, rows)).stored()


def dated(year: int, site: Site) -> date:
    """The day of a workbook: the site's 发布日期, else the last one of its year, so that the same
    content gives the same bytes."""
    return site.published or date(year, 12, 31)


def to_xlsx(about: About, tables: Sequence[Part], remember: Remember) -> Iterator[bytes]:
    """A workbook of these tables and the data dictionary, piece by piece; a table that fills a
    sheet goes on in a further one."""
    explained = dictionary(one.table for one in tables)
    every = [*tables, Part(DICTIONARY, [fixed(explained)])]
    sheets = [sheet for one in every for sheet in _sheets(one)]
    texts = {
        "[Content_Types].xml": _types(len(sheets)),
        "_rels/.rels": _links(
            (f"{_LINKS}/officeDocument", "xl/workbook.xml"),
            (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        ),
        "docProps/core.xml": _properties(about),
        "xl/workbook.xml": _book(sheets),
        "xl/_rels/workbook.xml.rels": _links(
            *((f"{_LINKS}/worksheet", f"worksheets/sheet{i + 1}.xml") for i in range(len(sheets))),
            (f"{_LINKS}/styles", "styles.xml"),
        ),
        "xl/styles.xml": styles(),
    }
    parts: Iterator[tuple[str, Iterable[Block]]] = (
        (f"xl/worksheets/sheet{number}.xml", sheet.blocks(remember, is_first=number == 1))
        for number, sheet in enumerate(sheets, start=1)
    )
    return zipped(chain(((name, [_block(text)]) for name, text in texts.items()), parts))


def _sheets(part: Part) -> Iterator[_Sheet]:
    """The sheets that the rows of a table need, at least one."""
    table, slices = part.table, list[tuple[Run, int, int]]()
    number, room = 1, LAST_ROW
    for run in part.runs:
        start = 0
        while start < run.number:
            if not room:
                yield _Sheet(_numbered(table.title, number), table, slices)
                slices, number, room = [], number + 1, LAST_ROW
            stop = min(run.number, start + room)
            slices.append((run, start, stop))
            room -= stop - start
            start = stop
    yield _Sheet(_numbered(table.title, number), table, slices)


def _numbered(title: str, number: int) -> str:
    return title if number == 1 else f"{title}{number}"


def _block(text: str) -> Block:
    return Block.of(text.encode())


def _types(sheets: int) -> str:
    named = {
        "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "xl/workbook.xml": f"{_OFFICE}.sheet.main+xml",
        "xl/styles.xml": f"{_OFFICE}.styles+xml",
    } | {f"xl/worksheets/sheet{i + 1}.xml": f"{_OFFICE}.worksheet+xml" for i in range(sheets)}
    shown = "".join(
        f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in named.items()
    )
    return (
        f'{XML}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{shown}</Types>'
    )


def _links(*links: tuple[str, str]) -> str:
    shown = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(links, start=1)
    )
    return f'{XML}<Relationships xmlns="{_PACKAGE}/relationships">{shown}</Relationships>'


def _book(sheets: Sequence[_Sheet]) -> str:
    """Which sheets there are. What can be filtered is a name, too, as Excel has it."""
    shown = "".join(
        f'<sheet name="{sheet.name}" sheetId="{number}" r:id="rId{number}"/>'
        for number, sheet in enumerate(sheets, start=1)
    )
    filtered = "".join(
        f'<definedName name="_xlnm._FilterDatabase" localSheetId="{at}" hidden="1">'
        f"'{sheet.name}'!{area(sheet.table.columns, sheet.rows, '$')}</definedName>"
        for at, sheet in enumerate(sheets)
    )
    return (
        f'{XML}<workbook xmlns="{MAIN}" xmlns:r="{_LINKS}"><bookViews><workbookView/></bookViews>'
        f"<sheets>{shown}</sheets><definedNames>{filtered}</definedNames></workbook>"
    )


def _properties(about: About) -> str:
    title, author = escape(to_plain(about.title)), escape(to_plain(about.author))
    moment = f'xsi:type="dcterms:W3CDTF">{about.day.isoformat()}T00:00:00Z'
    return (
        f'{XML}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{title}</dc:title><dc:creator>{author}</dc:creator>"
        f"<cp:lastModifiedBy>{author}</cp:lastModifiedBy>"
        f"<dcterms:created {moment}</dcterms:created>"
        f"<dcterms:modified {moment}</dcterms:modified></cp:coreProperties>"
    )
