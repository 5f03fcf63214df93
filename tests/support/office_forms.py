"""Forms as offices have them, built of the transcriptions in `data/office/*.txt`.

A transcription is a picture of the form: a line is a row, what `|` parts is a cell. Its notation
stands in `data/office/README.md`. Of one transcription both a workbook and a document are made
(`office_xlsx`, `office_docx`), the same bytes each time. Nothing here knows how files are read.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "data" / "office"
KINDS = ("xlsx", "docx")

MARK = re.compile(r"\s*\{(\w+)\s*([^{}]*)\}$")
MOMENT = (2024, 3, 1, 9, 30, 0)


@dataclass(frozen=True)
class Spot:
    """What is written between two `|`: text as it is shown, and marks that say how it is kept."""

    text: str = ""
    marks: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Box:
    """A cell on the grid, with those it is merged with."""

    spot: Spot
    row: int
    column: int
    rows: int = 1
    columns: int = 1


@dataclass
class Line:
    """A row of a table, or with `kind` title or line a text of its own above, between or below."""

    kind: str
    spots: list[Spot]


@dataclass
class Sheet:
    name: str
    lines: list[Line] = field(default_factory=list)
    widths: list[float] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)  # columns, from 0
    is_hidden: bool = False

    @property
    def width(self) -> int:
        return max((len(line.spots) for line in self.lines), default=1)


@dataclass
class Form:
    sheets: list[Sheet] = field(default_factory=list)
    blocks: dict[str, Sheet] = field(default_factory=dict)  # tables inside of cells
    text_boxes: list[str] = field(default_factory=list)


def names() -> list[str]:
    """Every transcription, by the name of its file."""
    return sorted(path.stem for path in FOLDER.glob("*.txt"))


@cache
def build(name: str, kind: str) -> bytes:
    """The file that an office would have: `kind` is xlsx or docx."""
    # They take what stands here.
    from tests.support import office_docx, office_xlsx

    form = read(name, kind)
    return office_xlsx.written(form) if kind == "xlsx" else office_docx.written(form)


def xlsx(name: str) -> bytes:
    return build(name, "xlsx")


def docx(name: str) -> bytes:
    return build(name, "docx")


def together(*transcriptions: str, kind: str = "xlsx") -> bytes:
    """Several transcriptions in one file, as an office hands in what it has."""
    from tests.support import office_docx, office_xlsx

    forms = [read(name, kind) for name in transcriptions]
    one = Form(
        [
            replace(sheet, name=f"{name}{sheet.name}")
            for name, form in zip(transcriptions, forms, strict=True)
            for sheet in form.sheets
        ],
        {label: block for form in forms for label, block in form.blocks.items()},
        [text for form in forms for text in form.text_boxes],
    )
    return office_xlsx.written(one) if kind == "xlsx" else office_docx.written(one)


def stacked(name: str) -> bytes:
    """A workbook with all sheets of a transcription on one, two empty rows between them."""
    from tests.support import office_xlsx

    sheets = read(name, "xlsx").sheets
    lines = [line for sheet in sheets for line in [*sheet.lines, *[Line("blank", [])] * 2]]
    return office_xlsx.written(Form([replace(sheets[0], name="Sheet1", lines=lines)]))


def html(name: str) -> bytes:
    """A page of a website with the tables, pasted into it out of a word processor."""
    from tests.support import office_html

    return office_html.written(read(name, "xlsx")).encode()


def pasted(name: str) -> str:
    """What comes along when all cells are copied out of the workbook and pasted as text."""
    parts = []
    for sheet in (visible(one) for one in read(name, "xlsx").sheets if not one.is_hidden):
        lines = [line for line in sheet.lines if line.kind not in ("part", "textbox")]
        rows = [["" for _ in range(sheet.width)] for _ in lines]
        for box in boxes([line.spots for line in lines], sheet.width):
            text = box.spot.text.replace('"', '""')
            rows[box.row][box.column] = f'"{text}"' if "\n" in text else text
        parts += ["\t".join(row) for row in rows]
    return "\n".join(parts) + "\n"


def lost_tabs() -> str:
    """The five forms as saved text, after a mail program took away blanks in front of lines."""
    text = (FOLDER.parent / "seed-2024.txt").read_text(encoding="utf-8")
    return "".join(line.lstrip("\t") for line in text.splitlines(keepends=True))


def read(name: str, kind: str) -> Form:
    """A transcription, as far as it concerns one kind of file."""
    return parsed((FOLDER / f"{name}.txt").read_text(encoding="utf-8"), kind)


def shown(name: str, kind: str) -> list[str]:
    """What a reader of the file sees in its cells, text boxes and lines, none of it hidden."""
    form = read(name, kind)
    texts = list(form.text_boxes)
    sheets = [sheet for sheet in form.sheets if not sheet.is_hidden]
    for sheet in [*sheets, *form.blocks.values()]:
        texts += [
            spot.text
            for line in visible(sheet).lines
            for spot in line.spots
            if spot.text and spot.text not in ("<", "<<", "^", "~")
        ]
    return texts


def parsed(text: str, kind: str) -> Form:
    """A transcription as far as it concerns `kind`; without @sheet there is one, Sheet1."""
    form, only = Form(), ""
    sheet = Sheet("Sheet1")
    for raw in text.splitlines():
        word, _, rest = raw.partition(" ")
        rest = rest.strip()
        if word in ("@only", "@both"):
            only = rest
        elif raw.strip() and not raw.startswith("#") and only in ("", kind):
            if word in ("@sheet", "@hiddensheet"):
                sheet = Sheet(rest, is_hidden=word == "@hiddensheet")
                form.sheets.append(sheet)
            elif word == "@block":
                sheet = form.blocks[rest] = Sheet(rest)
            elif word == "@end":
                sheet = form.sheets[-1]
            else:
                form.sheets = form.sheets or [sheet]
                if word == "@textbox":
                    form.text_boxes.append(rest)
                add(sheet, word, rest, raw)
    return form


def add(sheet: Sheet, word: str, rest: str, raw: str) -> None:
    """One line of a sheet: a directive, or a row."""
    match word:
        case "@widths":
            sheet.widths = [float(width) for width in rest.split()]
        case "@hidden":
            sheet.hidden = [ord(letter) - ord("A") for letter in rest.split()]
        case "@title" | "@line":
            sheet.lines.append(Line(word[1:], spots(rest)))
        case "@blank" | "@part" | "@textbox":
            sheet.lines.append(Line(word[1:], []))
        case _ if word.startswith("@"):
            raise ValueError(f"unknown directive: {raw}")
        case _:
            sheet.lines.append(Line("row", spots(raw)))


def spots(line: str) -> list[Spot]:
    return [spot(part.strip(" ")) for part in line.split("|")]


def spot(text: str) -> Spot:
    marks: dict[str, str] = {}
    while found := MARK.search(text):
        marks[found[1]] = found[2].strip()
        text = text[: found.start()]
    return Spot(text.replace("\\n", "\n").replace("\\s", " "), marks)


def visible(sheet: Sheet) -> Sheet:
    """A sheet without its hidden rows and columns, as what is copied out of it."""
    lines = [
        replace(line, spots=[s for i, s in enumerate(line.spots) if i not in sheet.hidden])
        for line in sheet.lines
        if not any("hidden" in one.marks for one in line.spots)
    ]
    widths = [w for i, w in enumerate(sheet.widths) if i not in sheet.hidden]
    return replace(sheet, lines=lines, widths=widths, hidden=[])


def boxes(rows: list[list[Spot]], width: int) -> Iterator[Box]:
    """The cells of a grid: `<` joins its left, `<<` all to the end, `^` the one above."""
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    for y, row in enumerate(rows):
        for x in range(width):
            text = row[x].text if x < len(row) else ""
            if row and row[-1].text == "<<" and x >= len(row) - 1:
                text = "<"
            if text == "<":
                owner[y, x] = owner[y, x - 1]
            elif text == "^" and y:
                owner[y, x] = owner[y - 1, x]
            else:
                owner[y, x] = y, x
    for (y, x), own in owner.items():
        if own != (y, x):
            continue
        area = [place for place, whose in owner.items() if whose == own]
        bottom, right = max(area)[0] - y + 1, max(c for _, c in area) - x + 1
        if len(area) != bottom * right:
            raise ValueError(f"not a rectangle: {rows[y][x].text!r} in row {y + 1}")
        spot = rows[y][x] if x < len(rows[y]) else Spot()
        if spot.text == "^":  # its merge was parted
            spot = Spot()
        yield Box(spot, y, x, bottom, right)


def packed(content: bytes, edit: dict[str, list[tuple[str, str]]] | None = None) -> bytes:
    """An archive anew, without the time of its making; `edit` are replacements in its parts."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            data = source.read(name)
            for pattern, new in (edit or {}).get(name, []):
                data = re.sub(pattern.encode(), new.encode(), data)
            target.writestr(zipfile.ZipInfo(name, MOMENT), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()
