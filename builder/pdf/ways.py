"""Which ways through WeasyPrint a printer takes: those that it has proved, or WeasyPrint's own.

`shortcuts`, `cells`, `glyphs`, `paths` and `strokes` reach into WeasyPrint, which promises
nothing there. So a specimen is printed without each and with it. Should WeasyPrint have
changed so that one fails or shows something else, it goes its own way there: slower, and
nobody gets a wrong page.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path

from builder.pdf.contract import About
from builder.pdf.engine import Engine, parse, strict
from builder.pdf.sheaf import Sheaf

Way = Callable[[], AbstractContextManager[None]]


@contextmanager
def straight() -> Iterator[None]:
    """WeasyPrint's own way."""
    yield


def proved(engine: Engine, css: str) -> Way:
    """The best way for documents with that style sheet."""
    way: Way = straight
    with suppress(Exception):  # whatever it is that fails here, there is WeasyPrint's own way
        from builder.pdf import cells, glyphs, paths, shortcuts, strokes

        plain, pages = _printed(engine, straight)
        measures = [shortcuts, cells, glyphs] if shortcuts.suit(css) else []
        measures += [paths] if paths.suffice(css) else []
        together = way
        for measure in measures:
            together = both(together, measure.taken)
        if _proves(engine, together, plain):
            way = together
        else:  # one by one, to leave out what fails
            for measure in measures:
                if _proves(engine, longer := both(way, measure.taken), plain):
                    way = longer
        longer = both(way, strokes.taken)
        _, drawn = _printed(engine, longer)
        if list(map(strokes.shown, drawn)) == list(map(strokes.shown, pages)):
            way = longer
    return way


def _proves(engine: Engine, way: Way, plain: bytes) -> bool:
    """Whether the specimen has the same bytes as without, each time that it is printed."""
    with suppress(Exception):
        # Twice: what was learnt from one document is used for the next.
        return [_printed(engine, way)[0] for _ in range(2)] == [plain, plain]
    return False


def both(one: Way, other: Way) -> Way:
    """Two ways at once."""

    @contextmanager
    def taken() -> Iterator[None]:
        with one(), other():
            yield

    return taken


def _printed(engine: Engine, way: Way) -> tuple[bytes, list[bytes]]:
    """The PDF of the specimen, and the contents of its pages."""
    specimen = Path(__file__).with_name("specimen.html").read_text(encoding="utf-8")
    kept: list[Sheaf] = []
    with strict(), way():
        pdf = engine.write(engine.lay_out(parse(specimen)), About(""), keep=kept.append)
    return pdf, [zlib.decompress(leaf.content) for leaf in kept[0].leaves]
