"""A form that was exported is imported again: it says the same, on every layout."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import pytest

from builder import export
from builder.intake.choosing import Catalogue
from builder.model import extras
from builder.scoring import Document
from tests.support.exchange import imported, said
from tests.support.forms import filled
from tests.support.libreoffice import saved_anew
from tests.support.reports import settings

WAYS: Mapping[str, Callable[[Document], bytes]] = {
    "docx": export.to_docx,
    "xlsx": export.form_to_xlsx,
}
# One of each make: plain, on a fine grid with tables, without levels, of several stages.
SAMPLE = (
    "2024/dangjian-fuwu", "2024/16-mingshan-lincao", "2021/19-kexuecheng-rongmei",
    "2024/neimenggu/目标", "2024/bumen/复核",
)  # fmt: skip


@cache
def known() -> Catalogue:
    return Catalogue(settings())


def file(name: str, kind: str) -> str:
    return f"{name.replace('/', '_')}.{kind}"


def test_every_layout_has_a_form_that_is_filled_in() -> None:
    layouts = {document.layout.name for document in filled().values()}
    assert layouts == settings().layouts.by_name.keys()


@pytest.mark.parametrize("kind", WAYS)
@pytest.mark.parametrize("name", filled())
def test_what_is_exported_comes_back(name: str, kind: str) -> None:
    comes_back(name, file(name, kind), WAYS[kind](filled()[name]))


def test_what_libreoffice_saved_comes_back(tmp_path: Path) -> None:
    all_come_back(SAMPLE, tmp_path)


@pytest.mark.proof
def test_all_that_libreoffice_saved_comes_back(tmp_path: Path) -> None:
    all_come_back(tuple(filled()), tmp_path)


def all_come_back(names: tuple[str, ...], folder: Path) -> None:
    given = {
        file(name, kind): make(filled()[name]) for name in names for kind, make in WAYS.items()
    }
    taken = saved_anew(given, folder)
    assert taken.keys() == given.keys()
    for name in names:
        for kind in WAYS:
            comes_back(name, file(name, kind), taken[file(name, kind)])


def comes_back(name: str, path: str, data: bytes) -> None:
    """Whether a file gives the report of that name."""
    document, found = filled()[name], imported(path, data, known())
    assert found.is_complete, found.draft.lost
    assert found.document, [problem.message for problem in found.findings]
    assert found.choice.words.layout.name == document.layout.name
    assert found.document.profile.name == document.profile.name
    before, after = said(document), said(found.document)
    assert {at: before[at] for at in before.keys() - after.keys()} == {}
    assert {at: after[at] for at in after.keys() - before.keys()} == {}
    assert [at for at in before if before[at] != after[at]] == []


def test_a_clerk_puts_in_an_indicator_above() -> None:
    """What the list behind the form says of the others stays with them."""
    name = "2024/neimenggu"
    with zipfile.ZipFile(io.BytesIO(export.to_docx(filled()[name]))) as given:
        files = {entry: given.read(entry) for entry in given.namelist()}
    text = files["word/document.xml"].decode()
    row = next(found for found in re.findall("<w:tr>.*?</w:tr>", text) if "=6(人)" in found)
    more = row.replace("专职调解员", "开办调解室").replace("(人)", "(个)")
    files["word/document.xml"] = text.replace(row, more + row).encode()
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for entry, data in files.items():
            archive.writestr(entry, data)
    found = imported("form.docx", stream.getvalue(), known())
    assert found.document
    (indicators, *_) = found.document.report.groups["产出指标"].values()
    assert [one.name for one in indicators] == ["调解矛盾纠纷", "开办调解室", "专职调解员"]
    assert [one.approved is not None for one in indicators] == [True, False, False]
    assert [extras(one).get("指标性质") for one in indicators] == ["正向", None, "正向"]
