"""Project PDFs: print HTML in, PDF bytes out; every file is both PDF/A-3a and PDF/UA-1.

One `Printer` serves a whole process. WeasyPrint is loaded with the first one, not before.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from builder.fonts import Faces
from builder.pdf.breaks import Break, find, parts, settle, spills
from builder.pdf.contract import About, Attachment, Part, PrintError

if TYPE_CHECKING:
    from weasyprint import Document

__all__ = ["About", "Attachment", "Part", "PrintError", "Printer"]

# A layout settles in two or three passes. Should cells of uneven height keep pushing each
# other over the edge of a page, the last layout is printed: whole, if not perfect.
_PASSES = 8


class Printer:
    """Prints reports with one style sheet and one set of fonts, read once."""

    def __init__(self, css: str, faces: Faces, folders: Sequence[Path] = ()) -> None:
        """`css` is the theme's print style sheet; it may refer to files below `folders`."""
        with _no_machine_fonts():
            from builder.pdf import engine, sheet

            self._engine = engine.Engine(css, faces, folders)
        self._parse, self._shape = engine.parse, sheet.shape
        self._faces = faces

    def print(
        self,
        page: Callable[[Sequence[Part]], str],
        about: About,
        attachments: Sequence[Attachment] = (),
    ) -> bytes:
        """The PDF of one report.

        `page` gives the report's HTML with the indicators divided into those parts; it is
        called again when a page break divides merged cells. Raises PrintError for what
        cannot be printed as it should, such as a character that no font has.
        """
        document = self._lay_out(page, tight=False)
        if spills(document):
            tight = self._lay_out(page, tight=True)
            if len(tight.pages) < len(document.pages):
                document = tight
        return self._engine.write(document, about, attachments)

    def _lay_out(self, page: Callable[[Sequence[Part]], str], *, tight: bool) -> Document:
        planned: tuple[Break, ...] = ()
        for _ in range(_PASSES):
            tree = self._parse(page(parts(planned)))
            self._shape(tree, planned, tight=tight)
            self._engine.add_faces(self._faces.covering(tree.text_content()))
            document = self._engine.lay_out(tree)
            found = find(document, planned)
            if found == planned:
                break
            planned = settle(planned, found)
        return document


@contextmanager
def _no_machine_fonts() -> Iterator[None]:
    """Let Fontconfig start with none of the machine's fonts and settings: they differ."""
    name = "FONTCONFIG_FILE"
    before = os.environ.get(name)
    os.environ[name] = str(Path(__file__).with_name("fonts.conf"))
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", "No fonts configured")
            yield
    finally:
        del os.environ[name]
        if before is not None:
            os.environ[name] = before
