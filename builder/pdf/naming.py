"""How fonts are called in our PDFs: by the face and by the glyphs that are used of it.

WeasyPrint makes these names from Pango's description of the font, which reads otherwise from
one version of Pango to the next.
"""

from __future__ import annotations

from typing import Any

import weasyprint
from weasyprint.pdf import fonts, stream

from builder.pdf.contract import PrintError
from builder.pdf.programs import font_name, tag


def install() -> None:
    """Make WeasyPrint name fonts so. It has no other way in for that."""
    if not hasattr(stream, "Font"):
        raise PrintError(f"WeasyPrint {weasyprint.VERSION} names fonts in another way")
    stream.Font = _Named


class _Named(fonts.Font):  # type: ignore[misc]
    """WeasyPrint's font. Its `hash` is what pages call it by, the same for all of a face."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.hash = tag(self.family, int(self.weight), int(self.style))

    @property
    def name(self) -> bytes:
        """Asked for when all pages are drawn, so that all glyphs are known."""
        return font_name(self.family, int(self.weight), self.to_unicode)

    @name.setter
    def name(self, theirs: bytes) -> None:
        """WeasyPrint's own name is not used."""
