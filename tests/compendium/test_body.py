"""How chapters lie in the open book: sides, blank pages, lists in their place."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise

import pytest

from builder.compendium.body import body
from builder.compendium.book import Book, Press
from builder.compendium.composer import SIDE, WIDTH
from builder.compendium.halftitle import half_title
from builder.compendium.letters import Letters
from builder.compendium.order import Form, chapters
from builder.compendium.pieces import Placed
from builder.content import summarize
from builder.diagnostics import Diagnostics
from builder.pdf import Faces
from builder.theme import open_theme
from builder.views import Figure
from tests.support.documents import document, settings
from tests.support.prints import FOLDER


@cache
def press() -> Press:
    diagnostics = Diagnostics()
    theme = open_theme("official", None, diagnostics)
    assert theme
    return Press(settings(), theme, Faces.of(FOLDER / "fonts"), diagnostics)


def bound(departments: Iterable[Sequence[int]], *, apart: bool = False) -> list[Placed]:
    """Departments of forms with so many pages each, as they lie in the only volume."""
    forms = []
    for number, lengths in enumerate(departments):
        for place, pages in enumerate(lengths):
            changes = {"主管部门": f"第{number}局", "项目名称": f"第{place:03}项"}
            made = document(changes, stem=f"form-{number}-{place}")
            summary = summarize(made)
            forms.append(Form(summary, pages, bytes))
    found = chapters(forms, apart=apart)
    book = Book(2024, found, [found], (), "", press())
    (part,), numbers = body(book).parts, body(book).numbers
    assert all(int(numbers[entry.piece.target]) == entry.page + 1 for entry in part)
    return list(part)


def blank(part: Sequence[Placed]) -> int:
    end = part[-1].end + part[-1].end % 2
    return end - sum(entry.piece.pages for entry in part)


def of_two(part: Iterable[Placed]) -> list[Placed]:
    return [entry for entry in part if entry.piece.role == "Art" and entry.piece.pages == 2]


def test_forms_of_one_page_leave_no_page_blank() -> None:
    part = bound([[1] * (number % 7 + 1) for number in range(29)])
    assert blank(part) == 0
    for entry, following in pairwise(part):
        assert entry.end == following.page
    openings = [entry for entry in part if entry.piece.target.startswith("department:")]
    assert len(openings) == 29
    assert not any(entry.page % 2 for entry in openings)
    lists = [entry.piece.place[0] for entry in part if entry.piece.target.startswith("list:")]
    assert sorted(lists) == sorted(f"第{n}局" for n in range(29) if (n % 7 + 1) % 2 == 0)


@pytest.mark.parametrize("every", [5, 10, 20])
def test_now_and_then_two_pages_lie_open_as_a_whole(every: int) -> None:
    lengths = [2 if number % every == 2 else 1 for number in range(400)]
    part = bound(lengths[start : start + 16] for start in range(0, 400, 16))
    assert len(of_two(part)) == 400 // every
    assert all(entry.page % 2 for entry in of_two(part))
    assert blank(part) < part[-1].end * 0.04


def test_many_of_two_pages_never_cost_more_than_their_share() -> None:
    lengths = [1 + number * number % 3 % 2 for number in range(600)]
    part = bound(lengths[start : start + 23] for start in range(0, 600, 23))
    assert 0 < blank(part) < part[-1].end * 0.045
    wide = of_two(part)
    assert sum(entry.page % 2 for entry in wide) > len(wide) * 0.6


def test_a_list_longer_than_a_page_is_left_out() -> None:
    short, long = bound([[1] * 30]), bound([[1] * 80])
    assert [blank(part) for part in (short, long)] == [0, 1]
    assert not any(entry.piece.target.startswith("list:") for entry in long)


def test_apart_every_form_begins_on_the_right() -> None:
    part = bound([[1, 1, 2, 1], [1, 3]], apart=True)
    assert not any(entry.page % 2 for entry in part)
    assert not any(entry.piece.target.startswith("list:") for entry in part)
    assert [entry.page for entry in part] == [0, 2, 4, 6, 8, 10, 12, 14]


@pytest.mark.parametrize("budget", ["8.00", "1,073,723.22", "1,123,569,146,998.20"])
def test_figures_of_a_half_title_keep_their_distance(budget: str) -> None:
    letters = Letters(press().faces)
    shown = [("项目", "102", "个"), ("全年预算数", budget, "万元"), ("执行率", "100.00", "%"),
             ("全年执行数", budget, "万元")]  # fmt: skip
    (leaf,) = half_title("市教育局", tuple(Figure(*each) for each in shown), b"0 0 0 RG",
                         letters).leaves  # fmt: skip
    text = re.compile(rb"1 0 0 1 ([\d.]+) ([\d.]+) Tm /\w+ ([\d.]+) Tf <(\w+)> Tj")
    glyphs = {f"{glyph:04x}".encode(): width for use in letters.uses.values()
              for glyph, width in use.widths.items() if use.weight == 400}  # fmt: skip
    found = [
        (float(m[1]), float(m[1]) + sum(glyphs[m[4][at : at + 4]] for at in range(0, len(m[4]), 4))
         * float(m[3]) / 1000)
        for m in text.finditer(zlib.decompress(leaf.content)) if float(m[2]) < 250
    ]  # fmt: skip
    assert len(found) == 12
    groups = [found[start : start + 3] for start in range(0, 12, 3)]
    lefts = [min(left for left, _ in group) for group in groups]
    rights = [max(right for _, right in group) for group in groups]
    gaps = [left - right for right, left in zip(rights, lefts[1:], strict=False)]
    assert min(gaps) > 23.9
    assert gaps == pytest.approx([gaps[0]] * 3, abs=0.05)
    assert (lefts[0], rights[-1]) == pytest.approx((SIDE, WIDTH - SIDE), abs=0.05)
