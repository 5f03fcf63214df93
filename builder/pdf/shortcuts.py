"""Shortcuts through WeasyPrint: the same pages, found sooner.

All forms are set in the same few dozen styles. WeasyPrint works these out anew for every
document, and for every cell what its style alone decides. Each shortcut takes the place of
one function of WeasyPrint while a document is printed, and does what that function does once
for a style, or not at all.

None of this is WeasyPrint's promise. So a printer proves them first: they are used only when
a specimen printed with them has the same bytes as without. If WeasyPrint has changed so that
it has not, or a style sheet asks for what they were not made for, it goes its own way.
"""

from __future__ import annotations

import re
from contextlib import AbstractContextManager
from typing import Any

from weasyprint import css
from weasyprint.draw.color import get_color
from weasyprint.formatting_structure import boxes, build
from weasyprint.layout import absolute, background, block, inline, page, percent, table
from weasyprint.layout import float as floats
from weasyprint.pdf import fonts
from weasyprint.text import line_break
from weasyprint.text.constants import PANGO_DIRECTION
from weasyprint.text.ffi import ffi, gobject, harfbuzz, pango, unicode_to_char_p

from builder.pdf import places
from builder.pdf.edges import BORDERS, collapse_table_borders
from builder.pdf.places import Place

# What makes the style of a box change between two looks at it, or depend on the page.
_UNSUITED = re.compile(
    r"\b(flex|grid|columns?|column-(count|width)|first-(line|letter)|footnote|note)\b"
    r"|\d[sld]?v(w|h|b|i|min|max)\b"
)

_SIDES = ("top", "right", "bottom", "left")
LENGTHS = (
    *(f"{kind}_{side}" for kind in ("margin", "padding") for side in _SIDES),
    *(f"{limit}{side}" for limit in ("", "min_", "max_") for side in ("width", "height")),
    *BORDERS,
)

# So many styles are kept; those of `style` attributes come and go.
_MANY_STYLES = 500
_MANY_SIZES = 200

_compute = css.StyleFor.set_computed_styles
_resolve = percent.resolve_percentages
_in_flow = boxes.Box.is_in_normal_flow
_backgrounds = background.layout_box_backgrounds
_strut = line_break.strut
_font_face = fonts.get_pango_font_hb_face
_data_of = fonts.get_hb_object_data
_setup = line_break.Layout.setup
_deactivate = line_break.Layout.deactivate
_reactivate = line_break.Layout.reactivate


def set_computed_styles(
    styles: Any, element: Any, parent: Any, *rest: Any, pseudo_type: str | None = None, **more: Any
) -> None:
    """A style follows from that of the parent and from the declarations that apply."""
    if pseudo_type or isinstance(element, page.PageType):
        _compute(styles, element, parent, *rest, pseudo_type=pseudo_type, **more)
        return
    computed = styles.get_computed_styles()
    above = computed[parent, None] if parent is not None else styles.font_config
    declared = styles.get_cascaded_styles().get((element, None), {})
    # Values are those of the style sheet, which lives as long as they do, but for `lang`.
    key = (
        id(above),
        *(
            (name, value if name == "lang" else id(value), weight)
            for name, (value, weight) in declared.items()
        ),
    )
    if key in _known_styles:
        style = computed[element, None] = _known_styles[key][0]
        collector = more.get("target_collector")
        if collector and style["anchor"]:
            collector.collect_anchor(style["anchor"])
        return
    _compute(styles, element, parent, *rest, pseudo_type=pseudo_type, **more)
    if len(_known_styles) >= _MANY_STYLES:
        _known_styles.clear()
    # With what the key names by its address, so that the address stays its own.
    _known_styles[key] = computed[element, None], above, declared


_known_styles: dict[tuple[Any, ...], tuple[Any, Any, Any]] = {}


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
    key = (*size, *map(used.get, BORDERS)) if "border_top_width" in used else size
    if key in known:
        used.update(known[key])
    else:
        _resolve(box, containing_block)
        if len(known) >= _MANY_SIZES:
            known.clear()
        known[key] = {name: used[name] for name in LENGTHS}


def is_in_normal_flow(box: Any) -> bool:
    """Nearly every box is, and is asked often."""
    if box.style["float"] == "none" and box.style["position"] == "static":
        return True
    return bool(_in_flow(box))


def layout_box_backgrounds(
    page_box: Any, box: Any, get_image: Any, layout_children: bool = True, style: Any = None
) -> None:
    """A style tells whether a box has anything behind it."""
    known = box.style.__dict__
    if "_is_bare" not in known:
        known["_is_bare"] = _is_bare(box.style)
    if style is not None or box is page_box or not known["_is_bare"]:
        _backgrounds(page_box, box, get_image, layout_children, style)
        return
    for corner in _CORNERS:
        setattr(box, corner, (0, 0))
    box.background = None
    if layout_children:
        for child in box.all_children():
            layout_box_backgrounds(page_box, child, get_image)


_CORNERS = tuple(
    f"border_{corner}_radius" for corner in ("top_left", "top_right", "bottom_right", "bottom_left")
)


def _is_bare(style: Any) -> bool:
    """Whether nothing is shown behind a box or around it but straight lines."""
    return (
        style["visibility"] != "hidden"
        and style["border_image_source"][0] == style["mask_border_source"][0] == "none"
        and all(kind == "none" for kind, _ in style["background_image"])
        and get_color(style, "background_color").alpha == 0
        and not style["box_shadow"]
        and all((0, "px") in style[corner] for corner in _CORNERS)
    )


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
    if layout.justification_spacing:
        _deactivate(layout)


def reactivate(layout: Any, style: Any) -> None:
    """Nothing is left to be done for a line that has waited."""
    if layout.justification_spacing:
        _reactivate(layout, style)


def font_face(pango_font: Any) -> Any:
    """The face of a font; those seen are kept, so that their addresses stay theirs."""
    face = _font_face(pango_font)
    address = _address(face)
    if address not in _faces:
        if len(_faces) >= _MANY_FACES:  # of printers that are gone
            _faces.clear()
        blob = ffi.gc(harfbuzz.hb_face_reference_blob(face), harfbuzz.hb_blob_destroy)
        length = ffi.new("unsigned int *")
        data = harfbuzz.hb_blob_get_data(blob, length)
        _faces[address] = face, blob, ffi.buffer(data, length[0])
    return face


def data_of(face: Any) -> Any:
    """The file of a font is the same for every document; it is looked at, not copied."""
    known = _faces.get(_address(face))
    return known[2] if known else _data_of(face)  # one that was cut for this document


_faces: dict[int, tuple[Any, Any, Any]] = {}
_MANY_FACES = 20


def _address(face: Any) -> int:
    return int(ffi.cast("uintptr_t", face))


def suit(sheet: str) -> bool:
    """Whether the shortcuts may be tried for documents with that style sheet."""
    return not _UNSUITED.search(sheet)


_LAYOUTS = (absolute, block, floats, inline, page, table)
PLACES: tuple[Place, ...] = (
    (css.StyleFor, "set_computed_styles", set_computed_styles),
    *((module, "resolve_percentages", resolve_percentages) for module in _LAYOUTS),
    (boxes.Box, "is_in_normal_flow", is_in_normal_flow),
    (background, "layout_box_backgrounds", layout_box_backgrounds),
    (inline, "strut", strut),
    (build, "collapse_table_borders", collapse_table_borders),
    (fonts, "get_pango_font_hb_face", font_face),
    (fonts, "get_hb_object_data", data_of),
    (line_break.Layout, "setup", setup),
    (line_break.Layout, "deactivate", deactivate),
    (line_break.Layout, "reactivate", reactivate),
)


def taken() -> AbstractContextManager[None]:
    """Take the shortcuts while the context lasts."""
    return places.taken(PLACES)
