"""Letters for what the volume sets itself: lists, heads and numbers that pages refer to.

A line of a list is one text at one place; setting it here instead of in a layout engine
makes the contents of five thousand projects in a second instead of half a minute.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property, partial
from itertools import groupby
from operator import itemgetter

from builder.pdf import Face, Faces, FontUse, PrintError

SONG, HEI = "Jixiao Song", "Jixiao Hei"
REGULAR, BOLD = 400, 700

# What may not begin a line, and what may not end one.
_NOT_FIRST = frozenset("，。、；：！？）》〉」』】〕”’％%‰℃…—·,.;:!?)]}")
_NOT_LAST = frozenset("（《〈「『【〔“‘([{≥≤＞＜><＝=￥¥")
# Where a text is too long for its line, a place to break it is looked for so far back.
_BACK = 24
MORE = "……"
"""Behind a text of which there is more elsewhere."""


@dataclass(frozen=True, slots=True)
class Style:
    """A face and a size in points."""

    family: str
    weight: int
    size: float


class _Cut:
    """One face: the glyphs of its characters and their widths in thousandths of an em."""

    def __init__(self, face: Face, name: str) -> None:
        with face.opened() as font:
            scale = 1000 / font["head"].unitsPerEm
            widths = font["hmtx"].metrics
            self.glyphs = {
                chr(code): (font.getGlyphID(glyph), widths[glyph][0] * scale)
                for code, glyph in font.getBestCmap().items()
            }
        self.name = name
        self.use = FontUse(face.family, face.weight, {}, {})


class _Glyphs(dict[str, tuple[str, bytes, float]]):
    """Of every character asked for: the name of its face, its glyph in hexadecimals, its width."""

    def __init__(self, find: Callable[[str], tuple[_Cut, int, float]]) -> None:
        super().__init__()
        self._find = find

    def __missing__(self, letter: str) -> tuple[str, bytes, float]:
        cut, glyph, width = self._find(letter)
        cut.use.widths[glyph] = width
        cut.use.texts[glyph] = letter
        self[letter] = cut.name, b"%04x" % glyph, width
        return self[letter]


@dataclass
class Letters:
    """The faces of a theme, and what was used of them."""

    faces: Faces
    _cuts: dict[Face, _Cut] = field(default_factory=dict)
    _known: dict[tuple[str, int], _Glyphs] = field(default_factory=dict)

    @property
    def uses(self) -> dict[str, FontUse]:
        """By the name that a face has in page contents."""
        return {cut.name: cut.use for cut in self._cuts.values() if cut.use.texts}

    def width(self, text: str, style: Style) -> float:
        """How wide a text is, in points."""
        glyphs = self._glyphs(style)
        return sum([glyphs[letter][2] for letter in text]) * style.size / 1000

    def show(self, text: str, style: Style) -> bytes:
        """Operators that show a text, within BT and ET."""
        glyphs = self._glyphs(style)
        runs = groupby((glyphs[letter] for letter in text), key=itemgetter(0))
        return b" ".join(
            b"/%b %g Tf <%b> Tj" % (name.encode(), style.size, b"".join([g[1] for g in run]))
            for name, run in runs
        )

    def lines(self, text: str, style: Style, width: float) -> list[str]:
        """A text in lines of at most `width` points; signs stay with what they belong to."""
        lines = []
        for paragraph in text.split("\n"):
            left = paragraph
            while self.width(left, style) > width:
                end = self._fitting(left, style, width)
                lines.append(left[:end].rstrip())
                left = left[end:].lstrip()
            lines.append(left)
        return lines

    def beginning(self, text: str, style: Style, width: float, most: int) -> list[str]:
        """A text in at most so many lines; where it is longer, `MORE` says so."""
        lines = self.lines(text, style, width)
        if len(lines) > most:
            last = lines[most - 1]
            while last and self.width(last + MORE, style) > width:
                last = last[:-1]
            lines[most - 1 :] = [last + MORE]
        return lines

    def _fitting(self, text: str, style: Style, width: float) -> int:
        """How many characters of a text make its first line."""
        glyphs = self._glyphs(style)
        used, end = 0.0, 0
        while used <= width:
            used += glyphs[text[end]][2] * style.size / 1000
            end += 1
        end -= 1
        for at in range(end, max(end - _BACK, 0), -1):
            before, after = text[at - 1], text[at]
            is_word = before.isascii() and after.isascii() and before.isalnum() and after.isalnum()
            is_figure = before in ".," and after.isdigit() and text[at - 2 : at - 1].isdigit()
            if (
                after not in _NOT_FIRST
                and before not in _NOT_LAST
                and not is_word
                and not is_figure
            ):
                return at
        return max(end, 1)

    def _glyphs(self, style: Style) -> _Glyphs:
        key = style.family, style.weight
        if key not in self._known:
            self._known[key] = _Glyphs(partial(self._find, key))
        return self._known[key]

    def _find(self, key: tuple[str, int], letter: str) -> tuple[_Cut, int, float]:
        for face in (self._own[key], *self.faces.covering(letter)):
            cut = self._cuts.get(face)
            if cut is None:
                cut = self._cuts[face] = _Cut(face, f"J{len(self._cuts)}")
            if found := cut.glyphs.get(letter):
                return cut, *found
        raise PrintError(f"no font has {letter!r}")

    @cached_property
    def _own(self) -> dict[tuple[str, int], Face]:
        return {(face.family, face.weight): face for face in self.faces.own}
