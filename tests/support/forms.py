"""Every form that the builder knows, filled in: real ones, the five, those of the stages, and
samples of what nobody published."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from builder import content
from builder.diagnostics import Diagnostics
from builder.model import STAGES
from builder.scoring import Document
from tests.conftest import ROOT
from tests.support.reports import examine, settings
from tests.support.stages import staged

DATA = ROOT / "tests" / "data"
FOLDERS = (DATA / "forms" / "content", DATA / "samples" / "content", ROOT / "content")


@cache
def filled() -> dict[str, Document]:
    """All of them by a name, each with the tables of its other stages; on every layout one."""
    found = {}
    for name, document in _own():
        found[name] = document
        for stage, table in content.other_tables(document, settings()).items():
            found[f"{name}/{stage}"] = table
    return found


def _own() -> Iterator[tuple[str, Document]]:
    for folder in FOLDERS:
        diagnostics = Diagnostics()
        known = content.settings(folder, diagnostics)
        for entry in content.entries(folder, (), diagnostics):
            read = content.read(entry, diagnostics)
            document = content.make_out(read, entry, known, diagnostics)
            assert document, entry.file
            yield f"{entry.folder}/{entry.stem}", document
    for stage in STAGES:
        document = examine(staged(stage)).document
        assert document, stage
        yield f"stages/{stage}", document
