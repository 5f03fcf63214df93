"""Ways through WeasyPrint: what they show is the same, and without proof they are not taken."""

from __future__ import annotations

import zlib
from contextlib import AbstractContextManager
from typing import Any

import pytest
from weasyprint import draw
from weasyprint.layout import block

from builder.fonts import Faces
from builder.pdf import About, Printer, Sheaf, shortcuts, strokes, ways
from tests import prints
from tests.prints import CSS, FOLDER, printer
from tests.test_pdf import REPORTS

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


@pytest.mark.parametrize("name", ["one", "two", "reason", "goal", "unscored"])
def test_whatever_way_is_taken_the_pages_are_the_same(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pdf, pages = by(ways.straight, REPORTS[name], monkeypatch)
    assert by(shortcuts.taken, REPORTS[name], monkeypatch)[0] == pdf
    drawn_pdf, drawn = by(strokes.taken, REPORTS[name], monkeypatch)
    assert len(drawn_pdf) < len(pdf)
    assert [strokes.shown(page) for page in drawn] == [strokes.shown(page) for page in pages]


def test_the_ways_are_taken_with_the_weasyprint_that_is_pinned() -> None:
    assert printer()._way is not ways.straight
    with printer()._way():
        assert draw.draw_collapsed_borders is strokes.draw_collapsed_borders
        assert block.resolve_percentages is shortcuts.resolve_percentages
    assert draw.draw_collapsed_borders is not strokes.draw_collapsed_borders
    assert block.resolve_percentages is not shortcuts.resolve_percentages


def way_of(css: str = CSS) -> ways.Way:
    return Printer(css, FACES, (FOLDER / "print",))._way


def test_a_shortcut_that_goes_elsewhere_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    def taller(style: Any) -> Any:
        height, base = shortcuts._strut(style)
        return height + 1, base

    places = tuple(
        (owner, name, taller if name == "strut" else function)
        for owner, name, function in shortcuts._PLACES
    )
    monkeypatch.setattr(shortcuts, "_PLACES", places)
    with way_of()():
        assert block.resolve_percentages is not shortcuts.resolve_percentages
        assert draw.draw_collapsed_borders is strokes.draw_collapsed_borders


def test_a_line_less_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    joined = strokes.joined
    monkeypatch.setattr(strokes, "joined", lambda found: dict(list(joined(found).items())[1:]))
    with way_of()():
        assert draw.draw_collapsed_borders is not strokes.draw_collapsed_borders


@pytest.mark.parametrize("module", [shortcuts, strokes])
def test_what_fails_is_not_taken(module: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "taken", broken)
    with way_of()():
        assert draw.draw_collapsed_borders is not strokes.draw_collapsed_borders


def test_shortcuts_are_not_for_every_style_sheet() -> None:
    with way_of(CSS + " .year { display: flex }")():
        assert block.resolve_percentages is not shortcuts.resolve_percentages


def test_segments_of_a_line_are_joined_where_they_touch() -> None:
    found = strokes.joined([(0, 5, 2, 5), (3, 5, 4, 5), (1.5, 5, 3, 5), (0, 7, 1, 7), (2, 7, 3, 7)])
    assert found == {(False, 5): [(0, 4)], (False, 7): [(0, 1), (2, 3)]}
    assert strokes.joined([(1, 0, 1, 2), (1, 2, 1, 3)]) == {(True, 1): [(0, 3)]}
