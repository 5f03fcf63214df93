"""The fixtures are what they are said to be: they are built, and hold what was typed of a form."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import Any

import pytest
from ruamel.yaml import YAML

from tests.conftest import ROOT
from tests.support import office_forms

CONTENT = ROOT / "tests" / "data" / "forms" / "content"
EXPECTED = YAML(typ="safe").load((office_forms.FOLDER / "expected.yaml").read_text("utf-8"))
FORMS = EXPECTED["forms"]
KINDS = pytest.mark.parametrize("kind", office_forms.KINDS)
ELSEWHERE = {"评分规则", "阶段"}  # never on a form in these words


def typed(value: Any, place: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """Values of an author's file as typed, by place; indicators by their name."""
    match value:
        case dict():
            for label, inner in value.items():
                yield from typed(inner, (*place, label))
        case list():
            for inner in value:
                yield from typed(inner, (*place, inner["三级指标"]))
        case _:
            yield "/".join(place), value


def plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).replace(",", "")


def differing(name: str, kind: str) -> list[str]:
    """Places at which the typed file says what the form does not."""
    return [one["place"] for one in FORMS[name]["differs"] if one.get("only", kind) == kind]


@KINDS
@pytest.mark.parametrize("name", office_forms.names())
def test_it_is_built(name: str, kind: str) -> None:
    first = office_forms.build(name, kind)
    office_forms.build.cache_clear()
    assert office_forms.build(name, kind) == first


def test_every_published_form_is_there() -> None:
    files = {path.relative_to(CONTENT).as_posix() for path in CONTENT.glob("2*/*.yaml")}
    assert {form["typed"] for form in FORMS.values()} == files
    assert set(FORMS) <= set(office_forms.names())


@KINDS
@pytest.mark.parametrize("name", FORMS)
def test_what_was_typed_is_in_a_cell(name: str, kind: str) -> None:
    cells = [plain(text) for text in office_forms.shown(name, kind)]
    file = YAML(typ="base", pure=True).load(CONTENT / FORMS[name]["typed"])
    patterns = differing(name, kind)
    lost = [
        (place, text)
        for place, text in typed(file)
        if place not in ELSEWHERE
        and text != "留空"
        and not any(fnmatchcase(place, pattern) for pattern in patterns)
        and not any(plain(text) in cell for cell in cells)
    ]
    assert lost == []


@pytest.mark.parametrize("name", FORMS)
def test_every_difference_is_at_a_place_that_was_typed(name: str) -> None:
    file = YAML(typ="base", pure=True).load(CONTENT / FORMS[name]["typed"])
    places = [place for place, _ in typed(file)]
    for one in FORMS[name]["differs"]:
        pattern = one["place"]
        assert one["why"]
        assert any(fnmatchcase(p, pattern) or p.startswith(f"{pattern}/") for p in places), pattern
