"""The five sample forms, however an office keeps them: the same reports as those typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

import pytest

from builder import content, office
from builder.diagnostics import Diagnostics
from builder.intake import Catalogue, take
from builder.office import Paper
from builder.scoring import Document
from tests.conftest import ROOT
from tests.support import office_forms
from tests.support.imported import unlike

SEED = ROOT / "tests" / "data" / "seed-2024.txt"
KEPT: Mapping[str, Callable[[], bytes | str]] = {
    "five sheets.xlsx": lambda: office_forms.xlsx("seed"),
    "one below the other.xlsx": lambda: office_forms.stacked("seed"),
    "all.docx": lambda: office_forms.docx("seed"),
    "page.html": lambda: office_forms.html("seed"),
    "pasted.txt": lambda: office_forms.pasted("seed"),
    "without leading tabs.txt": office_forms.lost_tabs,
}


@cache
def known() -> Catalogue:
    return Catalogue(content.settings(ROOT / "content", Diagnostics()))


@cache
def typed() -> Mapping[str, Document]:
    found = {}
    for entry in content.entries(ROOT / "content", ["2024"], Diagnostics()):
        source = content.read(entry, Diagnostics())
        document = content.understand(source, entry, known().settings, Diagnostics())
        assert document
        found[document.report.name] = document
    return found


def read(file: str, data: bytes | str) -> Paper:
    paper = office.read(file, data if isinstance(data, bytes) else data.encode())
    assert isinstance(paper, Paper)
    return paper


def test_the_seed_file_gives_the_five_reports_of_the_content_folder() -> None:
    found = list(take(read(SEED.name, SEED.read_bytes()), known()))
    assert all(one.is_complete and not one.findings.failed for one in found)
    reports = {one.document.report.name: one.document.report for one in found if one.document}
    assert reports == {name: document.report for name, document in typed().items()}
    assert len(found) == 5


@pytest.mark.parametrize("file", KEPT)
def test_the_five_forms_are_found_in_whatever_they_are_kept(file: str) -> None:
    found = list(take(read(file, KEPT[file]()), known()))
    names = [one.document.report.name for one in found if one.document]
    assert sorted(names) == sorted(typed())
    for one in found:
        assert one.document
        assert unlike(typed()[one.document.report.name], one.document) == {}
        is_page = file.endswith(".html")  # whose menus are no part of a form
        assert one.is_complete or is_page


@pytest.mark.parametrize("kind", office_forms.KINDS)
def test_a_form_with_every_slip_at_once_keeps_its_figures(kind: str) -> None:
    found = list(take(read(f"slips.{kind}", office_forms.build("seed-slips", kind)), known()))
    assert len(found) == 2
    for one in found:
        assert one.document
        apart = unlike(typed()[one.document.report.name], one.document)
        # A total by a formula without a value cannot be read; 无 is no reason, and is typed.
        places = {"/".join(map(str, at)).rpartition("/")[2] for at in apart}
        assert places <= {"总分", "偏差原因分析及改进措施", "年度指标值"}
