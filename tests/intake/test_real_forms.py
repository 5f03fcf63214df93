"""Real forms, as offices have them, are read into the files that were typed of them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from builder import content, office
from builder.diagnostics import Diagnostics
from builder.intake import Catalogue, Taken, take
from builder.office import Paper
from builder.scoring import Document
from tests.conftest import ROOT
from tests.support import office_forms
from tests.support.imported import by_name, unlike, values

DATA = ROOT / "tests" / "data"
TYPED = DATA / "forms" / "content"
# What every import may add to what was typed: printed points of levels, a printed total that the
# typist left out because the rows are cut.
ADDED = ("核对/一级指标分值/*", "核对/总分")


FORMS = [name for name in office_forms.names() if name[0].isdigit()]


@cache
def known() -> Catalogue:
    return Catalogue(content.settings(TYPED, Diagnostics()))


@cache
def expected() -> Mapping[str, Any]:
    text = (DATA / "office" / "expected.yaml").read_text(encoding="utf-8")
    found: Mapping[str, Any] = YAML(typ="safe", pure=True).load(text)["forms"]
    return found


@cache
def typed(name: str) -> Document:
    path = TYPED / expected()[name]["typed"]
    entry = content.Entry(path, path.name, path.parent.name, path.stem)
    document = content.make_out(
        content.read(entry, Diagnostics()), entry, known().settings, Diagnostics()
    )
    assert document
    return document


@cache
def imported(name: str, kind: str) -> Taken:
    """The form of a fixture that was typed, as it was read; where it names no year, in that of
    the folder it is written to."""
    paper = office.read(f"{name}.{kind}", office_forms.build(name, kind))
    assert isinstance(paper, Paper)
    return next(iter(take(paper, known(), year=Path(expected()[name]["typed"]).parent.name)))


def is_expected(name: str, kind: str, place: str) -> bool:
    """Whether the form itself says otherwise there than what was typed."""
    told = [one["place"] for one in expected()[name]["differs"] if one.get("only", kind) == kind]
    return any(fnmatchcase(place, pattern) for pattern in (*told, *ADDED))


@pytest.mark.parametrize("kind", office_forms.KINDS)
@pytest.mark.parametrize("name", FORMS)
def test_a_form_becomes_the_file_that_was_typed_of_it(name: str, kind: str) -> None:
    taken, document = imported(name, kind), typed(name)
    assert taken.document
    found = {by_name(at, document): both for at, both in unlike(document, taken.document).items()}
    assert {
        place: both for place, both in found.items() if not is_expected(name, kind, place)
    } == {}


@pytest.mark.parametrize("kind", office_forms.KINDS)
def test_every_figure_and_nearly_every_text_stands_in_its_field(kind: str) -> None:
    figures, texts, wrong_figures, wrong_texts = 0, 0, list[str](), list[str]()
    for name in FORMS:
        document, taken = typed(name), imported(name, kind).document
        assert taken
        apart = unlike(document, taken)
        for at, value in values(document).items():
            place = by_name(at, document)
            if is_expected(name, kind, place):
                continue
            is_figure = isinstance(value, Decimal)
            figures, texts = figures + is_figure, texts + (not is_figure)
            if at in apart:
                (wrong_figures if is_figure else wrong_texts).append(f"{name} {place}")
    assert figures > 300
    assert texts > 500
    assert wrong_figures == []
    assert len(wrong_texts) <= texts // 100, wrong_texts


@pytest.mark.parametrize("kind", office_forms.KINDS)
@pytest.mark.parametrize("name", FORMS)
def test_no_cell_goes_without_a_word(name: str, kind: str) -> None:
    taken = imported(name, kind)
    for lost in taken.draft.lost:
        assert " ".join(lost.text.split()) in taken.text
