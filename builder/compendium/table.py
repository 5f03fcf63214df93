"""偏差事项一览: a wide table on sheets turned for the binding."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from builder.compendium.composer import INK, LINE, MM, MUTED, Composer, columns, rule, spans
from builder.compendium.letters import BOLD, REGULAR, SONG, Style
from builder.compendium.lists import Setting
from builder.compendium.order import Form
from builder.pdf import Sheaf
from builder.text import figure, to_plain

TITLE, GROUP = Style(SONG, BOLD, 20), Style(SONG, BOLD, 9.5)
NOTE, HEAD, CELL = Style(SONG, REGULAR, 9), Style(SONG, BOLD, 9), Style(SONG, REGULAR, 9)
LEADING, AIR = 13.0, 4.0
HEAD_HEIGHT, GROUP_HEIGHT = 20.0, 22.0
SIDE, TOP, BOTTOM = 25 * MM, 24 * MM, 20 * MM
"""Margins of the sheet lying down: its foot is the right edge of the page."""

HEADINGS = ("项目", "指标", "分值", "得分", "偏差原因分析及改进措施", "页码")
WIDTHS = (160.0, 130.0, 40.0, 42.0, 293.0, 35.0)
REASON = 4
MOST_LINES = 12
"""Of a name; the reason is never shortened."""
RIGHT = {2: 8.0, 3: 14.0, 5: 2.0}
"""Columns of figures, and the air to their right."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One deviation of a project; `target` leads to its form."""

    department: str
    project: str
    indicator: str
    weight: str
    awarded: str
    reason: str
    target: str


def entries_of(forms: Iterable[Form]) -> Iterator[Entry]:
    """The deviations of all forms; where no points tell of them, the result does."""
    for form in forms:
        summary, digits = form.summary, form.summary.point_digits
        for line in summary.deviations:
            course = "" if summary.is_scored else f"（{line.target} → {line.actual}）"
            yield Entry(
                department=summary.department,
                project=f"{summary.unit}{summary.name}" if summary.is_whole else summary.name,
                indicator=f"{line.name}{course}",
                weight=figure(line.weight, digits),
                awarded=figure(line.awarded, digits),
                reason=to_plain(line.reason) or "没有填写原因",
                target=summary.stem,
            )


def deviations(title: str, note: str, entries: Iterable[Entry], setting: Setting) -> Sheaf:
    """The pages of the table, by department."""
    return _Table(setting).pages(title, note, entries)


class _Table:
    def __init__(self, setting: Setting) -> None:
        self.letters, self.setting = setting.letters, setting
        self.composer = Composer(self.letters, turned=True)
        scale = (self.composer.width - 2 * SIDE) / sum(WIDTHS)
        self.widths = [width * scale for width in WIDTHS]
        self.edges = columns(self.widths, SIDE)
        self.right = self.composer.width - SIDE
        self.y = 0.0
        self.department = ""

    def pages(self, title: str, note: str, entries: Iterable[Entry]) -> Sheaf:
        composer = self.composer
        composer.page()
        self.y = composer.height - TOP - TITLE.size
        with composer.element("H1"):
            x = (composer.width - self.letters.width(title, TITLE)) / 2
            composer.text(x, self.y, title, TITLE)
        self.y -= 22
        with composer.element("P"):
            x = self.right - self.letters.width(note, NOTE)
            composer.text(x, self.y, note, NOTE, MUTED)
        self.y -= 8
        with composer.element("Table"):
            with composer.element("THead"):
                self._heading()
            with composer.element("TBody"):
                for department, group in groupby(entries, lambda entry: entry.department):
                    self._group(department)
                    for _, members in groupby(group, lambda entry: entry.target):
                        for place, entry in enumerate(members):
                            self._rows(entry, first=not place)
        composer.artifact(rule(SIDE, self.right, self.y, 0.8, INK.replace(b"rg", b"RG")))
        return composer.sheaf()

    def _heading(self) -> None:
        """The heading row, once in the structure; overleaf it is only repeated."""
        composer, ink = self.composer, INK.replace(b"rg", b"RG")
        composer.artifact(rule(SIDE, self.right, self.y, 0.8, ink))
        with composer.element("TR"):
            for place, text in enumerate(HEADINGS):
                with composer.element("TH", spans(scope="Column")):
                    composer.text(self._x(place, text, HEAD), self.y - 14, text, HEAD)
        self.y -= HEAD_HEIGHT
        composer.artifact(rule(SIDE, self.right, self.y, 0.5, ink))

    def _room(self, height: float) -> None:
        """Go on overleaf unless there is room, under headings that are only repeated."""
        if self.y - height >= BOTTOM:
            return
        composer, ink = self.composer, INK.replace(b"rg", b"RG")
        composer.artifact(rule(SIDE, self.right, self.y, 0.5, ink))
        composer.page()
        self.y = composer.height - TOP
        shown = [rule(SIDE, self.right, self.y, 0.8, ink)]
        for place, text in enumerate(HEADINGS):
            shown.append(self._shown(self._x(place, text, HEAD), self.y - 14, text, HEAD))
        self.y -= HEAD_HEIGHT
        shown.append(rule(SIDE, self.right, self.y, 0.5, ink))
        if self.department:
            text = f"{self.department}（续）"
            shown.append(self._shown(SIDE + 2, self.y - 16, text, GROUP))
            self.y -= GROUP_HEIGHT
            shown.append(rule(SIDE, self.right, self.y, 0.5, LINE))
        composer.artifact(b" ".join(shown))

    def _shown(self, x: float, y: float, text: str, style: Style) -> bytes:
        shown = self.letters.show(text, style)
        return b"BT %b 1 0 0 1 %.2f %.2f Tm %b ET" % (INK, x, y, shown)

    def _group(self, department: str) -> None:
        self.department = ""
        self._room(60)
        with self.composer.element("TR"):
            attributes = spans(len(HEADINGS), "Column")
            with self.composer.element("TH", attributes):
                self.composer.text(SIDE + 2, self.y - 16, department, GROUP)
        self.y -= GROUP_HEIGHT
        self.composer.artifact(rule(SIDE, self.right, self.y, 0.5, LINE))
        self.department = department

    def _rows(self, entry: Entry, *, first: bool) -> None:
        """One row, or where the reason is longer than a page, as many as it takes."""
        reason = self.letters.lines(entry.reason, CELL, self.widths[REASON] - 10)
        most = int((self.composer.height - TOP - BOTTOM - HEAD_HEIGHT - GROUP_HEIGHT) / LEADING) - 1
        self._row(entry, reason[:most], first=first)
        for start in range(most, len(reason), most):
            more = replace(entry, indicator=f"{entry.indicator}（续）", weight="", awarded="")
            self._row(more, reason[start : start + most], first=False)

    def _row(self, entry: Entry, reason: list[str], *, first: bool) -> None:
        composer = self.composer
        number = self.setting.numbers[entry.target]
        texts = (entry.project, entry.indicator, entry.weight, entry.awarded, "", number)
        cells = [
            self.letters.beginning(text, CELL, width - 10, MOST_LINES)
            for text, width in zip(texts, self.widths, strict=True)
        ]
        cells[REASON] = reason
        height = max(map(len, cells)) * LEADING + 2 * AIR
        if not first:  # its project stands above, unless there is no above
            page, least = composer.pages, max(map(len, cells[1:])) * LEADING + 2 * AIR
            self._room(least)
            if composer.pages == page:
                cells[0], height = [], least
        self._room(height)
        top = self.y
        with composer.element("TR"):
            for place, lines in enumerate(cells):
                role, scope = ("TH", "Row") if not place else ("TD", "")
                with composer.element(role, spans(scope=scope)):
                    if lines:
                        self._cell(place, lines, top, entry.target)
        self.y = top - height
        composer.artifact(rule(SIDE, self.right, self.y, 0.35, LINE))

    def _cell(self, place: int, lines: Sequence[str], top: float, target: str) -> None:
        composer, y = self.composer, top - AIR - 9
        if place + 1 == len(HEADINGS) and target in self.setting.linked:
            with composer.element("Link"):
                x = self._x(place, lines[0], CELL)
                composer.text(x, y, lines[0], CELL)
                composer.link(target, (x - 2, y - 4, self.right, y + 10))
            return
        for line in lines:
            composer.text(self._x(place, line, CELL), y, line, CELL)
            y -= LEADING

    def _x(self, place: int, text: str, style: Style) -> float:
        if place in RIGHT:
            end = self.edges[place] + self.widths[place] - RIGHT[place]
            return end - self.letters.width(text, style)
        return self.edges[place] + 2
