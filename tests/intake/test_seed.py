"""The five sample forms, as text copied from a page: the same reports as those typed."""

from __future__ import annotations

from pathlib import Path

from builder import content, office
from builder.diagnostics import Diagnostics
from builder.intake import Catalogue, take
from builder.office import Paper
from tests.conftest import ROOT

SEED = ROOT / "tests" / "data" / "seed-2024.txt"


def test_the_seed_file_gives_the_five_reports_of_the_content_folder() -> None:
    settings = content.settings(ROOT / "content", Diagnostics())
    entries = content.entries(ROOT / "content", ["2024"], Diagnostics())
    typed = {}
    for entry in entries:
        source = content.read(entry, Diagnostics())
        document = content.understand(source, entry, settings, Diagnostics())
        assert document
        typed[document.report.name] = document.report
    paper = office.read(SEED.name, SEED.read_bytes())
    assert isinstance(paper, Paper)
    found = list(take(paper, Catalogue(settings)))
    assert all(one.is_complete and not one.findings.failed for one in found)
    assert {one.document.report.name: one.document.report for one in found if one.document} == typed
    assert len(typed) == len(found) == 5
    assert all(Path(f"{one.stem}.yaml").name for one in found)
