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
    """The glyphs of a run, as a PDF shows them."""
    if font.bitmap or font.svg or font.png or font.colr or item.item.analysis.level % 2:
        return None
    glyphs = item.glyphs
    values = ffi.unpack(ffi.cast("int *", glyphs.glyphs), glyphs.num_glyphs * _FIELDS)
    known = font.__dict__.setdefault("_strings", {}).setdefault(size, {})
    found = []
    for number, place in enumerate(range(0, len(values), _FIELDS)):
        key = glyph, width, offset, rise = tuple(values[place : place + _FIELDS - 1])
        if glyph == pango.PANGO_GLYPH_EMPTY:
            known[key] = f">{-width / size}<"
        if key not in known:
            if rise or glyph & pango.PANGO_GLYPH_UNKNOWN_FLAG:
                return None
            if glyph not in font.to_unicode:
                begin, clusters = item.item.offset, glyphs.log_clusters
                is_last = number == glyphs.num_glyphs - 1
                end = item.item.length if is_last else clusters[number + 1]
                font.to_unicode[glyph] = text[begin + clusters[number] : begin + end].decode()
            if glyph not in font.widths:
                pango.pango_font_get_glyph_extents(
                    item.item.analysis.font, glyph, stream.ink_rect, stream.logical_rect
                )
                width_of = stream.logical_rect.width * 1000 * FROM_UNITS / size
                font.widths[glyph] = round(width_of)
            moved = offset / size
            kerning = font.widths[glyph] + moved - width * 1000 * FROM_UNITS / size
            known[key] = "".join(
                (
                    f">{-moved}<" if moved else "",
                    f"{glyph:04x}",
                    f">{int(kerning)}<" if kerning else "",
                )
            )
        found.append(known[key])
    string = "<" + "".join(found)
    return string[:-1] if string[-1] == "<" else string + ">"


PLACES: tuple[Place, ...] = ((draw, "draw_first_line", draw_first_line),)


def taken() -> AbstractContextManager[None]:
    """Draw so while the context lasts."""
    return places.taken(PLACES)
