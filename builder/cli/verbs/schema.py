"""`jixiao schema`: what editors complete from."""

from __future__ import annotations

import argparse

import simplejson

from builder import content
from builder.cli.codes import FOUND, OK
from builder.cli.streams import hand_over
from builder.cli.telling import tell_findings
from builder.diagnostics import Diagnostics
from builder.starter import report_schema


def run(options: argparse.Namespace) -> int:
    """Print the JSON Schema of a report."""
    diagnostics = Diagnostics()
    settings = content.settings(options.content, diagnostics)
    hand_over(simplejson.dumps(report_schema(settings), ensure_ascii=False, indent=2) + "\n")
    tell_findings(diagnostics, {})
    return FOUND if diagnostics.failed else OK
