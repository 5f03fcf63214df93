"""The printer: HTML is laid out until its page breaks settle, then written as tagged PDF.

WeasyPrint is loaded with the first `Printer`, not before.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from builder.pdf import library, speed
from builder.pdf.air import spread
from builder.pdf.breaks import Break, find, parts, settle, settled
from builder.pdf.contract import About, Attachment, EndlessError, Part
from builder.pdf.fonts import Faces
from builder.pdf.programs import Program, programs, sample, specimen
from builder.pdf.sheaf import FaceKey, FontUse, Sheaf

# A layout settles in two or three passes, a long one in as many as it has pages. Should cells
# of uneven height keep pushing each other over the edge of a page, the last layout is printed:
# whole, if not perfect.
_PASSES = 8
# Of all passes together: a minute's work, for forms of as many pages as the checks let pass,
# each of which ends amid a row. Long forms of real life need a hundredth.
MOST_PAGES = 8000


class Printer:
    """Prints reports with one style sheet and one set of fonts, read once."""

    def __init__(self, css: str, faces: Faces, folders: Sequence[Path] = ()) -> None:
        """`css` is the theme's print style sheet; it may refer to files below `folders`.

        Raises OutputError where the system lacks what WeasyPrint stands on.
        """
        with _no_machine_fonts():
            library.load()
            from builder.pdf import engine, sheet, ways

            self._strict, self._parse, self._shape = engine.strict, engine.parse, sheet.shape
            with self._strict():
                self._engine = engine.Engine(css, faces, folders)
            self._way = ways.proved(self._engine, css)
        self._faces = faces

    def print(
        self,
        page: Callable[[Sequence[Part]], str],
        about: About,
        attachments: Sequence[Attachment] = (),
        keep: Callable[[Sheaf], None] | None = None,
    ) -> bytes:
        """The PDF of one report; `keep` is given its pages for the volume.

        `page` gives the report's HTML with the indicators divided into those parts; it is
        called again when a page break divides merged cells. Raises PrintError for what
        cannot be printed as it should, such as a character that no font has, and EndlessError
        where no end of the layout is in sight.
        """
        with self._strict(), self._way():
            return speed.in_one_chunk(lambda: self._print(page, about, attachments, keep))

    def _print(
        self,
        page: Callable[[Sequence[Part]], str],
        about: About,
        attachments: Sequence[Attachment],
        keep: Callable[[Sheaf], None] | None,
    ) -> bytes:
        planned: tuple[Break, ...] = ()
        pages = 0
        for number in count(1):
            tree = self._parse(page(parts(planned)))
            self._shape(tree, planned)
            self._engine.add_faces(self._faces.covering(tree.text_content()))
            document = self._engine.lay_out(tree)
            pages += len(document.pages)
            if pages > MOST_PAGES:
                raise EndlessError(pages)
            found = find(document, planned)
            if settled(planned, found) or number >= _PASSES + 2 * len(document.pages):
                break
            planned = settle(planned, found)
        spread(document.pages)
        return self._engine.write(document, about, attachments, keep)

    def sheaf(self, page: str) -> Sheaf:
        """The pages of an HTML document that is bound with others; it is set as it is."""
        with self._strict(), self._way():
            return speed.in_one_chunk(lambda: self._sheaf(page))

    def programs(self, uses: Mapping[FaceKey, FontUse]) -> dict[FaceKey, Program]:
        """The fonts that all those documents share which use of them what `uses` says."""
        with self._strict():
            tree = self._parse(specimen(uses.values()))
            for use in uses.values():
                self._engine.add_faces(self._faces.covering(sample(use)))
            document = self._engine.lay_out(tree)
            self._engine.write(document, About(""))
        return programs(document.fonts.values(), uses)

    def _sheaf(self, page: str) -> Sheaf:
        tree = self._parse(page)
        self._engine.add_faces(self._faces.covering(tree.text_content()))
        kept: list[Sheaf] = []
        self._engine.write(self._engine.lay_out(tree), About(""), keep=kept.append)
        return kept[0]


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
