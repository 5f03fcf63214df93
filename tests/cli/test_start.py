"""How a command starts: it imports what its verb needs, and its words are those of the wings."""

from __future__ import annotations

import subprocess
import sys

import pytest

from builder.cli.arguments import CHECK_FORMATS, DIFF_FORMATS
from builder.diagnostics import REPORTERS
from builder.review import FORMATS
from tests.conftest import ROOT

# Each takes a tenth of a second or more, or brings one that does.
PAGES = {"fontTools", "jinja2", "lxml", "markdown_it", "pikepdf", "weasyprint", "xlsxwriter"}
OTHERS = {"rich", "simplejson", "subprocess", "watchfiles"}
CONTENT = {"pydantic", "ruamel"}


@pytest.mark.parametrize(
    ("arguments", "unwanted"),
    [
        (["--help"], PAGES | OTHERS | CONTENT),
        (["--version"], PAGES | OTHERS | CONTENT),
        (["explain", "C303"], PAGES | OTHERS | CONTENT),
        (["check"], PAGES | OTHERS),
        (["score"], (PAGES | OTHERS) - {"simplejson", "xlsxwriter"}),
        (["schema"], (PAGES | OTHERS) - {"simplejson"}),
    ],
)
def test_only_what_is_needed_is_imported(arguments: list[str], unwanted: set[str]) -> None:
    program = (
        f"from builder.cli.main import main; main({arguments}); import sys; print(*sys.modules)"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    loaded = {name.partition(".")[0] for name in run.stdout.splitlines()[-1].split()}
    assert "builder" in loaded
    assert not loaded & unwanted


def test_formats_are_those_of_the_wings() -> None:
    assert sorted(REPORTERS) == list(CHECK_FORMATS)
    assert sorted(FORMATS) == list(DIFF_FORMATS)
