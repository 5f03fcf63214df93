"""The targets of all projects of a unit in one wide table, as some regions publish them (合表).

What a project gives to it is taken from its own form while that is made, and kept packed until
those of all projects are there.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, chain

from markupsafe import Markup
from pydantic import TypeAdapter

from builder.content import Summary, addresses, grouped
from builder.model import TARGET
from builder.scoring import Document
from builder.views.form import Cell, FormRow, FormView, in_words
from builder.views.page import LABELS, Link, PageView, SiteView, page_view
from builder.views.widths import FUNDING

LEAD = "各项目的目标按批复的内容合为一张表；整张的目标表见各项目的网页。"
FRONT, PROSE = "front", "prose"
MARKUP, TEXT = "<", " "


@dataclass(frozen=True, slots=True)
class WideProject:
    """One project: the way to its own table, the cells in front over all its rows, the rows."""

    name: Link
    front: tuple[Cell, ...]
    rows: tuple[FormRow, ...]


@dataclass(frozen=True, slots=True)
class WideTable:
    """The projects of one layout. `columns` are the classes of its columns, "" where it has no
    wish; `money` is the unit of its amounts."""

    title: str
    year: str
    money: str
    columns: tuple[str, ...]
    heading: tuple[Cell, ...]
    projects: tuple[WideProject, ...]


_PACKED = TypeAdapter(WideTable)


@dataclass(frozen=True, slots=True)
class WideView:
    """The targets of a unit in a year: one table, or as many as there are layouts."""

    name: str
    lead: str
    tables: tuple[WideTable, ...]


def wide_link(document: Document) -> Link | None:
    """The way from a table of targets to that of its unit; None where there is none."""
    report = document.report
    if not _is_in(document):
        return None
    path = addresses.unit_targets_page(report.department, report.unit, report.year)
    return Link("本单位各项目的目标表", path)


def wide_part(document: Document, form: FormView) -> bytes:
    """What a table of targets gives to that of its unit, packed; b"" where that is none.

    `form` is the form of `document`: every cell is one of its cells.
    """
    if not _is_in(document):
        return b""
    return zlib.compress(_PACKED.dump_json(_with_cells(_table(document, form), _marked)))


class WideTables:
    """The wide tables of a site. `targets` are all tables of targets as they are listed, `parts`
    what `wide_part` made of them in this very run, by 编号."""

    def __init__(
        self, site: SiteView, targets: Sequence[Summary], parts: Mapping[str, bytes]
    ) -> None:
        self._site, self._parts = site, parts
        members = (summary for summary in targets if summary.id in parts)
        self._groups = grouped(members, lambda s: (s.department, s.unit, s.year))

    def of_unit(self, department: str, unit: str) -> tuple[Link, ...]:
        """The ways to those of a unit, the newest first."""
        return tuple(
            Link(f"{at[2]}年度绩效目标（{len(members):,d}个项目）", _path(*at))
            for at, members in self._groups.items()
            if at[:2] == (department, unit)
        )

    def of_year(self, year: int) -> tuple[Link, ...]:
        """The ways to those of a year; units of one name are told apart by their departments."""
        found = [at for at in self._groups if at[2] == year]
        names = Counter(unit for _, unit, _ in found)
        return tuple(
            Link(
                f"{unit}（{department}）" if names[unit] > 1 else unit, _path(department, unit, at)
            )
            for department, unit, at in found
        )

    def pages(self, department: str, unit: str) -> Iterator[tuple[WideView, PageView]]:
        """Those of a unit."""
        up = [self._site.directory, Link(department, addresses.department_page(department))]
        up += [Link(unit, addresses.unit_page(department, unit))] if unit != department else []
        for at, members in self._groups.items():
            if at[:2] != (department, unit):
                continue
            title, count = f"{at[2]}年度绩效目标", f"{len(members):,d}个项目"
            view = WideView(f"{unit}{title}", f"共{count}。{LEAD}", tuple(self._tables(members)))
            description = f"{unit}{title}，{count}合为一张表。"
            yield view, page_view(self._site, _path(*at), title, description, *up)

    def _tables(self, members: Sequence[Summary]) -> Iterator[WideTable]:
        found: list[WideTable] = [
            _with_cells(_PACKED.validate_json(zlib.decompress(self._parts[one.id])), _read)
            for one in members
        ]
        for table, parts in grouped(found, lambda part: replace(part, projects=())).items():
            yield replace(table, projects=tuple(chain(*(part.projects for part in parts))))


def _with_cells(table: WideTable, change: Callable[[Cell], Cell]) -> WideTable:
    """A table with all of its cells changed."""

    def changed(cells: Iterable[Cell]) -> tuple[Cell, ...]:
        return tuple(map(change, cells))

    return replace(
        table,
        heading=changed(table.heading),
        projects=tuple(
            replace(
                project,
                front=changed(project.front),
                rows=tuple(replace(row, cells=changed(row.cells)) for row in project.rows),
            )
            for project in table.projects
        ),
    )


def _marked(cell: Cell) -> Cell:
    """A cell that says in front of its text whether that is markup, as JSON knows only text."""
    return replace(cell, text=f"{MARKUP if isinstance(cell.text, Markup) else TEXT}{cell.text}")


def _read(cell: Cell) -> Cell:
    kind, text = cell.text[:1], cell.text[1:]
    return replace(cell, text=Markup(text) if kind == MARKUP else text)  # noqa: S704  our own


def _path(department: str, unit: str, year: int) -> str:
    return addresses.unit_targets_page(department, unit, year)


def _is_in(document: Document) -> bool:
    """Whether a table of targets stands in one with others: one about a whole office does not."""
    return document.layout.is_wide and not document.profile.is_whole


def _table(document: Document, form: FormView) -> WideTable:
    """The table with this project alone."""
    report, layout = document.report, document.layout
    indicators = [row for group in replace(form, units=()).groups() for row in group]
    rows = tuple(replace(row, cells=tuple(map(_narrow, row.cells))) for row in indicators)
    front = tuple(
        replace(_narrow(cell), rows=max(1, len(rows)), kind=f"{cell.kind} {FRONT}")
        for cell in _front(document, form)
    )
    heads = (Cell(in_words(text), "label", "col") for text in _headings(document, front))
    path = addresses.report_page(report.year, document.stem, TARGET)
    return WideTable(
        title=form.title,
        year=form.year,
        money=layout.money_unit,
        columns=(*(_class(cell) for cell in (Cell(), *front)), *_classes(form)),
        heading=(*heads, *map(_narrow, form.heading.cells)),
        projects=(WideProject(Link(report.name, path), front, rows or (FormRow(()),)),),
    )


def _headings(document: Document, front: Sequence[Cell]) -> Iterator[str]:
    yield document.layout.word(LABELS.name)
    yield from (cell.label for cell in front)


def _front(document: Document, form: FormView) -> Iterator[Cell]:
    """What is said of the project as a whole: head, amounts, goals; each under its label."""
    layout = document.layout
    values = chain(*(row.cells[1::2] for row in form.rows("head")))
    for label, cell in zip(chain(*layout.head), values, strict=True):
        if label != LABELS.name:
            yield replace(cell, label=layout.word(label))
    total, goals = addresses.fund_row(0), addresses.GOALS
    for row in (*form.rows(FUNDING), *form.rows("goals")):
        if row.anchor == total:
            yield from (cell for cell in row.cells if cell.label)
        elif row.anchor == goals:
            yield from (cell for cell in row.cells if cell.kind == PROSE)


def _narrow(cell: Cell) -> Cell:
    """A cell in one column: nothing else divides 三级指标 here. Its place would only be kept."""
    return replace(cell, columns=1, place=())


def _class(cell: Cell) -> str:
    """The class of a column in front: a theme has one width for amounts, one for texts."""
    kinds = cell.kind.split()
    return "" if PROSE in kinds else "amount" if "amount" in kinds else "item"


def _classes(form: FormView) -> Iterator[str]:
    """The classes of the indicators' columns; a finer grid has none of its own."""
    ends = accumulate((cell.columns for cell in form.heading.cells), initial=0)
    for _, place in zip(form.heading.cells, ends, strict=False):
        yield "" if form.units else form.columns[place]
