"""Ways through WeasyPrint: what they show is the same, and without proof they are not taken."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from weasyprint import css as cascade
from weasyprint import draw
from weasyprint.draw import text as texts
from weasyprint.layout import block

from builder.pdf import About, Faces, Printer, Sheaf, cells, glyphs, paths, shortcuts, strokes, ways
from builder.pdf.engine import parse
from tests.support import prints
from tests.support.prints import CSS, FOLDER, REPORTS, printer

FACES = Faces.of(FOLDER / "fonts")


def broken() -> AbstractContextManager[None]:
    raise AttributeError


def by(way: ways.Way, text: str, monkeypatch: pytest.MonkeyPatch) -> tuple[bytes, list[bytes]]:
    """A report printed in that way: its PDF, and the contents of its pages."""
    shown, kept = prints.view(text), list[Sheaf]()
    with monkeypatch.context() as patch:
        patch.setattr(printer(), "_way", way)
        pdf = printer().print(
            lambda parts: prints.html(shown, parts, annex=True), About("题"), (), kept.append
        )
    return pdf, [zlib.decompress(leaf.content) for leaf in kept[0].leaves]


@contextmanager
def together() -> Iterator[None]:
    """All measures that leave the bytes as they are."""
    with shortcuts.taken(), cells.taken(), glyphs.taken(), paths.taken():
        yield


EACH: list[ways.Way] = [shortcuts.taken, cells.taken, glyphs.taken, paths.taken, paths.taken]
LONG = ("two", "reason", "goal")


@pytest.mark.parametrize(("name", "taken"), [
    *((name, EACH) for name in ("one", "unscored")),
    *((name, [together, together]) for name in LONG),
    *(pytest.param(name, EACH, marks=pytest.mark.proof) for name in LONG),
])  # fmt: skip
def test_whatever_way_is_taken_the_pages_are_the_same(
    name: str, taken: list[ways.Way], monkeypatch: pytest.MonkeyPatch
) -> None:
    pdf, pages = by(ways.straight, REPORTS[name], monkeypatch)
    for way in taken:
        assert by(way, REPORTS[name], monkeypatch)[0] == pdf, way
    drawn_pdf, drawn = by(strokes.taken, REPORTS[name], monkeypatch)
    assert len(drawn_pdf) < len(pdf)
    assert [strokes.shown(page) for page in drawn] == [strokes.shown(page) for page in pages]


def test_the_ways_are_taken_with_the_weasyprint_that_is_pinned() -> None:
    assert printer()._way is not ways.straight
    with printer()._way():
        assert taken_here() == {"shortcuts", "cells", "glyphs", "paths", "strokes"}
    assert not taken_here()


def taken_here() -> set[str]:
    """The measures that are taken now, by the names of their modules."""
    now = {
        "shortcuts": block.resolve_percentages is shortcuts.resolve_percentages,
        "cells": getattr(block.block_container_layout, "func", None) is cells.lay_out,
        "glyphs": texts.draw_first_line is glyphs.draw_first_line,
        "paths": cascade.StyleFor is paths.Styles,
        "strokes": draw.draw_collapsed_borders is strokes.draw_collapsed_borders,
    }
    return {name for name, is_taken in now.items() if is_taken}


def way_of(css: str = CSS) -> ways.Way:
    return Printer(css, FACES, (FOLDER / "print",))._way


def test_a_shortcut_that_goes_elsewhere_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    def taller(style: Any) -> Any:
        height, base = shortcuts._strut(style)
        return height + 1, base

    places = tuple(
        (owner, name, taller if name == "strut" else function)
        for owner, name, function in shortcuts.PLACES
    )
    monkeypatch.setattr(shortcuts, "PLACES", places)
    with way_of()():
        assert taken_here() == {"cells", "glyphs", "paths", "strokes"}


def test_a_line_less_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    joined = strokes.joined
    monkeypatch.setattr(strokes, "joined", lambda found: dict(list(joined(found).items())[1:]))
    with way_of()():
        assert draw.draw_collapsed_borders is not strokes.draw_collapsed_borders


@pytest.mark.parametrize("module", [shortcuts, strokes])
def test_what_fails_is_not_taken(module: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "taken", broken)
    with way_of()():
        assert module.__name__.rpartition(".")[2] not in taken_here()


def test_shortcuts_are_not_for_every_style_sheet() -> None:
    with way_of(CSS + " .year { display: flex }")():
        assert taken_here() == {"paths", "strokes"}


@pytest.mark.parametrize(
    "rule",
    ["p + p", "p ~ p", "p:first-child", "p::before", "[title]", "#one", "p:not(.year)", ":is(p)"],
)
def test_a_path_does_not_tell_everything(rule: str) -> None:
    assert paths.suffice(CSS)
    assert not paths.suffice(f"{CSS} {rule} {{ margin: 0 }}")
    assert not paths.suffice(f"{CSS} @media print {{ p {{ margin: 0 }} }}")


def test_the_proof_finds_styles_by_paths() -> None:
    specimen = Path(ways.__file__).with_name("specimen.html").read_text(encoding="utf-8")
    # One that has printed nothing else: what it knows is forgotten when it is too much.
    (sheet,) = Printer(CSS, FACES, (FOLDER / "print",))._engine._sheets
    known = paths._paths(sheet)
    found = [path for _, path in known.of(parse(specimen))]
    assert len(found) > 50
    assert set(found) <= known.styles.keys()
    assert any("before" in styles for styles in known.styles.values())  # of br


def test_elements_with_styles_of_their_own_keep_them(monkeypatch: pytest.MonkeyPatch) -> None:
    def tall(parts: Any, style: str) -> str:
        return prints.html(prints.view(REPORTS["one"]), parts).replace(
            '<p class="year">', f'<p class="year"{style}>'
        )

    def printed(style: str) -> bytes:
        with monkeypatch.context() as patch:
            patch.setattr(printer(), "_way", paths.taken)
            return printer().print(lambda parts: tall(parts, style), About("题"))

    plain = printed("")
    assert printed(' style="font-size: 30pt"') != plain
    assert printed("") == plain


def test_segments_of_a_line_are_joined_where_they_touch() -> None:
    found = strokes.joined([(0, 5, 2, 5), (3, 5, 4, 5), (1.5, 5, 3, 5), (0, 7, 1, 7), (2, 7, 3, 7)])
    assert found == {(False, 5): [(0, 4)], (False, 7): [(0, 1), (2, 3)]}
    assert strokes.joined([(1, 0, 1, 2), (1, 2, 1, 3)]) == {(True, 1): [(0, 3)]}
