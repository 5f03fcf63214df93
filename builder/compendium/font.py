"""A font in a PDF: its program, its widths, and the texts its glyphs stand for."""

from __future__ import annotations

import zlib
from itertools import groupby

from builder.compendium.writer import Writer, text
from builder.pdf import FontUse, Program

_HEAD = (
    b"/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
    b"/CIDSystemInfo\n<< /Registry (Adobe)\n/Ordering (UCS)\n/Supplement 0\n>> def\n"
    b"/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
    b"1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n"
)
_TAIL = b"endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"


def write_font(writer: Writer, use: FontUse, program: Program) -> int:
    """Embed a face with what is used of it; the font's number."""
    extra = b"/Subtype/OpenType" if program.is_cff else b"/Length1 %d" % len(program.content)
    file = writer.add_stream(zlib.compress(program.content, 9), extra)
    descriptor = writer.add(
        b"<</Type/FontDescriptor/FontName%b/FontFamily%b/Flags %d/FontBBox[0 %d %d %d]"
        b"/ItalicAngle 0/Ascent %d/Descent %d/CapHeight %d/StemV 80/StemH 80/FontFile%d %d 0 R>>"
        % (program.name, text(use.family), program.flags, program.descent,
           max(use.widths.values()), program.ascent, program.ascent, program.descent,
           program.ascent, 3 if program.is_cff else 2, file)
    )  # fmt: skip
    descendant = writer.add(
        b"<</Type/Font/Subtype/CIDFontType%d/BaseFont%b/CIDSystemInfo<</Registry(Adobe)"
        b"/Ordering(Identity)/Supplement 0>>/CIDToGIDMap/Identity/W[%b]/FontDescriptor %d 0 R>>"
        % (0 if program.is_cff else 2, program.name, _widths(use), descriptor)
    )
    to_unicode = writer.add_stream(zlib.compress(_texts(use)))
    return writer.add(
        b"<</Type/Font/Subtype/Type0/BaseFont%b/Encoding/Identity-H/DescendantFonts[%d 0 R]"
        b"/ToUnicode %d 0 R>>" % (program.name, descendant, to_unicode)
    )


def _widths(use: FontUse) -> bytes:
    runs = groupby(enumerate(sorted(use.widths)), lambda entry: entry[1] - entry[0])
    parts = []
    for _, run in runs:
        glyphs = [glyph for _, glyph in run]
        parts.append(b"%d[%b]" % (glyphs[0], b" ".join(b"%g" % use.widths[g] for g in glyphs)))
    return b"".join(parts)


def _texts(use: FontUse) -> bytes:
    entries = [
        b"<%04x> <%b>" % (glyph, text_.encode("utf-16-be").hex().encode())
        for glyph, text_ in sorted(use.texts.items())
    ]
    blocks = (entries[start : start + 100] for start in range(0, len(entries), 100))
    body = b"".join(
        b"%d beginbfchar\n%b\nendbfchar\n" % (len(block), b"\n".join(block)) for block in blocks
    )
    return _HEAD + body + _TAIL
