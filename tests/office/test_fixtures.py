"""The fixtures are what they are said to be: they are built, and hold what was typed of a form."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook
from ruamel.yaml import YAML

from tests.conftest import ROOT
from tests.support import office_forms

CONTENT = ROOT / "tests" / "data" / "forms" / "content"
EXPECTED = YAML(typ="safe").load((office_forms.FOLDER / "expected.yaml").read_text("utf-8"))
FORMS, SEEDS = EXPECTED["forms"], EXPECTED["seeds"]
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


def lost(
    form: dict[str, Any], path: Path, kind: str, cells: Iterable[str]
) -> list[tuple[str, str]]:
    """Typed texts that no cell holds, but for those that are said to differ."""
    shown = [plain(cell) for cell in cells]
    differing = [one["place"] for one in form.get("differs", ()) if one.get("only", kind) == kind]
    return [
        (place, text)
        for place, text in typed(YAML(typ="base", pure=True).load(path))
        if place not in ELSEWHERE
        and text != "留空"
        and not any(fnmatchcase(place, pattern) for pattern in differing)
        and not any(plain(text) in cell for cell in shown)
    ]


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
    form = FORMS[name]
    cells = office_forms.shown(name, kind)
    assert lost(form, CONTENT / form["typed"], kind, cells) == []


@KINDS
@pytest.mark.parametrize("name", SEEDS)
def test_the_seed_forms_are_in_cells(name: str, kind: str) -> None:
    cells = office_forms.shown(name, kind)
    for file in SEEDS[name]["typed"]:
        path = ROOT / "content" / "2024" / f"{file}.yaml"
        assert lost(SEEDS[name], path, kind, cells) == []


@pytest.mark.parametrize("name", office_forms.names())
def test_pages_and_pasted_texts_hold_what_the_workbook_shows(name: str) -> None:
    page = plain(unescape(re.sub(r"</?[a-z]\w*[^<>]*>", "", office_forms.html(name).decode())))
    text = plain(office_forms.pasted(name).replace('""', '"'))
    cells = [plain(cell) for cell in office_forms.shown(name, "xlsx")]
    assert [cell for cell in cells if cell not in text] == []
    assert [cell for cell in cells if cell not in page] == []


def test_several_forms_are_put_together() -> None:
    book = load_workbook(BytesIO(office_forms.together("07", "17", "204", "212")))
    assert [sheet.title[:2] for sheet in book] == ["07", "17", "20", "21"]
    (sheet,) = load_workbook(BytesIO(office_forms.stacked("seed")))
    assert [cell.value for cell in sheet["A"]].count("项目名称") == 5
    assert Document(BytesIO(office_forms.together("07", "30", kind="docx"))).tables


@pytest.mark.parametrize("name", FORMS)
def test_every_difference_is_at_a_place_that_was_typed(name: str) -> None:
    file = YAML(typ="base", pure=True).load(CONTENT / FORMS[name]["typed"])
    places = [place for place, _ in typed(file)]
    for one in FORMS[name]["differs"]:
        pattern = one["place"]
        assert one["why"]
        assert any(fnmatchcase(p, pattern) or p.startswith(f"{pattern}/") for p in places), pattern
