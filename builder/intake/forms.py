"""Where one form ends and the next begins, whatever tables and sheets they stand in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from builder.intake.labels import LONGEST, bare, key, of_part
from builder.intake.words import COLUMN, FUND_COLUMN, HEAD
from builder.office import Cell, Paper

_TITLE = re.compile(
    r"(?=.*(?:绩效|自评|目标|评价|复核))(?:.*(?:表|自评))(?:[(（\[].*)?(?:[(（]?(?:19|20)\d\d年度?[)）]?)?"
)
_OF_YEAR = re.compile(r"[(（\[]?\s*((?:19|20)\d\d)\s*年\s*度?\s*[)）\]]?")
_UNIT = re.compile(r"(?:金额)?单位[:：]\s*(万元|元)")
_DIGITS = "〇一二三四五六七八九"
_NOUGHTS = str.maketrans("○零", "〇〇")
_WRITTEN_YEAR = re.compile(rf"(二[{_DIGITS}○零]{{3}})\s*年")
_IN_HEADING = re.compile(r"(?:资金|预算|金额|执行)[^()]*\((万元|元)\)")
# What says that a form goes on, and nothing else: 续表, （接上页）.
_CONTINUED = re.compile(r"[（(]?\s*(?:续\s*上?\s*[表页]?|接上[表页])\s*[)）]?")
_LEVELS = {"一级指标", "二级指标", "三级指标"}
BEYOND = "表上没有的栏目"
_LABELLED = re.compile(r"([^:：0-9]{2,}[:：])([0-9][0-9,.]*)")
NOWHERE = -1  # the column of a cell that only blanks part from the next one
_LEAST = 3  # columns of indicators in a heading


@dataclass(frozen=True, slots=True)
class Line:
    """One row, and whether its cells stand in columns that can be trusted."""

    cells: tuple[Cell, ...]
    is_aligned: bool

    @property
    def filled(self) -> tuple[Cell, ...]:
        """The cells with a text."""
        return tuple(cell for cell in self.cells if cell.text)


def parted_line(line: Line) -> Line:
    """A line of one cell whose borders are blanks, as cells of no certain column; any other as it
    is."""
    if len(line.filled) != 1:
        return line
    cell = line.filled[0]
    parts = _with_amount(cell.text.split())
    cells = (
        replace(cell, text=part, column=NOWHERE, place=f"{cell.place}之{at}")
        for at, part in enumerate(parts, start=1)
    )
    return Line(tuple(cells), is_aligned=False)


def _with_amount(parts: Iterable[str]) -> Iterator[str]:
    """年度资金总额:4000 is a label and an amount."""
    for part in parts:
        found = _LABELLED.fullmatch(part)
        yield from found.groups() if found else (part,)


@dataclass(slots=True)
class Form:
    """The rows of one form: those above its first label (title, year), then the others."""

    opening: list[Line] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    beyond: list[Line] = field(default_factory=list)
    """Rows of 「表上没有的栏目」, which an exported form has behind it."""
    is_page: bool = False
    """Whether it stands on a web page, between menus."""
    is_below_another: bool = False
    """Whether what stands above it is that of the form before, too."""

    @property
    def place(self) -> str:
        """Where the form begins: at its title, if there is one above it."""
        own = None if self.is_below_another else self._title
        return own.place if own else self.lines[0].filled[0].place

    @property
    def title(self) -> str:
        """The title that is printed above it; "" where there is none."""
        return self._title.text if self._title else ""

    @property
    def _title(self) -> Cell | None:
        """The nearest one: above it a cover may have another."""
        titles = [c for line in self.opening for c in line.filled if is_title(c.text)]
        return titles[-1] if titles else None


class Marks:
    """The words by which a form is told from what surrounds it, of all layouts together."""

    def __init__(self, shared: Mapping[tuple[str, str], Iterable[str]]) -> None:
        self._names = {key(word) for word in shared[HEAD, "项目名称"]} - {"项目"}
        self._heads = {
            key(word) for (part, _), words in shared.items() if part == HEAD for word in words
        }
        self._columns = {
            key(word): label
            for (part, label), words in shared.items()
            if part == COLUMN
            for word in words
        }
        self._funds = {
            key(word): label
            for (part, label), words in shared.items()
            if part == FUND_COLUMN
            for word in words
        }

        self._all = {of_part(word) for words in shared.values() for word in words}

    def parted(self, line: Line) -> Line:
        """A line of text whose cells only blanks part, as cells: it begins with a known word."""
        if line.is_aligned or len(line.filled) != 1:
            return line
        parts = list(_with_amount(line.filled[0].text.split()))
        known = [not self._all.isdisjoint((of_part(part), bare(part))) for part in parts]
        is_row = len(parts) > 1 and (known[0] or sum(known) > 1)
        return parted_line(line) if is_row and not is_title(line.filled[0].text) else line

    def is_funds_heading(self, line: Line) -> bool:
        """Whether a row is the heading of 资金."""
        return len({self._funds.get(key(cell.text), "") for cell in line.filled} - {""}) >= _LEAST

    def is_name(self, line: Line) -> bool:
        """Whether a row says what the project is called: where a form begins."""
        return not self.is_heading(line) and any(key(c.text) in self._names for c in line.filled)

    def is_head(self, line: Line) -> bool:
        """Whether a row has a label of the head of a form."""
        return any(key(cell.text) in self._heads for cell in line.filled)

    def is_heading(self, line: Line) -> bool:
        """Whether a row is the heading of indicators."""
        found = {self._columns.get(key(cell.text), "") for cell in line.filled}
        return len(found - {""}) >= _LEAST and not found.isdisjoint(_NAMED)

    def is_wide_heading(self, line: Line) -> bool:
        """Whether a row heads a table of many projects, with a row for each indicator."""
        return self.is_heading(line) and any(map(self.names_project, line.filled))

    def names_project(self, cell: Cell) -> bool:
        """Whether a cell is the label of a project's name."""
        return key(cell.text) in self._names

    def is_level(self, cell: Cell) -> bool:
        """Whether a cell is the heading of a level, or of the indicators themselves."""
        return self._columns.get(key(cell.text)) in ("一级指标", "二级指标", "三级指标")


_NAMED = {"三级指标", "二级指标", "年度指标值", "指标数值"}


def is_title(text: str) -> bool:
    """Whether a text is what stands above a form: 项目支出绩效自评表（2023年度）."""
    plain = re.sub(r"\s+", "", text)
    return len(plain) <= 2 * LONGEST and _TITLE.fullmatch(plain) is not None


def year_of(text: str) -> str:
    """The year that a title names, or a text like (2023年度); "" for none."""
    plain = unicodedata.normalize("NFKC", text)
    if written := _WRITTEN_YEAR.search(plain):  # 二〇二三年度
        return "".join(str(_DIGITS.index(digit)) for digit in written[1].translate(_NOUGHTS))
    found = _OF_YEAR.search(plain)
    return found[1] if found else ""


def unit_of(text: str) -> str:
    """The unit of money that a line above a form names; "" for none."""
    found = _UNIT.search(re.sub(r"\s+", "", text))
    return found[1] if found else ""


def money_unit(lines: Iterable[Line]) -> str:
    """The unit of money that a form names, "" for none: beside 项目资金, else above its table. What
    stands above was often left there from another form."""
    above = ""
    for line in lines:
        texts = [key(cell.text) for cell in line.filled]
        if not _LEVELS.isdisjoint(texts):  # of an indicator it says nothing of the form
            break
        for cell, text in zip(line.filled, texts, strict=True):
            if found := _IN_HEADING.search(text):
                return found[1]
            above = above or unit_of(cell.text)
    return above


def forms(paper: Paper, marks: Marks) -> list[Form]:
    """The forms of a file, in order. A form without a title of its own has that of the one
    before: several projects below one title."""
    found = [Form(is_page=paper.is_page)]
    has_name = has_body = False
    for line in map(marks.parted, _lines(paper)):
        current = found[-1]
        texts = [cell.text for cell in line.filled]
        if len(texts) == 1 and _CONTINUED.fullmatch(texts[0].strip()):
            continue
        if len(texts) == 1 and key(texts[0]) == BEYOND:
            current.beyond.append(line)
            continue
        if current.beyond and not is_title(texts[0]):
            current.beyond.append(line)
            continue
        is_new_title = len(texts) == 1 and is_title(texts[0])
        is_new_name = marks.is_name(line)
        if (is_new_title and (has_name or has_body)) or (is_new_name and has_name):
            # What stands above holds for the next one below the same title, too.
            opening = [] if is_new_title else list(current.opening)
            found.append(Form(opening, is_page=paper.is_page, is_below_another=not is_new_title))
            current, has_name, has_body = found[-1], False, False
        has_body = has_body or marks.is_heading(line)
        is_inside = has_name or has_body or is_new_name or marks.is_head(line)
        is_inside = is_inside or marks.is_funds_heading(line)
        has_name = has_name or is_new_name
        (current.lines if current.lines or is_inside else current.opening).append(line)
    return list(_rejoined([form for form in found if form.lines], marks))


def _rejoined(found: Iterable[Form], marks: Marks) -> Iterator[Form]:
    """The same, where the title stands once more at the top of a page as one form."""
    whole: Form | None = None
    for form in found:
        is_named = any(marks.is_name(line) or marks.is_head(line) for line in form.lines)
        if whole and not is_named and form.title and _first(form) == _first(whole):
            again = [line for line in form.opening if line.filled[0].text != form.title]
            whole.lines += [*again, *form.lines]
            continue
        if whole:
            yield whole
        whole = form
    if whole:
        yield whole


def _first(form: Form) -> str:
    """The title of a form, wherever a page of it begins."""
    return key(_CONTINUED.sub("", form.title))


def _lines(paper: Paper) -> Iterator[Line]:
    for table in paper.tables:
        for row in table.rows:
            if any(cell.text for cell in row.cells):
                yield Line(row.cells, table.is_aligned)
