"""Shortcuts through WeasyPrint: the same pages, found sooner.

A form is hundreds of cells in a few styles, and WeasyPrint works out for every cell anew what
its style alone decides. Each shortcut takes the place of one function of WeasyPrint while a
document is printed, and does what that function does once for a style or not at all.

None of this is WeasyPrint's promise. So a printer proves them first: they are used only when
a specimen printed with them has the same bytes as without. If WeasyPrint has changed so that
it has not, or a style sheet asks for what they were not made for, it goes its own way.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint.draw.color import get_color
from weasyprint.formatting_structure import boxes, build
from weasyprint.layout import absolute, block, inline, page, percent, table
from weasyprint.layout import float as floats
from weasyprint.pdf import fonts
from weasyprint.text import line_break
from weasyprint.text.constants import PANGO_DIRECTION
from weasyprint.text.ffi import ffi, gobject, pango, unicode_to_char_p

# Layouts that change the style of a box between two looks at it.
UNSUITED = re.compile(r"\b(flex|grid|column-count|column-width|columns|first-line|first-letter)\b")

_SIDES = ("top", "right", "bottom", "left")
_BORDERS = tuple(f"border_{side}_width" for side in _SIDES)
_LENGTHS = (
    *(f"{kind}_{side}" for kind in ("margin", "padding") for side in _SIDES),
    *(f"{limit}{side}" for limit in ("", "min_", "max_") for side in ("width", "height")),
    *_BORDERS,
)
# What `collapse_table_borders` compares borders by: hidden or not, width, kind of line.
_SOLID, _NONE, _HIDDEN = 7, 0, 9

_resolve = percent.resolve_percentages
_collapse = table.collapse_table_borders
_strut = line_break.strut
_setup = line_break.Layout.setup
_deactivate = line_break.Layout.deactivate
_reactivate = line_break.Layout.reactivate
_font_face = fonts.get_pango_font_hb_face
_data_of = fonts.get_hb_object_data


def resolve_percentages(box: Any, containing_block: Any) -> None:
    """Used lengths follow from the style, the block around and, in tables, the borders."""
    if isinstance(box, boxes.PageBox):
        _resolve(box, containing_block)
        return
    if isinstance(containing_block, boxes.Box):
        size = containing_block.width, containing_block.height
    else:
        size = tuple(containing_block)
    used = box.__dict__
    known = box.style.__dict__.setdefault("_used_lengths", {})
    key = (*size, *map(used.get, _BORDERS)) if "border_top_width" in used else size
    if key in known:
        used.update(known[key])
    else:
        _resolve(box, containing_block)
        known[key] = {name: used[name] for name in _LENGTHS}


def strut(style: Any) -> Any:
    """The height of a line and its base follow from the style."""
    known = style.__dict__
    if "_strut" not in known:
        known["_strut"] = _strut(style)
    return known["_strut"]


def setup(layout: Any, style: Any) -> None:
    """Language, direction and font of a text follow from the style."""
    if "_text" not in style.__dict__:
        style.__dict__["_text"] = _text(style)
    known = style.__dict__["_text"]
    if known is None:
        _setup(layout, style)
        return
    context, layout.language, font = known
    layout.style = style
    layout.first_line_direction = 0
    layout.layout = ffi.gc(pango.pango_layout_new(context), gobject.g_object_unref)
    pango.pango_layout_set_auto_dir(layout.layout, False)
    pango.pango_layout_set_font_description(layout.layout, font)
    layout.ascent = layout.underline_position = layout.strikethrough_position = None


def _text(style: Any) -> tuple[Any, Any, Any] | None:
    """Pango's context, language and font of a style; None where it asks for more than these."""
    features = line_break.font_features(
        *(style[f"font_{name}"] for name in ("kerning", "variant_ligatures")),
        *(style[f"font_variant_{name}"] for name in ("position", "caps", "numeric")),
        *(style[f"font_variant_{name}"] for name in ("alternates", "east_asian")),
        style["font_feature_settings"],
    )
    is_plain = style["text_decoration_line"] == "none" and not features
    if not is_plain or style["font_language_override"] != "normal" or not style["lang"]:
        return None
    context = ffi.gc(
        pango.pango_font_map_create_context(style.font_config.font_map), gobject.g_object_unref
    )
    pango.pango_context_set_round_glyph_positions(context, False)
    pango.pango_context_set_base_dir(context, PANGO_DIRECTION[style["direction"]])
    pointer, _alive = unicode_to_char_p(style["lang"])
    language = pango.pango_language_from_string(pointer)
    pango.pango_context_set_language(context, language)
    return context, language, line_break.get_font_description(style)


def deactivate(layout: Any) -> None:
    """A line that was laid out waits to be drawn, instead of being laid out again for that."""
    if layout.__dict__.pop("_waits", False) or layout.justification_spacing:
        _deactivate(layout)
    else:
        layout.__dict__["_waits"] = True


def reactivate(layout: Any, style: Any) -> None:
    """Nothing is left to be done for a line that has waited."""
    if "_waits" not in layout.__dict__:
        _reactivate(layout, style)
        layout.__dict__["_waits"] = not layout.justification_spacing


def font_face(pango_font: Any) -> Any:
    """The face of a font; those seen are kept, so that their addresses stay theirs."""
    face = _font_face(pango_font)
    if len(_faces) > _MANY_FACES:  # of printers that are gone
        _faces.clear()
        _files.clear()
    _faces.setdefault(_address(face), face)
    return face


def data_of(face: Any) -> Any:
    """The file of a font is the same for every document; it is copied out once."""
    address = _address(face)
    if address not in _faces:  # one that was subset for this document
        return _data_of(face)
    if address not in _files:
        _files[address] = _data_of(face)
    return _files[address]


_faces: dict[int, Any] = {}
_files: dict[int, bytes] = {}
_MANY_FACES = 20


def _address(face: Any) -> int:
    return int(ffi.cast("uintptr_t", face))


def collapse_table_borders(box: Any, width: int, height: int) -> Any:
    """Where all cells have the same solid border and nothing else has one, none wins."""
    border = _one_border(box) if width and height else None
    if border is None:
        return _collapse(box, width, height)
    inside = ((1, 0, _HIDDEN), ("hidden", 0, table.TRANSPARENT))
    outside = ((0, 0, _NONE), ("none", 0, table.TRANSPARENT))
    vertical = [[outside] * (width + 1) for _ in range(height)]
    horizontal = [[outside] * width for _ in range(height + 1)]
    half = border[1][1] / 2
    y = 0
    for group in box.children:
        _set_borders(group, 0)
        for row in group.children:
            _set_borders(row, 0)
            for cell in row.children:
                _set_borders(cell, half)
                x, columns, rows = cell.grid_x, cell.colspan, cell.rowspan
                for line in vertical[y : y + rows]:
                    line[x] = line[x + columns] = border
                    line[x + 1 : x + columns] = [inside] * (columns - 1)
                horizontal[y][x : x + columns] = [border] * columns
                horizontal[y + rows][x : x + columns] = [border] * columns
                for line in horizontal[y + 1 : y + rows]:
                    line[x : x + columns] = [inside] * columns
            y += 1
    for group in box.column_groups:
        for each in (group, *group.children):
            _set_borders(each, 0)
    box.border_top_width = max(w for _, (_, w, _) in horizontal[0]) / 2
    box.border_bottom_width = max(w for _, (_, w, _) in horizontal[-1]) / 2
    box.border_left_width = vertical[0][0][1][1] / 2
    box.border_right_width = vertical[0][-1][1][1] / 2
    return vertical, horizontal


def _one_border(box: Any) -> Any:
    """The border that all cells of a table have on all sides, or None."""
    rows = [row for group in box.children for row in group.children]
    columns = [column for group in box.column_groups for column in group.children]
    others = [box, *box.children, *rows, *box.column_groups, *columns]
    if box.style["direction"] != "ltr" or any(
        style[f"border_{side}_style"] != "none" for style in _styles(others) for side in _SIDES
    ):
        return None
    found = {
        (
            style[f"border_{side}_style"],
            style[f"border_{side}_width"],
            get_color(style, f"border_{side}_color"),
        )
        for style in _styles(cell for row in rows for cell in row.children)
        for side in _SIDES
    }
    kind, width, color = found.pop() if len(found) == 1 else ("none", 0, None)
    return ((0, width, _SOLID), (kind, width, color)) if kind == "solid" and width else None


def _styles(found: Any) -> Any:
    return {id(box.style): box.style for box in found}.values()


def _set_borders(box: Any, width: float) -> None:
    for name in _BORDERS:
        setattr(box, name, width)


_Place = tuple[Any, str, Callable[..., Any]]

_LAYOUTS = (absolute, block, floats, inline, page, table)
_PLACES: tuple[_Place, ...] = (
    *((module, "resolve_percentages", resolve_percentages) for module in _LAYOUTS),
    (inline, "strut", strut),
    (build, "collapse_table_borders", collapse_table_borders),
    (fonts, "get_pango_font_hb_face", font_face),
    (fonts, "get_hb_object_data", data_of),
    (line_break.Layout, "setup", setup),
    (line_break.Layout, "deactivate", deactivate),
    (line_break.Layout, "reactivate", reactivate),
)


@contextmanager
def taken() -> Iterator[None]:
    """Take the shortcuts while the context lasts."""
    before = [(owner, name, vars(owner)[name]) for owner, name, _ in _PLACES]
    try:
        for owner, name, shortcut in _PLACES:
            setattr(owner, name, shortcut)
        yield
    finally:
        for owner, name, function in before:
            setattr(owner, name, function)
