"""Texts drawn glyph by glyph, each glyph worked out once for a document.

WeasyPrint asks Pango for six things of every glyph that it draws, and lays a line out once
more before. Here a line is read in one piece. Like the `shortcuts` this is proved before it
is used, and what is unusual in a line is left to WeasyPrint.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any

from weasyprint.draw import text as draw
from weasyprint.text.ffi import FROM_UNITS, ffi, pango

from builder.pdf import places
from builder.pdf.places import Place

# What one glyph takes of Pango's list: itself, its width, how far it is moved, and a flag.
_FIELDS = 5

# https://gitlab.gnome.org/GNOME/pango/-/issues/530
_TRUE_SIZES = 14802  # the first version of Pango with them

_draw_first_line = draw.draw_first_line


def draw_first_line(
    stream: Any, textbox: Any, text_overflow: str, block_ellipsis: str, matrix: Any
) -> list[Any]:
    """Draw a line of text; takes the place of WeasyPrint's function."""
    layout = textbox.pango_layout
    is_plain = text_overflow == "clip" and block_ellipsis == "none"
    # One line is one paragraph, which else must be said first.
    if is_plain and textbox.text.strip() and len(layout.text.splitlines()) == 1:
        line = pango.pango_layout_get_line_readonly(layout.layout, 0)
        shown = _shown(stream, line, layout.text, textbox.style["font_size"])
        if shown is not None:
            stream.set_text_matrix(*matrix.values)
            for font, size, string in shown:
                stream.set_font_size(font.hash, size)
                stream.show_text(string)
            return []
    emojis: list[Any] = _draw_first_line(stream, textbox, text_overflow, block_ellipsis, matrix)
    return emojis


def _shown(stream: Any, line: Any, text: str, size: float) -> list[tuple[Any, float, str]] | None:
    """The pieces of a line, each with its font and the size of that; None for the unusual."""
    shown: list[tuple[Any, float, str]] = []
    encoded = text.encode()
    run, before = line.runs[0], None
    while run != ffi.NULL:
        item, run = run.data, run.next
        pango_font = item.item.analysis.font
        if pango_font != before:
            before = pango_font
            font, font_size = stream.add_font(pango_font)
            if pango.pango_version() < _TRUE_SIZES:
                font_size = size
            shown.append((font, font_size, ""))
        string = _string(stream, item, font, font_size, encoded)
        if string is None:
            return None
        shown[-1] = font, font_size, shown[-1][2] + string
    return shown


def _string(stream: Any, item: Any, font: Any, size: float, text: bytes) -> str | None:
    """The glyphs of a run, as a PDF shows them; None for the unusual."""
    if font.bitmap or font.svg or font.png or font.colr or item.item.analysis.level % 2:
        return None
    glyphs = item.glyphs
    values = ffi.unpack(ffi.cast("int *", glyphs.glyphs), glyphs.num_glyphs * _FIELDS)
    known = font.__dict__.setdefault("_strings", {}).setdefault(size, {})
    found = []
    for number, place in enumerate(range(0, len(values), _FIELDS)):
        key = glyph, width, _, rise = tuple(values[place : place + _FIELDS - 1])
        if key not in known:
            if glyph == pango.PANGO_GLYPH_EMPTY:
                known[key] = f">{-width / size}<"
            elif rise or glyph & pango.PANGO_GLYPH_UNKNOWN_FLAG:
                return None
            else:
                if glyph not in font.to_unicode:
                    font.to_unicode[glyph] = _characters(item, number, text)
                if glyph not in font.widths:
                    font.widths[glyph] = _width(stream, item.item.analysis.font, glyph, size)
                known[key] = _shown_glyph(font, size, *key[:3])
        found.append(known[key])
    string = "<" + "".join(found)
    return string[:-1] if string[-1] == "<" else string + ">"


def _characters(item: Any, number: int, text: bytes) -> str:
    """What a glyph of a run stands for."""
    begin, clusters = item.item.offset, item.glyphs.log_clusters
    is_last = number == item.glyphs.num_glyphs - 1
    end = item.item.length if is_last else clusters[number + 1]
    return text[begin + clusters[number] : begin + end].decode()


def _width(stream: Any, pango_font: Any, glyph: int, size: float) -> int:
    """How wide a glyph is by its font, in thousandths of the size."""
    pango.pango_font_get_glyph_extents(pango_font, glyph, stream.ink_rect, stream.logical_rect)
    width: int = round(stream.logical_rect.width * 1000 * FROM_UNITS / size)
    return width


def _shown_glyph(font: Any, size: float, glyph: int, width: int, offset: int) -> str:
    """A glyph among others of a string, with what it is moved and set closer by."""
    moved = offset / size
    kerning = font.widths[glyph] + moved - width * 1000 * FROM_UNITS / size
    before = f">{-moved}<" if moved else ""
    behind = f">{int(kerning)}<" if kerning else ""
    return f"{before}{glyph:04x}{behind}"


PLACES: tuple[Place, ...] = ((draw, "draw_first_line", draw_first_line),)


def taken() -> AbstractContextManager[None]:
    """Draw so while the context lasts."""
    return places.taken(PLACES)
