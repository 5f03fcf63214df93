"""The fonts of everything printed, chosen here and nowhere else, and what they cannot show.

A theme brings Regular and Bold of a Song and a Hei, all cut to one character set (see
`themes/official/fonts/make.py`). A character beyond it comes from an installed covering
font, looked for in a fixed order; a character that no font has is reported at its place in
the author's file, never printed as an empty box.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, cached_property
from io import BytesIO
from pathlib import Path

from fontTools.ttLib import TTCollection, TTFont, TTLibError

from builder.diagnostics import Diagnostics, Span, catalogue, lines_of
from builder.source import Location, Source, Value

# CSS family -> stem of its files in a theme's `fonts` folder.
FAMILIES = {"Jixiao Song": "song", "Jixiao Hei": "hei"}
WEIGHTS = {400: "regular", 700: "bold"}

# Free fonts of many characters, best first, with the family to take from a collection. The
# order is fixed, so that machines with the same fonts installed print the same bytes.
COVERING = (
    ("NotoSerifCJK-Regular.ttc", "Noto Serif CJK SC"),
    ("SourceHanSerifSC-Regular.otf", ""),
    ("NotoSansCJK-Regular.ttc", "Noto Sans CJK SC"),
    ("SourceHanSansSC-Regular.otf", ""),
    ("PlangothicP1-Regular.ttf", ""),
    ("PlangothicP2-Regular.ttf", ""),
    ("BabelStoneHan.ttf", ""),
    ("HanaMinA.ttf", ""),
    ("HanaMinB.ttf", ""),
    ("simsunb.ttf", ""),
    ("DejaVuSans.ttf", ""),
)


def _stack(first: str) -> str:
    covers = (cover_family(number) for number in range(1, len(COVERING) + 1))
    return ", ".join(f'"{family}"' for family in dict.fromkeys((first, *FAMILIES, *covers)))


def cover_family(number: int) -> str:
    """The CSS family of the covering font of that number in `COVERING`, from 1."""
    return f"Jixiao Cover {chr(ord('A') + number - 1)}"


# What style sheets call `var(--song)` and `var(--hei)`: the families in which a character is
# looked for. All covering fonts are named, so that their order never depends on which of them
# were needed before.
STACKS = {stem: _stack(family) for family, stem in FAMILIES.items()}

# Shown as nothing by design, so that no font needs a glyph for them.
_INVISIBLE = "\t\n\r\u00ad\ufeff" + "".join(
    map(
        chr,
        (
            *range(0x200B, 0x2010),  # zero width spaces, joiners, direction marks
            *range(0x202A, 0x202F),
            *range(0x2060, 0x2065),
            *range(0xFE00, 0xFE10),  # variation selectors
            *range(0xE0100, 0xE01F0),
        ),
    )
)


@dataclass(frozen=True, slots=True)
class Face:
    """One weight of one CSS family: a font file, and the family to take from a collection."""

    family: str
    weight: int
    path: Path
    member: str = ""

    @contextmanager
    def opened(self) -> Iterator[TTFont]:
        """The font, read as far as it is asked for."""
        with self.path.open("rb") as file:
            if self.member:
                fonts = TTCollection(file, lazy=True)
                yield next(font for font in fonts if font["name"].getDebugName(1) == self.member)
            else:
                yield TTFont(file, lazy=True)

    def content(self) -> bytes:
        """The font as a file of its own."""
        if not self.member:
            return self.path.read_bytes()
        out = BytesIO()
        with self.opened() as font:
            font.save(out)
        return out.getvalue()

    @property
    def characters(self) -> frozenset[str]:
        """What this face can show."""
        return _characters(self)


@cache
def _characters(face: Face) -> frozenset[str]:
    with face.opened() as font:
        return frozenset(map(chr, font.getBestCmap()))


@dataclass(frozen=True)
class Faces:
    """The faces of one theme."""

    own: tuple[Face, ...]

    @classmethod
    def of(cls, folder: Path) -> Faces:
        """The faces in a theme's `fonts` folder."""
        return cls(
            tuple(
                Face(family, weight, folder / f"{stem}-{style}.ttf")
                for family, stem in FAMILIES.items()
                for weight, style in WEIGHTS.items()
            )
        )

    @cached_property
    def characters(self) -> frozenset[str]:
        """What every face of the theme can show."""
        return frozenset.intersection(*(face.characters for face in self.own)).union(_INVISIBLE)

    def missing(self, text: str) -> frozenset[str]:
        """The characters of `text` that the theme's faces lack."""
        return frozenset(text) - self.characters

    def covering(self, text: str) -> tuple[Face, ...]:
        """The installed faces that show what `missing(text)` names, as far as any does."""
        needed, found = self.missing(text), []
        for face in installed() if needed else ():
            if needed & face.characters:
                found.append(face)
                needed -= face.characters
        return tuple(found)


def check(source: Source, printed: str, faces: Faces, diagnostics: Diagnostics) -> None:
    """Report where `source` has a character that no font can print, or only this machine's.

    `printed` is all that is printed of the file: what stays internal needs no glyph. A
    character taken from a font of this machine is told once.
    """
    missing = faces.missing(printed)
    if not missing:
        return
    borrowed: dict[str, str] = {}
    for face in faces.covering(printed):
        for character in missing & face.characters:
            borrowed.setdefault(character, face.path.name)
    lines = lines_of(source.text)
    for text, span in _texts(source, source.value, ()):
        places = list(_places(lines, span, missing))
        # Written as an escape, such as "\U000212fe", it has no place of its own.
        for character, at in places or [(c, span) for c in sorted(missing & set(text))]:
            code = f"{ord(character):04X}"
            if character not in borrowed:
                diagnostics.report(catalogue.MISSING_GLYPH, at, character=character, code=code)
            elif font := borrowed[character]:
                diagnostics.report(
                    catalogue.BORROWED_GLYPH, at, character=character, code=code, font=font
                )
                borrowed[character] = ""


def _texts(source: Source, value: Value, location: Location) -> Iterator[tuple[str, Span]]:
    """Every key and every text of a file with its place."""
    if isinstance(value, str):
        yield value, source.spans.value(location)
    elif isinstance(value, list):
        for position, item in enumerate(value):
            yield from _texts(source, item, (*location, position))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield key, source.spans.key((*location, key))
            yield from _texts(source, item, (*location, key))


def _places(
    lines: Sequence[str], span: Span, characters: frozenset[str]
) -> Iterator[tuple[str, Span]]:
    for number in range(span.line, span.end_line + 1):
        line = lines[number - 1]
        first = span.column if number == span.line else 1
        last = span.end_column - 1 if number == span.end_line else len(line)
        for column in range(first, last + 1):
            if line[column - 1] in characters:
                yield line[column - 1], Span(span.file, number, column, number, column + 1)


@cache
def installed() -> tuple[Face, ...]:
    """The covering fonts on this machine, in the order of `COVERING`.

    Each has a family of its own, numbered by that order: a face that is not there leaves
    the others' names, and so the PDFs, as they are.
    """
    found: dict[str, Path] = {}
    for folder in _font_folders():
        for path in sorted(folder.rglob("*.[ot]t[cf]")) if folder.is_dir() else ():
            found.setdefault(path.name, path)
    faces = []
    for number, (name, member) in enumerate(COVERING, start=1):
        face = Face(cover_family(number), 400, found.get(name, Path()), member)
        try:
            if name in found and face.characters:
                faces.append(face)
        except (OSError, TTLibError, StopIteration):
            continue  # a damaged file, or another edition of the collection
    return tuple(faces)


def _font_folders() -> tuple[Path, ...]:
    if sys.platform == "win32":
        return (Path(os.environ.get("WINDIR", "C:/Windows"), "Fonts"),)
    if sys.platform == "darwin":
        own, common = ["Library/Fonts"], ["/Library/Fonts", "/System/Library/Fonts"]
    else:
        own, common = (
            [".local/share/fonts", ".fonts"],
            ["/usr/local/share/fonts", "/usr/share/fonts"],
        )
    try:
        home = [Path.home()]
    except RuntimeError:  # a container's user may have none
        home = []
    return (*(folder / name for folder in home for name in own), *map(Path, common))
